"""People, schools and leisure centres in the register: kept by the data stewards."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from domain.people import AreaCode, Institution, Person
from tests.support.chat import Chat
from tests.support.town import (
    ANNA,
    BO,
    DANISH,
    DORTE,
    HENRIETTE,
    LARS,
    LINE,
    STINE,
    ULLA,
    Town,
)

VAL = AreaCode("VAL")
SCHOOL = Institution(area=VAL, kind="school", name="Vindrosestiens Skole")
ULLA_COMES = {
    "name": ULLA.name,
    "aad_id": ULLA.aad_id,
    "authority": "KFF",
    "function": "Bibliotekar",
    "email": "ulla@ssp-demo.example",
    "phone": "+45 00 00 00 99",
}


@pytest.fixture
def stine(town: Town) -> Chat:
    """Keeps the register."""
    return town.chat(STINE)


async def enters(stine: Chat, answers: Mapping[str, str]) -> str:
    await stine.types("ny kollega")
    await stine.fills(answers)
    return await stine.presses("form.send")


async def places(town: Town) -> list[Institution]:
    async with town.remembers() as tx:
        return await tx.organisation.institutions(VAL)


class TestAColleague:
    async def test_who_is_new_is_known_at_once_and_has_nothing_yet(
        self, town: Town, stine: Chat
    ) -> None:
        """§14.1: being in the register gives no access; seats and cover take a leader's word."""
        ulla = town.chat(ULLA)
        await town.teams.opens(ULLA.aad_id)
        told = await enters(stine, ULLA_COMES)

        assert ULLA.name in told
        async with town.remembers() as tx:
            entered = await tx.people.of_aad(ULLA.aad_id)
            assert entered is not None
            assert await tx.organisation.memberships_of(entered.id) == []
        assert (entered.function, entered.phone) == ("Bibliotekar", "+45 00 00 00 99")
        assert not entered.s115_covered
        assert DANISH("duty.none") in await ulla.types("mine opgaver")

    async def test_who_was_there_before_comes_back_as_who_they_were(
        self, town: Town, stine: Chat
    ) -> None:
        """ROLE-03: without the seats and the cover they had."""
        await stine.types(f"rolle {LINE.name}")
        await stine.presses("role.take")
        await stine.fills({"post": "register"})
        await stine.presses("form.send")

        again = {**ULLA_COMES, "name": LINE.name, "aad_id": LINE.aad_id, "authority": "BUF"}
        await enters(stine, again)

        async with town.remembers() as tx:
            back = await tx.people.get(LINE.id)
        assert back.active
        assert not back.s115_covered

    async def test_who_is_there_is_not_entered_twice(self, town: Town, stine: Chat) -> None:
        told = await enters(stine, {**ULLA_COMES, "aad_id": ANNA.aad_id})

        assert DANISH("rule.colleague.known") in told
        async with town.remembers() as tx:
            assert await tx.people.get(ANNA.id) == ANNA

    @pytest.mark.parametrize(
        ("field", "typo", "rule"),
        [
            ("aad_id", "a0000000-0000", "colleague.aad_id"),
            ("email", "ulla@", "colleague.email"),
            ("phone", "ring til mig", "colleague.phone"),
            ("authority", "SKAT", "field.not_an_option"),
        ],
    )
    async def test_with_a_slip_of_the_keys_is_asked_again(
        self, stine: Chat, field: str, typo: str, rule: str
    ) -> None:
        await stine.types("ny kollega")
        read = await stine.presses("form.next", **{**ULLA_COMES, field: typo})

        assert DANISH(f"rule.{rule}") in read
        assert DANISH("colleague_add.step.review") in await stine.fills(ULLA_COMES)

    async def test_is_corrected_on_their_card_and_keeps_their_seats(
        self, town: Town, stine: Chat
    ) -> None:
        await stine.types(f"rolle {LARS.name}")
        await stine.presses("colleague.change")
        await stine.fills({"function": "Rektor", "email": LARS.email, "phone": "33 66 00 01"})

        async with town.remembers() as tx:
            corrected = await tx.people.get(LARS.id)
            held = await tx.organisation.memberships_of(LARS.id)
        assert corrected == replace(LARS, function="Rektor", phone="33 66 00 01")
        assert [each.slot for each in held] == ["LG.3"]

    @pytest.mark.parametrize("person", [ANNA, BO, DORTE, HENRIETTE], ids=lambda each: each.id)
    async def test_is_entered_by_a_data_steward_only(self, town: Town, person: Person) -> None:
        told = await town.chat(person).types("ny kollega")

        assert STINE.name in told  # whom to call
        assert DANISH("colleague_add.step.who") not in told


class TestSchoolsAndLeisureCentres:
    async def test_are_what_the_local_committees_minimum_is_counted_by(
        self, town: Town, stine: Chat
    ) -> None:
        """LU.3: one per public school in the area."""
        read = await stine.types("udvalg LU-VAL")
        assert "LU.3 · Børne- og Ungdomsforvaltningen" in read
        await stine.presses("place.list")
        await stine.presses("place.add")
        await stine.fills({"kind": "school", "name": SCHOOL.name})

        assert await places(town) == [SCHOOL]
        read = await stine.types("udvalg LU-VAL")
        assert "lærer eller pædagog fra folkeskolen · mindst 1" in read

    async def test_are_renamed_and_taken_out(self, town: Town, stine: Chat) -> None:
        async with town.remembers() as tx:
            await tx.organisation.add_institution(SCHOOL)
        await stine.types("udvalg LU-VAL")
        await stine.presses("place.list")
        await stine.presses("place.rename")
        await stine.fills({"place": f"school/{SCHOOL.name}", "name": "Kløverengens Skole"})
        assert [each.name for each in await places(town)] == ["Kløverengens Skole"]

        await stine.presses("committee.open")
        await stine.presses("place.list")
        await stine.presses("place.drop")
        await stine.fills({"place": "school/Kløverengens Skole"})
        await stine.presses("form.send")
        assert await places(town) == []

    async def test_are_there_once(self, town: Town, stine: Chat) -> None:
        async with town.remembers() as tx:
            await tx.organisation.add_institution(SCHOOL)
        await stine.types("udvalg LU-VAL")
        await stine.presses("place.list")
        await stine.presses("place.add")
        told = await stine.fills({"kind": "school", "name": SCHOOL.name.upper()})

        assert DANISH("rule.place.known") in told
        assert await places(town) == [SCHOOL]

    async def test_that_a_colleague_took_out_meanwhile_are_an_old_card(
        self, town: Town, stine: Chat
    ) -> None:
        async with town.remembers() as tx:
            await tx.organisation.add_institution(SCHOOL)
        await stine.types("udvalg LU-VAL")
        await stine.presses("place.list")
        await stine.presses("place.drop")
        await stine.fills({"place": f"school/{SCHOOL.name}"})
        async with town.remembers() as tx:
            await tx.organisation.drop_institution(SCHOOL)

        await stine.presses("form.send")

        assert DANISH("place_drop.done_title") not in stine.last()
