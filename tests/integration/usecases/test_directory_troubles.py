"""When Entra cannot be read: nobody loses anything, nothing is half taken over, and it is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.directory import DifferenceKind
from domain.directory_changes import AGAIN_AFTER, Changes, Decision, GroupChange
from tests.integration.usecases.desk import Desk
from tests.support.entra_town import EntraTown, an_entra
from tests.support.town import (
    ANNA,
    KASPER,
    LIV,
    MONDAY_NOON,
    PLUS_GROUP,
    SANNE,
    SOFIE,
    VALBY_GROUP,
)
from usecases.follow_directory import Told, plan_reading, take_over


class Hour:
    """Time that passes when a story says so."""

    def __init__(self) -> None:
        self.now = MONDAY_NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hour() -> Hour:
    return Hour()


@pytest.fixture
async def entra(desk: Desk, hour: Hour) -> AsyncIterator[EntraTown]:
    async with an_entra(desk.database, hour=hour) as entra:
        await entra.links(VALBY_GROUP, PLUS_GROUP)
        await entra.reads()
        entra.graph.log.calls.clear()
        yield entra


async def nothing_changed(entra: EntraTown) -> bool:
    async with entra.database.transaction() as tx:
        everybody = await tx.people.everybody()
    return LIV in everybody and await entra.found() == []


class TestARefusal:
    async def test_for_want_of_consent_is_noted_and_not_asked_again(
        self, entra: EntraTown, hour: Hour
    ) -> None:
        """A permission that is missing does not come by asking: no storm."""
        entra.graph.gate.consent_only("User.Read.All")
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.fails_to_read()
        calls = len(entra.graph.log.calls)
        hour.now += timedelta(hours=5)
        await entra.follower.run()

        assert len(entra.graph.log.calls) == calls
        state = await entra.state()
        assert (state.trouble, state.asked_at) == ("Authorization_RequestDenied", None)
        assert await nothing_changed(entra)

    async def test_of_the_people_only_takes_nobody_to_be_gone(self, entra: EntraTown) -> None:
        entra.graph.gate.consent_only("GroupMember.Read.All")
        await entra.fails_to_read()

        assert await nothing_changed(entra)

    async def test_is_over_when_consent_is_given_and_somebody_asks(self, entra: EntraTown) -> None:
        entra.graph.gate.consent_only("GroupMember.Read.All")
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.fails_to_read()
        entra.graph.gate.consent_only("GroupMember.Read.All", "User.Read.All")
        await entra.reads()

        state = await entra.state()
        assert (state.trouble, state.read_at) == (None, MONDAY_NOON)
        assert not (await entra.person(LIV)).active

    async def test_of_the_token_is_noted(self, entra: EntraTown) -> None:
        entra.graph.gate.tokens = {"another"}

        assert await entra.fails_to_read() == "InvalidAuthenticationToken"
        assert await nothing_changed(entra)


class TestATroubleThatPasses:
    @pytest.mark.parametrize("status", [429, 503, 500])
    async def test_is_tried_again_later_by_itself(
        self, entra: EntraTown, hour: Hour, status: int
    ) -> None:
        entra.graph.faults.add(status=status, lasting=timedelta(minutes=30))
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.fails_to_read()
        calls = len(entra.graph.log.calls)
        await entra.follower.run()

        assert len(entra.graph.log.calls) == calls  # left alone for a while
        assert await nothing_changed(entra)
        entra.graph.faults.clear()
        hour.now += timedelta(hours=3)
        await entra.follower.run()
        assert not (await entra.person(LIV)).active
        assert (await entra.state()).trouble is None

    async def test_of_the_line_is_tried_again_later(self, entra: EntraTown, hour: Hour) -> None:
        """No answer is no word of anybody."""
        entra.graph.faults.add(cut=True, lasting=timedelta(minutes=30))
        await entra.fails_to_read()

        assert await nothing_changed(entra)
        assert (await entra.state()).next_at == hour.now + AGAIN_AFTER

    async def test_is_left_alone_as_long_as_graph_wants(
        self, entra: EntraTown, hour: Hour
    ) -> None:
        entra.graph.faults.storm(times=50, retry_after=4 * 3600)
        await entra.fails_to_read()

        again_at = (await entra.state()).next_at
        assert again_at is not None
        assert again_at >= hour.now + timedelta(hours=4)

    async def test_of_one_person_takes_nobody_to_be_gone(self, entra: EntraTown) -> None:
        """Half of a batch fails: the whole reading waits, and nothing is half taken over."""
        entra.leaves(VALBY_GROUP, LIV)
        entra.graph.faults.add(op="users.get", in_batch=True, every=2, status=500)
        await entra.fails_to_read()

        assert await nothing_changed(entra)
        entra.graph.faults.clear()
        await entra.reads()
        assert await entra.kinds(Decision.DONE) == [(DifferenceKind.LEFT_GROUPS, LIV.id)]


class TestADeltaToken:
    async def test_that_has_expired_is_no_loss(self, entra: EntraTown) -> None:
        """410: everything is read anew, and what happened meanwhile is found by comparing."""
        entra.leaves(VALBY_GROUP, LIV)
        entra.comes(VALBY_GROUP, ANNA)
        entra.graph.directory.groups_feed.expire()
        await entra.reads()

        assert not (await entra.person(LIV)).active
        assert await entra.kinds() == [(DifferenceKind.WITHOUT_SEAT, ANNA.id)]

    async def test_asks_for_what_changed_only(self, entra: EntraTown) -> None:
        await entra.reads()

        [asked] = entra.graph.log.of("groups.delta")
        assert "$deltatoken" in asked.asked.query
        assert "$filter" not in asked.asked.query

    async def test_is_given_by_the_last_page_of_many(self, entra: EntraTown) -> None:
        entra.graph.entra.page_size = 1
        entra.graph.directory.groups_feed.expire()
        entra.leaves(PLUS_GROUP, SANNE)
        await entra.reads()

        assert await entra.kinds(Decision.DONE) == [(DifferenceKind.LEFT_GROUPS, SANNE.id)]


class TestAProcessThatDies:
    async def test_halfway_through_a_reading_is_taken_over(
        self, entra: EntraTown, hour: Hour
    ) -> None:
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.asks()
        entra.door.closes()
        running = asyncio.create_task(entra.follower.run())
        await entra.door.knocked()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        entra.door.opens()
        await entra.follower.run()  # somebody is at it still, as far as anybody knows

        assert await nothing_changed(entra)
        hour.now += timedelta(minutes=11)
        await entra.follower.run()
        assert not (await entra.person(LIV)).active

    async def test_before_what_was_found_is_carried_out_loses_nothing(
        self, entra: EntraTown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        entra.graph.directory.change_person(KASPER.aad_id, name="Kasper Ny")
        with monkeypatch.context() as dying:
            dying.setattr("scheduler.follow_directory.apply_difference", _dies)
            with pytest.raises(asyncio.CancelledError):
                await entra.reads()

        assert (await entra.person(LIV)).active
        assert len(await entra.found(Decision.AGREED)) == 2
        await entra.follower.run()
        assert not (await entra.person(LIV)).active
        assert (await entra.person(KASPER)).name == "Kasper Ny"

    async def test_of_two_that_read_at_once_one_is_too_late(
        self, entra: EntraTown, hour: Hour
    ) -> None:
        """A reading that took longer than its lease changes nothing any more."""
        entra.leaves(VALBY_GROUP, LIV)
        await entra.asks()
        entra.door.closes()
        slow = asyncio.create_task(entra.follower.run())
        await entra.door.knocked()
        hour.now += timedelta(minutes=11)
        entra.door.opens()
        await entra.follower.run()
        await slow

        async with entra.database.transaction() as tx:
            changes = await tx.seat_history.of_committee(VALBY_GROUP.code, at_most=9)
        assert [each.person for each in changes if not each.given] == [LIV.id]
        assert (await entra.state()).trouble is None

    async def test_that_comes_back_after_days_changes_nothing(self, entra: EntraTown) -> None:
        """Its lease is long over, and by its number it could be the one that reads now."""
        async with entra.database.transaction() as tx:
            plan = await plan_reading(tx, most_groups=50)
        group = plan.readings[0].groups[0]
        gone = GroupChange(group=group, left=frozenset({LIV.aad_id}))
        told = Told(
            changes=[Changes(groups=[gone], link=plan.readings[0].link, whole=False)],
            accounts={},
            missing=frozenset(),
        )
        entra.comes(PLUS_GROUP, ANNA)
        await entra.reads()
        await entra.asks()
        async with entra.database.transaction() as tx:
            tries = await tx.directory.take_on(now=entra.hour(), lease=timedelta(minutes=1))
            assert tries is not None
            late = await take_over(tx, plan, told, tries=tries, now=entra.hour())

        assert not late
        assert await entra.kinds() == [(DifferenceKind.WITHOUT_SEAT, ANNA.id)]
        assert (await entra.person(LIV)).active


async def _dies(*_: object, **__: object) -> None:
    raise asyncio.CancelledError


class TestAStewardWhoActsMeanwhile:
    async def test_and_chooses_another_group_is_heard(self, entra: EntraTown) -> None:
        """What was read of the old group is not taken over."""
        entra.leaves(VALBY_GROUP, LIV)
        await entra.asks()
        entra.door.closes()
        reading = asyncio.create_task(entra.follower.run())
        await entra.door.knocked()
        async with entra.database.transaction() as tx:
            await tx.directory.unlink(VALBY_GROUP.code)
        entra.door.opens()
        await reading

        assert (await entra.person(LIV)).active
        await entra.follower.run()
        assert await nothing_changed(entra)

    async def test_and_corrects_an_address_by_hand_is_not_overruled(
        self, entra: EntraTown
    ) -> None:
        for number, person in enumerate((LIV, KASPER, SOFIE, SANNE)):
            entra.graph.directory.change_person(person.aad_id, mail=f"{number}@ny.example")
        await entra.reads()
        by_hand = "rettet@ssp-demo.example"
        async with entra.database.transaction() as tx:
            await tx.people.describe(replace(LIV, email=by_hand))
            found = await tx.directory.found(Decision.WAITING)
            ids = [each.difference.id for each in found]
            await tx.directory.decide(ids, Decision.AGREED, by=None, now=MONDAY_NOON)
        await entra.follower.run()

        assert (await entra.person(LIV)).email == by_hand
        assert (await entra.person(SOFIE)).email == "2@ny.example"
