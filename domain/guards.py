"""What must hold besides who somebody is, before they may do something (domain.md §14.3)."""

from enum import StrEnum


class Guard(StrEnum):
    """What must hold besides; the use case of the action sees to it."""

    CRITERION = "criterion"
    EXPIRY = "expiry"
    GATE = "gate"
    GUARDS_OF_CLOSING = "CASE-9 guards"
    LEAD_NAMED = "lead named"
    LOGGED = "logged"
    MINUTE = "60 s"
    NAMED_PERSONS = "named persons"
    NOT_HELD = "no legal hold"
    NOT_SELF = "not self"
    NOT_RECUSED = "not recused"
    COVERED = "covered"
    ONE_OPEN_CASE = "one open case per person"
    OTHER_AUTHORITY = "two persons of different authorities"
    REASON = "reason"
    REVERSIBLE = "reversible 30 d"
    REVIEW_DATE = "review date"
    SECOND_PERSON = "a second person"
    SETTLED = "filed or not recordable"
    VERSION = "version"
    WATERMARK = "watermark"
    WEIGHING = "weighing"
