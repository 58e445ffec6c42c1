"""A plan is looked at, approved and published: whoever it concerns is told once, nobody else."""

from datetime import date, timedelta
from uuid import uuid4

from domain.committee_meetings import MeetingState
from domain.plan_runs import MOST_CLAIMS, PlanState
from scheduler.plan_years import LEASE
from tests.support.chat import Chat
from tests.support.own_meetings import standing_in, substitute
from tests.support.town import ANNA, BO, CARL, DANISH, DENNIS, EVA, LARS, PER, VALBY_GROUP, Town
from tests.support.year_plans import (
    COMPUTED,
    DAYS,
    YEAR,
    a_plan,
    kept,
    meetings_of,
    moves,
    published,
    run_of,
)

TOLD = DANISH("yearplan.told_title", year=YEAR)


class TestAProposal:
    async def test_says_its_figures_as_they_are(self, dorte: Chat, town: Town) -> None:
        """MTG-4: cost, what the simple method costs, the bound, and what is proven."""
        await kept(town)

        told = await dorte.types(f"årsplan {YEAR}")

        assert DANISH("yearplan.good_dates") in told
        for figure in ("97 %", "12", "20", "9 (25 % under prisen)"):
            assert figure in told

    async def test_tells_nobody_before_it_is_approved(self, dorte: Chat, town: Town) -> None:
        """MTG-10: not even after somebody has looked at all of it."""
        await kept(town)
        await dorte.types(f"årsplan {YEAR} ændringer")
        await town.passes(COMPUTED)

        assert TOLD not in town.chat(BO).everything()
        assert await meetings_of(town) == []

    async def test_waits_among_the_tasks_of_who_plans(
        self, dorte: Chat, bo: Chat, town: Town
    ) -> None:
        await kept(town)

        waiting = DANISH("duty.year_plan_proposed", reference=f"**{YEAR}**")
        assert waiting in await dorte.types("mine opgaver")
        assert waiting not in await bo.types("mine opgaver")

    async def test_is_dropped_and_changes_nothing(self, dorte: Chat, town: Town) -> None:
        run = await kept(town)

        told = await dorte.types(f"kassér årsplan {YEAR}")

        assert DANISH("yearplan.over_dropped", year=YEAR) in told
        assert (await run_of(town, run.id)).state is PlanState.DROPPED
        assert DANISH("yearplan.none_title", year=YEAR) in await dorte.types(f"årsplan {YEAR}")

    async def test_is_not_there_for_others(self, bo: Chat, town: Town) -> None:
        """They see their own meetings of the year, and nothing of what is proposed."""
        await kept(town)

        told = await bo.types(f"årsplan {YEAR}")

        assert DANISH("yearplan.list_title", year=YEAR) in told
        assert DANISH("yearplan.list_none", year=YEAR) in told


