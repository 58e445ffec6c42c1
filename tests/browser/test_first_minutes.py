"""The first minutes of somebody who has just typed `dev.py run`."""

import re

from playwright.async_api import Browser, Page, expect

from devtools.house import House
from tests.browser.conftest import Desk
from tests.support.browser import window
from tests.support.town import DANISH


async def test_whoever_one_becomes_is_welcomed_by_the_bot(house: House, page: Page) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    await page.goto(house.address)
    await page.get_by_role("option", name="Carl Ulvesti").click()

    await expect(page.get_by_role("button", name="Ny bekymring")).to_be_visible()
    assert not complaints


async def test_two_windows_are_two_people(house: House, browser: Browser) -> None:
    async with window(browser) as bos, window(browser) as dortes:
        for page, name in ((bos, "Bo Havrelygte"), (dortes, "Dorte Lærkesejl")):
            await page.goto(house.address)
            await page.get_by_role("option", name=name).click()

        await expect(bos.locator("#who")).to_contain_text("Bo Havrelygte")
        await expect(dortes.locator("#who")).to_contain_text("Dorte Lærkesejl")


async def test_the_bot_comes_back_after_a_restart_in_the_middle(house: House, page: Page) -> None:
    await page.goto(house.address)
    await page.get_by_role("option", name="Carl Ulvesti").click()
    await expect(page.get_by_role("button", name="Ny bekymring")).to_be_visible()

    house.restart_bot()
    await page.get_by_role("button", name="Ny bekymring").click()

    await expect(page.get_by_text("Trin 1")).to_be_visible()


async def test_in_a_group_chat_the_bot_stays_neutral_and_leads_to_the_private_one(
    desk: Desk,
) -> None:
    aylin = await desk.mouse("Aylin Rimhjort")
    await aylin.meets("Josefine Tranegnist")
    await expect(aylin.from_bot).to_have_text(re.compile(DANISH("private.introduction", by=".+")))

    await aylin.page.get_by_role("button", name="Nævn").click()
    await aylin.says("bekymring om en dreng i Valby")
    await aylin.reads(DANISH("private.body"))
    assert "dreng" not in await aylin.card.inner_text()
    await aylin.card.get_by_role("link", name=DANISH("button.private")).click()

    await aylin.reads(DANISH("welcome.title"))
    assert not await aylin.serious()
