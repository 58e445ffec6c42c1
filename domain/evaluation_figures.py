"""What is counted of an alert when it ends: how long things took, and how many (BER-61).

Seconds and counts, of nobody in particular: they stay when all that was counted is gone (BER-54).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from domain.action_plans import ActionPlan
from domain.alert_figures import Target
from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind
from domain.alerts import Alert, Recipient, Reply
from domain.escalation import Climbed
from domain.people import PersonId
from domain.plan_measures import Measure, MeasureState

_SECOND = timedelta(seconds=1)
COUNTS = (
    *("recipients", "answered", "joined", "not_reached", "escalations"),
    *("measures_done", "measures_dropped", "measures_handed_on", "measures_late"),
)


def evaluation_figures(
    alert: Alert,
    *,
    recipients: Sequence[Recipient],
    answered_at: Iterable[datetime],
    required: Iterable[Climbed],
    meetings: Iterable[datetime],
    plans: Sequence[ActionPlan],
    decisions: Iterable[AlertDecision],
    unreached: Collection[PersonId],
    log: Iterable[LogEntry],
    now: datetime,
) -> Mapping[str, int]:
    """Count; what never happened is left out of the times.

    :param required: the ladder of each authority of which somebody had to join.
    :param meetings: when the readiness meetings began that were held.
    :param unreached: to whom no message came through; who answered all the same is not counted.
    """
    ladders = list(required)
    met = [each.met_at for each in ladders if each.met_at is not None]
    finished = [version.at for plan in plans for version in plan.versions]
    times = {
        Target.FIRST_REPLY: min(answered_at, default=None),
        Target.QUORUM: max(met) if met and len(met) == len(ladders) else None,
        Target.MEETING: min((each for each in meetings if each <= now), default=None),
        Target.PLAN: min(finished, default=None),
    }
    measures = [each for plan in plans if plan.released_at for each in plan.measures]
    handed = {each.measure for each in decisions if each.kind is DecisionKind.HANDED_ON}
    dropped = [each for each in measures if each.state is MeasureState.DROPPED]
    silent = {each.person for each in recipients if each.reply is None}
    counts = (
        len(recipients),
        len(recipients) - len(silent),
        sum(each.reply is Reply.JOINING for each in recipients),
        len(silent & {*unreached}),
        sum(each.kind is LogKind.ESCALATED for each in log),
        sum(each.state is MeasureState.DONE for each in measures),
        sum(each.id not in handed for each in dropped),
        sum(each.id in handed for each in dropped),
        sum(_was_late(each, now=now) for each in measures),
    )
    return {
        **{
            target.value: max(at - alert.leaves_at, timedelta()) // _SECOND
            for target, at in times.items()
            if at is not None
        },
        **dict(zip(COUNTS, counts, strict=True)),
    }


def _was_late(measure: Measure, *, now: datetime) -> bool:
    """Whether it was done after its deadline, or was not done in time at all."""
    if measure.state is MeasureState.DROPPED:
        return measure.ended_at is not None and measure.ended_at > measure.due_at
    if measure.state is MeasureState.DONE:
        return measure.ended_at is not None and measure.ended_at > measure.due_at
    return measure.is_overdue(now)
