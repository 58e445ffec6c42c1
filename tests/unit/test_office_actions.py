"""What an office, or a seat, may do about no matter: the other table of §14.3."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import pytest

from domain.office_actions import MAY, OfficeAction, may
from domain.people import CommitteeCode, Office
from domain.roles import Role
from tests.support.standings import somebody, with_what_it_takes

FACILITATORS = {Role.FAC, Role.PFAC}
GROUP = FACILITATORS | {Role.KGM, Role.PKM}

# What the specification says of each, written down again: a slip in the table shows.
MAY_SPEC: Mapping[OfficeAction, set[Role]] = {
    OfficeAction.FILE: {Role.REP},
    OfficeAction.ENQUIRE: {Role.REP, Role.EXT},
    OfficeAction.SEARCH: GROUP | {Role.SEK, Role.STEW},
    OfficeAction.BEGIN_GROUP: FACILITATORS,
    OfficeAction.RUN_MEETING: FACILITATORS,
    OfficeAction.GRANT_ROLE: {Role.STEW},
    OfficeAction.AGREE_ROLE: {Role.STEW, Role.HEAD},
    OfficeAction.SEE_LOG: {Role.DPO},
    OfficeAction.SEE_DELETIONS: {Role.SEK, Role.STEW},
    OfficeAction.SEE_REQUESTS: {Role.SEK},
    OfficeAction.CALL_MEETING: {Role.RUNS, Role.CHAIR, Role.SEK, Role.HEAD},
    OfficeAction.PLAN_YEAR: {Role.SEK, Role.HEAD},
    OfficeAction.SET_HABITS: FACILITATORS | {Role.SEK, Role.HEAD},
    OfficeAction.APPLY_FOR_EFFORT: {Role.REP},
    OfficeAction.SEE_POOL: {Role.LGM, Role.SEK, Role.HEAD},
    OfficeAction.SET_POOL: {Role.HEAD},
    OfficeAction.ACTIVATE_EMERGENCY: {
        Role.SGM,
        Role.LGM,
        Role.PLM,
        Role.SEK,
        Role.STEW,
        Role.HEAD,
    },
    OfficeAction.KEEP_READINESS: {Role.SEK, Role.HEAD},
    OfficeAction.DECIDE_EXTENSION: {Role.SGM},
    OfficeAction.SHARE_PLAN: {Role.SEK, Role.STEW, Role.HEAD},
    OfficeAction.SEE_REGISTER: {Role.SEK, Role.STEW, Role.HEAD},
    OfficeAction.KEEP_REGISTER: {Role.STEW},
    OfficeAction.SEE_GAPS: {
        *(Role.SEK, Role.STEW, Role.HEAD),
        *(Role.LGM, Role.PLM, Role.CGM, Role.SGM),
    },
    OfficeAction.WRITE_PLAYBOOK: {Role.SEK, Role.STEW},
    OfficeAction.SEE_OVERVIEW: {Role.LGM, Role.PLM},
    OfficeAction.CALL_READINESS_MEETING: {Role.SEK, Role.STEW, Role.HEAD},
    OfficeAction.BEGIN_TRIAL: {Role.SEK},
    OfficeAction.FOLLOW_TRIAL: {Role.SEK},
    OfficeAction.NOTE_ABSENCE: {Role.SEK},
    OfficeAction.CONFIRM_BY_PHONE: {Role.SEK},
    OfficeAction.SEE_CALL_LIST: {Role.SEK},
    OfficeAction.SEE_REACHABILITY: {Role.SEK},
    OfficeAction.SEE_PLUS_FIGURES: {Role.PFAC, Role.PLM, Role.HEAD},
    OfficeAction.SEE_OWN_REACHABILITY: {Role.LGM, Role.PLM},
}


class TestAnOffice:
    """The same question as about a matter, with a table of its own."""

    def test_has_a_row_for_everything(self) -> None:
        """AC-AZ-02: an action without one fails here."""
        assert MAY.keys() == set(OfficeAction) == MAY_SPEC.keys()

    def test_is_denied_what_has_no_row(self) -> None:
        """AC-AZ-02: default deny."""
        everybody = set(Role) - {Role.REP, Role.EXT}

        assert not may(somebody(everybody), cast("OfficeAction", "delete"))

    @pytest.mark.parametrize("role", Role)
    def test_may_what_the_table_says(self, role: Role) -> None:
        """BER-01: a system administrator has no right by virtue of being one."""
        actor = somebody({role})
        managers = {Role.CGM} if role in {Role.MEM, Role.CHAIR} else set()  # that is where
        counting = {Role.EXT} if role is Role.EXT else with_what_it_takes({role, Role.REP})
        runs = {Role.RUNS} if role in FACILITATORS else set()
        counting |= managers | runs
        gone = replace(actor, person=replace(actor.person, active=False))

        assert {action for action in OfficeAction if may(actor, action)} == {
            action for action in OfficeAction if counting & MAY_SPEC[action]
        }
        assert [action for action in OfficeAction if may(gone, action)] == []

    @pytest.mark.parametrize("office", Office)
    def test_may_nothing_but_enquire_without_cover(self, office: Office) -> None:
        """S115-5, S115-9."""
        person = replace(somebody(()).person, s115_covered=False, offices=frozenset({office}))
        actor = replace(somebody(set(Role) - {Role.EXT}), person=person)

        assert [each for each in OfficeAction if may(actor, each)] == [OfficeAction.ENQUIRE]

    @pytest.mark.parametrize("role", sorted(FACILITATORS))
    def test_is_one_in_the_group_it_is_about(self, role: Role) -> None:
        own = CommitteeCode("KG5" if role is Role.FAC else "PKG")

        assert may(somebody({role}), OfficeAction.RUN_MEETING, group=own)
        for other in (CommitteeCode("KG6"), CommitteeCode("LG3")):
            assert not may(somebody({role}), OfficeAction.RUN_MEETING, group=other)
