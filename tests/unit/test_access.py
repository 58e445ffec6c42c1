"""Who may do what: every action, role and kind of matter, both ways (§14.3, AC-AZ-03)."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import ALLOWED, Action, can
from domain.matters import MatterKind
from domain.roles import AT_MEETINGS, GRANTED_BY, Role
from tests.support.need_to_know import Line
from tests.support.standings import ME, matter_for, somebody, with_what_it_takes

SSP_PLUS_TOO = {Role.FAC: Role.PFAC, Role.KGM: Role.PKM, Role.LGM: Role.PLM}
FACILITATORS = {Role.FAC, Role.PFAC}
MEMBERS = {Role.KGM, Role.PKM}
GROUP = FACILITATORS | MEMBERS
WORK = GROUP | {Role.LEAD}
SECRETARIAT = FACILITATORS | {Role.SEK}
BY_GRANT = {Role.ADH, Role.LGM, Role.PLM, Role.STEW, Role.HEAD, Role.DPO}
HANDLE = WORK | {Role.SEK} | BY_GRANT
N, C, G, M, E, R = (
    *(MatterKind.CONCERN, MatterKind.CASE, MatterKind.GROUP),
    *(MatterKind.MEETING, MatterKind.EFFORT, MatterKind.ALERT),
)
COMES = {Role.MEM, Role.CHAIR, Role.RUNS}
MANAGES = {Role.RUNS, Role.SEK, Role.HEAD}

# What the specification says of each action, written down again: a slip in the table shows.
THE_SPEC: Mapping[Action, tuple[set[Role], set[MatterKind]]] = {
    Action.FOLLOW: ({Role.REP}, {N}),
    Action.ADD: ({Role.REP}, {N}),
    Action.WITHDRAW: ({Role.REP}, {N}),
    Action.ASK_WITHDRAWAL: ({Role.REP}, {N}),
    Action.DECIDE_WITHDRAWAL: (GROUP | {Role.SEK}, {N}),
    Action.TAKE_UP: (SECRETARIAT, {N}),
    Action.REROUTE: (SECRETARIAT, {N}),
    Action.OPEN_CASE: (GROUP, {N}),
    Action.LINK: (GROUP, {N}),
    Action.REJECT: (SECRETARIAT, {N}),
    Action.REDIRECT: (SECRETARIAT, {N}),
    Action.OPEN: (HANDLE, {N, C, G}),
    Action.STEP_ASIDE: (HANDLE | {Role.OWNER}, {N, C, G}),
    Action.RECUSE_OTHER: (SECRETARIAT, {N, C, G}),
    Action.DECIDE_RECUSAL: ({Role.SEK}, {N, C, G}),
    Action.END_GRANT: (SECRETARIAT | {Role.LEAD, Role.STEW}, {N, C, G}),
    Action.REVEAL_CPR: (
        FACILITATORS | {Role.KGM, Role.LEAD, Role.SEK, Role.STEW},
        {N, C, G},
    ),
    Action.FILE_JOURNAL: (SECRETARIAT, {N, C, G}),
    Action.CORRECT: (FACILITATORS | {Role.LEAD, Role.STEW}, {N, C, G}),
    Action.RECORD_REQUEST: (SECRETARIAT | {Role.LEAD, Role.STEW}, {C}),
    Action.SEE_CORRECTED: ({Role.STEW}, {N, C, G}),
    Action.BREAK_GLASS: ({Role.HEAD, Role.DPO, Role.STEW}, {N, C, G}),
    Action.REVIEW_BREAK_GLASS: ({Role.HEAD, Role.DPO}, {N, C, G}),
    Action.SET_LEVEL: (GROUP, {C}),
    Action.COORDINATE: (WORK, {C}),
    Action.ADD_ACTION: (WORK, {C}),
    Action.COMPLETE_ACTION: ({Role.OWNER}, {C}),
    Action.DROP_ACTION: (WORK, {C}),
    Action.APPOINT_LEAD: (GROUP, {C}),
    Action.ADD_AD_HOC: (FACILITATORS | {Role.LEAD}, {C, G}),
    Action.ESCALATE: (WORK, {C}),
    Action.WITHHOLD: (WORK, {C}),
    Action.INFORM: (WORK, {C}),
    Action.ASK_EXEMPTION: (GROUP, {C}),
    Action.COUNTERSIGN_EXEMPTION: (GROUP, {C}),
    Action.ASSESS_PLUS: ({Role.KGM, Role.FAC}, {C}),
    Action.PROPOSE_HANDOVER: ({Role.FAC}, {C}),
    Action.ANSWER_HANDOVER: ({Role.PFAC}, {C}),
    Action.SET_KIF: ({Role.PFAC, Role.LEAD}, {C}),
    Action.PLAN: (WORK, {C}),
    Action.RECORD_OUTCOME: ({Role.PFAC, Role.PKM, Role.LEAD}, {C}),
    Action.CLOSE: (FACILITATORS, {C}),
    Action.AGREE_CLOSE: (MEMBERS, {C}),
    Action.REOPEN: (FACILITATORS, {C}),
    Action.AGREE_REOPEN: (MEMBERS, {C}),
    Action.MERGE: (FACILITATORS, {C}),
    Action.AGREE_MERGE: ({Role.STEW}, {C}),
    Action.UNDO_MERGE: (FACILITATORS | {Role.STEW}, {C}),
    Action.EXPORT: (SECRETARIAT, {C}),
    Action.HOLD: ({Role.SEK, Role.STEW}, {C}),
    Action.RELEASE: ({Role.SEK, Role.STEW}, {C}),
    Action.AGREE_RELEASE: ({Role.SEK, Role.STEW}, {C}),
    Action.ACCESS_REQUEST: ({Role.SEK}, {C}),
    Action.REVIEW_ACCESS: ({Role.SEK}, {C}),
    Action.SEE_GROUP: (GROUP | {Role.SEK, Role.ADH, Role.LUM, Role.LGM, Role.PLM}, {G}),
    Action.SCREEN: (FACILITATORS, {G}),
    Action.ADD_MEMBER: (FACILITATORS, {G}),
    Action.SET_MEASURE: (FACILITATORS, {G}),
    Action.CONFIRM_ROLE: (FACILITATORS, {G}),
    Action.END_GROUP: (FACILITATORS, {G}),
    Action.READ_MEETING: (COMES | MANAGES | {Role.SUB}, {M}),
    Action.READ_UNSENT: (COMES | MANAGES | {Role.STANDIN}, {M}),
    Action.REPLY: (COMES | {Role.SUB}, {M}),
    Action.PROPOSE_ITEM: (COMES | MANAGES, {M}),
    Action.MANAGE_MEETING: (MANAGES, {M}),
    Action.ADMIT_SUDDEN: ({Role.CHAIR}, {M}),
    Action.NOTE_ATTENDANCE: (MANAGES | {Role.CHAIR}, {M}),
    Action.WRITE_MINUTES: (MANAGES | {Role.CHAIR}, {M}),
    Action.COMMENT_MINUTES: (COMES | MANAGES | {Role.STANDIN}, {M}),
    Action.AGREE_MINUTES: ({Role.MEM, Role.CHAIR}, {M}),
    Action.APPROVE_MINUTES: ({Role.CHAIR, Role.HEAD}, {M}),
    Action.DO_TASK: (COMES | MANAGES | {Role.SUB}, {M}),
    Action.READ_EFFORT: ({Role.REP, Role.OWNER, Role.LGM, Role.SEK, Role.HEAD}, {E}),
    Action.WITHDRAW_EFFORT: ({Role.REP}, {E}),
    Action.ASSESS_EFFORT: ({Role.SEK, Role.HEAD}, {E}),
    Action.APPROVE_LOCAL_EFFORT: ({Role.LGM}, {E}),
    Action.APPROVE_CITY_EFFORT: ({Role.SEK, Role.HEAD}, {E}),
    Action.OVERRIDE_POOL: ({Role.HEAD}, {E}),
    Action.SETTLE_EFFORT: ({Role.OWNER, Role.SEK}, {E}),
    Action.EVALUATE_EFFORT: ({Role.OWNER}, {E}),
    Action.READ_ALERT: (
        {Role.TOLD, Role.SEK, Role.STEW, Role.HEAD, Role.SGM, Role.LGM, Role.PLM},
        {R},
    ),
}
OF_THE_REPORTER = {Action.FOLLOW, Action.ADD, Action.WITHDRAW, Action.ASK_WITHDRAWAL}
ONLY_WITH_A_GRANT = {Action.OPEN, Action.STEP_ASIDE}
EVERY_CELL = list(product(Role, MatterKind))

# The lines of §14.3, and the actions that each has become.
LINES: Mapping[str, tuple[Action, ...]] = {
    "Triage / re-route": (Action.REROUTE,),
    "Open case, link concern": (Action.OPEN_CASE, Action.LINK),
    "Set level": (Action.SET_LEVEL,),
    "Record coordination / actions": (Action.COORDINATE, Action.ADD_ACTION),
    "Add ad hoc participant": (Action.ADD_AD_HOC,),
    "Escalate to LG": (Action.ESCALATE,),
    "Exempt from informing": (Action.ASK_EXEMPTION, Action.COUNTERSIGN_EXEMPTION),
    "Propose / accept handover": (Action.PROPOSE_HANDOVER, Action.ANSWER_HANDOVER),
    "Close / reopen": (Action.CLOSE, Action.AGREE_CLOSE, Action.REOPEN, Action.AGREE_REOPEN),
    "Merge persons": (Action.MERGE, Action.AGREE_MERGE),
    "Export a case": (Action.EXPORT,),
    "Delete/retention release": (Action.RELEASE, Action.AGREE_RELEASE),
}
SAID_OTHERWISE = {
    "File concern",  # an office action, below
    "Complete own action",  # whoever owns it
    "Reveal CPR",  # "see D3": tests/unit/test_cells.py
    "Recuse self / other",  # oneself: whoever could open it
    "Grant role",
    "Activate beredskab",
    "See anything personal as SYS",
}


def granted(action: Action, held: frozenset[Role], kind: MatterKind) -> bool:
    """Say what the specification grants to somebody who is all of this, with every grant."""
    counting = frozenset({Role.REP}) if kind is N and Role.REP in held else held
    who, kinds = THE_SPEC[action]
    have = at_the_managers(held) if kind is M else with_what_it_takes(counting)
    return kind in kinds and bool(have & who)


def at_the_managers(held: frozenset[Role]) -> frozenset[Role]:
    """Name what somebody is at a meeting of the managers' group."""
    counting = with_what_it_takes(held) & {*AT_MEETINGS, Role.SEK, Role.HEAD}
    return counting | ({Role.MEM} if held & {Role.CGM, Role.CHAIR} else set())


