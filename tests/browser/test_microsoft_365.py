"""A meeting in Outlook and in Teams, on telephones; and a colleague whose account is closed."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.async_api import Browser, expect

from devtools.house import House
from devtools.ports import free_port
from domain.working_days import is_working_day
from tests.browser.conftest import SETTINGS, Desk
from tests.support.browser import window
from tests.support.meeting_windows import PHONE, answers, hears, number_of, sees
from tests.support.outlook_window import OfficeWindow
from tests.support.town import DANISH
from tests.support.window import MouseWindow

GROUP = "Koordinationsgruppe 5 (Valby, Vanløse)"
SUBSTITUTE = "Łukasz Bregnegnist"
STORY = "microsoft"
DAYLIGHT = 8  # before that the Secretariat is told of nothing that can wait


def working_day(day: date) -> date:
    return day if is_working_day(day) else working_day(day + timedelta(days=1))


# The browser tests run on the real clock.
SOON = working_day(date(*time.gmtime()[:3]) + timedelta(days=21))
LATER = working_day(SOON + timedelta(days=1))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with Microsoft 365, as `dev.py run --graph` starts it."""
    folder = tmp_path_factory.mktemp("microsoft")
    running = House(folder, teams_port=free_port(), graph_port=free_port(), settings=SETTINGS)
    try:
        running.start()
        yield running
    finally:
        running.stop()


async def phone(desk: Desk, name: str) -> MouseWindow:
    window = await desk.mouse(name, **PHONE)
    await window.opens("SSP København")
    return window


async def passes(window: MouseWindow, time: str = "+1 time") -> None:
    """Move the clock, so that nobody has to wait until Outlook and Entra are read again."""
    await window.turns(time)
    await window.page.locator("#toggle-tools").click()


async def calls(bo: MouseWindow, day: date = SOON) -> str:
    """Call the group to a meeting on a day that is far enough ahead."""
    await bo.says("indkald")
    told = {"committee": "1", "day": f"{day:%d.%m.%Y}", "starts": "10.00", "minutes": "90"}
    await answers(bo, "meet_call", {**told, "place": "Mødelokale 2"})
    await answers(bo, "meet_call", {"purpose": "Planen for sommeren", "despite": "spring over"})
    await sees(bo, "called", DANISH("meet.they_hear"), story=STORY)
    return await number_of(bo)


async def test_outlook_and_entra_are_followed(desk: Desk, house: House, browser: Browser) -> None:
    """MTG-17, MTG-25, APP-2: what is done in Microsoft 365 by hand is heard of in Teams."""
    bo = await phone(desk, "Bo Havrelygte")
    carl = await phone(desk, "Carl Ulvesti")
    lukasz = await phone(desk, SUBSTITUTE)
    async with window(browser, **PHONE) as page:
        office = OfficeWindow(page=page, house=house)

        # Bo calls a meeting; the bot begins again, and it stands in Outlook once, with a link
        number = await calls(bo)
        house.restart_bot()
        await office.goes("Outlook")
        meeting = await office.finds(GROUP, "Deltag i Teams", "Carl Ulvesti: intet svar")
        await office.shows("meeting")
        assert await office.page.get_by_role("article").count() == 1

        # Carl declines in Outlook; his substitute is asked in Teams, and comes
        await meeting.get_by_role("button", name="Afslå: Carl Ulvesti").click()
        await office.finds("Carl", "Carl Ulvesti: afslået")
        await office.shows("declined")
        await passes(bo)
        await hears(lukasz, "asked", DANISH("meet.stand_in_title", committee=GROUP), story=STORY)
        await lukasz.presses(DANISH("button.meet.coming"))
        await sees(lukasz, "comes", DANISH("meet.stands_for", name="Carl Ulvesti"), story=STORY)
        await carl.says(f"møde {number}")
        await sees(carl, "replaced", DANISH("meet.instead", name=SUBSTITUTE), story=STORY)

        # Carl's account is closed: his access is gone, and he is out of the meeting
        await office.goes("Entra")
        account = await office.finds("Carl Ulvesti", "gæst, åben")
        await office.shows("account")
        await account.get_by_role("button", name="Luk kontoen: Carl Ulvesti").click()
        await office.finds("Carl Ulvesti", "gæst, lukket")
        stewards = await phone(desk, "Camilla Lærkeglimt")
        await stewards.says("hent katalog")
        await sees(stewards, "asked-now", DANISH("directory.asked_now"), story=STORY)
        await passes(stewards)
        told = DANISH("directory.told_done", count=1)
        await hears(stewards, "told", told, story=STORY)
        await carl.says("mine møder")
        await expect(carl.from_bot.last).to_contain_text(DANISH("unknown_person.body"))
        await sees(carl, "no-access", story=STORY)
        await passes(bo)
        await office.goes("Outlook")
        await office.loses("Carl Ulvesti")
        await office.goes("Post")
        await office.finds("carl.ulvesti", "Aflysning")
        await office.shows("mail")


async def test_what_is_deleted_by_hand_is_put_back_in_the_night(
    desk: Desk, house: House, browser: Browser
) -> None:
    """Outlook follows the meetings here; the Secretariat reads in the morning what it was."""
    bo = await phone(desk, "Bo Havrelygte")
    dorte = await phone(desk, "Dorte Lærkesejl")
    async with window(browser, **PHONE) as page:
        office = OfficeWindow(page=page, house=house)
        await calls(bo, LATER)
        await passes(bo)
        await office.goes("Outlook")
        meeting = await office.finds(f"{LATER:%d.%m.%Y}", GROUP)
        await meeting.get_by_role("button", name="Slet mødet").click()
        await office.loses(f"{LATER:%d.%m.%Y}")
        for _ in range(await office.hour(), DAYLIGHT):
            await passes(bo)
        await passes(bo, "+1 dag")
        await hears(dorte, "put-back", DANISH("outlook.put_back_title"), story=STORY)
        await passes(bo)
        await office.finds(f"{LATER:%d.%m.%Y}", GROUP, "Deltag i Teams")
