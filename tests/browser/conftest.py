"""What browser tests can ask for: the running house, a browser, and windows for people."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from devtools.house import House
from devtools.ports import free_port
from tests.support.browser import chromium, window
from tests.support.window import PICTURES, KeyboardWindow, MouseWindow, by_keyboard, by_mouse

HERE = Path(__file__).parent
# Nobody answers as fast as these tests do; dev.py's house is otherwise as it is.
SETTINGS = {"PERSON_PER_MINUTE": "1000"}
T = TypeVar("T")


class Desk:
    """Opens windows for people, and closes them when the story is over."""

    def __init__(self, browser: Browser, house: House, opened: AsyncExitStack) -> None:
        self._browser = browser
        self._house = house
        self._opened = opened

    async def mouse(self, name: str, *, width: int = 1280, height: int = 800) -> MouseWindow:
        """Open a window for somebody who uses the mouse only."""
        opened = await self._open(by_mouse(self._browser, self._house, width=width, height=height))
        return await opened.chooses(name)

    async def keyboard(self, name: str) -> KeyboardWindow:
        """Open a window for somebody who uses the keyboard only."""
        opened = await self._open(by_keyboard(self._browser, self._house))
        return await opened.chooses(name)

    async def _open(self, window: AbstractAsyncContextManager[T]) -> T:
        return await self._opened.enter_async_context(window)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests share one loop, and with it one browser."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.get_closest_marker("asyncio"):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The bot and the stand-in, running with the demo organisation as `dev.py run` starts them."""
    running = House(tmp_path_factory.mktemp("house"), teams_port=free_port(), settings=SETTINGS)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all browser tests."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A new window that knows nothing of the others."""
    async with window(browser) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, house: House) -> AsyncIterator[Desk]:
    """Windows for people; each knows nothing of the others."""
    async with AsyncExitStack() as opened:
        yield Desk(browser, house, opened)
