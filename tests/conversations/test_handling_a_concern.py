"""The facilitator opens, takes up, moves; colleagues act at the same moment."""

import asyncio
from dataclasses import replace

import pytest

from domain.concerns import Status
from domain.people import Authority, CommitteeCode
from tests.support.chat import Chat, data_of
from tests.support.organisation_changes import (
    with_member_facilitating,
    with_people,
    without_seat,
)
from tests.support.reports import OBSERVED, REPORT, WRITTEN
from tests.support.town import ANNA, DANISH, EVA, ORGANISATION, VALBY_GROUP, Town, uncovered

CHARGED = {"signs_2": "L2.d", "level": "2", "offence": "charged", "offence_source": "Hørt"}


class TestTakingUp:
    async def test_tells_the_reporter_that_and_nothing_else(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """CON-10: never the level decided, nor who."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)

        told = await bo.presses("concern.take_up")

        assert DANISH("handled.taken_up_title", reference=reference) in told
        assert (await town.concern(reference)).taken_up_by == bo.person.id
        status = DANISH("status.taken_up", date="02.03.2026")
        assert anna.last().split("\n")[1:3] == [
            DANISH("concern.status_title", reference=reference),
            status,
        ]
        assert bo.person.name not in anna.everything()
        assert status in await anna.types("mine bekymringer")

    async def test_by_twenty_presses_at_once_happens_once(
        self, town: Town, anna: Chat, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-05: one of two facilitators has it, and everybody else is told so."""
        await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, sofie.person))
        reference = await anna.reports(REPORT)
        cards = []
        for facilitator in (bo, sofie):
            await facilitator.opens(reference)
            cards.append(facilitator.card(facilitator.card_with("concern.take_up")))

        answers = await asyncio.gather(
            *(
                facilitator.presses_on(card, "concern.take_up")
                for _ in range(10)
                for facilitator, card in zip((bo, sofie), cards, strict=True)
            )
        )

        taken = DANISH("handled.taken_up_title", reference=reference)
        late = {DANISH("rule.concern.already_taken_up"), DANISH("rule.concern.moved_on")}
        assert sum(taken in each for each in answers) == 1
        assert sum(any(why in each for why in late) for each in answers) == len(answers) - 1
        assert (await town.concern(reference)).status is Status.TAKEN_UP
        assert anna.everything().count(DANISH("status.taken_up", date="02.03.2026")) == 1

    async def test_by_a_member_is_refused(self, town: Town, anna: Chat, carl: Chat) -> None:
        reference = await anna.reports(REPORT)
        read = await carl.opens(reference)
        assert OBSERVED in read

        told = await carl.types(f"tag op {reference}")

        assert DANISH("rule.concern.not_found") in told
        assert (await town.concern(reference)).status is Status.SUBMITTED


