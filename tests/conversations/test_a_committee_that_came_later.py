"""A committee that comes into the register when the year has been published (MTG-10)."""

from collections import Counter

from tests.conversations.test_planning_a_year import (
    COMMITTEES,
    IN_A_YEAR,
    published,
    with_committees,
)
from tests.support.chat import Chat
from tests.support.town import CARL, DANISH, EVA, VALBY_GROUP, Town
from tests.support.townspeople import LEADERS
from tests.support.year_plans import COMPUTED, YEAR, meetings_of


async def test_gets_the_rest_of_its_year_when_it_is_planned_anew(dorte: Chat, town: Town) -> None:
    """MTG-10: the others' meetings stay, and only its own people are told once more."""
    await town.reorganises(with_committees(VALBY_GROUP, LEADERS))
    before = await published(dorte, town)
    await town.reorganises(with_committees(*COMMITTEES))
    await dorte.types(f"omplanlæg {YEAR}")
    await dorte.presses("form.next", what="register")
    await town.passes(COMPUTED)

    told = await dorte.types(f"årsplan {YEAR}")
    assert DANISH("yearplan.moved_proven", count=0) in told
    await dorte.presses("yearplan.changes")
    await dorte.presses("yearplan.approve")
    await town.passes(COMPUTED)

    meetings = {each.id: each for each in await meetings_of(town)}
    assert Counter(each.committee for each in meetings.values()) == IN_A_YEAR
    assert [meetings[each.id] for each in before] == before
    title = DANISH("yearplan.told_title", year=YEAR)
    assert town.chat(EVA).everything().count(title) == 1
    assert town.chat(CARL).everything().count(title) == 1