class TestTheTable:
    def test_has_a_row_for_every_action(self) -> None:
        """AC-AZ-02: an action without one fails here."""
        assert ALLOWED.keys() == set(Action) == THE_SPEC.keys()

    @pytest.mark.parametrize("line", Line.all(), ids=lambda line: line.action)
    def test_is_what_the_specification_says(self, line: Line) -> None:
        """§14.3: who, and what must hold besides."""
        if line.action in SAID_OTHERWISE:
            return
        rules = [ALLOWED[action] for action in LINES[line.action]]
        who = frozenset[Role]().union(*(rule.who for rule in rules))
        guards = {guard.value for rule in rules for guard in rule.guards}

        ordinary = {role for role in who if role not in SSP_PLUS_TOO.values()}
        in_words = {role for role in line.who if role not in SSP_PLUS_TOO.values()}
        assert ordinary == in_words
        assert {word.replace("criteria", "criterion") for word in line.guards} <= guards

    def test_has_every_line_of_the_specification(self) -> None:
        assert {line.action for line in Line.all()} == LINES.keys() | SAID_OTHERWISE

    @pytest.mark.parametrize("action", Action)
    def test_is_followed_in_every_cell(self, action: Action) -> None:
        may_now = {
            (role, kind)
            for role, kind in EVERY_CELL
            if can(somebody({role}), action, matter_for({role}, kind=kind))
        }

        assert may_now == {
            (role, kind) for role, kind in EVERY_CELL if granted(action, frozenset({role}), kind)
        }

    @pytest.mark.parametrize("action", sorted(ONLY_WITH_A_GRANT))
    @pytest.mark.parametrize("role", sorted(BY_GRANT))
    def test_needs_a_grant_where_it_says_so(self, action: Action, role: Role) -> None:
        """CASE-7, CASE-8, ROLE-02: a seat among the leaders, or an office, opens nothing."""
        assert role in GRANTED_BY
        assert not can(somebody({role}), action, matter_for({role}, granted=False))

    def test_denies_an_action_it_has_no_row_for(self) -> None:
        """AC-AZ-02: default deny."""
        everybody = set(Role) - {Role.REP, Role.EXT}

        assert not can(somebody(everybody), cast("Action", "delete"), matter_for(everybody))

    @pytest.mark.parametrize("kind", MatterKind)
    def test_grants_nothing_to_somebody_who_is_nothing_to_it(self, kind: MatterKind) -> None:
        matter = matter_for({Role.LEAD, Role.SEK}, kind=kind)

        assert [action for action in Action if can(somebody(()), action, matter)] == []


