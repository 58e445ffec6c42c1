"""Drills beside what was in earnest, and beside what they should take (BER-63, BER-67)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from cards.figures.marks import HATCHED, fill, patterns
from cards.figures.spans import lasting
from cards.figures.svg import (
    CHARACTER,
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
from domain.alert_figures import Compared

WIDTH, LEFT, RIGHT = 760.0, 220.0, 640.0
TOP, ROW, BAR = 92.0, 64.0, 18.0
_NONE = "–"


def drill_beside_live(compared: Sequence[Compared], *, id: str, say: Say) -> Figure:
    """Draw two bars for each thing measured, hatched for drills and full for what was in earnest.

    The numbers come from two queries: a drill is never among what was in earnest.
    """
    title = say("figure.comparison_title")
    told_each = " ".join(
        say(
            "figure.comparison_one",
            what=say(f"figure.target_{each.target}"),
            drill=_time(each.drill, say=say),
            live=_time(each.live, say=say),
            goal=_time(each.goal, say=say),
        )
        for each in compared
    )
    desc = told_each or say("figure.comparison_empty")
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [
                patterns(id),
                heading(title, width=WIDTH),
                *_legend(id=id, say=say),
                *_bars(compared, id=id, say=say),
                "" if compared else empty(desc, y=TOP + 10),
            ],
            id=id,
            title=title,
            desc=desc,
            width=WIDTH,
            height=TOP + ROW * max(len(compared), 1) + 8,
            drill=False,
        ),
        head=tuple(
            say(key) for key in ("figure.measured", "figure.drills", "figure.live", "figure.goal")
        ),
        rows=_rows(compared, say=say),
    )


def _rows(compared: Sequence[Compared], *, say: Say) -> Table:
    return tuple(
        (
            say(f"figure.target_{each.target}"),
            *(_time(one, say=say) for one in (each.drill, each.live, each.goal)),
        )
        for each in compared
    )


def _legend(*, id: str, say: Say) -> Iterator[str]:
    yield box(LEFT, 44, 24, 14, fill=fill(id, HATCHED))
    yield label(say("figure.drills"), LEFT + 32, 51)
    yield box(LEFT + 140, 44, 24, 14)
    yield label(say("figure.live"), LEFT + 172, 51)
    yield line(LEFT + 290, 42, LEFT + 290, 60, stroke_width=3, stroke_dasharray="4 2")
    yield label(say("figure.goal"), LEFT + 300, 51)


def _bars(compared: Sequence[Compared], *, id: str, say: Say) -> Iterator[str]:
    times = [
        one for each in compared for one in (each.drill, each.live, each.goal) if one is not None
    ]
    longest = max([*times, timedelta(minutes=1)])
    for row, each in enumerate(compared):
        y = TOP + row * ROW
        name = say(f"figure.target_{each.target}")
        goal = _along(each.goal, longest) if each.goal is not None else None
        yield label(fits(name, LEFT - 16), 8, y + BAR + 2)
        for kind, time, at in (("drill", each.drill, y), ("live", each.live, y + BAR + 4)):
            width = _along(time, longest) - LEFT if time is not None else 0
            filling = fill(id, HATCHED) if kind == "drill" else "currentColor"
            said = _time(time, say=say)
            yield group(
                box(LEFT, at, width, BAR, fill=filling) if width else "",
                label(said, _beside(LEFT + width + 8, said, goal), at + BAR / 2),
                class_=f"figure-{kind}",
            )
        if goal is not None:
            yield group(
                told(f"{name}, {say('figure.goal')}: {_time(each.goal, say=say)}"),
                line(goal, y - 6, goal, y + 2 * BAR + 10, stroke_width=3, stroke_dasharray="4 2"),
            )


def _along(time: timedelta, longest: timedelta) -> float:
    return LEFT + (RIGHT - LEFT) * (time / longest)


def _beside(x: float, said: str, goal: float | None) -> float:
    """Move words past the line of the goal where they would lie on it."""
    ends = x + len(said) * 13 * CHARACTER
    return goal + 8 if goal is not None and x - 4 <= goal <= ends else x


def _time(time: timedelta | None, *, say: Say) -> str:
    return lasting(time, say=say) if time is not None else _NONE
