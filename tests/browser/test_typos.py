"""Somebody mistypes: what they wrote stays, and a sentence says what to do."""

from playwright.async_api import expect

from tests.browser.conftest import Desk
from tests.support.browser_report import report
from tests.support.town import DANISH


async def test_a_mistyped_answer_is_explained_and_asked_again(desk: Desk) -> None:
    charlotte = await desk.keyboard("Charlotte Strandlygte")
    await charlotte.says("bekymring")
    for answer in ("nej", "2", "nej", "næste"):
        await charlotte.says(answer)
    await charlotte.step("person")

    await charlotte.says("Max 4ever")
    await charlotte.reads(DANISH("rule.field.name"))
    for answer in ("Max Myrekær", "spring over", "31.02.2012"):
        await charlotte.says(answer)
    await charlotte.reads("Den dato findes ikke. Skriv den som fx 14.03.2010.")
    await charlotte.pictured("typo-date")
    await expect(charlotte.question("name")).to_have_value("Max Myrekær")
    await charlotte.says("i morges")
    await charlotte.reads(DANISH("rule.date.format"))
    await charlotte.says("14.03.2012")

    await charlotte.answers("protected", "nej")
    await charlotte.says("Nørrebro")
    await charlotte.reads(DANISH("rule.area.ambiguous", names="Ydre Nørrebro, Indre Nørrebro"))
    await charlotte.pictured("typo-area")
    await charlotte.says("Rødovre")
    await charlotte.reads(DANISH("rule.area.elsewhere", place="Rødovre"))
    await charlotte.says("ydre nørrebro")

    await expect(charlotte.question("area")).to_have_value("YNB")


async def test_a_card_sent_too_early_keeps_what_was_filled_in(desk: Desk) -> None:
    davit = await desk.mouse("Davit Månepil")
    await davit.presses(DANISH("button.concern.begin"))
    for step in ("safety", "person", "about"):
        await davit.does(step, report())
    await davit.step("concern")
    await davit.fills("place", "Ved stationen")
    await davit.fills("observed", "Han er ude")
    await davit.fills("happened_on", "2199-01-01")
    await davit.fills("source", "own")
    await davit.presses(DANISH("button.form.next"))

    await davit.reads(
        DANISH("rule.field.too_short", least=20),
        DANISH("rule.date.future"),
        DANISH("rule.field.missing"),
    )
    await davit.pictured("typo-card")
    await expect(davit.question("place")).to_have_value("Ved stationen")
    await expect(davit.question("observed")).to_have_value("Han er ude")
    await expect(davit.question("happened_on")).to_have_value("2199-01-01")
    await expect(davit.question("source").get_by_role("radio", checked=True)).to_have_count(1)
