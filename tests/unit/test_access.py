"""Who may do what with a concern: domain.md §14, with a cell for every action and role."""

from dataclasses import replace
from itertools import product
from typing import ClassVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import (
    ALLOWED,
    MAY,
    READS,
    Action,
    Actor,
    OfficeAction,
    Role,
    can,
    may,
    readable,
    roles,
)
from domain.concerns import Concern
from domain.data_classes import DataClass
from domain.people import Authority, CommitteeCode, Membership, Office, PersonId, Seat
from tests.support.examples import ANNA, BO, CONCERN, NEXT_GROUP, person

ME = PersonId("me")

# domain.md §14.3 for the actions that exist, written down again: a slip in the table shows.
THE_SPEC = {
    Action.FOLLOW: {Role.REP},
    Action.ADD: {Role.REP},
    Action.WITHDRAW: {Role.REP},
    Action.OPEN: {Role.FAC, Role.KGM, Role.SEK},
    Action.TAKE_UP: {Role.FAC, Role.SEK},
    Action.REROUTE: {Role.FAC, Role.SEK},
    Action.STEP_ASIDE: {Role.FAC, Role.KGM, Role.SEK},
}
EVERY_CELL = list(product(Action, Role))
CLOSING = ("cover", "left", "recusal")
ROLES = st.frozensets(st.sampled_from(Role))


def somebody(held: frozenset[Role] | set[Role]) -> tuple[Actor, Concern]:
    """Give somebody who is exactly this to a concern, and the concern."""
    seats = {Role.FAC: Seat.FACILITATOR, Role.KGM: Seat.MEMBER}
    actor = Actor(
        person=person("me", offices=frozenset({Office.SEK} if Role.SEK in held else ())),
        memberships=[
            Membership(committee=CommitteeCode("KG5"), person=ME, slot="", seat=seat)
            for role, seat in seats.items()
            if role in held
        ],
    )
    return actor, replace(CONCERN, reporter=ME if Role.REP in held else ANNA.id)


class TestTheTable:
    def test_has_a_row_for_every_action_and_grants_what_the_specification_grants(self) -> None:
        assert ALLOWED == THE_SPEC
        assert ALLOWED.keys() == set(Action)

    @pytest.mark.parametrize(("action", "role"), EVERY_CELL)
    def test_is_followed_in_every_cell(self, action: Action, role: Role) -> None:
        actor, about = somebody({role})

        assert can(actor, action, about, recused=()) is (role in THE_SPEC[action])

    def test_denies_an_action_it_has_no_row_for(self) -> None:
        actor, about = somebody({Role.FAC, Role.KGM, Role.SEK})

        assert not can(actor, cast("Action", "delete"), about, recused=())

    @pytest.mark.parametrize("action", Action)
    def test_grants_nothing_to_somebody_who_is_nothing_to_the_concern(
        self, action: Action
    ) -> None:
        actor, about = somebody(set())

        assert not can(actor, action, about, recused=())


class TestWinsOverEveryRole:
    """AC-AZ: the cells again, each with one thing that closes it."""

    @pytest.mark.parametrize(("action", "role"), EVERY_CELL)
    def test_a_recusal(self, action: Action, role: Role) -> None:
        actor, about = somebody({role})

        assert not can(actor, action, about, recused={ME})

    @pytest.mark.parametrize(("action", "role"), EVERY_CELL)
    def test_missing_cover(self, action: Action, role: Role) -> None:
        actor, about = somebody({role})
        uncovered = replace(actor, person=replace(actor.person, s115_covered=False))

        assert not can(uncovered, action, about, recused=())

    @pytest.mark.parametrize(("action", "role"), EVERY_CELL)
    def test_having_left(self, action: Action, role: Role) -> None:
        actor, about = somebody({role})
        left = replace(actor, person=replace(actor.person, active=False))

        assert not can(left, action, about, recused=())

    @given(ROLES, st.sampled_from(Action), st.sets(st.sampled_from(CLOSING)))
    def test_whatever_they_are_together(
        self, held: frozenset[Role], action: Action, closing: set[str]
    ) -> None:
        actor, about = somebody(held)
        now = replace(
            actor.person, s115_covered="cover" not in closing, active="left" not in closing
        )

        granted = can(
            replace(actor, person=now),
            action,
            about,
            recused={ME} if "recusal" in closing else (),
        )

        counting = {Role.REP} if Role.REP in held else held
        assert granted is (not closing and bool(counting & THE_SPEC[action]))

    @given(
        ROLES, st.sampled_from(sorted(set(Action) - {Action.FOLLOW, Action.ADD, Action.WITHDRAW}))
    )
    def test_having_reported_it_oneself(self, held: frozenset[Role], action: Action) -> None:
        actor, about = somebody(held | {Role.REP})

        assert not can(actor, action, about, recused=())


