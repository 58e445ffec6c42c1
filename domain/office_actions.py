"""Who may do what an office does, about no matter: the other table of domain.md §14.3."""

from collections.abc import Mapping
from enum import StrEnum

from domain.people import CommitteeCode
from domain.roles import Actor, Role, standing

_FACILITATE = frozenset({Role.FAC, Role.PFAC})
_COORDINATE = _FACILITATE | {Role.KGM, Role.PKM}


class OfficeAction(StrEnum):
    """What can be done about no matter. An action missing from MAY is denied to all."""

    FILE = "file"
    ENQUIRE = "enquire"
    SEARCH = "search"
    BEGIN_GROUP = "begin_group"
    RUN_MEETING = "run_meeting"
    GRANT_ROLE = "grant_role"
    AGREE_ROLE = "agree_role"
    SEE_REGISTER = "see_register"  # committees, who sits in them, and since when
    KEEP_REGISTER = "keep_register"  # people, schools and leisure centres
    SEE_GAPS = "see_gaps"  # in the composition: one's own authority's, or all (REP-2)
    SEE_LOG = "see_log"
    WRITE_PLAYBOOK = "write_playbook"  # what is said about a level (LVL-5)
    SEE_DELETIONS = "see_deletions"  # what may soon be deleted (AC-DATA-01)
    SEE_REQUESTS = "see_requests"  # for access (ACC-1)
    CALL_MEETING = "call_meeting"  # of a committee, beyond the plan
    PLAN_YEAR = "plan_year"  # compute, approve and publish the year of meetings
    SET_HABITS = "set_habits"  # of a committee: when it would rather meet, and when never
    APPLY_FOR_EFFORT = "apply_for_effort"
    SEE_POOL = "see_pool"  # what the year's pool has left (EFF-3)
    SET_POOL = "set_pool"
    ACTIVATE_EMERGENCY = "activate_emergency"
    KEEP_READINESS = "keep_readiness"  # templates, what is known in advance, and drills
    CALL_READINESS_MEETING = "call_readiness_meeting"  # BER-41
    SHARE_PLAN = "share_plan"  # an action plan, beyond its parties (BER-46, BER-48)
    DECIDE_EXTENSION = "decide_extension"  # of readiness, for the steering group (BER-57)
    BEGIN_TRIAL = "begin_trial"
    FOLLOW_TRIAL = "follow_trial"
    NOTE_ABSENCE = "note_absence"  # somebody else's, who cannot do it here (BER-28)
    CONFIRM_BY_PHONE = "confirm_by_phone"  # for somebody else (BER-21)
    SEE_CALL_LIST = "see_call_list"
    SEE_REACHABILITY = "see_reachability"  # everybody's, as counts
    SEE_OVERVIEW = "see_overview"  # of cases, as counts (CASE-12)
    SEE_PLUS_FIGURES = "see_plus_figures"  # the three of PLUS-6
    SEE_OWN_REACHABILITY = "see_own_reachability"  # one's own authority's, with names (BER-19)


_SEK = frozenset({Role.SEK})
_SECRETARIAT = frozenset({Role.SEK, Role.STEW, Role.HEAD})
MAY: Mapping[OfficeAction, frozenset[Role]] = {
    OfficeAction.FILE: frozenset({Role.REP}),
    OfficeAction.ENQUIRE: frozenset({Role.REP, Role.EXT}),
    OfficeAction.SEARCH: _COORDINATE | {Role.SEK, Role.STEW},
    OfficeAction.BEGIN_GROUP: _FACILITATE,
    OfficeAction.RUN_MEETING: _FACILITATE,
    OfficeAction.GRANT_ROLE: frozenset({Role.STEW}),
    OfficeAction.AGREE_ROLE: frozenset({Role.STEW, Role.HEAD}),
    OfficeAction.SEE_REGISTER: _SECRETARIAT,
    OfficeAction.KEEP_REGISTER: frozenset({Role.STEW}),
    OfficeAction.SEE_GAPS: _SECRETARIAT | {Role.LGM, Role.PLM, Role.CGM, Role.SGM},
    OfficeAction.WRITE_PLAYBOOK: frozenset({Role.SEK, Role.STEW}),
    OfficeAction.SEE_LOG: frozenset({Role.DPO}),
    OfficeAction.SEE_DELETIONS: frozenset({Role.SEK, Role.STEW}),
    OfficeAction.SEE_REQUESTS: _SEK,
    OfficeAction.CALL_MEETING: frozenset({Role.RUNS, Role.CHAIR, Role.SEK, Role.HEAD}),
    OfficeAction.PLAN_YEAR: frozenset({Role.SEK, Role.HEAD}),
    OfficeAction.SET_HABITS: _FACILITATE | {Role.SEK, Role.HEAD},
    OfficeAction.APPLY_FOR_EFFORT: frozenset({Role.REP}),
    OfficeAction.SEE_POOL: frozenset({Role.LGM, Role.SEK, Role.HEAD}),
    OfficeAction.SET_POOL: frozenset({Role.HEAD}),
    OfficeAction.ACTIVATE_EMERGENCY: _SECRETARIAT | {Role.SGM, Role.LGM, Role.PLM},
    OfficeAction.KEEP_READINESS: frozenset({Role.SEK, Role.HEAD}),
    OfficeAction.CALL_READINESS_MEETING: _SECRETARIAT,
    OfficeAction.SHARE_PLAN: _SECRETARIAT,
    OfficeAction.DECIDE_EXTENSION: frozenset({Role.SGM}),
    OfficeAction.BEGIN_TRIAL: _SEK,
    OfficeAction.FOLLOW_TRIAL: _SEK,
    OfficeAction.NOTE_ABSENCE: _SEK,
    OfficeAction.CONFIRM_BY_PHONE: _SEK,
    OfficeAction.SEE_CALL_LIST: _SEK,
    OfficeAction.SEE_REACHABILITY: _SEK,
    OfficeAction.SEE_OVERVIEW: frozenset({Role.LGM, Role.PLM}),
    OfficeAction.SEE_PLUS_FIGURES: frozenset({Role.PFAC, Role.PLM, Role.HEAD}),
    OfficeAction.SEE_OWN_REACHABILITY: frozenset({Role.LGM, Role.PLM}),
}


def may(actor: Actor, action: OfficeAction, *, group: CommitteeCode | None = None) -> bool:
    """Decide whether somebody may do this at all, or in this committee."""
    return bool(standing(actor, group=group) & MAY.get(action, frozenset()))
