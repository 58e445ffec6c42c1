"""18 without a decision, a corrected birth date, and other ages (AGE-6 to AGE-9)."""

from datetime import date

import pytest

from domain.ages import add_months
from domain.assessments import Verdict
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.periods import moment
from scheduler.follow_ages import NotAllFollowed, follow_ages
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.nights import (
    A_DAY,
    MIDNIGHT,
    MORNING,
    SAYS_NO,
    SAYS_YES,
    assessed,
    decides,
    is_near,
    night,
    opened,
    told,
)
from tests.support.plus_cases import BORN, HALF, OF_AGE, anew, identity_of, is_born
from tests.support.town import (
    BO,
    DENNIS,
    DORTE,
    LARS,
    PIA,
    PLUS_GROUP,
    RUTH,
)
from usecases.assess_plus import escalate_assessment


class TestTheEighteenthBirthday:
    async def test_without_a_decision_brings_the_leaders_in(self, desk: Desk) -> None:
        """AGE-6, invariant 11: escalated, still open, and nobody loses the duty."""
        case = await opened(desk)
        await night(desk, HALF)

        await night(desk, OF_AGE)

        found = await assessed(desk, case)
        assert found is not None
        assert found.escalated_at is not None
        who = {person for person, _ in await told(desk, NoticeKind.PLUS_ESCALATED)}
        assert who == {LARS.id, RUTH.id, BO.id}
        async with desk.database.transaction() as tx:
            assert await anew(tx, case) == case

    async def test_brings_nobody_in_who_is_near(self, desk: Desk) -> None:
        """INH-1: a leader who is recused hears nothing."""
        case = await opened(desk)
        async with desk.database.transaction() as tx:
            await is_near(tx, case, LARS)

        await night(desk, OF_AGE)

        who = {person for person, _ in await told(desk, NoticeKind.PLUS_ESCALATED)}
        assert who == {RUTH.id, BO.id}

    async def test_goes_to_the_secretariat_where_the_group_has_no_facilitator(
        self, desk: Desk
    ) -> None:
        case = await opened(desk)
        async with desk.database.transaction() as tx:
            await is_near(tx, case, BO)

        await night(desk, HALF)

        who = {person for person, _ in await told(desk, NoticeKind.PLUS_ASSESS)}
        assert who == {DORTE.id, DENNIS.id}

    async def test_is_not_waited_for_when_the_group_asks_the_leaders_itself(
        self, desk: Desk
    ) -> None:
        """PLUS-2: near 18, with no from SSP+."""
        case = await opened(desk)
        await night(desk, HALF)

        async with desk.database.transaction() as tx:
            await tx.relations.set_cleared(case.id, BO.id)
            await escalate_assessment(
                tx, case=case.id, seen=case.version, by=BO, now=moment(HALF, MORNING)
            )

        who = {person for person, _ in await told(desk, NoticeKind.PLUS_ESCALATED)}
        assert who == {LARS.id, RUTH.id, BO.id}
        await night(desk, OF_AGE)
        assert len(await told(desk, NoticeKind.PLUS_ESCALATED)) == 6


class TestACorrectedBirthDate:
    async def test_puts_the_assessment_off_and_takes_it_up_again(self, desk: Desk) -> None:
        """AGE-9."""
        case = await opened(desk)
        await night(desk, HALF)
        async with desk.database.transaction() as tx:
            before = await identity_of(tx, case)
            await is_born(tx, case, date(2008, 9, 30), replaces=before, now=moment(HALF, MORNING))

        await night(desk, HALF + A_DAY)
        with pytest.raises(RuleBroken, match=r"assessment\.none"):
            await decides(desk, case, SAYS_YES)
        await night(desk, date(2026, 3, 30))

        assert [at.date() for _, at in await told(desk, NoticeKind.PLUS_ASSESS)] == [
            HALF,
            date(2026, 3, 30),
        ]

    async def test_keeps_what_was_decided(self, desk: Desk) -> None:
        case = await opened(desk)
        await night(desk, HALF)
        await decides(desk, case, SAYS_NO)
        async with desk.database.transaction() as tx:
            before = await identity_of(tx, case)
            await is_born(tx, case, date(2012, 1, 1), replaces=before, now=moment(HALF, MORNING))

        await night(desk, HALF + A_DAY)

        found = await assessed(desk, case)
        assert found is not None
        assert found.verdict is Verdict.NOT_IN_TARGET


class TestOtherAges:
    @pytest.mark.parametrize(("level", "heard"), [(2, 0), (3, 1), (4, 1)])
    async def test_at_17_the_grave_levels_are_thought_of(
        self, desk: Desk, level: int, heard: int
    ) -> None:
        """AGE-7: once, and not binding."""
        await opened(desk, level=level)

        await night(desk, add_months(BORN, 204) - A_DAY)
        assert await told(desk, NoticeKind.PLUS_HEADS_UP) == []
        for day in range(3):
            await night(desk, add_months(BORN, 204) + day * A_DAY)

        assert len(await told(desk, NoticeKind.PLUS_HEADS_UP)) == heard

    async def test_the_heads_up_can_be_turned_off(self, desk: Desk) -> None:
        await opened(desk, level=4)

        now = moment(add_months(BORN, 205), MIDNIGHT)
        await follow_ages(desk.database, heads_up_at_months=0, now=now)

        assert await told(desk, NoticeKind.PLUS_HEADS_UP) == []

    async def test_at_26_closing_is_offered_once(self, desk: Desk) -> None:
        """AGE-3: and nothing is closed by itself."""
        case = await opened(desk, group=PLUS_GROUP.code)

        for day in range(3):
            await night(desk, add_months(BORN, 312) + day * A_DAY)

        assert [who for who, _ in await told(desk, NoticeKind.PLUS_OUT_OF_AGE)] == [PIA.id]
        async with desk.database.transaction() as tx:
            assert (await anew(tx, case)).state is case.state


class TestANightWithTrouble:
    async def test_in_one_case_does_the_others_and_is_tried_again(self, desk: Desk) -> None:
        broken, sound = await opened(desk), await opened(desk)
        async with desk.database.transaction() as tx:
            await tx.keys.destroy(str(broken.subject))

        with pytest.raises(NotAllFollowed):
            await night(desk, HALF)

        assert await assessed(desk, sound) is not None
