"""Who may do what with a matter: one table, one question (domain.md §14.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.guards import Guard
from domain.matters import CONFIDED, Matter, MatterKind
from domain.roles import GRANTED_BY, Actor, Role, has_grant, roles


class Action(StrEnum):
    """What can be done with a matter. An action missing from ALLOWED is denied to all."""

    # a concern, by its reporter
    FOLLOW = "follow"
    ADD = "add"
    WITHDRAW = "withdraw"
    ASK_WITHDRAWAL = "ask_withdrawal"
    # a concern, by who receives it
    DECIDE_WITHDRAWAL = "decide_withdrawal"
    TAKE_UP = "take_up"
    REROUTE = "reroute"
    OPEN_CASE = "open_case"
    LINK = "link"
    REJECT = "reject"
    REDIRECT = "redirect"
    # any matter
    OPEN = "open"
    STEP_ASIDE = "step_aside"
    RECUSE_OTHER = "recuse_other"
    DECIDE_RECUSAL = "decide_recusal"
    END_GRANT = "end_grant"
    REVEAL_CPR = "reveal_cpr"
    FILE_JOURNAL = "file_journal"
    CORRECT = "correct"
    RECORD_REQUEST = "record_request"  # somebody asks for a correction, or objects (CASE-13)
    SEE_CORRECTED = "see_corrected"
    BREAK_GLASS = "break_glass"
    REVIEW_BREAK_GLASS = "review_break_glass"
    # a case, by who works on it
    SET_LEVEL = "set_level"
    COORDINATE = "coordinate"
    ADD_ACTION = "add_action"
    COMPLETE_ACTION = "complete_action"
    DROP_ACTION = "drop_action"
    APPOINT_LEAD = "appoint_lead"
    ADD_AD_HOC = "add_ad_hoc"
    ESCALATE = "escalate"
    WITHHOLD = "withhold"
    INFORM = "inform"
    ASK_EXEMPTION = "ask_exemption"
    COUNTERSIGN_EXEMPTION = "countersign_exemption"
    ASSESS_PLUS = "assess_plus"
    PROPOSE_HANDOVER = "propose_handover"
    ANSWER_HANDOVER = "answer_handover"
    SET_KIF = "set_kif"
    PLAN = "plan"
    RECORD_OUTCOME = "record_outcome"
    CLOSE = "close"
    AGREE_CLOSE = "agree_close"
    REOPEN = "reopen"
    AGREE_REOPEN = "agree_reopen"
    MERGE = "merge"
    AGREE_MERGE = "agree_merge"
    UNDO_MERGE = "undo_merge"
    # a case, by who keeps it
    EXPORT = "export"
    HOLD = "hold"
    RELEASE = "release"
    AGREE_RELEASE = "agree_release"
    ACCESS_REQUEST = "access_request"
    REVIEW_ACCESS = "review_access"
    # a concern group
    SEE_GROUP = "see_group"  # the general part; domain/group_sight.py says which members
    SCREEN = "screen"
    ADD_MEMBER = "add_member"
    SET_MEASURE = "set_measure"
    CONFIRM_ROLE = "confirm_role"
    END_GROUP = "end_group"
    # a committee's meeting
    READ_MEETING = "read_meeting"
    READ_UNSENT = "read_unsent"  # an agenda as it grows, minutes that are not approved (SGF-4)
    REPLY = "reply"
    PROPOSE_ITEM = "propose_item"
    MANAGE_MEETING = "manage_meeting"  # move, cancel, the agenda, sending on
    ADMIT_SUDDEN = "admit_sudden"  # an item that came up after the agenda was fixed (SGF-5)
    NOTE_ATTENDANCE = "note_attendance"
    WRITE_MINUTES = "write_minutes"
    COMMENT_MINUTES = "comment_minutes"
    AGREE_MINUTES = "agree_minutes"  # as one of those who approve together (SGF-4)
    APPROVE_MINUTES = "approve_minutes"
    DO_TASK = "do_task"  # that a decision gave somebody
    # an effort (domain.md §11)
    READ_EFFORT = "read_effort"
    WITHDRAW_EFFORT = "withdraw_effort"
    ASSESS_EFFORT = "assess_effort"
    APPROVE_LOCAL_EFFORT = "approve_local_effort"  # or refuse it
    APPROVE_CITY_EFFORT = "approve_city_effort"
    OVERRIDE_POOL = "override_pool"  # let it go beyond what the pool has left (EFF-7)
    SETTLE_EFFORT = "settle_effort"
    EVALUATE_EFFORT = "evaluate_effort"
    # an alert (domain.md §12)
    READ_ALERT = "read_alert"  # drill and live alike (BER-52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may do it with which kind of matter; `granted` are those of them who need a grant."""

    who: frozenset[Role]
    kinds: frozenset[MatterKind]
    granted: frozenset[Role] = frozenset()
    guards: tuple[Guard, ...] = ()


