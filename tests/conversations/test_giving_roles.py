"""Roles: the data steward gives and takes them on a leader's word, never their own (APP-2)."""

from collections.abc import Mapping

import pytest

from domain.people import Office, Person, PersonId
from tests.support.chat import Chat
from tests.support.reports import GRAVE, NAME
from tests.support.town import (
    ANNA,
    BO,
    DAN,
    DANISH,
    DENNIS,
    DORTE,
    HENRIETTE,
    LARS,
    LIV,
    RUTH,
    SOFIE,
    STEEN,
    STINE,
    Town,
    inactive,
)

SEAT_IN_VALBY = {
    "what": "seat",
    "committee": "KG5",
    "seat": "member",
    "slot": "KG.4",
    "leader": LARS.id,
}


@pytest.fixture
def stine(town: Town) -> Chat:
    """Keeps the register."""
    return town.chat(STINE)


async def gives(stine: Chat, person: Person, answers: Mapping[str, str]) -> str:
    """Look somebody up and give them something; read what came of it."""
    await stine.types(f"rolle {person.name}")
    await stine.presses("role.give")
    await stine.fills(answers)
    return await stine.presses("form.send")


async def takes(stine: Chat, person: Person, post: str) -> str:
    await stine.types(f"rolle {person.name}")
    await stine.presses("role.take")
    await stine.fills({"post": post})
    return await stine.presses("form.send")


async def offices(town: Town, person: Person) -> frozenset[Office]:
    async with town.remembers() as tx:
        return (await tx.people.get(person.id)).offices


class TestASeat:
    async def test_opens_what_the_group_has_at_once_and_no_longer_when_it_is_taken(
        self, town: Town, stine: Chat
    ) -> None:
        """APP-2: Liv's seat is given on Lars' word; §15.13: at the very next press."""
        await takes(stine, LIV, "seat:KG5:member")
        liv = town.chat(LIV)
        reference = await town.chat(ANNA).reports(GRAVE)
        assert DANISH("rule.concern.not_found") in await liv.types(f"åbn {reference}")

        told = await gives(stine, LIV, SEAT_IN_VALBY)

        assert DANISH("role_give.done_title") in told
        assert NAME in await liv.opens(reference)

        told = await takes(stine, LIV, "seat:KG5:member")

        assert DANISH("role_take.done_title") in told
        assert DANISH("rule.concern.not_found") in await liv.types(f"åbn {reference}")

    async def test_is_given_on_the_word_of_a_leader_of_the_same_authority_only(
        self, town: Town, stine: Chat
    ) -> None:
        """APP-1: Lars leads for the schools and is not offered; Henriette appoints her own."""
        seat = {"what": "seat", "committee": "LU-VAL", "seat": "member", "slot": "LU.1"}

        for leader in (LARS, RUTH):
            await stine.types(f"rolle {SOFIE.name}")
            await stine.presses("role.give")
            read = await stine.fills({**seat, "leader": leader.id})
            assert DANISH("role_give.step.review") not in read
            await stine.types("annullér")
            await stine.types("ja")
        told = await gives(stine, SOFIE, {**seat, "leader": HENRIETTE.id})

        assert DANISH("rule.role.not_their_leader") in told
        assert await seats(town, SOFIE) == {"KG5:member"}


class TestNobody:
    async def test_gives_themselves_anything(self, town: Town, stine: Chat) -> None:
        """ROLE-01."""
        told = await gives(
            stine, STINE, {"what": "office", "office": "SEK", "leader": HENRIETTE.id}
        )

        assert DANISH("rule.role.self") in told
        assert await offices(town, STINE) == {Office.STEW}

    async def test_takes_their_own(self, town: Town, stine: Chat) -> None:
        told = await takes(stine, STINE, "office:STEW")

        assert DANISH("rule.role.self") in told
        assert await offices(town, STINE) == {Office.STEW}

    @pytest.mark.parametrize("person", [ANNA, BO, DORTE, DAN, HENRIETTE])
    async def test_but_a_data_steward_may_look(self, town: Town, person: Person) -> None:
        told = await town.chat(person).types(f"rolle {SOFIE.name}")

        assert STINE.name in told
        assert SOFIE.function not in told


