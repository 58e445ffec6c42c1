"""Seats given and taken: what changed between two moments, and since when somebody sits there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.people import CommitteeCode, Membership, PersonId, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChange:
    """A seat that somebody was given or lost.

    :param by: who gave or took it; None where a register was loaded, or Entra has them no longer.
    """

    committee: CommitteeCode
    person: PersonId
    slot: str
    seat: Seat
    given: bool
    by: PersonId | None
    at: datetime


def changes(
    before: Iterable[Membership],
    after: Iterable[Membership],
    *,
    by: PersonId | None,
    at: datetime,
) -> list[SeatChange]:
    """List what was taken and what was given, by committee; what stayed is no change."""
    was, is_now = frozenset(before), frozenset(after)
    found = [
        *((each, False) for each in was - is_now),
        *((each, True) for each in is_now - was),
    ]
    return [
        SeatChange(
            committee=seat.committee,
            person=seat.person,
            slot=seat.slot,
            seat=seat.seat,
            given=given,
            by=by,
            at=at,
        )
        for seat, given in sorted(found, key=_in_order)
    ]


def _in_order(change: tuple[Membership, bool]) -> tuple[str, ...]:
    """Put what was taken before what was given in the same place."""
    seat, given = change
    return (seat.committee, seat.slot, str(given), seat.person, seat.seat)
