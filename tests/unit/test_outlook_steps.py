"""What is to be done about an event follows from what is wanted and what was put there."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.calendar_entries import uid_of
from domain.outlook_events import (
    LONGEST_PAUSE,
    LOOKS_FOR_LINK,
    ActualEvent,
    Attendee,
    OutlookEvent,
    OutlookGuest,
    WantedEvent,
)
from domain.outlook_steps import Part, Step, added_by_hand, differing, messages, next_step
from domain.people import Person
from tests.support.town import ANNA, BO, CARL, MONDAY_NOON

MEETING = UUID(int=42)
AN_HOUR = timedelta(hours=1)
LINK = "https://teams.microsoft.com/l/meetup-join/1"


def guest(person: Person) -> OutlookGuest:
    return OutlookGuest(person=person.id, name=person.name, address=person.email)


WANTED = WantedEvent(
    meeting=MEETING,
    uid=uid_of(MEETING),
    subject="SSP-møde: Koordinationsgruppe Vest",
    said="Møde M2026-0001.",
    place="Rådhuset",
    begins_at=MONDAY_NOON,
    ends_at=MONDAY_NOON + AN_HOUR,
    guests=(guest(BO), guest(CARL)),
)
NEW = OutlookEvent(meeting=MEETING)
THERE = replace(NEW.put(WANTED, now=MONDAY_NOON), graph_id="A", join_link=LINK)
ACTUAL = ActualEvent(
    id="A",
    subject=WANTED.subject,
    place=WANTED.place,
    begins_at=WANTED.begins_at,
    ends_at=WANTED.ends_at,
    attendees=tuple(Attendee(address=each.address.upper()) for each in WANTED.guests),
)
OURS = {each.key for each in WANTED.guests}
MOVED = replace(WANTED, begins_at=MONDAY_NOON + AN_HOUR, ends_at=MONDAY_NOON + 2 * AN_HOUR)
OFF = replace(WANTED, off=True)


class TestTheNextStep:
    @pytest.mark.parametrize(
        ("wanted", "row", "step"),
        [
            (WANTED, None, Step.CREATE),
            (OFF, None, None),
            (WANTED, NEW.tried(WANTED), Step.FIND),
            (OFF, NEW.tried(WANTED), Step.FIND),
            (WANTED, THERE, None),
            (MOVED, THERE, Step.CHANGE),
            (WANTED, replace(THERE, fingerprint=""), Step.CHANGE),
            (OFF, THERE, Step.CANCEL),
            (OFF, THERE.gone(), None),
            (WANTED, THERE.gone(), Step.CREATE),
            (WANTED, THERE.anew(), Step.CREATE),
            (OFF, THERE.anew(), None),
            (WANTED, replace(THERE, join_link=""), Step.LINK),
            (replace(WANTED, online=False), replace(THERE, join_link=""), None),
            (WANTED, replace(THERE, join_link="", looks=LOOKS_FOR_LINK), None),
            (WANTED, THERE.refused("x", now=MONDAY_NOON), None),
        ],
    )
    def test_follows(
        self, wanted: WantedEvent, row: OutlookEvent | None, step: Step | None
    ) -> None:
        assert next_step(wanted, row, now=MONDAY_NOON) is step

    def test_waits_while_somebody_is_at_it(self) -> None:
        taken = replace(THERE, lease_until=MONDAY_NOON + AN_HOUR)

        assert next_step(MOVED, taken, now=MONDAY_NOON) is None
        assert next_step(MOVED, taken, now=MONDAY_NOON + AN_HOUR) is Step.CHANGE


class TestTheMaking:
    def test_has_one_name_however_often_it_is_tried_and_another_when_it_is_made_anew(self) -> None:
        """MTG-13."""
        assert WANTED.transaction(0) == MOVED.transaction(0)
        assert WANTED.transaction(0) != WANTED.transaction(1)

    def test_is_put_off_longer_each_time(self) -> None:
        row, pauses = NEW, []
        for _ in range(12):
            row = row.refused("ErrorInvalid", now=MONDAY_NOON)
            assert row.next_at is not None
            pauses.append(row.next_at - MONDAY_NOON)

        assert pauses == sorted(pauses)
        assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), LONGEST_PAUSE)


class TestWhatDiffers:
    def test_is_nothing_however_an_address_is_written(self) -> None:
        assert differing(WANTED, ACTUAL, ours=OURS) == set()

    @pytest.mark.parametrize(
        ("wanted", "parts"),
        [
            (MOVED, {Part.HOUR}),
            (replace(WANTED, place="Lokale 2"), {Part.PLACE}),
            (replace(WANTED, subject="Andet"), {Part.SUBJECT}),
            (replace(WANTED, guests=(guest(BO),)), {Part.GUESTS}),
            (replace(WANTED, guests=(*WANTED.guests, guest(ANNA))), {Part.GUESTS}),
            (replace(WANTED, said="Noget andet."), set()),
        ],
    )
    def test_is_what_was_changed(self, wanted: WantedEvent, parts: set[Part]) -> None:
        """MTG-15: what stands in it is never among it."""
        assert differing(wanted, ACTUAL, ours=OURS) == parts

    def test_is_not_who_was_put_there_by_hand(self) -> None:
        room = Attendee(address="lokale43@kbh.example", kind="resource")
        actual = replace(ACTUAL, attendees=(*ACTUAL.attendees, room))

        assert differing(WANTED, actual, ours=OURS) == set()
        assert added_by_hand(WANTED, actual, ours=OURS) == [room]


class TestMessages:
    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            (MOVED, 1),
            (replace(WANTED, guests=(guest(BO), guest(ANNA))), 2),
            (replace(MOVED, guests=(guest(BO), guest(ANNA))), 3),
            (replace(WANTED, place="Lokale 2"), 1),
        ],
    )
    def test_of_a_change_are_one_to_each_who_hears_something_else(
        self, wanted: WantedEvent, count: int
    ) -> None:
        """MTG-14: Exchange counts messages, not calls."""
        assert messages(Step.CHANGE, wanted, THERE) == count

    def test_of_a_look_are_none(self) -> None:
        assert messages(Step.LINK, WANTED, THERE) == 0
