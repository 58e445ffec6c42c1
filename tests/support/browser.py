"""A Chromium for tests: an installed one, else Playwright's, and quiet about the world outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright

from devtools.environment import find_chromium

PATIENCE_MS = 10_000
FLAGS = (
    "--no-sandbox",  # CI is root in a container
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Open a browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def window(browser: Browser, *, width: int = 1280, height: int = 800) -> AsyncIterator[Page]:
    """Open a window of its own, as another person on another machine would have it."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield await context.new_page()
    await context.close()
