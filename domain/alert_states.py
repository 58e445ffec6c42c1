"""How an alert moves on: in force, expired, extended, normalising, over, opened again.

Each of these gives the alert as it is afterwards, or refuses; nothing else changes its state
once it has left (BER-56, BER-58, BER-60).
"""

from dataclasses import replace
from datetime import datetime

from domain.alerts import REOPEN_WITHIN, Alert, AlertState, Level, Situation
from domain.errors import RuleBroken
from domain.people import PersonId

NOBODY = PersonId("")
IN_FORCE = frozenset({AlertState.RUNNING, AlertState.NORMALISING})
HAS_PERIOD = IN_FORCE | {AlertState.EXPIRED}
ENDED = frozenset({AlertState.CLOSED, AlertState.STOOD_DOWN, AlertState.EVALUATED})
"""Can be opened again. A false alarm cannot: what turns out to be true is a new alert."""


def has_run_out(alert: Alert, *, now: datetime) -> bool:
    """Whether its period is over and nobody has decided anything."""
    over = alert.period_end is not None and alert.period_end <= now
    return over and alert.state in IN_FORCE


def expired(alert: Alert, *, now: datetime) -> Alert:
    """Say that its period is over and waits for a decision: it neither ends nor goes on (BER-56).

    :raises ValueError: when it is not
    """
    if not has_run_out(alert, now=now):
        raise ValueError("its period is not over")
    return replace(alert, state=AlertState.EXPIRED)


def extended(alert: Alert, until: datetime, *, now: datetime) -> Alert:
    """Let its period end later (BER-57); what had expired runs again.

    :raises RuleBroken: `alert.over`, `alertend.no_period`, `alertend.backwards`
    """
    _open(alert)
    if alert.state not in HAS_PERIOD or alert.period_end is None:
        raise RuleBroken("alertend.no_period")
    if until <= max(now, alert.period_end):
        raise RuleBroken("alertend.backwards")
    running = AlertState.RUNNING if alert.state is AlertState.EXPIRED else alert.state
    return replace(alert, state=running, period_end=until)


def normalising(alert: Alert) -> Alert:
    """Begin to wind down (normalisering); its period goes on.

    :raises RuleBroken: `alert.over`, `alertend.no_period`, `alertend.normalising`
    """
    _open(alert)
    if alert.state is AlertState.NORMALISING:
        raise RuleBroken("alertend.normalising")
    if alert.state not in HAS_PERIOD:
        raise RuleBroken("alertend.no_period")
    return replace(alert, state=AlertState.NORMALISING)


def ended(alert: Alert, *, to: AlertState = AlertState.CLOSED, now: datetime) -> Alert:
    """Close it, or stand it down to orientation before any plan was in force (BER-58).

    :param to: `CLOSED` or `STOOD_DOWN`.
    :raises RuleBroken: `alert.over`, `alert.not_left`, `alertend.in_force`
    """
    _left(alert, now=now)
    if to is AlertState.STOOD_DOWN and alert.state in HAS_PERIOD:
        raise RuleBroken("alertend.in_force")
    return replace(alert, state=to, closed_at=now, paused_until=None, suspended_by=None)


def may_reopen(alert: Alert, *, now: datetime) -> bool:
    """Whether it was ended so lately that it can be opened again, and its rows are there."""
    return (
        alert.state in ENDED
        and alert.closed_at is not None
        and now <= alert.closed_at + REOPEN_WITHIN
        and alert.erased_at is None
    )


def reopened(alert: Alert, *, now: datetime) -> Alert:
    """Open it again under its own number (BER-60); a period that is over waits for a decision.

    :raises RuleBroken: `alertend.not_ended`, `alertend.too_late`
    """
    if alert.state not in ENDED:
        raise RuleBroken("alertend.not_ended")
    if not may_reopen(alert, now=now):
        raise RuleBroken("alertend.too_late")
    if alert.period_end is None:
        state = AlertState.PLANNING if alert.level is Level.FULL else AlertState.ACTIVATED
    elif alert.period_end <= now:
        state = AlertState.EXPIRED
    else:
        state = AlertState.RUNNING
    return replace(alert, state=state, closed_at=None, filed_at=None)


def has_evaluation(alert: Alert) -> bool:
    """Whether it is evaluated: what was closed, and what was stood down (BER-61)."""
    stood_down = alert.state is AlertState.STOOD_DOWN and alert.level > Level.ORIENTATION
    return stood_down or alert.state in {AlertState.CLOSED, AlertState.EVALUATED}


def evaluated(alert: Alert) -> Alert:
    """Say that its evaluation is done (BER-61); of one that runs again it is not.

    :raises RuleBroken: `alertend.not_ended`
    """
    if not has_evaluation(alert):
        raise RuleBroken("alertend.not_ended")
    return replace(alert, state=AlertState.EVALUATED)


def erased(alert: Alert, *, now: datetime) -> Alert:
    """Keep what is counted: number, level, areas, times; no person and no free word (BER-54).

    :raises ValueError: when its log is not in the journal
    """
    if alert.is_open or (alert.filed_at is None and not was_undone(alert)):
        raise ValueError("its log is not in the journal")
    return replace(
        alert,
        title="",
        situation=Situation(happened="", where="", stands="", done=""),
        audience=replace(alert.audience, people=frozenset(), externals=(), externals_because=""),
        activated_by=NOBODY,
        coordinator=NOBODY,
        log_keeper=NOBODY,
        filed_at=alert.filed_at or alert.closed_at,
        erased_at=now,
    )


def was_undone(alert: Alert) -> bool:
    """Whether it was taken back before it left: nobody heard of it, and no figure counts it."""
    return (
        alert.state is AlertState.FALSE_ALARM
        and alert.closed_at is not None
        and alert.closed_at < alert.leaves_at
    )


def _open(alert: Alert) -> None:
    if not alert.is_open:
        raise RuleBroken("alert.over")


def _left(alert: Alert, *, now: datetime) -> None:
    _open(alert)
    if now < alert.leaves_at:
        raise RuleBroken("alert.not_left")
