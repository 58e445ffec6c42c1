"""Scenario 11 of concern.md §5.4: how many of level 4 in Ørestad, when the answer is 2."""

from dataclasses import replace

import pytest

from domain.cases import CaseState
from domain.people import AreaCode, Organisation
from tests.support.case_stories import a_case
from tests.support.chat import Chat
from tests.support.organisation_changes import without_seat
from tests.support.town import DANISH, LARS, ORGANISATION, Town
from tests.support.townspeople import LEADERS

ORESTAD = AreaCode("ORE")


def leading_in_orestad() -> Organisation:
    """Let Lars' group lead in Ørestad too."""
    wider = replace(LEADERS, areas=(*LEADERS.areas, ORESTAD))
    committees = [wider if each == LEADERS else each for each in ORGANISATION.committees]
    return replace(ORGANISATION, committees=tuple(committees))


async def cases_in_orestad(town: Town, count: int, *, level: int) -> None:
    for _ in range(count):
        case = await a_case(town, level=level, state=CaseState.FOLLOW_UP)
        async with town.remembers() as tx:
            await tx.cases.save(replace(case, area=ORESTAD))


def where(level: int) -> str:
    return DANISH(
        "overview.where", area="**Ørestad**", level=DANISH("overview.level", level=level)
    )


@pytest.fixture
def lars(town: Town) -> Chat:
    """Leads in Valby and in Ørestad."""
    return town.chat(LARS)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
async def test_is_told_as_too_few_whatever_it_is(town: Town, lars: Chat, count: int) -> None:
    """STAT-3, AC-STAT-01: the same words for one to four, and no total to take it from."""
    await town.reorganises(leading_in_orestad())
    await cases_in_orestad(town, count, level=4)
    await cases_in_orestad(town, 6, level=2)

    told = await lars.types("overblik")

    assert DANISH("overview.hidden", where=where(4)) in told
    assert DANISH("overview.few") in told
    rows = [line for line in told.splitlines() if "Ørestad" in line]
    assert [line for line in rows if f"{where(4)}" in line] == [
        DANISH("overview.hidden", where=where(4))
    ]
    assert "sager: 6" in told
    assert "sager: 8" not in told
    await cases_in_orestad(town, 5 - count, level=4)
    assert f"{where(4)} · sager: 5" in await lars.types("overblik")


async def test_is_told_nowhere_else(town: Town, lars: Chat) -> None:
    """By no other command, and to no leader of another area."""
    await town.reorganises(leading_in_orestad())
    await cases_in_orestad(town, 2, level=4)

    for typed in ("mine sager", "mine opgaver", "søg myrekær", "grupper", "dagsorden", "ssp+ tal"):
        assert "Ørestad" not in await lars.types(typed)
    await town.reorganises(ORGANISATION)
    assert "Ørestad" not in await lars.types("overblik")
    await town.reorganises(without_seat(ORGANISATION, LARS))
    assert DANISH("rule.overview.for_leaders") in await lars.types("overblik")
