"""Actions agreed on a case: told, reminded of, done once, changed and given up (CASE-5)."""

import asyncio
from datetime import timedelta

from domain.case_actions import ActionStatus
from domain.journal import Note
from tests.support.case_stories import (
    CONFIDED,
    RESULT,
    WHAT,
    a_case,
    an_action,
    completes,
    coordinates,
    opens,
)
from tests.support.chat import Chat
from tests.support.town import CARL, DANISH, Town


class TestAnAction:
    async def test_is_told_to_its_owner_without_a_word_of_what_it_is(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """CASE-5, AC-OUT-05."""
        case = await a_case(town)

        await coordinates(bo, case)

        told = sofie.last()
        assert DANISH("action.agreed_title", reference=case.reference) in told
        assert not [words for words in CONFIDED if words in told]

    async def test_is_reminded_of_until_it_is_done(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """CASE-9: not reminded of any more."""
        case = await a_case(town)
        await coordinates(bo, case)

        await town.passes(timedelta(days=11))
        assert DANISH("action.soon_title", reference=case.reference) in sofie.last()
        await completes(town, case)
        await town.passes(timedelta(days=10))

        heard = sofie.everything() + bo.everything()
        assert DANISH("action.due_title", reference=case.reference) not in heard
        assert DANISH("action.overdue_title", reference=case.reference) not in heard

    async def test_that_is_late_is_told_to_the_facilitator(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        case = await a_case(town)
        await coordinates(bo, case)

        await town.passes(timedelta(days=20))

        assert DANISH("action.overdue_title", reference=case.reference) in bo.everything()
        assert DANISH("action.due_title", reference=case.reference) in sofie.everything()

    async def test_done_by_twenty_presses_at_once_is_done_once(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-05."""
        case = await a_case(town)
        await coordinates(bo, case)
        await opens(sofie, case)
        await sofie.types(f"handlinger {case.reference}")
        await sofie.presses("action.open")
        await sofie.presses("action.done")
        form = sofie.form()

        answers = await asyncio.gather(
            *(sofie.presses_on(form, "form.next", result=RESULT) for _ in range(20))
        )

        assert sum(DANISH("action_done.done_title") in each for each in answers) == 1
        async with town.remembers() as tx:
            [action] = await tx.actions.of_case(case.id)
            notes = await tx.journal.notes(matters=[case.id])
        assert (action.status, action.version) == (ActionStatus.DONE, 2)
        assert sum(each.note is Note.ACTION_DONE for each in notes) == 1

    async def test_is_one_press_from_ones_tasks(self, town: Town, bo: Chat, sofie: Chat) -> None:
        case = await a_case(town)
        await coordinates(bo, case)
        await sofie.types("mine opgaver")
        first = await sofie.presses("action.open")
        assert DANISH("relation.title", reference=case.reference) in first
        assert WHAT not in first  # INH-2: the question comes before anything of the case
        await sofie.presses("case.clear")
        await sofie.types("mine opgaver")

        assert WHAT in await sofie.presses("action.open")

        await sofie.presses("action.done")
        await sofie.presses("form.next", result=RESULT)
        async with town.remembers() as tx:
            [action] = await tx.actions.of_case(case.id)
        assert action.status is ActionStatus.DONE

    async def test_can_be_agreed_between_meetings_and_given_to_somebody_else(
        self, town: Town, bo: Chat, sofie: Chat, liv: Chat
    ) -> None:
        """SUC-4."""
        case = await a_case(town)
        await opens(sofie, case)
        await sofie.types(f"ny handling {case.reference}")
        await sofie.presses(
            "form.next",
            idea="BUF.leisure",
            what="Sammen med klubben",
            owner="liv",
            due="2026-03-20",
        )
        assert DANISH("action.agreed_title", reference=case.reference) in liv.last()

        await opens(bo, case)
        await bo.types(f"handlinger {case.reference}")
        await bo.presses("action.open")
        await bo.presses("action.change")
        await bo.presses("form.next", what=WHAT, owner="carl", due="2026-03-25")

        async with town.remembers() as tx:
            [action] = await tx.actions.of_case(case.id)
        assert (action.owner, action.what) == (CARL.id, WHAT)
        assert DANISH("rule.action.not_found") in await liv.forges(
            "action.done", {"action": str(action.id), "version": action.version}
        )

    async def test_is_given_up_with_a_reason(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        async with town.remembers() as tx:
            await an_action(tx, case)
        await opens(bo, case)
        await bo.types(f"handlinger {case.reference}")
        await bo.presses("action.open")
        await bo.presses("action.drop")

        await bo.presses("form.next", reason="own_authority", words="Skolen tager den videre")

        async with town.remembers() as tx:
            [action] = await tx.actions.of_case(case.id)
        assert action.status is ActionStatus.DROPPED
