"""A plan of the calendar never runs out unnoticed: it is put off, or ended, by somebody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from domain.alert_log import DecisionKind
from domain.duties import DutyKind
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import PersonId
from domain.plan_measures import MeasureState
from scheduler.erase_alerts import erase_alerts
from storage.action_plan_rows import action_plans
from storage.database import Transaction
from tests.integration.usecases.alarming import AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import BECAUSE
from tests.integration.usecases.grown import A_SECOND, DAY, ENDS, HOUR, OFFICE, Grown
from tests.integration.usecases.test_plans_known_in_advance import A_WEEK, GROWN, runs
from tests.support.action_plans import the
from tests.support.town import DANISH, DORTE, LARS, MONDAY_NOON, SOFIE, VIGGO
from usecases.alert_end_duties import alert_ends_waiting
from usecases.carry_out_measure import complete_measure
from usecases.end_plan import extensions_asked
from usecases.keep_plan_calendar import plans_ahead
from usecases.permit import actor_of
from usecases.run_action_plan import set_period

SPOILT = UUID(int=66)


@pytest.fixture
async def grown(desk: Desk) -> Grown:
    await AlertDesk(desk=desk).opens()

    async def grows(tx: Transaction) -> None:
        await tx.action_plans.add(replace(GROWN, row=UUID(int=7)))

    await desk.does(grows)
    await runs(desk)
    return Grown(desk=desk)


class TestReminding:
    async def test_comes_two_days_and_one_day_before_its_end(self, grown: Grown) -> None:
        """BER-56: to the Secretariat, each once, however often it ticks."""
        told: list[list[PersonId]] = []
        for before in (48 * HOUR + A_SECOND, 48 * HOUR, 25 * HOUR, 24 * HOUR, HOUR):
            heard = await grown.told(ENDS - before)
            told.append(heard[NoticeKind.PLAN_PERIOD_ENDS])

        assert told == [[], OFFICE, [], OFFICE, []]

    async def test_is_not_of_a_draft_nor_of_who_decided_meanwhile(self, grown: Grown) -> None:
        """BER-56: what is drawn is what waits when the letter leaves."""
        await grown.ticks(ENDS - 48 * HOUR)
        await grown.extends(ENDS + A_WEEK)
        assert await grown.drawn() == []
        heard = await grown.told(ENDS + A_WEEK - 48 * HOUR)

        assert heard[NoticeKind.PLAN_PERIOD_ENDS] == OFFICE

    async def test_of_one_that_cannot_be_read_stops_no_other(
        self, grown: Grown, caplog: pytest.LogCaptureFixture
    ) -> None:
        """BER-56, BER-76."""
        async with grown.desk.database.transaction() as tx:
            await tx.action_plans.add(replace(GROWN, id=SPOILT, row=None, measures=()))
            await tx.connection.execute(
                update(action_plans)
                .where(action_plans.c.id == SPOILT)
                .values(released_at=grown.now, period_end=ENDS - HOUR, kind="klingon")
            )
        heard = await grown.told(ENDS - 48 * HOUR)

        assert heard[NoticeKind.PLAN_PERIOD_ENDS] == OFFICE
        assert any("was not tended" in each.getMessage() for each in caplog.records)


class TestTheEnd:
    async def test_without_a_decision_neither_ends_it_nor_lets_it_go_on(
        self, grown: Grown
    ) -> None:
        """BER-56: udløbet – afventer beslutning, and a reminder each day at eight."""
        heard = await grown.told(ENDS)
        assert heard[NoticeKind.PLAN_EXPIRED] == OFFICE
        assert await grown.stands() == "expired"
        for day in range(1, 4):
            morning = datetime(2026, 3, 16 + day, 7, 0, tzinfo=UTC)
            for at, told in ((morning - A_SECOND, []), (morning, OFFICE), (morning + HOUR, [])):
                heard = await grown.told(at)
                assert heard[NoticeKind.PLAN_EXPIRED] == told, at
        async with grown.desk.database.transaction() as tx:
            assert [each.id for each in await plans_ahead(tx, by=DORTE, now=grown.now)] == [
                GROWN.id
            ]
            assert GROWN.id in {each.id for each in await tx.action_plans.running(drill=False)}
        assert await grown.stands() == "expired"

    async def test_says_so_on_the_letter(self, grown: Grown) -> None:
        """BER-56, BER-83: what, why, and what to do with a button for each."""
        await grown.ticks(ENDS)
        [*_, (_, _, letter)] = await grown.drawn()

        assert letter.summary == DANISH("planend.told_expired_title", reference="B5")
        for verb in ("planend.extend", "planend.close", "actionplan.open"):
            assert f"'{verb}'" in str(letter.card)

    async def test_waits_among_what_is_to_be_done(self, grown: Grown) -> None:
        """BER-56, BER-57: of the Secretariat; an extension, of the steering group."""
        await grown.ticks(ENDS)
        await grown.extends(ENDS + 100 * DAY)
        waits = dict[PersonId, list[DutyKind]]()
        async with grown.desk.database.transaction() as tx:
            for each in (DORTE, VIGGO, SOFIE):
                found = await alert_ends_waiting(tx, await actor_of(tx, each), grown.now)
                waits[each.id] = [duty.kind for duty in found]

        assert waits == {
            DORTE.id: [DutyKind.PLAN_EXPIRED],
            VIGGO.id: [DutyKind.PLAN_EXTENSION_TO_DECIDE],
            SOFIE.id: [],
        }

    async def test_is_for_the_secretariat_to_decide(self, grown: Grown) -> None:
        """BER-52, BER-57: an owner of a measure does not, nor does who may not read it."""
        for by in (SOFIE, LARS, VIGGO):
            with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
                await grown.closes(by=by)
            with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
                await grown.extends(ENDS + A_WEEK, by=by)

    async def test_by_a_decision_says_who_and_why_and_reminds_of_nothing_more(
        self, grown: Grown
    ) -> None:
        """BER-56, BER-58: what nobody has done stays as it is."""
        await grown.told(ENDS)
        ended = await grown.closes()
        [decided] = ended.decisions
        assert (decided.kind, decided.by, decided.words) == (
            DecisionKind.CLOSED,
            DORTE.id,
            BECAUSE,
        )
        assert await grown.plan() == ended
        assert await grown.stands() == "closed"
        heard = await grown.told(ENDS + 2 * DAY)
        assert not any(heard.values())
        street = the(ended, "M1")
        assert street.state is MeasureState.OPEN
        async with grown.desk.database.transaction() as tx:
            assert await tx.action_plans.running(drill=False) == []
        for refused in (grown.closes(), grown.extends(ENDS + A_WEEK)):
            with pytest.raises(RuleBroken, match=r"planend\.over"):
                await refused

        async def ticks_off(tx: Transaction) -> None:
            await complete_measure(tx, id=street.id, seen=1, by=SOFIE, now=grown.now)

        assert await grown.desk.refuses(ticks_off) == "planend.over"

    async def test_needs_a_reason(self, grown: Grown) -> None:
        """BER-51, BER-58."""
        with pytest.raises(RuleBroken, match=r"alertend\.no_reason"):
            await grown.closes(because=" ")
        with pytest.raises(RuleBroken, match=r"measure\.cpr"):
            await grown.closes(because="010101-1234 er fundet")

    async def test_is_what_erasing_waits_for(self, grown: Grown) -> None:
        """BER-54, BER-56: what nobody has ended is not over; the reasons go with the names."""
        long = timedelta(days=800)
        await erase_alerts(grown.desk.database, months=24, now=ENDS + long)
        assert (await grown.plan()).erased_at is None
        grown.now = ENDS + long
        await grown.closes()
        await erase_alerts(grown.desk.database, months=24, now=ENDS + 2 * long)

        erased = await grown.plan()
        assert (erased.erased_at, erased.decisions) == (ENDS + 2 * long, ())


class TestPuttingItOff:
    async def test_says_who_why_and_until_when(self, grown: Grown) -> None:
        """BER-57: what had run out runs again."""
        await grown.ticks(ENDS + HOUR)
        decided = await grown.extends(ENDS + A_WEEK)
        plan = await grown.plan()

        assert (decided.by, decided.words, decided.until) == (DORTE.id, BECAUSE, ENDS + A_WEEK)
        assert (plan.period_end, plan.decisions) == (ENDS + A_WEEK, (decided,))
        assert await grown.stands() == "runs"

    async def test_is_the_only_way_once_it_runs(self, grown: Grown) -> None:
        """BER-57: nobody sets another end without saying why."""

        async def sets(tx: Transaction) -> None:
            await set_period(tx, id=GROWN.id, period_end=ENDS + A_WEEK, by=DORTE, now=MONDAY_NOON)

        assert await grown.desk.refuses(sets) == "actionplan.released"

    async def test_is_refused_backwards_and_without_a_reason(self, grown: Grown) -> None:
        """BER-57."""
        for until, because, code in (
            (ENDS, BECAUSE, "alertend.backwards"),
            (ENDS + DAY, " ", "alertend.no_reason"),
        ):
            with pytest.raises(RuleBroken, match=code):
                await grown.extends(until, because=because)

    async def test_a_third_time_is_for_the_steering_group(self, grown: Grown) -> None:
        """BER-57: it is asked, and one of it says yes."""
        for weeks in (1, 2):
            await grown.extends(ENDS + weeks * A_WEEK)
        asked = await grown.extends(ENDS + 3 * A_WEEK)
        assert asked.kind is DecisionKind.EXTENSION_ASKED
        assert (await grown.plan()).period_end == ENDS + 2 * A_WEEK
        [(kind, person, letter)] = await grown.drawn()
        assert (kind, person) == (NoticeKind.PLAN_EXTENSION_ASKED, VIGGO.id)
        assert BECAUSE in letter.words
        async with grown.desk.database.transaction() as tx:
            assert [each.id for each in await extensions_asked(tx, by=VIGGO)] == [GROWN.id]
            with pytest.raises(RuleBroken, match=r"planend\.steering_only"):
                await extensions_asked(tx, by=DORTE)
        with pytest.raises(RuleBroken, match=r"alertend\.already_asked"):
            await grown.extends(ENDS + 3 * A_WEEK)
        with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
            await grown.answers(agrees=True, by=DORTE)

        agreed = await grown.answers(agrees=True)
        assert agreed.period_end == ENDS + 3 * A_WEEK
        [(kind, person, _)] = await grown.drawn()
        assert (kind, person) == (NoticeKind.PLAN_EXTENSION_ANSWERED, DORTE.id)
        with pytest.raises(RuleBroken, match=r"planend\.not_asked"):
            await grown.answers(agrees=True)

    async def test_beyond_three_months_is_refused_with_a_reason_and_it_runs_out(
        self, grown: Grown
    ) -> None:
        """BER-56, BER-57: an unanswered wish keeps nothing going."""
        await grown.extends(ENDS + 100 * DAY)
        heard = await grown.told(ENDS + HOUR)
        assert heard[NoticeKind.PLAN_EXPIRED] == OFFICE
        with pytest.raises(RuleBroken, match=r"alertend\.no_reason"):
            await grown.answers(agrees=False)
        await grown.answers(agrees=False, because="Der er ro nu")

        assert await grown.stands() == "expired"
        [(kind, person, letter)] = await grown.drawn()
        assert (kind, person) == (NoticeKind.PLAN_EXTENSION_ANSWERED, DORTE.id)
        assert "Der er ro nu" in letter.words
