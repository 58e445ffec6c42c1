"""What the tests of the cards share: the gallery, made once."""

import asyncio
from collections.abc import Sequence

import pytest

from domain.people import Language
from tests.cards.guests import Gallery
from tests.cards.stories import all_stories
from tests.support.databases import Databases


@pytest.fixture(scope="session")
def galleries(test_databases: Databases) -> Sequence[Gallery]:
    """One gallery for each language."""
    return [asyncio.run(all_stories(test_databases.migrated(), each)) for each in Language]
