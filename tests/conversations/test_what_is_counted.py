"""What statistics are made of: facts, noted as things happen, with nobody in them (STAT-2, 4)."""

from sqlalchemy import select

from domain.facts import AgeGroup, Fact, FactKind
from storage.plan_rows import facts
from tests.support.case_stories import COORDINATED, a_case, coordinates
from tests.support.chat import Chat
from tests.support.reports import NAME, OBSERVED, REPORT
from tests.support.town import Town


async def noted(town: Town, *kinds: FactKind) -> list[Fact]:
    async with town.remembers() as tx:
        return await tx.facts.of_kinds(kinds)


async def test_a_concern_counts_without_its_person(town: Town, anna: Chat) -> None:
    await anna.reports(REPORT)

    [fact] = await noted(town, FactKind.CONCERN_RECEIVED)

    assert (fact.quarter, fact.band, fact.area) == ("2026-Q1", AgeGroup.FROM_13, "VAL")
    assert fact.pseudonym is None
    async with town.remembers() as tx:
        rows = repr((await tx.connection.execute(select(facts))).all())
    assert NAME not in rows
    assert OBSERVED not in rows
    assert "2011" not in rows


async def test_a_coordination_counts_with_the_days_it_was_waited_for(town: Town, bo: Chat) -> None:
    case = await a_case(town)

    await coordinates(bo, case)

    kinds = (FactKind.COORDINATED, FactKind.COORDINATED_FIRST, FactKind.LEVEL_SET)
    found = {each.kind: each for each in await noted(town, *kinds)}
    assert found.keys() == set(kinds)
    assert found[FactKind.COORDINATED_FIRST].value == 0
    assert found[FactKind.LEVEL_SET].level == int(COORDINATED["level"])
    assert len({each.pseudonym for each in found.values()} - {None}) == 1
