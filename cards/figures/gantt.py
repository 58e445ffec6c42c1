"""The measures of a plan over time: when each is due, and how it stands (BER-67)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cards.alert_words import drilled
from cards.delivery import moment
from cards.figures.marks import CROSSED, HATCHED, fill, patterns
from cards.figures.spans import tick_step
from cards.figures.svg import (
    Figure,
    Table,
    box,
    drawing,
    empty,
    fits,
    group,
    heading,
    label,
    line,
    told,
)
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.dates import COPENHAGEN
from domain.plan_measures import Measure, MeasureState, by_due
from domain.plan_progress import progress

WIDTH, LEFT, RIGHT = 960.0, 330.0, 720.0
TOP, ROW, BAR = 76.0, 26.0, 14.0
LEAST = 5.0  # a bar is never shorter
OVERDUE = "overdue"
_NONE = "–"
_LINE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where a moment lies between the two sides."""

    begins: datetime
    ends: datetime

    def x(self, at: datetime) -> float:
        inside = min(max(at, self.begins), self.ends)
        return LEFT + (RIGHT - LEFT) * ((inside - self.begins) / (self.ends - self.begins))


def measure_chart(plan: ActionPlan, *, now: datetime, id: str, say: Say) -> Figure:
    """Draw a bar for each measure until its deadline, filled by how it stands."""
    measures = by_due(plan.measures)
    stands = progress(measures, now=now)
    title = drilled(say("figure.gantt_title", plan=plan.title), drill=plan.drill, say=say)
    desc = say(
        "figure.gantt_desc",
        all=stands.all,
        done=stands.done,
        under_way=stands.under_way,
        open=stands.open,
        dropped=stands.dropped,
        overdue=stands.overdue,
    )
    height = TOP + ROW * max(len(measures), 1) + 40
    scale = _scale(plan, now=now)
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [
                patterns(id),
                heading(title, width=WIDTH),
                *_axis(scale, bottom=height - 28),
                *_verticals(plan, scale, now=now, bottom=height - 28, say=say),
                *(
                    _bar(each, scale, row=row, now=now, id=id, say=say)
                    for row, each in enumerate(measures)
                ),
                "" if measures else empty(say("figure.no_measures"), y=TOP + ROW / 2),
            ],
            id=id,
            title=title,
            desc=desc,
            width=WIDTH,
            height=height,
            drill=plan.drill,
        ),
        head=tuple(
            say(key)
            for key in (
                *("figure.measure", "figure.title", "figure.party"),
                *("figure.deadline", "figure.state"),
            )
        ),
        rows=_rows(measures, now=now, say=say),
    )


def _rows(measures: list[Measure], *, now: datetime, say: Say) -> Table:
    return tuple(
        (
            each.kind,
            each.title,
            each.party.value,
            moment(each.due_at, say),
            say(f"figure.measure_{state_of(each, now=now)}"),
        )
        for each in measures
    )


def state_of(measure: Measure, *, now: datetime) -> str:
    """Name how it stands; overdue is what waits too long."""
    return OVERDUE if measure.is_overdue(now) else measure.state.value


def _scale(plan: ActionPlan, *, now: datetime) -> _Scale:
    """Reach from the first that begins to the last that is due; a long period is not drawn out."""
    begins = min([plan.starts_at, *(min(each.given_at, each.due_at) for each in plan.measures)])
    ends = max([begins + _LINE, *(each.due_at for each in plan.measures)])
    return _Scale(begins=begins, ends=max(ends, min(now, ends + (ends - begins) / 4)))


def _axis(scale: _Scale, *, bottom: float) -> Iterator[str]:
    step = max(tick_step(scale.ends - scale.begins), timedelta(hours=1))
    at = _first_tick(scale.begins, step)
    while at <= scale.ends:
        x = scale.x(at)
        yield line(x, TOP - 6, x, bottom, stroke_opacity=".2")
        wall = at.astimezone(COPENHAGEN)
        told_at = f"{wall:%H.%M}" if step < _LINE else f"{wall.day}.{wall.month}."
        yield label(told_at, x, bottom + 12, size=11, text_anchor="middle")
        at += step
    yield line(LEFT, bottom, RIGHT, bottom)


def _first_tick(begins: datetime, step: timedelta) -> datetime:
    """Let the marks stand at whole steps from midnight on the wall."""
    wall = begins.astimezone(COPENHAGEN)
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -(-(wall - midnight) // step) * step


def _verticals(
    plan: ActionPlan, scale: _Scale, *, now: datetime, bottom: float, say: Say
) -> Iterator[str]:
    lines = [(now, "figure.now", "4 3")]
    if plan.period_end is not None:
        lines.append((plan.period_end, "figure.period_end", "1 3"))
    for at, key, dashes in lines:
        if scale.begins <= at <= scale.ends:
            x = scale.x(at)
            yield line(x, TOP - 14, x, bottom, stroke_width=2, stroke_dasharray=dashes)
            yield label(say(key), x, TOP - 24, size=12, text_anchor="middle")


def _bar(measure: Measure, scale: _Scale, *, row: int, now: datetime, id: str, say: Say) -> str:
    y = TOP + row * ROW
    state = state_of(measure, now=now)
    begins = scale.x(min(measure.given_at, measure.due_at))
    width = max(scale.x(measure.due_at) - begins, LEAST)
    named = f"{measure.kind} {measure.party.value} {measure.title}"
    due = measure.due_at.astimezone(COPENHAGEN)
    said = say(
        "figure.gantt_label",
        state=say(f"figure.measure_{state}"),
        due=f"{due.day}.{due.month}. {due:%H.%M}",
    )
    return group(
        told(f"{named}: {said}"),
        label(fits(named, LEFT - 20), 8, y + ROW / 2),
        box(
            begins,
            y + (ROW - BAR) / 2,
            width,
            BAR,
            fill=_fill(measure.state, id=id),
            stroke_width=3 if state == OVERDUE else 1,
        ),
        label(said, RIGHT + 12, y + ROW / 2, size=12, **_weight(state)),
        class_=f"figure-measure-{state}",
    )


def _weight(state: str) -> dict[str, str | float]:
    return {"font_weight": "bold"} if state == OVERDUE else {}


def _fill(state: MeasureState, *, id: str) -> str:
    match state:
        case MeasureState.OPEN:
            return "none"
        case MeasureState.UNDER_WAY:
            return fill(id, HATCHED)
        case MeasureState.DONE:
            return "currentColor"
        case MeasureState.DROPPED:
            return fill(id, CROSSED)
