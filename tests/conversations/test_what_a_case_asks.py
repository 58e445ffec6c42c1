"""What a case asks of people as time passes; and once it is closed, nothing any more."""

from datetime import timedelta
from uuid import uuid4

from domain.case_actions import reminders
from domain.cases import Case, CaseState
from domain.concerns import Concern, Status
from tests.support.case_stories import (
    a_case,
    an_action,
    asks_to_close,
    coordinates,
    opens,
    ready_to_close,
)
from tests.support.chat import Chat
from tests.support.town import ANNA, BO, DANISH, SOFIE, Town
from usecases.read_agenda import IDLE_AFTER


async def reported(town: Town, case: Case) -> Concern:
    """Let a case have come from something that Anna reported."""
    concern = Concern(
        id=uuid4(),
        reference="B2026-0900",
        reporter=ANNA.id,
        status=Status.LINKED,
        group=case.group,
        owner=None,
        area=case.area,
        level=1,
        urgent=False,
        reasons=(),
        submitted_at=town.hour.now,
        take_up_by=town.hour.now,
        case=case.id,
    )
    async with town.remembers() as tx:
        await tx.concerns.add(concern, {})
    return concern


class TestMyTasks:
    async def test_are_ones_own_actions_and_what_a_colleague_waits_for(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        case = await a_case(town)
        await coordinates(bo, case)
        closing = await a_case(town)
        await ready_to_close(town, bo, closing)
        await asks_to_close(bo, closing)

        told = await sofie.types("mine opgaver")

        assert DANISH("duty.action", reference=f"**{case.reference}**") in told
        assert DANISH("duty.countersign", reference=f"**{closing.reference}**") in told

    async def test_are_a_facilitators_cases_to_coordinate_and_to_follow_up(
        self, town: Town, bo: Chat
    ) -> None:
        """CASE-11."""
        new = await a_case(town)
        due = await a_case(
            town, state=CaseState.FOLLOW_UP, follow_up_on=town.hour.now.date(), lead=SOFIE.id
        )

        told = await bo.types("mine opgaver")

        assert DANISH("duty.coordination", reference=f"**{new.reference}**") in told
        assert DANISH("duty.follow_up", reference=f"**{due.reference}**") in told


class TestTheFacilitator:
    async def test_hears_of_a_case_that_nobody_leads(self, town: Town, bo: Chat) -> None:
        """CASE-6: a case is never without somebody who sees to it."""
        await town.passes(timedelta(days=1))  # the chores have been met
        led, not_led = await a_case(town, lead=SOFIE.id), await a_case(town)

        await town.passes(timedelta(days=1))
        await town.passes(timedelta(minutes=5))

        assert DANISH("case.no_lead_title", reference=not_led.reference) in bo.everything()
        assert DANISH("case.no_lead_title", reference=led.reference) not in bo.everything()

    async def test_is_warned_once_of_a_case_that_has_gone_quiet(
        self, town: Town, bo: Chat
    ) -> None:
        """CASE-11."""
        await town.passes(timedelta(days=1))
        case = await a_case(town, lead=SOFIE.id, state=CaseState.FOLLOW_UP, now=town.hour.now)
        quiet = DANISH("case.idle_title", reference=case.reference)

        await town.passes(IDLE_AFTER - timedelta(days=2))
        assert quiet not in bo.everything()
        await town.passes(timedelta(days=3))
        await town.passes(timedelta(days=1))

        assert bo.everything().count(quiet) == 1


class TestAClosedCase:
    async def test_reminds_nobody_and_tells_the_reporter_that_it_is_closed(
        self, town: Town, anna: Chat, bo: Chat, carl: Chat, sofie: Chat
    ) -> None:
        """CASE-9, CON-10, invariant 6: reminders = 0."""
        case = await a_case(town)
        concern = await reported(town, case)
        await ready_to_close(town, bo, case)
        await asks_to_close(bo, case)
        await opens(carl, case)
        await carl.presses("countersign.open")
        await carl.presses("countersign.give")
        assert DANISH("status.closed", date="02.03.2026") in anna.last()
        assert case.reference not in anna.everything()
        assert (await town.concern(concern.reference)).status is Status.CLOSED
        async with town.remembers() as tx:  # as if one had been left behind
            action = await an_action(tx, case)
            await tx.outbox.add(reminders(action, facilitators=[BO.id], now=town.hour.now))

        await town.passes(timedelta(days=30))

        heard = bo.everything() + sofie.everything()
        for kind in ("soon", "due", "overdue"):
            assert DANISH(f"action.{kind}_title", reference=case.reference) not in heard
