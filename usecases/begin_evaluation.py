"""Begin the evaluation of an alert that has ended: figures, questions, a date (BER-61)."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from domain.alerts import Alert
from domain.dates import local_date
from domain.delivery import NOT_REACHED
from domain.evaluation_figures import evaluation_figures
from domain.evaluations import Answered, Evaluation, EvaluationState, round_of
from domain.notices import Notice, NoticeKind
from domain.working_days import after_working_days
from storage.database import Transaction
from usecases.read_readiness import readiness_catalogue

CALL_WITHIN: Final = 5  # working days (BER-61) [P]


async def begin_evaluation(tx: Transaction, alert: Alert, *, now: datetime) -> Evaluation:
    """Draft it, and ask its owner to call for it; closed again, it is counted anew."""
    drafted = Evaluation(
        alert=alert.id,
        drill=alert.drill,
        owner=alert.coordinator,
        due_on=after_working_days(local_date(now), CALL_WITHIN),
        answers=await _questions(tx, alert),
        figures=await figures_of(tx, alert, now=now),
        begun_at=now,
    )
    if not await tx.evaluations.begin(drafted):
        drafted = await _again(tx, drafted)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.EVALUATION_DUE,
                about=alert.id,
                due_at=now,
                person=drafted.owner,
                round=round_of(drafted.due_on),
            )
        ]
    )
    return drafted


async def _again(tx: Transaction, drafted: Evaluation) -> Evaluation:
    before = await tx.evaluations.of(drafted.alert)
    if before is None:
        raise LookupError(drafted.alert)
    again = replace(
        before,
        state=EvaluationState.DRAFT,
        owner=drafted.owner,
        due_on=drafted.due_on,
        figures=drafted.figures,
        done_by=None,
        done_at=None,
    )
    return await tx.evaluations.save(again)


async def _questions(tx: Transaction, alert: Alert) -> tuple[Answered, ...]:
    """Take the plan's own questions, or those of every template where there is no plan."""
    plans = await tx.action_plans.of_alert(alert.id)
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    asked = (plans[0].lists if plans else catalogue.lists).evaluation
    return tuple(Answered(question=each) for each in asked)


async def figures_of(tx: Transaction, alert: Alert, *, now: datetime) -> dict[str, int]:
    recipients = await tx.recipients.of(alert.id)
    standings = await tx.standings.each(alert.id, kind=NoticeKind.ALERT, now=now)
    counted = evaluation_figures(
        alert,
        recipients=recipients,
        answered_at=[at for _, _, at in await tx.recipients.answers(alert.id)],
        required=[each.climbed for each in await tx.escalations.of(alert.id) if each.required],
        meetings=[
            each.begins_at
            for each in await tx.readiness_meetings.of_alert(alert.id)
            if not each.is_off
        ],
        plans=await tx.action_plans.of_alert(alert.id),
        decisions=await tx.alert_decisions.of(alert.id),
        unreached={each.person for each in standings if each.state in NOT_REACHED},
        log=await tx.alert_log.of(alert.id),
        now=now,
    )
    return dict(counted)
