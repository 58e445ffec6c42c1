"""The register in the bot: committees, slots, gaps, seats with their history, people, places."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from domain.people import CommitteeCode, Membership, Person
from domain.seating import SeatChange
from tests.support.chat import Chat
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DAN,
    DANISH,
    DENNIS,
    DORTE,
    GRETE,
    HENRIETTE,
    LARS,
    LIV,
    ORGANISATION,
    RUTH,
    SOFIE,
    STEEN,
    STINE,
    Town,
)
from tests.support.townspeople import LEADERS, VALBY_LOCAL

SECRETARIAT = (DORTE, STINE, HENRIETTE)
OTHERS = (ANNA, BO, LARS, GRETE, DAN)
KG5 = CommitteeCode("KG5")
ANNA_SITS = {
    "name": "anna breg",
    "person": ANNA.id,
    "slot": "KG.4",
    "seat": "member",
    "leader": LARS.id,
}


@pytest.fixture
def stine(town: Town) -> Chat:
    """Keeps the register."""
    return town.chat(STINE)


async def gives(stine: Chat, answers: Mapping[str, str], *, committee: str = "KG5") -> str:
    """Give somebody a seat from the committee's card; read what came of it."""
    await stine.types(f"udvalg {committee}")
    await stine.presses("seat.give")
    await stine.fills(answers)
    return await stine.presses("form.send")


async def takes(stine: Chat, person: Person, seat: str = "member") -> str:
    await stine.types("udvalg KG5")
    await stine.presses("seat.take")
    await stine.fills({"held": f"{person.id}/{seat}"})
    return await stine.presses("form.send")


async def seats(town: Town, person: Person) -> set[str]:
    async with town.remembers() as tx:
        held = await tx.organisation.memberships_of(person.id)
    return {f"{each.committee}:{each.slot}:{each.seat}" for each in held}


async def history(town: Town) -> list[SeatChange]:
    async with town.remembers() as tx:
        return await tx.seat_history.of_committee(KG5, at_most=50)


class TestTheCommittees:
    @pytest.mark.parametrize("person", SECRETARIAT, ids=lambda each: each.id)
    async def test_are_listed_for_the_secretariat_with_what_they_lack(
        self, town: Town, person: Person
    ) -> None:
        """REP-1: Valby's group has three of its six slots filled."""
        read = await town.chat(person).types("udvalg")

        for committee in ORGANISATION.committees:
            assert f"**{committee.code}** · {committee.name}" in read
        assert "**KG5** · Koordinationsgruppe Vest · mangler 3" in read

    @pytest.mark.parametrize("person", OTHERS, ids=lambda each: each.id)
    async def test_are_nobody_elses(self, town: Town, person: Person) -> None:
        chat = town.chat(person)

        for words in ("udvalg", "udvalg KG5", "udvalg valby"):
            read = await chat.types(words)
            assert DENNIS.name in read  # whom to call
            assert "KG.5" not in read

    async def test_show_slots_profiles_and_who_sits_there(self, town: Town) -> None:
        """§3, REP-0: the profile and the minimum, members and substitutes, and the gap."""
        read = await town.chat(DORTE).types("udvalg KG5")

        assert "KG.5 · Københavns Politi · politifaglig forebygger · mindst 1" in read
        assert f"{CARL.name}, {CARL.function} (Københavns Politi) – Medlem" in read
        assert f"{BO.name}, {BO.function} (Socialforvaltningen) – Facilitator" in read
        assert read.count("Mangler: 1") == 3

    async def test_are_found_by_part_of_a_name_and_not_by_a_slip_of_the_keys(
        self, town: Town
    ) -> None:
        dorte = town.chat(DORTE)

        assert VALBY_LOCAL.name in await dorte.types("udvalg lokal valby")
        assert "KG.5" in await dorte.types("udvalg kg5")
        several = await dorte.types("udvalg gruppe")
        assert DANISH("committee.found") in several
        assert DANISH("committee.found_none") in await dorte.types("udvalg KGG5")
        assert DANISH("committee.all") in await dorte.presses("committee.list")

    async def test_are_chosen_on_the_list(self, town: Town) -> None:
        dorte = town.chat(DORTE)
        await dorte.types("udvalg")

        assert CARL.name in await dorte.presses("committee.pick", which="KG5")


