"""From a concern to a case: one running case for each person, whoever presses (CASE-2, CASE-3)."""

import asyncio
from datetime import timedelta

import pytest

from domain.cases import Case, CaseState
from domain.concerns import Concern, Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.into_cases import (
    CPR,
    VALBY,
    VANLOESE,
    cases_of,
    opens_case,
    reported,
)
from tests.support.town import ANNA, BO, CARL, DORTE, EVA, SOFIE


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
