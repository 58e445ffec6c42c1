"""A year is planned by the real planner in a process of its own, while the bot answers."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID, uuid4

import pytest_asyncio

from domain.absences import Absence
from domain.committee_meetings import CommitteeMeeting
from domain.meeting_year import Habits
from domain.people import Committee, Organisation
from domain.plan_runs import PlanRun, PlanState, Proposed
from domain.working_days import is_working_day
from tests.support.chat import Chat
from tests.support.town import (
    BO,
    CARL,
    DANISH,
    DORTE,
    EVA,
    MONDAY_NOON,
    ORGANISATION,
    VALBY_GROUP,
    VANLOESE_GROUP,
    Town,
)
from tests.support.townspeople import LEADERS
from tests.support.year_plans import COMPUTED, YEAR, meetings_of, run_of

WITHIN = 60  # seconds of patience with a busy machine
COMMITTEES = (VALBY_GROUP, VANLOESE_GROUP, LEADERS)
IN_A_YEAR = {VALBY_GROUP.code: 23, VANLOESE_GROUP.code: 23, LEADERS.code: 11}
CODES = frozenset(IN_A_YEAR)


@pytest_asyncio.fixture(autouse=True)
async def three_committees(town: Town) -> None:
    """Let there be few committees, so that a plan takes a second or two."""
    await town.reorganises(with_committees(*COMMITTEES))


def with_committees(*committees: Committee) -> Organisation:
    codes = {each.code for each in committees}
    seats = tuple(each for each in ORGANISATION.memberships if each.committee in codes)
    return replace(ORGANISATION, committees=committees, memberships=seats)


async def asked(dorte: Chat, town: Town) -> PlanRun:
    """Let Dorte ask for a plan of the year."""
    await dorte.types(f"planlæg {YEAR}")
    await dorte.presses("form.next", holds="")
    return await latest(town)


async def latest(town: Town) -> PlanRun:
    async with town.remembers() as tx:
        return (await tx.year_plans.of_year(YEAR))[0]


async def begins_to_compute(town: Town, id: UUID) -> None:
    """Let the planner's process say its first word."""
    town.house.timetable.wake("plan-years")
    async with asyncio.timeout(WITHIN):
        while not (await run_of(town, id)).phase:
            pass  # looking is waiting: the planner goes on meanwhile


async def published(dorte: Chat, town: Town) -> list[CommitteeMeeting]:
    await asked(dorte, town)
    await town.passes(COMPUTED)
    await dorte.types(f"årsplan {YEAR} ændringer")
    await dorte.presses("yearplan.approve")
    await town.passes(COMPUTED)
    return await meetings_of(town)


class TestAYear:
    async def test_is_asked_for_computed_looked_at_approved_and_published(
        self, dorte: Chat, town: Town
    ) -> None:
        """MTG-1, MTG-10: from the first word to a message for everybody concerned."""
        told = await dorte.types(f"årsplan {YEAR}")
        assert DANISH("yearplan.none_title", year=YEAR) in told
        await dorte.presses("yearplan.begin")
        told = await dorte.presses("form.next", holds="")
        assert DANISH("yearplan.computing_plan", year=YEAR) in told

        await town.passes(COMPUTED)
        assert DANISH("yearplan.ready_proposed", year=YEAR) in dorte.last()
        told = await dorte.presses("yearplan.open")
        assert DANISH("yearplan.proposed_plan", year=YEAR) in told
        assert f"{sum(IN_A_YEAR.values())}" in told
        await dorte.presses("yearplan.changes")
        told = await dorte.presses("yearplan.approve")
        assert DANISH("yearplan.publishing_title", year=YEAR) in told
        await town.passes(COMPUTED)

        meetings = await meetings_of(town)
        assert Counter(each.committee for each in meetings) == IN_A_YEAR
        assert all(is_working_day(each.day) for each in meetings)
        assert {each.led_by for each in meetings if each.committee == VALBY_GROUP.code} == {BO.id}
        for person in (BO, CARL, EVA):
            told_them = town.chat(person).everything()
            assert told_them.count(DANISH("yearplan.told_title", year=YEAR)) == 1
        assert "Godkendt af Dorte Skovfoged" in await dorte.types(f"årsplan {YEAR}")

    async def test_is_shown_on_the_card_that_asked_while_it_is_computed(
        self, dorte: Chat, town: Town
    ) -> None:
        """teams.md §7.18: the card shows how far it has come, and at last that it is there."""
        run = await asked(dorte, town)
        town.house.timetable.wake("confirm-turns")
        await town.settles()
        card = dorte.card_with("yearplan.drop")

        await begins_to_compute(town, run.id)
        await town.settles()

        shown = next(each for each in dorte.messages() if each.id == card.id)
        assert DANISH("yearplan.ready_proposed", year=YEAR) in dorte.reads(shown)

    async def test_lets_the_bot_answer_meanwhile(
        self, dorte: Chat, anna: Chat, town: Town
    ) -> None:
        """MTG-3."""
        run = await asked(dorte, town)
        await begins_to_compute(town, run.id)

        [answer] = await anna.teams.says(anna.person.aad_id, "skoleferier 2027")

        assert (await run_of(town, run.id)).state is PlanState.WAITING
        assert DANISH("holiday.title", year=YEAR) in anna.reads(answer)
        await town.settles()

    async def test_is_computed_to_the_end_by_a_bot_that_was_started_again(
        self, dorte: Chat, town: Town
    ) -> None:
        run = await asked(dorte, town)
        await begins_to_compute(town, run.id)

        await town.restarts()
        await town.settles()

        found = await run_of(town, run.id)
        assert found.state is PlanState.PROPOSED
        assert DANISH("yearplan.ready_proposed", year=YEAR) in dorte.last()

    async def test_that_nobody_wants_any_more_is_not_computed_to_the_end(
        self, dorte: Chat, town: Town
    ) -> None:
        run = await asked(dorte, town)
        await begins_to_compute(town, run.id)

        told = await dorte.types(f"kassér årsplan {YEAR}")

        assert DANISH("yearplan.over_dropped", year=YEAR) in told
        assert (await run_of(town, run.id)).result is None
        assert DANISH("yearplan.ready_proposed", year=YEAR) not in dorte.everything()

    async def test_is_asked_for_once_however_often_the_button_is_pressed(
        self, dorte: Chat, town: Town
    ) -> None:
        await dorte.types(f"planlæg {YEAR}")
        card = dorte.form()
        await dorte.presses_on(card, "form.next", holds="")
        await dorte.presses_on(card, "form.next", holds="")
        await dorte.types(f"planlæg {YEAR}")
        told = await dorte.presses("form.next", holds="")

        assert DANISH("rule.year_plan.under_way", year=YEAR) in told
        async with town.remembers() as tx:
            assert len(await tx.year_plans.of_year(YEAR)) == 1

    async def test_is_not_for_others_to_plan(self, bo: Chat) -> None:
        told = await bo.types(f"planlæg {YEAR}")

        assert DANISH("rule.meeting_year.not_found") in told

    async def test_that_has_no_plan_says_why(self, dorte: Chat, town: Town) -> None:
        """MTG-9: the committee and the days, and no part of a plan."""
        march = [date(YEAR, 3, 1) + timedelta(days=7 * week) for week in range(5)]
        only_mondays = tuple(f"{day}{half}" for day in range(1, 6) for half in "ap")[2:]
        async with town.remembers() as tx:
            await tx.year_calendar.save_habits(
                Habits(committee=LEADERS.code, barred=only_mondays, noted_at=MONDAY_NOON)
            )
        for day in march:
            await dorte.types("ny lukkedag")
            await dorte.types(f"{day:%d.%m.%Y}")
            await dorte.types("Ombygning")
        run = await asked(dorte, town)
        await town.passes(COMPUTED)

        told = await dorte.types(f"årsplan {YEAR}")

        assert DANISH("yearplan.impossible_plan", year=YEAR) in told
        assert "Ledergruppe Vest har ingen dag at mødes på: mandag 1. marts 2027 til" in told
        assert not isinstance((await run_of(town, run.id)).result, Proposed)


