"""The directory in the chat: what Entra says, and what the data stewards decide (APP-2)."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.people import Person
from tests.support.catalogue import ENGLISH
from tests.support.chat import Chat
from tests.support.entra_town import GROUPS, EntraTown, an_entra
from tests.support.town import (
    ANNA,
    BO,
    DANISH,
    DORTE,
    LARS,
    LIV,
    OLE,
    PER,
    PLUS_GROUP,
    SANNE,
    STINE,
    UFFE,
    VALBY_GROUP,
    VIGGO,
    Town,
)

PLUS = (SANNE, UFFE, VIGGO, PER, OLE)
STRANGER = "a0000000-0000-4000-8000-0000000ff001"


@pytest.fixture
def stine(town: Town) -> Chat:
    """Keeps the register."""
    return town.chat(STINE)


@pytest.fixture
async def entra(town: Town) -> AsyncIterator[EntraTown]:
    """Microsoft 365 beside the town, and what reads of it."""
    async with an_entra(town.house.database, hour=lambda: town.hour.now) as entra:
        yield entra


async def links(stine: Chat, *groups: tuple[str, str]) -> None:
    """Choose the groups of committees on their cards."""
    for code, group in groups:
        await stine.types(f"udvalg {code}")
        await stine.presses("directory.link")
        await stine.fills({"group": group})


async def all_links(stine: Chat) -> None:
    await links(stine, *((str(code), group) for code, group in GROUPS.items()))


class TestTheGroupOfACommittee:
    async def test_is_chosen_on_its_card_and_read_at_once(
        self, stine: Chat, entra: EntraTown
    ) -> None:
        await all_links(stine)
        await entra.follower.run()

        told = await stine.types("katalog")
        assert f"{DANISH('directory.figure.groups')}: 2" in told
        assert f"{DANISH('directory.figure.members')}: 13" in told
        assert GROUPS[PLUS_GROUP.code] in await stine.presses("directory.groups")

    async def test_is_no_other_committees(self, stine: Chat) -> None:
        group = GROUPS[VALBY_GROUP.code]
        await links(stine, ("KG5", group), ("KG6", group))

        assert DANISH("rule.directory.group_taken") in stine.last()

    async def test_may_be_taken_away_and_nobody_loses_a_seat(
        self, stine: Chat, entra: EntraTown
    ) -> None:
        await all_links(stine)
        await entra.follower.run()
        await links(stine, ("PKG", ""))
        await entra.follower.run()

        told = await stine.types("udvalg PKG")
        assert SANNE.name in told
        await stine.types("katalog")
        assert GROUPS[PLUS_GROUP.code] not in await stine.presses("directory.groups")
        assert await entra.seats(SANNE) == [PLUS_GROUP.code]

    @pytest.mark.parametrize("person", [ANNA, BO, LARS, DORTE], ids=lambda each: each.id)
    async def test_is_chosen_by_a_data_steward_only(self, town: Town, person: Person) -> None:
        chat = town.chat(person)
        await chat.types("udvalg KG5")
        card = chat.messages()[-1]

        assert "directory.link" not in str(chat.card(card))


class TestDifferences:
    async def test_that_are_few_are_entered_and_told(
        self, town: Town, stine: Chat, entra: EntraTown
    ) -> None:
        """Who left gets no more answers from their next message on."""
        liv = town.chat(LIV)
        await all_links(stine)
        await entra.follower.run()
        entra.graph.directory.change_person(LIV.aad_id, enabled=False)
        await entra.reads()
        await town.passes(timedelta(seconds=10))

        assert DANISH("directory.told_done", count=1) in stine.everything()
        assert DANISH("help.concern") not in await liv.types("hjælp")

    async def test_that_are_many_wait_until_a_steward_agrees(
        self, town: Town, stine: Chat, entra: EntraTown
    ) -> None:
        await all_links(stine)
        await entra.follower.run()
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        await town.passes(timedelta(seconds=10))
        assert DANISH("directory.told_ending", count=5) in stine.everything()

        told = await stine.types("katalog")
        assert f"{DANISH('directory.class.ending')}: 5" in told
        listed = await stine.presses("directory.list")
        assert DANISH("directory.line.left_groups", name=SANNE.name, committees="PKG") in listed
        assert (await entra.person(SANNE)).active

        await stine.types("godkend katalog")
        await stine.fills({"which": "all-ending-5"})
        assert DANISH("directory.agreed", count=5) in await stine.presses("form.send")
        await entra.follower.run()
        assert not (await entra.person(SANNE)).active

    async def test_may_be_typed_about_by_keyboard_alone(
        self, stine: Chat, entra: EntraTown
    ) -> None:
        await all_links(stine)
        await entra.follower.run()
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        asked = await stine.types("godkend katalog")
        assert DANISH("directory_agree.which.all_ending", count=5) in asked
        await stine.types("2, 3")
        await stine.types("send")
        await entra.follower.run()

        left = [person for person in PLUS if not (await entra.person(person)).active]
        assert len(left) == 2

    async def test_that_are_set_aside_are_not_told_again(
        self, stine: Chat, entra: EntraTown
    ) -> None:
        await all_links(stine)
        await entra.follower.run()
        entra.leaves(PLUS_GROUP, *PLUS)
        await entra.reads()
        await stine.types("afvis katalog")
        await stine.fills({"which": "all-ending-5"})
        await stine.presses("form.send")
        await entra.reads()

        assert f"{DANISH('directory.class.ending')}: 0" in await stine.types("katalog")
        assert await entra.seats(SANNE) == [PLUS_GROUP.code]

    async def test_are_read_by_the_secretariat_and_decided_by_a_steward(
        self, town: Town, entra: EntraTown
    ) -> None:
        del entra
        dorte = town.chat(DORTE)

        assert DANISH("directory.title") in await dorte.types("katalog")
        for words in ("hent katalog", "godkend katalog", "afvis katalog"):
            assert STINE.name in await dorte.types(words)  # whom to call

    @pytest.mark.parametrize("person", [ANNA, BO, LARS], ids=lambda each: each.id)
    async def test_are_nobody_elses(self, town: Town, person: Person) -> None:
        assert DANISH("directory.title") not in await town.chat(person).types("katalog")

    async def test_are_told_in_english_too(self, stine: Chat, entra: EntraTown) -> None:
        await stine.types("english")
        await entra.reads()
        entra.graph.directory.change_person(LIV.aad_id, name="Liv Ny")

        assert ENGLISH("directory.asked_now") in await stine.types("read directory")
        await entra.follower.run()
        assert ENGLISH("directory.title") in await stine.types("directory")


class TestSomebodyNew:
    async def test_in_a_group_is_taken_in_with_what_entra_knows(
        self, town: Town, stine: Chat, entra: EntraTown
    ) -> None:
        """A guest from another tenant is placed by hand: no seat, no §115 cover."""
        await all_links(stine)
        entra.graph.directory.add_person(
            STRANGER, "Frej Vintervang", "frej@politi.example", guest=True
        )
        entra.graph.directory.join(GROUPS[VALBY_GROUP.code], STRANGER)
        await entra.follower.run()
        await stine.types("katalog")
        asked = await stine.presses("directory.enter")
        assert "Frej Vintervang" in asked
        [found] = await entra.found()
        await stine.fills({"who": str(found.id)})
        await stine.fills(
            {
                "authority": "KP",
                "function": "Betjent",
                "email": "frej@politi.example",
                "phone": "",
            }
        )
        told = await stine.presses("form.send")

        assert "Frej Vintervang" in told
        async with town.remembers() as tx:
            entered = await tx.people.of_aad(STRANGER)
            assert entered is not None
            assert await tx.organisation.memberships_of(entered.id) == []
        assert (entered.email, entered.s115_covered) == ("frej@politi.example", False)


class TestWithoutMicrosoft:
    async def test_the_chat_says_that_nothing_was_read(self, stine: Chat) -> None:
        assert DANISH("directory.never") in await stine.types("katalog")

    async def test_the_chat_says_so_when_nobody_comes_to_read(
        self, town: Town, stine: Chat
    ) -> None:
        assert DANISH("directory.asked") in await stine.types("hent katalog")
        await town.passes(timedelta(minutes=6))

        assert DANISH("directory.unconnected") in await stine.types("katalog")

    async def test_a_trouble_is_told_in_plain_words(self, stine: Chat, entra: EntraTown) -> None:
        entra.graph.gate.consent_only()
        await entra.reads()
        told = await stine.types("katalog")

        assert "Authorization\\_RequestDenied" in told or "Authorization_RequestDenied" in told
        assert DANISH("directory.again_asked") in told
