"""What notices about the end of an alert say at the hour they are sent (BER-56…61)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import alert_ends, evaluations
from cards.shown import Shown
from cards.words import Say, speak
from domain.alert_log import AlertDecision, DecisionKind
from domain.alert_periods import asked_for, due_reminder
from domain.alert_states import was_undone
from domain.alerts import OVER, Alert, AlertState
from domain.dates import local_date
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.evaluations import EvaluationState, LearningState
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.read_alert import may_read
from usecases.remind_of_endings import seen_to_by

ENDS = (DecisionKind.CLOSED, DecisionKind.STOOD_DOWN)
_OF_LEARNING = {NoticeKind.LEARNING_GIVEN: "given", NoticeKind.LEARNING_DUE: "due"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """What is looked up for one notice."""

    notice: Notice
    alert: Alert
    person: Person
    decisions: Sequence[AlertDecision]
    now: datetime

    @property
    def say(self) -> Say:
        return speak(self.person.language)

    def latest(self, *kinds: DecisionKind) -> AlertDecision | None:
        return next((each for each in reversed(self.decisions) if each.kind in kinds), None)


async def draw_alert_ends(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each as things stand; None for what is no longer needed, or not theirs to see."""
    return [await _draw(tx, each.notice, now=now) for each in deliveries]


async def draw_learnings(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Tell who is to see to what was learned, while it waits."""
    drawn: list[Shown | None] = []
    for each in deliveries:
        learning = await tx.learnings.find(each.notice.about)
        alert = None if learning is None else await tx.alerts.find(learning.alert)
        person = each.notice.person
        waits = learning is not None and learning.state is LearningState.OPEN
        theirs = learning is not None and person in await seen_to_by(tx, learning.owner)
        if learning is None or alert is None or person is None or not (waits and theirs):
            drawn.append(None)
            continue
        say = speak((await tx.people.get(person)).language)
        what = _OF_LEARNING[each.notice.kind]
        drawn.append(evaluations.learning(learning, alert, what, say=say))
    return drawn


async def _draw(tx: Transaction, notice: Notice, *, now: datetime) -> Shown | None:
    alert = await tx.alerts.find(notice.about)
    if alert is None or notice.person is None or alert.erased_at is not None:
        return None
    person = await tx.people.get(notice.person)
    drawing = _Drawing(
        notice=notice,
        alert=alert,
        person=person,
        decisions=await tx.alert_decisions.of(alert.id),
        now=now,
    )
    try:
        await may_read(tx, person, alert.id)
    except RuleBroken:
        return None
    return await _DRAWERS[notice.kind](tx, drawing)


async def _period(_: Transaction, drawing: _Drawing) -> Shown | None:
    """Remind of a period only while it ends then and nobody has decided."""
    due = due_reminder(drawing.alert, now=drawing.now)
    if due is None or due.kind is not drawing.notice.kind:
        return None
    asked = asked_for(drawing.decisions)
    ways = ["alertend.page"] if asked is None else []
    return _told(drawing, ways=ways)


async def _asked(tx: Transaction, drawing: _Drawing) -> Shown | None:
    asked = asked_for(drawing.decisions)
    if asked is None or not drawing.alert.is_open:
        return None
    by = (await tx.people.get(asked.by)).name
    return _told(drawing, asked, by=by, ways=["alertend.agree", "alertend.refuse"])


async def _answered(tx: Transaction, drawing: _Drawing) -> Shown | None:
    answer = drawing.latest(DecisionKind.EXTENDED, DecisionKind.EXTENSION_REFUSED)
    if answer is None:
        return None
    return _told(drawing, answer, by=(await tx.people.get(answer.by)).name)


async def _closed(_: Transaction, drawing: _Drawing) -> Shown | None:
    if drawing.alert.state not in OVER - {AlertState.FALSE_ALARM}:
        return None
    return _told(drawing, drawing.latest(*ENDS))


async def _reopened(_: Transaction, drawing: _Drawing) -> Shown | None:
    if not drawing.alert.is_open:
        return None
    return _told(drawing, drawing.latest(DecisionKind.REOPENED))


async def _to_file(_: Transaction, drawing: _Drawing) -> Shown | None:
    alert = drawing.alert
    if alert.is_open or alert.filed_at is not None or was_undone(alert):
        return None
    return _told(drawing, ways=["alertend.file"])


async def _evaluation(tx: Transaction, drawing: _Drawing) -> Shown | None:
    evaluation = await tx.evaluations.of(drawing.alert.id)
    if evaluation is None or evaluation.state is not EvaluationState.DRAFT:
        return None
    theirs = drawing.person.id in await seen_to_by(tx, evaluation.owner)
    if drawing.alert.is_open or not theirs:
        return None
    overdue = evaluation.due_on <= local_date(drawing.now)
    return evaluations.told(drawing.alert, evaluation, overdue=overdue, say=drawing.say)


def _told(
    drawing: _Drawing,
    decision: AlertDecision | None = None,
    *,
    by: str = "",
    ways: Sequence[str] = (),
) -> Shown:
    return alert_ends.told(
        drawing.alert,
        drawing.notice.kind,
        decision=decision,
        by=by,
        ways=ways,
        say=drawing.say,
    )


_DRAWERS: Mapping[NoticeKind, Callable[[Transaction, _Drawing], Awaitable[Shown | None]]] = {
    NoticeKind.ALERT_PERIOD_ENDS: _period,
    NoticeKind.ALERT_EXPIRED: _period,
    NoticeKind.ALERT_NO_PERIOD: _period,
    NoticeKind.ALERT_EXTENSION_ASKED: _asked,
    NoticeKind.ALERT_EXTENSION_ANSWERED: _answered,
    NoticeKind.ALERT_CLOSED: _closed,
    NoticeKind.ALERT_REOPENED: _reopened,
    NoticeKind.ALERT_TO_FILE: _to_file,
    NoticeKind.EVALUATION_DUE: _evaluation,
}
KINDS = frozenset(_DRAWERS)
LEARNING_KINDS = frozenset(_OF_LEARNING)
