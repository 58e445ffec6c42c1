"""An action plan as its parties see it: how far it is, and its measures page by page (BER-36)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from cards import blocks, plan_states
from cards.alert_words import all_places, drilled, one_line, standing_lines
from cards.delivery import Button, Part, aside, counted, headed, lined, moment, said, sheet
from cards.forms import message
from cards.measures import Placed, line
from cards.plain import unmarked
from cards.plan_views import party_name, version_of
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.alerts import Alert
from domain.plan_measures import by_due
from domain.plan_progress import Progress, progress, progress_by_party

PER_PAGE = 8
MOST_NEXT = 3
CHOSEN = "number"  # the input that says which measure a button is about
WAYS = (
    *("actionplan.release", "actionplan.period", "planend.extend", "planend.close"),
    *("measure.list", "actionplan.share", "actionplan.becomes"),
)
LIST_WAYS = ("measure.add", "measure.assign", "measure.shift")


def about_plan(plan: ActionPlan) -> dict[str, Json]:
    """Say what a button carries: which plan, and which version was seen (AC-CARD-01)."""
    return about("actionplan", plan.id, plan.version)


def page(
    placed: Sequence[Placed],
    plan: ActionPlan,
    *,
    reference: str,
    ways: Collection[str],
    back: Sequence[Button],
    now: datetime,
    say: Say,
    top: str = "",
    decided_by: str = "",
) -> Shown:
    """Show a plan: what it is, how far each party has come, and what is due next.

    :param decided_by: who put its period off last, or ended it.
    """
    due = [each for each in by_due(plan.measures) if each.waits][:MOST_NEXT]
    by_id = {each.measure.id: each for each in placed}
    no_names = standing_lines(say)[1]
    parts = [
        *([said(top)] if top else []),
        *plan_states.period_line(plan, decided_by=decided_by, now=now, say=say),
        counted(_facts(plan, reference=reference, now=now, say=say)),
        headed(say("action_plan.by_party")),
        *lined(
            [
                (party_name(party, say=say), _told(stands, say))
                for party, stands in progress_by_party(plan, now=now).items()
            ]
        ),
        *([headed(say("action_plan.next"))] if due else []),
        *(said(line(by_id[each.id], now=now, say=say)) for each in due),
        aside(no_names),
    ]
    actions: list[Button] = [
        (say(f"button.{verb}"), verb, _carried(verb, plan)) for verb in WAYS if verb in ways
    ]
    return sheet(_title(plan, reference, say), parts, say=say, actions=[*actions, *back])


def _carried(verb: str, plan: ActionPlan) -> Mapping[str, Json]:
    here = about_plan(plan)
    return {**here, "page": "1"} if verb == "measure.list" else here


def _title(plan: ActionPlan, reference: str, say: Say) -> str:
    """Name the plan by its number: its title may be in no notification but the alarm's."""
    title = say("action_plan.title", reference=reference)
    return drilled(title, drill=plan.drill, say=say)


def _facts(plan: ActionPlan, *, reference: str, now: datetime, say: Say) -> list[tuple[str, str]]:
    stands = progress(plan.measures, now=now)
    facts = {
        "action_plan.about": unmarked(one_line(plan.title)),
        "plan_view.reference": reference,
        "plan_view.areas": all_places(plan.areas, say=say),
        "action_plan.state": plan_states.state(plan, now=now, say=say),
        "plan_view.period": moment(plan.period_end, say)
        if plan.period_end
        else say("plan_view.no_period"),
        "plan_view.version": version_of(plan, say=say),
        "plan_view.template": f"{plan.template} {plan.template_label}",
        "plan_view.progress": _told(stands, say),
    }
    return [(say(key), value) for key, value in facts.items() if value]


def _told(stands: Progress, say: Say) -> str:
    """Say how far: done of all; what is late and what was dropped is counted beside (BER-36)."""
    told = [say("action_plan.done_of", done=stands.done, all=stands.all)]
    if stands.under_way:
        told.append(say("action_plan.under_way", count=stands.under_way))
    if stands.overdue:
        told.append(say("action_plan.overdue", count=stands.overdue))
    if stands.dropped:
        told.append(say("action_plan.dropped", count=stands.dropped))
    return ", ".join(told)


def summed(plan: ActionPlan, *, now: datetime, say: Say) -> str:
    """Say on one line how far a plan is, for who may see its alert."""
    key = "action_plan.sum_runs" if plan.released_at else "action_plan.sum_waits"
    return say(key, progress=_told(progress(plan.measures, now=now), say))


def listed(
    placed: Sequence[Placed],
    plan: ActionPlan,
    *,
    number: int,
    reference: str,
    ways: Collection[str],
    now: datetime,
    say: Say,
    problem: str = "",
) -> Shown:
    """Show a page of the measures, what waits first, and let one be chosen from it.

    :param number: of the page, from 1; one that is not there is the first.
    """
    order = {each.id: at for at, each in enumerate(by_due(plan.measures))}
    ordered = sorted(placed, key=lambda each: order[each.measure.id])
    pages = max(1, -(-len(ordered) // PER_PAGE))
    number = number if number <= pages else 1
    shown = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    here = about_plan(plan)
    pick: list[Button] = [(say("button.measure.pick"), "measure.pick", here)] if shown else []
    onward: list[Button] = (
        [(say("button.measure.next"), "measure.list", {**here, "page": str(number % pages + 1)})]
        if pages > 1
        else []
    )
    own: list[Button] = [(say(f"button.{verb}"), verb, here) for verb in LIST_WAYS if verb in ways]
    title = say("action_plan.list_title", reference=reference)
    return sheet(
        drilled(title, drill=plan.drill, say=say),
        [
            *([said(problem)] if problem else []),
            *([aside(say("action_plan.page", page=number, pages=pages))] if pages > 1 else []),
            *([] if shown else [said(say("action_plan.no_measures"))]),
            *(said(line(each, now=now, say=say)) for each in shown),
            *_which(shown, say),
            *([aside(say("measure.typing"))] if plan.alert else []),
        ],
        say=say,
        actions=[*pick, *onward, *own, (say("button.actionplan.back"), "actionplan.open", here)],
        asking="measure.pick",
    )


def _which(shown: Sequence[Placed], say: Say) -> list[Part]:
    if not shown:
        return []
    choices = {
        str(each.number): say(
            "measure.choice", number=each.number, what=one_line(each.measure.title)
        )
        for each in shown
    }
    asked = blocks.choice_input(
        CHOSEN, say("measure.which"), choices, value="", hint=say("measure.choose"), narrow=True
    )
    return [Part(piece=asked, words="")]


def none(alert: Alert, *, data: Mapping[str, Json], leads: bool, say: Say) -> Shown:
    """Say that there is no plan yet, and let who leads make one in one tap (BER-33)."""
    title = say("action_plan.none_title", reference=alert.reference)
    ways = ("actionplan.make", "actionplan.pick") if leads else ()
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("action_plan.none_body" if leads else "action_plan.none_yet"),
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, data) for verb in ways),
            (say("button.alert.open"), "alert.open", data),
        ],
    )


def outside(alert: Alert, *, data: Mapping[str, Json], say: Say) -> Shown:
    """Say to who takes no part in a plan how they get to read of it (BER-48, BER-55)."""
    title = say("action_plan.title", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("action_plan.outside"),
        say=say,
        actions=[
            (say("button.alertshare.of"), "alertshare.of", data),
            (say("button.alert.open"), "alert.open", data),
        ],
    )
