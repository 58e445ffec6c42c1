"""A year plan as it is shown: asked for, computed, proposed or impossible, published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from cards.delivery import Button, Part, aside, counted, headed, said, sheet, warned
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from cards.year_calendar import days
from domain.dates import local_date
from domain.meeting_year import KeptHoliday
from domain.people import CommitteeCode, PersonId
from domain.plan_changes import ChangeKind
from domain.plan_runs import PlanRun, Proposed, Staff
from domain.year_plan import Cause, Engine, NoPlan

MOST_CAUSES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What committees and people are called."""

    committees: Mapping[CommitteeCode, str] = field(repr=False)
    people: Mapping[PersonId, str] = field(default_factory=dict, repr=False)

    def committee(self, code: CommitteeCode) -> str:
        return unmarked(self.committees.get(code, code))

    def person(self, id: PersonId, say: Say) -> str:
        return unmarked(self.people.get(id, "")) or say("yearplan.somebody")


def about_plan(run: PlanRun) -> dict[str, Json]:
    return about("year_plan", run.id, run.version)


def button(verb: str, data: Mapping[str, Json], *, say: Say) -> Button:
    return say(f"button.{verb}"), verb, data


def of_year(year: int) -> dict[str, Json]:
    return {"year": str(year)}


def nothing_yet(
    year: int, here: Mapping[str, Json], holidays: Sequence[KeptHoliday], *, say: Say
) -> Shown:
    """Say that a year has no plan, and what it would be made from.

    :param here: what a button carries that is about the year.
    """
    table = (
        said(say("yearplan.has_table", count=len(holidays)))
        if holidays
        else warned(say("holiday.none", year=year))
    )
    return sheet(
        say("yearplan.none_title", year=year),
        [said(say("yearplan.none_body")), table, aside(say("yearplan.none_typing", year=year))],
        say=say,
        actions=[
            button("yearplan.begin", here, say=say),
            button("holiday.list", of_year(year), say=say),
            button("habits.list", {}, say=say),
            button("yearplan.staff", here, say=say),
        ],
    )


def computing(run: PlanRun, *, say: Say) -> Shown:
    """Show how far the planner has come; the card asks for itself as it stands when seen again."""
    shown = sheet(
        say(f"yearplan.computing_{run.kind}", year=run.year),
        [
            said(say(f"yearplan.phase.{run.phase or 'waiting'}")),
            aside(say("yearplan.computing_note")),
        ],
        say=say,
        actions=[
            (say("button.yearplan.refresh"), "yearplan.open", about_plan(run)),
            (say("button.yearplan.stop"), "yearplan.drop", about_plan(run)),
        ],
    )
    return refreshing(shown, run)


def publishing(run: PlanRun, *, say: Say) -> Shown:
    shown = sheet(
        say("yearplan.publishing_title", year=run.year),
        [said(say("yearplan.publishing_body", count=len(run.changes)))],
        say=say,
        actions=[(say("button.yearplan.refresh"), "yearplan.open", about_plan(run))],
    )
    return refreshing(shown, run)


def refreshing(shown: Shown, run: PlanRun) -> Shown:
    card = dict(shown.card or {})
    card["refresh"] = {
        "action": {
            "type": "Action.Execute",
            "title": "refresh",
            "verb": "yearplan.open",
            "data": about_plan(run),
        }
    }
    return Shown(words=shown.words, summary=shown.summary, card=card)


def proposed(
    run: PlanRun, result: Proposed, count: Mapping[ChangeKind, int], *, say: Say
) -> Shown:
    """Show a proposal with its figures, said as they are (MTG-4), before anybody decides."""
    has_table = bool(run.problem and run.problem.school_holidays)
    parts = [
        said(say("yearplan.proposed_body")),
        headed(say("yearplan.against")),
        counted([(say(f"yearplan.kind.{kind}"), str(count[kind])) for kind in ChangeKind]),
        *([said(_moved(result, say=say))] if result.moved is not None else []),
        *([] if has_table else [warned(say("holiday.none", year=run.year))]),
        *_short(result, say=say),
        *_managers(result, say=say),
        headed(say("yearplan.figures")),
        said(_how_good(result, say=say)),
        counted(_figures(result, say=say)),
        aside(say("yearplan.proposed_typing", year=run.year)),
    ]
    here = about_plan(run)
    short = [button("yearplan.shortfalls", here, say=say)] if result.shortfalls else []
    return sheet(
        say(f"yearplan.proposed_{run.kind}", year=run.year),
        parts,
        say=say,
        actions=[
            button("yearplan.changes", here, say=say),
            *short,
            button("yearplan.drop", here, say=say),
        ],
    )


def _figures(result: Proposed, *, say: Say) -> list[tuple[str, str]]:
    plan, figures = result.plan, result.plan.figures
    gap = ""
    if figures.bound is not None and figures.cost:
        below = (figures.cost - figures.bound) / figures.cost
        gap = say("yearplan.gap", percent=ceil(100 * below))
    bound = say("yearplan.no_bound") if figures.bound is None else f"{figures.bound} {gap}".strip()
    return [
        (say("yearplan.figure.meetings"), str(len(plan.meetings))),
        (say("yearplan.figure.on_rhythm"), say("yearplan.percent", n=_percent(figures.on_rhythm))),
        (say("yearplan.figure.in_holidays"), str(figures.in_school_holidays)),
        (say("yearplan.figure.cost"), str(figures.cost)),
        (say("yearplan.figure.greedy"), str(figures.greedy_cost)),
        (say("yearplan.figure.bound"), bound),
        (say("yearplan.figure.seconds"), f"{figures.seconds:.0f}"),
    ]


