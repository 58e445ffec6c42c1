"""Evaluations in the chat: `evaluering R2026-0001`, what was learned, and whose it is."""

from uuid import UUID

from cards import evaluations as cards
from cards.alert_log_lines import line_of
from cards.shown import Shown
from dialogs import evaluation_forms as forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Thing, Verb, alone
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_log import LogKind
from domain.alert_states import has_evaluation
from domain.errors import RuleBroken
from domain.evaluations import EvaluationState, LearningState
from storage.database import Transaction
from usecases.evaluate_alert import EvaluationSeen, finish_evaluation, see_evaluation
from usecases.learn import end_learning, my_learnings
from usecases.see_alert import AlertSeen

LEARNING = Thing(name="learning", versioned=False)
MILESTONES = frozenset(  # of the log: the timeline of an evaluation
    {
        *(LogKind.ACTIVATED, LogKind.UPDATED, LogKind.LEVEL, LogKind.MEETING, LogKind.RUNNING),
        *(LogKind.EXPIRED, LogKind.EXTENDED, LogKind.NORMALISING, LogKind.HANDED_ON),
        *(LogKind.STOOD_DOWN, LogKind.CLOSED, LogKind.REOPENED),
    }
)


def offered(seen: AlertSeen) -> bool:
    """Whether there is an evaluation to look at."""
    return has_evaluation(seen.alert)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_evaluation(tx, id=aim.id, by=turn.person, now=turn.at)
    names = {each.id: each.name for each in seen.people.values()}
    return cards.page(
        cards.Page(
            alert=seen.alert,
            evaluation=seen.evaluation,
            timeline=[
                line_of(each, names=names, say=turn.say)
                for each in seen.log
                if each.kind in MILESTONES
            ],
            learnings=seen.learnings,
            unreached=seen.unreached,
            changes=[each.revision for each in seen.changes],
            names=names,
        ),
        ways=_ways(seen),
        say=turn.say,
    )


def _ways(seen: EvaluationSeen) -> list[str]:
    draft = seen.evaluation.state is EvaluationState.DRAFT
    answered = any(each.answer for each in seen.evaluation.answers)
    ways = {
        "evaluation.answer": seen.acts and draft,
        "evaluation.finish": seen.acts and draft and answered and not seen.alert.is_open,
        "learning.begin": seen.acts,
    }
    return [verb for verb, open_ in ways.items() if open_]


async def _finish(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await finish_evaluation(tx, id=aim.id, by=turn.person, seen=aim.version, now=turn.at)
    seen = await see_evaluation(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.finished(seen.alert, say=turn.say)


async def _mine(tx: Transaction, turn: Turn) -> Shown:
    return cards.mine(await my_learnings(tx, by=turn.person), say=turn.say)


async def _done(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _end(tx, turn, aim.id, LearningState.DONE)


async def _drop(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _end(tx, turn, aim.id, LearningState.DROPPED)


async def _done_numbered(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _end(tx, turn, await _numbered(tx, turn, aim), LearningState.DONE)


async def _drop_numbered(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _end(tx, turn, await _numbered(tx, turn, aim), LearningState.DROPPED)


async def _numbered(tx: Transaction, turn: Turn, aim: Aim) -> UUID:
    """Find which of their own somebody means, by its number in the list."""
    mine = await my_learnings(tx, by=turn.person)
    number = int(aim.rest)
    if not 1 <= number <= len(mine):
        raise RuleBroken("learning.no_such_number", number=number)
    return mine[number - 1][0].id


async def _end(tx: Transaction, turn: Turn, id: UUID, to: LearningState) -> Shown:
    learning, alert = await end_learning(tx, id=id, by=turn.person, to=to, now=turn.at)
    return cards.ended(learning, alert, say=turn.say)


OFFER = Offer(
    verbs={
        "evaluation.open": Verb(take=_open, about=ALERT, words=("evaluering", "evaluation")),
        "evaluation.answer": Verb(
            take=begins(forms.EVALUATE), about=ALERT, words=("evaluér", "evaluate")
        ),
        "evaluation.finish": Verb(
            take=_finish, about=ALERT, words=("afslut evaluering", "finish evaluation")
        ),
        "learning.begin": Verb(take=begins(forms.LEARN), about=ALERT, words=("læring", "lesson")),
        "learning.mine": Verb(take=alone(_mine), words=("mine læringer", "my lessons")),
        "learning.done": Verb(take=_done, about=LEARNING),
        "learning.drop": Verb(take=_drop, about=LEARNING),
        "learning.done_numbered": Verb(
            take=_done_numbered,
            words=("læring gjort", "lesson done"),
            rest=r" \d{1,2}",
            typed_only=True,
        ),
        "learning.drop_numbered": Verb(
            take=_drop_numbered,
            words=("læring opgivet", "lesson dropped"),
            rest=r" \d{1,2}",
            typed_only=True,
        ),
    },
    flows=(forms.EVALUATE, forms.LEARN),
)
