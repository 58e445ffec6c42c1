"""Readiness is activated: by whom it may be, for whom it is meant, all of it or nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.absences import Absence
from domain.alert_log import LogKind
from domain.alerts import AlertState, Audience, Level, Why
from domain.dates import local_date
from domain.escalation import Reason
from domain.notices import Tier
from domain.parties import Party
from domain.people import Person
from storage.database import Transaction
from tests.integration.usecases.alarming import (
    ALERT,
    HERE,
    LEADERS,
    LEFT,
    ORDER,
    SITUATION,
    AlertDesk,
)
from tests.integration.usecases.desk import Desk
from tests.support.town import (
    ANNA,
    CARL,
    DORTE,
    EVERYBODY,
    HENRIETTE,
    KLAUS,
    LARS,
    LINE,
    LIV,
    MONDAY_NOON,
    SOFIE,
)
from usecases.activate_alert import Order, activate_alert, preview_alert
from usecases.read_readiness import readiness_catalogue
from usecases.undo_alert import send_at_once

S = timedelta(seconds=1)
NO_CPR = "Han hedder 010190-1234"


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def away(readiness: AlertDesk, *people: Person) -> None:
    today = local_date(MONDAY_NOON)

    async def work(tx: Transaction) -> None:
        for each in people:
            await tx.absences.add(
                Absence(
                    id=uuid4(), person=each.id, from_on=today, to_on=today, noted_at=MONDAY_NOON
                )
            )

    await readiness.desk.does(work)


class TestThePreview:
    async def test_counts_and_leaves_nothing_behind(self, readiness: AlertDesk) -> None:
        """BER-05: what it would reach, by authority; nobody has opened the app yet."""
        async with readiness.desk.database.transaction() as tx:
            looked = await preview_alert(tx, ORDER, by=LARS, now=MONDAY_NOON)

        assert looked.reached.total == len(looked.reached.unreachable) > len(LEADERS)
        assert set(looked.reached.red) == set(ORDER.audience.authorities)
        assert (looked.similar, looked.leaves_at) == (None, LEFT)
        assert await readiness.desk.told(after=timedelta(hours=1)) == set()

    async def test_is_shown_to_nobody_who_may_not(self, readiness: AlertDesk) -> None:
        async def work(tx: Transaction) -> None:
            await preview_alert(tx, ORDER, by=ANNA, now=MONDAY_NOON)

        assert await readiness.desk.refuses(work) == "alert.not_entitled"

    async def test_stops_an_alert_that_would_reach_nobody_of_an_authority(
        self, readiness: AlertDesk
    ) -> None:
        """BER-05: one can send it anyway, and the log says which authority it was."""
        assert await readiness.refuses(replace(ORDER, anyway=False)) == "alert.red"

        await readiness.activates(ORDER)

        first, *_ = await readiness.log()
        assert set(first.facts["red"].split(",")) == set(ORDER.audience.authorities)


class TestAnAlert:
    async def test_is_all_there_in_one_go(self, readiness: AlertDesk) -> None:
        """BER-06, BER-11: everybody once, due when the seconds have passed, leaders first."""
        alert = await readiness.activates()
        rows = await readiness.recipients()
        told = {each.notice.person: each.notice for each in await readiness.desk.due(after=10 * S)}

        assert (alert.reference, alert.leaves_at) == ("R2026-0001", LEFT)
        assert {*LEADERS, LIV, DORTE, HENRIETTE} <= {p for p in EVERYBODY if p.id in told}
        assert set(told) == {each.person for each in rows}
        assert {each.due_at for each in told.values()} == {LEFT}
        assert {told[each.id].tier for each in LEADERS} == {Tier.ALERT_LEADERS}
        assert told[LIV.id].tier is Tier.ALERT_GROUPS
        assert KLAUS.id not in told  # probation is one tap away (BER-12)
        assert [each.kind for each in await readiness.log()] == [LogKind.ACTIVATED]

    async def test_does_not_leave_before_ten_seconds_have_passed(
        self, readiness: AlertDesk
    ) -> None:
        """BER-06"""
        await readiness.activates()

        assert await readiness.desk.told(after=9 * S) == set()
        assert await readiness.desk.told(after=10 * S) != set()

    async def test_pressed_twice_is_sent_once(self, readiness: AlertDesk) -> None:
        first = await readiness.activates()
        again = await readiness.activates(after=3 * S)

        assert again == first
        assert len(await readiness.log()) == 1

    async def test_pressed_twice_at_the_same_moment_is_sent_once(
        self, readiness: AlertDesk
    ) -> None:
        one, other = await asyncio.gather(readiness.activates(), readiness.activates())

        assert one == other
        assert len(await readiness.log()) == 1

    async def test_begins_a_ladder_for_each_authority(self, readiness: AlertDesk) -> None:
        """BER-24, BER-25: the first step is due five minutes after it left."""
        await readiness.activates()
        async with readiness.desk.database.transaction() as tx:
            ladders = await tx.escalations.of(ALERT)

        assert {each.climbed.authority for each in ladders} == set(ORDER.audience.authorities)
        assert {each.climbed.next_at for each in ladders} == {LEFT + timedelta(minutes=5)}
        assert {each.required for each in ladders} == {1}

    async def test_goes_to_the_substitute_of_who_is_away(self, readiness: AlertDesk) -> None:
        """BER-28: at once, and who is away hears nothing."""
        await away(readiness, LARS)
        await readiness.activates()
        instead = {each.person: each for each in await readiness.recipients()}[LINE.id]
        told = {each.notice.person for each in await readiness.desk.due(after=10 * S)}

        assert (instead.why, instead.stands_for) == (Why.SUBSTITUTE, LARS.id)
        assert LINE.id in told
        assert LARS.id not in told
        reasons = [(each.kind, each.reason) for each in await readiness.log()]
        assert reasons == [
            (LogKind.ACTIVATED, None),
            (LogKind.ESCALATED, Reason.PASSED_ON),
        ]


class TestAnOrientation:
    @pytest.mark.parametrize(
        ("now", "leaves"),
        [
            (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
            (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        ],
        ids=["the night an hour is lost", "the night an hour is gained"],
    )
    async def test_waits_for_the_morning(
        self, readiness: AlertDesk, now: datetime, leaves: datetime
    ) -> None:
        """BER-30: until seven by the clock on the wall, unless one sends it now."""
        quiet = replace(ORDER, level=Level.ORIENTATION)
        async with readiness.desk.database.transaction() as tx:
            waiting = await activate_alert(tx, quiet, by=LARS, now=now)
            sent = await send_at_once(tx, id=waiting.id, by=LARS, now=now + S)

        assert waiting.leaves_at == leaves
        assert sent.leaves_at == now + S


class TestFullEffort:
    async def test_has_its_plan_in_the_same_step(self, readiness: AlertDesk) -> None:
        """BER-33: each measure has the authority's leader, and nobody is told before it runs."""
        await readiness.activates(replace(ORDER, level=Level.FULL, template="H3"))
        async with readiness.desk.database.transaction() as tx:
            (plan,) = await tx.action_plans.of_alert(ALERT)
            running = await tx.action_plans.running(drill=False)
        owners = {each.party: each.owner for each in plan.measures}

        assert (await readiness.alert()).state is AlertState.PLANNING
        assert plan.title == ORDER.title
        assert Party.KFO not in plan.parties
        assert (owners[Party.KP], owners[Party.SOF]) == (CARL.id, SOFIE.id)
        assert (plan.released_at, running) == (None, [])
        log = [(each.kind, each.facts.get("what")) for each in await readiness.log()]
        assert log == [
            (LogKind.ACTIVATED, None),
            (LogKind.PLAN, "at_once"),
            (LogKind.PLAN, None),
        ]

    async def test_is_the_only_one_with_a_plan(self, readiness: AlertDesk) -> None:
        await readiness.activates()
        async with readiness.desk.database.transaction() as tx:
            assert await tx.action_plans.of_alert(ALERT) == []


