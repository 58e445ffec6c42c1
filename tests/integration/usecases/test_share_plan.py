"""A plan is finished, and comes before the steering group: BER-46, BER-47."""

import asyncio

import pytest

from domain.action_plans import PlanTrack
from domain.alert_log import LogKind
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Membership, Person, Seat
from domain.plan_measures import take_up
from domain.plan_moves import with_measure
from domain.plan_templates import PlanTier
from domain.plan_track import checksum
from storage.database import Transaction
from tests.integration.usecases.alarming import STEERING
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import PlanDesk
from tests.integration.usecases.sharing import (
    DAY,
    HOUR,
    NOW,
    answering,
    changes,
    finishes,
    reads,
    rows,
    to_the_group,
)
from tests.support.town import (
    ANNA,
    CARL,
    DORTE,
    GRETE,
    HENRIETTE,
    LARS,
    RUTH,
    SUNE,
    VIGGO,
)
from usecases.finish_plan import finish_plan, to_steering_group


@pytest.fixture
async def planned(desk: Desk) -> PlanDesk:
    return await PlanDesk.of(desk)


class TestFinishing:
    async def test_makes_a_version_that_can_be_named(self, planned: PlanDesk) -> None:
        """BER-47: a number and a checksum, in the log with it."""
        plan = await finishes(planned)
        [version] = plan.versions
        line = (await planned.lines(LogKind.PLAN))[-1]

        assert (version.number, version.by, version.checksum) == (1, LARS.id, checksum(plan))
        assert plan.track is PlanTrack.FINISHED
        assert dict(line.facts) == {
            "what": "finished",
            "version": "1",
            "checksum": version.checksum[:8],
        }

    async def test_pressed_twice_makes_one(self, planned: PlanDesk) -> None:
        async def work(tx: Transaction) -> None:
            await finish_plan(tx, id=planned.id, seen=0, by=LARS, now=NOW)

        await planned.desk.does(work)
        await planned.desk.does(work)

        assert len((await planned.plan()).versions) == 1
        assert [each.facts["what"] for each in (await planned.lines(LogKind.PLAN))[1:]] == [
            "finished"
        ]

    @pytest.mark.parametrize(
        ("by", "code"),
        [
            (CARL, ""),
            (DORTE, ""),
            (ANNA, "shared_plan.not_found"),
            (SUNE, "shared_plan.not_found"),
        ],
        ids=lambda each: getattr(each, "id", each),
    )
    async def test_is_for_who_acts_on_the_alert(
        self, planned: PlanDesk, by: Person, code: str
    ) -> None:
        async def work(tx: Transaction) -> None:
            await finish_plan(tx, id=planned.id, seen=0, by=by, now=NOW)

        if not code:
            await planned.desk.does(work)
            assert (await planned.plan()).versions[0].by == by.id
        else:
            assert await planned.desk.refuses(work) == code


class TestTheSteeringGroup:
    async def test_is_told_of_it_and_nothing_waits(self, planned: PlanDesk) -> None:
        """BER-46: for orientation; a measure is taken up meanwhile as ever."""
        await finishes(planned)
        await to_the_group(planned)

        [row] = await rows(planned)
        assert (row.person, row.tier, row.number) == (VIGGO.id, PlanTier.ORIENTATION, 1)
        assert await planned.told(NoticeKind.PLAN_SHARED, after=HOUR) == [VIGGO.id]
        held = await planned.plan()
        async with planned.desk.database.transaction() as tx:
            under_way = with_measure(held, take_up(held.measures[0]))
            await tx.action_plans.save(under_way, was=held)
        assert (await planned.plan()).track is PlanTrack.ORIENTATION

    async def test_is_asked_and_reminded_before_the_deadline(self, planned: PlanDesk) -> None:
        """BER-46: asked at once, again a day before, and who asked hears when it has passed."""
        await finishes(planned)
        await to_the_group(planned, deadline=3 * DAY)

        assert (await planned.plan()).asked_by == NOW + 3 * DAY
        assert await planned.told(NoticeKind.PLAN_TO_APPROVE, after=HOUR) == [VIGGO.id]
        assert await planned.told(NoticeKind.PLAN_APPROVE_SOON, after=2 * DAY) == []
        assert await planned.told(NoticeKind.PLAN_APPROVE_SOON, after=2 * DAY + HOUR) == [VIGGO.id]
        assert await planned.told(NoticeKind.PLAN_APPROVE_LATE, after=3 * DAY + HOUR) == [DORTE.id]

    async def test_is_only_shown_what_was_finished(self, planned: PlanDesk) -> None:
        async def work(tx: Transaction) -> None:
            await to_steering_group(tx, id=planned.id, by=DORTE, now=NOW)

        assert await planned.desk.refuses(work) == "actionplan.not_finished"
        await finishes(planned)
        await changes(planned)
        assert await planned.desk.refuses(work) == "actionplan.changed"

    @pytest.mark.parametrize("by", [LARS, VIGGO, CARL], ids=lambda each: str(each.id))
    async def test_is_asked_by_the_secretariat(self, planned: PlanDesk, by: Person) -> None:
        """RACI: whether it is for orientation or approval is the Secretariat's choice."""
        await finishes(planned)

        async def work(tx: Transaction) -> None:
            await to_steering_group(tx, id=planned.id, by=by, now=NOW)

        assert await planned.desk.refuses(work) == "shared_plan.not_found"

    async def test_is_asked_once_about_a_version(self, planned: PlanDesk) -> None:
        await finishes(planned)
        await to_the_group(planned, deadline=DAY)

        async def again(tx: Transaction) -> None:
            await to_steering_group(tx, id=planned.id, deadline=NOW + DAY, by=DORTE, now=NOW)

        assert await planned.desk.refuses(again) == "shared_plan.asked_already"
        await planned.desk.does(answering(planned))
        assert await planned.desk.refuses(again) == "shared_plan.decided_already"


