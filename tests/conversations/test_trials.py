"""A trial: Dorte sends it, everybody answers who can, and she telephones those who cannot."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.people import Person
from tests.support.chat import Chat
from tests.support.organisation_changes import with_leader, with_people
from tests.support.standing import adds_up, counts, has_blocked
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DANISH,
    DENNIS,
    DORTE,
    EVA,
    EVERYBODY,
    HELLE,
    ORGANISATION,
    PER,
    PIA,
    SOFIE,
    Town,
)
from tests.support.trail import audited

LETTER = DANISH("trial.letter_title")
TEN_SECONDS = timedelta(seconds=15)
PHONE = "+45 00 00 00 07"


@pytest.fixture(autouse=True)
async def register(town: Town) -> None:
    """Eva leads for social services in Valby, where Sofie sits; Sofie has a telephone."""
    sofie = replace(SOFIE, phone=PHONE)
    await town.reorganises(with_leader(with_people(ORGANISATION, sofie), EVA))


async def begin(dorte: Chat, audience: str = "everybody") -> str:
    await dorte.types("prøveudsendelse")
    card = dorte.card(dorte.card_with("trial.preview"))
    buttons = [each for each in card["actions"] if each["data"].get("audience") == audience]
    await dorte.forges("trial.preview", {"audience": buttons[0]["data"]["audience"]})
    return await dorte.presses("trial.begin")


class TestFromBeginningToEnd:
    async def test_everybody_is_reached_or_named(
        self, town: Town, anna: Chat, bo: Chat, dorte: Chat
    ) -> None:
        """BER-11, BER-13, BER-16, BER-21: nobody is told twice, and nobody is forgotten."""
        carl, sofie, eva = map(town.chat, (CARL, SOFIE, EVA))
        await town.teams.acts.uninstall(sofie.person.aad_id)
        has_blocked(town, carl)

        # Dorte looks before she sends
        preview = await dorte.types("prøveudsendelse alle")
        assert SOFIE.name in preview
        assert PHONE in preview
        assert not any(LETTER in town.chat(each).everything() for each in EVERYBODY)

        # She sends, and who can has the letter
        begun = await dorte.presses("trial.begin")
        assert adds_up(begun)
        reached = [each for each in EVERYBODY if each not in (SOFIE, CARL)]
        for person in reached:
            assert town.chat(person).everything().count(LETTER) == 1
        assert LETTER not in sofie.everything() + carl.everything()

        # Anna presses twice, Bo types
        first = await anna.presses("notice.acknowledge")
        assert DANISH("trial.answered_title") in first
        town.hour.now += timedelta(minutes=3)
        letter = {"trial": await the_trial(town)}
        assert await anna.forges("notice.acknowledge", letter) == first
        assert DANISH("trial.answered_title") in await bo.types("Modtaget!")

        # The standing adds up, and names who is missing and what is wrong
        read = await dorte.types("prøve status")
        assert DANISH("trial.standing_title_sent") in read
        assert adds_up(read)
        assert counts(read)[DANISH("delivery.state.acknowledged")] == 2
        assert counts(read)[DANISH("delivery.state.app_missing")] == 1
        assert counts(read)[DANISH("delivery.state.blocked")] == 1
        [line] = [each for each in read.splitlines() if each.startswith(f"{SOFIE.name} · ")]
        assert PHONE in line
        assert DANISH("delivery.state.app_missing") in line

        # Eva, who leads Sofie, hears of her by name; nobody else but the Secretariat does
        await town.passes(TEN_SECONDS)
        assert SOFIE.name in eva.last()
        assert CARL.name not in eva.everything()
        assert CARL.name in dorte.everything()
        assert SOFIE.name not in bo.everything() + anna.everything()

        # Dorte telephones Sofie
        assert SOFIE.name in await dorte.types("ringeliste")
        await dorte.types("prøve status")
        confirmed = await dorte.presses("trial.confirm", person=SOFIE.id)
        assert counts(confirmed)[DANISH("delivery.state.acknowledged")] == 3
        assert adds_up(confirmed)
        listed = await dorte.types("ringeliste")
        assert SOFIE.name not in listed
        assert CARL.name in listed

        # and Carl, by keyboard
        assert CARL.name not in await dorte.types(f"ringeliste bekræftet {CARL.name}")
        assert (
            counts(await dorte.types("prøve status"))[DANISH("delivery.state.acknowledged")] == 4
        )
        async with town.remembers() as tx:
            events = await audited(tx, action="call_list.confirm")
            assert {(each.actor, each.result) for each in events} == {
                (DORTE.id, SOFIE.id),
                (DORTE.id, CARL.id),
            }

    async def test_goes_on_where_it_was_after_a_restart(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        await dorte.types("prøveudsendelse alle")
        await dorte.presses("trial.begin")
        await town.restarts()

        assert DANISH("trial.answered_title") in await anna.presses("notice.acknowledge")
        read = await dorte.presses("trial.stand")
        assert adds_up(read)
        assert counts(read)[DANISH("delivery.state.acknowledged")] == 1

    async def test_is_told_in_the_language_of_each(self, anna: Chat, dorte: Chat) -> None:
        await anna.types("english")
        await dorte.types("prøveudsendelse alle send")

        assert "TRIAL" in anna.last()
        assert "Received" in anna.last()


class TestWhomItIsFor:
    async def test_can_be_those_who_lead(self, town: Town, eva: Chat, dorte: Chat) -> None:
        """BER-11."""
        read = await begin(dorte, "leaders")

        assert counts(read)[DANISH("trial.standing_total")] == 1
        assert LETTER in eva.everything()
        others = [each for each in EVERYBODY if each != EVA]
        assert not any(LETTER in town.chat(each).everything() for each in others)

    async def test_is_shown_before_with_a_warning_where_nobody_of_an_authority_can_be_reached(
        self, town: Town, carl: Chat, dorte: Chat
    ) -> None:
        """BER-05: Carl and Per are the only ones of the police."""
        await town.teams.acts.uninstall(carl.person.aad_id)
        await town.teams.acts.uninstall(PER.aad_id)

        read = await dorte.types("prøveudsendelse alle")

        police = DANISH("authority.KP")
        assert DANISH("trial.preview_nobody", authority=police) in read
        assert DANISH("trial.preview_of", reachable=0, total=2) in read


class TestBegunOnce:
    async def test_by_two_presses(self, anna: Chat, dorte: Chat) -> None:
        await dorte.types("prøveudsendelse alle")
        card = dorte.card(dorte.card_with("trial.begin"))
        await dorte.presses_on(card, "trial.begin")

        again = await dorte.presses_on(card, "trial.begin")

        assert DANISH("trial.standing_total") in again
        assert anna.everything().count(LETTER) == 1

    async def test_unless_another_is_meant(self, anna: Chat, dorte: Chat, dennis: Chat) -> None:
        await dorte.types("prøveudsendelse alle send")
        refused = await dennis.types("prøveudsendelse alle send")
        assert DANISH("rule.trial.under_way") in refused
        assert anna.everything().count(LETTER) == 1

        await dennis.types("prøveudsendelse alle")
        await dennis.presses("trial.begin_another")

        assert anna.everything().count(LETTER) == 2

    async def test_and_a_quarter_of_an_hour_later_again(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        await dorte.types("prøveudsendelse alle send")
        town.hour.now += timedelta(minutes=15)

        await dorte.types("prøveudsendelse alle send")

        assert anna.everything().count(LETTER) == 2


class TestOnlyTheSecretariat:
    @pytest.mark.parametrize(
        "said",
        [
            "prøveudsendelse",
            "prøveudsendelse alle",
            "prøveudsendelse alle send",
            "prøve status",
            "prøve afbryd",
            "ringeliste",
            "ringeliste bekræftet bo havrelygte",
            "rækkevidde",
            "installér appen",
        ],
    )
    @pytest.mark.parametrize("person", [ANNA, BO, CARL, PIA, HELLE], ids=lambda each: each.id)
    async def test_may_and_who_asks_is_told_whom_to_call(
        self, town: Town, person: Person, said: str
    ) -> None:
        who = town.chat(person)

        told = await who.types(said)

        named = f"{DENNIS.name}, {DORTE.name}"
        assert DANISH("rule.office.secretariat_only", who=named) in told
        assert LETTER not in town.chat(ANNA).everything()
        async with town.remembers() as tx:
            denied = await audited(tx, action="access.denied")
            assert {each.actor for each in denied} == {who.person.id}


class TestAnAnswer:
    async def test_counts_for_whom_the_letter_was_sent_to_and_for_nobody_else(
        self, anna: Chat, eva: Chat, dorte: Chat
    ) -> None:
        """AC-CARD-02: Anna sees Eva's card and presses it."""
        await begin(dorte, "leaders")
        card = eva.card(eva.card_with("notice.acknowledge"))

        refused = await anna.presses_on(card, "notice.acknowledge")

        assert DANISH("rule.trial.not_for_you") in refused
        assert DANISH("delivery.state.acknowledged") not in await dorte.types("prøve status")

    async def test_when_none_is_waited_for_says_so(self, anna: Chat) -> None:
        assert DANISH("rule.trial.not_for_you") in await anna.types("modtaget")

    async def test_takes_one_off_the_call_list(self, town: Town, carl: Chat, dorte: Chat) -> None:
        has_blocked(town, carl)
        await dorte.types("prøveudsendelse alle send")
        assert CARL.name in await dorte.types("ringeliste")
        town.teams.faults.clear()

        assert DANISH("trial.answered_title") in await carl.types("modtaget")

        assert DANISH("call_list.none") in await dorte.types("ringeliste")

    async def test_is_to_the_letter_before_when_the_latest_was_cancelled_on_its_way(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        """BER-13: she answers what she got."""
        await dorte.types("prøveudsendelse alle send")
        got = await latest(town)
        town.hour.now += timedelta(minutes=15)
        town.teams.faults.add(op="send", conversation=anna.personal.id, status=429, retry_after=60)
        await dorte.types("prøveudsendelse alle send")
        await dorte.types("prøve afbryd")
        town.teams.faults.clear()
        assert anna.everything().count(LETTER) == 1

        assert DANISH("trial.answered_title") in await anna.types("modtaget")

        async with town.remembers() as tx:
            assert await tx.trials.answered_at(got, ANNA.id) == town.hour.now


async def latest(town: Town) -> UUID:
    async with town.remembers() as tx:
        trial = await tx.trials.latest()
    assert trial is not None
    return trial.id


async def the_trial(town: Town) -> str:
    return str(await latest(town))