class TestWhatTakesTwo:
    @pytest.mark.parametrize(
        "what",
        [
            {"what": "office", "office": "SEK"},
            {"what": "office", "office": "STEW"},
            {"what": "office", "office": "DPO"},
            {"what": "seat", "committee": "KG5", "seat": "facilitator"},
        ],
        ids=lambda what: what.get("office", "FAC"),
    )
    async def test_is_given_when_a_second_person_agrees(
        self, town: Town, stine: Chat, what: Mapping[str, str]
    ) -> None:
        """ROLE-01: the powerful roles; neither who asked nor whom it is for is the second."""
        await gives(stine, SOFIE, {**what, "leader": HENRIETTE.id})

        steen = town.chat(STEEN)
        assert SOFIE.name not in await town.chat(SOFIE).types("medunderskriv")
        assert not await offices(town, SOFIE)
        assert await seats(town, SOFIE) == {"KG5:member"}
        await steen.types("medunderskriv")
        read = await steen.presses("countersign.open")
        assert SOFIE.name in read
        assert HENRIETTE.name in read
        assert STINE.name in read
        await steen.presses("countersign.give")

        gained = {*(await offices(town, SOFIE)), *(await seats(town, SOFIE))}
        assert gained - {"KG5:member"} == {what.get("office", "KG5:facilitator")}

    async def test_is_not_given_when_they_do_not(self, town: Town, stine: Chat) -> None:
        await gives(stine, SOFIE, {"what": "office", "office": "STEW", "leader": HENRIETTE.id})
        steen = town.chat(STEEN)

        await steen.types("medunderskriv")
        await steen.presses("countersign.open")
        await steen.presses("countersign.refuse")

        assert await offices(town, SOFIE) == set()

    async def test_is_not_given_on_the_word_of_a_leader_who_has_left_meanwhile(
        self, town: Town, stine: Chat
    ) -> None:
        """AC-CARD-06: looked at again when it is given."""
        await gives(stine, SOFIE, {"what": "office", "office": "SEK", "leader": HENRIETTE.id})
        async with town.remembers() as tx:
            await tx.people.save(inactive(HENRIETTE))
        steen = town.chat(STEEN)

        await steen.types("medunderskriv")
        await steen.presses("countersign.open")
        told = await steen.presses("countersign.give")

        assert DANISH("rule.role.not_their_leader") in told
        assert await offices(town, SOFIE) == set()


async def seats(town: Town, person: Person) -> set[str]:
    async with town.remembers() as tx:
        held = await tx.organisation.memberships_of(PersonId(person.id))
    return {f"{each.committee}:{each.seat}" for each in held}


class TestLeaving:
    async def test_gives_what_waited_to_the_next(self, town: Town, bo: Chat, stine: Chat) -> None:
        """ROLE-03: Bo no longer facilitates; what he took up is the Secretariat's now."""
        reference = await town.chat(ANNA).reports(GRAVE)
        await bo.opens(reference)
        await bo.types(f"tag op {reference}")

        await takes(stine, BO, "seat:KG5:facilitator")

        assert DANISH("rule.concern.not_found") in await bo.types(f"åbn {reference}")
        concern = await town.concern(reference)
        assert concern.owner == DENNIS.id
        assert reference in town.chat(DENNIS).last()

    async def test_altogether_ends_everything(self, town: Town, stine: Chat) -> None:
        await takes(stine, SOFIE, "register")

        async with town.remembers() as tx:
            left = await tx.people.get(SOFIE.id)
        assert not left.active
        assert not left.s115_covered
        assert await seats(town, SOFIE) == set()