class TestPublishing:
    async def test_makes_the_meetings_and_tells_each_person_once(
        self, dorte: Chat, town: Town
    ) -> None:
        await published(town, dorte)

        meetings = await meetings_of(town)
        assert [each.day for each in meetings] == list(DAYS)
        assert {each.led_by for each in meetings} == {BO.id}
        for person in (BO, CARL):
            assert town.chat(person).everything().count(TOLD) == 1
        for person in (ANNA, EVA, LARS):
            assert TOLD not in town.chat(person).everything()
        told = await town.chat(CARL).presses("yearplan.mine")
        assert "Nyt: tirsdag 12. januar 2027 kl. 09.00" in told

    async def test_twice_makes_one(self, dorte: Chat, town: Town) -> None:
        """AC-CARD-04: the second press is told that there is nothing to decide any more."""
        await kept(town)
        await dorte.types(f"årsplan {YEAR} ændringer")
        card = dorte.card(dorte.messages()[-1])
        await dorte.presses_on(card, "yearplan.approve")

        told = await dorte.presses_on(card, "yearplan.approve")
        await town.passes(COMPUTED)

        assert DANISH("rule.year_plan.not_proposed") in told
        assert len(await meetings_of(town)) == len(DAYS)
        assert town.chat(CARL).everything().count(TOLD) == 1

    async def test_by_keyboard_takes_the_letters_under_the_changes(
        self, dorte: Chat, town: Town
    ) -> None:
        await kept(town)
        told = await dorte.types(f"årsplan {YEAR} ændringer")
        command = told.partition("Skriv *udgiv")[2].partition("*")[0]

        wrong = await dorte.types(f"udgiv årsplan {YEAR} 00000000")
        assert DANISH("rule.year_plan.moved_on") in wrong
        await dorte.types(f"udgiv{command}")
        await town.passes(COMPUTED)

        assert len(await meetings_of(town)) == len(DAYS)

    async def test_refuses_a_card_that_shows_other_changes_than_there_are(
        self, dorte: Chat, town: Town
    ) -> None:
        """MTG-10: what is approved is what was seen."""
        await published(town, dorte)
        await kept(town, a_plan(*DAYS[:2], date(2027, 2, 16)))
        await dorte.types(f"årsplan {YEAR} ændringer")
        [first, *_] = await meetings_of(town)
        await moves(town, first, day=date(2027, 1, 14))

        told = await dorte.presses("yearplan.approve")
        await town.passes(COMPUTED)

        assert DANISH("rule.year_plan.moved_on") in told
        assert (await meetings_of(town))[0].day == date(2027, 1, 14)

    async def test_a_new_plan_moves_adds_and_cancels_and_replaces_the_old_one(
        self, dorte: Chat, town: Town
    ) -> None:
        old = await published(town, dorte)
        await kept(town, a_plan(DAYS[0], date(2027, 1, 28)))
        told = await dorte.types(f"årsplan {YEAR} ændringer")
        assert "Flyttet fra tirsdag 26. januar 2027 kl. 09.00 til torsdag 28. januar" in told
        assert "Aflyst: tirsdag 9. februar 2027 kl. 09.00" in told
        await dorte.presses("yearplan.approve")
        await town.passes(COMPUTED)

        states = [(each.day, each.state, each.sequence) for each in await meetings_of(town)]
        assert states == [
            (DAYS[0], MeetingState.PLANNED, 0),
            (date(2027, 1, 28), MeetingState.PLANNED, 1),
            (DAYS[2], MeetingState.CANCELLED, 1),
        ]
        assert (await run_of(town, old.id)).state is PlanState.REPLACED

    async def test_is_taken_over_from_a_replica_that_died_in_the_middle_of_it(
        self, dorte: Chat, town: Town
    ) -> None:
        run = await kept(town)
        await dorte.types(f"årsplan {YEAR} ændringer")
        await dorte.presses("yearplan.approve")
        async with town.remembers() as tx:
            dead = await tx.year_plans.claim(now=town.hour.now, lease=timedelta(minutes=10))
        assert dead is not None
        await town.passes(COMPUTED)
        assert (await run_of(town, run.id)).state is PlanState.APPROVED

        await town.passes(timedelta(minutes=10))

        assert (await run_of(town, run.id)).state is PlanState.PUBLISHED
        async with town.remembers() as tx:
            assert not await tx.year_plans.settle(dead.failed(at=town.hour.now))
        assert len(await meetings_of(town)) == len(DAYS)
        assert town.chat(CARL).everything().count(TOLD) == 1

    async def test_is_never_given_up_halfway(self, dorte: Chat, town: Town) -> None:
        """However many replicas die over it: of some committees the meetings are there."""
        run = await kept(town)
        await dorte.types(f"årsplan {YEAR} ændringer")
        await dorte.presses("yearplan.approve")
        for number in range(MOST_CLAIMS + 1):
            async with town.remembers() as tx:
                at = town.hour.now + number * LEASE
                assert await tx.year_plans.claim(now=at, lease=LEASE)

        await town.passes((MOST_CLAIMS + 2) * LEASE)

        assert (await run_of(town, run.id)).state is PlanState.PUBLISHED
        assert len(await meetings_of(town)) == len(DAYS)

    async def test_tells_who_stood_in_that_they_need_not(self, dorte: Chat, town: Town) -> None:
        """MTG-25: a plan's own letter goes to members; a substitute has another."""
        await published(town, dorte)
        _, moved, cancelled = await meetings_of(town)
        async with town.remembers() as tx:
            await tx.organisation.seat(substitute(PER))
            await tx.committee_meetings.invite(
                [standing_in(town, each, PER, CARL) for each in (moved, cancelled)]
            )

        await published(town, dorte, a_plan(DAYS[0], date(2027, 1, 28)))

        told = town.chat(PER).everything()
        assert told.count(DANISH("meet.not_needed_title", committee=VALBY_GROUP.name)) == 1
        assert told.count(DANISH("meet.cancelled_title", committee=VALBY_GROUP.name)) == 1
        assert TOLD not in told


async def test_a_colleague_sees_what_became_of_a_proposal_on_an_old_card(
    dorte: Chat, town: Town
) -> None:
    dennis = town.chat(DENNIS)
    await kept(town, id=uuid4())
    await dennis.types(f"årsplan {YEAR} ændringer")
    old = dennis.card(dennis.messages()[-1])
    await dorte.types(f"kassér årsplan {YEAR}")

    told = await dennis.presses_on(old, "yearplan.approve")

    assert DANISH("rule.year_plan.not_proposed") in told
