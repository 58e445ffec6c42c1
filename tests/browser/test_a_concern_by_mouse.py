"""A concern clicked together by a teacher reaches the facilitator who serves the area."""

from playwright.async_api import expect

from tests.browser.conftest import Desk
from tests.support.browser_report import STEPS, report
from tests.support.reports import HOPE, NAME, OBSERVED, WRITTEN
from tests.support.town import DANISH

GROUP = "Koordinationsgruppe 5 (Valby, Vanløse)"


async def test_a_concern_clicked_by_anna_reaches_bo_who_takes_it_up(desk: Desk) -> None:
    """CON-3, CON-7, INH-2, with the mouse only."""
    anna = await desk.mouse("Anna Bregnekær")
    await anna.presses(DANISH("button.concern.begin"))
    for step in STEPS:
        await anna.does(step, report())
    await anna.reads(*WRITTEN, DANISH("concern.goes_to_group", group=GROUP))
    await anna.pictured("mouse-review")
    await anna.presses(DANISH("button.form.send"))
    await anna.reads(DANISH("concern.received_group", group=GROUP))
    await anna.pictured("mouse-receipt")
    reference = await anna.reference()

    # Bo is asked whether he is related before he reads anything but the name
    bo = await desk.mouse("Bo Havrelygte")
    await bo.reads(DANISH("task.waiting_title", reference=reference))
    await bo.pictured("mouse-task")
    await bo.presses(DANISH("button.concern.open"))
    await bo.reads(DANISH("relation.title", reference=reference), NAME)
    assert OBSERVED not in await bo.card.inner_text()
    await bo.pictured("mouse-relation")
    await bo.presses(DANISH("relation.no"))
    await bo.reads(*WRITTEN)
    await bo.pictured("mouse-reading")
    await bo.presses(DANISH("button.concern.take_up"))
    await bo.reads(DANISH("handled.taken_up_title", reference=reference))

    # Anna is told that it was taken up; the group's channel knows only number and area
    await anna.reads(DANISH("concern.status_title", reference=reference))
    await anna.pictured("mouse-status")
    await bo.opens("Generelt")
    told = bo.from_bot.filter(has_text=reference)
    ping = DANISH("task.ping", reference=reference, area="Valby")
    await expect(told.locator(".words")).to_have_text([ping])
    await bo.pictured("mouse-channel")
    everything = await bo.page.locator("#chat").inner_text()
    assert not [words for words in (*WRITTEN, HOPE, "Anna") if words in everything]

    assert await anna.hands() == await bo.hands() == ["pointers"]
