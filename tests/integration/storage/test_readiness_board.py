"""The board: what the database counts is what somebody would count who looked at each row."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from domain.action_plans import ActionPlan
from domain.alert_board import BoardLine, PlanStands
from domain.alerts import Alert, AlertState, Reply, Via, joining
from domain.delivery import DeliveryState
from domain.escalation import begin
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import Authority, PersonId
from domain.plan_measures import MeasureState, complete
from storage.database import Database, Transaction
from tests.integration.storage.examples import A_MINUTE, ANNA, MONDAY_NOON
from tests.integration.storage.readiness_examples import alert, recipient
from tests.support import action_plans, escalating

KIND = NoticeKind.TRIAL  # any will do: the board is told by which kind alerts are sent
S = DeliveryState


async def lines(database: Database, *, drill: bool = False) -> Sequence[BoardLine]:
    async with database.transaction() as tx:
        return await tx.alert_board.lines(kind=KIND, drill=drill, now=MONDAY_NOON + A_MINUTE)


async def told(tx: Transaction, made: Alert, *people: str, round: int = 1) -> None:
    await tx.outbox.add(
        [
            Notice(
                kind=KIND,
                about=made.id,
                due_at=MONDAY_NOON,
                person=PersonId(each),
                tier=Tier.ALERT,
                round=round,
                medium=medium,
            )
            for each in people
            for medium in Medium
        ]
    )


class TestTheBoard:
    async def test_shows_what_is_open_and_never_drills_with_it(self, database: Database) -> None:
        """BER-63, BER-66."""
        first = alert(1)
        second = alert(2, activated_at=MONDAY_NOON + A_MINUTE, paused_until=MONDAY_NOON)
        drill = alert(3, drill=True)
        async with database.transaction() as tx:
            for each in (first, second, drill, alert(4, state=AlertState.FALSE_ALARM)):
                await tx.alerts.add(each)

        assert [each.reference for each in await lines(database)] == ["R2026-0002", "R2026-0001"]
        assert [each.reference for each in await lines(database, drill=True)] == ["R2026-0003"]
        line = (await lines(database))[0]
        assert line == BoardLine(
            id=second.id,
            reference=second.reference,
            level=second.level,
            drill=False,
            title=second.title,
            areas=second.audience.areas,
            state=second.state,
            activated_at=second.activated_at,
            period_end=None,
            paused_until=MONDAY_NOON,
            coordinator=second.coordinator,
            authorities=(),
            delivery={},
        )

    async def test_counts_answers_by_authority(self, database: Database) -> None:
        """BER-24, BER-66: as somebody would who read every row."""
        chance = random.Random(66)  # noqa: S311
        alerts = [alert(number) for number in range(1, 6)]
        snapshot = escalating.frozen()
        async with database.transaction() as tx:
            for made in alerts:
                await tx.alerts.add(made)
                await tx.escalations.begin(
                    made.id, snapshot, [begin(snapshot, each) for each in snapshot.authorities()]
                )
                await tx.recipients.add(
                    [
                        recipient(
                            made,
                            f"p{number}",
                            authority=chance.choice([*Authority][:-1]),
                            quorum=chance.random() < 0.5,
                            reply=chance.choice([None, *Reply]),
                            via=Via.TEAMS,
                        )
                        for number in range(60)
                    ]
                )

        found = {each.id: each for each in await lines(database)}
        for made in alerts:
            async with database.transaction() as tx:
                rows = await tx.recipients.of(made.id)
            counted = Counter((each.authority, each.reply) for each in rows)
            stands = {each.authority: each for each in found[made.id].authorities}

            assert list(stands) == list(Authority)
            assert {
                (authority, reply): count
                for authority, each in stands.items()
                for reply, count in each.replies.items()
            } == counted
            assert {each: one.joining for each, one in stands.items()} == joining(rows)
            assert {each: one.required for each, one in stands.items()} == {
                each: snapshot.quorum.get(each, 0) for each in Authority
            }
            assert {each: one.climbed for each, one in stands.items()} == {
                each: begin(snapshot, each) for each in Authority
            }
            assert sum(each.people for each in stands.values()) == len(rows)

    async def test_counts_each_first_message_in_one_state(self, database: Database) -> None:
        """BER-13, BER-66: what nobody answers for any more is unresolved."""
        made = alert()
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await told(tx, made, "a", "b", "c", "d")
            await told(tx, made, "a", "b", round=2)
            await tx.outbox.claim(now=MONDAY_NOON, lease=timedelta(seconds=5), at_most=1)
            await tx.outbox.claim(now=MONDAY_NOON, lease=timedelta(hours=1), at_most=2)

        assert (await lines(database))[0].delivery == {S.UNRESOLVED: 1, S.SENDING: 2, S.READY: 1}
        async with database.transaction() as tx:
            for each in "abcd":
                await tx.standings.acknowledge(
                    made.id, kind=KIND, person=PersonId(each), now=MONDAY_NOON
                )
        assert (await lines(database))[0].delivery == {S.ACKNOWLEDGED: 4}

    async def test_follows_the_latest_plan(self, database: Database) -> None:
        """BER-36, BER-66."""
        made = alert()
        due = [MONDAY_NOON, MONDAY_NOON + 2 * A_MINUTE, MONDAY_NOON + 3 * A_MINUTE]
        old, plan = _plan(made), _plan(made)
        plan = replace(
            plan,
            made_at=plan.made_at + A_MINUTE,
            measures=tuple(
                replace(each, due_at=at) for each, at in zip(plan.measures[:3], due, strict=True)
            ),
        )
        first, *others = plan.measures
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.action_plans.add(old)
            await tx.action_plans.add(plan)

        async def stands() -> PlanStands | None:
            return (await lines(database))[0].plan

        assert await stands() == PlanStands(
            id=plan.id,
            measures={MeasureState.OPEN: 3},
            overdue=1,
            next_due_at=due[0],
            period_end=plan.period_end,
        )
        done = replace(
            plan, measures=(complete(first, by=ANNA.id, now=MONDAY_NOON), *others), version=2
        )
        async with database.transaction() as tx:
            await tx.action_plans.save(done, was=plan)
        assert await stands() == PlanStands(
            id=plan.id,
            measures={MeasureState.DONE: 1, MeasureState.OPEN: 2},
            overdue=0,
            next_due_at=due[1],
            period_end=plan.period_end,
        )

    async def test_shows_a_plan_without_measures(self, database: Database) -> None:
        made = alert()
        plan = replace(_plan(made), measures=())
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.action_plans.add(plan)

        assert (await lines(database))[0].plan == PlanStands(
            id=plan.id, measures={}, overdue=0, next_due_at=None, period_end=plan.period_end
        )


def _plan(made: Alert) -> ActionPlan:
    plan = action_plans.running()
    measures = tuple(replace(each, id=uuid4()) for each in plan.measures)
    return replace(plan, id=uuid4(), alert=made.id, measures=measures)