class TestReplanning:
    async def test_moves_the_one_meeting_whose_leader_will_be_away_and_tells_only_its_people(
        self, dorte: Chat, town: Town
    ) -> None:
        """MTG-10."""
        before = {each.id: each for each in await published(dorte, town)}
        hit = next(
            each
            for each in before.values()
            if each.committee == VALBY_GROUP.code and each.day > date(YEAR, 2, 1)
        )
        async with town.remembers() as tx:
            await tx.absences.add(
                Absence(
                    id=uuid4(),
                    person=BO.id,
                    from_on=hit.day,
                    to_on=hit.day,
                    noted_at=MONDAY_NOON,
                )
            )
        await dorte.types(f"omplanlæg {YEAR}")
        await dorte.presses("form.next", what="register")
        await town.passes(COMPUTED)

        told = await dorte.types(f"årsplan {YEAR}")
        assert DANISH("yearplan.moved_proven", count=1) in told
        await dorte.presses("yearplan.changes")
        await dorte.presses("yearplan.approve")
        await town.passes(COMPUTED)

        moved = [each for each in await meetings_of(town) if each.day != before[each.id].day]
        assert [each.id for each in moved] == [hit.id]
        title = DANISH("yearplan.told_title", year=YEAR)
        assert town.chat(CARL).everything().count(title) == 2
        assert town.chat(EVA).everything().count(title) == 1

    async def test_takes_a_committee_out_of_a_week(self, dorte: Chat, town: Town) -> None:
        before = await published(dorte, town)
        hit = next(each for each in before if each.committee == LEADERS.code and each.number == 4)
        await dorte.types(f"omplanlæg {YEAR}")
        await dorte.presses("form.next", what="week")
        await dorte.presses("form.next", committee=LEADERS.code, week=str(hit.day))
        await town.passes(COMPUTED)

        run = await latest(town)

        assert isinstance(run.result, Proposed)
        planned = {(each.committee, each.number): each for each in run.result.plan.meetings}
        elsewhere = planned[LEADERS.code, 4].day
        assert elsewhere.isocalendar()[:2] != hit.day.isocalendar()[:2]
        assert run.result.moved == 1

    async def test_is_not_offered_before_there_is_a_plan(self, dorte: Chat) -> None:
        told = await dorte.types(f"omplanlæg {YEAR}")

        assert DANISH("rule.year_plan.none_published", year=YEAR) in told


async def test_how_many_facilitators_a_year_needs_is_answered(dorte: Chat, town: Town) -> None:
    await dorte.types(f"facilitatorer {YEAR}")
    await town.passes(COMPUTED)
    told = await dorte.presses("yearplan.open")

    assert DANISH("yearplan.staff_enough", needed=1, have=2) in told
    assert DANISH("yearplan.staff_proven") in told


def test_the_three_committees_share_nobody_by_accident() -> None:
    """What the stories above rest on: only their own people are told."""
    people = {
        code: {each.person for each in ORGANISATION.memberships if each.committee == code}
        for code in CODES
    }

    assert not [pair for pair in combinations(people.values(), 2) if pair[0] & pair[1]]
    assert DORTE.id not in set.union(*people.values())
