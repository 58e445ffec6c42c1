"""What somebody had who lost a seat or left: passed on, or told to whoever must see to it."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.cases import Case, CaseState
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.decision_tasks import DecisionTask, TaskState
from domain.duties import DutyKind
from domain.grants import Grant, GrantKind
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.support.case_stories import BORN, NAME, an_action, put
from tests.support.organisation_changes import (
    with_people,
    without_seat,
    without_secretariat,
)
from tests.support.steering import a_meeting
from tests.support.town import (
    BO,
    EVA,
    LINE,
    MONDAY_NOON,
    ORGANISATION,
    SOFIE,
    VALBY_GROUP,
    inactive,
    uncovered,
)
from usecases.leave_behind import leave_behind
from usecases.read_duties import duties_of

Losing = Callable[[Transaction], Awaitable[None]]


async def loses_the_seat(tx: Transaction) -> None:
    await tx.organisation.unseat(SOFIE.id)


async def leaves(tx: Transaction) -> None:
    await tx.organisation.replace(with_people(ORGANISATION, inactive(SOFIE)))


async def loses_cover(tx: Transaction) -> None:
    await tx.people.save(uncovered(SOFIE))


async def is_left_out_of_the_register(tx: Transaction) -> None:
    register = without_seat(ORGANISATION, SOFIE)
    others = tuple(each for each in register.people if each.id != SOFIE.id)
    await tx.organisation.replace(replace(register, people=others))


EVERY_WAY = pytest.mark.parametrize(
    "loses", [loses_the_seat, leaves, loses_cover, is_left_out_of_the_register]
)


async def a_case(tx: Transaction, *, lead: PersonId | None = None) -> Case:
    return await put(
        tx,
        state=CaseState.FOLLOW_UP,
        group=VALBY_GROUP.code,
        born=BORN,
        name=NAME,
        level=2,
        lead=lead,
        follow_up_on=None,
        now=MONDAY_NOON,
    )


async def told(tx: Transaction, kind: NoticeKind, about: UUID) -> list[PersonId | None]:
    claimed = await tx.outbox.claim(now=MONDAY_NOON, lease=timedelta(minutes=1), at_most=50)
    found = [each.notice for each in claimed]
    return [each.person for each in found if each.kind is kind and each.about == about]


async def duties(tx: Transaction, person: Person) -> Collection[DutyKind]:
    return {each.kind for each in await duties_of(tx, person, now=MONDAY_NOON)}


@EVERY_WAY
async def test_a_case_is_left_without_its_lead_and_the_facilitator_is_told(
    desk: Desk, loses: Losing
) -> None:
    """ROLE-03."""
    async with desk.database.transaction() as tx:
        case = await a_case(tx, lead=SOFIE.id)
        await loses(tx)

        await leave_behind(tx, [SOFIE.id], now=MONDAY_NOON)

        found = await tx.cases.find(case.id)
        assert found is not None
        assert found.lead is None
        assert DutyKind.CASE_WITHOUT_LEAD in await duties(tx, BO)
        assert await told(tx, NoticeKind.CASE_NO_LEAD, case.id) == [BO.id]


@EVERY_WAY
async def test_an_action_waits_for_another_owner_and_the_facilitator_is_told(
    desk: Desk, loses: Losing
) -> None:
    """ROLE-03: for as long as it has none; nobody of another group hears of it."""
    async with desk.database.transaction() as tx:
        case = await a_case(tx)
        action = await an_action(tx, case, owner=SOFIE)
        assert DutyKind.ACTION_WITHOUT_OWNER not in await duties(tx, BO)
        await loses(tx)

        await leave_behind(tx, [SOFIE.id], now=MONDAY_NOON)

        assert DutyKind.ACTION_WITHOUT_OWNER in await duties(tx, BO)
        assert DutyKind.ACTION_WITHOUT_OWNER not in await duties(tx, EVA)
        assert await told(tx, NoticeKind.LEFT_BEHIND, case.id) == [BO.id]
        await tx.actions.save(replace(action, owner=BO.id))
        assert DutyKind.ACTION_WITHOUT_OWNER not in await duties(tx, BO)


@pytest.mark.parametrize(
    ("loses", "owner"),
    [
        (loses_the_seat, BO),
        (leaves, BO),
        (is_left_out_of_the_register, BO),
        (loses_cover, SOFIE),
    ],
)
async def test_a_task_from_a_decision_goes_to_the_facilitator(
    desk: Desk, loses: Losing, owner: Person
) -> None:
    """ROLE-03: at a committee's meeting a seat counts without cover too; what is done, stays."""
    async with desk.database.transaction() as tx:
        task, done = await two_tasks(tx, owner=SOFIE)
        await loses(tx)

        await leave_behind(tx, [SOFIE.id], now=MONDAY_NOON)

        assert [each.id for each in await tx.decision_tasks.open_of(owner.id)] == [task.id]
        assert await tx.decision_tasks.find(done.id) == done
        moved = [] if owner == SOFIE else [owner.id]
        assert await told(tx, NoticeKind.TASK_PASSED_ON, task.id) == moved


