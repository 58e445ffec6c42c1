"""A concern typed answer by answer, without a mouse, while the bot is started again."""

from devtools.house import House
from tests.browser.conftest import Desk
from tests.support.browser_report import TURNED_14
from tests.support.reports import HOPE, NAME, NECESSARY, OBSERVED, PROTECTED_BY, WHY_NO_NOTICE
from tests.support.town import DANISH

SKIP = "spring over"
BEFORE_THE_RESTART = (
    ("danger", "nej"),
    ("notified", "3"),
    ("notified_why", WHY_NO_NOTICE),
    ("relation", "nej"),
    ("name", NAME),
    ("cpr", SKIP),
    ("born", f"{TURNED_14:%d.%m.%Y}"),
    ("protected", "nej"),
    ("area", "Valby"),
    ("school", SKIP),
    ("custody", SKIP),
    ("interpreter", "nej"),
    ("happened_on", "27.02.2026"),
    ("happened_until", SKIP),
    ("place", SKIP),
)
AFTER_THE_RESTART = (
    ("observed", OBSERVED),
    ("source", "1"),
    ("others", "nej"),
    ("signs_1", "1"),
    ("signs_2", SKIP),
    ("signs_3", SKIP),
    ("signs_4", SKIP),
    ("sign_other", SKIP),
    ("level", "ok"),
    ("risk_individual", SKIP),
    ("risk_family", SKIP),
    ("risk_surroundings", SKIP),
    ("tried", SKIP),
    ("protect_individual", PROTECTED_BY),
    ("protect_family", SKIP),
    ("protect_surroundings", SKIP),
    ("protect_none", SKIP),
    ("hope", HOPE),
    ("c1", "ja"),
    ("c2", "ja"),
    ("c3", "ja"),
    ("necessity", NECESSARY),
    ("sensitive", "ingen af dem"),
    ("informed", "ikke endnu"),
    ("child_view", SKIP),
    ("shield", "nej"),
)
WRITTEN = (NAME, OBSERVED, WHY_NO_NOTICE, HOPE, NECESSARY, PROTECTED_BY)


async def test_a_concern_typed_by_niels_survives_a_restart_and_reaches_bo(
    desk: Desk, house: House
) -> None:
    """CON-3, CON-7: what can be clicked can be typed, by who files it and by who handles it."""
    niels = await desk.keyboard("Niels Skovkrone")
    await niels.says("bekymring")
    for question, answer in BEFORE_THE_RESTART:
        await niels.answers(question, answer)
    await niels.pictured("keyboard-form")

    house.restart_bot()

    for question, answer in AFTER_THE_RESTART:
        await niels.answers(question, answer)
    await niels.reads(*WRITTEN, DANISH("concern.step.review"))
    await niels.says("send")
    reference = await niels.reference()
    await niels.pictured("keyboard-receipt")

    bo = await desk.keyboard("Bo Havrelygte")
    await bo.reads(DANISH("task.waiting_title", reference=reference))
    await bo.says(f"åbn {reference}")
    await bo.reads(DANISH("relation.title", reference=reference), NAME)
    await bo.pictured("keyboard-relation")
    await bo.says(f"nej {reference}")
    await bo.reads(*WRITTEN)
    await bo.pictured("keyboard-reading")
    await bo.says(f"tag op {reference}")
    await bo.reads(DANISH("handled.taken_up_title", reference=reference))

    await niels.reads(DANISH("concern.status_title", reference=reference))
    await niels.pictured("keyboard-status")
    assert await niels.hands() == await bo.hands() == ["keys"]


async def test_the_buttons_of_a_card_can_be_reached_and_pressed_with_the_keyboard(
    desk: Desk,
) -> None:
    hodan = await desk.keyboard("Hodan Ulvefjer")
    await hodan.tabs_to(hodan.button(DANISH("button.concern.begin")), key="Shift+Tab")
    await hodan.page.keyboard.press("Enter")
    await hodan.step("safety")
    await hodan.ticks("danger", "yes")
    await hodan.ticks("notified", "will")
    await hodan.ticks("relation", "no")
    await hodan.tabs_to(hodan.button(DANISH("button.form.next")))
    await hodan.pictured("keyboard-focus")
    await hodan.page.keyboard.press("Enter")

    await hodan.step("call_112")
    await hodan.tabs_to(hodan.button(DANISH("button.form.cancel")))
    await hodan.page.keyboard.press("Enter")
    await hodan.reads(DANISH("form.cancel_title"))
    await hodan.tabs_to(hodan.button(DANISH("button.form.cancel_yes")))
    await hodan.page.keyboard.press("Enter")
    await hodan.reads(DANISH("form.cancelled_title"))
    assert await hodan.hands() == ["keys"]
