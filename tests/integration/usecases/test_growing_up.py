"""The assessment at 17½: made, reminded of, decided (AGE-5, AGE-6)."""

import asyncio
from datetime import date, datetime

import pytest

from domain.assessments import Verdict
from domain.cases import Case, CaseState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from domain.periods import moment
from storage.delivery_rows import outbox
from storage.plan_rows import assessments
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.nights import (
    A_DAY,
    MORNING,
    SAYS_NO,
    SAYS_YES,
    assessed,
    decides,
    night,
    opened,
    told,
)
from tests.support.organisation_changes import with_member_facilitating
from tests.support.plus_cases import HALF, OF_AGE, a_case
from tests.support.town import (
    BO,
    CARL,
    DORTE,
    EVA,
    LARS,
    ORGANISATION,
    PIA,
    PLUS_GROUP,
    SOFIE,
    VALBY_GROUP,
)
from usecases.assess_plus import Assessed
from usecases.follow_ages import assessment_open


class TestTheAssessment:
    async def test_begins_at_midnight_where_february_lacks_the_day(self, desk: Desk) -> None:
        """AGE-2, AGE-6: born on 31 August, 17½ on the last day of February."""
        case = await opened(desk)

        await night(desk, HALF - A_DAY)
        assert await assessed(desk, case) is None
        await night(desk, HALF)

        assert await assessed(desk, case) is not None
        assert await told(desk, NoticeKind.PLUS_ASSESS) == [(BO.id, moment(HALF, MORNING))]

    async def test_is_reminded_of_on_two_days(self, desk: Desk) -> None:
        """AGE-6: at 17 years 9 months, and 14 days before 18."""
        await opened(desk)
        days = [HALF + n * A_DAY for n in range((OF_AGE - HALF).days)]

        for day in days:
            await night(desk, day)

        assert [at.date() for _, at in await told(desk, NoticeKind.PLUS_ASSESS)] == [
            HALF,
            date(2026, 5, 31),
            date(2026, 8, 17),
        ]

    async def test_is_made_once_by_two_replicas(self, desk: Desk) -> None:
        case = await opened(desk)

        await asyncio.gather(night(desk, HALF), night(desk, HALF))

        async with desk.database.transaction() as tx:
            rows = (await tx.connection.execute(assessments.select())).all()
        assert [row.case for row in rows] == [case.id]
        assert len(await told(desk, NoticeKind.PLUS_ASSESS)) == 1

    async def test_keeps_no_date_that_is_still_to_come(self, desk: Desk) -> None:
        """The 18th birthday is nowhere in the row, and nothing waits for it in the outbox."""
        await opened(desk)
        await night(desk, HALF)

        async with desk.database.transaction() as tx:
            [row] = (await tx.connection.execute(assessments.select())).all()
            waits = (await tx.connection.execute(outbox.select())).all()
        kept = (*row, *(each.due_at for each in waits))
        coming = [each for each in kept if isinstance(each, datetime)]

        assert coming
        assert max(coming).date() == HALF

    async def test_stands_in_the_way_of_closing_until_it_is_decided(self, desk: Desk) -> None:
        """CASE-9."""
        case = await opened(desk)
        await night(desk, HALF)

        async with desk.database.transaction() as tx:
            before = await assessment_open(tx, case)
        case = await decides(desk, case, SAYS_NO)
        async with desk.database.transaction() as tx:
            assert (before, await assessment_open(tx, case)) == (True, False)

    async def test_of_a_case_in_ssp_plus_or_without_a_birth_date_is_not_made(
        self, desk: Desk
    ) -> None:
        cases = [await opened(desk, group=PLUS_GROUP.code), await opened(desk, born=None)]

        await night(desk, OF_AGE)

        assert [await assessed(desk, case) for case in cases] == [None, None]

    async def test_of_an_ended_case_is_not_made(self, desk: Desk) -> None:
        async with desk.database.transaction() as tx:
            case = await a_case(tx, state=CaseState.CLOSED)

        await night(desk, HALF)

        assert await assessed(desk, case) is None

    async def test_reaches_a_new_facilitator_the_next_night(self, desk: Desk) -> None:
        await opened(desk)
        await night(desk, HALF)
        register = with_member_facilitating(ORGANISATION, VALBY_GROUP, SOFIE)
        async with desk.database.transaction() as tx:
            await tx.organisation.replace(register)

        for day in (HALF + A_DAY, HALF + 2 * A_DAY):
            await night(desk, day)

        assert [who for who, _ in await told(desk, NoticeKind.PLUS_ASSESS)] == [BO.id, SOFIE.id]


class TestADecision:
    async def test_needs_a_criterion_to_say_yes(self, desk: Desk) -> None:
        """AGE-4: the level suggests; the group decides, by criteria and with a reason."""
        case = await opened(desk)
        await night(desk, HALF)
        without = Assessed(verdict=Verdict.IN_TARGET, criteria=frozenset(), reason="Måske en dag")

        with pytest.raises(RuleBroken, match=r"assessment\.no_criterion"):
            await decides(desk, case, without)

    async def test_ends_the_reminders(self, desk: Desk) -> None:
        case = await opened(desk)
        await night(desk, HALF)
        await decides(desk, case, SAYS_NO, by=CARL)

        await night(desk, OF_AGE)

        assert len(await told(desk, NoticeKind.PLUS_ASSESS, NoticeKind.PLUS_ESCALATED)) == 1

    @pytest.mark.parametrize("who", [EVA, PIA, DORTE, LARS])
    async def test_is_the_groups_alone(self, desk: Desk, who: Person) -> None:
        case = await opened(desk)
        await night(desk, HALF)

        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            await decides(desk, case, SAYS_NO, by=who)

    async def test_before_it_is_time_is_refused(self, desk: Desk) -> None:
        case = await opened(desk)

        with pytest.raises(RuleBroken, match=r"assessment\.none"):
            await decides(desk, case, SAYS_YES, on=HALF - A_DAY)

    async def test_by_twenty_people_at_once_is_made_once(self, desk: Desk) -> None:
        case = await opened(desk)
        await night(desk, HALF)

        answers = await asyncio.gather(
            *(decides(desk, case, SAYS_YES) for _ in range(20)), return_exceptions=True
        )

        done = [each for each in answers if isinstance(each, Case)]
        codes = {each.code for each in answers if isinstance(each, RuleBroken)}
        assert (len(done), codes) == (1, {"case.moved_on"})
