"""A case from the first word to the last, on telephones: four people, and what goes wrong."""

import time
from datetime import date, timedelta

from playwright.async_api import Locator

from devtools.house import House
from tests.browser.conftest import Desk
from tests.support.browser_report import STEPS, report
from tests.support.case_stories import CHILD, ENDING, PROTECTS, REASON, RESULT, RISK, WHAT
from tests.support.town import DANISH
from tests.support.window import CASE_REFERENCE, MouseWindow

PHONE = {"width": 360, "height": 740}
NAME = "Silke Rugmose"
GROUP = "Koordinationsgruppe 5 (Valby, Vanløse)"
# The browser tests run on the real clock.
TODAY = date(*time.gmtime()[:3])
SOON = f"{TODAY + timedelta(days=9):%d.%m.%Y}"
DONT_KNOW = DANISH("seen.unknown")


async def sees(window: MouseWindow, name: str, *words: str) -> None:
    """Read a card whole: all of these words, nothing cut off, nothing that axe minds."""
    await window.reads(*words)
    assert not await window.seen_badly(), name
    assert not await window.serious(), name
    await window.pictured(f"whole-case-{name}")


async def answers(window: MouseWindow, form: str, steps: dict[str, list[str]]) -> None:
    """Answer a form by keyboard, one question after the other."""
    for step, typed in steps.items():
        await window.reads(DANISH(f"{form}.step.{step}"))
        for answer in typed:
            await window.says(answer)


async def reports(anna: MouseWindow) -> str:
    """Report something by card: with a name mistyped, and the last button pressed twice."""
    told = report(name=NAME, area="VAN")
    await anna.opens("SSP København")
    await anna.says("bekymring")
    await anna.does("safety", told)
    await anna.step("person")
    await anna.fills("name", "Silke 4ever")
    await anna.presses(DANISH("button.form.next"))
    await sees(anna, "mistyped", DANISH("rule.field.name"))
    await anna.question("name").fill("")
    for step in STEPS[1:]:
        await anna.does(step, told)
    await anna.button(DANISH("button.form.send")).dblclick()
    return await anna.reference()


async def opens_a_case(bo: MouseWindow, concern: str) -> str:
    """Take up what waits, by the buttons on its card, and open a case."""
    await bo.opens("SSP København")
    await sees(bo, "letter", DANISH("task.waiting_title", reference=concern))
    await bo.presses(DANISH("button.concern.open"))
    await bo.presses(DANISH("relation.no"))
    await sees(bo, "concern", NAME)
    await bo.presses(DANISH("button.concern.take_up"))
    await bo.pictured("whole-case-taken-up")
    await bo.presses(DANISH("button.concern.to_case"))
    await sees(bo, "matching", DANISH("matching.nobody"))
    await bo.presses(DANISH("button.concern.open_case"))
    await sees(bo, "opened")
    return await bo.case()


async def meets(house: House, bo: MouseWindow, case: str) -> None:
    """Coordinate the case at a meeting, with the bot started again in the middle of it."""
    await bo.says("dagsorden")
    await bo.presses(DANISH("button.meeting.begin"))
    await bo.presses(DANISH("button.form.finish"))
    while not await bo.card.get_by_text(case, exact=True).count():
        await bo.presses(DANISH("button.meeting.next"))
    await bo.presses(DANISH("button.case.open"))
    await sees(bo, "case", NAME)
    await bo.presses(DANISH("button.case.coordinate"))
    unknown = [DONT_KNOW] * 5
    await answers(bo, "coordination", {"who": ["1"], "risk": [*unknown, "ja", RISK]})
    house.restart_bot()
    await answers(
        bo,
        "coordination",
        {
            "protection": [*unknown, "ja", PROTECTS],
            "level": ["1"],
            "why": ["1, 3", REASON],
            "child": ["ja", CHILD],
            "agree": ["1"],
            "action_1": ["-", WHAT, "Carl", "31.02.2030", SOON, "nej"],
            "next": ["2"],
        },
    )
    await sees(bo, "review", REASON, WHAT)
    await bo.presses(DANISH("button.form.send"))
    await sees(bo, "coordinated", DANISH("coordination.done_title"))
    await bo.presses(DANISH("button.meeting.stand"))
    await bo.presses(DANISH("button.meeting.sum_up"))
    await bo.presses(DANISH("button.meeting.end"))


