"""The messages of an alert as CAP counts them: the first, its changes, and its end (BER-70)."""

from collections.abc import Sequence

from domain.alert_log import LogEntry, LogKind
from domain.alert_papers import CapKind, CapMessage, CapReference
from domain.alerts import Alert
from domain.plan_templates import PlanTier

_KINDS = {
    LogKind.ACTIVATED: CapKind.ALERT,
    LogKind.UPDATED: CapKind.UPDATE,
    LogKind.JOINED: CapKind.UPDATE,
    LogKind.LEVEL: CapKind.UPDATE,
    LogKind.EXTENDED: CapKind.UPDATE,
    LogKind.REOPENED: CapKind.UPDATE,
    LogKind.STOOD_DOWN: CapKind.UPDATE,
    LogKind.CLOSED: CapKind.UPDATE,
    LogKind.FALSE_ALARM: CapKind.CANCEL,
    LogKind.UNDONE: CapKind.CANCEL,
}
_CLEAR = frozenset({LogKind.CLOSED, LogKind.STOOD_DOWN})


def latest_message(alert: Alert, log: Sequence[LogEntry], *, tier: PlanTier) -> CapMessage:
    """Give the message that holds now; it refers to all before it."""
    sent = [each for each in log if each.kind in _KINDS]
    if not sent:
        kind, at, clear = CapKind.ALERT, alert.activated_at, False
    else:
        kind, at, clear = _KINDS[sent[-1].kind], sent[-1].at, sent[-1].kind in _CLEAR
    return CapMessage(
        alert=alert,
        kind=kind,
        number=max(len(sent), 1),
        sent=at,
        references=tuple(
            CapReference(number=number, sent=each.at)
            for number, each in enumerate(sent[:-1], start=1)
        ),
        expires=alert.period_end,
        all_clear=clear,
        tier=tier,
    )