_CONCERN = frozenset({MatterKind.CONCERN})
_CASE = frozenset({MatterKind.CASE})
_GROUP = frozenset({MatterKind.GROUP})
_ANY = CONFIDED
_MEETING = frozenset({MatterKind.MEETING})
_EFFORT = frozenset({MatterKind.EFFORT})
_ALERT = frozenset({MatterKind.ALERT})

_FACILITATE = frozenset({Role.FAC, Role.PFAC})
_SIT = frozenset({Role.KGM, Role.PKM})
_COORDINATE = _FACILITATE | _SIT
_WORK = _COORDINATE | {Role.LEAD}
_RECEIVE = _FACILITATE | {Role.SEK}
_BY_GRANT = frozenset(GRANTED_BY)
_HANDLE = _WORK | {Role.SEK} | _BY_GRANT
_MEET = frozenset({Role.MEM, Role.CHAIR, Role.RUNS})
_MANAGE = frozenset({Role.RUNS, Role.SEK, Role.HEAD})
_BUDGET = frozenset({Role.SEK, Role.HEAD})
_READY = frozenset({Role.SEK, Role.STEW, Role.HEAD, Role.SGM, Role.LGM, Role.PLM})
_BREAK = frozenset({Role.HEAD, Role.DPO, Role.STEW})


def _rule(
    who: frozenset[Role], kinds: frozenset[MatterKind], *guards: Guard, need_grant: bool = False
) -> Rule:
    granted = who & _BY_GRANT if need_grant else frozenset[Role]()
    return Rule(who=who, kinds=kinds, granted=granted, guards=guards)


