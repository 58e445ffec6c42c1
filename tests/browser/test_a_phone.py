"""The whole form on a phone: 360 pixels wide, nothing cut off, nothing to scroll sideways."""

from tests.browser.conftest import Desk
from tests.support.browser_report import STEPS, report
from tests.support.town import DANISH

PHONE = {"width": 360, "height": 740}


async def test_a_concern_is_filed_on_a_phone(desk: Desk) -> None:
    louise = await desk.mouse("Louise Bregnekvist", **PHONE)
    assert not await louise.seen_badly()
    await louise.pictured("phone-list")
    await louise.opens("SSP København")
    await louise.presses(DANISH("button.concern.begin"))
    for step in STEPS:
        await louise.step(step)
        assert not await louise.seen_badly()
        await louise.pictured(f"phone-{step}")
        await louise.does(step, report(area="BIS"))
    await louise.step("review")
    assert not await louise.seen_badly()
    await louise.pictured("phone-review")
    await louise.presses(DANISH("button.form.send"))

    await louise.reads(await louise.reference())
    assert not await louise.seen_badly()
    await louise.pictured("phone-receipt")


async def test_a_facilitator_handles_a_concern_on_a_phone(desk: Desk) -> None:
    priya = await desk.mouse("Priya Brombærspire", **PHONE)
    fatima = await desk.mouse("Fatima Ulvespire")
    await fatima.says("bekymring")
    for step in STEPS:
        await fatima.does(step, report(area="BIS"))
    await fatima.presses(DANISH("button.form.send"))
    reference = await fatima.reference()

    await priya.opens("SSP København")
    await priya.says(f"åbn {reference}")
    await priya.reads(DANISH("relation.title", reference=reference))
    assert not await priya.seen_badly()
    await priya.pictured("phone-relation")
    await priya.presses(DANISH("relation.no"))
    assert not await priya.seen_badly()
    await priya.pictured("phone-reading")
    await priya.presses(DANISH("button.concern.reroute"))
    await priya.reads(DANISH("reroute.step.to"))
    assert not await priya.seen_badly()
    await priya.pictured("phone-reroute")


async def test_somebody_sees_to_their_tasks_and_their_absence_on_a_phone(desk: Desk) -> None:
    signe = await desk.mouse("Signe Morgenkrone", **PHONE)
    fatima = await desk.mouse("Fatima Ulvespire")
    await fatima.says("bekymring")
    for step in STEPS:
        await fatima.does(step, report(area="SYD"))
    await fatima.presses(DANISH("button.form.send"))
    reference = await fatima.reference()

    await signe.opens("SSP København")
    await signe.says("mine opgaver")
    await signe.reads(DANISH("duty.concern_waiting", reference=reference))
    assert not await signe.seen_badly()
    await signe.pictured("phone-tasks")
    await signe.presses(DANISH("button.duty.open", reference=reference))
    await signe.reads(DANISH("relation.title", reference=reference))

    await signe.says("mine sager")
    await signe.reads(DANISH("my_cases.title"))
    assert not await signe.seen_badly()
    await signe.pictured("phone-cases")

    await signe.says("fravær")
    await signe.reads(DANISH("absence.step.days_intro"))
    assert not await signe.seen_badly()
    await signe.pictured("phone-absence")
    await signe.says("i morgen")
    await signe.says("i overmorgen")
    await signe.reads(DANISH("absence.done_title"))
    assert not await signe.seen_badly()
    await signe.pictured("phone-absence-noted")
    await signe.says("hjælp sag")
    await signe.reads(DANISH("help.with_rights"))
    assert not await signe.seen_badly()
    await signe.pictured("phone-help-case")
    await signe.says("fravær slut")
    await signe.reads(DANISH("absence.back_title"))
