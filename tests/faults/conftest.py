"""SQLite databases for stories told in a time of their own: no server can follow them there."""

from collections.abc import Callable

import pytest

from tests.support.databases import SqliteDatabases

Fresh = Callable[[], str]


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Give the URL of one new database after another."""
    return SqliteDatabases(tmp_path_factory.mktemp("faults")).migrated