class TestAnOffice:
    """What is about no concern: the same question, with a table of its own."""

    THE_SPEC: ClassVar = {
        OfficeAction.BEGIN_TRIAL: {Role.SEK},
        OfficeAction.FOLLOW_TRIAL: {Role.SEK},
        OfficeAction.CONFIRM_BY_PHONE: {Role.SEK},
        OfficeAction.SEE_CALL_LIST: {Role.SEK},
        OfficeAction.SEE_REACHABILITY: {Role.SEK},
        OfficeAction.SEE_OWN_REACHABILITY: {Role.LGM},
    }

    def test_has_a_row_for_every_action(self) -> None:
        assert self.THE_SPEC == MAY
        assert MAY.keys() == set(OfficeAction)

    @pytest.mark.parametrize("action", OfficeAction)
    @pytest.mark.parametrize("leads", [True, False])
    @pytest.mark.parametrize("office", [None, *Office])
    def test_grants_what_the_table_says_and_nothing_by_another_office(
        self, action: OfficeAction, office: Office | None, *, leads: bool
    ) -> None:
        """BER-01: a system administrator has no right by virtue of being one."""
        who = person("me", offices=frozenset({office} if office else ()))
        held = ({Role.SEK} if office is Office.SEK else set()) | ({Role.LGM} if leads else set())

        granted = may(who, action, is_ssp_leader=leads)

        assert granted is bool(held & self.THE_SPEC[action])
        for gone in (replace(who, active=False), replace(who, s115_covered=False)):
            assert not may(gone, action, is_ssp_leader=leads)


class TestASeat:
    @pytest.mark.parametrize("seat", [Seat.SUBSTITUTE, Seat.CHAIR])
    def test_of_another_kind_gives_no_role(self, seat: Seat) -> None:
        held = [Membership(committee=CommitteeCode("KG5"), person=BO.id, slot="", seat=seat)]

        assert roles(Actor(person=BO, memberships=held), CONCERN) == set()

    @pytest.mark.parametrize("seat", Seat)
    @pytest.mark.parametrize("group", [NEXT_GROUP, None])
    def test_in_another_group_or_in_triage_gives_none(
        self, seat: Seat, group: CommitteeCode | None
    ) -> None:
        held = [Membership(committee=CommitteeCode("KG5"), person=BO.id, slot="", seat=seat)]

        assert roles(Actor(person=BO, memberships=held), replace(CONCERN, group=group)) == set()


class TestReadable:
    """domain.md §14.2."""

    @pytest.mark.parametrize(
        ("role", "classes"),
        [
            (Role.REP, set[DataClass]()),
            (Role.KGM, set(DataClass) - {DataClass.SENSITIVE}),
            (Role.FAC, set(DataClass)),
            (Role.SEK, set(DataClass)),
        ],
    )
    def test_goes_by_role(self, role: Role, classes: set[DataClass]) -> None:
        actor, about = somebody({role})

        assert readable(actor, about, shielded=False) == classes == READS[role]

    def test_is_nothing_for_somebody_without_a_role(self) -> None:
        assert readable(*somebody(set()), shielded=False) == set()

    @given(ROLES)
    def test_names_a_shielded_reporter_to_the_facilitator_and_the_secretariat_only(
        self, held: frozenset[Role]
    ) -> None:
        actor, about = somebody(held)

        seen = readable(actor, about, shielded=True)

        assert (DataClass.REPORTER in seen) is bool(held & {Role.FAC, Role.SEK})
        assert seen - {DataClass.REPORTER} == readable(actor, about, shielded=False) - {
            DataClass.REPORTER
        }


class TestASeatInAGroup:
    """ORG-2, PLUS-4: not every authority that sits in a group sees its cases."""

    @pytest.mark.parametrize(
        ("slot", "sees"),
        [
            ("KG.opt", {Authority.SOF, Authority.BUF, Authority.KP}),
            ("PKG.6", set(Authority) - {Authority.KFO}),
        ],
    )
    @pytest.mark.parametrize("authority", Authority)
    def test_opens_cases_where_the_authority_has_a_standing_duty(
        self, slot: str, sees: set[Authority], authority: Authority
    ) -> None:
        seat = Membership(committee=CommitteeCode("KG5"), person=ME, slot=slot)
        actor = Actor(person=person("me", authority=authority), memberships=[seat])

        assert can(actor, Action.OPEN, CONCERN, recused=()) is (authority in sees)
