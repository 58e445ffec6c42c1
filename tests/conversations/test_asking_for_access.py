"""Somebody asks what is kept about them: registered, looked through by two, and made (ACC)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from domain.access_requests import AccessRequest, AccessState
from domain.cases import Case
from domain.journal import Note
from tests.support.case_stories import NAME, WHAT, a_case, an_action, opens
from tests.support.chat import Chat, verbs
from tests.support.town import BO, CARL, DANISH, DENNIS, DORTE, Town

DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where documents are laid."""
    return tmp_path


@pytest_asyncio.fixture
async def case(town: Town, dorte: Chat, dennis: Chat, folder: Path) -> Case:
    """Somebody's case, with an action, which both of the Secretariat have opened."""
    town.settings = replace(town.settings, export_folder=str(folder))
    await town.restarts()
    found = await a_case(town)
    async with town.remembers() as tx:
        await an_action(tx, found)
    for who in (dorte, dennis):
        await opens(who, found)
    return found


async def registers(dorte: Chat, case: Case) -> str:
    await dorte.types(f"aktindsigt {case.reference}")
    return await dorte.presses("form.next", kind="records", received_on="2026-03-02")


async def the_request(town: Town, case: Case) -> AccessRequest:
    async with town.remembers() as tx:
        [found] = await tx.access_requests.of_case(case.id)
    return found


def pages(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in sorted(folder.iterdir())}


async def is_released(dorte: Chat, dennis: Chat, town: Town) -> None:
    await dorte.presses("access.review")
    await dennis.types("medunderskriv")
    await dennis.presses("countersign.open")
    await dennis.presses("countersign.give")
    await town.passes(A_MINUTE)


class TestARequest:
    async def test_is_registered_with_its_day_and_noted(
        self, town: Town, case: Case, dorte: Chat
    ) -> None:
        """ACC-2, N12: seven working days from Monday the 2nd are Wednesday the 11th."""
        told = await registers(dorte, case)

        request = await the_request(town, case)
        assert DANISH("access.registered_title", reference=request.reference) in told
        assert (request.state, f"{request.due_on}") == (AccessState.REGISTERED, "2026-03-11")
        async with town.remembers() as tx:
            notes = await tx.journal.notes(matters=[case.id])
        assert Note.ACCESS_RECEIVED in {each.note for each in notes}

    async def test_is_reminded_of_on_the_third_and_sixth_day_and_the_last(
        self, town: Town, case: Case, dorte: Chat, dennis: Chat
    ) -> None:
        """ACC-2."""
        await registers(dorte, case)
        request = await the_request(town, case)
        title = DANISH("access.letter_title", reference=request.reference)

        heard = []
        for _ in range(10):
            await town.passes(DAY)
            heard.append(dennis.everything().count(title))

        assert heard == [0, 0, 1, 1, 1, 1, 1, 2, 3, 3]

    async def test_is_not_reminded_of_when_it_is_answered(
        self, town: Town, case: Case, dorte: Chat, dennis: Chat
    ) -> None:
        await registers(dorte, case)
        request = await the_request(town, case)
        await dorte.types(f"aktindsigt {request.reference}")
        await dorte.presses("access.close")

        await town.passes(5 * DAY)

        assert DANISH("access.letter_title", reference=request.reference) not in (
            dennis.everything()
        )


