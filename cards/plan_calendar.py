"""The calendar that plans grow from, and the drafts that have grown (BER-40)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from cards import blocks, plan_states
from cards.action_plans import about_plan
from cards.alert_words import places
from cards.delivery import Button, Part, aside, headed, lined, named, said, sheet, warned
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from cards.year_calendar import days
from domain.action_plans import ActionPlan
from domain.dates import local_date
from domain.plan_calendar import CalendarRow

PER_PAGE = 15
MOST_DRAFTS = 20
MOST_BUTTONS = 4
WHICH = "which"  # the input that says which line is meant


def about_row(row: CalendarRow) -> dict[str, Json]:
    return about("calendar", row.id, row.version)


def listed(
    rows: Sequence[CalendarRow],
    holidays: Sequence[CalendarRow],
    *,
    grown: Collection[UUID],
    page: int,
    top: str = "",
    say: Say,
) -> Shown:
    """Show what lies ahead: a page of what is kept here, and the holidays of the other table."""
    first = (page - 1) * PER_PAGE
    here = list(enumerate(rows, start=1))[first : first + PER_PAGE]
    parts: list[Part] = [said(top)] if top else []
    parts.append(said(say("plan_calendar.body" if rows else "plan_calendar.none")))
    parts += [said(_line(number, each, grown=grown, say=say)) for number, each in here]
    if page == 1 and holidays:
        parts.append(headed(say("plan_calendar.holidays")))
        parts += [said(_line(0, each, grown=grown, say=say)) for each in holidays]
    titles = {str(each.id): f"{number}. {plain(_named(each, say))}" for number, each in here}
    if titles:
        piece = blocks.choice_input(
            WHICH,
            say("plan_calendar.which"),
            titles,
            value="",
            hint=say("plan_calendar.choose"),
            narrow=True,
        )
        parts += [Part(piece=piece, words=""), aside(say("plan_calendar.typing"))]
    actions: list[Button] = [(say("button.calendar.add"), "calendar.add", {})]
    if titles:
        actions.append((say("button.calendar.pick"), "calendar.pick", {}))
    if page > 1:
        actions.append((say("button.yearplan.back"), "calendar.list", {"page": str(page - 1)}))
    if first + PER_PAGE < len(rows):
        actions.append((say("button.yearplan.more"), "calendar.list", {"page": str(page + 1)}))
    actions.append((say("button.holiday.list"), "holiday.list", {}))
    actions.append((say("button.template.list"), "template.list", {}))
    return sheet(
        say("plan_calendar.title"), parts, say=say, actions=actions, asking="calendar.pick"
    )


def _line(number: int, row: CalendarRow, *, grown: Collection[UUID], say: Say) -> str:
    marks = [
        say("plan_calendar.number", number=number) if number else "",
        "" if row.confirmed else say("plan_calendar.unconfirmed"),
        say("plan_calendar.grown") if row.id in grown else "",
    ]
    return say(
        "plan_calendar.line",
        name=f"**{unmarked(_named(row, say))}**",
        days=days(row.from_on, row.to_on, say=say),
        template=row.template,
        marks="".join(f" · {each}" for each in marks if each),
    )


def _named(row: CalendarRow, say: Say) -> str:
    return f"{row.titled} – {places(row.areas, say=say)}"


def opened(row: CalendarRow, *, template: str, plan: ActionPlan | None, say: Say) -> Shown:
    """Show one line, and what can be done with it."""
    here = about_row(row)
    facts = [
        (say("plan_calendar.when"), days(row.from_on, row.to_on, say=say)),
        (say("plan_calendar.where"), places(row.areas, say=say)),
        (say("plan_calendar.template"), f"{row.template} {template}"),
        (
            say("plan_calendar.draft"),
            say("plan_calendar.grown_already")
            if plan
            else say("plan_calendar.appears", day=say.day(row.appears_on)),
        ),
        (say("plan_calendar.source"), row.source),
    ]
    actions: list[Button] = [(say("button.calendar.change"), "calendar.change", here)]
    if not row.confirmed:
        actions.append((say("button.calendar.confirm"), "calendar.confirm", here))
    if plan is not None:
        actions.append((say("button.calendar.plan"), "actionplan.open", about_plan(plan)))
    actions.append((say("button.calendar.remove"), "calendar.remove", here))
    actions.append((say("button.calendar.list"), "calendar.list", {}))
    return sheet(
        say("plan_calendar.one_title"),
        [
            named(row.titled),
            *lined([(name, value) for name, value in facts if value]),
            *([] if row.confirmed else [warned(say("plan_calendar.check"))]),
        ],
        say=say,
        actions=actions,
    )


def grown(plans: Sequence[ActionPlan], *, say: Say) -> Shown:
    """Tell which drafts have come, and that nothing is sent before somebody lets them run."""
    lines = [
        say(
            "plan_calendar.grown_line",
            number=number,
            title=f"**{unmarked(each.title)}**",
            place=places(each.areas, say=say),
            starts=say.day(local_date(each.starts_at)),
            measures=len(each.measures),
            unowned=_unowned(each, say),
        )
        for number, each in enumerate(plans[:MOST_DRAFTS], start=1)
    ]
    left = len(plans) - MOST_DRAFTS
    open_: list[Button] = [
        (
            say("button.calendar.draft", number=number),
            "actionplan.open",
            about_plan(each),
        )
        for number, each in enumerate(plans[:MOST_BUTTONS], start=1)
    ]
    return sheet(
        say("plan_calendar.grown_title", count=len(plans)),
        [
            said(say("plan_calendar.grown_body")),
            *map(said, lines),
            *([aside(say("template_page.and_more", count=left))] if left > 0 else []),
            said(say("plan_calendar.nothing_sent")),
        ],
        say=say,
        actions=[*open_, (say("button.calendar.drafts"), "calendar.drafts", {})],
    )


def _unowned(plan: ActionPlan, say: Say) -> str:
    count = sum(each.owner is None for each in plan.measures)
    return say("plan_calendar.unowned", count=count) if count else ""


def drafts(plans: Sequence[ActionPlan], *, page: int, now: datetime, say: Say) -> Shown:
    """List the plans of the calendar that are ahead, a few at a time, each to be opened."""
    first = (page - 1) * MOST_BUTTONS
    here = list(enumerate(plans, start=1))[first : first + MOST_BUTTONS]
    parts = [
        said(
            say(
                "plan_calendar.ahead_line",
                number=number,
                title=f"**{unmarked(each.title)}**",
                place=places(each.areas, say=say),
                starts=say.day(local_date(each.starts_at)),
                state=say(f"plan_calendar.{plan_states.stands(each, now=now)}"),
            )
        )
        for number, each in here
    ]
    actions: list[Button] = [
        (
            say("button.calendar.draft", number=number),
            "actionplan.open",
            about_plan(each),
        )
        for number, each in here
    ]
    if first + MOST_BUTTONS < len(plans):
        actions.append((say("button.yearplan.more"), "calendar.drafts", {"page": str(page + 1)}))
    actions.append((say("button.calendar.list"), "calendar.list", {}))
    return sheet(
        say("plan_calendar.drafts_title"),
        [*parts, aside(say("plan_calendar.drafts_typing"))]
        if parts
        else [said(say("plan_calendar.no_drafts"))],
        say=say,
        actions=actions,
    )
