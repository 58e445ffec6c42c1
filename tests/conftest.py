"""What every test can ask for: a database of its own, on the engine that the run chose."""

import gc
from collections.abc import Iterator

import pytest
from aiohttp import web_app
from hypothesis import settings

from tests.support.databases import Databases, chosen, databases

# A busy machine is not a failure: no example is held to a time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Each story opens a whole house; looking for garbage less often saves a tenth of the time.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    """Look no more for garbage among what was imported."""
    gc.freeze()


@pytest.fixture(autouse=True)
def torn_down() -> Iterator[None]:
    """Let no house outlive its story: aiohttp keeps a thousand handlers, and all they hold."""
    yield
    vars(web_app)["_cached_build_middleware"].cache_clear()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests of what only PostgreSQL can do to the run on PostgreSQL."""
    if chosen() != "sqlite":
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql_only")]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)


@pytest.fixture(scope="session")
def test_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """What the run chose: a folder of SQLite files, or a PostgreSQL server."""
    with databases(chosen(), folder=tmp_path_factory.mktemp("databases")) as opened:
        yield opened


@pytest.fixture
def database_url(test_databases: Databases) -> Iterator[str]:
    """A new database with all tables and no rows."""
    url = test_databases.migrated()
    yield url
    test_databases.back(url)


@pytest.fixture
def empty_database_url(test_databases: Databases) -> str:
    """A new database without tables."""
    return test_databases.empty()
