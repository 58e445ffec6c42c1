"""What Entra says besides who left: strangers, groups in groups, new names and addresses."""

from dataclasses import replace
from uuid import UUID

from domain.appointments import Holding, Post
from domain.directory import DifferenceKind
from domain.people import Authority
from tests.support.entra_town import GROUPS, EntraTown
from tests.support.town import (
    ANNA,
    BENTE,
    BO,
    KASPER,
    KLAUS,
    LIV,
    MONDAY_NOON,
    SANNE,
    SOFIE,
    STINE,
    VALBY_GROUP,
)
from usecases.appoint import carry_out
from usecases.decide_directory import enter_found

STRANGER = "a0000000-0000-4000-8000-0000000ff001"
NEW = UUID("c0000000-0000-4000-8000-000000000001")


class TestAGroupAlone:
    async def test_gives_nobody_a_seat(self, entra: EntraTown) -> None:
        """APP-2: a seat is given on a leader's word."""
        entra.comes(VALBY_GROUP, ANNA)
        await entra.reads()

        assert await entra.kinds() == [(DifferenceKind.WITHOUT_SEAT, ANNA.id)]
        assert await entra.seats(ANNA) == []

    async def test_enters_nobody_into_the_register(self, entra: EntraTown) -> None:
        entra.graph.directory.add_person(STRANGER, "Ny Fuglekær", "ny@ssp-demo.example")
        entra.graph.directory.join(GROUPS[VALBY_GROUP.code], STRANGER)
        await entra.reads()

        [found] = await entra.found()
        assert (found.kind, found.name) == (DifferenceKind.UNKNOWN, "Ny Fuglekær")
        async with entra.database.transaction() as tx:
            assert await tx.people.of_aad(STRANGER) is None

    async def test_lets_a_steward_take_somebody_in_without_a_seat(self, entra: EntraTown) -> None:
        entra.graph.directory.add_person(STRANGER, "Ny Fuglekær", "ny@politi.example", guest=True)
        entra.graph.directory.join(GROUPS[VALBY_GROUP.code], STRANGER)
        await entra.reads()
        [found] = await entra.found()
        async with entra.database.transaction() as tx:
            person = await enter_found(
                tx,
                id=NEW,
                found=found.id,
                authority=Authority.KP,
                function="Betjent",
                email=found.becomes,
                phone="",
                by=STINE,
                now=MONDAY_NOON,
            )
        await entra.reads()

        assert (person.name, person.email) == ("Ny Fuglekær", "ny@politi.example")
        assert await entra.kinds() == [(DifferenceKind.WITHOUT_SEAT, person.id)]

    async def test_brings_nobody_back(self, entra: EntraTown) -> None:
        async with entra.database.transaction() as tx:
            left = Post(holding=Holding.REGISTER)
            await carry_out(tx, LIV, left, given=False, by=STINE.id, now=MONDAY_NOON)
        await entra.reads()

        assert await entra.kinds() == [(DifferenceKind.RETURNED, LIV.id)]
        assert not (await entra.person(LIV)).active

    async def test_with_a_group_in_it_says_so(self, entra: EntraTown) -> None:
        entra.graph.directory.add_group("d0000000-0000-4000-8000-000000000001", "Vagten")
        entra.graph.directory.join(
            GROUPS[VALBY_GROUP.code], "d0000000-0000-4000-8000-000000000001"
        )
        await entra.reads()

        assert await entra.kinds() == [(DifferenceKind.NESTED, GROUPS[VALBY_GROUP.code])]


class TestWhatChanged:
    async def test_of_names_and_addresses_is_taken_over(self, entra: EntraTown) -> None:
        entra.graph.directory.change_person(
            LIV.aad_id, name="Liv Kløvergnist Sø (BUF)", mail="liv.soe@ssp-demo.example"
        )
        await entra.reads()

        assert await entra.person(LIV) == replace(
            LIV, name="Liv Kløvergnist Sø", email="liv.soe@ssp-demo.example"
        )

    async def test_for_very_many_waits_and_holds_up_no_leaver(self, entra: EntraTown) -> None:
        """A new mail domain for everybody must not let somebody in who has left."""
        for person in (LIV, KASPER, BENTE, SOFIE, SANNE, BO):
            entra.graph.directory.change_person(person.aad_id, mail=f"{person.id}@ny.example")
        entra.graph.directory.change_person(KLAUS.aad_id, enabled=False)
        await entra.reads()

        assert len(await entra.found()) == 6
        assert (await entra.person(LIV)).email == LIV.email
        assert not (await entra.person(KLAUS)).active
