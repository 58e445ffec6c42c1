"""From a concern to a case: one running case for each person, whoever presses (CASE-2, CASE-3)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.cases import Case, CaseState, CloseReason
from domain.concerns import Concern, Parts, Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import AreaCode, Person
from tests.integration.usecases.desk import JUDGED, PARTS, REPORTED, Desk
from tests.support.town import ANNA, BO, CARL, DORTE, EVA, MONDAY_NOON, SOFIE
from usecases.known_people import Known
from usecases.submit_concern import submit_concern
from usecases.take_into_case import (
    link_concern,
    look_for_case,
    open_case_from,
    pass_to_known,
)

VALBY, VANLOESE = AreaCode("VAL"), AreaCode("VAN")
CPR = "0405114003"
MAX: Parts = {**PARTS, DataClass.IDENTITY: {"name": "Max Myrekær", "born": "2011-05-04"}}
NUMBERED: Parts = {**MAX, DataClass.CPR: {"cpr": "040511-4003"}}
LATER = MONDAY_NOON + timedelta(days=1)


async def reported(desk: Desk, parts: Parts = NUMBERED, *, where: AreaCode = VALBY) -> Concern:
    """Report Max, and let the facilitator of the group open the concern."""
    async with desk.database.transaction() as tx:
        concern = await submit_concern(
            tx,
            id=uuid4(),
            reporter=ANNA,
            reported=replace(REPORTED, area=where),
            judged=JUDGED,
            parts=parts,
            now=MONDAY_NOON,
        )
    return await desk.opens(concern, BO if where == VALBY else EVA)


async def opens_case(
    desk: Desk, concern: Concern, by: Person = BO, *, id: UUID | None = None
) -> Case:
    async with desk.database.transaction() as tx:
        return await open_case_from(
            tx, id=id or uuid4(), concern=concern.id, seen=concern.version, by=by, now=LATER
        )


async def known(desk: Desk, concern: Concern, by: Person = BO) -> Known:
    async with desk.database.transaction() as tx:
        _, found = await look_for_case(tx, concern=concern.id, by=by, now=LATER)
        return found


async def links(desk: Desk, concern: Concern, case: Case, by: Person = BO) -> Case:
    async with desk.database.transaction() as tx:
        return await link_concern(
            tx, concern=concern.id, case=case.id, seen=concern.version, by=by, now=LATER
        )


async def closes(desk: Desk, case: Case) -> None:
    async with desk.database.transaction() as tx:
        found = await tx.cases.find(case.id)
        assert found is not None
        await tx.cases.save(
            replace(
                found,
                state=CaseState.CLOSED,
                closed_at=MONDAY_NOON,
                close_reason=CloseReason.COORDINATION_DONE,
            )
        )


async def cases_of(desk: Desk, subject: UUID) -> list[Case]:
    async with desk.database.transaction() as tx:
        return await tx.cases.of_subject(subject)


class TestOpening:
    async def test_makes_a_case_of_the_group_with_the_person_written_down_under_their_own_key(
        self, desk: Desk
    ) -> None:
        concern = await reported(desk)

        case = await opens_case(desk, concern)

        linked = await desk.finds(concern)
        assert (linked.status, linked.case, linked.taken_up_by) == (Status.LINKED, case.id, BO.id)
        assert (case.state, case.group, case.level) == (CaseState.OPEN, "KG5", None)
        async with desk.database.transaction() as tx:
            records = await tx.records.read([case.id], [DataClass.IDENTITY, DataClass.CPR])
        assert {record.key for record in records} == {str(case.subject)}
        assert [record.content.get("name") for record in records if "name" in record.content] == [
            "Max Myrekær"
        ]
        assert {"cpr": CPR} in [record.content for record in records]

    async def test_tells_the_reporter_once_that_it_was_taken_up(self, desk: Desk) -> None:
        concern = await reported(desk)
        await desk.due()
        await opens_case(desk, concern)

        assert (NoticeKind.CONCERN_STATUS, "anna") in await desk.told(after=timedelta(days=1))

    async def test_is_done_by_a_member_of_the_group_too(self, desk: Desk) -> None:
        concern = await reported(desk)
        concern = await desk.opens(concern, SOFIE)

        assert (await opens_case(desk, concern, SOFIE)).opened_by == SOFIE.id

    @pytest.mark.parametrize("by", [ANNA, EVA, DORTE], ids=lambda person: person.id)
    async def test_is_not_for_others(self, desk: Desk, by: Person) -> None:
        concern = await reported(desk)

        with pytest.raises(RuleBroken, match=r"concern\.not_found"):
            await opens_case(desk, concern, by)

    async def test_waits_for_the_answer_to_the_question_of_relations(self, desk: Desk) -> None:
        """INH-2."""
        concern = await reported(desk)

        with pytest.raises(RuleBroken, match=r"concern\.answer_relation_first"):
            await opens_case(desk, concern, CARL)

    async def test_by_twenty_at_once_makes_one_case(self, desk: Desk) -> None:
        """AC-CARD-05."""
        concern = await reported(desk)

        async def presses() -> Case | str:
            try:
                return await opens_case(desk, concern)
            except RuleBroken as refused:
                return refused.code

        answers = await asyncio.gather(*(presses() for _ in range(20)))

        [case] = [each for each in answers if isinstance(each, Case)]
        assert {each for each in answers if each != case} == {"concern.in_case_already"}
        assert len(await cases_of(desk, case.subject)) == 1

    async def test_of_twenty_concerns_about_one_person_at_once_makes_one_case(
        self, desk: Desk
    ) -> None:
        """CASE-3, §15.3: two groups do not make two of one person either."""
        concerns = [
            await reported(desk, where=VALBY if number % 2 else VANLOESE) for number in range(20)
        ]

        async def presses(concern: Concern) -> Case | str:
            by = BO if concern.group == "KG5" else EVA
            try:
                return await opens_case(desk, concern, by)
            except RuleBroken as refused:
                return refused.code

        answers = await asyncio.gather(*map(presses, concerns))

        [case] = [each for each in answers if isinstance(each, Case)]
        told = {each for each in answers if isinstance(each, str)}
        assert told <= {
            "concern.known_here",
            "concern.known_elsewhere",
            "case.known_meanwhile",
            "case.moved_on",
        }
        async with desk.database.transaction() as tx:
            assert await tx.subjects.with_cpr(CPR) == case.subject


class TestSomebodyKnown:
    async def test_by_number_has_their_concern_join_the_case(self, desk: Desk) -> None:
        """CON-5: whatever name it was reported under."""
        case = await opens_case(desk, await reported(desk))
        again = await reported(
            desk, {**NUMBERED, DataClass.IDENTITY: {"name": "Maksim M", "born": "2011-05-04"}}
        )
        with pytest.raises(RuleBroken, match=r"concern\.known_here"):
            await opens_case(desk, again)

        joined = await links(desk, again, case)

        assert joined.id == case.id
        assert joined.last_event_at == LATER
        assert (await desk.finds(again)).case == case.id

    async def test_whose_case_is_closed_has_it_opened_again(self, desk: Desk) -> None:
        """CASE-10: the retention clock starts anew."""
        case = await opens_case(desk, await reported(desk))
        await closes(desk, case)

        joined = await links(desk, await reported(desk), case)

        assert (joined.state, joined.closed_at, joined.close_reason) == (
            CaseState.OPEN,
            None,
            None,
        )
        assert joined.last_event_at == LATER

    async def test_by_name_and_birthday_is_only_offered(self, desk: Desk) -> None:
        case = await opens_case(desk, await reported(desk, MAX))
        like = await reported(
            desk, {**PARTS, DataClass.IDENTITY: {"name": "Maxi Myr", "born": "2011-05-04"}}
        )
        twin = await reported(desk, NUMBERED)

        found = await known(desk, like)
        assert [(each.case.id, each.same_name) for each in found.candidates] == [(case.id, False)]
        assert [each.same_name for each in (await known(desk, twin)).candidates] == [True]
        assert (await links(desk, twin, case)).id == case.id  # and the number is kept
        assert (await known(desk, await reported(desk, NUMBERED))).same == (
            await cases_of(desk, case.subject)
        )[0]
        other = await opens_case(desk, like)  # the facilitator says that they are not the same

        assert other.subject != case.subject

    async def test_by_another_number_is_somebody_else(self, desk: Desk) -> None:
        await opens_case(desk, await reported(desk))
        twin = await reported(desk, {**MAX, DataClass.CPR: {"cpr": "0405114011"}})

        assert (await known(desk, twin)).candidates == ()

    async def test_is_looked_at_by_the_facilitator_where_it_is_not_sure(self, desk: Desk) -> None:
        """CON-5: candidates are for the facilitator."""
        await opens_case(desk, await reported(desk, MAX))
        like = await desk.opens(await reported(desk, MAX), SOFIE)

        with pytest.raises(RuleBroken, match=r"concern\.facilitator_looks"):
            await opens_case(desk, like, SOFIE)

    async def test_joins_no_case_that_was_not_offered(self, desk: Desk) -> None:
        """AC-CARD-07."""
        other = await opens_case(
            desk, await reported(desk, {**PARTS, DataClass.IDENTITY: {"name": "Else Brink"}})
        )
        concern = await reported(desk)

        for case in (other, replace(other, id=uuid4())):
            with pytest.raises(RuleBroken, match=r"case\.not_found"):
                await links(desk, concern, case)


class TestSomebodyOfAnotherGroup:
    async def test_is_known_there_and_no_more_is_said(self, desk: Desk) -> None:
        """Decision 0030: neither the group nor the case."""
        theirs = await opens_case(desk, await reported(desk, where=VANLOESE), EVA)
        concern = await reported(desk)

        found = await known(desk, concern)

        assert (found.runs_elsewhere, found.same, found.candidates) == (True, None, ())
        assert theirs.reference not in repr(found)
        with pytest.raises(RuleBroken, match=r"concern\.known_elsewhere"):
            await opens_case(desk, concern)
        with pytest.raises(RuleBroken, match=r"concern\.known_elsewhere"):
            await links(desk, concern, theirs)

    async def test_has_the_concern_brought_there_by_the_secretariat(self, desk: Desk) -> None:
        await opens_case(desk, await reported(desk, where=VANLOESE), EVA)
        concern = await reported(desk)
        await desk.due()

        async with desk.database.transaction() as tx:
            gone = await pass_to_known(
                tx, concern=concern.id, seen=concern.version, by=BO, now=LATER
            )

        assert (gone.status, gone.group) == (Status.TRIAGE, None)
        told = await desk.told(after=timedelta(days=1))
        assert (NoticeKind.CONCERN_MATCH, DORTE.id) in told
        assert (NoticeKind.CASE_MATCH, EVA.id) in told

    async def test_whose_case_there_is_closed_gets_a_case_here(self, desk: Desk) -> None:
        """One running case, and the other group's stays theirs."""
        theirs = await opens_case(desk, await reported(desk, where=VANLOESE), EVA)
        await closes(desk, theirs)
        concern = await reported(desk)

        assert (await known(desk, concern)).was_elsewhere
        case = await opens_case(desk, concern)

        assert case.subject == theirs.subject
        assert case.id != theirs.id
        back = await reported(desk, where=VANLOESE)
        with pytest.raises(RuleBroken, match=r"concern\.known_elsewhere"):
            await links(desk, back, theirs, EVA)

    async def test_that_somebody_steps_aside_from_is_as_far_away(self, desk: Desk) -> None:
        """INH-3: recusal hides the case, for whoever may open a concern about the person too."""
        mine = await opens_case(desk, await reported(desk))
        concern = await reported(desk)
        async with desk.database.transaction() as tx:
            await tx.relations.recuse(
                mine.id, BO.id, "self", LATER, key=str(mine.subject), by=BO.id
            )

        found = await known(desk, concern)

        assert (found.same, found.runs_elsewhere) == (None, True)
