"""The log of an alert, which only grows, and what was decided (BER-32, BER-42, BER-44)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import RuleBroken
from domain.escalation import Ask, Decision, Reason
from domain.people import Authority, PersonId
from domain.plan_measures import person_free


class LogKind(StrEnum):
    """What a line of the log is about."""

    ACTIVATED = "activated"
    UNDONE = "undone"  # within ten seconds (BER-06)
    UPDATED = "updated"  # a correction that all who were alerted get (BER-18)
    FALSE_ALARM = "false_alarm"  # BER-18
    LEVEL = "level"  # raised or lowered
    JOINED = "joined"  # added by hand, or another alert's people (BER-08)
    REPLIED = "replied"
    CONFIRMED = "confirmed"  # on behalf of somebody: by telephone, C3, radio (BER-21)
    ESCALATED = "escalated"  # BER-32
    PAUSED = "paused"  # BER-31
    RESUMED = "resumed"
    NOTED = "noted"  # by hand (BER-44)
    AMENDED = "amended"  # an earlier line, which stays as it was
    COORDINATOR = "coordinator"  # handed over, and accepted (BER-45)
    LOG_KEEPER = "log_keeper"
    MEETING = "meeting"  # called, moved or cancelled (BER-41)
    REPORTED = "reported"  # a situation report (BER-43)
    DECIDED = "decided"
    PLAN = "plan"  # made, finished, sent to the steering group, answered
    MEASURE = "measure"
    SHARED = "shared"  # a version of the plan, with whom (BER-48)
    BRIEFED = "briefed"  # an SSP leader has told their own staff (BER-49)
    C3 = "c3"  # a person has sent it by C3 (BER-50)
    EXPORTED = "exported"  # BER-55
    RUNNING = "running"  # the plan is in force (BER-56)
    EXPIRED = "expired"
    EXTENDED = "extended"  # BER-57
    EXTENSION_ASKED = "extension_asked"  # of the steering group
    EXTENSION_REFUSED = "extension_refused"
    HANDED_ON = "handed_on"  # what was left of the plan, to daily work or given up (BER-58)
    STOOD_DOWN = "stood_down"  # to orientation
    NORMALISING = "normalising"
    CLOSED = "closed"  # BER-58
    REOPENED = "reopened"  # BER-60
    SUSPENDED = "suspended"  # a drill, by a live alert (BER-64)
    EVALUATED = "evaluated"  # BER-61
    LEARNED = "learned"
    FILED = "filed"  # its log is in the journal (BER-54)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line: what happened, when, and who did it. It is never changed or removed.

    :param number: counts the lines of an alert from 1, without gaps; 0 until it is kept.
    :param by: none where the bot did it by itself.
    :param words: what a person wrote.
    :param facts: what else is said of it, to fill in a sentence: codes, numbers, dates. No words
        that a person wrote, and no names.
    :param reason: and `late`: why an escalation did it, and how long after it was due.
    :param amends: the number of the line that this one corrects.
    """

    alert: UUID
    number: int = 0
    kind: LogKind
    at: datetime
    by: PersonId | None
    words: str = field(default="", repr=False)
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    authority: Authority | None = None
    people: tuple[PersonId, ...] = ()
    reason: Reason | None = None
    due_at: datetime | None = None
    late: timedelta | None = None
    amends: int | None = None


class DecisionKind(StrEnum):
    """What was decided."""

    AGREED = "agreed"  # at a readiness meeting (BER-42)
    EXTENDED = "extended"  # BER-57
    EXTENSION_ASKED = "extension_asked"  # of the steering group
    EXTENSION_REFUSED = "extension_refused"  # by it
    HANDED_ON = "handed_on"  # a measure, to daily work (BER-58)
    NORMALISING = "normalising"
    STOOD_DOWN = "stood_down"
    CLOSED = "closed"  # BER-58
    REOPENED = "reopened"  # BER-60


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """A decision (beslutning): who, why, and until when (BER-42, BER-57).

    :param until: the new end of the period, where that was decided.
    """

    id: UUID
    kind: DecisionKind
    words: str = field(repr=False)
    by: PersonId
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDecision(Resolution):
    """A decision about an alert.

    :param measure: the measure that it became.
    """

    alert: UUID
    measure: UUID | None = None


def noted(alert: UUID, words: str, *, by: PersonId, now: datetime) -> LogEntry:
    """Write a line by hand.

    :raises RuleBroken: `log.empty`, `measure.cpr` or `measure.too_long`
    """
    return LogEntry(alert=alert, kind=LogKind.NOTED, at=now, by=by, words=_words(words))


def amended(entry: LogEntry, words: str, *, by: PersonId, now: datetime) -> LogEntry:
    """Correct a line by a new one that points to it (BER-44).

    :raises RuleBroken: as `noted`
    """
    return LogEntry(
        alert=entry.alert,
        kind=LogKind.AMENDED,
        at=now,
        by=by,
        words=_words(words),
        amends=entry.number,
    )


def escalated(decision: Decision, ask: Ask, *, alert: UUID, now: datetime) -> LogEntry:
    """Write down a step of a ladder: who, which rule, when it was due and how late (BER-32)."""
    return LogEntry(
        alert=alert,
        kind=LogKind.ESCALATED,
        at=now,
        by=None,
        facts={"rung": ask.rung.value, "taken": str(decision.climbed.taken)},
        authority=decision.climbed.authority,
        people=ask.people,
        reason=decision.reason,
        due_at=ask.due_at,
        late=ask.late,
    )


def _words(words: str) -> str:
    said = person_free(words)
    if not said:
        raise RuleBroken("log.empty")
    return said