class TestASeat:
    async def test_is_given_in_its_slot_on_a_leaders_word(self, town: Town, stine: Chat) -> None:
        """APP-1, APP-2: a real slot of §3, and it is in the history with by and at."""
        told = await gives(stine, ANNA_SITS)

        assert ANNA.name in told
        assert await seats(town, ANNA) == {"KG5:KG.4:member"}
        [change] = await history(town)
        assert (change.person, change.slot, change.given) == (ANNA.id, "KG.4", True)
        assert (change.by, change.at) == (STINE.id, town.hour.now)
        read = await stine.presses("committee.open")
        assert read.count("Mangler: 1") == 2
        assert f"{ANNA.name} fik pladsen KG.4" in await stine.presses("committee.history")

    async def test_is_given_to_a_substitute_and_to_a_chair(self, town: Town, stine: Chat) -> None:
        await gives(stine, {**ANNA_SITS, "slot": "KG.3", "seat": "substitute"})
        read = await stine.types("udvalg KG5")

        assert f"{ANNA.name}, {ANNA.function} (Børne- og Ungdomsforvaltningen) – Suppleant" in read
        await gives(stine, {**ANNA_SITS, "slot": "KG.3", "seat": "chair"})
        assert await seats(town, ANNA) == {"KG5:KG.3:chair"}

    async def test_takes_the_place_of_the_one_they_had(self, town: Town, stine: Chat) -> None:
        """REP-2: one person fills one slot of a committee."""
        await gives(stine, {**ANNA_SITS, "name": LIV.email, "person": LIV.id, "slot": "KG.4"})

        assert await seats(town, LIV) == {"KG5:KG.4:member"}
        assert [(each.slot, each.given) for each in await history(town)] == [
            ("KG.4", True),
            ("KG.3", False),
        ]

    async def test_is_offered_in_slots_of_their_own_authority_only(self, stine: Chat) -> None:
        """REP-0: KG.5 is the police's."""
        await stine.types("udvalg KG5")
        await stine.presses("seat.give")
        read = await stine.fills({"name": "anna", "person": ANNA.id})

        assert "KG.4 ·" in read
        assert "KG.5 ·" not in read
        refused = await stine.presses("form.next", slot="KG.5", seat="member")
        assert DANISH("rule.field.not_an_option") in refused

    async def test_is_given_on_the_word_of_who_may_appoint_to_it(self, stine: Chat) -> None:
        """APP-1: Lars leads for the schools; Ruth and Henriette appoint others."""
        await stine.types("udvalg KG5")
        await stine.presses("seat.give")
        read = await stine.fills(
            {key: ANNA_SITS[key] for key in ("name", "person", "slot", "seat")}
        )

        assert LARS.name in read
        assert RUTH.name not in read
        assert HENRIETTE.name not in read

    async def test_to_nobody_we_know_is_asked_again(self, town: Town, stine: Chat) -> None:
        """A slip of the keys in the name; and a seat that nobody can appoint to."""
        await stine.types("udvalg KG5")
        await stine.presses("seat.give")
        read = await stine.fills({"name": "Ana Bregnekær"})
        assert DANISH("rule.field.nothing_offered") in read
        assert DANISH("seat_give.step.who") in read

        sofie = {"name": "sofie", "person": SOFIE.id, "slot": "KG.2", "seat": "member"}
        read = await stine.fills(sofie)  # nobody of social services leads in Valby
        assert DANISH("rule.field.nothing_offered") in read
        assert await seats(town, SOFIE) == {"KG5:KG.1:member"}

    async def test_of_a_facilitator_takes_two(self, town: Town, stine: Chat) -> None:
        """ROLE-01."""
        fac = {"slot": "KG.opt", "seat": "facilitator", "leader": HENRIETTE.id}
        told = await gives(stine, {"name": "sofie", "person": SOFIE.id, **fac})

        assert "venter på" in told
        assert await seats(town, SOFIE) == {"KG5:KG.1:member"}
        steen = town.chat(STEEN)
        await steen.types("medunderskriv")
        await steen.presses("countersign.open")
        await steen.presses("countersign.give")
        assert await seats(town, SOFIE) == {"KG5:KG.1:member", "KG5:KG.fac:facilitator"}

    async def test_is_never_given_to_oneself_or_on_ones_own_word(
        self, town: Town, stine: Chat
    ) -> None:
        """ROLE-01, APP-2: Stine leads for the schools too, and still cannot appoint herself."""
        leads = replace(STINE, authority=LARS.authority)
        async with town.remembers() as tx:
            await tx.people.describe(leads)
            leading = Membership(committee=LEADERS.code, person=STINE.id, slot="LG.4")
            await tx.organisation.seat(leading)

        told = await gives(stine, {**ANNA_SITS, "name": "stine", "person": STINE.id})
        assert DANISH("rule.role.self") in told
        assert "KG5:KG.4:member" not in await seats(town, STINE)

    async def test_pressed_twice_is_given_once(self, town: Town, stine: Chat) -> None:
        """AC-CARD-04."""
        await stine.types("udvalg KG5")
        await stine.presses("seat.give")
        await stine.fills(ANNA_SITS)
        card = stine.form()
        await stine.presses_on(card, "form.send")
        again = await stine.presses_on(card, "form.send")

        assert DANISH("seat_give.done_title") not in again
        assert len(await history(town)) == 1

    async def test_that_ends_ends_access_at_once_and_is_in_the_history(
        self, town: Town, stine: Chat
    ) -> None:
        """APP-2, §15.13: at the very next press."""
        carl = town.chat(CARL)
        assert await seats(town, CARL) == {"KG5:KG.5:member"}
        told = await takes(stine, CARL)

        assert CARL.name in told
        assert await seats(town, CARL) == set()
        [change] = await history(town)
        assert (change.person, change.slot, change.given) == (CARL.id, "KG.5", False)
        assert DANISH("my_cases.none") in await carl.types("mine sager")
        await stine.types("udvalg KG5")
        read = await stine.presses("committee.history")
        assert f"{CARL.name} har ikke længere pladsen KG.5 som Medlem · {STINE.name}" in read

    async def test_is_not_given_by_a_press_of_somebody_else(self, town: Town, stine: Chat) -> None:
        """AC-CARD-02: Dorte is shown Stine's card and presses it."""
        await stine.types("udvalg KG5")
        card = stine.card(stine.card_with("seat.give"))
        dorte = town.chat(DORTE)
        await dorte.types("hjælp")

        told = await dorte.presses_on(card, "seat.give")

        assert DANISH("rule.committee.not_found") in told

    async def test_of_a_committee_that_is_gone_is_an_old_card(
        self, town: Town, stine: Chat
    ) -> None:
        """AC-CARD-04."""
        await stine.types("udvalg LU-VAL")
        card = stine.card(stine.card_with("committee.history"))
        left = [each for each in ORGANISATION.committees if each.code != VALBY_LOCAL.code]
        sits = [each for each in ORGANISATION.memberships if each.committee != VALBY_LOCAL.code]
        await town.reorganises(replace(ORGANISATION, committees=left, memberships=sits))

        told = await stine.presses_on(card, "committee.history")

        assert DANISH("rule.committee.not_found") in told
