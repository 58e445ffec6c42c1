"""One's own papers on a telephone: asked for in the chat, fetched in the tab."""

import asyncio
import time
from datetime import date, timedelta

from icalendar import Calendar
from playwright.async_api import expect

from domain.working_days import is_working_day
from tests.browser.conftest import Desk
from tests.support.meeting_windows import PHONE, answers, number_of
from tests.support.town import DANISH
from tests.support.window import without_marks

GROUP = "Koordinationsgruppe 5 (Valby, Vanløse)"
MADE_MS = 60_000  # papers are made each half minute, and told of after that
# The browser tests run on the real clock.
TODAY = date(*time.gmtime()[:3])
SOON = next(
    day for day in (TODAY + timedelta(days=14 + more) for more in range(14)) if is_working_day(day)
)


async def test_a_police_officer_fetches_a_meeting_for_the_calendar(desk: Desk) -> None:
    bo = await desk.mouse("Bo Havrelygte", **PHONE)
    await bo.opens("SSP København")
    await bo.says("indkald")
    told = {"committee": GROUP, "day": f"{SOON:%d.%m.%Y}", "starts": "09.00", "minutes": "60"}
    await answers(bo, "meet_call", {**told, "place": "Rådhuset"})
    await answers(bo, "meet_call", {"purpose": "En sag, der haster", "despite": "ja"})
    await bo.reads(DANISH("meet.they_hear"))
    reference = await number_of(bo)

    officer = await desk.mouse("Carl Ulvesti", **PHONE)
    await officer.opens("SSP København")
    await officer.says(f"kalender {reference}")
    ready = officer.cards.filter(has_text=without_marks(DANISH("own_papers.in_tab")))
    await expect(ready).to_be_visible(timeout=MADE_MS)
    assert not await officer.seen_badly()
    await officer.page.get_by_role("button", name="‹ Chats").click()
    await officer.row("Overblik").click()
    tab = officer.page.frame_locator("iframe.tab")
    paper = tab.get_by_role(
        "button", name=DANISH("own_papers.kind.calendar", reference=reference), exact=True
    )
    await expect(paper).to_be_visible()
    await officer.pictured("own-papers-phone")
    async with officer.page.expect_download() as downloading:
        await paper.click()
    file = await downloading.value
    content = await asyncio.to_thread((await file.path()).read_bytes)

    assert file.suggested_filename.startswith(reference)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert reference in str(event["DESCRIPTION"])
