"""What a notice of SSP+ says at the hour it is sent: as things stand then, to whom it may."""

from datetime import date

import pytest

from cards.shown import Shown
from domain.cases import Case
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.people import Person
from scheduler.draw_plus import draw_plus
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.handing_over import NOW, accepts, proposed
from tests.integration.usecases.nights import SAYS_NO, decides, is_near, night, opened
from tests.support.plus_cases import HALF, NAME, OF_AGE
from tests.support.town import BO, CARL, EVA, HELLE, LARS, PIA
from usecases.hand_over import withdraw_handover


async def drawn(desk: Desk, case: Case, kind: NoticeKind, who: Person) -> Shown | None:
    notice = Notice(kind=kind, about=case.id, due_at=NOW, person=who.id)
    async with desk.database.transaction() as tx:
        delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
        [shown] = await draw_plus(tx, [delivery])
    return shown


async def asked(desk: Desk, *, on: date = HALF) -> Case:
    case = await opened(desk)
    await night(desk, on)
    return case


class TestAQuestion:
    async def test_shows_a_number_and_the_way_to_the_case(self, desk: Desk) -> None:
        case = await asked(desk)

        shown = await drawn(desk, case, NoticeKind.PLUS_ASSESS, BO)

        assert shown is not None
        assert case.reference in shown.words
        assert NAME not in repr(shown.card)

    async def test_that_was_answered_meanwhile_is_not_sent(self, desk: Desk) -> None:
        case = await asked(desk)
        await decides(desk, case, SAYS_NO)

        assert await drawn(desk, case, NoticeKind.PLUS_ASSESS, BO) is None

    @pytest.mark.parametrize("who", [EVA, LARS, HELLE])
    async def test_is_for_those_who_may_open_the_case(self, desk: Desk, who: Person) -> None:
        case = await asked(desk)

        assert await drawn(desk, case, NoticeKind.PLUS_ASSESS, who) is None

    async def test_is_not_for_who_is_near(self, desk: Desk) -> None:
        """INH-3."""
        case = await asked(desk)
        async with desk.database.transaction() as tx:
            await is_near(tx, case, CARL)

        assert await drawn(desk, case, NoticeKind.PLUS_ASSESS, CARL) is None


class TestAnEscalation:
    async def test_gives_a_leader_the_number_and_no_way_in(self, desk: Desk) -> None:
        """AGE-6: reference only."""
        case = await asked(desk, on=OF_AGE)

        shown = await drawn(desk, case, NoticeKind.PLUS_ESCALATED, LARS)

        assert shown is not None
        assert case.reference in shown.words
        assert "case.open" not in repr(shown.card)
        assert str(case.id) not in repr(shown.card)

    async def test_is_nothing_to_a_leader_who_is_near(self, desk: Desk) -> None:
        case = await asked(desk, on=OF_AGE)
        async with desk.database.transaction() as tx:
            await is_near(tx, case, LARS)

        assert await drawn(desk, case, NoticeKind.PLUS_ESCALATED, LARS) is None

    async def test_that_ended_is_not_sent(self, desk: Desk) -> None:
        case = await asked(desk, on=OF_AGE)
        await decides(desk, case, SAYS_NO, on=OF_AGE)

        assert await drawn(desk, case, NoticeKind.PLUS_ESCALATED, LARS) is None


class TestAProposal:
    async def test_that_was_taken_back_is_not_sent(self, desk: Desk) -> None:
        case = await proposed(desk)
        assert await drawn(desk, case, NoticeKind.HANDOVER_ASKED, PIA) is not None

        async with desk.database.transaction() as tx:
            await tx.relations.set_cleared(case.id, BO.id)
            await withdraw_handover(tx, case=case.id, seen=case.version, by=BO, now=NOW)

        assert await drawn(desk, case, NoticeKind.HANDOVER_ASKED, PIA) is None

    async def test_that_was_accepted_is_told_to_the_group(self, desk: Desk) -> None:
        case = await accepts(desk, await proposed(desk))

        shown = await drawn(desk, case, NoticeKind.HANDOVER_ANSWERED, BO)

        assert shown is not None
        assert case.reference in shown.words
