"""The duty passed on from somebody who cannot be reached (house.md §10.5, BER-16, ROLE-03)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.concerns import Concern, Status
from domain.notices import Notice, NoticeKind
from tests.integration.usecases.desk import Desk, Work
from tests.support.organisation_changes import with_member_facilitating, with_people
from tests.support.town import (
    BO,
    CARL,
    DENNIS,
    DORTE,
    MONDAY_NOON,
    ORGANISATION,
    SOFIE,
    VALBY_GROUP,
)
from usecases.handle_concern import (
    pass_on,
)

DAY = timedelta(days=1)
NOW = MONDAY_NOON


def passing_on(concern: Concern) -> Work:
    """Pass a concern on whose owner did not get the notice of it."""
    notice = Notice(
        kind=NoticeKind.CONCERN_WAITING, about=concern.id, due_at=NOW, person=concern.owner
    )
    return lambda tx: pass_on(tx, notice, now=NOW)


class TestAnOwnerWhoCannotBeReached:
    async def test_is_followed_by_the_next_in_turn_until_all_have_had_theirs(
        self, desk: Desk
    ) -> None:
        """house.md §10.5: everybody once, and never in a circle."""
        register = with_member_facilitating(ORGANISATION, VALBY_GROUP, SOFIE)
        await desk.does(lambda tx: tx.organisation.replace(register))
        concern = await desk.submits()

        owners = [concern.owner]
        for _ in range(3):
            await desk.does(passing_on(await desk.finds(concern)))
            owners.append((await desk.finds(concern)).owner)

        assert owners == [BO.id, SOFIE.id, DENNIS.id, DORTE.id]
        assert await desk.refuses(passing_on(await desk.finds(concern))) == "concern.no_receiver"

    async def test_who_has_left_is_followed_by_the_first(self, desk: Desk) -> None:
        """ROLE-03."""
        register = with_member_facilitating(ORGANISATION, VALBY_GROUP, SOFIE)
        concern = await desk.submits()
        left = with_people(register, replace(BO, active=False))
        await desk.does(lambda tx: tx.organisation.replace(left))

        await desk.does(passing_on(concern))

        assert (await desk.finds(concern)).owner == SOFIE.id

    @pytest.mark.parametrize("status", [Status.TAKEN_UP, Status.WITHDRAWN])
    async def test_keeps_what_waits_for_nobody(self, desk: Desk, status: Status) -> None:
        concern = await desk.submits()
        await desk.does(lambda tx: tx.concerns.save(replace(concern, status=status)))

        await desk.does(passing_on(concern))

        assert (await desk.finds(concern)).owner == BO.id

    async def test_keeps_nothing_that_has_another_owner_or_does_not_exist(
        self, desk: Desk
    ) -> None:
        concern = await desk.submits()

        await desk.does(passing_on(replace(concern, owner=CARL.id)))
        await desk.does(passing_on(replace(concern, id=uuid4())))

        assert await desk.finds(concern) == concern
