"""Calendar files: right by RFC 5546, on both sides of both clock changes, and discreet."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.papers.calendar import cancellation, invitation, published
from domain.calendar_entries import CalendarEntry, Guest, GuestReply
from domain.dates import COPENHAGEN
from scheduler.lay_calendars import written
from tests.support import itip, libical
from tests.support.catalogue import DANISH
from tests.support.papers import HELD_ON

Check = Callable[[bytes], list[str]]

STAMP = datetime(2027, 1, 5, 12, tzinfo=UTC)
SECRETARIAT = Guest(name="SSP Sekretariatet", email="ssp@kk.example")
ANNA = Guest(name='Anna "Ø" Bregnekær, lærer', email="anna@kk.example")
BO = Guest(name="Bo", email="bo@kk.example", reply=GuestReply.ACCEPTED)
# What reads the files: our own tables everywhere, and libical where the machine has it.
CHECKS = {"tables": itip.faults, **({"libical": libical.faults} if libical.is_here() else {})}
EACH = pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)


def an_entry(
    *, day: date = HELD_ON, starts: time = time(9), minutes: int = 90, sequence: int = 0
) -> CalendarEntry:
    return CalendarEntry(
        id=UUID(int=42),
        reference="M2027-0042",
        committee="Lokaludvalg Østerbro, nord; vest\\øst",
        day=day,
        starts=starts,
        minutes=minutes,
        place="Rådhuset, værelse 12 – indgang fra Vester Voldgade og op ad trappen til venstre",
        sequence=sequence,
        organizer=SECRETARIAT,
        guests=(ANNA, BO),
    )


def invited(entry: CalendarEntry) -> bytes:
    return invitation(entry, stamped_at=STAMP, say=DANISH)


def event_of(file: bytes) -> itip.Component:
    [event] = itip.read(file).of("VEVENT")
    return event


def without(name: str) -> bytes:
    return re.sub(rb"(?m)^%s[:;].*\r\n(?: .*\r\n)*" % name.encode(), b"", invited(an_entry()))


def with_more(line: bytes) -> bytes:
    return invited(an_entry()).replace(b"END:VEVENT", line + b"\r\nEND:VEVENT")


def changed(before: bytes, after: bytes) -> bytes:
    return invited(an_entry()).replace(before, after)


# Each breaks RFC 5545 or 5546 in one way.
DEFECTS = {
    **{f"no {name}": without(name) for name in ("UID", "DTSTAMP", "ORGANIZER", "ATTENDEE")},
    **{f"no {name}": without(name) for name in ("PRODID", "VERSION")},
    "no DTSTART": changed(b"DTSTART;TZID=Europe/Copenhagen:20270310T090000\r\n", b""),
    "two DTSTART": with_more(b"DTSTART:20270310T090000Z"),
    "two UID": with_more(b"UID:another"),
    "two SUMMARY": with_more(b"SUMMARY:another"),
    "two SEQUENCE": with_more(b"SEQUENCE:1"),
    "two ORGANIZER": with_more(b"ORGANIZER:mailto:bo@kk.example"),
    "a date as people write it": changed(b":20270310T090000", b":10.03.2027 9:00"),
    "DTEND and DURATION": with_more(b"DURATION:PT1H"),
    "no such STATUS": changed(b"STATUS:CONFIRMED", b"STATUS:MAYBE"),
    "a REQUEST for what is cancelled": changed(b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
    "a PUBLISH with guests": changed(b"METHOD:REQUEST", b"METHOD:PUBLISH"),
    "no end": changed(b"END:VEVENT\r\n", b""),
}


class TestACalendarFile:
    @EACH
    @pytest.mark.parametrize("sequence", [0, 7])
    def test_is_right_by_rfc_5546(self, check: Check, sequence: int) -> None:
        """MTG-19: read by a validator that shares no code with what wrote it."""
        entry = an_entry(sequence=sequence)
        more = replace(entry, id=UUID(int=43), cancelled=True, place="")

        assert check(invited(entry)) == []
        assert check(cancellation(entry, stamped_at=STAMP, say=DANISH)) == []
        assert check(published([entry, more], stamped_at=STAMP, say=DANISH)) == []
        assert check(published([], stamped_at=STAMP, say=DANISH)) == []

    @EACH
    @pytest.mark.parametrize("defect", DEFECTS)
    def test_with_a_defect_is_refused(self, check: Check, defect: str) -> None:
        """MTG-19: the negative controls, in the same run; one defect each."""
        assert DEFECTS[defect] != invited(an_entry())
        assert check(DEFECTS[defect])

    def test_is_one_entry_however_often_it_changes(self) -> None:
        """MTG-19: the UID is stable, SEQUENCE rises, CANCEL matches."""
        first, moved = an_entry(), an_entry(day=date(2027, 3, 17), sequence=1)
        files = [
            invited(first),
            invited(moved),
            cancellation(replace(moved, sequence=2), stamped_at=STAMP, say=DANISH),
        ]
        events = [event_of(file) for file in files]

        assert len({event.first("UID") for event in events}) == 1
        assert [event.first("SEQUENCE") for event in events] == ["0", "1", "2"]
        assert [event.first("STATUS") for event in events] == ["CONFIRMED"] * 2 + ["CANCELLED"]
        assert replace(first, id=UUID(int=43)).uid != first.uid

    def test_asks_those_who_have_an_address_and_tells_what_they_said(self) -> None:
        nobody = Guest(name="Nobody", email="")
        event = event_of(invited(replace(an_entry(), guests=(ANNA, nobody, BO))))
        asked = [parameters for name, parameters, _ in event.properties if name == "ATTENDEE"]

        assert event.all("ATTENDEE") == ["mailto:anna@kk.example", "mailto:bo@kk.example"]
        assert [each["PARTSTAT"] for each in asked] == ["NEEDS-ACTION", "ACCEPTED"]
        assert [each.get("RSVP") for each in asked] == ["TRUE", None]
        with pytest.raises(ValueError, match="M2027-0042"):
            invited(replace(an_entry(), guests=(nobody,)))

    def test_names_no_organizer_who_has_no_address(self) -> None:
        nobody = Guest(name="Nobody", email="")
        entry = replace(an_entry(), organizer=nobody)
        for cancelled in (False, True):
            file = written(replace(entry, cancelled=cancelled), now=STAMP, say=DANISH)

            assert b"METHOD:PUBLISH" in file
            assert event_of(file).all("ORGANIZER") == []
            assert (event_of(file).first("STATUS") == "CANCELLED") is cancelled

    def test_says_whose_meeting_it_is_and_where_and_not_what_it_is_about(self) -> None:
        """MTG-20: there is no place in an entry for a word of the agenda."""
        event = event_of(invited(an_entry()))
        said = {name: value for name, _, value in event.properties}

        assert said["SUMMARY"] == r"SSP-møde: Lokaludvalg Østerbro\, nord\; vest\\øst"
        assert said["DESCRIPTION"].startswith("Møde M2027-0042. Dagsorden og materiale ligger hos")
        assert set(said) == {
            *("UID", "DTSTAMP", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY"),
            *("DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE"),
        }


class TestTheTimes:
    @pytest.mark.parametrize(
        ("day", "utc"),
        [
            (date(2027, 3, 10), 8),
            (date(2027, 3, 29), 7),
            (date(2027, 10, 29), 7),
            (date(2027, 11, 1), 8),
        ],
    )
    def test_are_nine_on_the_wall_on_both_sides_of_both_changes(self, day: date, utc: int) -> None:
        """MTG-19."""
        file = invited(an_entry(day=day))

        assert event_of(file).first("DTSTART") == f"{day:%Y%m%d}T090000"
        assert in_utc(file, "DTSTART") == datetime.combine(day, time(utc), UTC)

    @given(
        st.dates(min_value=date(1997, 1, 1), max_value=date(2040, 12, 31)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.integers(min_value=1, max_value=480),
    )
    def test_are_told_so_that_the_files_own_zone_gives_the_instant(
        self, day: date, starts: time, minutes: int
    ) -> None:
        """MTG-19: an hour that comes twice is the first, one that never comes is over at once."""
        entry = an_entry(day=day, starts=starts, minutes=minutes)
        first = min(
            datetime.combine(day, starts, COPENHAGEN).replace(fold=f).astimezone(UTC)
            for f in (0, 1)
        )
        file = invited(entry)

        assert entry.ends_at.astimezone(UTC) - entry.begins_at.astimezone(UTC) == timedelta(
            minutes=minutes
        )
        if first.astimezone(COPENHAGEN).time() == starts:
            assert in_utc(file, "DTSTART") == first
        else:
            assert in_utc(file, "DTSTART") == entry.begins_at.astimezone(UTC)


def in_utc(file: bytes, name: str) -> datetime:
    """Read a time as its file tells it, by the two halves of the file's own VTIMEZONE."""
    calendar = itip.read(file)
    [zone] = calendar.of("VTIMEZONE")
    wall = datetime.fromisoformat(event_of(file).first(name))
    onsets = [(_onset(half, wall.year), half) for half in zone.parts]
    begun = [(at, half) for at, half in onsets if at <= wall]
    _, half = max(begun, key=lambda each: each[0]) if begun else max(onsets, key=lambda e: e[0])
    offset = datetime.strptime(half.first("TZOFFSETTO"), "%z").utcoffset()
    return (wall - (offset or timedelta())).replace(tzinfo=UTC)


def _onset(half: itip.Component, year: int) -> datetime:
    """Give the moment on the wall at which a half of the year begins."""
    [month] = re.findall(r"BYMONTH=(\d+)", half.first("RRULE"))
    after = date(year, int(month), 31)
    sunday = after - timedelta(days=after.isoweekday() % 7)
    return datetime.combine(sunday, datetime.fromisoformat(half.first("DTSTART")).time())