class TestAnAnswer:
    async def test_is_of_exactly_the_version_that_was_shown(self, planned: PlanDesk) -> None:
        """BER-47: what is approved is what was before them, whatever the plan says by then."""
        first = await finishes(planned)
        await to_the_group(planned, deadline=DAY)
        await changes(planned)

        shown = await reads(planned, VIGGO)
        assert checksum(shown.said) == first.versions[0].checksum
        assert shown.said.period_end == first.period_end
        await planned.desk.does(answering(planned))

        plan = await planned.plan()
        assert plan.track is PlanTrack.APPROVED
        assert plan.verdict is not None
        assert plan.verdict.version.checksum == first.versions[0].checksum != checksum(plan)

    async def test_to_an_older_version_is_not_taken(self, planned: PlanDesk) -> None:
        """BER-47."""
        await finishes(planned)
        await to_the_group(planned, deadline=DAY)
        await changes(planned)
        await finishes(planned)
        await to_the_group(planned, deadline=DAY)

        assert await planned.desk.refuses(answering(planned)) == "actionplan.moved_on"
        await planned.desk.does(answering(planned, number=2))
        assert (await planned.plan()).track is PlanTrack.APPROVED

    async def test_tells_who_asked_and_who_leads(self, planned: PlanDesk) -> None:
        await finishes(planned, by=CARL)
        await to_the_group(planned, deadline=DAY)
        await planned.desk.does(answering(planned, PlanTrack.REMARKED, remark="Husk forældre"))

        told = await planned.told(NoticeKind.PLAN_DECIDED, after=HOUR)
        assert told == sorted([CARL.id, DORTE.id, LARS.id])
        line = (await planned.lines(LogKind.PLAN))[-1]
        assert (line.words, line.facts["what"]) == ("Husk forældre", "remarked")

    @pytest.mark.parametrize("by", [LARS, DORTE, HENRIETTE, RUTH], ids=lambda each: str(each.id))
    async def test_is_the_steering_groups(self, planned: PlanDesk, by: Person) -> None:
        await finishes(planned)
        await to_the_group(planned, deadline=DAY)

        refused = await planned.desk.refuses(answering(planned, by=by))
        assert refused == "shared_plan.not_found"

    async def test_needs_words_where_something_is_to_change(self, planned: PlanDesk) -> None:
        await finishes(planned)
        await to_the_group(planned, deadline=DAY)

        for track in (PlanTrack.REMARKED, PlanTrack.RETURNED):
            assert await planned.desk.refuses(answering(planned, track)) == "actionplan.no_remark"
        with_cpr = answering(planned, PlanTrack.RETURNED, remark="Han er 010190-1234")
        assert await planned.desk.refuses(with_cpr) == "measure.cpr"

    async def test_of_two_at_once_counts_once(self, planned: PlanDesk) -> None:
        """The first who answers, answers for the group; the other is told that it is answered."""
        async with planned.desk.database.transaction() as tx:
            await tx.organisation.seat(
                Membership(committee=STEERING.code, person=GRETE.id, slot="SG.2", seat=Seat.MEMBER)
            )
        await finishes(planned)
        await to_the_group(planned, deadline=DAY)

        said = await asyncio.gather(
            planned.desk.does(answering(planned)),
            planned.desk.does(answering(planned, PlanTrack.RETURNED, remark="Nej", by=GRETE)),
            return_exceptions=True,
        )

        refused = [each for each in said if isinstance(each, RuleBroken)]
        assert [each.code for each in refused] == ["actionplan.not_asked"]
        assert len(await planned.lines(LogKind.PLAN)) == 4
