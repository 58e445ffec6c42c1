"""What is written about an alert outside the chat: its file, its log, and messages by CAP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.action_plans import ActionPlan
from domain.alerts import Alert, Recipient
from domain.people import PersonId
from domain.plan_templates import PlanTier


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line of the log in words, as it is printed and journalised.

    :param by: the name of who wrote it, or of the bot.
    :param corrects: the number of the line it corrects; that one still stands (BER-44).
    """

    number: int
    at: datetime
    by: str = field(repr=False)
    words: str = field(repr=False)
    corrects: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFile:
    """All that is exported of one alert (BER-70).

    :param names: of everybody who is in it; who is not has left, and is not named.
    """

    alert: Alert
    recipients: tuple[Recipient, ...]
    plan: ActionPlan | None = None
    log: tuple[LogLine, ...] = ()
    names: Mapping[PersonId, str] = field(default_factory=dict, repr=False)


class CapKind(StrEnum):
    """What a message does, as CAP calls it (CAP 1.2 §3.2.1, msgType)."""

    ALERT = "Alert"
    UPDATE = "Update"  # a correction, an extension, the all-clear (BER-18, BER-59)
    CANCEL = "Cancel"  # a false alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class CapReference:
    """An earlier message of the same alert, by its number."""

    number: int
    sent: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CapMessage:
    """One message of an alert; the first has number 1.

    :param references: the earlier messages that it changes or cancels; none for the first.
    :param expires: until when it holds: the period's end, once there is one (BER-56).
    :param all_clear: it is over.
    :param tier: how much the reader may see (BER-48).
    """

    alert: Alert
    kind: CapKind
    number: int
    sent: datetime
    references: tuple[CapReference, ...] = ()
    expires: datetime | None = None
    note: str = field(default="", repr=False)
    all_clear: bool = False
    tier: PlanTier = PlanTier.FULL
