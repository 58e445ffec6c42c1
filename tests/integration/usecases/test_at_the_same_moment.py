"""What two people do about the same trial at the same moment."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from domain.delivery import Delivery, DeliveryState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from domain.trials import Audience
from scheduler.draw_notices import draw
from tests.integration.usecases.desk import Desk
from tests.support.town import DORTE, EVERYBODY, MONDAY_NOON
from usecases.acknowledge import acknowledge
from usecases.begin_trial import begin_trial
from usecases.confirm_by_phone import confirm_by_phone
from usecases.follow_trial import cancel_trial

TRIAL = UUID(int=5)
A_MINUTE = timedelta(minutes=1)


async def test_an_answer_and_a_telephone_call_do_not_wait_for_each_other(desk: Desk) -> None:
    """BER-21: both go through, whichever comes first, and each person counts once."""

    async def answers(person: Person) -> None:
        async with desk.database.transaction() as tx:
            await acknowledge(tx, trial=TRIAL, by=person, now=MONDAY_NOON)

    async def is_telephoned(person: Person) -> None:
        async with desk.database.transaction() as tx:
            await confirm_by_phone(tx, by=DORTE, person=person.id, trial=TRIAL, now=MONDAY_NOON)

    async with desk.database.transaction() as tx:
        await begin_trial(tx, id=TRIAL, by=DORTE, audience=Audience.EVERYBODY, now=MONDAY_NOON)
        told = [
            standing.person
            for standing in await tx.standings.each(TRIAL, kind=NoticeKind.TRIAL, now=MONDAY_NOON)
        ]
        for each in told:
            await tx.call_list.add(each, about=TRIAL, why=DeliveryState.BLOCKED, now=MONDAY_NOON)
    for person in (each for each in EVERYBODY if each.id in told):
        await asyncio.gather(answers(person), is_telephoned(person))

    async with desk.database.transaction() as tx:
        tally = await tx.standings.tally(TRIAL, kind=NoticeKind.TRIAL, now=MONDAY_NOON)
        assert await tx.call_list.waiting() == []
    assert tally == {DeliveryState.ACKNOWLEDGED: len(told)}


async def test_what_is_claimed_when_a_trial_is_cancelled_and_comes_back_is_not_sent(
    desk: Desk,
) -> None:
    """BER-13: it is cancelled then; a letter of a replica that died is too."""
    async with desk.database.transaction() as tx:
        await begin_trial(tx, id=TRIAL, by=DORTE, audience=Audience.EVERYBODY, now=MONDAY_NOON)
    claimed = await desk.due()
    async with desk.database.transaction() as tx:
        await cancel_trial(tx, by=DORTE, id=TRIAL, now=MONDAY_NOON)
        await tx.outbox.release_all([(each, MONDAY_NOON) for each in claimed])
    again = await desk.due()

    assert len(again) == len(claimed) > 0
    async with desk.database.transaction() as tx:
        drawn = await draw(tx, again, checks={}, now=MONDAY_NOON)
    assert drawn == [None] * len(again)


async def test_who_got_a_letter_of_which_nobody_knows_can_confirm_it_though_it_was_cancelled(
    desk: Desk,
) -> None:
    """BER-13: a press shows that it arrived; what was never tried cannot have."""
    async with desk.database.transaction() as tx:
        await begin_trial(tx, id=TRIAL, by=DORTE, audience=Audience.EVERYBODY, now=MONDAY_NOON)
        [unclear, untried, *_] = await tx.outbox.claim(
            now=MONDAY_NOON, lease=A_MINUTE, at_most=len(EVERYBODY)
        )
        await tx.outbox.postpone_all([(unclear, MONDAY_NOON)], why="retry", unclear=True)
        await tx.outbox.release_all([(untried, MONDAY_NOON)])
        await cancel_trial(tx, by=DORTE, id=TRIAL, now=MONDAY_NOON)

    async with desk.database.transaction() as tx:
        got = person_of(unclear)
        assert await acknowledge(tx, trial=TRIAL, by=got, now=MONDAY_NOON) == MONDAY_NOON
        with pytest.raises(RuleBroken, match=r"trial\.not_for_you"):
            await acknowledge(tx, trial=TRIAL, by=person_of(untried), now=MONDAY_NOON)


def person_of(delivery: Delivery) -> Person:
    [person] = [each for each in EVERYBODY if each.id == delivery.notice.person]
    return person
