"""The printed call list: whom to telephone when nothing else works (BER-69)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.leadership import LEADING, Roster
from domain.people import AreaCode, Authority, CommitteeType, Office, Person, Seat

OF_THE_SECRETARIAT = frozenset({Office.SEK, Office.HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person on paper; `stands_in` is true for who only has substitutes' seats here."""

    person: Person = field(repr=False)
    stands_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The Secretariat, or the leaders of one authority: of one area, or of the whole city."""

    authority: Authority | None
    area: AreaCode | None
    entries: Sequence[Entry]


def call_sheet(roster: Roster) -> list[Section]:
    """List the Secretariat, then each authority's leaders: of the whole city, and by area."""
    office = [each for each in _by_name(roster) if each.offices & OF_THE_SECRETARIAT]
    sections = [_section(None, None, [Entry(person=each) for each in office])]
    areas = sorted({area for each in roster.committees.values() for area in each.areas})
    for authority in Authority:
        people = [each for each in _by_name(roster) if each.authority is authority]
        for area in (None, *areas):
            entries = [entry for each in people if (entry := _entry(roster, each, area))]
            sections.append(_section(authority, area, entries))
    return [each for each in sections if each.entries]


def _by_name(roster: Roster) -> list[Person]:
    return sorted(roster.people.values(), key=lambda each: (each.name.casefold(), each.id))


def _entry(roster: Roster, person: Person, area: AreaCode | None) -> Entry | None:
    """Enter somebody who leads in this area, or, where none is given, the whole city."""
    seats = {
        seat.seat
        for seat in roster.seats[person.id]
        if (committee := roster.committees[seat.committee]).type in LEADING
        and (area in committee.areas or (area is None and committee.type is not _OF_AREAS))
    }
    return Entry(person=person, stands_in=seats == {Seat.SUBSTITUTE}) if seats else None


_OF_AREAS = CommitteeType.LEADER


def _section(
    authority: Authority | None, area: AreaCode | None, entries: Iterable[Entry]
) -> Section:
    return Section(authority=authority, area=area, entries=tuple(entries))
