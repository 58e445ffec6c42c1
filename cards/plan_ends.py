"""The end of a plan that the calendar grew: what is told, decided and asked (BER-56, BER-57)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cards.action_plans import about_plan
from cards.alert_words import all_places, drilled, one_line
from cards.delivery import Button, aside, lined, moment, said, sheet
from cards.forms import message
from cards.plain import plain, unmarked
from cards.shown import Shown
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.alert_log import Resolution
from domain.alert_periods import asked_for
from domain.notices import NoticeKind

MOST_ASKED = 3  # plans on one card, two buttons each
TASKS: Mapping[NoticeKind, str] = {
    NoticeKind.PLAN_PERIOD_ENDS: "ends",
    NoticeKind.PLAN_EXPIRED: "expired",
    NoticeKind.PLAN_EXTENSION_ASKED: "asked",
    NoticeKind.PLAN_EXTENSION_ANSWERED: "answered",
}


def told(
    plan: ActionPlan,
    kind: NoticeKind,
    *,
    decision: Resolution | None = None,
    by: str = "",
    ways: Sequence[str] = (),
    say: Say,
) -> Shown:
    """Tell what is to be decided about a plan, or what was, why, and what to do.

    :param decision: what is asked for, or what was answered; its words hold no person (BER-51).
    """
    what = TASKS[kind]
    if kind is NoticeKind.PLAN_EXTENSION_ANSWERED and decision is not None:
        what = f"{decision.kind.value}"
    until = decision.until if decision is not None and decision.until else plan.period_end
    facts = {
        "when": _moment(plan.period_end, say),
        "until": _moment(until, say),
        "by": unmarked(by),
    }
    because = [] if decision is None or not decision.words else [plain(decision.words)]
    data = about_plan(plan)
    return sheet(
        _titled(plan, say(f"planend.told_{what}_title", reference=plan.template), say),
        [
            said(_named(plan, say)),
            said(say(f"planend.told_{what}_body", **facts)),
            *lined([(say("alertend.because"), words) for words in because]),
        ],
        say=say,
        actions=[(say(f"button.{verb}"), verb, data) for verb in ways],
    )


def done(plan: ActionPlan, what: str, *, opens: bool = True, say: Say, **facts: object) -> Shown:
    """Say that something was decided, and lead back to the plan who may read it."""
    back: list[Button] = [(say("button.actionplan.open"), "actionplan.open", about_plan(plan))]
    return message(
        _titled(plan, say(f"planend.{what}_title", reference=plan.template), say),
        say(f"planend.{what}_body", **facts),
        say=say,
        actions=back if opens else [],
    )


def asked(plans: Sequence[ActionPlan], *, say: Say) -> Shown:
    """List the plans whose extension waits for the steering group, each to be answered."""
    here = list(enumerate(plans, start=1))[:MOST_ASKED]
    left = len(plans) - len(here)
    actions: list[Button] = []
    for number, plan in here:
        data = about_plan(plan)
        actions.append((say("button.planend.agree_one", number=number), "planend.agree", data))
        actions.append((say("button.planend.refuse_one", number=number), "planend.refuse", data))
    return sheet(
        say("planend.asked_list_title", count=len(plans)),
        [
            *(said(_asked(number, plan, say)) for number, plan in here),
            *([aside(say("template_page.and_more", count=left))] if left > 0 else []),
            aside(say("planend.asked_list_typing"))
            if plans
            else said(say("planend.asked_list_none")),
        ],
        say=say,
        actions=actions,
    )


def form_title(plan: ActionPlan, *, say: Say) -> str:
    """Name the plan on a form, without a word that somebody wrote."""
    return drilled(plan.template, drill=plan.drill, say=say)


def _asked(number: int, plan: ActionPlan, say: Say) -> str:
    wanted = asked_for(plan.decisions)
    return say(
        "planend.asked_line",
        number=number,
        title=_named(plan, say),
        when=_moment(plan.period_end, say),
        until=_moment(wanted.until if wanted else None, say),
        words=unmarked(one_line(wanted.words)) if wanted else "",
    )


def _titled(plan: ActionPlan, words: str, say: Say) -> str:
    """Name it by its template: its title may be in no notification but the alarm's (BER-17)."""
    return drilled(words, drill=plan.drill, say=say)


def _named(plan: ActionPlan, say: Say) -> str:
    return say(
        "planend.named",
        title=f"**{unmarked(one_line(plan.title))}**",
        place=all_places(plan.areas, say=say),
    )


def _moment(at: datetime | None, say: Say) -> str:
    return moment(at, say) if at else "–"
