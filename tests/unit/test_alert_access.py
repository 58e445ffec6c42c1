"""Who may see an alert, its plan and its log: whose it is, and who leads readiness (BER-52)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Action, can
from domain.activation import entitled
from domain.matters import Matter, MatterKind
from domain.people import AreaCode
from domain.roles import BESIDE_CASES, Role
from tests.support.standings import AREA, ME, matter_for, somebody

ELSEWHERE = AreaCode("OST")
ALERT = matter_for((), kind=MatterKind.ALERT)
BOTH, WHOLE_CITY = frozenset({AREA, ELSEWHERE}), frozenset[AreaCode]()
LEADS = {Role.SEK, Role.STEW, Role.HEAD, Role.SGM}
SEATED = st.frozensets(st.sampled_from(sorted(set(Role) - {Role.EXT, *BESIDE_CASES})))


def may_read(held: set[Role] | frozenset[Role], alert: Matter = ALERT) -> bool:
    return can(somebody(held), Action.READ_ALERT, alert)


@pytest.mark.parametrize("role", Role)
def test_each_role_by_itself(role: Role) -> None:
    """BER-52: default deny; a system administrator is nobody here."""
    alert = matter_for({role}, kind=MatterKind.ALERT)

    assert may_read({role}, alert) is (role in LEADS | {Role.LGM, Role.PLM, Role.TOLD})


@pytest.mark.parametrize(
    ("areas", "who"),
    [
        (frozenset({AREA}), LEADS | {Role.LGM, Role.PLM}),
        (frozenset({ELSEWHERE}), LEADS | {Role.PLM}),
        (BOTH, LEADS | {Role.PLM}),
        (WHOLE_CITY, LEADS),
    ],
)
def test_leaders_read_what_they_may_activate(areas: frozenset[AreaCode], who: set[Role]) -> None:
    """BER-02, BER-52: somebody else's area, and the whole city, are others' to lead."""
    alert = replace(ALERT, areas=areas)

    assert {role for role in Role if may_read({role}, alert)} == who


@given(SEATED, st.sampled_from([frozenset({AREA}), frozenset({ELSEWHERE}), BOTH, WHOLE_CITY]))
def test_whoever_may_activate_there_may_read_it_and_nobody_besides(
    held: frozenset[Role], areas: frozenset[AreaCode]
) -> None:
    """BER-52: seats and offices give what BER-02 gives; all others must be told of it."""
    alert = replace(ALERT, areas=areas)

    assert may_read(held, alert) is entitled(somebody(held)).covers(areas)


@pytest.mark.parametrize(("covered", "active"), [(False, True), (True, False), (False, False)])
def test_who_was_told_reads_it_without_cover_too_while_they_are_here(
    *, covered: bool, active: bool
) -> None:
    told = replace(ALERT, told=frozenset({ME}))
    me = somebody(LEADS)
    me = replace(me, person=replace(me.person, s115_covered=covered, active=active))

    assert can(me, Action.READ_ALERT, told) is active
    assert not can(me, Action.READ_ALERT, ALERT)
