"""What a case may become: one table of moves, each with who makes it and when it may be made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.access import Action
from domain.cases import RUNNING, Case, CaseState, CloseReason
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.journal import Note


class Move(StrEnum):
    """What moves a case (CASE-2)."""

    COORDINATE = "coordinate"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    REOPEN = "reopen"
    PROPOSE_HANDOVER = "propose_handover"
    ACCEPT_HANDOVER = "accept_handover"
    RETURN_HANDOVER = "return_handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From where to where, by whom (a row of access), and the event it is noted as (NOT-4)."""

    begins: frozenset[CaseState]
    ends: Callable[[Case], CaseState]
    by: Action
    note: Note


def _to(state: CaseState) -> Callable[[Case], CaseState]:
    return lambda _: state


def before_handover(case: Case) -> CaseState:
    """Say where a case stands again when its handover comes to nothing."""
    if case.coordinated_at is None:
        return CaseState.OPEN
    return CaseState.FOLLOW_UP if case.follow_up_on is not None else CaseState.COORDINATION


_WORKED_ON = frozenset(
    {CaseState.OPEN, CaseState.COORDINATION, CaseState.FOLLOW_UP, CaseState.HANDED_OVER}
)
# A case that SSP+ has taken over begins there as an open case does elsewhere.
TRANSITIONS: Mapping[Move, Transition] = {
    Move.COORDINATE: Transition(
        begins=frozenset({CaseState.OPEN, CaseState.FOLLOW_UP, CaseState.HANDED_OVER}),
        ends=_to(CaseState.COORDINATION),
        by=Action.COORDINATE,
        note=Note.COORDINATION_BEGUN,
    ),
    Move.FOLLOW_UP: Transition(
        begins=frozenset({CaseState.COORDINATION}),
        ends=_to(CaseState.FOLLOW_UP),
        by=Action.COORDINATE,
        note=Note.COORDINATED,
    ),
    Move.CLOSE: Transition(
        begins=frozenset({CaseState.COORDINATION}),
        ends=_to(CaseState.CLOSED),
        by=Action.CLOSE,
        note=Note.CLOSED,
    ),
    Move.REOPEN: Transition(
        begins=frozenset({CaseState.CLOSED}),
        ends=_to(CaseState.OPEN),
        by=Action.REOPEN,
        note=Note.REOPENED,
    ),
    Move.PROPOSE_HANDOVER: Transition(
        begins=_WORKED_ON - {CaseState.HANDED_OVER},
        ends=_to(CaseState.HANDOVER_PROPOSED),
        by=Action.PROPOSE_HANDOVER,
        note=Note.HANDOVER_PROPOSED,
    ),
    Move.ACCEPT_HANDOVER: Transition(
        begins=frozenset({CaseState.HANDOVER_PROPOSED}),
        ends=_to(CaseState.HANDED_OVER),
        by=Action.ANSWER_HANDOVER,
        note=Note.HANDOVER_ACCEPTED,
    ),
    Move.RETURN_HANDOVER: Transition(
        begins=frozenset({CaseState.HANDOVER_PROPOSED}),
        ends=before_handover,
        by=Action.ANSWER_HANDOVER,
        note=Note.HANDOVER_DECLINED,
    ),
}


def may_move(case: Case, move: Move) -> bool:
    """Tell whether the table has this move from where the case stands."""
    return case.merged_into is None and case.state in TRANSITIONS[move].begins


def moved(case: Case, move: Move, *, now: datetime) -> Case:
    """Move a case; what the move itself changes is changed, and retention counts from now.

    :raises RuleBroken: `case.no_such_move` when the table does not have it from here.
    """
    if not may_move(case, move):
        raise RuleBroken("case.no_such_move")
    return replace(case, state=TRANSITIONS[move].ends(case), last_event_at=now)


def coordinated(case: Case, *, level: int, follow_up_on: date | None, now: datetime) -> Case:
    """Note a coordination on a case that is being coordinated.

    With a day for the next follow-up it is followed up; without one it stays where it is,
    ready to be closed.

    :raises RuleBroken: `case.no_such_move`, or `case.follow_up_passed`.
    """
    if case.state is not CaseState.COORDINATION:
        raise RuleBroken("case.no_such_move")
    if follow_up_on is not None and follow_up_on <= local_date(now):
        raise RuleBroken("case.follow_up_passed")
    noted = replace(
        case,
        level=level,
        follow_up_on=follow_up_on,
        coordinated_at=case.coordinated_at or now,
        last_event_at=now,
    )
    return noted if follow_up_on is None else moved(noted, Move.FOLLOW_UP, now=now)


class Obstacle(StrEnum):
    """What stands in the way of closing a case (CASE-9)."""

    NOT_COORDINATED = "not_coordinated"
    OPEN_ACTIONS = "open_actions"
    INFORM_PENDING = "inform_pending"
    NO_LEVEL = "no_level"
    NOT_QUEUED = "not_queued"
    ASSESSMENT_OPEN = "assessment_open"
    HANDOVER_OPEN = "handover_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """What is left to do on a case, as the guards of CASE-9 look at it."""

    open_actions: int
    inform_pending: bool
    events_not_queued: int
    assessment_open: bool  # SSP_TRANSITION, and the assessment for SSP+ not decided


def obstacles(case: Case, left: Remaining) -> Sequence[Obstacle]:
    """Name everything that stands in the way of closing, all at once."""
    stands = {
        Obstacle.HANDOVER_OPEN: case.state is CaseState.HANDOVER_PROPOSED,
        Obstacle.NOT_COORDINATED: not may_move(case, Move.CLOSE)
        and case.state is not CaseState.HANDOVER_PROPOSED,
        Obstacle.NO_LEVEL: case.level is None,
        Obstacle.OPEN_ACTIONS: left.open_actions > 0,
        Obstacle.INFORM_PENDING: left.inform_pending,
        Obstacle.ASSESSMENT_OPEN: left.assessment_open,
        Obstacle.NOT_QUEUED: left.events_not_queued > 0,
    }
    return [obstacle for obstacle, is_there in stands.items() if is_there]


def closed(case: Case, left: Remaining, *, reason: CloseReason, now: datetime) -> Case:
    """Close a case in SSP.

    :raises RuleBroken: `case.not_closable` when a guard of CASE-9 does not hold.
    """
    if obstacles(case, left):
        raise RuleBroken("case.not_closable")
    gone = moved(case, Move.CLOSE, now=now)
    return replace(gone, closed_at=now, close_reason=reason, follow_up_on=None)


def reopened(case: Case, *, now: datetime) -> Case:
    """Open a closed case again; the retention clock starts anew (CASE-10).

    :raises RuleBroken: `case.no_such_move` when it is not closed.
    """
    back = moved(case, Move.REOPEN, now=now)
    return replace(back, closed_at=None, close_reason=None, follow_up_on=None)


def is_running(case: Case) -> bool:
    return case.state in RUNNING and case.merged_into is None