ALLOWED: Mapping[Action, Rule] = {
    Action.FOLLOW: _rule(frozenset({Role.REP}), _CONCERN),
    Action.ADD: _rule(frozenset({Role.REP}), _CONCERN),
    Action.WITHDRAW: _rule(frozenset({Role.REP}), _CONCERN),
    Action.ASK_WITHDRAWAL: _rule(frozenset({Role.REP}), _CONCERN, Guard.REASON),
    Action.DECIDE_WITHDRAWAL: _rule(_COORDINATE | {Role.SEK}, _CONCERN, Guard.REASON),
    Action.TAKE_UP: _rule(_RECEIVE, _CONCERN, Guard.VERSION),
    Action.REROUTE: _rule(_RECEIVE, _CONCERN, Guard.REASON),
    Action.OPEN_CASE: _rule(_COORDINATE, _CONCERN, Guard.ONE_OPEN_CASE),
    Action.LINK: _rule(_COORDINATE, _CONCERN, Guard.ONE_OPEN_CASE),
    Action.REJECT: _rule(_RECEIVE, _CONCERN, Guard.REASON),
    Action.REDIRECT: _rule(_RECEIVE, _CONCERN, Guard.REASON),
    Action.OPEN: _rule(_HANDLE, _ANY, Guard.LOGGED, need_grant=True),
    Action.STEP_ASIDE: _rule(_HANDLE | {Role.OWNER}, _ANY, need_grant=True),
    Action.RECUSE_OTHER: _rule(_RECEIVE, _ANY, Guard.REASON),
    Action.DECIDE_RECUSAL: _rule(frozenset({Role.SEK}), _ANY, Guard.REASON, Guard.NOT_SELF),
    Action.END_GRANT: _rule(_RECEIVE | {Role.LEAD, Role.STEW}, _ANY),
    Action.REVEAL_CPR: _rule(
        frozenset({Role.KGM, Role.FAC, Role.PFAC, Role.LEAD, Role.SEK, Role.STEW}),
        _ANY,
        *(Guard.REASON, Guard.LOGGED, Guard.MINUTE),
    ),
    Action.FILE_JOURNAL: _rule(_RECEIVE, _ANY),
    Action.CORRECT: _rule(_FACILITATE | {Role.LEAD, Role.STEW}, _ANY, Guard.REASON),
    Action.RECORD_REQUEST: _rule(_RECEIVE | {Role.LEAD, Role.STEW}, _CASE, Guard.REASON),
    Action.SEE_CORRECTED: _rule(frozenset({Role.STEW}), _ANY, Guard.LOGGED),
    Action.BREAK_GLASS: _rule(
        _BREAK, _ANY, Guard.REASON, Guard.EXPIRY, Guard.SECOND_PERSON, Guard.NOT_RECUSED
    ),
    Action.REVIEW_BREAK_GLASS: _rule(
        frozenset({Role.HEAD, Role.DPO}), _ANY, Guard.NOT_SELF, Guard.REVIEW_DATE
    ),
    Action.SET_LEVEL: _rule(_COORDINATE, _CASE, Guard.REASON, Guard.CRITERION),
    Action.COORDINATE: _rule(_WORK, _CASE, Guard.NOT_RECUSED, Guard.VERSION),
    Action.ADD_ACTION: _rule(_WORK, _CASE, Guard.NOT_RECUSED, Guard.VERSION),
    Action.COMPLETE_ACTION: _rule(frozenset({Role.OWNER}), _CASE),
    Action.DROP_ACTION: _rule(_WORK, _CASE, Guard.REASON, Guard.VERSION),
    Action.APPOINT_LEAD: _rule(_COORDINATE, _CASE, Guard.NOT_RECUSED, Guard.VERSION),
    Action.ADD_AD_HOC: _rule(
        _FACILITATE | {Role.LEAD}, _CASE | _GROUP, Guard.COVERED, Guard.GATE, Guard.EXPIRY
    ),
    Action.ESCALATE: _rule(_WORK, _CASE, Guard.NAMED_PERSONS),
    Action.WITHHOLD: _rule(_WORK, _CASE, Guard.REASON),
    Action.INFORM: _rule(_WORK, _CASE),
    Action.ASK_EXEMPTION: _rule(
        _COORDINATE,
        _CASE,
        *(Guard.OTHER_AUTHORITY, Guard.REASON, Guard.WEIGHING, Guard.REVIEW_DATE),
    ),
    Action.COUNTERSIGN_EXEMPTION: _rule(
        _COORDINATE,
        _CASE,
        *(Guard.OTHER_AUTHORITY, Guard.REASON, Guard.WEIGHING, Guard.REVIEW_DATE),
    ),
    Action.ASSESS_PLUS: _rule(frozenset({Role.KGM, Role.FAC}), _CASE, Guard.REASON),
    Action.PROPOSE_HANDOVER: _rule(
        frozenset({Role.FAC}), _CASE, Guard.CRITERION, Guard.LEAD_NAMED
    ),
    Action.ANSWER_HANDOVER: _rule(
        frozenset({Role.PFAC}), _CASE, Guard.CRITERION, Guard.LEAD_NAMED
    ),
    Action.SET_KIF: _rule(frozenset({Role.PFAC, Role.LEAD}), _CASE),
    Action.PLAN: _rule(_WORK, _CASE, Guard.VERSION),
    Action.RECORD_OUTCOME: _rule(frozenset({Role.PFAC, Role.PKM, Role.LEAD}), _CASE),
    Action.CLOSE: _rule(_FACILITATE, _CASE, Guard.GUARDS_OF_CLOSING),
    Action.AGREE_CLOSE: _rule(_SIT, _CASE, Guard.GUARDS_OF_CLOSING, Guard.NOT_SELF),
    Action.REOPEN: _rule(_FACILITATE, _CASE, Guard.REASON),
    Action.AGREE_REOPEN: _rule(_SIT, _CASE, Guard.NOT_SELF),
    Action.MERGE: _rule(_FACILITATE, _CASE, Guard.REVERSIBLE),
    Action.AGREE_MERGE: _rule(frozenset({Role.STEW}), _CASE, Guard.REVERSIBLE, Guard.NOT_SELF),
    Action.UNDO_MERGE: _rule(_FACILITATE | {Role.STEW}, _CASE, Guard.REVERSIBLE),
    Action.EXPORT: _rule(_RECEIVE, _CASE, Guard.REASON, Guard.WATERMARK, Guard.LOGGED),
    Action.HOLD: _rule(frozenset({Role.SEK, Role.STEW}), _CASE, Guard.REASON),
    Action.RELEASE: _rule(frozenset({Role.SEK, Role.STEW}), _CASE, Guard.SETTLED, Guard.NOT_HELD),
    Action.AGREE_RELEASE: _rule(
        frozenset({Role.SEK, Role.STEW}), _CASE, Guard.SETTLED, Guard.NOT_HELD, Guard.NOT_SELF
    ),
    Action.ACCESS_REQUEST: _rule(frozenset({Role.SEK}), _CASE, Guard.LOGGED),
    Action.REVIEW_ACCESS: _rule(frozenset({Role.SEK}), _CASE, Guard.NOT_SELF),
    Action.SEE_GROUP: _rule(
        _COORDINATE | {Role.SEK, Role.ADH, Role.LUM, Role.LGM, Role.PLM}, _GROUP, Guard.LOGGED
    ),
    Action.SCREEN: _rule(_FACILITATE, _GROUP, Guard.GATE),
    Action.ADD_MEMBER: _rule(_FACILITATE, _GROUP, Guard.GATE),
    Action.SET_MEASURE: _rule(_FACILITATE, _GROUP),
    Action.CONFIRM_ROLE: _rule(_FACILITATE, _GROUP),
    Action.END_GROUP: _rule(_FACILITATE, _GROUP, Guard.REASON),
    Action.READ_MEETING: _rule(_MEET | _MANAGE | {Role.SUB}, _MEETING),
    Action.READ_UNSENT: _rule(_MEET | _MANAGE | {Role.STANDIN}, _MEETING),
    Action.REPLY: _rule(_MEET | {Role.SUB}, _MEETING),
    Action.PROPOSE_ITEM: _rule(_MEET | _MANAGE, _MEETING),
    Action.MANAGE_MEETING: _rule(_MANAGE, _MEETING, Guard.VERSION),
    Action.ADMIT_SUDDEN: _rule(frozenset({Role.CHAIR}), _MEETING, Guard.LOGGED),
    Action.NOTE_ATTENDANCE: _rule(_MANAGE | {Role.CHAIR}, _MEETING),
    Action.WRITE_MINUTES: _rule(_MANAGE | {Role.CHAIR}, _MEETING, Guard.VERSION),
    Action.COMMENT_MINUTES: _rule(_MEET | _MANAGE | {Role.STANDIN}, _MEETING),
    Action.AGREE_MINUTES: _rule(frozenset({Role.MEM, Role.CHAIR}), _MEETING),
    Action.APPROVE_MINUTES: _rule(frozenset({Role.CHAIR, Role.HEAD}), _MEETING, Guard.LOGGED),
    Action.DO_TASK: _rule(_MEET | _MANAGE | {Role.SUB}, _MEETING),
    Action.READ_EFFORT: _rule(_BUDGET | {Role.REP, Role.OWNER, Role.LGM}, _EFFORT),
    Action.WITHDRAW_EFFORT: _rule(frozenset({Role.REP}), _EFFORT, Guard.VERSION),
    Action.ASSESS_EFFORT: _rule(_BUDGET, _EFFORT, Guard.REASON, Guard.VERSION),
    Action.APPROVE_LOCAL_EFFORT: _rule(
        frozenset({Role.LGM}), _EFFORT, Guard.NOT_SELF, Guard.VERSION
    ),
    Action.APPROVE_CITY_EFFORT: _rule(_BUDGET, _EFFORT, Guard.NOT_SELF, Guard.VERSION),
    Action.OVERRIDE_POOL: _rule(frozenset({Role.HEAD}), _EFFORT, Guard.REASON, Guard.LOGGED),
    Action.SETTLE_EFFORT: _rule(frozenset({Role.OWNER, Role.SEK}), _EFFORT, Guard.VERSION),
    Action.EVALUATE_EFFORT: _rule(frozenset({Role.OWNER}), _EFFORT, Guard.VERSION),
    Action.READ_ALERT: _rule(_READY | {Role.TOLD}, _ALERT),
}


def can(actor: Actor, action: Action, matter: Matter) -> bool:
    """Decide whether the actor may do this with the matter; what no row allows is denied."""
    rule = ALLOWED.get(action)
    if rule is None or matter.kind not in rule.kinds:
        return False
    return any(
        role not in rule.granted or has_grant(actor, matter, GRANTED_BY[role])
        for role in roles(actor, matter) & rule.who
    )
