"""Two windows at once: as two people, and as one person on two machines."""

from playwright.async_api import expect

from tests.browser.conftest import Desk
from tests.support.browser_report import STEPS, report
from tests.support.town import DANISH


async def test_two_people_see_each_others_doings_as_they_happen(desk: Desk) -> None:
    """Signe facilitates the group that serves Vesterbro; Freja teaches there."""
    signe = await desk.mouse("Signe Morgenkrone")
    await signe.opens("Generelt")
    freja = await desk.mouse("Freja Vintervinge")
    await freja.presses(DANISH("button.concern.begin"))
    for step in STEPS:
        await freja.does(step, report(area="VES"))
    await freja.presses(DANISH("button.form.send"))
    reference = await freja.reference()

    # Signe looks at the channel; the ping appears there, and her chat is marked as unread
    await expect(signe.from_bot.last).to_contain_text(reference)
    await expect(signe.row("SSP København").locator(".badge")).to_be_visible()
    await signe.pictured("two-people-unread")
    await signe.opens("SSP København")
    await signe.reads(DANISH("task.waiting_title", reference=reference))
    await signe.presses(DANISH("button.concern.open"))
    await signe.presses(DANISH("relation.no"))
    await signe.presses(DANISH("button.concern.take_up"))

    await freja.reads(DANISH("concern.status_title", reference=reference))
    await expect(signe.row("SSP København").locator(".badge")).to_have_count(0)


async def test_pressing_send_twice_sends_once(desk: Desk) -> None:
    trine = await desk.mouse("Trine Brombærglimt")
    await trine.presses(DANISH("button.concern.begin"))
    for step in STEPS:
        await trine.does(step, report(area="VES"))
    await trine.button(DANISH("button.form.send")).dblclick()
    reference = await trine.reference()

    await trine.says("mine bekymringer")

    await trine.reads(reference)
    assert (await trine.card.inner_text()).count("Modtaget") == 1


async def test_an_outdated_card_says_so_and_changes_nothing(desk: Desk) -> None:
    """AC-CARD-04: one machine has moved on; on the other one presses the card from before."""
    at_work = await desk.mouse("Nikolaj Morgensang")
    at_home = await desk.mouse("Nikolaj Morgensang")
    await at_work.presses(DANISH("button.concern.begin"))
    await at_home.step("safety")
    outdated = at_home.cards.first
    await at_work.says("nej")
    await expect(at_home.cards).to_have_count(2)

    await at_home.presses(DANISH("button.form.next"), card=outdated)

    await at_home.reads(DANISH("rule.draft.moved_on"), card=outdated)
    await at_home.pictured("outdated-card")
    await expect(outdated.get_by_role("radio", checked=True)).to_have_count(1)
