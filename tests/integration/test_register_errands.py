"""What an operator does with the register: load it, see first what would change, save it."""

from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.register_errands import RegisterRefused, load_register, save_register
from bot.settings import Settings
from bot.wiring import open_database
from demo.organisation import demo_organisation
from domain.people import CommitteeCode, Membership, Organisation, PersonId
from storage.database import Database
from tests.support.town import settings_for
from usecases.check_organisation import OrganisationProblem
from usecases.csv_register import FILES, organisation_to_csv
from usecases.write_organisation import organisation_to_yaml

DEMO = demo_organisation()
CARL, KG5 = PersonId("carl"), CommitteeCode("KG5")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return settings_for(database_url, teams_port=3979, bot_port=3978)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    opened = open_database(settings)
    await opened.open()
    yield opened
    await opened.dispose()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The demo as a page of YAML."""
    return write(tmp_path / "organisation.yaml", DEMO)


def write(page: Path, organisation: Organisation) -> Path:
    page.write_text(organisation_to_yaml(organisation), encoding="utf-8")
    return page


def asked(file: Path | None, *, yes: bool = False) -> Namespace:
    return Namespace(file=file, yes=yes, accept_unserved_areas=False)


async def seats(database: Database) -> set[Membership]:
    async with database.transaction() as tx:
        return set(await tx.organisation.all_memberships())


class TestLoading:
    async def test_the_first_register_asks_nothing(
        self, database: Database, settings: Settings, page: Path
    ) -> None:
        await load_register(settings, asked(page))

        assert await seats(database) == set(DEMO.memberships)

    async def test_says_who_loses_what_and_changes_nothing_without_yes(
        self,
        database: Database,
        settings: Settings,
        page: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """APP-2: a seat given in the bot is not overwritten unseen."""
        await load_register(settings, asked(page))
        given = Membership(committee=KG5, person=PersonId("anna"), slot="KG.opt")
        async with database.transaction() as tx:
            await tx.organisation.seat(given)

        with pytest.raises(RegisterRefused, match="--yes"):
            await load_register(settings, asked(page))

        told = capsys.readouterr().out
        assert "Det ophører (1):" in told
        assert "Anna Bregnekær: member i KG5 på KG.opt" in told
        assert given in await seats(database)
        await load_register(settings, asked(page, yes=True))
        assert given not in await seats(database)

    async def test_what_is_so_already_needs_no_yes(
        self,
        database: Database,
        settings: Settings,
        page: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        await load_register(settings, asked(page))
        await load_register(settings, asked(page))

        assert capsys.readouterr().out == "Registret er allerede sådan.\n"
        assert await seats(database) == set(DEMO.memberships)

    async def test_puts_every_seat_that_changes_hands_in_the_history(
        self, database: Database, settings: Settings, page: Path
    ) -> None:
        """Issue 5, delivered 1: with history, also on loading; by nobody of the bot."""
        await load_register(settings, asked(page))
        without = [each for each in DEMO.memberships if each.person != CARL]
        write(page, replace(DEMO, memberships=without))
        await load_register(settings, asked(page, yes=True))

        async with database.transaction() as tx:
            [latest, *_] = await tx.seat_history.of_committee(KG5, at_most=100)
        assert (latest.person, latest.given, latest.by) == (CARL, False, None)

    async def test_takes_tables_as_well_and_refuses_the_whole_when_one_line_is_wrong(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        tables = organisation_to_csv(DEMO)
        for name in FILES:
            (tmp_path / name).write_bytes(tables[name])
        await load_register(settings, asked(tmp_path))
        assert await seats(database) == set(DEMO.memberships)

        wrong = tables["pladser.csv"].replace(b"carl;KG5;KG.5", b"carl;KG5;KG.9")
        (tmp_path / "pladser.csv").write_bytes(wrong)
        with pytest.raises(OrganisationProblem, match=r"KG5 har ingen plads »KG\.9«"):
            await load_register(settings, asked(tmp_path, yes=True))
        assert await seats(database) == set(DEMO.memberships)

    async def test_refuses_a_second_name_for_somebody_known(
        self, database: Database, settings: Settings, page: Path
    ) -> None:
        await load_register(settings, asked(page))
        renamed = [
            replace(each, id=PersonId("karl")) if each.id == CARL else each for each in DEMO.people
        ]
        left = [each for each in DEMO.memberships if each.person != CARL]
        write(page, replace(DEMO, people=renamed, memberships=left))

        with pytest.raises(OrganisationProblem, match="behold det id"):
            await load_register(settings, asked(page, yes=True))
        assert CARL in {each.person for each in await seats(database)}

    async def test_says_what_is_missing(self, settings: Settings, tmp_path: Path) -> None:
        with pytest.raises(RegisterRefused, match="Skriv, hvor registret ligger"):
            await load_register(settings, asked(None))
        with pytest.raises(RegisterRefused, match="kan ikke læses"):
            await load_register(settings, asked(tmp_path / "none.yaml"))


class TestSaving:
    async def test_and_loading_again_changes_nothing(
        self,
        database: Database,
        settings: Settings,
        page: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """As a page of YAML and as a folder of tables, which only their owner reads."""
        await load_register(settings, asked(page))
        for place in (tmp_path / "saved.yaml", tmp_path / "tables"):
            await save_register(settings, asked(place))
            await load_register(settings, asked(place))

            assert capsys.readouterr().out == "Registret er allerede sådan.\n"
            files = [place] if place.suffix else [place / name for name in FILES]
            assert {each.stat().st_mode & 0o077 for each in files} == {0}
        assert await seats(database) == set(DEMO.memberships)

    async def test_says_where_it_cannot_write(
        self, database: Database, settings: Settings, tmp_path: Path
    ) -> None:
        del database
        with pytest.raises(RegisterRefused, match="kan ikke skrives"):
            await save_register(settings, asked(tmp_path / "none" / "register.yaml"))
