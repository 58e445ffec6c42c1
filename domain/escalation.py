"""Escalation as values: a ladder, what was frozen of it at activation, and where it stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.alerts import Quorum, Recipient, Why
from domain.errors import RuleBroken
from domain.notices import Tier
from domain.people import AreaCode, Authority, PersonId

LONGEST_PAUSE = timedelta(minutes=60)  # BER-31


class Rung(StrEnum):
    """A step of the ladder (BER-25)."""

    REPEAT = "repeat"  # re-notify who is silent, and use the second channel
    SUBSTITUTES = "substitutes"  # same authority and area, then the whole city (BER-27)
    MANAGER = "manager"  # the authority's member of the managers' group
    CALL_LIST = "call_list"  # the Secretariat gets the names and numbers to telephone


class Reason(StrEnum):
    """Why a ladder did what it did, or did nothing (BER-32)."""

    QUORUM_MET = "quorum_met"  # nobody more of this authority is asked (BER-26)
    PAUSED = "paused"  # BER-31
    NOT_DUE = "not_due"
    NO_LADDER = "no_ladder"  # level 1, or an authority of whom nobody must join
    LADDER_ENDED = "ladder_ended"
    PASSED_ON = "passed_on"  # somebody is away, or has asked for their substitute (BER-28)
    REPEATED = "repeated"
    NOBODY_SILENT = "nobody_silent"  # all have answered, and yet too few are joining
    SUBSTITUTES_ASKED = "substitutes_asked"
    NO_SUBSTITUTE = "no_substitute"  # the next step is due at once (BER-27)
    MANAGER_ASKED = "manager_asked"
    NO_MANAGER = "no_manager"  # none, away, or already asked: the next step is due at once
    CALL_LIST_SENT = "call_list_sent"


IN_VAIN = frozenset({Reason.NO_SUBSTITUTE, Reason.NO_MANAGER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A rung and how long after the alert left it is climbed."""

    rung: Rung
    after: timedelta


LADDER = (
    Step(rung=Rung.REPEAT, after=timedelta(minutes=5)),
    Step(rung=Rung.SUBSTITUTES, after=timedelta(minutes=10)),
    Step(rung=Rung.MANAGER, after=timedelta(minutes=15)),
    Step(rung=Rung.CALL_LIST, after=timedelta(minutes=20)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be asked instead, as it was when the alert was activated.

    :param areas: where they stand in for somebody.
    :param instead_of: whose seat they stand in for; they are asked first for these.
    :param leads: whether they stand in for an SSP leader, and so may be asked for any leader of
        their authority; if not, they are asked for those of `instead_of` and nobody else.
    """

    person: PersonId
    authority: Authority
    areas: frozenset[AreaCode] = frozenset()
    instead_of: frozenset[PersonId] = frozenset()
    leads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that escalation looks at, frozen at activation (BER-29); kept as JSON.

    Nothing in the register, the templates or the settings changes it afterwards.

    :param areas: where the alert is; empty for the whole city.
    :param quorum: how many must be joining, of authorities of whom anybody must.
    :param ladder: empty at level 1, where nothing escalates.
    :param asked: those of the audience whose answer counts, for each authority that is in it.
    :param substitutes: in the order they are asked, for each authority.
    :param managers: the authority's members of the managers' group.
    :param phone_keepers: who gets the call list (the Secretariat).
    """

    left_at: datetime
    areas: frozenset[AreaCode]
    quorum: Quorum
    ladder: tuple[Step, ...]
    asked: Mapping[Authority, tuple[PersonId, ...]]
    substitutes: Mapping[Authority, tuple[Candidate, ...]]
    managers: Mapping[Authority, tuple[PersonId, ...]]
    phone_keepers: tuple[PersonId, ...]

    def ladder_of(self, authority: Authority) -> tuple[Step, ...]:
        """Give the steps for an authority: none when nobody of it must be joining."""
        return self.ladder if self.quorum.get(authority, 0) else ()

    def authorities(self) -> list[Authority]:
        """List those who have a ladder, or somebody who may have to be replaced."""
        return [each for each in Authority if each in self.asked or each in self.quorum]

    def people(self) -> frozenset[PersonId]:
        """Name everybody it may ask: of these, one must know who is away or has left."""
        return frozenset(self._people())

    def _people(self) -> Iterator[PersonId]:
        for people in (*self.asked.values(), *self.managers.values(), self.phone_keepers):
            yield from people
        for candidates in self.substitutes.values():
            yield from (each.person for each in candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """Where an authority's ladder stands: how many steps were taken, and when the next is due.

    :param next_at: none when no step is left, or while the quorum is met. While an alert is
        paused it stays what it was.
    :param met_at: since when its quorum is met.
    :param nobody_for: for whom no substitute was found, so that it is said once.
    """

    authority: Authority
    taken: int = 0
    next_at: datetime | None = None
    met_at: datetime | None = None
    nobody_for: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is to be done, and how punctually: one entry in the log (BER-32).

    :param people: who is asked or told now; nobody where a rung was climbed in vain.
    :param instead_of: whom each substitute among them replaces; who replaces nobody in
        particular is not in it.
    :param late: how long after it was due; who is away or asks for their substitute is passed
        on when it is noticed, and so never late.
    """

    rung: Rung
    people: tuple[PersonId, ...]
    due_at: datetime
    late: timedelta
    instead_of: Mapping[PersonId, PersonId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do now if anything, how the ladder stands then, and why."""

    ask: Ask | None
    climbed: Climbed
    reason: Reason


Unavailable = Collection[PersonId]
"""Who cannot be asked today: whoever is away, and whoever has left since the activation."""


def begin(snapshot: Snapshot, authority: Authority) -> Climbed:
    """Put an authority at the foot of its ladder."""
    ladder = snapshot.ladder_of(authority)
    return Climbed(
        authority=authority, next_at=snapshot.left_at + ladder[0].after if ladder else None
    )


def pause_until(*, now: datetime, length: timedelta, because: str) -> datetime:
    """Say until when escalation pauses. To resume early, let the pause end now.

    :raises RuleBroken: `alert.pause_length`, when it is no time or more than an hour;
        `alert.pause_reason` without a reason.
    """
    if not timedelta() < length <= LONGEST_PAUSE:
        raise RuleBroken("alert.pause_length", minutes=LONGEST_PAUSE // timedelta(minutes=1))
    if not because.strip():
        raise RuleBroken("alert.pause_reason")
    return now + length


def added(
    decision: Decision,
    *,
    alert: UUID,
    snapshot: Snapshot,
    recipients: Sequence[Recipient],
    now: datetime,
) -> list[Recipient]:
    """List the recipients that a decision adds: substitutes and managers, nobody asked before."""
    ask, authority = decision.ask, decision.climbed.authority
    if ask is None or ask.rung not in _ADDS:
        return []
    uncounted = {each.person for each in recipients if not each.quorum}
    areas = {each.person: each.areas for each in snapshot.substitutes.get(authority, ())}
    return [
        Recipient(
            alert=alert,
            person=person,
            authority=authority,
            areas=areas.get(person, frozenset()),
            tier=Tier.ALERT_LEADERS,
            why=_ADDS[ask.rung],
            added_at=now,
            stands_for=ask.instead_of.get(person),
            quorum=ask.instead_of.get(person) not in uncounted,
        )
        for person in ask.people
    ]


_ADDS: Mapping[Rung, Why] = {Rung.SUBSTITUTES: Why.SUBSTITUTE, Rung.MANAGER: Why.MANAGER}
