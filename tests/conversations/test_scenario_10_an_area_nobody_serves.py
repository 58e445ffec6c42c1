"""Scenario 10 of concern.md §5.4: no group serves one of the areas when the bot starts."""

from dataclasses import replace

from domain.people import Organisation
from tests.support.chat import Chat
from tests.support.reports import NAME, REPORT
from tests.support.town import DANISH, DENNIS, ORGANISATION, VALBY_GROUP, Town


def without_valby() -> Organisation:
    groups = [
        replace(each, areas=()) if each == VALBY_GROUP else each
        for each in ORGANISATION.committees
    ]
    return replace(ORGANISATION, committees=tuple(groups))


async def test_a_concern_from_there_has_an_owner_in_triage(
    town: Town, anna: Chat, bo: Chat, dennis: Chat
) -> None:
    """AREA-3, CON-6. Only who says so may load such a register: `test_load_organisation`."""
    await town.reorganises(without_valby())
    await town.restarts()

    reference = await anna.reports(REPORT)

    concern = await town.concern(reference)
    assert (concern.group, concern.owner) == (None, DENNIS.id)
    assert reference not in bo.everything()
    duty = DANISH("duty.concern_waiting", reference=f"**{reference}**")
    assert duty in await dennis.types("mine opgaver")
    assert DANISH("route.area_unmapped") in await dennis.opens(reference)
    assert NAME in dennis.last()
    assert DANISH("rule.concern.not_found") in await bo.types(f"åbn {reference}")
