"""The register follows Entra: who left, what changed, and what only a data steward decides."""

import pytest

from domain.appointments import Holding, Post
from domain.directory import DifferenceKind
from domain.directory_changes import Decision
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Seat
from tests.integration.usecases.desk import Desk
from tests.support.entra_town import GROUPS, EntraTown
from tests.support.town import (
    BENTE,
    BO,
    CARL,
    DORTE,
    KASPER,
    KLAUS,
    LIV,
    MONDAY_NOON,
    OLE,
    PER,
    PLUS_GROUP,
    SANNE,
    SOFIE,
    STEEN,
    STINE,
    UFFE,
    VALBY_GROUP,
    VIGGO,
)
from usecases.appoint import carry_out
from usecases.decide_directory import decide

PLUS = (SANNE, UFFE, VIGGO, PER, OLE)


class TestWhoLeft:
    async def test_loses_access_as_soon_as_the_closed_account_is_seen(
        self, entra: EntraTown
    ) -> None:
        """APP-2: an appointment that ends ends access the same minute."""
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.reads()

        assert not (await entra.person(LIV)).active
        assert await entra.seats(LIV) == []
        assert await entra.kinds(Decision.DONE) == [(DifferenceKind.DISABLED, LIV.id)]

    async def test_loses_access_when_the_account_is_deleted(self, entra: EntraTown) -> None:
        entra.graph.directory.delete_person(LIV.aad_id)
        await entra.reads()

        assert not (await entra.person(LIV)).active
        assert await entra.kinds(Decision.DONE) == [(DifferenceKind.DELETED, LIV.id)]

    async def test_loses_access_when_out_of_every_group(self, entra: EntraTown) -> None:
        entra.leaves(VALBY_GROUP, LIV)
        await entra.reads()

        assert not (await entra.person(LIV)).active
        assert await entra.kinds(Decision.DONE) == [(DifferenceKind.LEFT_GROUPS, LIV.id)]

    async def test_keeps_what_they_have_elsewhere_when_out_of_one_group(
        self, entra: EntraTown
    ) -> None:
        async with entra.database.transaction() as tx:
            post = Post(
                holding=Holding.SEAT, committee=PLUS_GROUP.code, seat=Seat.MEMBER, slot="PKG.1"
            )
            await carry_out(tx, SOFIE, post, given=True, by=STINE.id, now=MONDAY_NOON)
        entra.comes(PLUS_GROUP, SOFIE)
        entra.leaves(VALBY_GROUP, SOFIE)
        await entra.reads()

        assert (await entra.person(SOFIE)).active
        assert await entra.seats(SOFIE) == [PLUS_GROUP.code]

    async def test_leaves_what_they_had_to_others(self, entra: EntraTown, desk: Desk) -> None:
        """ROLE-03: the same as when a data steward takes it."""
        concern = await desk.submits()
        assert concern.owner == BO.id
        entra.graph.directory.change_person(BO.aad_id, enabled=False)
        await entra.reads()

        assert (await desk.finds(concern)).owner != BO.id

    async def test_is_in_the_history_of_the_committee_by_nobodys_hand(
        self, entra: EntraTown
    ) -> None:
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.reads()

        async with entra.database.transaction() as tx:
            [change] = await tx.seat_history.of_committee(VALBY_GROUP.code, at_most=1)
        assert (change.person, change.given, change.by) == (LIV.id, False, None)

    async def test_with_a_guests_account_loses_it_as_anybody(self, entra: EntraTown) -> None:
        """Police and probation are guests of the municipality's tenant."""
        entra.graph.directory.change_person(CARL.aad_id, enabled=False)
        await entra.reads()

        assert not (await entra.person(CARL)).active


