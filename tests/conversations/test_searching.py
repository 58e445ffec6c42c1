"""Searching for people: only one's own, on record, and no traces of what one may not see."""

from collections.abc import Mapping

import pytest

from domain.people import Person
from domain.searching import MOST_SHOWN
from tests.support.cases import a_case, keep_case
from tests.support.chat import Chat
from tests.support.reports import REPORT
from tests.support.town import ANNA, BO, CARL, DANISH, DORTE, EVA, HELLE, SOFIE, STINE, Town

CPR = "0405114003"
NUMBERED = {**REPORT, "cpr": CPR}
NONE = DANISH("search.none")


async def has_case(town: Town, report: Mapping[str, str] = NUMBERED, by: Person = BO) -> str:
    """Report somebody, and open a case about them; give the number of the concern."""
    reference = await town.chat(ANNA).reports(report)
    chat = town.chat(by)
    await chat.opens(reference)
    await chat.types(f"opret sag {reference}")
    return reference


async def shown(town: Town, about: str) -> list[tuple[str | None, str]]:
    """List on record whose searches were about this, and what came of them."""
    async with town.remembers() as tx:
        events = await tx.audit.of(about)
    return [(each.actor, each.result) for each in events if each.action == "case.search"]


@pytest.mark.parametrize("said", ["Max Myrekær", "myr", "max 04.05.2011", CPR])
async def test_finds_ones_own_by_name_or_number(town: Town, bo: Chat, said: str) -> None:
    await has_case(town)

    found = await bo.types(f"søg {said}")

    assert "2026-0001" in found
    assert "Max Myrekær" in found
    assert DANISH("search.in_chat") in found


async def test_in_the_field_of_a_card_leaves_nothing_in_the_chat(town: Town, bo: Chat) -> None:
    await has_case(town)

    assert DANISH("search.body") in await bo.types("søg")
    found = await bo.presses("case.find", who="Max Myrekær")

    assert "2026-0001" in found
    assert DANISH("search.in_chat") not in found
    written = [each.text for each in town.teams.messages(bo.personal) if each.sender]
    assert not [text for text in written if "Max" in text]


async def test_opens_who_was_found(town: Town, bo: Chat) -> None:
    await has_case(town)
    await bo.types("search myr")

    assert "2026-0001" in await bo.presses("case.open")


@pytest.mark.parametrize(
    "person", [EVA, CARL, STINE, DORTE, SOFIE], ids=lambda person: str(person.id)
)
async def test_finds_for_each_what_they_may_see(town: Town, person: Person) -> None:
    """AC-AZ-09: Eva's group is another, Carl is recused; the others may know who it is."""
    near = {"relation": "another", "relation_names": CARL.name}
    await has_case(town, {**NUMBERED, **near})
    chat = town.chat(person)

    for said in ("max myrekær", CPR):
        found = await chat.types(f"søg {said}")
        assert ("2026-0001" in found) is (person not in {EVA, CARL})


async def test_says_the_same_of_those_out_of_reach_and_those_who_are_not_there(
    town: Town,
) -> None:
    """AC-AZ-09, INH-3: by name and by number, for a stranger to the case and for the recused."""
    near = {"relation": "another", "relation_names": CARL.name}
    await has_case(town, {**NUMBERED, **near})

    for person in (EVA, CARL):
        chat = town.chat(person)
        missing = await chat.types("søg Xerxes Zobel")
        assert NONE in missing
        for said in ("max", "max myrekær", CPR):
            assert await chat.types(f"søg {said}") == missing


@pytest.mark.parametrize("person", [ANNA, HELLE], ids=lambda person: str(person.id))
async def test_is_not_for_those_without_cases(town: Town, person: Person) -> None:
    await has_case(town)
    chat = town.chat(person)

    told = await chat.types("søg max")

    assert "2026-0001" not in told
    assert await chat.types("søg xerxes") == told


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ma", "rule.search.too_short"),
        ("m b", "rule.search.too_short"),
        ("max*", "rule.search.wildcard"),
        ("m%x", "rule.search.wildcard"),
        ("___", "rule.search.wildcard"),
        ("3102114003", "rule.cpr.date"),
    ],
)
async def test_for_too_many_is_refused_with_what_to_write_instead(
    town: Town, bo: Chat, said: str, sentence: str
) -> None:
    """AC-AZ-09."""
    await has_case(town)

    told = await bo.types(f"søg {said}")

    assert DANISH(sentence, least=3) in told
    assert "2026-0001" not in told


async def test_is_on_record_with_whom_it_showed(town: Town, bo: Chat) -> None:
    """AC-AZ-09, SEC-1: and never with what was looked for."""
    reference = await has_case(town)
    concern = await town.concern(reference)
    await bo.types("søg max")
    await bo.types("søg xerxes")

    assert await shown(town, "people") == [(BO.id, "1"), (BO.id, "0")]
    assert await shown(town, str(concern.case)) == [(BO.id, "shown")]


async def test_shows_no_more_than_so_many(town: Town, bo: Chat) -> None:
    async with town.remembers() as tx:
        for number in range(MOST_SHOWN + 1):
            await keep_case(tx, a_case(f"2026-9{number:03}"), name="Karl Krage")

    found = await bo.types("søg karl")

    assert found.count("Karl Krage") == MOST_SHOWN
    assert DANISH("search.more") in found
