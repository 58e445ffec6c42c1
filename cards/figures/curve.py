"""The curve of answers: what share of each authority had answered, over time (BER-67)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from cards.alert_words import drilled
from cards.figures.marks import point, stroke
from cards.figures.spans import lasting, tick_step
from cards.figures.svg import (
    Figure,
    Table,
    drawing,
    element,
    empty,
    group,
    heading,
    label,
    line,
    share,
    told,
)
from cards.words import Say
from domain.alert_figures import Answers, Curve, curves
from domain.alerts import Recipient
from domain.people import Authority

WIDTH, HEIGHT = 720.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 600.0, 48.0, 336.0
APART = 18.0  # between two labels
SHARES = (0, 25, 50, 75, 100)
_NONE = "–"

Curves = Mapping[Authority, Curve]


def acknowledgement_curve(
    recipients: Iterable[Recipient],
    *,
    answers: Answers,
    left_at: datetime,
    until: datetime,
    drill: bool,
    id: str,
    say: Say,
) -> Figure:
    """Draw a line for each authority, with dashes, marks and a label of its own.

    :param answers: all that were ever given; the first of each person counts.
    :param left_at: when the alert left; the axis begins there.
    :param until: now, or when the alert was closed.
    """
    drawn = curves(recipients, answers=answers, left_at=left_at, until=until)
    span = max(until - left_at, timedelta(minutes=1))
    title = drilled(say("figure.curve_title"), drill=drill, say=say)
    told_each = " ".join(
        say("figure.curve_one", authority=each, answered=curve.answered, total=curve.total)
        for each, curve in drawn.items()
    )
    desc = say("figure.curve_desc", span=lasting(span, say=say), each=told_each).strip()
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [heading(title, width=WIDTH), *_axes(span, say=say), *_lines(drawn, span, say=say)],
            id=id,
            title=title,
            desc=desc,
            width=WIDTH,
            height=HEIGHT,
            drill=drill,
        ),
        head=tuple(
            say(key)
            for key in (
                *("figure.authority", "figure.asked", "figure.answered", "figure.share"),
                *("figure.first_answer", "figure.last_answer"),
            )
        ),
        rows=_rows(drawn, say=say),
    )


def _rows(drawn: Curves, *, say: Say) -> Table:
    return tuple(
        (
            say(f"authority.{each}"),
            str(curve.total),
            str(curve.answered),
            share(curve.answered, curve.total, say=say),
            lasting(curve.steps[0][0], say=say) if curve.steps else _NONE,
            lasting(curve.steps[-1][0], say=say) if curve.steps else _NONE,
        )
        for each, curve in drawn.items()
    )


def _axes(span: timedelta, *, say: Say) -> Iterator[str]:
    for percent in SHARES:
        y = _y(percent / 100)
        yield line(LEFT, y, RIGHT, y, stroke_opacity=".25")
        yield label(say("figure.percent", percent=percent), LEFT - 8, y, text_anchor="end")
    step, after = tick_step(span), timedelta()
    while after <= span:
        x = _x(after, span)
        yield line(x, BOTTOM, x, BOTTOM + 6)
        yield label(lasting(after, say=say), x, BOTTOM + 18, text_anchor="middle")
        after += step
    yield line(LEFT, BOTTOM, RIGHT, BOTTOM)


def _lines(drawn: Curves, span: timedelta, *, say: Say) -> Iterator[str]:
    if not drawn:
        yield empty(say("figure.nobody_asked"), y=(TOP + BOTTOM) / 2)
    ends = {each: _y(curve.answered / curve.total) for each, curve in drawn.items()}
    labels = dict(zip(ends, spread(list(ends.values())), strict=True))
    for number, (each, curve) in enumerate(drawn.items()):
        said = say(
            "figure.curve_label", authority=each, answered=curve.answered, total=curve.total
        )
        yield group(
            told(f"{say(f'authority.{each}')}: {curve.answered}/{curve.total}"),
            element(
                "path",
                d=_path(curve, span),
                fill="none",
                stroke="currentColor",
                stroke_width=2,
                **({"stroke_dasharray": stroke(number)} if stroke(number) else {}),
            ),
            *(point(number, _x(after, span), _y(n / curve.total)) for after, n in curve.steps),
            line(RIGHT, ends[each], RIGHT + 14, labels[each], stroke_opacity=".5"),
            point(number, RIGHT + 20, labels[each]),
            label(said, RIGHT + 30, labels[each]),
            class_=f"figure-series-{number + 1}",
        )


def spread(wanted: Sequence[float]) -> list[float]:
    """Move labels apart, so that no two overlap, and none leaves the drawing."""
    order = sorted(range(len(wanted)), key=lambda each: (wanted[each], each))
    placed: dict[int, float] = {}
    lowest = TOP
    for each in order:
        placed[each] = max(wanted[each], lowest)
        lowest = placed[each] + APART
    highest = BOTTOM
    for each in reversed(order):
        placed[each] = min(placed[each], highest)
        highest = placed[each] - APART
    return [placed[each] for each in range(len(wanted))]


def _path(curve: Curve, span: timedelta) -> str:
    """Draw steps: the share stays until somebody more has answered."""
    parts = [f"M{_x(timedelta(), span):.1f} {_y(0):.1f}"]
    for after, answered in curve.steps:
        parts += [f"H{_x(after, span):.1f}", f"V{_y(answered / curve.total):.1f}"]
    return "".join([*parts, f"H{RIGHT:.1f}"])


def _x(after: timedelta, span: timedelta) -> float:
    return LEFT + (RIGHT - LEFT) * (after / span)


def _y(part: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * part
