"""Duties: what waits for somebody, worked out from how things stand and never written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.access import Action
from domain.matters import MatterKind


class DutyKind(StrEnum):
    """What is to be done. Each has its sentence `duty.<kind>`, with reference and date only."""

    CONCERN_WAITING = "concern_waiting"  # to be taken up (CON-5)
    CONCERN_OVERDUE = "concern_overdue"  # past its first coordination
    CONCERN_WITHOUT_CASE = "concern_without_case"  # taken up, and nothing came of it yet
    GROUP_REVIEW = "group_review"  # a concern group is to be looked at again (GRP-5)
    GROUP_LABELS = "group_labels"  # labels in it are about to expire (GRP-6)
    ACTION_WITHOUT_OWNER = "action_without_owner"  # who had it has left (ROLE-03)
    GLASS_TO_REVIEW = "glass_to_review"  # somebody broke the glass (ROLE-02)
    FAMILY_TO_TELL = "family_to_tell"  # the family is to be told, or it is to be weighed (INF-5)
    NOTES_TO_FILE = "notes_to_file"  # what happened is to be filed (NOT-5)
    RECUSAL_TO_DECIDE = "recusal_to_decide"  # the Secretariat is to decide (INH-2)
    CASE_WITHOUT_LEAD = "case_without_lead"  # its facilitator is to appoint one (CASE-6)
    ACTION = "action"  # one's own, and not done yet (CASE-5)
    FACT_CORRECTED = "fact_corrected"  # a case one had read while something in it was wrong
    COORDINATION = "coordination"  # a case is to be coordinated for the first time (CASE-11)
    FOLLOW_UP = "follow_up"  # a case is to be coordinated again
    COUNTERSIGN = "countersign"  # a colleague waits for a yes or no (§14.3)
    CASE_TO_ASSESS = "case_to_assess"  # is this one for SSP+? (AGE-6)
    HANDOVER_WAITING = "handover_waiting"  # SSP+ is to answer (PLUS-2)
    ALERT_EXPIRED = "alert_expired"  # its period is over, and nobody has decided (BER-56)
    EXTENSION_TO_DECIDE = "extension_to_decide"  # by the steering group (BER-57)
    PLAN_EXPIRED = "plan_expired"  # so is that of a plan of the calendar
    PLAN_EXTENSION_TO_DECIDE = "plan_extension_to_decide"
    ALERT_TO_EVALUATE = "alert_to_evaluate"  # BER-61
    SITUATION_OWED = "situation_owed"  # how it stands in an alert is to be said (BER-43)
    LEARNING = "learning"  # what was learned, and is to be done
    MEASURE = "measure"  # of an action plan that runs (BER-34)
    DECISION_TASK = "decision_task"  # a decision gave it to somebody
    ITEMS_TO_ANSWER = "items_to_answer"  # proposed to an agenda one keeps
    ITEM_RETURNED = "item_returned"  # one's own, with words
    MINUTES_TO_WRITE = "minutes_to_write"  # of a meeting that was held (SGF-4)
    MINUTES_TO_APPROVE = "minutes_to_approve"
    MEETING_REPLY = "meeting_reply"  # a committee meets within a fortnight: are they coming?
    OUTCOME_DUE = "outcome_due"  # what became of them? (PLUS-7)
    YEAR_PLAN_PROPOSED = "year_plan_proposed"  # a plan of a year is to be decided about
    EFFORT_TO_ASSESS = "effort_to_assess"  # the Secretariat, on the three criteria (EFF-4)
    EFFORT_TO_DECIDE = "effort_to_decide"
    EFFORT_TO_EVALUATE = "effort_to_evaluate"  # during it or at its end (EFF-1)
    EFFORT_TO_SETTLE = "effort_to_settle"  # EFF-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing in a matter, as it was when somebody was told of it."""

    id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that waits for one person.

    It is theirs only while they may do `action` with the matter. One about no matter, such as
    a role to be agreed to, says in its sentence what to type. `due` is a date of ours, and
    None where there is no hurry. `own` is the agreed action to open instead of its case.
    """

    kind: DutyKind
    id: UUID
    due: date | None = None
    matter: MatterKind | None = None
    action: Action | None = None
    reference: str = ""
    version: int = 0
    own: Seen | None = None

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much waits for somebody: counts, and nothing else."""

    duties: int
    overdue: int


def load_of(duties: Iterable[Duty], *, today: date) -> Load:
    """Count duties, for a message that says no more than that."""
    waiting = list(duties)
    return Load(duties=len(waiting), overdue=sum(duty.is_overdue(today) for duty in waiting))


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Put first what is due first, and last what is not due at any time."""
    return sorted(
        duties, key=lambda each: (each.due is None, each.due or date.max, each.reference)
    )
