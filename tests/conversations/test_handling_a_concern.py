"""The facilitator opens, takes up, moves; colleagues act at the same moment."""

import asyncio
from dataclasses import replace

import pytest

from domain.concerns import Status
from domain.journal import Note
from domain.people import Authority, CommitteeCode
from tests.support.chat import Chat
from tests.support.legal_stories import reroutes
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
        await reroutes(bo, "KG6")
        await eva.opens(reference)
        await reroutes(eva, "KG5")
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
    async def test_can_be_typed(self, town: Town, anna: Chat, bo: Chat, eva: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.types(f"flyt {reference}")
        for answer in ("Nordvest", "1", "-", "næste", "ja", "ja", "ja", "næste"):
            await bo.types(answer)
        for answer in ("Hun kender familien og bor i området", "Ingen af dem", "næste"):
            await bo.types(answer)

        told = await bo.types("send")

        assert DANISH("handled.moved_title", reference=reference) in told
        concern = await town.concern(reference)
        assert (concern.group, concern.reasons[-1]) == ("KG6", "reroute.wrong_area")
        assert DANISH("task.waiting_title", reference=reference) in eva.last()

    async def test_passes_the_gate_first_and_stays_where_it_is_shut(
        self, town: Town, anna: Chat, bo: Chat, eva: Chat
    ) -> None:
        """S115-8: the other group has not had it."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)

        told = await reroutes(bo, "KG6", c1="no")

        concern = await town.concern(reference)
        assert DANISH("gate.failed_part_of_ssp") in told
        assert concern.group == "KG5"
        assert reference not in eva.everything()
        async with town.remembers() as tx:
            notes = [each.note for each in await tx.journal.notes(matters=[concern.id])]
        assert Note.GATE_FAILED in notes
        assert Note.MOVED not in notes

    async def test_to_the_secretariat_asks_for_no_gate(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.reroute")

        await bo.fills({"to": "triage", "reason": "other", "note": ""})
        await bo.presses("form.send")

        assert (await town.concern(reference)).status is Status.TRIAGE

    async def test_goes_to_the_other_group_with_its_reason_and_note(
        self, town: Town, anna: Chat, bo: Chat, eva: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)

        told = await reroutes(bo, "KG6", note="Familien er flyttet til Vanløse")

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
        await reroutes(bo, "triage", reason="other")

        for who in (bo, carl):
            assert DANISH("rule.concern.not_found") in await who.types(f"åbn {reference}")
        assert DANISH("rule.concern.not_found") in await bo.presses_on(reading, "concern.take_up")
        assert (await town.concern(reference)).status is Status.TRIAGE

    async def test_only_leads_to_where_it_was_offered(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """AC-CARD-07: not to a group that receives no concerns, where it is, or for nothing."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.reroute")
        before = await town.concern(reference)

        for to, reason in (("LG3", "other"), ("KG5", "other"), ("KG6", "because")):
            told = await bo.presses("form.next", to=to, reason=reason, note="")
            assert DANISH("rule.field.not_an_option") in told
        told = await bo.presses("form.next", to="KG6", reason="", note="")
        assert DANISH("rule.field.missing") in told

        assert await town.concern(reference) == before