async def test_a_task_stays_where_it_is_when_nobody_keeps_the_meeting(desk: Desk) -> None:
    """The register is loaded all the same, and the log says so."""
    async with desk.database.transaction() as tx:
        task, _ = await two_tasks(tx, owner=SOFIE)
        nobody = without_secretariat(without_seat(without_seat(ORGANISATION, SOFIE), BO))
        await tx.organisation.replace(nobody)

        await leave_behind(tx, [SOFIE.id], now=MONDAY_NOON)

        assert await tx.decision_tasks.find(task.id) == task


async def two_tasks(tx: Transaction, *, owner: Person) -> tuple[DecisionTask, DecisionTask]:
    """Let a meeting have given somebody two tasks, one of them done."""
    meeting = a_meeting(VALBY_GROUP, local_date(MONDAY_NOON), 1, called_at=MONDAY_NOON)
    await tx.committee_meetings.add([meeting])
    given = DecisionTask(
        id=uuid4(),
        meeting=meeting.id,
        item=None,
        committee=meeting.committee,
        owner=owner.id,
        words="Tryk folderen",
        due_on=meeting.day + timedelta(days=14),
        state=TaskState.OPEN,
        given_by=EVA.id,
        given_at=MONDAY_NOON,
    )
    done = replace(given, id=uuid4()).done(at=MONDAY_NOON)
    for each in (given, done):
        await tx.decision_tasks.add(each)
    return given, done


async def test_what_is_still_theirs_stays_with_them(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        case = await a_case(tx, lead=SOFIE.id)
        await an_action(tx, case, owner=SOFIE)

        await leave_behind(tx, [SOFIE.id], now=MONDAY_NOON)

        assert await tx.cases.led_by(SOFIE.id) == [case]
        assert await told(tx, NoticeKind.LEFT_BEHIND, case.id) == []


@pytest.mark.parametrize(("gone", "left"), [(True, 0), (False, 1)])
async def test_a_grant_ends_with_the_place_in_the_register(
    desk: Desk, *, gone: bool, left: int
) -> None:
    """CASE-7: somebody asked in holds no seat to lose."""
    async with desk.database.transaction() as tx:
        case = await a_case(tx)
        await tx.grants.add(
            Grant(
                id=uuid4(),
                matter=case.id,
                person=LINE.id,
                kind=GrantKind.AD_HOC,
                classes=frozenset({DataClass.IDENTITY}),
                by=BO.id,
                begins_at=MONDAY_NOON,
                expires_at=MONDAY_NOON + timedelta(days=14),
            )
        )
        if gone:
            await tx.people.save(inactive(LINE))

        await leave_behind(tx, [LINE.id], now=MONDAY_NOON)

        assert len(await tx.grants.of_person(LINE.id, now=MONDAY_NOON)) == left
