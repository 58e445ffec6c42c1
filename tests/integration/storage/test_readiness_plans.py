"""Action plans, and who got which version of them, as they are kept."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from domain.action_plans import PlanTrack
from domain.alert_audience import default_audience
from domain.alert_sharings import DistributionList, ShareKind, ShareWay, Sharing
from domain.errors import RuleBroken
from domain.measure_reminders import Reminder, ReminderKind
from domain.plan_measures import complete, take_up
from domain.plan_moves import with_measure
from domain.plan_templates import PlanTier
from domain.plan_track import ask_approval, content, decide, finish
from storage.database import Database
from tests.integration.storage.examples import A_MINUTE, ANNA, BO, MONDAY_NOON
from tests.integration.storage.readiness_examples import HERE, alert
from tests.support import action_plans


class TestPlans:
    async def test_come_back_with_their_measures_and_versions(self, database: Database) -> None:
        """BER-33, BER-47."""
        draft = action_plans.running("H3")
        done = finish(draft, by=ANNA.id, now=MONDAY_NOON)
        asked = ask_approval(done, deadline=MONDAY_NOON + A_MINUTE, now=MONDAY_NOON)
        answered = decide(
            asked,
            track=PlanTrack.REMARKED,
            number=1,
            fingerprint=asked.versions[0].checksum,
            remark="Husk bussen",
            by=BO.id,
            now=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            assert await tx.action_plans.add(draft)
            assert not await tx.action_plans.add(draft)
            assert await tx.action_plans.hold(draft.id) == draft
            await tx.action_plans.save(answered, was=draft)

        async with database.transaction() as tx:
            assert await tx.action_plans.find(draft.id) == answered
            assert await tx.action_plans.shown(draft.id, 1) == content(answered)
            assert await tx.action_plans.shown(draft.id, 2) is None
            with pytest.raises(RuleBroken, match="actionplan.stale"):
                await tx.action_plans.save(asked, was=draft)
            assert await tx.action_plans.find(uuid4()) is None

    async def test_two_ticks_both_stand(self, database: Database) -> None:
        """BER-37."""
        plan = action_plans.running()
        one, two = plan.measures[0], plan.measures[1]
        async with database.transaction() as tx:
            await tx.action_plans.add(plan)
        for measure in (take_up(one), complete(two, by=ANNA.id, now=MONDAY_NOON)):
            async with database.transaction() as tx:
                held = await tx.action_plans.hold(plan.id)
                assert held is not None
                await tx.action_plans.save(with_measure(held, measure), was=held)

        async with database.transaction() as tx:
            found = await tx.action_plans.with_measure(two.id)
            assert found is not None
            assert found.measures[:2] == (
                take_up(one),
                complete(two, by=ANNA.id, now=MONDAY_NOON),
            )
            assert found.measures[2:] == plan.measures[2:]
            assert await tx.action_plans.running(drill=False) == [found]
            assert await tx.action_plans.running(drill=True) == []

    async def test_a_row_of_the_calendar_grows_one_plan(self, database: Database) -> None:
        """BER-40."""
        row = uuid4()
        grown = replace(action_plans.plan("B1"), row=row)
        again = replace(grown, id=uuid4(), measures=())
        async with database.transaction() as tx:
            assert await tx.action_plans.add(grown)
            assert not await tx.action_plans.add(again)
            assert await tx.action_plans.drawn() == {row}
            assert await tx.action_plans.ahead(since=grown.ends_at) == [grown]
            assert await tx.action_plans.ahead(since=grown.ends_at + A_MINUTE) == []

    async def test_a_version_is_kept_as_it_was_shown(self, database: Database) -> None:
        plan = action_plans.running()
        done = finish(plan, by=ANNA.id, now=MONDAY_NOON)
        async with database.transaction() as tx:
            with pytest.raises(ValueError, match="when it is made"):
                await tx.action_plans.add(replace(done, title="Noget andet"))

    async def test_nobody_is_reminded_twice(self, database: Database) -> None:
        """BER-34."""
        plan = action_plans.running()
        one = Reminder(
            plan=plan.id, measure=plan.measures[0].id, kind=ReminderKind.DUE, due_at=MONDAY_NOON
        )
        two = replace(one, kind=ReminderKind.OVERDUE)
        async with database.transaction() as tx:
            await tx.action_plans.add(plan)
            assert await tx.measure_reminders.note([one], now=MONDAY_NOON) == {one}
            assert await tx.measure_reminders.note([one, two], now=MONDAY_NOON) == {two}
            assert await tx.measure_reminders.of([plan]) == {one, two}
            assert await tx.measure_reminders.of([]) == frozenset()


class TestWhatIsShared:
    async def test_who_got_which_version_when(self, database: Database) -> None:
        """BER-48."""
        made, plan = alert(), action_plans.running()
        first = Sharing(
            id=UUID(int=1),
            kind=ShareKind.PLAN,
            alert=made.id,
            plan=plan.id,
            number=2,
            checksum="ab",
            tier=PlanTier.EXTERNAL,
            outside="Hovedstadens Beredskab",
            list=uuid4(),
            way=ShareWay.MAIL,
            by=ANNA.id,
            at=MONDAY_NOON,
        )
        second = Sharing(
            id=UUID(int=2),
            kind=ShareKind.BRIEFED,
            alert=made.id,
            person=BO.id,
            way=ShareWay.BY_HAND,
            words="Sagt på morgenmødet",
            by=BO.id,
            at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.action_plans.add(plan)
            await tx.sharings.add([])
            await tx.sharings.add([first, second])
            assert await tx.sharings.of_alert(made.id) == [first, second]
            assert await tx.sharings.of_alert(made.id, kind=ShareKind.BRIEFED) == [second]
            assert await tx.sharings.of_plan(plan.id) == [first]

    async def test_lists_have_names_of_their_own(self, database: Database) -> None:
        """BER-11."""
        kept = DistributionList(
            id=uuid4(),
            name="Team Sikker By",
            audience=replace(
                default_audience(HERE), externals=("Sikker By",), externals_because="Brand"
            ),
            tier=PlanTier.ORIENTATION,
            by=ANNA.id,
            at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            first = await tx.distribution_lists.save(kept)
            assert await tx.distribution_lists.all() == [first]
            with pytest.raises(RuleBroken, match="list.taken"):
                await tx.distribution_lists.save(replace(kept, id=uuid4()))
            gone = await tx.distribution_lists.save(replace(first, in_use=False))
            with pytest.raises(RuleBroken, match="list.moved_on"):
                await tx.distribution_lists.save(first)
            assert await tx.distribution_lists.all() == []
            assert await tx.distribution_lists.find(kept.id) == gone
