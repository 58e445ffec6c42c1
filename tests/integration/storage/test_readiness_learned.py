"""Templates, the calendar, evaluations and what was learned, as they are kept."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from domain.errors import RuleBroken
from domain.evaluations import Answered, Evaluation, Learning, LearningState
from domain.people import AreaCode
from domain.plan_calendar import CalendarRow
from domain.plan_templates import Override
from storage.database import Database
from tests.integration.storage.examples import ANNA, BO, MONDAY_NOON
from tests.integration.storage.readiness_examples import alert


class TestWhatPlansAreMadeFrom:
    async def test_each_change_of_a_template_stays(self, database: Database) -> None:
        """BER-39, BER-61."""
        first = Override(
            template="H1",
            revision=1,
            changes={"title": "Ny titel", "externals": ["HB"], "becomes": None},
            by=ANNA.id,
            at=MONDAY_NOON,
        )
        second = replace(first, revision=2, because="Lært", alert=uuid4())
        other = replace(first, template="H2")
        async with database.transaction() as tx:
            for each in (first, second, other):
                await tx.template_overrides.add(each)
            with pytest.raises(RuleBroken, match="template.moved_on"):
                await tx.template_overrides.add(second)
            assert await tx.template_overrides.latest() == [second, other]
            assert await tx.template_overrides.of("H1") == [second, first]

    async def test_the_calendar_is_corrected(self, database: Database) -> None:
        """BER-40."""
        example = CalendarRow(
            id=uuid4(),
            template="B1",
            name="Sidste skoledag",
            from_on=date(2027, 6, 25),
            to_on=date(2027, 6, 25),
            areas=frozenset({AreaCode("VAL"), AreaCode("TIN")}),
            confirmed=False,
        )
        mine = replace(example, id=uuid4(), school="Skolen", from_on=date(2027, 6, 24))
        async with database.transaction() as tx:
            await tx.plan_calendar.begin([example], now=MONDAY_NOON)
            kept = replace(example, version=1)
            right = await tx.plan_calendar.save(
                replace(kept, confirmed=True), by=ANNA.id, now=MONDAY_NOON
            )
            await tx.plan_calendar.begin([example], now=MONDAY_NOON)
            assert await tx.plan_calendar.find(example.id) == right
            with pytest.raises(RuleBroken, match="calendar.moved_on"):
                await tx.plan_calendar.save(kept, by=ANNA.id, now=MONDAY_NOON)
            added = await tx.plan_calendar.save(mine, by=ANNA.id, now=MONDAY_NOON)
            assert await tx.plan_calendar.rows() == [added, right]
            with pytest.raises(RuleBroken, match="calendar.moved_on"):
                await tx.plan_calendar.remove(mine)
            await tx.plan_calendar.remove(added)
            assert await tx.plan_calendar.rows() == [right]


class TestWhatWasLearned:
    async def test_an_alert_is_evaluated_once(self, database: Database) -> None:
        """BER-61."""
        made = alert()
        begun = Evaluation(
            alert=made.id,
            drill=False,
            owner=ANNA.id,
            due_on=date(2026, 3, 9),
            answers=(Answered(question="Hvad gik godt?"),),
            figures={"first_reply": 42},
            begun_at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.evaluations.begin(begun)
            assert not await tx.evaluations.begin(begun)
            assert await tx.evaluations.of(made.id) == begun
            assert await tx.evaluations.waiting(drill=False) == [begun]
            assert await tx.evaluations.waiting(drill=True) == []
            said = begun.answered([Answered(question="Hvad gik godt?", answer="Kvorum")])
            done = await tx.evaluations.save(said.done(by=ANNA.id, now=MONDAY_NOON))
            with pytest.raises(RuleBroken, match="evaluation.moved_on"):
                await tx.evaluations.save(said)
            assert await tx.evaluations.among([made]) == [done]
            assert await tx.evaluations.among([]) == []
            assert await tx.evaluations.waiting(drill=False) == []

    async def test_what_is_learned_is_somebodys_task(self, database: Database) -> None:
        """BER-61."""
        made = alert()
        learning = Learning(
            id=uuid4(),
            alert=made.id,
            words="Ring til klubben først",
            owner=BO.id,
            due_on=date(2026, 4, 1),
            template="H1",
            given_by=ANNA.id,
            given_at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.learnings.add(learning)
            assert not await tx.learnings.add(learning)
            assert await tx.learnings.open_of(BO.id) == [learning]
            assert await tx.learnings.open_before(date(2026, 4, 1)) == []
            assert await tx.learnings.open_before(date(2026, 4, 2)) == [learning]
            done = await tx.learnings.save(
                learning.ended(LearningState.DONE, revision=3, now=MONDAY_NOON)
            )
            with pytest.raises(RuleBroken, match="learning.moved_on"):
                await tx.learnings.save(learning)
            assert await tx.learnings.find(learning.id) == done
            assert await tx.learnings.of(made.id) == [done]
            assert await tx.learnings.about("H1") == [done]
            assert await tx.learnings.open_of(BO.id) == []
