"""Measures (tiltag) of an action plan: who does what by when, and what has become of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.cpr import find_cpr_like
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import Authority, PersonId
from domain.plan_times import Relative, Unit, resolve

AT_MOST = 600  # characters in one text


class MeasureState(StrEnum):
    """What has become of a measure (BER-33)."""

    OPEN = "open"  # åben
    UNDER_WAY = "under_way"  # i gang
    DONE = "done"  # udført
    DROPPED = "dropped"  # udgår, with a reason


WAITING = frozenset({MeasureState.OPEN, MeasureState.UNDER_WAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of one plan: a copy of the catalogue's, so that editing that changes nothing.

    :param kind: its code in the catalogue, M1 … M19.
    :param owner: by name; none where the party has nobody to give.
    :param given_at: when it was given its deadline; half-way is counted from here (BER-34).
    :param wordless: no words beside the reason are kept with it (M3).
    """

    id: UUID
    kind: str
    title: str = field(repr=False)
    party: Party
    given_at: datetime
    due_at: datetime
    owner: PersonId | None = None
    substitute: PersonId | None = None
    assists: str = field(default="", repr=False)
    target_group: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    first_day: bool = False
    daily: bool = False
    wordless: bool = False
    state: MeasureState = MeasureState.OPEN
    reason: str = field(default="", repr=False)
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    version: int = 1

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    @property
    def is_under_way(self) -> bool:
        return self.state is MeasureState.UNDER_WAY

    def is_overdue(self, now: datetime) -> bool:
        return self.waits and self.due_at < now


def may_edit(party: Party, *, authority: Authority, secretariat: bool) -> bool:
    """Decide who changes a party's measures: its own people, and the Secretariat (BER-38).

    Whether somebody takes part in the plan at all is decided before (BER-52).
    """
    return secretariat or party.authority is authority


def take_up(measure: Measure) -> Measure:
    """Say that it is under way.

    :raises RuleBroken: `measure.ended`
    """
    return _following(replace(_waiting(measure), state=MeasureState.UNDER_WAY))


def complete(
    measure: Measure, *, by: PersonId, now: datetime, until: datetime | None = None
) -> Measure:
    """Say that it is done; a daily one is then due again a day later, until the period ends.

    :raises RuleBroken: `measure.ended`, the same for a second press
    """
    _waiting(measure)
    tomorrow = resolve(Relative(count=1, unit=Unit.DAYS), start=max(measure.due_at, now))
    if measure.daily and until is not None and tomorrow <= until:
        again = replace(measure, state=MeasureState.UNDER_WAY, given_at=now, due_at=tomorrow)
        return _following(again)
    return _following(replace(measure, state=MeasureState.DONE, ended_at=now, ended_by=by))


def drop(measure: Measure, *, reason: str, by: PersonId, now: datetime) -> Measure:
    """Give it up, with a reason; that is not the same as done (BER-36).

    :raises RuleBroken: `measure.ended`, `measure.no_reason`, `measure.cpr`, `measure.too_long`
    """
    said = person_free(reason)
    if not said:
        raise RuleBroken("measure.no_reason")
    dropped = replace(_waiting(measure), state=MeasureState.DROPPED, reason=said)
    return _following(replace(dropped, ended_at=now, ended_by=by))


def take_back(measure: Measure, *, now: datetime) -> Measure:
    """Let it wait again, as if it had not been ended.

    :raises RuleBroken: `measure.waits`
    """
    if measure.waits:
        raise RuleBroken("measure.waits")
    waiting = replace(measure, state=MeasureState.OPEN, reason="", given_at=now)
    return _following(replace(waiting, ended_at=None, ended_by=None))


def hand_on(measure: Measure) -> Measure:
    """Give it to the substitute of an owner who cannot (BER-34).

    :raises RuleBroken: `measure.ended`, or `measure.no_substitute`: the SSP leader must be told
    """
    if _waiting(measure).substitute is None:
        raise RuleBroken("measure.no_substitute")
    return _following(replace(measure, owner=measure.substitute, substitute=None))


def assigned(measure: Measure, *, owner: PersonId, substitute: PersonId | None) -> Measure:
    """Give it to somebody; what is ended stays with whoever ended it."""
    if not measure.waits or (measure.owner, measure.substitute) == (owner, substitute):
        return measure
    return _following(replace(measure, owner=owner, substitute=substitute))


def shifted(measure: Measure, *, by: Relative, now: datetime) -> Measure:
    """Move its deadline; what is ended keeps the one it had."""
    if not measure.waits:
        return measure
    due_at = resolve(by, start=measure.due_at)
    return _following(replace(measure, given_at=now, due_at=due_at))


def person_free(text: str, *, at_most: int = AT_MOST) -> str:
    """Let words pass that hold no CPR number (BER-51): all that readiness keeps goes through here.

    :raises RuleBroken: `measure.cpr` or `measure.too_long`
    """
    if find_cpr_like(text):
        raise RuleBroken("measure.cpr")
    if len(text) > at_most:
        raise RuleBroken("measure.too_long", at_most=at_most)
    return text.strip()


def by_due(measures: Iterable[Measure]) -> list[Measure]:
    """Put those that wait first, by their deadline; then those that are ended."""
    return sorted(measures, key=lambda each: (not each.waits, each.due_at, each.kind, each.id))


def _waiting(measure: Measure) -> Measure:
    if not measure.waits:
        raise RuleBroken("measure.ended")
    return measure


def _following(measure: Measure) -> Measure:
    return replace(measure, version=measure.version + 1)
