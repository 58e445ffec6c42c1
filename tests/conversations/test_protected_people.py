"""Somebody whose name and address are protected is reported without any address (field 1.4)."""

from tests.support.chat import Chat
from tests.support.reports import REPORT, answers_of
from tests.support.town import DANISH, Town

ADDRESS = "Testvej 12"


async def test_an_address_is_not_stored_and_the_rest_of_the_text_is_kept(
    town: Town, anna: Chat
) -> None:
    await anna.types("bekymring")

    told = await anna.fills({**REPORT, "protected": "yes", "school": f"Skolen på {ADDRESS}"})

    assert DANISH("rule.concern.protected_address") in told
    await anna.presses(
        "form.next", protected="yes", area="VAL", school="Valby Skole", interpreter="no"
    )
    told = await anna.fills({**REPORT, "place": ADDRESS})
    assert DANISH("rule.concern.protected_address") in told
    assert (await answers_of(town, anna))["observed"] == REPORT["observed"]


async def test_anybody_else_is_only_advised_to_leave_it_out(anna: Chat) -> None:
    await anna.types("bekymring")

    told = await anna.fills({**REPORT, "observed": f"{REPORT['observed']} ved {ADDRESS}"})

    assert DANISH("concern.step.review") in anna.last()
    assert DANISH("rule.concern.protected_address") not in told
