"""What is seen, said and learned of an alert afterwards, and what of that is followed up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.alert_log import LogKind
from domain.alerts import AlertState, Reply
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.evaluations import EvaluationState, Learning, LearningState
from domain.notices import NoticeKind
from domain.people import Person
from domain.plan_templates import Override
from scheduler.remind_of_endings import remind_of_endings
from tests.integration.usecases.alarming import ALERT, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import DAY, Running
from tests.support.town import ANNA, BENTE, DENNIS, DORTE, LARS, SOFIE
from usecases.answer_alert import answer_alert
from usecases.evaluate_alert import answer_evaluation, finish_evaluation, see_evaluation
from usecases.learn import add_learning, end_learning, my_learnings

MINUTES = timedelta(minutes=1)
LEARNED = "Nattevagten skal med i ringelisten"


@pytest.fixture
async def running(desk: Desk) -> Running:
    begun = Running(readiness=AlertDesk(desk=desk))
    await begun.begins()
    return begun


async def answers(running: Running, said: Mapping[int, str], *, by: Person = LARS) -> None:
    seen = (await running.alert()).version
    async with running.desk.database.transaction() as tx:
        await answer_evaluation(tx, id=ALERT, by=by, answers=said, seen=seen, now=running.now)


async def finishes(running: Running) -> None:
    seen = (await running.alert()).version
    async with running.desk.database.transaction() as tx:
        await finish_evaluation(tx, id=ALERT, by=LARS, seen=seen, now=running.now)


async def learns(
    running: Running, *, owner: Person = DORTE, template: str | None = "H1"
) -> Learning:
    async with running.desk.database.transaction() as tx:
        return await add_learning(
            tx,
            id=uuid4(),
            alert=ALERT,
            words=LEARNED,
            owner=owner.id,
            due_on=local_date(running.now + 7 * DAY),
            template=template,
            by=LARS,
            now=running.now,
        )


async def ends(running: Running, id: UUID, to: LearningState, *, by: Person) -> Learning:
    async with running.desk.database.transaction() as tx:
        learning, _ = await end_learning(tx, id=id, by=by, to=to, now=running.now)
    return learning


class TestTheDraft:
    async def test_begins_when_the_alert_is_closed(self, running: Running) -> None:
        """BER-61: its questions, its figures, and five working days to call for it."""
        answered_at = running.now + 4 * MINUTES
        async with running.desk.database.transaction() as tx:
            await answer_alert(
                tx, id=ALERT, by=SOFIE, reply=Reply.JOINING, mail=False, now=answered_at
            )
        running.now += 2 * DAY  # a Wednesday
        alert = await running.closes()

        evaluation = await running.evaluation()
        assert evaluation.state is EvaluationState.DRAFT
        assert evaluation.owner == alert.coordinator == LARS.id
        assert evaluation.due_on == local_date(running.now + 7 * DAY)
        assert [each.question for each in evaluation.answers] == [
            *(await running.plan()).lists.evaluation
        ]
        figures = evaluation.figures
        assert figures["first_reply"] == (answered_at - alert.leaves_at).total_seconds()
        assert "quorum" not in figures  # one authority of five
        assert figures["recipients"] == len(await running.readiness.recipients())
        assert (figures["answered"], figures["joined"]) == (1, 1)
        assert figures["measures_handed_on"] == len((await running.plan()).measures)
        assert await running.told(NoticeKind.EVALUATION_DUE) == [LARS.id]

    async def test_shows_what_happened_to_those_who_may_see_it(self, running: Running) -> None:
        """BER-52, BER-61: the timeline; who was not reached only to who acts."""
        await running.closes()
        async with running.desk.database.transaction() as tx:
            seen = await see_evaluation(tx, id=ALERT, by=BENTE, now=running.now)
            with pytest.raises(RuleBroken, match="alert.not_found"):
                await see_evaluation(tx, id=ALERT, by=ANNA, now=running.now)

        kinds = {each.kind for each in seen.log}
        assert kinds >= {LogKind.ACTIVATED, LogKind.RUNNING, LogKind.CLOSED}

    async def test_begins_where_it_was_stood_down(self, desk: Desk) -> None:
        """BER-61: what asked for an answer is evaluated, and a drill is too."""
        planning = Running(readiness=AlertDesk(desk=desk))
        await planning.begins(runs=False)
        await planning.ends(AlertState.STOOD_DOWN)
        assert await planning.told(NoticeKind.EVALUATION_DUE) == [LARS.id]
        questions = len((await planning.evaluation()).answers)
        await answers(planning, {at + 1: "Det gik godt" for at in range(questions)})
        await finishes(planning)

        assert (await planning.alert()).state is AlertState.EVALUATED

    async def test_is_not_there_before(self, running: Running) -> None:
        async with running.desk.database.transaction() as tx:
            with pytest.raises(RuleBroken, match="evaluation.none"):
                await see_evaluation(tx, id=ALERT, by=LARS, now=running.now)

    async def test_is_reminded_of_when_due_and_each_week(self, running: Running) -> None:
        """BER-61."""
        await running.closes()
        due = (await running.evaluation()).due_on
        while local_date(running.now) < due + 8 * DAY:
            running.now += DAY
            await remind_of_endings(running.desk.database, now=running.now)

        assert await running.told(NoticeKind.EVALUATION_DUE) == [LARS.id] * 3


class TestAnswering:
    async def test_keeps_what_was_said_and_ends_as_evaluated(self, running: Running) -> None:
        """BER-61."""
        await running.closes()
        await answers(running, {1: "Det gik hurtigt"})
        await answers(running, {2: "Bydelen ringede for sent"})
        said = [each.answer for each in (await running.evaluation()).answers]
        assert said[:2] == ["Det gik hurtigt", "Bydelen ringede for sent"]
        await finishes(running)

        assert (await running.evaluation()).state is EvaluationState.DONE
        assert (await running.alert()).state is AlertState.EVALUATED
        assert (await running.line(LogKind.EVALUATED)).by == LARS.id
        with pytest.raises(RuleBroken, match="evaluation.done"):
            await answers(running, {1: "Mere"})

    async def test_loses_nothing_when_two_write(self, running: Running) -> None:
        """BER-37: who saw an older version is told so."""
        await running.closes()
        seen = (await running.alert()).version
        await answers(running, {1: "Det gik hurtigt"})
        async with running.desk.database.transaction() as tx:
            with pytest.raises(RuleBroken, match="alert.moved_on"):
                await answer_evaluation(
                    tx, id=ALERT, by=DORTE, answers={1: "Nej"}, seen=seen, now=running.now
                )

    async def test_takes_no_cpr_number_and_nothing_from_others(self, running: Running) -> None:
        """BER-51, BER-52."""
        await running.closes()
        with pytest.raises(RuleBroken, match="measure.cpr"):
            await answers(running, {1: "010101-1234"})
        with pytest.raises(RuleBroken, match="alert.not_found"):
            await answers(running, {1: "Godt"}, by=ANNA)
        with pytest.raises(RuleBroken, match="evaluation.unanswered"):
            await finishes(running)

    async def test_begins_again_when_the_alert_does(self, running: Running) -> None:
        """BER-60, BER-61: what was answered stays; figures and date are new."""
        await running.closes()
        await answers(running, {1: "Det gik hurtigt"})
        await finishes(running)
        running.now += 7 * DAY
        await running.reopens()
        running.now += DAY
        await running.ends()

        evaluation = await running.evaluation()
        assert evaluation.state is EvaluationState.DRAFT
        assert evaluation.answers[0].answer == "Det gik hurtigt"
        assert evaluation.due_on > local_date(running.now)


class TestLearning:
    async def test_is_a_task_with_an_owner_who_is_reminded(self, running: Running) -> None:
        """BER-61: told at once, when it is due, and each week until it is done."""
        await running.closes()
        learning = await learns(running)
        assert await running.told(NoticeKind.LEARNING_GIVEN) == [DORTE.id]
        for _ in range(15):
            running.now += DAY
            await remind_of_endings(running.desk.database, now=running.now)
        assert await running.told(NoticeKind.LEARNING_DUE) == [DORTE.id] * 2

        ended = await ends(running, learning.id, LearningState.DONE, by=DORTE)
        assert ended.state is LearningState.DONE
        async with running.desk.database.transaction() as tx:
            assert await my_learnings(tx, by=DORTE) == []
        with pytest.raises(RuleBroken, match="learning.ended"):
            await ends(running, learning.id, LearningState.DROPPED, by=DORTE)

    async def test_is_linked_to_the_change_that_came_of_it(self, running: Running) -> None:
        """BER-61: a change of a template says from which alert it came."""
        await running.closes()
        learning = await learns(running)
        change = Override(
            template="H1", revision=1, changes={}, by=DENNIS.id, at=running.now, alert=ALERT
        )
        async with running.desk.database.transaction() as tx:
            await tx.template_overrides.add(change)
            await tx.template_overrides.add(replace(change, revision=2, alert=uuid4()))
        ended = await ends(running, learning.id, LearningState.DONE, by=DORTE)

        assert ended.revision == 1
        async with running.desk.database.transaction() as tx:
            seen = await see_evaluation(tx, id=ALERT, by=LARS, now=running.now)
        assert [each.revision for each in seen.changes] == [1]

    async def test_is_given_to_who_took_part_and_ended_by_them(self, running: Running) -> None:
        """BER-61."""
        await running.closes()
        with pytest.raises(RuleBroken, match="learning.no_owner"):
            await learns(running, owner=ANNA)
        with pytest.raises(RuleBroken, match="alert.no_template"):
            await learns(running, template="H99")
        learning = await learns(running)
        with pytest.raises(RuleBroken, match="learning.not_found"):
            await ends(running, learning.id, LearningState.DONE, by=ANNA)


async def test_the_secretariat_is_reminded_until_the_log_is_filed(running: Running) -> None:
    """BER-54: once nobody can open the alert again; each week."""
    await running.closes()
    for _ in range(13):
        running.now += DAY
        await remind_of_endings(running.desk.database, now=running.now)
    assert await running.told(NoticeKind.ALERT_TO_FILE) == []
    running.now += 2 * DAY
    await remind_of_endings(running.desk.database, now=running.now)
    assert await running.told(NoticeKind.ALERT_TO_FILE) == [DENNIS.id, DORTE.id]
    await running.is_exported()
    await running.files()
    running.now += 14 * DAY
    await remind_of_endings(running.desk.database, now=running.now)

    assert await running.told(NoticeKind.ALERT_TO_FILE) == [DENNIS.id, DORTE.id]