async def does_it(carl: MouseWindow, case: str) -> None:
    """Find what one has to do, and say that it is done, with two presses of the button."""
    await carl.opens("SSP København")
    await sees(carl, "own", DANISH("meeting.own_one_title", group=GROUP, count=1))
    await carl.presses(DANISH("button.duty.mine"))
    await sees(carl, "tasks", case)
    await carl.presses(DANISH("button.duty.open_action", reference=case))
    await sees(carl, "near", DANISH("relation.title", reference=case))
    await carl.presses(DANISH("relation.no"))
    await carl.says("mine opgaver")
    await carl.presses(DANISH("button.duty.open_action", reference=case))
    await sees(carl, "action", WHAT)
    await carl.presses(DANISH("button.action.done"))
    await sees(carl, "done-form")
    await carl.says(RESULT)
    await sees(carl, "done")


async def tells_the_family(bo: MouseWindow, case: str) -> None:
    """Note of each of them when and how they were told."""
    await bo.says(f"orientering {case}")
    await sees(bo, "informing")
    for who in ("youth", "custody_1", "custody_2"):
        await bo.says(f"orientering {case}")
        await bo.presses(DANISH(f"inform.who.{who}"))
        await sees(bo, f"informing-{who}")
        await bo.presses(DANISH("button.inform.told"))
        for answer in ("i dag", "1", "Bo Havrelygte", "spring over"):
            await bo.says(answer)
        await sees(bo, f"told-{who}")


async def is_ready(bo: MouseWindow, case: str) -> None:
    """Be told what is missing, and coordinate a last time: what was said before stands there."""
    await bo.says(f"luk {case}")
    await sees(bo, "not-yet", DANISH("closing.not_coordinated"))
    await bo.presses(DANISH("button.case.coordinate"))
    await bo.says("1")
    for step in ("risk", "protection", "level", "why", "child"):
        await bo.reads(DANISH(f"coordination.step.{step}"))
        await bo.presses(DANISH("button.form.next"))
    await bo.says(DANISH("coordination.agree.none"))
    await bo.says("Han er tilbage på holdet")
    await bo.says(DANISH("coordination.next.close"))
    await sees(bo, "review-again", DANISH("coordination.next.close"))
    await bo.presses(DANISH("button.form.send"))
    await sees(bo, "ready", DANISH("coordination.done_title"))


async def an_old_card(carl: MouseWindow, case: str) -> Locator:
    """Look at what was agreed, and leave the card where it is."""
    await carl.says(f"handlinger {case}")
    return carl.cards.nth(await carl.cards.count() - 1)


async def closes(bo: MouseWindow, troels: MouseWindow, case: str) -> None:
    """Ask whether it may be closed; somebody of the group agrees."""
    await bo.says(f"luk {case}")
    await sees(bo, "closing", DANISH("close_case.step.reason"))
    await bo.says("1")
    await bo.says(ENDING)
    await sees(bo, "asked-to-close", DANISH("close_case.done_title"))
    await troels.opens("SSP København")
    await sees(troels, "asked", DANISH("countersign.letter_title", reference=case))
    await troels.presses(DANISH("button.countersign.open"))
    await sees(troels, "relation-first")
    await troels.presses(DANISH("button.case.open"))
    await troels.presses(DANISH("relation.no"))
    await sees(troels, "case-of-troels", NAME)
    await troels.presses(DANISH("button.countersign.list"))
    await sees(troels, "agree", ENDING)
    await troels.button(DANISH("button.countersign.give")).dblclick()
    await sees(troels, "agreed", DANISH("countersign.given_title"))
    await sees(bo, "closed", DANISH("countersign.told_given_title", reference=case))


async def test_a_case_from_the_first_word_to_the_last(desk: Desk, house: House) -> None:
    """Issue items 2 to 4: reported, taken up, coordinated, done, told, and closed by two."""
    anna = await desk.mouse("Anna Bregnekær", **PHONE)
    bo = await desk.mouse("Bo Havrelygte", **PHONE)
    carl = await desk.mouse("Carl Ulvesti", **PHONE)
    troels = await desk.mouse("Troels Nordlyslygte", **PHONE)

    concern = await reports(anna)
    case = await opens_a_case(bo, concern)
    await meets(house, bo, case)
    await does_it(carl, case)
    await tells_the_family(bo, case)
    await is_ready(bo, case)
    old = await an_old_card(carl, case)
    await closes(bo, troels, case)
    await carl.presses(DANISH("button.action.add"), card=old)
    await carl.reads(DANISH("rule.case.closed"), card=old)
    await carl.pictured("whole-case-old-card")
    await bo.says(f"sag {case}")
    await sees(bo, "case-closed", DANISH("case.state_closed"))
    assert not CASE_REFERENCE.search(await anna.page.locator("#chat").inner_text())
