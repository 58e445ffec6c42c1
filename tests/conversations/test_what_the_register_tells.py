"""What the register is for: gaps told to those who appoint, and files to correct."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.people import Person
from tests.support.chat import Chat
from tests.support.reports import GRAVE
from tests.support.town import (
    ANNA,
    BO,
    DANISH,
    DENNIS,
    DORTE,
    GRETE,
    HENRIETTE,
    LARS,
    STINE,
    Town,
)
from usecases.csv_register import FILES, organisation_from_csv
from usecases.read_organisation import organisation_from_yaml
from usecases.read_register import read_register

FIRST_OF_APRIL = datetime(2026, 4, 1, 7, tzinfo=UTC)


@pytest.fixture
def stine(town: Town) -> Chat:
    """Keeps the register."""
    return town.chat(STINE)


async def passes_to_april(town: Town) -> None:
    """Let March begin and end: the chores of a month are known before they fall due."""
    await town.passes(timedelta(0))
    town.hour.now = FIRST_OF_APRIL
    await town.passes(timedelta(0))
    await town.passes(timedelta(minutes=1))  # what was queued is sent


class TestGaps:
    async def test_are_their_own_authoritys_for_a_leader(self, town: Town) -> None:
        """REP-2, APP-1: Lars leads for the schools in Valby: LU.4 is filled, KG.4 is empty."""
        read = await town.chat(LARS).types("huller")

        assert "KG.4 ·" in read
        assert "KG.6 ·" not in read  # the police's
        assert "PKG" not in read

    @pytest.mark.parametrize("person", [GRETE, DORTE, STINE, HENRIETTE], ids=lambda each: each.id)
    async def test_are_all_of_them_for_managers_and_secretariat(
        self, town: Town, person: Person
    ) -> None:
        """REP-2."""
        read = await town.chat(person).types("mangler")

        for slot in ("KG.4 ·", "KG.6 ·", "PKG.2 ·", "LG.1 ·"):
            assert slot in read

    @pytest.mark.parametrize("person", [ANNA, BO], ids=lambda each: each.id)
    async def test_are_nobody_elses(self, town: Town, person: Person) -> None:
        read = await town.chat(person).types("huller")

        assert DENNIS.name in read
        assert "KG.4" not in read

    async def test_never_stand_in_the_way_of_anything(self, town: Town, anna: Chat) -> None:
        """REP-1, REP-2: no quorum is invented; a concern goes its way in a half-empty group."""
        assert "Mangler: 1" in await town.chat(DORTE).types("udvalg KG5")
        reference = await anna.reports(GRAVE)

        assert reference in town.chat(BO).everything()

    async def test_are_told_of_on_the_first_working_day_of_the_month_as_numbers(
        self, town: Town
    ) -> None:
        """REP-2: to those who appoint; no name and no slot in the message."""
        await passes_to_april(town)

        told = town.chat(LARS).last()
        assert DANISH("gaps.told_title") in told
        assert "KG.4" not in told
        assert DANISH("gaps.told_title") not in town.chat(BO).everything()
        await town.passes(timedelta(hours=2))
        assert town.chat(LARS).everything().count(DANISH("gaps.told_title")) == 1

    async def test_are_not_told_of_to_who_has_paused(self, town: Town) -> None:
        lars = town.chat(LARS)
        await lars.types("pause påmindelser")
        await passes_to_april(town)

        assert DANISH("gaps.told_title") not in lars.everything()


def list_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("register-*.zip"))


class TestTheRegisterAsFiles:
    async def test_is_written_and_read_back_the_same(
        self, town: Town, stine: Chat, tmp_path: Path
    ) -> None:
        """Issue 5, delivered 1: CSV and YAML, round trip."""
        town.settings = replace(town.settings, export_folder=str(tmp_path))
        await town.restarts()
        told = await stine.types("eksportér register")
        assert DANISH("register.export_title") in told
        await town.passes(timedelta(minutes=1))
        await town.passes(timedelta(minutes=1))

        [packed] = list_of(tmp_path)
        assert packed.name in stine.last()
        with zipfile.ZipFile(packed) as pack:
            tables = {name: pack.read(name) for name in FILES}
            page = pack.read("organisation.yaml").decode()
        async with town.remembers() as tx:
            register = await read_register(tx)
        for read in (organisation_from_csv(tables), organisation_from_yaml(page)):
            assert set(read.people) == set(register.people)
            assert set(read.memberships) == set(register.memberships)
            assert list(read.committees) == list(register.committees)

    async def test_without_a_folder_is_not_written_and_says_so(
        self, town: Town, stine: Chat
    ) -> None:
        await stine.types("eksportér register")
        await town.passes(timedelta(minutes=1))
        await town.passes(timedelta(minutes=1))

        assert DANISH("export.not_made_no_folder") in stine.last()

    @pytest.mark.parametrize("person", [ANNA, BO, LARS], ids=lambda each: each.id)
    async def test_is_the_secretariats(self, town: Town, person: Person) -> None:
        assert DENNIS.name in await town.chat(person).types("eksportér register")
