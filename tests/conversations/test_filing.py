"""What happened is filed within five working days, and somebody else looks: NOT-2 to NOT-6."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.journal import TaskState
from tests.support.case_stories import NAME, a_case, coordinates, opens
from tests.support.chat import Chat
from tests.support.legal_stories import OFFENCE, WHY, withholds, wrote
from tests.support.town import CARL, DANISH, DORTE, Town

DAY = timedelta(days=1)
FILED = {"ref": "2026-0017/4", "system": "SOF", "on": "2026-03-02"}
REASON = "Skal ligge i Socialforvaltningens sag"


class TestTheTask:
    async def test_waits_for_the_facilitator_and_the_secretariat_alone(
        self, town: Town, bo: Chat, sofie: Chat, dorte: Chat, eva: Chat
    ) -> None:
        """NOT-5."""
        case = await a_case(town)
        await coordinates(bo, case)

        for who, sees in ((bo, True), (dorte, True), (sofie, False), (eva, False)):
            assert (case.reference in await who.types("journal")) is sees

    async def test_says_what_happened_and_not_what_was_said(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """NOT-4."""
        case = await a_case(town)
        await coordinates(bo, case)
        await dorte.types("journal")

        read = await dorte.presses("journal.open")

        assert DANISH("note.n4_held") in read
        assert DANISH("note.n3_set") in read
        assert "mandag 9. marts 2026" in read  # five working days on
        assert NAME not in read

    async def test_is_filed_by_one_and_verified_by_another(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """NOT-5."""
        case = await a_case(town)
        await coordinates(bo, case)
        await bo.types("journal")
        await bo.presses("journal.open")
        await bo.presses("journal.file")
        await bo.presses("form.next", **FILED)
        assert case.reference not in await bo.types("journal")

        await dorte.types("journal")
        await dorte.presses("journal.open")
        told = await dorte.presses("journal.verify")

        assert FILED["ref"] in told
        async with town.remembers() as tx:
            [task] = await tx.journal.tasks(TaskState.VERIFIED)
        assert (task.filed_by, task.verified_by) == ("bo", "dorte")

    @pytest.mark.parametrize("ref", ["ukendt", "Max!", "<b>1</b>", "010111-1234"])
    async def test_is_not_filed_under_words_or_a_number_of_a_person(
        self, town: Town, bo: Chat, ref: str
    ) -> None:
        case = await a_case(town)
        await coordinates(bo, case)
        await bo.types("journal")
        await bo.presses("journal.open")
        await bo.presses("journal.file")

        await bo.presses("form.next", **{**FILED, "ref": ref})

        async with town.remembers() as tx:
            assert await tx.journal.tasks(TaskState.FILED) == []

    async def test_is_not_filed_by_who_has_not_seen_the_latest(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """AC-CARD-04."""
        case = await a_case(town)
        await coordinates(bo, case)
        await dorte.types("journal")
        await dorte.presses("journal.open")
        await dorte.presses("journal.file")
        await coordinates(bo, case)

        told = await dorte.presses("form.next", **FILED)

        assert DANISH("rule.journal.moved_on") in told

    async def test_can_be_left_with_a_reason(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await coordinates(bo, case)
        await bo.types("journal")
        await bo.presses("journal.open")
        await bo.presses("journal.not_recordable")
        await bo.presses("form.next", why_not="filed_elsewhere")

        async with town.remembers() as tx:
            assert await tx.journal.is_filed([case.id])

    async def test_is_reminded_of_on_its_day_and_when_it_is_late(
        self, town: Town, bo: Chat
    ) -> None:
        case = await a_case(town)
        await town.passes(timedelta(minutes=1))  # a new house sends nothing of before its time
        await coordinates(bo, case)
        due = DANISH("journal.due_title", reference=case.reference)
        late = DANISH("journal.late_title", reference=case.reference)
        came = {}
        for passed in range(1, 10):
            await town.passes(DAY)
            await town.passes(timedelta(0))  # and what was found to be due is sent
            came[passed] = bo.everything().count(due), bo.everything().count(late)

        assert came[6] == (0, 0)
        assert came[7] == (1, 0)
        assert came[8] == came[9] == (1, 1)


class TestTheDocument:
    async def test_is_laid_in_the_folder_with_who_when_and_what_for(
        self, town: Town, tmp_path: Path, bo: Chat, dorte: Chat
    ) -> None:
        """NOT-3, AC-OUT-04, AC-OUT-07."""
        await lays_documents_in(tmp_path, town)
        case = await a_case(town, name="Max <b>Myrekær</b>")
        await wrote(town, case)
        await coordinates(bo, case)
        await opens(dorte, case)
        await dorte.types("journal")
        await dorte.presses("journal.open")
        await dorte.presses("journal.document")
        await dorte.presses("form.next", reason=REASON)
        await town.passes(timedelta(0))
        await town.passes(timedelta(0))

        file, page = laid_in(tmp_path)
        assert file.name in dorte.last()
        assert file.name.startswith(f"{case.reference}-20260302T")
        assert "myrek" not in file.name.casefold()
        assert file.stat().st_mode & 0o077 == 0
        assert "Max &lt;b&gt;Myrekær&lt;/b&gt;" in page
        for said in (DORTE.name, REASON, OFFENCE, DANISH("reading.police"), "mandag 2. marts"):
            assert said in page
        assert DANISH("note.n4_held") in page

    async def test_is_asked_for_by_nobody_who_has_not_said_whether_they_are_near(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """INH-2: it shows all that opening shows."""
        case = await a_case(town)
        await coordinates(bo, case)

        asked = [await dorte.types(f"udtræk {case.reference}")]
        await dorte.types("journal")
        await dorte.presses("journal.open")
        asked.append(await dorte.presses("journal.document"))

        for told in asked:
            assert DANISH("rule.case.answer_relation_first") in told

    async def test_is_not_made_where_there_is_no_folder(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        case = await a_case(town)
        await coordinates(bo, case)
        await opens(dorte, case)
        await dorte.types(f"udtræk {case.reference}")
        await dorte.presses("form.next", reason=REASON)
        await town.passes(timedelta(0))
        await town.passes(timedelta(0))

        assert DANISH("export.not_made_no_folder") in dorte.last()

    async def test_leaves_out_what_another_authority_withholds(
        self, town: Town, tmp_path: Path, carl: Chat, dorte: Chat
    ) -> None:
        """S115-12."""
        await lays_documents_in(tmp_path, town)
        case = await a_case(town)
        await wrote(town, case, by=CARL)
        await withholds(carl, case)
        await opens(dorte, case)
        await dorte.types(f"udtræk {case.reference}")
        await dorte.presses("form.next", reason=REASON)
        await town.passes(timedelta(0))

        _, page = laid_in(tmp_path)

        assert OFFENCE not in page
        assert WHY not in page
        assert DANISH("withheld.line") in page


def laid_in(folder: Path) -> tuple[Path, str]:
    """Find the one document that lies there, and read it."""
    [file] = folder.iterdir()
    return file, file.read_text(encoding="utf-8")


async def lays_documents_in(folder: Path, town: Town) -> None:
    """Start the bot again, with a folder for its documents."""
    town.settings = replace(town.settings, export_folder=str(folder))
    await town.restarts()
