"""End an alert: what is left, normalising, closing with an all-clear (BER-58, BER-59)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from domain.alert_ending import DAYS, Outstanding, outstanding
from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind
from domain.alert_states import ended, has_evaluation, normalising
from domain.alerts import Alert, AlertState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from domain.plan_measures import person_free
from storage.database import Transaction
from usecases.begin_evaluation import begin_evaluation
from usecases.brief_staff import unbriefed
from usecases.call_readiness_meeting import cancel_coming
from usecases.climb_ladder import hold_ladders
from usecases.permit_alert import hold_alert, record
from usecases.read_alert import may_read
from usecases.read_readiness import readiness_catalogue
from usecases.tell_alerted import addressed, tell
from usecases.undo_alert import SENT_AS, silence_plans

UNSENT = (
    *SENT_AS,
    NoticeKind.ALERT_CORRECTED,
    NoticeKind.ALERT_PERIOD_ENDS,
    NoticeKind.ALERT_EXPIRED,
    NoticeKind.ALERT_NO_PERIOD,
    NoticeKind.ALERT_EXTENSION_ASKED,
    NoticeKind.ALERT_REOPENED,
)
AS: Mapping[AlertState, tuple[LogKind, DecisionKind]] = {
    AlertState.CLOSED: (LogKind.CLOSED, DecisionKind.CLOSED),
    AlertState.STOOD_DOWN: (LogKind.STOOD_DOWN, DecisionKind.STOOD_DOWN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How somebody ends an alert.

    :param to: `CLOSED`, or `STOOD_DOWN` to orientation.
    :param normal: which lines of the list of what is normal hold, counted from 1.
    :param close_down: which lines of the list of what to do before closing are done.
    """

    because: str = field(repr=False)
    to: AlertState = AlertState.CLOSED
    normal: tuple[int, ...] = ()
    close_down: tuple[int, ...] = ()


async def see_outstanding(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Alert, Outstanding]:
    """Show what is left of an alert.

    :raises RuleBroken: `alert.not_found`
    """
    alert = await may_read(tx, by, id)
    return alert, await _outstanding(tx, alert, now=now)


async def normalise(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    days: int,
    because: str,
    seen: int,
    now: datetime,
) -> Alert:
    """Begin to wind down: so many quiet days, institutions as usual, word from everybody.

    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`, `.moved_on`;
        `alertend.no_period`, `.normalising`, `.no_reason`; `measure.cpr`, `measure.too_long`
    """
    alert = await hold_alert(tx, by, id)
    winding_down = normalising(alert)
    words = reason(because)
    if alert.version != seen:
        raise RuleBroken("alert.moved_on")
    saved = await tx.alerts.save(winding_down)
    await decide(tx, saved, DecisionKind.NORMALISING, words, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=id,
            kind=LogKind.NORMALISING,
            at=now,
            by=by.id,
            words=words,
            facts={DAYS: str(days)},
        )
    )
    await record(tx, saved, "alert.normalise", by=by, now=now)
    return saved


async def end_alert(
    tx: Transaction, *, id: UUID, by: Person, ending: Ending, seen: int, now: datetime
) -> Alert:
    """Close it with a reason, or stand it down: everybody who was alerted hears the all-clear.

    What is unsent is cancelled, and so are meetings to come; ladders end, nobody is telephoned
    or reminded any more; its evaluation begins. Ended twice, it is ended once.

    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`, `.not_left`, `.moved_on`;
        `alertend.in_force`, `.no_reason`, `.outstanding` (`count`); `measure.cpr`,
        `measure.too_long`
    """
    alert = await hold_alert(tx, by, id)
    if alert.state is ending.to:
        return alert
    over = ended(alert, to=ending.to, now=now)
    words = reason(ending.because)
    left = await _outstanding(tx, alert, now=now)
    if left.measures:
        raise RuleBroken("alertend.outstanding", count=len(left.measures))
    if alert.version != seen:
        raise RuleBroken("alert.moved_on")
    for ladder in await hold_ladders(tx, id):
        await tx.escalations.keep(ladder, replace(ladder.climbed, next_at=None))
    saved = await tx.alerts.save(over)
    for unsent in UNSENT:
        await tx.standings.cancel(id, kind=unsent, now=now)
    told = await addressed(tx, alert, now=now)
    await tx.call_list.drop(id)
    await silence_plans(tx, saved)
    log, decision = AS[ending.to]
    before = await tx.alert_decisions.of(id)
    endings = {each for _, each in AS.values()}
    times = sum(each.kind in endings for each in before) + 1
    await tell(tx, saved, told, kind=NoticeKind.ALERT_CLOSED, round=times, now=now)
    await decide(tx, saved, decision, words, by=by, now=now)
    if has_evaluation(saved):
        await begin_evaluation(tx, saved, now=now)
    await cancel_coming(tx, saved, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=id,
            kind=log,
            at=now,
            by=by.id,
            words=words,
            facts=_facts(left, ending, told=len(told)),
        )
    )
    await record(tx, saved, "alert.end_alert", by=by, now=now)
    return saved


async def _outstanding(tx: Transaction, alert: Alert, *, now: datetime) -> Outstanding:
    plans = await tx.action_plans.of_alert(alert.id)
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    lists = plans[0].lists if plans else catalogue.lists
    return outstanding(
        plans=plans,
        reports=await tx.situations.of(alert.id),
        not_briefed=await unbriefed(tx, alert),
        log=await tx.alert_log.of(alert.id),
        normal=lists.normal,
        close_down=lists.close_down,
        now=now,
    )


async def decide(
    tx: Transaction,
    alert: Alert,
    kind: DecisionKind,
    words: str,
    *,
    by: Person,
    now: datetime,
    measure: UUID | None = None,
) -> None:
    """Keep who decided what, and why."""
    await tx.alert_decisions.add(
        AlertDecision(
            id=uuid4(),
            alert=alert.id,
            kind=kind,
            words=words,
            by=by.id,
            at=now,
            measure=measure,
        )
    )


def reason(words: str) -> str:
    """Let a reason pass.

    :raises RuleBroken: `alertend.no_reason`, `measure.cpr` or `measure.too_long`
    """
    said = person_free(words)
    if not said:
        raise RuleBroken("alertend.no_reason")
    return said


def _facts(left: Outstanding, ending: Ending, *, told: int) -> dict[str, str]:
    """Say in the log what held and what did not when somebody ended it."""
    return {
        "told": str(told),
        "normal": _ticked(ending.normal, left.normal),
        "close_down": _ticked(ending.close_down, left.close_down),
        "reports": str(len(left.reports)),
        "not_briefed": str(len(left.not_briefed)),
    }


def _ticked(numbers: Sequence[int], lines: Sequence[str]) -> str:
    return f"{len({*numbers})}/{len(lines)}"