class TestManyAtOnce:
    async def test_wait_for_a_data_steward(self, entra: EntraTown) -> None:
        for person in (LIV, KASPER, BENTE, KLAUS, SOFIE, CARL):
            entra.graph.directory.change_person(person.aad_id, enabled=False)
        await entra.reads()

        assert len(await entra.found()) == 6
        assert (await entra.person(LIV)).active

    async def test_a_group_that_is_empty_of_a_sudden_throws_nobody_out(
        self, entra: EntraTown
    ) -> None:
        entra.leaves(PLUS_GROUP, *PLUS)
        entra.graph.directory.groups[GROUPS[PLUS_GROUP.code]].members.clear()
        await entra.reads()

        assert {kind for kind, _ in await entra.kinds()} == {DifferenceKind.LEFT_GROUPS}
        assert (await entra.person(SANNE)).active

    async def test_a_group_that_is_deleted_throws_nobody_out(self, entra: EntraTown) -> None:
        entra.graph.directory.delete_group(GROUPS[PLUS_GROUP.code])
        await entra.reads()

        assert await entra.kinds() == [(DifferenceKind.GROUP_GONE, GROUPS[PLUS_GROUP.code])]
        assert await entra.seats(SANNE) == [PLUS_GROUP.code]

    async def test_are_carried_out_when_a_steward_agrees(self, entra: EntraTown) -> None:
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        found = await entra.found()
        async with entra.database.transaction() as tx:
            await decide(tx, [each.id for each in found], agree=True, by=STINE, now=MONDAY_NOON)
        await entra.follower.run()

        assert not (await entra.person(SANNE)).active
        assert len(await entra.found(Decision.DONE)) == len(found) == 5

    async def test_are_not_carried_out_when_entra_has_them_back_by_then(
        self, entra: EntraTown
    ) -> None:
        """What was agreed to in the evening is looked at once more before it is done."""
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        entra.comes(PLUS_GROUP, *PLUS)
        async with entra.database.transaction() as tx:
            ids = [each.difference.id for each in await tx.directory.found(Decision.WAITING)]
            await decide(tx, ids, agree=True, by=STINE, now=MONDAY_NOON)
        await entra.follower.run()

        assert all([(await entra.person(each)).active for each in PLUS])
        assert await entra.found(Decision.DONE) == []

    async def test_are_not_told_of_again_once_set_aside(self, entra: EntraTown) -> None:
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        async with entra.database.transaction() as tx:
            ids = [each.difference.id for each in await tx.directory.found(Decision.WAITING)]
            await decide(tx, ids, agree=False, by=STINE, now=MONDAY_NOON)
        await entra.reads()

        assert await entra.found() == []
        assert await entra.seats(SANNE) == [PLUS_GROUP.code]

    async def test_are_forgotten_when_it_was_a_mistake(self, entra: EntraTown) -> None:
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        entra.comes(PLUS_GROUP, *PLUS)
        await entra.reads()

        assert await entra.found() == []

    async def test_tell_the_data_stewards_once(self, entra: EntraTown, desk: Desk) -> None:
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        await entra.reads()

        told = [each.notice for each in await desk.due()]
        mine = [each for each in told if each.kind is NoticeKind.DIRECTORY_CHANGED]
        assert sorted(str(each.person) for each in mine) == [STEEN.id, STINE.id]


class TestADataSteward:
    async def test_decides_nothing_about_themselves(self, entra: EntraTown) -> None:
        """APP-2: nobody changes their own roles; and the last of them are never taken at once."""
        for steward in (STEEN, STINE):
            entra.graph.directory.change_person(steward.aad_id, enabled=False)
        await entra.reads()

        difference = next(each for each in await entra.found() if each.person == STINE.id)
        with pytest.raises(RuleBroken, match="directory.decided"):
            async with entra.database.transaction() as tx:
                await decide(tx, [difference.id], agree=True, by=STINE, now=MONDAY_NOON)
        assert (await entra.person(STINE)).active

    async def test_alone_decides(self, entra: EntraTown) -> None:
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()

        difference, *_ = await entra.found()
        with pytest.raises(RuleBroken, match="office.secretariat_only"):
            async with entra.database.transaction() as tx:
                await decide(tx, [difference.id], agree=True, by=DORTE, now=MONDAY_NOON)