def _percent(share: float) -> int:
    """Never round up to what was not reached."""
    return int(share * 100)


def _how_good(result: Proposed, *, say: Say) -> str:
    figures = result.plan.figures
    if figures.engine is Engine.GREEDY:
        return say("yearplan.good_greedy")
    if figures.bound == figures.cost:
        return say("yearplan.good_best")
    return say("yearplan.good_dates" if figures.dates_proven else "yearplan.good_unproven")


def _moved(result: Proposed, *, say: Say) -> str:
    key = "yearplan.moved_proven" if result.proven else "yearplan.moved_unproven"
    return say(key, count=result.moved)


def _short(result: Proposed, *, say: Say) -> list[Part]:
    meetings = {(each.committee, each.number) for each in result.shortfalls}
    if not meetings:
        return [said(say("yearplan.short_none"))]
    return [warned(say("yearplan.short", count=len(meetings), total=len(result.plan.meetings)))]


def _managers(result: Proposed, *, say: Say) -> list[Part]:
    """List the SG meetings that CG lies far from (CAL-2)."""
    return [
        said(say("yearplan.managers_off", day=say.day(each.meeting.day), days=each.days))
        for each in result.managers_off
    ]


def impossible(run: PlanRun, none: NoPlan, names: Names, *, say: Say) -> Shown:
    """Say that there is no plan, and why (MTG-9)."""
    reasons = [said(cause(each, names, say=say)) for each in none.causes[:MOST_CAUSES]]
    return sheet(
        say(f"yearplan.impossible_{run.kind}", year=run.year),
        [
            said(say("yearplan.impossible_body")),
            *reasons,
            aside(say("yearplan.impossible_do", year=run.year)),
        ],
        say=say,
        actions=[
            button("habits.list", {}, say=say),
            button("holiday.list", of_year(run.year), say=say),
            button("yearplan.see", of_year(run.year), say=say),
        ],
    )


def cause(each: Cause, names: Names, *, say: Say) -> str:
    """Say one reason in a sentence."""
    somebody = say("yearplan.somebody")
    who = ", ".join(names.person(person, say) for person in each.persons) or somebody
    what = ", ".join(map(names.committee, each.committees)) or say("yearplan.some_committee")
    when = say("yearplan.the_year")
    if each.from_on is not None:
        when = days(each.from_on, each.to_on or each.from_on, say=say)
    return say(f"yearplan.cause.{each.kind}", who=who, what=what, when=when)


def failed(run: PlanRun, *, say: Say) -> Shown:
    return sheet(
        say("yearplan.failed_title", year=run.year),
        [said(say("yearplan.failed_body"))],
        say=say,
        actions=[button("yearplan.see", of_year(run.year), say=say)],
    )


def over(run: PlanRun, *, say: Say) -> Shown:
    """Say what became of a plan that nobody works on any more."""
    return sheet(
        say(f"yearplan.over_{run.state}", year=run.year),
        [said(say("yearplan.over_body"))],
        say=say,
        actions=[button("yearplan.see", of_year(run.year), say=say)],
    )


def staff(run: PlanRun, answer: Staff, names: Names, *, say: Say) -> Shown:
    """Say how many facilitators a year needs, and whether fewer was ruled out."""
    key = "enough" if answer.needed <= answer.have else "missing"
    leads = [
        (names.person(person, say), names.committee(code))
        for code, person in sorted(answer.led_by.items(), key=lambda each: (each[1], each[0]))
    ]
    return sheet(
        say("yearplan.staff_title", count=answer.needed, year=run.year),
        [
            said(say(f"yearplan.staff_{key}", needed=answer.needed, have=answer.have)),
            said(say("yearplan.staff_proven" if answer.proven else "yearplan.staff_unproven")),
            headed(say("yearplan.staff_example")),
            *(said(say("yearplan.staff_line", who=who, what=what)) for who, what in leads),
        ],
        say=say,
        actions=[button("yearplan.see", of_year(run.year), say=say)],
    )


def published(
    run: PlanRun, here: Mapping[str, Json], *, by: str, meetings: int, say: Say
) -> Shown:
    """Show the plan in force, who approved it and when, and what can be done with it."""
    at = local_date(run.published_at) if run.published_at else date.min
    return sheet(
        say("yearplan.published_title", year=run.year),
        [
            said(say("yearplan.published_body", by=unmarked(by), day=say.day(at))),
            counted([(say("yearplan.figure.meetings"), str(meetings))]),
            aside(say("yearplan.published_typing", year=run.year)),
        ],
        say=say,
        actions=[
            button("yearplan.list", of_year(run.year), say=say),
            button("yearplan.replan", here, say=say),
            button("yearplan.papers", of_year(run.year), say=say),
            button("yearplan.staff", here, say=say),
        ],
    )


def ready(run: PlanRun, *, say: Say) -> Shown:
    """Tell who asked that there is an answer."""
    return sheet(
        say(f"yearplan.ready_{run.state}", year=run.year),
        [said(say("yearplan.ready_body"))],
        say=say,
        actions=[button("yearplan.open", about_plan(run), say=say)],
    )
