"""Records: everything that is confided about a case or a concern group, piece by piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.data_classes import DataClass
from domain.people import Authority, PersonId


class RecordKind(StrEnum):
    """What a record is about; its data class says who may read it."""

    IDENTITY = "identity"
    CPR = "cpr"
    OFFENCE = "offence"
    SENSITIVE = "sensitive"
    CHILD_VIEW = "child_view"
    VIEW = "view"  # risk and protective factors (LVL-7)
    LEVEL = "level"
    COORDINATION = "coordination"
    GATE = "gate"
    INFORM = "inform"
    NOTIFICATION = "notification"  # an underretning: made, not yet, or why not (BL-4)
    EXPORT = "export"  # why a document was made of it
    WITHHELD = "withheld"
    ESCALATION = "escalation"
    RECUSAL = "recusal"
    ASSESSMENT = "assessment"
    HANDOVER = "handover"
    PLAN = "plan"
    OUTCOME = "outcome"
    CLOSING = "closing"
    REOPENING = "reopening"
    MERGE = "merge"
    BROKEN_GLASS = "broken_glass"  # why, and what its review found (ROLE-02)
    REVEALED = "revealed"  # why a CPR number was shown
    HOLD = "hold"
    ACCESS = "access"
    SCREENING = "screening"
    MEASURE = "measure"
    MEMBER = "member"  # who somebody in a concern group is
    LABEL = "label"  # what somebody is to the others there, and who says so (GRP-5)
    LEAVING = "leaving"
    ANSWER = "answer"  # what the reporter of an ended concern is told (CON-11, AREA-7)
    CORRECTION = "correction"  # what was wrong, why it is right now, and who asked (CASE-13)
    OBJECTION = "objection"  # somebody asked for a correction, or objects to the handling


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One sealed piece of a matter. It is never changed: a correction replaces it (CASE-13).

    `key` names the data key it is sealed with: the subject's for a case, the group's or the
    member's for a concern group; destroying that key destroys the record (AC-CRYPT-04).
    `withheld_by` is the authority that keeps its words to itself (S115-12).
    """

    id: UUID
    matter: UUID
    key: str
    kind: RecordKind
    data_class: DataClass
    by: PersonId | None
    at: datetime
    content: Mapping[str, object] = field(repr=False)
    replaces: UUID | None = None
    withheld_by: Authority | None = None
    meeting: UUID | None = None  # the case meeting it was written at
