"""Closing a case and opening it again: what stands in the way, and that it takes two."""

import asyncio
from dataclasses import replace

from sqlalchemy import select

from domain.case_transitions import Obstacle
from domain.cases import CaseState, CloseReason
from domain.journal import Note
from domain.people import Seat
from storage.case_rows import countersigns
from tests.support.case_stories import (
    CONFIDED,
    ENDING,
    a_case,
    an_action,
    anew,
    asks_to_close,
    is_near,
    opens,
    ready_to_close,
)
from tests.support.chat import Chat
from tests.support.town import BO, DANISH, ORGANISATION, SOFIE, Town

REOPENING = "Der er kommet en ny bekymring om ham"


class TestClosing:
    async def test_names_everything_that_stands_in_the_way_at_once(
        self, town: Town, bo: Chat
    ) -> None:
        """CASE-9."""
        case = await a_case(town)
        async with town.remembers() as tx:
            await an_action(tx, case)
        await opens(bo, case)

        told = await bo.types(f"luk {case.reference}")

        for obstacle in (
            Obstacle.NOT_COORDINATED,
            Obstacle.OPEN_ACTIONS,
            Obstacle.INFORM_PENDING,
            Obstacle.NO_LEVEL,
        ):
            assert DANISH(f"closing.{obstacle}") in told

    async def test_takes_two(self, town: Town, bo: Chat, carl: Chat, sofie: Chat) -> None:
        """domain.md §14.3: a facilitator with a member's agreement."""
        case = await a_case(town)
        await ready_to_close(town, bo, case)

        told = await asks_to_close(bo, case)

        assert DANISH("close_case.done_title") in told
        assert (await anew(town, case)).state is CaseState.COORDINATION
        assert DANISH("countersign.letter_title", reference=case.reference) in carl.last()
        assert not [words for words in CONFIDED if words in carl.last()]
        await opens(carl, case)
        read = await carl.presses("countersign.open")
        assert ENDING in read
        assert DANISH("reading.police") in read
        await carl.presses("countersign.give")
        closed = await anew(town, case)
        assert (closed.state, closed.close_reason) == (
            CaseState.CLOSED,
            CloseReason.COORDINATION_DONE,
        )
        assert DANISH("countersign.told_given_title", reference=case.reference) in bo.last()
        await opens(sofie, case)
        assert DANISH("countersign.state_given") in await sofie.presses("countersign.open")

    async def test_agreed_to_by_twenty_presses_at_once_happens_once(
        self, town: Town, bo: Chat, carl: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-05."""
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        cards = []
        for who in (carl, sofie):
            await opens(who, case)
            await who.presses("countersign.open")
            cards.append(who.card(who.card_with("countersign.give")))

        answers = await asyncio.gather(
            *(
                who.presses_on(card, "countersign.give")
                for _ in range(10)
                for who, card in zip((carl, sofie), cards, strict=True)
            )
        )

        assert sum(DANISH("countersign.given_title") in each for each in answers) == 1
        async with town.remembers() as tx:
            notes = await tx.journal.notes(matters=[case.id])
        assert sum(each.note is Note.CLOSED for each in notes) == 1

    async def test_does_not_happen_when_something_has_come_in_the_way(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """AC-CARD-06: looked at anew when it is agreed to."""
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        await opens(carl, case)
        await carl.presses("countersign.open")
        async with town.remembers() as tx:
            await an_action(tx, case)

        told = await carl.presses("countersign.give")

        assert DANISH("rule.case.not_closable") in told
        assert (await anew(town, case)).state is CaseState.COORDINATION
        async with town.remembers() as tx:
            assert await tx.connection.scalar(select(countersigns.c.state)) == "asked"

    async def test_is_not_agreed_to_once_who_asked_may_have_no_part_in_it(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """INH-1: in no phase; what they asked falls, and they find no trace of it."""
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        await opens(carl, case)
        await carl.presses("countersign.open")
        await is_near(town, BO, case)

        told = await carl.presses("countersign.give")

        assert DANISH("rule.countersign.not_found") in told
        assert (await anew(town, case)).state is CaseState.COORDINATION
        assert DANISH("countersign.none") in await bo.types("medunderskriv")
        assert DANISH("countersign.none") in await carl.types("medunderskriv")

    async def test_is_asked_anew_by_another_when_who_asked_has_left(
        self, town: Town, bo: Chat
    ) -> None:
        case = await a_case(town)
        second = replace(ORGANISATION.memberships[0], person=SOFIE.id, seat=Seat.FACILITATOR)
        await town.reorganises(
            replace(ORGANISATION, memberships=(*ORGANISATION.memberships, second))
        )
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        await is_near(town, BO, case)
        sofie = town.chat(SOFIE)
        await opens(sofie, case)

        told = await asks_to_close(sofie, case)

        assert DANISH("close_case.done_title") in told

    async def test_refused_leaves_the_case_as_it_is(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        await opens(carl, case)
        await carl.presses("countersign.open")

        await carl.presses("countersign.refuse")

        assert (await anew(town, case)).state is CaseState.COORDINATION
        assert DANISH("countersign.told_refused_title", reference=case.reference) in bo.last()

    async def test_is_agreed_to_by_nobody_who_has_not_said_whether_they_are_near(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """INH-2: the refusal leads to the case, and its question."""
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)

        told = await carl.presses("countersign.open")

        why = DANISH("rule.countersign.answer_relation_first", reference=case.reference)
        assert why in told
        assert ENDING not in told
        asked = await carl.presses("case.open")
        assert DANISH("relation.title", reference=case.reference) in asked

    async def test_is_never_agreed_to_by_who_asked(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        async with town.remembers() as tx:
            [asked] = await tx.countersigns.open(now=town.hour.now)

        told = await bo.forges("countersign.give", {"countersign": str(asked.id), "version": 1})

        assert DANISH("rule.countersign.not_found") in told


class TestReopening:
    async def test_takes_two_and_begins_anew(self, town: Town, bo: Chat, carl: Chat) -> None:
        """CASE-10."""
        case = await a_case(town)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        await opens(carl, case)
        await carl.presses("countersign.open")
        await carl.presses("countersign.give")

        await bo.types(f"genåbn {case.reference}")
        await bo.presses("form.next", words=REOPENING)
        await carl.presses("countersign.open")
        await carl.presses("countersign.give")

        again = await anew(town, case)
        assert (again.state, again.closed_at, again.close_reason) == (CaseState.OPEN, None, None)
