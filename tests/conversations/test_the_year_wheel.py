"""The year wheel of a published plan: one's own committees, page by page, and on paper."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

from domain.people import CommitteeCode
from tests.support.chat import Chat
from tests.support.town import BO, DANISH, LARS, VALBY_GROUP, Town
from tests.support.year_plans import DAYS, YEAR, a_plan, published


def _laid(folder: Path) -> dict[str, bytes]:
    """Read what lies in a folder, by what its name ends with."""
    return {each.suffix: each.read_bytes() for each in folder.iterdir()}


class TestTheYearWheel:
    async def test_shows_ones_own_committees_and_the_secretariat_everything(
        self, dorte: Chat, town: Town
    ) -> None:
        both = a_plan(*DAYS)
        lg3 = CommitteeCode("LG3")
        also = a_plan(date(2027, 1, 19), code=lg3)
        plan = type(both)(
            year=YEAR,
            meetings=(*both.meetings, *also.meetings),
            rhythms={**both.rhythms, **also.rhythms},
            figures=both.figures,
        )
        await published(town, dorte, plan)

        to_bo = await town.chat(BO).types(f"årshjul {YEAR}")
        to_lars = await town.chat(LARS).types(f"årshjul {YEAR}")
        to_dorte = await dorte.types(f"årshjul {YEAR}")

        assert VALBY_GROUP.name in to_bo
        assert "Ledergruppe Vest" not in to_bo
        assert "Ledergruppe Vest" in to_lars
        assert VALBY_GROUP.name not in to_lars
        assert VALBY_GROUP.name in to_dorte
        assert "Ledergruppe Vest" in to_dorte

    async def test_turns_its_pages(self, dorte: Chat, town: Town) -> None:
        days = [date(2027, 1, 4) + timedelta(days=14 * number) for number in range(25)]
        await published(town, dorte, a_plan(*days))
        bo = town.chat(BO)

        first = await bo.types(f"årshjul {YEAR}")
        second = await bo.presses("yearplan.list", year=str(YEAR), page="2")
        typed = await bo.types(f"årshjul {YEAR} 2")

        assert "Side 1 af 2" in first
        assert "Side 2 af 2" in second
        assert "Side 2 af 2" in typed
        assert time(9).isoformat(timespec="minutes").replace(":", ".") in typed

    async def test_is_laid_in_the_folder_for_who_plans(
        self, dorte: Chat, town: Town, tmp_path: Path
    ) -> None:
        town.settings = replace(town.settings, export_folder=str(tmp_path))
        await town.restarts()
        await published(town, dorte)

        await dorte.types(f"årsplan på papir {YEAR}")
        await town.passes(timedelta(minutes=1))
        await town.passes(timedelta(minutes=1))

        assert DANISH("yearplan.papers_laid_title", year=YEAR) in dorte.everything()
        laid = _laid(tmp_path)
        assert laid.keys() == {".pdf", ".docx", ".ics"}
        assert laid[".ics"].count(b"BEGIN:VEVENT") == len(DAYS)

    async def test_is_not_laid_on_paper_for_others_nor_without_a_folder(
        self, dorte: Chat, bo: Chat, town: Town
    ) -> None:
        told = await bo.types(f"årsplan på papir {YEAR}")
        assert "Det kan kun SSP Sekretariatet" in told

        await dorte.types(f"årsplan på papir {YEAR}")
        await town.passes(timedelta(minutes=1))
        await town.passes(timedelta(minutes=1))

        assert DANISH("yearplan.papers_not_made_title", year=YEAR) in dorte.everything()
