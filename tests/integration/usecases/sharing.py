"""A desk at which a plan is finished and shared, an hour after the alert."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.action_plans import ActionPlan, PlanTrack
from domain.alert_sharings import DistributionList, ShareWay, Sharing
from domain.people import Person
from domain.plan_moves import until
from domain.plan_templates import PlanTier
from storage.database import Transaction
from tests.integration.usecases.desk import Work
from tests.integration.usecases.planning import PlanDesk
from tests.support.town import (
    ANNA,
    DORTE,
    LARS,
    MONDAY_NOON,
    VIGGO,
)
from usecases.decide_plan import decide_plan
from usecases.finish_plan import finish_plan, to_steering_group
from usecases.plan_lists import WrittenList, keep_list
from usecases.read_shared_plan import ReadPlan, read_version
from usecases.send_plan import Handed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY_NOON + HOUR
BECAUSE = "De har ansvaret for boligområdet"


async def finishes(planned: PlanDesk, *, by: Person = LARS) -> ActionPlan:
    seen = len((await planned.plan()).versions)

    async def work(tx: Transaction) -> None:
        await finish_plan(tx, id=planned.id, seen=seen, by=by, now=NOW)

    await planned.desk.does(work)
    return await planned.plan()


async def changes(planned: PlanDesk) -> None:
    """Let it run a day longer: another plan than the one that was finished."""

    async def work(tx: Transaction) -> None:
        held = await tx.action_plans.hold(planned.id)
        assert held is not None
        assert held.period_end is not None
        await tx.action_plans.save(until(held, held.period_end + DAY), was=held)

    await planned.desk.does(work)


async def to_the_group(planned: PlanDesk, *, deadline: timedelta | None = None) -> None:
    async def work(tx: Transaction) -> None:
        await to_steering_group(
            tx,
            id=planned.id,
            deadline=None if deadline is None else NOW + deadline,
            by=DORTE,
            now=NOW,
        )

    await planned.desk.does(work)


def answering(
    planned: PlanDesk,
    track: PlanTrack = PlanTrack.APPROVED,
    *,
    number: int = 1,
    remark: str = "",
    by: Person = VIGGO,
) -> Work:
    async def work(tx: Transaction) -> None:
        await decide_plan(
            tx, id=planned.id, track=track, number=number, remark=remark, by=by, now=NOW
        )

    return work


async def reads(planned: PlanDesk, by: Person) -> ReadPlan:
    async with planned.desk.database.transaction() as tx:
        return await read_version(tx, id=planned.id, by=by)


async def rows(planned: PlanDesk) -> list[Sharing]:
    async with planned.desk.database.transaction() as tx:
        return await tx.sharings.of_plan(planned.id)


def a_list(*, tier: PlanTier = PlanTier.EXTERNAL, people: str = ANNA.name) -> WrittenList:
    return WrittenList(
        id=uuid4(),
        seen=0,
        name="Skoleledere",
        tier=tier,
        committees=(),
        people=people,
        outside="",
    )


async def lists_them(planned: PlanDesk, *, tier: PlanTier, people: str) -> DistributionList:
    async with planned.desk.database.transaction() as tx:
        return await keep_list(tx, a_list(tier=tier, people=people), by=DORTE, now=NOW)


def handed(planned: PlanDesk) -> Handed:
    return Handed(
        id=UUID(int=77),
        plan=planned.id,
        number=1,
        to="Hovedstadens Beredskab",
        by_list=None,
        way=ShareWay.MAIL,
        at=NOW,
        because=BECAUSE,
        words="Planen, reduceret",
    )
