"""Work out how everybody was at a meeting, substitutes named (meetings.md §1, MTG-26)."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.committee_meetings import Attendance, Invitation, Presence
from domain.minutes import Attended
from domain.people import CommitteeCode, Membership, Person, PersonId, Seat

_AS_SUBSTITUTE = frozenset({Presence.SUBSTITUTE, Presence.CALLED})


def seats_then(
    now: Sequence[Membership],
    invitations: Iterable[Invitation],
    noted: Iterable[Attendance],
    *,
    committee: CommitteeCode,
) -> list[Membership]:
    """List by which seats people may have been there: as asked or noted then, not as it is now.

    Who got a seat after the meeting can still be chosen; who has lost theirs too (MTG-28).
    """
    then = {
        **{each.person: (each.slot, each.stands_for is not None) for each in invitations},
        **{each.person: (each.slot, each.how in _AS_SUBSTITUTE) for each in noted},
    }
    seats = [
        Membership(
            committee=committee,
            person=person,
            slot=slot,
            seat=Seat.SUBSTITUTE if substitute else Seat.MEMBER,
        )
        for person, (slot, substitute) in then.items()
    ]
    others = [each for each in now if each.person not in then]
    return sorted([*seats, *others], key=lambda each: (each.slot, each.seat, each.person))


def attended(
    seats: Sequence[tuple[Membership, Person]],
    invitations: Mapping[PersonId, Invitation],
    *,
    present: Collection[PersonId],
    excused: Collection[PersonId],
) -> list[Attended]:
    """Say of each: deltog, afbud, udeblev, suppleant for, or indkaldt and not there.

    A substitute stands in for who asked them, or else for whoever of the same slot is away and
    has nobody yet. One who was neither asked nor there is left out.
    """
    known = {*present, *excused, *(invitations or (each.id for _, each in seats))}
    own = [
        (seat, each)
        for seat, each in seats
        if seat.seat is not Seat.SUBSTITUTE and each.id in known
    ]
    own_ids = {each.id for _, each in own}
    found = [
        _row(seat, each, _how(each.id, present=present, excused=excused)) for seat, each in own
    ]
    away = {row.person: row for row in found if row.how is not Presence.PRESENT}
    for seat, each in seats:
        if seat.seat is not Seat.SUBSTITUTE or each.id in own_ids:
            continue
        asked = invitations.get(each.id)
        if each.id not in present and (asked is None or asked.stands_for is None):
            continue
        named = asked.stands_for if asked else None
        same = [row.person for row in away.values() if row.slot == seat.slot]
        stands_for = named if named in away else next(iter(same), None)
        member = away.pop(stands_for, None) if stands_for and each.id in present else None
        how = Presence.SUBSTITUTE if each.id in present else Presence.CALLED
        name = member.name if member else _name_of(named, own)
        found.append(_row(seat, each, how, stands_for=stands_for or named, name=name))
    return found


def _how(
    person: PersonId, *, present: Collection[PersonId], excused: Collection[PersonId]
) -> Presence:
    if person in present:
        return Presence.PRESENT
    return Presence.EXCUSED if person in excused else Presence.ABSENT


def _name_of(person: PersonId | None, own: Sequence[tuple[Membership, Person]]) -> str:
    return next((each.name for _, each in own if each.id == person), "")


def _row(
    seat: Membership,
    person: Person,
    how: Presence,
    *,
    stands_for: PersonId | None = None,
    name: str = "",
) -> Attended:
    return Attended(
        person=person.id,
        name=person.name,
        function=person.function,
        authority=person.authority,
        slot=seat.slot,
        how=how,
        stands_for=stands_for,
        stands_for_name=name,
    )
