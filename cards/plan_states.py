"""How a plan stands, in a word, on its page and in lists; what has run out says so (BER-56)."""

from collections.abc import Sequence
from datetime import datetime

from cards.alert_words import one_line
from cards.delivery import Part, aside, moment, said, warned
from cards.plain import unmarked
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.alert_log import DecisionKind, Resolution
from domain.alert_periods import asked_for
from domain.plan_periods import has_own_period, has_run_out, latest


def stands(plan: ActionPlan, *, now: datetime) -> str:
    """Name it: a draft, in force, run out and waiting for a decision, or ended."""
    if plan.closed_at is not None:
        return "closed"
    if has_run_out(plan, now=now):
        return "expired"
    return "runs" if plan.released_at else "waits"


def state(plan: ActionPlan, *, now: datetime, say: Say) -> str:
    """Say it, and since when."""
    how = stands(plan, now=now)
    since = {"runs": plan.released_at, "closed": plan.closed_at, "expired": plan.period_end}
    at = since.get(how)
    return say(f"action_plan.{how}", since=moment(at, say) if at else "–")


def decided(plan: ActionPlan) -> Resolution | None:
    """Give what its period was last decided by."""
    return latest(plan, DecisionKind.CLOSED, DecisionKind.EXTENDED)


def period_line(plan: ActionPlan, *, decided_by: str, now: datetime, say: Say) -> Sequence[Part]:
    """Say first on its page what somebody must decide; who put it off or ended it, and why."""
    asked = asked_for(plan.decisions) if has_own_period(plan) else None
    parts: list[Part] = []
    if has_run_out(plan, now=now) and plan.period_end is not None:
        parts.append(warned(say("planend.line_expired", when=moment(plan.period_end, say))))
    if asked is not None and asked.until is not None:
        parts.append(said(say("planend.line_asked", until=moment(asked.until, say))))
    last = decided(plan)
    if last is not None:
        facts = {
            "when": moment(last.at, say),
            "by": unmarked(decided_by) or "–",
            "words": unmarked(one_line(last.words)),
        }
        parts.append(aside(say(f"planend.line_{last.kind}", **facts)))
    return parts