class TestTheDocument:
    async def test_is_looked_through_by_a_second_person_before_it_is_made(
        self, town: Town, case: Case, folder: Path, dorte: Chat, dennis: Chat
    ) -> None:
        """ACC-3: a draft with codes, and after the second person's yes the document."""
        await registers(dorte, case)
        request = await the_request(town, case)
        await dorte.types(f"aktindsigt {request.reference}")

        await dorte.presses("access.review")
        await town.passes(A_MINUTE)
        [(draft, text)] = pages(folder).items()
        assert draft.startswith(f"{request.reference}-draft-")
        assert DANISH("access.draft_document") in text

        await dennis.types("medunderskriv")
        await dennis.presses("countersign.open")
        await dennis.presses("countersign.give")
        await town.passes(A_MINUTE)
        made = {name: page for name, page in pages(folder).items() if name != draft}
        [page] = made.values()
        assert NAME in page
        assert WHAT in page
        assert (await the_request(town, case)).state is AccessState.RELEASED

    async def test_leaves_out_what_a_human_says_and_counts_it(
        self, town: Town, case: Case, folder: Path, dorte: Chat, dennis: Chat
    ) -> None:
        """ACC-3: what is left out is not there, but that something is left out is said."""
        await registers(dorte, case)
        request = await the_request(town, case)
        async with town.remembers() as tx:
            [action] = await tx.actions.of_case(case.id)
        await dorte.types(f"udelad {request.reference}")
        told = await dorte.presses("form.next", codes=action.id.hex[:8], why="third_party")
        assert DANISH("access_mark.done_title") in told

        await dorte.types(f"aktindsigt {request.reference}")
        await is_released(dorte, dennis, town)

        page = next(text for name, text in pages(folder).items() if "-draft-" not in name)
        assert WHAT not in page
        assert DANISH("access.why_third_party") in page
        assert NAME in page

    async def test_names_no_colleague_and_says_what_they_looked_for(
        self, town: Town, case: Case, folder: Path, dorte: Chat, dennis: Chat
    ) -> None:
        """AC-DATA-05: what, when and what for; of who, only the authority."""
        await opens(town.chat(BO), case)
        await registers(dorte, case)
        await dorte.types(f"aktindsigt {(await the_request(town, case)).reference}")
        await is_released(dorte, dennis, town)

        page = next(text for name, text in pages(folder).items() if "-draft-" not in name)
        log = page.split(DANISH("access.log"))[1]
        assert DANISH("log.done.open", what=DANISH("log.of.case")) in log
        assert DANISH("log.purpose.crime_prevention") in log
        assert BO.name not in page

    async def test_does_not_lie_there_for_long(
        self, town: Town, case: Case, folder: Path, dorte: Chat, dennis: Chat
    ) -> None:
        await registers(dorte, case)
        await dorte.types(f"aktindsigt {(await the_request(town, case)).reference}")
        await is_released(dorte, dennis, town)
        assert pages(folder)

        await town.passes(15 * DAY)
        await town.passes(DAY)

        assert pages(folder) == {}


class TestTheSecondPerson:
    async def test_cannot_be_the_first(self, town: Town, case: Case, dorte: Chat) -> None:
        await registers(dorte, case)
        await dorte.types(f"aktindsigt {(await the_request(town, case)).reference}")
        await dorte.presses("access.review")

        await dorte.types("medunderskriv")
        await dorte.presses("countersign.open")

        assert "countersign.give" not in verbs(dorte.card(dorte.messages()[-1]))
        assert "countersign.withdraw" in verbs(dorte.card(dorte.messages()[-1]))

    async def test_who_says_no_lets_the_draft_be_changed(
        self, town: Town, case: Case, folder: Path, dorte: Chat, dennis: Chat
    ) -> None:
        await registers(dorte, case)
        request = await the_request(town, case)
        await dorte.types(f"aktindsigt {request.reference}")
        await dorte.presses("access.review")
        await dennis.types("medunderskriv")
        await dennis.presses("countersign.open")
        await dennis.presses("countersign.refuse")

        await dorte.types(f"udelad {request.reference}")
        told = await dorte.presses("form.next", codes=case.id.hex[:8], why="exempted")

        assert DANISH("access_mark.done_title") in told
        assert all("-draft-" in name for name in pages(folder))


async def test_nobody_else_sees_a_request(town: Town, case: Case, dorte: Chat) -> None:
    """AC-CARD-02."""
    await registers(dorte, case)
    reference = (await the_request(town, case)).reference

    for person in (BO, CARL):
        told = await town.chat(person).types(f"aktindsigt {reference}")
        assert DANISH("rule.access.not_found") in told
        listed = await town.chat(person).types("aktindsigter")
        assert reference not in listed
        assert DENNIS.name in listed or DORTE.name in listed
