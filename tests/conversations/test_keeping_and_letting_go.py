"""What is kept is deleted in time: listed, let go of by two, filed, gone (AC-DATA-01 to 03)."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from domain.cases import Case, CaseState
from domain.data_classes import DataClass
from domain.exports import Export, ExportKind
from domain.journal import TaskState, WhyNot
from domain.records import Record, RecordKind
from storage.case_rows import cases, records, subjects
from storage.life_rows import recalls
from storage.rows import data_keys
from tests.conversations.test_filing import lays_documents_in
from tests.support.case_stories import NAME, a_case, an_action, opens
from tests.support.chat import Chat
from tests.support.town import BO, DANISH, DENNIS, DORTE, MONDAY_NOON, STINE, Town
from tests.support.trail import audited
from usecases.file_notes import need_not_file

A_MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
A_YEAR = timedelta(days=366)
PREVIEW = timedelta(days=14)


@pytest.fixture
def stine(town: Town) -> Chat:
    """Is the data steward."""
    return town.chat(STINE)


@pytest.fixture
async def quiet(town: Town) -> Case:
    """A case of level 1 that was closed just under a year ago: due in ten days."""
    case = await a_case(town, state=CaseState.CLOSED, level=1, now=MONDAY_NOON - A_YEAR + 11 * DAY)
    async with town.remembers() as tx:
        await an_action(tx, case, now=case.opened_at)
        await tx.subjects.reindex(case.subject)
    await town.passes(A_MINUTE)  # the chores are known from now on
    await town.passes(DAY)
    await town.passes(A_MINUTE)
    return case


async def files_everything(town: Town) -> None:
    """Let the Secretariat say of everything that it need not be filed."""
    async with town.remembers() as tx:
        for task in await tx.journal.tasks(TaskState.OPEN):
            await need_not_file(
                tx,
                id=task.id,
                seen=task.version,
                why_not=WhyNot.NO_CONTENT,
                by=DORTE,
                now=town.hour.now,
            )


async def is_there(town: Town, case: Case) -> bool:
    async with town.remembers() as tx:
        return await tx.cases.find(case.id) is not None


async def let_go(town: Town, stine: Chat, dorte: Chat, case: Case) -> None:
    """Wait for the day, and let two people agree."""
    await town.passes(PREVIEW + DAY)
    await stine.types("sletteliste")
    await stine.presses("release.ask")
    await opens(dorte, case)
    await dorte.types("medunderskriv")
    await dorte.presses("countersign.open")
    await dorte.presses("countersign.give")


class TestThePreview:
    async def test_is_told_of_two_weeks_before_without_a_name(
        self, quiet: Case, stine: Chat, dorte: Chat
    ) -> None:
        """AC-DATA-01."""
        for who in (stine, dorte):
            assert DANISH("release.letter_title") in who.everything()
            listed = await who.types("sletteliste")

            assert quiet.reference in listed
            assert NAME not in listed

    async def test_is_for_secretariat_and_stewards_only(self, quiet: Case, bo: Chat) -> None:
        told = await bo.types("sletteliste")

        assert quiet.reference not in told
        assert DENNIS.name in told

    async def test_lets_nothing_go_before_its_day(
        self, town: Town, quiet: Case, stine: Chat
    ) -> None:
        await town.passes(10 * DAY)

        told = await stine.types(f"frigiv {quiet.reference}")

        assert "kan tidligst slettes" in told

    async def test_begins_anew_when_something_happens(
        self, town: Town, quiet: Case, stine: Chat
    ) -> None:
        """AC-DATA-01: new content restarts the clock, whatever the case itself says."""
        async with town.remembers() as tx:
            await tx.records.add(
                Record(
                    id=uuid4(),
                    matter=quiet.id,
                    key=str(quiet.subject),
                    kind=RecordKind.CORRECTION,
                    data_class=DataClass.DECISIONS,
                    by=BO.id,
                    at=town.hour.now,
                    content={"why": "Navnet var stavet forkert"},
                )
            )
        await town.passes(PREVIEW + DAY)

        told = await stine.types(f"frigiv {quiet.reference}")

        assert DANISH("rule.release.not_listed") in told
        assert quiet.reference not in await stine.types("sletteliste")


def files_in(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


class TestLettingGo:
    async def test_takes_one_of_each_office(
        self, town: Town, quiet: Case, stine: Chat, dorte: Chat, dennis: Chat
    ) -> None:
        """§14.3: the steward and the Secretariat; two of the Secretariat are not two."""
        await town.passes(PREVIEW + DAY)
        await dorte.types(f"frigiv {quiet.reference}")

        assert DANISH("countersign.none") in await dennis.types("medunderskriv")
        assert DANISH("countersign.kind_release") in await stine.types("medunderskriv")

    async def test_leaves_nothing_but_ids(
        self, town: Town, quiet: Case, bo: Chat, stine: Chat, dorte: Chat
    ) -> None:
        """AC-DATA-03, AC-CRYPT-04, invariant 12."""
        await opens(bo, quiet)
        await let_go(town, stine, dorte, quiet)
        await files_everything(town)
        await town.passes(DAY)

        assert not await is_there(town, quiet)
        async with town.remembers() as tx:
            left = (await tx.connection.execute(select(records))).all()
            found = (await tx.connection.execute(select(cases))).all()
            keys = (await tx.connection.scalars(select(data_keys.c.subject))).all()
            [erased] = await tx.connection.scalars(
                select(subjects.c.erased_at).where(subjects.c.id == quiet.subject)
            )
            events = await audited(tx, action="case.erase")
        assert (left, found) == ([], [])
        assert str(quiet.subject) not in keys
        assert erased is not None
        assert [each.about for each in events] == [str(quiet.id)]

    async def test_takes_the_documents_along_that_were_made_of_it(
        self, town: Town, quiet: Case, stine: Chat, dorte: Chat, tmp_path: Path
    ) -> None:
        """AC-DATA-03: afterwards nothing would lead to them any more."""
        await lays_documents_in(tmp_path, town)
        await let_go(town, stine, dorte, quiet)
        await files_everything(town)
        made, others = tmp_path / "2025-0001.html", tmp_path / "2026-0099.html"
        for file in (made, others):
            file.write_text(NAME)
        async with town.remembers() as tx:
            export = Export(
                id=uuid4(),
                kind=ExportKind.CASE,
                about=quiet.id,
                reason=uuid4(),
                by=DORTE.id,
                at=town.hour.now,
            )
            await tx.exports.ask(export)
            await tx.exports.settle(export.id, files=made.name, why_not=None, at=town.hour.now)

        await town.passes(DAY)

        assert not await is_there(town, quiet)
        assert files_in(tmp_path) == [others]

    async def test_takes_back_the_cards_that_were_shown(
        self, town: Town, quiet: Case, bo: Chat, stine: Chat, dorte: Chat
    ) -> None:
        """AC-DATA-03: best effort, in Teams itself."""
        await opens(bo, quiet)
        assert NAME in bo.everything()
        await let_go(town, stine, dorte, quiet)
        await files_everything(town)

        await town.passes(DAY)
        await town.passes(2 * A_MINUTE)

        assert NAME not in bo.everything()
        async with town.remembers() as tx:
            assert (await tx.connection.execute(select(recalls))).all() == []

    async def test_waits_until_everything_is_filed_the_decision_too(
        self, town: Town, quiet: Case, stine: Chat, dorte: Chat
    ) -> None:
        """AC-DATA-02, NOT-5."""
        await let_go(town, stine, dorte, quiet)
        await town.passes(DAY)
        assert await is_there(town, quiet)
        assert DANISH("release.waits_filing") in await stine.types("sletteliste")

        await files_everything(town)
        assert DANISH("release.waits_night") in await stine.types("sletteliste")
        await town.passes(DAY)
        assert not await is_there(town, quiet)

    async def test_is_void_when_something_happens_in_between(
        self, town: Town, quiet: Case, stine: Chat, dorte: Chat
    ) -> None:
        await let_go(town, stine, dorte, quiet)
        await files_everything(town)
        async with town.remembers() as tx:
            case = await tx.cases.hold(quiet.id)
            assert case is not None
            await an_action(tx, case, now=town.hour.now)
            await tx.records.add(
                Record(
                    id=uuid4(),
                    matter=case.id,
                    key=str(case.subject),
                    kind=RecordKind.CHILD_VIEW,
                    data_class=DataClass.VIEW,
                    by=BO.id,
                    at=town.hour.now,
                    content={"words": "Noget nyt"},
                )
            )

        await town.passes(2 * DAY)

        assert await is_there(town, quiet)


class TestAHold:
    async def test_keeps_a_case_that_was_let_go_of(
        self, town: Town, quiet: Case, stine: Chat, dorte: Chat
    ) -> None:
        """AC-DATA-01."""
        await let_go(town, stine, dorte, quiet)
        await files_everything(town)
        await dorte.types(f"bevar {quiet.reference}")
        held = await dorte.types("Personen har klaget til ombudsmanden")
        assert DANISH("hold.done_title") in held

        await town.passes(DAY)
        assert await is_there(town, quiet)
        assert DANISH("release.waits_hold") in await stine.types("sletteliste")
        assert DANISH("rule.release.held") in await stine.types(f"frigiv {quiet.reference}")

    async def test_when_lifted_asks_for_another_agreement(
        self, town: Town, quiet: Case, stine: Chat, dorte: Chat
    ) -> None:
        await let_go(town, stine, dorte, quiet)
        await dorte.types(f"bevar {quiet.reference}")
        await dorte.types("Personen har klaget til ombudsmanden")
        await dorte.types(f"ophæv {quiet.reference}")
        await dorte.types("Klagen er afgjort for et år siden")
        await files_everything(town)

        await town.passes(DAY)

        assert await is_there(town, quiet)
        assert DANISH("release.waits_decision") in await stine.types("sletteliste")
