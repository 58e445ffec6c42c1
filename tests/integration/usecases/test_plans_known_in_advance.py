"""A plan that the calendar grew: the Secretariat lets it run, its owners carry it out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.action_plans import ActionPlan, Owner
from domain.alert_sharings import ShareKind, ShareWay, Sharing
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.parties import Party
from domain.plan_measures import MeasureState
from domain.plan_track import finish
from scheduler.draw_measures import draw_measures
from scheduler.erase_alerts import erase_alerts
from scheduler.remind_measures import remind_measures
from storage.database import Transaction
from tests.integration.usecases.alarming import AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.action_plans import plan, the
from tests.support.town import BENTE, CARL, DORTE, KASPER, LARS, MONDAY_NOON, SOFIE, SUNE
from usecases.carry_out_measure import complete_measure
from usecases.end_plan import close_plan
from usecases.read_action_plan import my_measures, see_plan
from usecases.run_action_plan import release_plan, set_period

A_WEEK = timedelta(days=7)
OWNERS: Mapping[Party, Owner] = {
    party: Owner(person=person.id)
    for party, person in (
        *((Party.SEK, DORTE), (Party.BUF, LARS), (Party.SOF, SOFIE)),
        *((Party.KP, CARL), (Party.KFF, KASPER), (Party.BIF, BENTE)),
    )
}
GROWN = replace(plan("B5", starts_at=MONDAY_NOON + A_WEEK, owners=OWNERS), made_by=None)


@pytest.fixture
async def grown(desk: Desk) -> Desk:
    await AlertDesk(desk=desk).opens()

    async def grows(tx: Transaction) -> None:
        await tx.action_plans.add(GROWN)

    await desk.does(grows)
    return desk


async def runs(desk: Desk) -> ActionPlan:
    async with desk.database.transaction() as tx:
        ends = GROWN.starts_at + A_WEEK
        await set_period(tx, id=GROWN.id, period_end=ends, by=DORTE, now=MONDAY_NOON)
        return await release_plan(tx, id=GROWN.id, by=DORTE, now=MONDAY_NOON)


async def test_is_let_run_by_the_secretariat_alone(grown: Desk) -> None:
    """BER-40, BER-56: nothing is sent without a human; then each owner hears once."""

    async def by_lars(tx: Transaction) -> None:
        await release_plan(tx, id=GROWN.id, by=LARS, now=MONDAY_NOON)

    assert await grown.refuses(by_lars) == "actionplan.not_found"
    assert await grown.told() == set()
    await runs(grown)

    told = {person for kind, person in await grown.told() if kind is NoticeKind.MEASURES_GIVEN}
    assert told == {str(each.owner) for each in GROWN.measures} - {str(DORTE.id)}


async def test_is_read_and_carried_out_by_who_is_named_in_it(grown: Desk) -> None:
    """BER-55: there is no alert by which anybody else could be a party to it."""
    await runs(grown)
    street = the(GROWN, "M1")

    async with grown.database.transaction() as tx:
        mine = [each.id for _, each in await my_measures(tx, by=SOFIE, now=MONDAY_NOON)]
        assert street.id in mine
        await complete_measure(tx, id=street.id, seen=1, by=SOFIE, now=MONDAY_NOON)
        seen = await see_plan(tx, id=GROWN.id, by=SOFIE, now=MONDAY_NOON)

    assert seen.plan.measure(street.id).state is MeasureState.DONE
    with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
        async with grown.database.transaction() as tx:
            await see_plan(tx, id=GROWN.id, by=SUNE, now=MONDAY_NOON)


async def test_names_nobody_any_more_when_it_is_long_over(grown: Desk) -> None:
    """BER-54: nor do its versions and who got them, which triggers keep until then."""
    plan = await runs(grown)
    shared = Sharing(
        id=UUID(int=1),
        kind=ShareKind.PLAN,
        alert=None,
        plan=plan.id,
        number=1,
        person=SOFIE.id,
        way=ShareWay.TEAMS,
        by=DORTE.id,
        at=MONDAY_NOON,
    )

    async def shares(tx: Transaction) -> None:
        held = await tx.action_plans.hold(plan.id)
        assert held is not None
        await tx.action_plans.save(finish(held, by=DORTE.id, now=MONDAY_NOON), was=held)
        await tx.sharings.add([shared])

    async def kept(tx: Transaction) -> tuple[int, int]:
        found = await tx.action_plans.find(plan.id)
        assert found is not None
        return len(found.versions), len(await tx.sharings.of_plan(plan.id))

    async def ends(tx: Transaction) -> None:
        because = "Demonstrationen er forbi"
        await close_plan(tx, id=plan.id, decision=UUID(int=2), because=because, by=DORTE, now=over)

    await grown.does(shares)
    over = MONDAY_NOON + 2 * A_WEEK
    await grown.does(ends)
    await erase_alerts(grown.database, months=24, now=over + timedelta(days=700))
    async with grown.database.transaction() as tx:
        assert await kept(tx) == (1, 1)
    await erase_alerts(grown.database, months=24, now=over + timedelta(days=740))

    async with grown.database.transaction() as tx:
        left = await tx.action_plans.find(plan.id)
        assert await kept(tx) == (0, 0)
        assert await tx.action_plans.running(drill=False) == []
        with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
            await see_plan(tx, id=GROWN.id, by=DORTE, now=MONDAY_NOON)
    assert left is not None
    assert (left.title, left.made_by) == ("", None)
    assert {each.owner for each in left.measures} == {None}
    assert [each.kind for each in left.measures] == [each.kind for each in plan.measures]


async def test_reminds_by_the_code_of_its_template(grown: Desk) -> None:
    """BER-34: it has no number."""
    await runs(grown)
    await grown.due()
    late = 5 * A_WEEK

    await remind_measures(grown.database, now=MONDAY_NOON + late)
    letters = [
        each
        for each in await grown.due(after=late)
        if each.notice.kind is NoticeKind.MEASURES_DUE and each.notice.person == SOFIE.id
    ]
    async with grown.database.transaction() as tx:
        [shown] = await draw_measures(tx, letters, now=MONDAY_NOON + late)

    assert shown is not None
    assert "B5 · Nr. " in shown.words
