"""The side panel moves the bot's clock, and what falls due then arrives."""

from playwright.async_api import expect

from tests.browser.conftest import Desk
from tests.support.browser_report import STEPS, report
from tests.support.town import DANISH


async def test_a_reminder_falls_due_when_the_clock_is_moved(desk: Desk) -> None:
    freja = await desk.mouse("Freja Lærkesejl")
    maja = await desk.mouse("Maja Brombærsejl")
    await maja.presses(DANISH("button.concern.begin"))
    for step in STEPS:
        await maja.does(step, report(area="OST"))
    await maja.presses(DANISH("button.form.send"))
    reference = await maja.reference()

    await freja.reads(DANISH("task.waiting_title", reference=reference))
    try:
        await freja.turns("+3 dage")
        await expect(freja.page.locator("#ahead")).to_contain_text("3 dage")
        await freja.reads(DANISH("task.reminder_title", reference=reference))
        await freja.pictured("clock-reminder")
        await freja.turns("+14 dage")
        await freja.reads(DANISH("task.overdue_title", reference=reference))
        await freja.pictured("clock-overdue")
    finally:
        await freja.turns("Nulstil")
        await expect(freja.page.locator("#ahead")).to_be_hidden()
