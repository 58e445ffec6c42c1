"""Finding the way of a report before and when it is sent (CON-6 to CON-8, INH-4)."""

from dataclasses import replace

import pytest

from domain.concerns import Concern
from domain.notices import NoticeKind
from domain.people import PersonId
from tests.integration.usecases.desk import REPORTED, Desk
from tests.support.town import ANNA, BO, CARL, DENNIS, SOFIE


async def recused(desk: Desk, concern: Concern) -> set[PersonId]:
    async with desk.database.transaction() as tx:
        return await tx.relations.recused(concern.id)


@pytest.mark.parametrize(
    "names",
    [
        "Carl Dybdahl, Sofie Tangmose",
        "Carl Dybdahl og Sofie Tangmose",
        "Carl Dybdahl and Sofie Tangmose",
        "Carl Dybdahl\nSofie Tangmose",
        "carl dybdahl & sofie tangmose",
    ],
)
async def test_names_are_found_however_they_are_put_together(desk: Desk, names: str) -> None:
    """INH-4: a name that is not understood would let its owner in once it is moved on."""
    concern = await desk.submits(reported=replace(REPORTED, near_relations=names))

    assert await recused(desk, concern) == {CARL.id, SOFIE.id}
    assert concern.owner == BO.id


async def test_a_name_like_the_reporters_own_is_somebody_elses(desk: Desk) -> None:
    """The reporter said that it is not them: they still follow it, and the Secretariat looks."""
    concern = await desk.submits(ANNA, reported=replace(REPORTED, near_relations="Anna"))

    assert await recused(desk, concern) == set()
    assert concern.owner == DENNIS.id


async def test_a_grave_sign_is_urgent_where_the_level_is_not_known(desk: Desk) -> None:
    """CON-8, LVL-1: "I do not know" must not keep a robbery from the police's seat."""
    robbery = replace(REPORTED, level=None, criteria=frozenset({"L4.b"}))

    concern = await desk.submits(reported=robbery)

    assert (concern.urgent, concern.level) == (True, None)
    assert (NoticeKind.CONCERN_GRAVE, CARL.id) in await desk.told()
