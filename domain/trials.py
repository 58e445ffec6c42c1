"""A trial (prøveudsendelse): a real send that shows whom an alert would reach (BER-11)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.delivery import NOT_REACHED, DeliveryState, Standing, Tally, is_sent
from domain.leadership import COORDINATING, LEADING, Roster
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Authority, Person, PersonId, Seat
from domain.reachability import Lack

_ANSWERED = frozenset({DeliveryState.ACKNOWLEDGED, DeliveryState.CANCELLED})
TOO_SOON = timedelta(minutes=15)  # after another trial, unless one insists


class Audience(StrEnum):
    """Whom a trial is for."""

    EVERYBODY = "everybody"
    LEADERS = "leaders"  # a seat in a leading committee, as a member or as a substitute


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    id: UUID
    begun_by: PersonId
    begun_at: datetime
    audience: Audience
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Whom a trial would be sent to, and whom it would not reach as things stand (BER-05)."""

    audience: Audience
    tiers: Mapping[Tier, int]
    authorities: Mapping[Authority, tuple[int, int]]  # who can be reached, of how many
    unreachable: Sequence[tuple[Person, Lack]] = field(repr=False)
    under_way: Trial | None

    @property
    def total(self) -> int:
        return sum(self.tiers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A trial as it stands: everybody in exactly one state (BER-13)."""

    trial: Trial
    begun_by: Person
    at: datetime
    standings: Sequence[Standing]
    people: Mapping[PersonId, Person] = field(repr=False)

    @property
    def tally(self) -> Tally:
        return Counter(each.state for each in self.standings)

    @property
    def is_sent(self) -> bool:
        return is_sent(self.tally)

    @property
    def not_reached(self) -> list[tuple[Person, DeliveryState]]:
        return self._with(NOT_REACHED)

    @property
    def unanswered(self) -> list[tuple[Person, DeliveryState]]:
        """Who has not confirmed: those who were not reached first."""
        return self.not_reached + self._with(frozenset(DeliveryState) - NOT_REACHED - _ANSWERED)

    @property
    def answered(self) -> Mapping[Authority, tuple[int, int]]:
        """How many have confirmed, of how many, in each authority."""
        total = Counter(self.people[each.person].authority for each in self.standings)
        answered = Counter(
            self.people[each.person].authority
            for each in self.standings
            if each.state is DeliveryState.ACKNOWLEDGED
        )
        return {each: (answered[each], total[each]) for each in Authority if total[each]}

    def _with(self, states: frozenset[DeliveryState]) -> list[tuple[Person, DeliveryState]]:
        return [
            (self.people[each.person], each.state)
            for each in self.standings
            if each.state in states
        ]


def tier_of(roster: Roster, person: PersonId) -> Tier:
    """Say who goes first: those who lead, then those who coordinate or stand in (§3.2)."""
    if roster.types_of(person, seats=frozenset(Seat) - {Seat.SUBSTITUTE}) & LEADING:
        return Tier.ALERT_LEADERS
    return Tier.ALERT_GROUPS if _stands_in_or_coordinates(roster, person) else Tier.ALERT


def _stands_in_or_coordinates(roster: Roster, person: PersonId) -> bool:
    return bool(roster.types_of(person) & (LEADING | COORDINATING))


def recipients(audience: Audience, roster: Roster) -> list[tuple[PersonId, Tier]]:
    """List everybody it is for, each once, with how early they hear of it."""
    return [
        (person, tier_of(roster, person))
        for person in roster.people
        if audience is Audience.EVERYBODY or roster.types_of(person) & LEADING
    ]


def notices_of(trial: Trial, roster: Roster) -> list[Notice]:
    """Say who is to hear of the trial: the union of its audience, each person once (BER-11)."""
    return [
        Notice(
            kind=NoticeKind.TRIAL,
            about=trial.id,
            due_at=trial.begun_at,
            person=person,
            tier=tier,
        )
        for person, tier in recipients(trial.audience, roster)
    ]
