"""The town every story happens in, and the people who live there."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.chat import Chat
from tests.support.databases import Databases
from tests.support.meet_steps import calls, gives_a_substitute
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DENNIS,
    DORTE,
    EVA,
    HELLE,
    LIV,
    PER,
    PIA,
    SOFIE,
    ULLA,
    Town,
)
from tests.support.towns import Towns


@pytest.fixture(scope="session")
def towns(test_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Towns:
    """As many towns as there are stories."""
    return Towns(databases=test_databases, folder=tmp_path_factory.mktemp("towns"))


@pytest_asyncio.fixture
async def town(towns: Towns) -> AsyncIterator[Town]:
    """Teams and the bot, running; it is Monday noon, and nothing has been reported yet."""
    async with towns.another() as opened:
        yield opened


@pytest.fixture
def anna(town: Town) -> Chat:
    """Teaches in Valby."""
    return town.chat(ANNA)


@pytest.fixture
def bo(town: Town) -> Chat:
    """Facilitates the group that serves Valby."""
    return town.chat(BO)


@pytest.fixture
def carl(town: Town) -> Chat:
    """Holds the police's seat in Bo's group."""
    return town.chat(CARL)


@pytest.fixture
def sofie(town: Town) -> Chat:
    """Holds social services' seat in Bo's group."""
    return town.chat(SOFIE)


@pytest.fixture
def liv(town: Town) -> Chat:
    """Holds the school authority's seat in Bo's group."""
    return town.chat(LIV)


@pytest.fixture
def eva(town: Town) -> Chat:
    """Facilitates the next group."""
    return town.chat(EVA)


@pytest.fixture
def pia(town: Town) -> Chat:
    """Facilitates SSP+."""
    return town.chat(PIA)


@pytest.fixture
def dorte(town: Town) -> Chat:
    """Works in the Secretariat."""
    return town.chat(DORTE)


@pytest.fixture
def dennis(town: Town) -> Chat:
    """Works in the Secretariat, and is the first to be asked."""
    return town.chat(DENNIS)


@pytest.fixture
def helle(town: Town) -> Chat:
    """Works for a housing association; not covered by §115."""
    return town.chat(HELLE)


@pytest.fixture
def ulla(town: Town) -> Chat:
    """Is in Teams, but not in the register."""
    return town.chat(ULLA)


@pytest.fixture
def per(town: Town) -> Chat:
    """Is the substitute of the police's seat in Bo's group."""
    return town.chat(PER)


@pytest_asyncio.fixture
async def reference(town: Town, bo: Chat) -> str:
    """Bo has called his group to a meeting in three weeks."""
    await gives_a_substitute(town)
    return await calls(bo)
