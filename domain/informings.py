"""Who of the family is told that we work with them, by when, and when not (domain.md §7.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import Authority, PersonId

INFORM_WITHIN = timedelta(days=30)  # of collection (domain.md §16 inform.max_days)
REVIEW_WITHIN = timedelta(days=90)  # inform.review_days
AFTER_EXEMPTION = timedelta(days=14)  # the reason has fallen away: told by the next meeting
REMIND_ON = (14, 25, 30)  # days after collection (INF-5)


class Addressee(StrEnum):
    """Who is to be told; from eighteen on the young person alone (INF-4)."""

    YOUTH = "youth"
    CUSTODY_1 = "custody_1"
    CUSTODY_2 = "custody_2"


class InformState(StrEnum):
    """What was decided about telling them; until then it is pending, never anything else."""

    PENDING = "pending"
    INFORMED = "informed"
    PLANNED = "planned"
    EXEMPTED = "exempted"
    NOBODY = "nobody"  # there is no second holder of custody

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done."""
        return self in {InformState.INFORMED, InformState.NOBODY}


class How(StrEnum):
    """How they were told."""

    MEETING = "meeting"
    PHONE = "phone"
    LETTER = "letter"  # by Digital Post or on paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Informing:
    """What stands about telling one of them; who, how and why are records.

    `due_on` is when they are told at the latest, or by the plan; `review_on` when an
    exemption ends unless two people decide on it again.
    """

    id: UUID
    case: UUID
    addressee: Addressee
    authority: Authority  # who tells them (INF-7)
    collected_on: date
    due_on: date
    state: InformState = InformState.PENDING
    review_on: date | None = None
    decided_by: PersonId | None = None
    second_by: PersonId | None = None
    decided_at: datetime | None = None
    version: int = 1

    def answers(self, today: date) -> bool:
        """Tell whether it still says what is to happen (INF-4: no silent default).

        A plan says so until its day, an exemption until it is to be reviewed.
        """
        match self.state:
            case InformState.PENDING:
                return False
            case InformState.PLANNED:
                return today <= self.due_on
            case InformState.EXEMPTED:
                return self.review_on is not None and today <= self.review_on
            case InformState.INFORMED | InformState.NOBODY:
                return True


def owed_to(*, adult: bool) -> tuple[Addressee, ...]:
    """Name who is to be told; whoever is not known to be of age counts as a child."""
    return (Addressee.YOUTH,) if adult else tuple(Addressee)


def unanswered(
    informings: Iterable[Informing], *, adult: bool, today: date
) -> tuple[Addressee, ...]:
    """Name those about whom nothing is decided, or no longer; none of them may be left (INF-6)."""
    settled = {each.addressee for each in informings if each.answers(today)}
    return tuple(each for each in owed_to(adult=adult) if each not in settled)


def begun(
    *, id: UUID, case: UUID, addressee: Addressee, authority: Authority, collected_on: date
) -> Informing:
    """Note from the first day that somebody is to be told (INF-4)."""
    return Informing(
        id=id,
        case=case,
        addressee=addressee,
        authority=authority,
        collected_on=collected_on,
        due_on=collected_on + INFORM_WITHIN,
    )


def told(informing: Informing, *, on: date, by: PersonId, now: datetime, today: date) -> Informing:
    """Note that they were told.

    :raises RuleBroken: `inform.already_told`, `inform.before_collected` or `date.future`
    """
    _must_be_owed(informing)
    if on > today:
        raise RuleBroken("date.future")
    if on < informing.collected_on - INFORM_WITHIN:
        raise RuleBroken("inform.before_collected")
    return _decided(informing, InformState.INFORMED, by=by, now=now)


def planned(
    informing: Informing, *, by_day: date, by: PersonId, now: datetime, today: date
) -> Informing:
    """Plan to tell them by a day, which is within the time there is.

    :raises RuleBroken: `inform.already_told`, `inform.planned_passed`, or
        `inform.planned_too_late` with `latest`
    """
    _must_be_owed(informing)
    latest = max(informing.collected_on + INFORM_WITHIN, informing.due_on, today)
    if by_day < today:
        raise RuleBroken("inform.planned_passed")
    if by_day > latest:
        raise RuleBroken("inform.planned_too_late", latest=f"{latest:%d.%m.%Y}")
    decided = _decided(informing, InformState.PLANNED, by=by, now=now)
    return replace(decided, due_on=by_day)


def nobody(informing: Informing, *, by: PersonId, now: datetime) -> Informing:
    """Note that there is no second holder of custody.

    :raises RuleBroken: `inform.already_told`, or `inform.somebody_is_there` for the others
    """
    _must_be_owed(informing)
    if informing.addressee is not Addressee.CUSTODY_2:
        raise RuleBroken("inform.somebody_is_there")
    return _decided(informing, InformState.NOBODY, by=by, now=now)


def exempted(
    informing: Informing,
    *,
    review_on: date,
    by: PersonId,
    second: PersonId,
    now: datetime,
    today: date,
) -> Informing:
    """Leave them untold for now: two people of different authorities weighed it (ROLE-04).

    :raises RuleBroken: `inform.already_told`, or as `review_day` does
    """
    _must_be_owed(informing)
    decided = _decided(informing, InformState.EXEMPTED, by=by, now=now)
    return replace(decided, second_by=second, review_on=review_day(review_on, today=today))


def review_day(day: date, *, today: date) -> date:
    """Let an exemption be reviewed on a day that comes soon enough (INF-5).

    :raises RuleBroken: `inform.review_passed`, or `inform.review_too_late` with `latest`
    """
    latest = today + REVIEW_WITHIN
    if day <= today:
        raise RuleBroken("inform.review_passed")
    if day > latest:
        raise RuleBroken("inform.review_too_late", latest=f"{latest:%d.%m.%Y}")
    return day


def ended_exemption(
    informing: Informing, *, by: PersonId, now: datetime, today: date
) -> Informing:
    """Tell them after all, and soon: the reason not to has fallen away (INF-5).

    :raises RuleBroken: `inform.not_exempted`
    """
    if informing.state is not InformState.EXEMPTED:
        raise RuleBroken("inform.not_exempted")
    again = _decided(informing, InformState.PENDING, by=by, now=now)
    return replace(again, due_on=today + AFTER_EXEMPTION)


def assigned(informing: Informing, *, authority: Authority) -> Informing:
    """Give the task of telling them to an authority (INF-7)."""
    return replace(informing, authority=authority)


def reminded_on(informing: Informing, *, today: date) -> date | None:
    """Give the last day up to now on which somebody is reminded of it; None before the first.

    What is pending is reminded of 14 and 25 days after collection and on the day it is due,
    a plan on its day, an exemption on the day of its review.
    """
    collected = informing.collected_on
    days: tuple[date | None, ...]
    match informing.state:
        case InformState.PENDING:
            days = (*(collected + timedelta(days=each) for each in REMIND_ON), informing.due_on)
        case InformState.PLANNED:
            days = (informing.due_on,)
        case InformState.EXEMPTED:
            days = (informing.review_on,)
        case InformState.INFORMED | InformState.NOBODY:
            days = ()
    return max((day for day in days if day is not None and day <= today), default=None)


def _decided(
    informing: Informing, state: InformState, *, by: PersonId, now: datetime
) -> Informing:
    return replace(
        informing,
        state=state,
        decided_by=by,
        decided_at=now,
        second_by=None,
        review_on=None,
    )


def _must_be_owed(informing: Informing) -> None:
    if informing.state is InformState.INFORMED:
        raise RuleBroken("inform.already_told")
