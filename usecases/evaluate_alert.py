"""Evaluate an alert: what it shows, what is answered, and when it is done (BER-61)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alert_states import evaluated
from domain.alerts import Alert
from domain.delivery import NOT_REACHED, DeliveryState
from domain.errors import RuleBroken
from domain.evaluations import Evaluation, Learning
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from domain.plan_templates import Override
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_alert import held_by, hold_alert, record
from usecases.read_alert import may_read


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSeen:
    """An evaluation as one person sees it.

    :param acts: whether they may write in it.
    :param unreached: who got no message and has not answered, and why; for who acts only.
    :param changes: of templates, which came of this alert.
    """

    alert: Alert
    evaluation: Evaluation
    acts: bool
    log: Sequence[LogEntry]
    learnings: Sequence[Learning]
    unreached: Sequence[tuple[PersonId, DeliveryState]]
    changes: Sequence[Override]
    people: Mapping[PersonId, Person] = field(repr=False)

    def name(self, person: PersonId | None) -> str:
        return self.people[person].name if person and person in self.people else ""


async def see_evaluation(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> EvaluationSeen:
    """Look at the evaluation of an alert.

    :param id: of the alert.
    :raises RuleBroken: `alert.not_found`, `evaluation.none`
    """
    alert = await may_read(tx, by, id)
    evaluation = await tx.evaluations.of(id)
    if evaluation is None:
        raise RuleBroken("evaluation.none")
    acts = await _acts(tx, alert, evaluation, by)
    silent = {each.person for each in await tx.recipients.of(id) if each.reply is None}
    standings = await tx.standings.each(id, kind=NoticeKind.ALERT, now=now)
    learnings = await tx.learnings.of(id)
    unreached = [
        (each.person, each.state)
        for each in standings
        if acts and each.state in NOT_REACHED and each.person in silent
    ]
    named = {evaluation.owner, *(each.owner for each in learnings)}
    named |= {person for person, _ in unreached}
    return EvaluationSeen(
        alert=alert,
        evaluation=evaluation,
        acts=acts,
        log=await tx.alert_log.of(id),
        learnings=learnings,
        unreached=unreached,
        changes=[
            each for each in await tx.template_overrides.of(alert.template) if each.alert == id
        ],
        people=await tx.people.of_ids(named),
    )


async def hold_evaluation(tx: Transaction, by: Person, id: UUID) -> tuple[Alert, Evaluation]:
    """Hold an evaluation for who may write in it: its owner, and who may act on the alert.

    :raises RuleBroken: `alert.not_found`, `alert.not_yours`, `evaluation.none`
    """
    evaluation = await tx.evaluations.of(id)
    if evaluation is not None and evaluation.owner == by.id:
        owned = await tx.alerts.hold(id)
        if owned is not None:
            return owned, evaluation
    alert = await hold_alert(tx, by, id)
    if evaluation is None:
        raise RuleBroken("evaluation.none")
    return alert, evaluation


async def answer_evaluation(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    answers: Mapping[int, str],
    seen: int,
    now: datetime,
) -> Evaluation:
    """Answer questions, by their number from 1; the others stay as they are.

    :param seen: the version of the alert, which counts what is written here too.
    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.moved_on`; `evaluation.none`, `.done`;
        `measure.cpr`, `measure.too_long`
    """
    alert, evaluation = await hold_evaluation(tx, by, id)
    said = evaluation.answered(
        replace(each, answer=answers.get(number, each.answer))
        for number, each in enumerate(evaluation.answers, start=1)
    )
    if said == evaluation:
        return evaluation
    if alert.version != seen:
        raise RuleBroken("alert.moved_on")
    await tx.alerts.save(alert)
    saved = await tx.evaluations.save(said)
    await record(tx, alert, "alert.answer_evaluation", by=by, now=now)
    return saved


async def finish_evaluation(
    tx: Transaction, *, id: UUID, by: Person, seen: int, now: datetime
) -> Evaluation:
    """Say that it is done: the alert is evaluated. What was learned goes on by itself.

    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.moved_on`; `evaluation.none`, `.done`,
        `.unanswered`; `alertend.not_ended` for what was opened again
    """
    alert, evaluation = await hold_evaluation(tx, by, id)
    done = evaluation.done(by=by.id, now=now)
    if alert.version != seen:
        raise RuleBroken("alert.moved_on")
    over = await tx.alerts.save(evaluated(alert))
    saved = await tx.evaluations.save(done)
    await tx.standings.cancel(id, kind=NoticeKind.EVALUATION_DUE, now=now)
    await tx.alert_log.add(LogEntry(alert=id, kind=LogKind.EVALUATED, at=now, by=by.id))
    await record(tx, over, "alert.finish_evaluation", by=by, now=now)
    return saved


async def _acts(tx: Transaction, alert: Alert, evaluation: Evaluation, by: Person) -> bool:
    if by.id in {alert.coordinator, evaluation.owner}:
        return True
    return held_by(await actor_of(tx, by)).covers(alert.audience.areas)
