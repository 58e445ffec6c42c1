"""Two cases that are of one person, and facts that were wrong: by card and by keyboard."""

from tests.support.cases import a_case, keep_case
from tests.support.chat import Chat
from tests.support.town import DANISH, SOFIE, STINE, Town

WHY = "Navnet var stavet forkert i bekymringen"


async def two_cases(town: Town) -> None:
    """Keep somebody twice in Bo's group, once under a name spelled wrong."""
    async with town.remembers() as tx:
        await keep_case(tx, a_case("2026-0001"), name="Maks Myrekjær", cpr="0405114003")
        await keep_case(tx, a_case("2026-0002"), name="Max Myrekær")


async def test_two_cases_are_merged_by_two_people_and_taken_apart_again(
    town: Town, bo: Chat
) -> None:
    """CASE-3, domain.md §14.3."""
    await two_cases(town)
    await bo.types("læg sammen 2026-0001")
    await bo.types("2026-0002")
    await bo.types(WHY)
    await bo.types("næste")
    assert DANISH("merge.done_title") in await bo.types("send")
    await town.passes(town.settings.deliver_every)

    stine = town.chat(STINE)
    asked = await stine.presses("countersign.open")
    assert "Maks Myrekjær" in asked
    assert "Max Myrekær" in asked
    assert WHY in asked
    await stine.presses("countersign.give")
    found = await bo.types("søg maks")
    assert "2026-0002" in found
    assert "2026-0001" not in found

    assert DANISH("merge.undone_title") in await stine.types("skil ad 2026-0001")
    assert "2026-0001" in await bo.types("søg maks")


async def test_a_merge_is_proposed_by_card_in_english(town: Town, bo: Chat) -> None:
    await two_cases(town)
    await bo.types("english")
    await bo.types("merge 2026-0001")
    await bo.fills({"into": "2026-0002", "reason": WHY})

    assert "must countersign" in await bo.presses("form.send")


async def test_a_number_that_is_not_there_is_asked_for_again(town: Town, bo: Chat) -> None:
    await two_cases(town)
    await bo.types("læg sammen 2026-0001")
    await bo.fills({"into": "2026-9999", "reason": WHY})

    assert DANISH("rule.case.not_found") in await bo.presses("form.send")


async def test_a_wrong_birthday_is_corrected_and_who_had_read_it_is_told(
    town: Town, bo: Chat
) -> None:
    """AC-DATA-06, AGE-9."""
    await two_cases(town)
    sofie = town.chat(SOFIE)
    await sofie.types("sag 2026-0001")
    await sofie.types("nej 2026-0001")

    await bo.types("ret 2026-0001")
    await bo.fills({"what": "born", "to": "04.06.2008", "ground": "requested", "reason": WHY})
    told = await bo.presses("form.send")
    await town.passes(town.settings.deliver_every)

    assert DANISH("correction.told", count=1) in told
    assert DANISH("correction.then_ssp_transition") in told
    title = DANISH("corrected.title", reference="2026-0001")
    assert title in sofie.everything()
    assert "Myrekjær" not in sofie.last()
    waiting = DANISH("duty.fact_corrected", reference="**2026-0001**")
    assert waiting in await sofie.types("mine opgaver")
    assert waiting not in await bo.types("mine opgaver")
    await sofie.types("sag 2026-0001")
    assert waiting not in await sofie.types("mine opgaver")


async def test_what_stood_there_before_is_for_the_data_steward(town: Town, bo: Chat) -> None:
    """CASE-13."""
    await two_cases(town)
    await bo.types("correct 2026-0001")
    await bo.types("1")
    await bo.types("Max Myrekær")
    await bo.types("1")
    await bo.types(WHY)
    await bo.types("næste")
    await bo.types("send")

    assert "Max Myrekær" in await bo.types("søg max")
    assert "Maks Myrekjær" in await town.chat(STINE).types("rettelser 2026-0001")
    assert DANISH("rule.case.not_found") in await bo.types("rettelser 2026-0001")


async def test_an_objection_is_noted(town: Town, bo: Chat) -> None:
    await two_cases(town)
    await bo.types("indsigelse 2026-0001")
    await bo.fills(
        {
            "request": "objection",
            "received": "2026-03-01",
            "decision": "refused",
            "reason": WHY,
        }
    )

    assert DANISH("objection.done_title") in await bo.presses("form.send")


async def test_it_is_in_the_menu_of_the_facilitators_case(town: Town, bo: Chat) -> None:
    await two_cases(town)
    await bo.types("sag 2026-0001")
    await bo.types("nej 2026-0001")

    offered = await bo.types("hjælp sag")

    for verb in ("case.correct", "case.merge", "case.object"):
        assert DANISH(f"button.{verb}") in offered