HELD = st.frozensets(st.sampled_from(sorted(set(Role) - {Role.EXT})))
STILL_COUNTS: Mapping[MatterKind, set[Role]] = {
    M: set(Role) - {Role.SEK, Role.HEAD},
    R: {Role.TOLD},
}  # without cover too
CLOSING = st.sets(st.sampled_from(["cover", "left", "recused"]))


class TestWhateverTheyAreTogether:
    @given(HELD, st.sampled_from(Action), st.sampled_from(MatterKind), CLOSING)
    def test_recusal_missing_cover_and_having_left_win(
        self, held: frozenset[Role], action: Action, kind: MatterKind, closing: set[str]
    ) -> None:
        """AC-AZ: over every role, for every action; otherwise each role gives what it gives."""
        actor = somebody(held)
        person = replace(
            actor.person, s115_covered="cover" not in closing, active="left" not in closing
        )
        matter = matter_for(held, kind=kind)
        if "recused" in closing:
            matter = replace(matter, recused=frozenset({ME}))

        allowed = can(replace(actor, person=person), action, matter)

        counts = STILL_COUNTS.get(kind, set()) if closing == {"cover"} else None
        left = held if counts is None else held & counts
        closed = bool(closing) and not counts
        assert allowed is (not closed and granted(action, left, kind))

    @given(HELD, st.sampled_from(sorted(set(Action) - OF_THE_REPORTER)))
    def test_the_reporter_of_a_concern_never_handles_it(
        self, held: frozenset[Role], action: Action
    ) -> None:
        held |= {Role.REP}

        assert not can(somebody(held), action, matter_for(held, kind=N))
