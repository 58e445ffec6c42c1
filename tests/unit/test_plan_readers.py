"""How much of a plan whoever it is may read: BER-48, BER-52, BER-55."""

from dataclasses import replace

import pytest

from domain.action_plans import Owner
from domain.parties import Party
from domain.people import Authority, Person
from domain.plan_readers import named, tier_of
from domain.plan_templates import PlanTier
from domain.roles import Role
from tests.support.action_plans import OWNERS, plan
from tests.support.alerts_written import an_alert
from tests.support.examples import BO, DORTE

FULL, ORIENTATION = PlanTier.FULL, PlanTier.ORIENTATION
PARTIES = (Party.BUF, Party.SOF, Party.SEK)
TOLD = {Role.TOLD}
# Role, whether their authority takes part, and what they read of a plan that an alert led to.
MATRIX = [
    (Role.SEK, False, FULL),
    (Role.STEW, False, FULL),
    (Role.HEAD, False, FULL),
    (Role.TOLD, True, FULL),
    (Role.LGM, True, FULL),
    (Role.PLM, True, FULL),
    (Role.TOLD, False, ORIENTATION),
    (Role.LGM, False, ORIENTATION),
    (Role.PLM, False, ORIENTATION),
    (Role.SGM, True, ORIENTATION),
    (Role.SGM, False, ORIENTATION),
]
READS = {role for role, _, _ in MATRIX}


def somebody(*, takes_part: bool) -> Person:
    return replace(BO, authority=Authority.SOF if takes_part else Authority.KFO)


class TestAReader:
    @pytest.mark.parametrize(("role", "takes_part", "tier"), MATRIX)
    def test_gets_as_much_as_they_are(
        self, *, role: Role, takes_part: bool, tier: PlanTier
    ) -> None:
        """BER-48: the full version is the parties' and the Secretariat's."""
        got = tier_of(
            plan("H1", parties=PARTIES),
            alert=an_alert(),
            person=somebody(takes_part=takes_part),
            held=frozenset({role}),
        )

        assert got is tier

    @pytest.mark.parametrize("role", sorted(READS))
    def test_who_is_not_covered_gets_no_names(self, role: Role) -> None:
        """BER-53: not even of a plan in which they have something to do."""
        outsider = replace(somebody(takes_part=True), s115_covered=False)
        owners = {**OWNERS, Party.SOF: Owner(person=outsider.id, substitute=None)}
        made = plan("H1", parties=PARTIES, owners=owners)

        got = tier_of(made, alert=an_alert(), person=outsider, held=frozenset({role}))

        assert got is ORIENTATION

    @pytest.mark.parametrize("role", sorted(set(Role) - READS))
    def test_of_any_other_kind_gets_nothing(self, role: Role) -> None:
        """BER-52, BER-55: default deny."""
        for takes_part in (True, False):
            person = somebody(takes_part=takes_part)
            made = plan("H1", parties=PARTIES)

            assert tier_of(made, alert=an_alert(), person=person, held=frozenset({role})) is None

    def test_who_is_nothing_gets_nothing(self) -> None:
        made = plan("H1", parties=PARTIES)

        assert tier_of(made, alert=an_alert(), person=BO, held=frozenset()) is None

    def test_who_has_a_measure_gets_it_all(self) -> None:
        owners = {**OWNERS, Party.SOF: Owner(person=None, substitute=BO.id)}
        made = plan("H1", owners=owners)
        outsider = replace(BO, authority=Authority.KFO)

        assert BO.id in named(made)
        assert tier_of(made, alert=an_alert(), person=outsider, held=frozenset(TOLD)) is FULL

    def test_of_a_plan_without_an_alert_is_the_secretariat_or_named_or_steers(self) -> None:
        """BER-40: what the calendar grew is nobody else's before it is shared."""
        made = plan("H1", parties=PARTIES)

        def got(*roles: Role) -> PlanTier | None:
            return tier_of(made, alert=None, person=BO, held=frozenset(roles))

        assert got(Role.SEK) is FULL
        assert got(Role.SGM) is ORIENTATION
        assert got(Role.LGM) is got(Role.KGM) is got() is None
        assert tier_of(made, alert=None, person=DORTE, held=frozenset()) is None
