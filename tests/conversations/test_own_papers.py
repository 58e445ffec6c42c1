"""One's own papers: made for who asked, handed to nobody else, and to them while they may read."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import docx
import pytest

from domain.committee_meetings import CommitteeMeeting
from domain.dates import local_date
from domain.exports import LIES_FOR, Export, ExportKind
from domain.people import Person
from scheduler.lay import TRIED_FOR
from tests.support.acts_agendas import approved, to_send
from tests.support.chat import Chat
from tests.support.own_meetings import a_meeting
from tests.support.own_papers import Fetched, fetches, listed, papers_of
from tests.support.steering import with_steering
from tests.support.town import BO, CARL, DANISH, DORTE, LARS, LIV, Town

A_MINUTE = timedelta(minutes=1)
TUESDAY = date(2026, 3, 10)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def laid(town: Town) -> None:
    """Let what was asked for be written, and told of."""
    for _ in range(2):
        await town.passes(A_MINUTE)


async def agenda_for(town: Town, person: Person) -> str:
    """Let the steering group have an agenda, and somebody of it ask for it in Word."""
    staged = await to_send(town)
    await town.chat(DORTE).types(f"udsend endelig {staged.number}")
    await town.chat(person).types(f"dagsorden docx {staged.number}")
    await laid(town)
    return staged.number


async def calendar_for(town: Town, person: Person) -> CommitteeMeeting:
    meeting = await a_meeting(town, TUESDAY, asks=(CARL, BO))
    await town.chat(person).types(f"kalender {meeting.reference}")
    await laid(town)
    return meeting


def names_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def nothing(fetched: Fetched) -> bool:
    return fetched.status == 403 and "Content-Disposition" not in fetched.headers


class TestOnesOwnPapers:
    async def test_are_handed_to_who_asked_without_any_folder(self, town: Town) -> None:
        """MTG-27: also police and probation have them, who open no folder of the municipality."""
        reference = await agenda_for(town, LARS)
        [row] = await papers_of(town, LARS)
        file = await fetches(town, LARS, row["id"])

        assert row["words"] == DANISH("own_papers.kind.agenda_docx", reference=reference)
        assert DANISH("own_papers.in_tab") in town.chat(LARS).everything()
        assert file.status == 200
        assert file.headers["Content-Type"] == DOCX
        assert file.headers["X-Content-Type-Options"] == "nosniff"
        assert file.headers["Cache-Control"] == "private, no-cache"
        said = file.headers["Content-Disposition"]
        assert said.startswith(f'attachment; filename="{reference}-dagsorden-')
        words = [each.text for each in docx.Document(BytesIO(file.content)).paragraphs]
        assert reference in " ".join(words)

    async def test_of_what_was_decided_show_who_does_what_until_when(self, town: Town) -> None:
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await approved(tx, town.hour.now)
        await town.chat(LARS).types(f"referat docx {meeting.reference}")
        await laid(town)
        [id_] = await listed(town, LARS)
        minutes = docx.Document(BytesIO((await fetches(town, LARS, id_)).content))

        due = DANISH.day(local_date(town.hour.now) + timedelta(days=7))
        rows = [[cell.text for cell in row.cells] for each in minutes.tables for row in each.rows]
        assert ["Tryk folderen", LARS.name, due] in rows

    @pytest.mark.parametrize("other", [DORTE, CARL, LIV], ids=lambda each: each.id)
    async def test_are_nobody_elses(self, town: Town, other: Person) -> None:
        """Not even of who may read the same, or everything."""
        await agenda_for(town, LARS)
        [id_] = await listed(town, LARS)

        assert nothing(await fetches(town, other, id_))
        assert await listed(town, other) == []

    async def test_end_the_minute_the_seat_ends(self, town: Town) -> None:
        """APP-2: looked at anew when it is fetched, however it was when it was made."""
        meeting = await calendar_for(town, CARL)
        [id_] = await listed(town, CARL)
        assert (await fetches(town, CARL, id_)).status == 200

        async with town.remembers() as tx:
            await tx.organisation.unseat(CARL.id)
            await tx.committee_meetings.uninvite(meeting.id, [CARL.id])

        assert nothing(await fetches(town, CARL, id_))
        assert await listed(town, CARL) == []

    async def test_say_what_holds_now(self, town: Town) -> None:
        meeting = await calendar_for(town, CARL)
        [id_] = await listed(town, CARL)
        async with town.remembers() as tx:
            held = await tx.committee_meetings.hold(meeting.id)
            assert held is not None
            await tx.committee_meetings.save(replace(held, day=TUESDAY + timedelta(days=1)))

        assert b"20260311T090000" in (await fetches(town, CARL, id_)).content

    async def test_are_gone_after_two_weeks(self, town: Town) -> None:
        await calendar_for(town, CARL)
        [id_] = await listed(town, CARL)
        await town.passes(LIES_FOR)

        assert nothing(await fetches(town, CARL, id_))
        assert await listed(town, CARL) == []

    @pytest.mark.parametrize("id_", [str(uuid4()), "x", "calendar2", "..%2Findex.html"])
    async def test_are_none_that_were_never_asked_for(self, town: Town, id_: str) -> None:
        assert nothing(await fetches(town, CARL, id_))

    async def test_are_no_documents_of_cases(self, town: Town) -> None:
        """NOT-3: these lie in the folder, and are sent by a secure mailbox alone."""
        id_ = uuid4()
        async with town.remembers() as tx:
            for_case = Export(
                id=id_, kind=ExportKind.CASE, about=id_, reason=id_, by=BO.id, at=town.hour.now
            )
            await tx.exports.ask(for_case)
            await tx.exports.settle(id_, files="a.html", why_not=None, at=town.hour.now)

        assert nothing(await fetches(town, BO, str(id_)))
        assert await listed(town, BO) == []

    async def test_lie_in_the_folder_for_who_has_it(
        self, town: Town, dorte: Chat, carl: Chat, tmp_path: Path
    ) -> None:
        """The folder is the Secretariat's: what others asked for lies there for nobody."""
        town.settings = replace(town.settings, export_folder=str(tmp_path))
        await town.restarts()
        meeting = await calendar_for(town, CARL)
        assert names_in(tmp_path) == []
        await dorte.types(f"kalender {meeting.reference}")
        await laid(town)

        [name] = names_in(tmp_path)
        assert DANISH("own_papers.in_folder", file=name) in dorte.last()
        assert len(await listed(town, DORTE)) == 1
        assert ".ics" not in carl.everything()

    async def test_that_could_not_be_written_are_asked_for_anew(
        self, town: Town, carl: Chat
    ) -> None:
        """On the same day too, when otherwise there is one of each."""
        meeting = await a_meeting(town, TUESDAY, asks=(CARL,))
        await carl.types(f"kalender {meeting.reference}")
        async with town.remembers() as tx:
            [waiting] = await tx.exports.waiting([ExportKind.CALENDAR])
            await tx.exports.settle(waiting.id, files="", why_not="failed", at=town.hour.now)
        await carl.types(f"kalender {meeting.reference}")
        await laid(town)

        [id_] = await listed(town, CARL)
        assert id_ != str(waiting.id)
        assert (await fetches(town, CARL, id_)).status == 200


async def test_a_folder_that_is_gone_is_told_of_after_some_tries(
    town: Town, dorte: Chat, tmp_path: Path
) -> None:
    """What can be handed out without it is still made meanwhile."""
    town.settings = replace(town.settings, export_folder=str(tmp_path / "gone"))
    await town.restarts()
    meeting = await a_meeting(town, TUESDAY, asks=(CARL,))
    await dorte.types(f"kalender {meeting.reference}")
    await town.chat(CARL).types(f"kalender {meeting.reference}")
    await laid(town)
    assert len(await listed(town, CARL)) == 1
    assert await listed(town, DORTE) == []

    await town.passes(TRIED_FOR)
    await laid(town)

    assert DANISH("export.not_made_failed") in dorte.last()