class TestASimilarAlert:
    async def test_is_shown_before_another_is_sent(self, readiness: AlertDesk) -> None:
        """BER-08: an open one in the same area, for two hours."""
        await readiness.activates()
        another = replace(ORDER, id=uuid4())

        assert await readiness.refuses(another, by=DORTE) == "alert.similar"
        insisted = replace(another, another=True)
        assert (await readiness.activates(insisted, by=DORTE)).reference == "R2026-0002"
        first, *_ = await readiness.log(another.id)
        assert first.facts["another"] == "yes"

    async def test_of_a_drill_is_none(self, readiness: AlertDesk) -> None:
        """BER-63: what is practised is in the way of nothing real."""
        await readiness.activates(replace(ORDER, id=uuid4(), drill=True))

        assert not (await readiness.activates()).drill

    async def test_made_of_a_drill_is_one(self, readiness: AlertDesk) -> None:
        """BER-63: whoever forgets to say so alarms nobody in earnest."""
        assert (await readiness.activates(replace(ORDER, template="Ø1"))).drill


class TestWhatIsNotInOrder:
    @pytest.mark.parametrize(
        ("order", "code"),
        [
            (replace(ORDER, title="  "), "alert.no_title"),
            (replace(ORDER, title="x" * 61), "measure.too_long"),
            (replace(ORDER, title=NO_CPR), "measure.cpr"),
            (replace(ORDER, situation=replace(SITUATION, stands=NO_CPR)), "measure.cpr"),
            (replace(ORDER, situation=replace(SITUATION, where=" ")), "situation.unanswered"),
            (replace(ORDER, template="H99"), "alert.no_template"),
            (replace(ORDER, audience=Audience(areas=HERE)), "alert.nobody"),
            (
                replace(ORDER, audience=replace(ORDER.audience, externals=("Naboer",))),
                "alert.externals_reason",
            ),
        ],
    )
    async def test_is_refused_and_leaves_nothing(
        self, readiness: AlertDesk, order: Order, code: str
    ) -> None:
        """BER-04, BER-12, BER-17, BER-51"""
        assert await readiness.refuses(order) == code


@pytest.mark.parametrize(("chosen", "practised"), [("", "H1"), ("H6", "H6")])
async def test_a_drill_of_a_plan_has_the_measures_of_what_it_practises(
    readiness: AlertDesk, chosen: str, practised: str
) -> None:
    """BER-63, BER-65: at the table; the first it can practise, unless somebody chose."""
    drill = replace(ORDER, level=Level.FULL, template="Ø2", rehearses=chosen)
    assert await readiness.refuses(replace(drill, rehearses="H2")) == "alert.no_template"
    alert = await readiness.activates(drill, by=DORTE)
    async with readiness.desk.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(alert.id)

    known = {each.kind for each in readiness_catalogue().templates[practised].measures}
    assert {each.kind for each in plan.measures} == known
    assert (plan.drill, plan.template) == (True, "Ø2")
