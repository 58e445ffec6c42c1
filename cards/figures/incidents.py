"""Incidents per area and month: a circle as large as the number in it (BER-67)."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import sqrt

from cards.alert_words import drilled
from cards.figures.svg import (
    Figure,
    Table,
    drawing,
    element,
    empty,
    fits,
    group,
    heading,
    label,
    line,
    told,
)
from cards.words import Say
from domain.alert_figures import Incidents
from domain.areas import area
from domain.people import AreaCode

LEFT, TOP, COLUMN, ROW = 210.0, 76.0, 52.0, 40.0
LARGEST, SMALLEST = 17.0, 9.0

Area = AreaCode | None


def incidents_figure(incidents: Incidents, *, drill: bool, id: str, say: Say) -> Figure:
    """Draw a row for each area that had any, and a column for each month from first to last."""
    counted = {key: number for key, number in incidents.items() if number > 0}
    areas = _areas(counted, say=say)
    months = _months(counted)
    total = sum(counted.values())
    title = drilled(say("figure.incidents_title"), drill=drill, say=say)
    desc = (
        say("figure.incidents_desc", number=total, areas=len(areas), months=len(months))
        if total
        else say("figure.incidents_none")
    )
    width = max(LEFT + COLUMN * (len(months) + 1) + 20, 480)
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [
                heading(title, width=width),
                *_heads(months, say=say),
                *_body(counted, areas, months, width=width, say=say),
                "" if total else empty(desc, y=TOP),
            ],
            id=id,
            title=title,
            desc=desc,
            width=width,
            height=TOP + ROW * max(len(areas), 1) + 12,
            drill=drill,
        ),
        head=(
            say("figure.area"),
            *(_month(each, say=say) for each in months),
            say("figure.total"),
        ),
        rows=_rows(counted, areas, months, say=say),
    )


def _areas(counted: Incidents, *, say: Say) -> list[Area]:
    """Put the areas with most incidents first."""
    return sorted(
        dict.fromkeys(place for place, _ in counted),
        key=lambda place: (-_sum(counted, place), _name(place, say=say)),
    )


def _sum(counted: Incidents, place: Area) -> int:
    return sum(number for (each, _), number in counted.items() if each == place)


def _months(counted: Incidents) -> list[date]:
    """List every month from the first to the last, also those without any."""
    if not counted:
        return []
    numbers = [each.year * 12 + each.month - 1 for _, each in counted]
    return [date(each // 12, each % 12 + 1, 1) for each in range(min(numbers), max(numbers) + 1)]


def _of(counted: Incidents, place: Area, month: date) -> int:
    return counted.get((place, month), 0)


def _rows(counted: Incidents, areas: Sequence[Area], months: Sequence[date], *, say: Say) -> Table:
    return tuple(
        (
            _name(place, say=say),
            *(str(_of(counted, place, month)) for month in months),
            str(_sum(counted, place)),
        )
        for place in areas
    )


def _heads(months: Sequence[date], *, say: Say) -> Iterator[str]:
    for number, month in enumerate(months):
        x = LEFT + (number + 0.5) * COLUMN
        yield label(say(f"wheel.month_{month.month}"), x, TOP - 30, text_anchor="middle")
        if not number or month.month == 1:
            yield label(str(month.year), x, TOP - 14, size=11, text_anchor="middle")
    if months:
        x = LEFT + (len(months) + 0.5) * COLUMN
        yield label(say("figure.total"), x, TOP - 30, text_anchor="middle", font_weight="bold")


def _body(
    counted: Incidents, areas: Sequence[Area], months: Sequence[date], *, width: float, say: Say
) -> Iterator[str]:
    most = max(counted.values(), default=1)
    for row, place in enumerate(areas):
        y = TOP + (row + 0.5) * ROW
        yield line(8, y - ROW / 2, width - 8, y - ROW / 2, stroke_opacity=".25")
        yield label(fits(_name(place, say=say), LEFT - 16), 8, y)
        for column, month in enumerate(months):
            x = LEFT + (column + 0.5) * COLUMN
            if number := _of(counted, place, month):
                yield _circle(
                    number,
                    most,
                    x=x,
                    y=y,
                    words=f"{_name(place, say=say)}, {_month(month, say=say)}: {number}",
                )
            else:
                yield label("·", x, y, text_anchor="middle")
        x = LEFT + (len(months) + 0.5) * COLUMN
        yield label(str(_sum(counted, place)), x, y, text_anchor="middle", font_weight="bold")


def _circle(number: int, most: int, *, x: float, y: float, words: str) -> str:
    radius = max(SMALLEST, LARGEST * sqrt(number / most))
    return group(
        told(words),
        element(
            "circle", cx=x, cy=y, r=radius, fill="none", stroke="currentColor", stroke_width=2
        ),
        label(str(number), x, y, text_anchor="middle"),
        class_="figure-incidents",
    )


def _month(month: date, *, say: Say) -> str:
    return say("figure.month", month=say(f"wheel.month_{month.month}"), year=month.year)


def _name(place: Area, *, say: Say) -> str:
    return area(place).name if place is not None else say("readiness.whole_city")
