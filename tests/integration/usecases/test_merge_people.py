"""Two cases found to be of one person: merged by two people, and taken apart again (CASE-3)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from domain.cases import RUNNING, Case, CaseState
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.merging import merged, must_be_mergeable
from domain.people import CommitteeCode, Person
from domain.searching import read_search
from storage.case_rows import actions, cases, records, subject_cprs, subject_marks, subjects
from storage.subject_index import Reach
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.merging import LATER, agrees, merges, proposes, two_cases
from tests.support.cases import a_case, keep_case
from tests.support.town import BO, EVA, MONDAY_NOON, SOFIE, STEEN, STINE
from usecases.merge_people import undo_merge


async def undoes(desk: Desk, case: Case, by: Person = STEEN, *, now: datetime = LATER) -> None:
    async with desk.database.transaction() as tx:
        found = await tx.cases.find(case.id)
        assert found is not None
        await undo_merge(tx, case=case.id, seen=found.version, by=by, now=now)


async def found(desk: Desk, said: str) -> set[UUID]:
    async with desk.database.transaction() as tx:
        hits = await tx.subjects.search(
            read_search(said, today=MONDAY_NOON.date()),
            reach=Reach(scopes=frozenset({CommitteeCode("KG5")})),
            at_most=20,
        )
    return set(hits.subjects)


async def stored(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a merge could have changed, but for how often a case was stored."""
    async with desk.database.transaction() as tx:
        return {
            table.name: sorted(
                (
                    tuple(
                        value
                        for column, value in zip(table.c, row, strict=True)
                        if column.name != "version"
                    )
                    for row in await tx.connection.execute(select(table))
                ),
                key=repr,
            )
            for table in (cases, subjects, records, actions, subject_marks, subject_cprs)
        }


class TestAMerge:
    async def test_takes_a_facilitator_and_a_data_steward(self, desk: Desk) -> None:
        """domain.md §14.3."""
        one, into = await two_cases(desk)
        for person in (SOFIE, EVA, STINE):
            with pytest.raises(RuleBroken, match=r"case\.not_found"):
                await proposes(desk, one, into, person)
        asked = await proposes(desk, one, into)
        for person in (BO, SOFIE):
            with pytest.raises(RuleBroken, match=r"countersign\."):
                await agrees(desk, asked, person)

        await agrees(desk, asked)

        async with desk.database.transaction() as tx:
            kept = await tx.cases.find(one.id)
            assert kept is not None
            assert kept.merged_into == into.id
            assert await tx.subjects.canonical(one.subject) == into.subject

    async def test_lets_what_is_in_either_be_read_in_the_one_that_goes_on(
        self, desk: Desk
    ) -> None:
        one, into = await two_cases(desk)
        await merges(desk, one, into)

        async with desk.database.transaction() as tx:
            about = await tx.matters.about_same_person(into.id)
            read = await tx.records.read(about, [DataClass.IDENTITY])
        assert {each.content["name"] for each in read} == {"Maks Myrekjær", "Max Myrekær"}

    async def test_lets_either_name_and_the_number_find_the_one_person(self, desk: Desk) -> None:
        one, into = await two_cases(desk)
        await merges(desk, one, into)

        for said in ("maks", "max", "0405114003"):
            assert await found(desk, said) == {into.subject}
        async with desk.database.transaction() as tx:
            assert await tx.subjects.with_cpr("0405114003") == into.subject

    async def test_that_is_undone_leaves_everything_as_it_was(self, desk: Desk) -> None:
        """Reversible: nothing was moved or sealed anew."""
        one, into = await two_cases(desk)
        asked = await proposes(desk, one, into)
        before = await stored(desk)
        await agrees(desk, asked)
        assert await stored(desk) != before

        await undoes(desk, into)

        assert await stored(desk) == before

    @pytest.mark.parametrize(("days", "late"), [(29, False), (30, True)])
    async def test_can_be_undone_for_thirty_days(
        self, desk: Desk, days: int, *, late: bool
    ) -> None:
        one, into = await two_cases(desk)
        await merges(desk, one, into)

        then = LATER + timedelta(days=days)
        if late:
            with pytest.raises(RuleBroken, match=r"merge\.too_late"):
                await undoes(desk, one, now=then)
        else:
            await undoes(desk, one, now=then)
            with pytest.raises(RuleBroken, match=r"merge\.none"):
                await undoes(desk, one, now=then)

    async def test_is_not_of_two_with_different_numbers(self, desk: Desk) -> None:
        one, _ = await two_cases(desk)
        twin = a_case("2026-0003")
        async with desk.database.transaction() as tx:
            await keep_case(tx, twin, name="Maks Myrekjær", cpr="0405114011")

        with pytest.raises(RuleBroken, match=r"merge\.two_numbers"):
            await proposes(desk, one, twin)

    async def test_is_not_with_a_case_that_is_out_of_reach(self, desk: Desk) -> None:
        """AC-CARD-02: as if it were not there."""
        one, _ = await two_cases(desk)
        theirs = a_case("2026-0003", group=CommitteeCode("KG6"))
        async with desk.database.transaction() as tx:
            await keep_case(tx, theirs, name="Max Myrekær")

        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            await proposes(desk, one, theirs)

    async def test_that_was_overtaken_is_not_made(self, desk: Desk) -> None:
        """AC-CARD-06: what was asked about has changed."""
        one, into = await two_cases(desk)
        asked = await proposes(desk, one, into)
        async with desk.database.transaction() as tx:
            await tx.cases.save(one)

        with pytest.raises(RuleBroken, match=r"case\.moved_on"):
            await agrees(desk, asked)


STATES = st.sampled_from(CaseState)


@given(
    st.lists(st.tuples(st.integers(0, 3), STATES), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
)
def test_a_person_never_has_two_running_cases(
    made: list[tuple[int, CaseState]], pairs: list[tuple[int, int]]
) -> None:
    """domain.md §15.3: whatever is merged into whatever, in whichever order."""
    all_ = [
        replace(a_case(f"2026-{number:04}"), subject=UUID(int=who), state=state)
        for number, (who, state) in enumerate(made)
    ]
    known_as: dict[UUID, UUID] = {}

    def running() -> list[UUID]:
        return [
            known_as.get(case.subject, case.subject)
            for case in all_
            if case.state in RUNNING and case.merged_into is None
        ]

    if len(running()) != len(set(running())):
        return  # the database does not let it begin so
    for first, second in pairs:
        if not (first < len(all_) and second < len(all_)):
            continue
        one, into = all_[first], all_[second]
        persons = {known_as.get(each.subject, each.subject) for each in (one, into)}
        others = [case for case in all_ if known_as.get(case.subject, case.subject) in persons]
        try:
            must_be_mergeable(one, into, others=others)
        except RuleBroken:
            continue
        all_[first] = merged(one, into=into)
        known_as[one.subject] = into.subject
        assert len(running()) == len(set(running()))
