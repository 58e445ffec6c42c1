"""Night after night in a case: 17, 17½, 18 and 26 years (AGE-5 to AGE-9, invariant 11)."""

import asyncio
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from domain.ages import add_months
from domain.assessments import Assessment, Verdict
from domain.cases import Case, CaseState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import CommitteeCode, Person
from domain.periods import moment
from domain.plus import Criterion
from scheduler.follow_ages import NotAllFollowed, follow_ages
from storage.database import Transaction
from storage.delivery_rows import outbox
from storage.plan_rows import assessments
from tests.integration.usecases.desk import Desk
from tests.support.organisation_changes import with_member_facilitating
from tests.support.plus_cases import BORN, HALF, OF_AGE, a_case, anew, identity_of, is_born
from tests.support.town import (
    BO,
    CARL,
    DENNIS,
    DORTE,
    EVA,
    LARS,
    ORGANISATION,
    PIA,
    PLUS_GROUP,
    RUTH,
    SOFIE,
    VALBY_GROUP,
)
from usecases.assess_plus import Assessed, assess_plus, escalate_assessment
from usecases.follow_ages import assessment_open

MIDNIGHT, JUST_AFTER, MORNING = time(0), time(0, 5), time(8)
A_DAY = timedelta(days=1)
SAYS_YES = Assessed(
    verdict=Verdict.IN_TARGET,
    criteria=frozenset({Criterion.PERSON_DANGEROUS}),
    reason="Flere grove røverier",
)
SAYS_NO = Assessed(
    verdict=Verdict.NOT_IN_TARGET, criteria=frozenset(), reason="Har holdt sig fri i et år"
)
KG5 = CommitteeCode("KG5")


async def night(desk: Desk, day: date) -> None:
    """Let the night before a day come, whatever nights were missed."""
    await follow_ages(desk.database, now=moment(day, JUST_AFTER))


async def told(desk: Desk, *kinds: NoticeKind) -> list[tuple[str, datetime]]:
    """List who was ever to hear of these, and when."""
    async with desk.database.transaction() as tx:
        rows = await tx.connection.execute(
            outbox.select().where(outbox.c.kind.in_(kinds)).order_by(outbox.c.id)
        )
        return [(row.person, row.due_at) for row in rows]


async def assessed(desk: Desk, case: Case) -> Assessment | None:
    async with desk.database.transaction() as tx:
        return await tx.assessments.of_case(case.id)


async def opened(
    desk: Desk, *, born: date | None = BORN, level: int = 2, group: CommitteeCode = KG5
) -> Case:
    async with desk.database.transaction() as tx:
        return await a_case(tx, born=born, level=level, group=group)


async def is_near(tx: Transaction, case: Case, who: Person) -> None:
    key, at = str(case.subject), moment(HALF, MORNING)
    await tx.relations.recuse(case.id, who.id, "self", at, key=key)


async def decides(
    desk: Desk, case: Case, said: Assessed, *, by: Person = BO, on: date = HALF
) -> Case:
    async with desk.database.transaction() as tx:
        return await assess_plus(
            tx,
            id=uuid4(),
            case=case.id,
            seen=case.version,
            by=by,
            said=said,
            now=moment(on, MORNING),
        )


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