class TestSomethingHappenedSinceItWasOpened:
    """AC-CARD-06, AC-CARD-04: what counts is how things stand when the button is pressed."""

    async def test_cover_was_withdrawn(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await town.reorganises(with_people(ORGANISATION, uncovered(bo.person)))

        told = await bo.presses("concern.take_up")

        assert DANISH("rule.concern.not_found") in told
        assert (await town.concern(reference)).status is Status.SUBMITTED

    async def test_the_seat_was_given_up(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await town.reorganises(without_seat(ORGANISATION, bo.person))

        told = await bo.presses("concern.take_up")

        assert DANISH("rule.concern.not_found") in told
        assert (await town.concern(reference)).status is Status.SUBMITTED

    async def test_a_recusal_was_noted(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        concern = await town.concern(reference)
        async with town.remembers() as tx:
            await tx.relations.recuse(concern.id, bo.person.id, "secretariat", town.hour.now)

        told = await bo.presses("concern.take_up")

        assert DANISH("rule.concern.not_found") in told
        assert await town.concern(reference) == concern

    async def test_it_went_away_and_came_back(
        self, town: Town, anna: Chat, bo: Chat, eva: Chat
    ) -> None:
        """The old card's version is outdated: nothing is written, and it must be opened again."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        old = bo.card(bo.card_with("concern.take_up"))
        await bo.presses("concern.reroute")
        await bo.presses("concern.move", to="KG6", reason="wrong_area")
        await eva.opens(reference)
        await eva.presses("concern.reroute")
        await eva.presses("concern.move", to="KG5", reason="wrong_area")
        before = await town.concern(reference)

        told = await bo.presses_on(old, "concern.take_up")

        assert DANISH("rule.concern.moved_on") in told
        assert await town.concern(reference) == before
        await bo.opens(reference)
        assert DANISH("handled.taken_up_body") in await bo.presses("concern.take_up")


class TestReading:
    @pytest.mark.parametrize(("authority", "standing"), [("BUF", "no"), ("KP", "yes")])
    async def test_tells_whether_a_charge_is_confirmed(
        self, town: Town, anna: Chat, bo: Chat, authority: str, standing: str
    ) -> None:
        """LVL-4: what a teacher has heard of a charge is not what the police know."""
        await town.reorganises(
            with_people(ORGANISATION, replace(ANNA, authority=Authority(authority)))
        )
        reference = await anna.reports({**REPORT, **CHARGED})

        read = await bo.opens(reference)

        told = read[read.index(DANISH("reading.confirmed")) :].splitlines()
        assert DANISH(f"choice.{standing}") in "".join(told[:2])


class TestMovingOn:
    async def test_can_be_typed_with_the_numbers_of_the_lists(
        self, town: Town, anna: Chat, bo: Chat, eva: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        asked = await bo.types(f"flyt {reference}")
        assert DANISH("reroute.typing", reference=reference) in asked

        assert DANISH("rule.reroute.choose_both") in await bo.types(f"flyt {reference} 9 9")
        told = await bo.types(f"flyt {reference} 1 1")

        assert DANISH("handled.moved_title", reference=reference) in told
        concern = await town.concern(reference)
        assert (concern.group, concern.reasons[-1]) == ("KG6", "reroute.wrong_area")
        assert DANISH("task.waiting_title", reference=reference) in eva.last()

    async def test_goes_to_the_other_group_with_its_reason_and_note(
        self, town: Town, anna: Chat, bo: Chat, eva: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.reroute")

        told = await bo.presses(
            "concern.move", to="KG6", reason="wrong_area", note="Familien er flyttet til Vanløse"
        )

        assert DANISH("handled.moved_title", reference=reference) in told
        concern = await town.concern(reference)
        assert (concern.group, concern.owner) == (CommitteeCode("KG6"), EVA.id)
        assert DANISH("task.waiting_title", reference=reference) in eva.last()
        assert DANISH("status.redirected", date="02.03.2026") in anna.last()
        assert "Vanløse" not in anna.everything()
        read = await eva.opens(reference)
        assert DANISH("reroute.wrong_area") in read
        assert "Familien er flyttet til Vanløse" in read
        assert all(words in read for words in WRITTEN)

    async def test_closes_it_to_those_it_left(
        self, town: Town, anna: Chat, bo: Chat, carl: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        reading = bo.card(bo.card_with("concern.take_up"))
        await carl.opens(reference)
        await bo.presses("concern.reroute")
        await bo.presses("concern.move", to="triage", reason="other")

        for who in (bo, carl):
            assert DANISH("rule.concern.not_found") in await who.types(f"åbn {reference}")
        assert DANISH("rule.concern.not_found") in await bo.presses_on(reading, "concern.take_up")
        assert (await town.concern(reference)).status is Status.TRIAGE

    async def test_asks_for_both_where_and_why(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.reroute")
        before = await town.concern(reference)

        told = await bo.presses("concern.move", to="KG6")

        assert DANISH("rule.reroute.choose_both") in told
        assert await town.concern(reference) == before

    async def test_only_leads_to_where_it_was_offered(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """AC-CARD-07: not to a group that receives no concerns, nor for another reason."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.reroute")
        about = data_of(bo.card(bo.card_with("concern.move")), "concern.move")
        before = await town.concern(reference)

        for more in ({"to": "LG5", "reason": "other"}, {"to": "KG6", "reason": "because"}):
            told = await bo.forges("concern.move", {**about, **more})
            assert DANISH("rule.reroute.choose_both") in told
        told = await bo.forges("concern.move", {**about, "to": "KG5", "reason": "other"})
        assert DANISH("rule.concern.same_group") in told

        assert await town.concern(reference) == before
