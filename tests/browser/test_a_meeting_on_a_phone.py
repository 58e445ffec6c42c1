"""A case meeting on a phone: the agenda, an item, a coordination on the spot, what it came to."""

import time
from datetime import date, timedelta

from tests.browser.conftest import Desk
from tests.support.browser_report import STEPS, report
from tests.support.case_stories import CHILD, PROTECTS, REASON, RISK, WHAT
from tests.support.town import DANISH
from tests.support.window import MouseWindow

PHONE = {"width": 360, "height": 740}
# The browser tests run on the real clock.
TODAY = date(*time.gmtime()[:3])
SOON = f"{TODAY + timedelta(days=9):%d.%m.%Y}"
DONT_KNOW = DANISH("seen.unknown")
# Each step of the coordination: its title, and what is typed at it, question by question.
STEPS_TYPED = (
    ("who", ["1"]),
    ("risk", [*[DONT_KNOW] * 5, "nej", RISK]),
    ("protection", [*[DONT_KNOW] * 5, "ja", PROTECTS]),
    ("level", ["1"]),
    ("why", ["1, 3", REASON]),
    ("child", ["ja", CHILD]),
    ("agree", ["1"]),
    ("action_1", ["-", WHAT, "1", SOON, "nej"]),
    ("next", ["2"]),
)


async def sees(window: MouseWindow, name: str, *words: str) -> None:
    await window.reads(*words)
    assert not await window.seen_badly(), name
    await window.pictured(f"phone-meeting-{name}")


async def becomes_a_case(desk: Desk, priya: MouseWindow) -> str:
    """Report something, and let the facilitator make a case of it; give its number."""
    fatima = await desk.mouse("Fatima Ulvespire")
    await fatima.presses(DANISH("button.concern.begin"))
    for step in STEPS:
        await fatima.does(step, report(area="BIS"))
    await fatima.presses(DANISH("button.form.send"))
    concern = await fatima.reference()
    await priya.opens("SSP København")
    await priya.says(f"åbn {concern}")
    await priya.presses(DANISH("relation.no"))
    await priya.says(f"tag op {concern}")
    await priya.says(f"opret sag {concern}")
    return await priya.case()


async def test_a_meeting_is_held_on_a_phone(desk: Desk) -> None:
    """Issue item 4: every card of it is read without scrolling sideways."""
    priya = await desk.mouse("Priya Brombærspire", **PHONE)
    case = await becomes_a_case(desk, priya)
    await priya.says("dagsorden")
    await sees(priya, "agenda", case, DANISH("meeting.why_new_case"))

    await priya.presses(DANISH("button.meeting.begin"))
    await sees(priya, "present", DANISH("meeting_begin.step.present"))
    await priya.presses(DANISH("button.form.finish"))
    while not await priya.card.get_by_text(case, exact=True).count():
        await priya.presses(DANISH("button.meeting.next"))
    await sees(priya, "item", case)
    await priya.presses(DANISH("button.case.open"))
    await sees(priya, "case", DANISH("case.title", reference=case))

    await priya.presses(DANISH("button.case.coordinate"))
    for step, answers in STEPS_TYPED:
        await sees(priya, step, DANISH(f"coordination.step.{step}"))
        for answer in answers:
            await priya.says(answer)
    await sees(priya, "review", DANISH("coordination.step.review"), REASON, WHAT)
    await priya.presses(DANISH("button.form.send"))
    await sees(priya, "coordinated", DANISH("coordination.done_title"))
    await priya.presses(DANISH("button.case.back"))
    await sees(priya, "case-after", RISK, PROTECTS, CHILD, WHAT)

    await priya.presses(DANISH("button.meeting.stand"))
    await priya.presses(DANISH("button.meeting.sum_up"))
    await sees(priya, "summed-up", DANISH("meeting.so_far"), DANISH("note.n4_held"))
    await priya.presses(DANISH("button.meeting.end"))
    await sees(priya, "over", DANISH("meeting.over_body"), DANISH("note.n4_held"))
