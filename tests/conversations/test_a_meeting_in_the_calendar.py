"""A meeting as a calendar file: one UID for good, a higher SEQUENCE each time it changes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.support.chat import Chat
from tests.support.meet_steps import CALLED, calls, moves
from tests.support.town import CARL, DORTE, Town

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def folder(town: Town, tmp_path: Path) -> Path:
    """Documents have a folder."""
    town.settings = replace(town.settings, export_folder=str(tmp_path))
    await town.restarts()
    return tmp_path


def lying(folder: Path) -> set[Path]:
    return set(folder.glob("*.ics"))


async def fetched(town: Town, chat: Chat, reference: str, folder: Path) -> Calendar:
    """Ask for the file, be told where it lies, and read it."""
    before = lying(folder)
    await chat.types(f"kalender {reference}")
    await town.passes(A_MINUTE)  # it is written
    await town.passes(A_MINUTE)  # and told of
    [file] = lying(folder) - before
    assert file.name in chat.last()
    return Calendar.from_ical(file.read_bytes())


class TestACalendarFile:
    async def test_keeps_its_uid_and_counts_its_changes(
        self, town: Town, bo: Chat, carl: Chat, folder: Path
    ) -> None:
        """MTG-19: asked for, moved, cancelled – one event, SEQUENCE 0, 1, 2."""
        reference = await calls(bo)
        files = [await fetched(town, carl, reference, folder)]
        await moves(bo, reference)
        files.append(await fetched(town, carl, reference, folder))
        await bo.types(f"aflys {reference}")
        await bo.presses("form.next", sure="yes")
        files.append(await fetched(town, carl, reference, folder))

        events = [each.walk("VEVENT")[0] for each in files]
        assert [str(each["METHOD"]) for each in files] == ["REQUEST", "REQUEST", "CANCEL"]
        assert [str(each["SEQUENCE"]) for each in events] == ["0", "1", "2"]
        assert len({str(each["UID"]) for each in events}) == 1
        assert events[1].decoded("DTSTART").strftime("%d.%m. %H:%M") == "25.03. 10:00"

    async def test_says_when_and_where_and_of_people_ones_own_answer_alone(
        self, town: Town, bo: Chat, carl: Chat, folder: Path
    ) -> None:
        """MTG-20: no word of what it is about, and nobody else's address but who runs it."""
        reference = await calls(bo)
        await carl.presses("meet.coming")
        file = await fetched(town, carl, reference, folder)

        [event] = file.walk("VEVENT")
        text = file.to_ical().decode().replace("\r\n ", "")
        assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
        assert str(event["ATTENDEE"]) == f"mailto:{CARL.email}"
        assert CALLED["purpose"] not in text
        assert DORTE.email not in text

    async def test_is_a_mere_hour_to_somebody_who_is_not_asked(
        self, town: Town, bo: Chat, dorte: Chat, folder: Path
    ) -> None:
        reference = await calls(bo)
        file = await fetched(town, dorte, reference, folder)

        assert str(file["METHOD"]) == "PUBLISH"
        assert "ATTENDEE" not in file.walk("VEVENT")[0]

    async def test_says_so_where_there_is_no_folder(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        reference = await calls(bo)
        await carl.types(f"kalender {reference}")
        await town.passes(A_MINUTE)
        await town.passes(A_MINUTE)

        assert reference in carl.last()
        assert ".ics" not in carl.last()
