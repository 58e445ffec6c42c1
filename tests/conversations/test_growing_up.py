"""Scenario 5 of concern.md §5.4: 17½ at midnight in February, 18 without a decision."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.cases import CaseState
from tests.support.case_stories import NAME, a_case, anew, opens
from tests.support.chat import Chat
from tests.support.plus_stories import ASSESSED, comes, fills_in, near_18
from tests.support.town import DANISH, LARS, RUTH, Town

BORN = date(2010, 8, 31)
A_LEAP_YEAR = datetime(2028, 2, 28, 12, tzinfo=UTC)
HOURS = timedelta(hours=1)


@pytest.fixture
def lars(town: Town) -> Chat:
    """Leads in Valby."""
    return town.chat(LARS)


@pytest.fixture
def ruth(town: Town) -> Chat:
    """Leads SSP+."""
    return town.chat(RUTH)


async def test_a_17_year_old_crosses_17_and_a_half_in_february_and_turns_18(
    town: Town, bo: Chat, lars: Chat, ruth: Chat
) -> None:
    """AGE-6, invariant 11: told on the day, reminded twice, and nobody loses the case."""
    town.hour.now = A_LEAP_YEAR - 24 * HOURS
    await town.passes(HOURS)  # the house has been running before that night
    case = await a_case(town, born=BORN, level=3, state=CaseState.FOLLOW_UP, now=town.hour.now)
    title = DANISH("plus_notice.plus_assess_title", reference=case.reference)

    # nothing on the 28th; on the 29th, as February has no 31st, Bo is told in the morning
    await comes(town, A_LEAP_YEAR)
    assert title not in bo.everything()
    await comes(town, datetime(2028, 2, 28, 23, 30, tzinfo=UTC))
    assert title not in bo.everything()
    await comes(town, datetime(2028, 2, 29, 8, tzinfo=UTC))
    assert title in bo.everything()
    assert NAME not in bo.everything()
    assert case.reference in bo.reads(bo.card_with("case.open"))

    # at 17 years and 9 months, and 14 days before 18
    for heard, day in enumerate((date(2028, 5, 31), date(2028, 8, 17)), start=2):
        await comes(town, datetime(day.year, day.month, day.day, 8, tzinfo=UTC))
        assert bo.everything().count(title) == heard

    # 18, and nobody has decided: the leaders hear a number
    await comes(town, datetime(2028, 8, 31, 8, tzinfo=UTC))
    escalated = DANISH("plus_notice.plus_escalated_title", reference=case.reference)
    for leader in (lars, ruth):
        assert escalated in leader.everything()
        assert NAME not in leader.everything()
        refused = await leader.types(f"sag {case.reference}")
        assert DANISH("rule.case.not_found") in refused
    assert escalated in bo.everything()
    kept = await anew(town, case)
    assert (kept.state, kept.group) == (case.state, case.group)
    assert DANISH("plus.escalated") in await opens(bo, case)


async def test_a_decision_ends_it(town: Town, bo: Chat, lars: Chat) -> None:
    case = await near_18(town)
    assert DANISH("plus.to_assess") in await opens(bo, case)

    no = {"verdict": "not_in_target", "reason": "Har holdt sig fri i et år"}
    told = await fills_in(bo, "vurdér", case, no)

    assert DANISH("assess.done_title") in told
    before = lars.everything()
    await comes(town, datetime(2026, 8, 15, 8, tzinfo=UTC))
    assert lars.everything() == before


async def test_the_level_suggests_and_the_group_decides(town: Town, bo: Chat) -> None:
    """AGE-4."""
    case = await near_18(town)
    await opens(bo, case)

    asked = await bo.types(f"vurdér {case.reference}")

    assert DANISH("assess.hint_in", level=3) in asked
    without = {**ASSESSED, "criteria": ""}
    refused = await fills_in(bo, "vurdér", case, without)
    assert DANISH("assess.done_title") not in refused


async def test_it_is_among_the_facilitators_duties(town: Town, bo: Chat, eva: Chat) -> None:
    case = await near_18(town)
    duty = DANISH("duty.case_to_assess", reference=f"**{case.reference}**")

    assert duty in await bo.types("mine opgaver")
    assert duty not in await eva.types("mine opgaver")


async def test_the_group_can_bring_the_leaders_in_itself(town: Town, bo: Chat, lars: Chat) -> None:
    """PLUS-2: near 18, when SSP+ has said no."""
    case = await near_18(town)
    await opens(bo, case)

    told = await bo.types(f"inddrag ledere {case.reference}")

    assert DANISH("plus_done.escalated_title", reference=case.reference) in told
    assert case.reference in lars.last()
    assert NAME not in lars.everything()
