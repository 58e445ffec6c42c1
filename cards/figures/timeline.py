"""What happened, moment by moment: time, kind and words under each other (BER-67)."""

from collections.abc import Iterator, Sequence

from cards.alert_words import drilled, one_line
from cards.delivery import moment
from cards.figures.marks import point
from cards.figures.svg import (
    Figure,
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
from domain.alert_figures import MarkKind, TimelineMark
from domain.dates import COPENHAGEN, local_date

WIDTH, TOP, ROW = 760.0, 52.0, 26.0
TIME_AT, LINE_AT, KIND_AT, WORDS_AT = 8.0, 72.0, 90.0, 200.0
_KINDS = tuple(MarkKind)


def timeline(marks: Sequence[TimelineMark], *, drill: bool, id: str, say: Say) -> Figure:
    """Draw the moments from the first to the last, each kind with a mark and a word of its own."""
    ordered = sorted(marks, key=lambda each: (each.at, each.kind, each.words))
    title = drilled(say("figure.timeline_title"), drill=drill, say=say)
    desc = (
        say(
            "figure.timeline_desc",
            number=len(ordered),
            first=moment(ordered[0].at, say),
            last=moment(ordered[-1].at, say),
        )
        if ordered
        else say("figure.timeline_empty")
    )
    rows = list(_drawn(ordered, say=say))
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [
                heading(title, width=WIDTH),
                line(LINE_AT, TOP - 6, LINE_AT, TOP + ROW * len(rows), stroke_opacity=".4")
                if rows
                else empty(desc, y=TOP),
                *rows,
            ],
            id=id,
            title=title,
            desc=desc,
            width=WIDTH,
            height=TOP + ROW * max(len(rows), 1) + 8,
            drill=drill,
        ),
        head=(say("figure.when"), say("figure.kind"), say("figure.what")),
        rows=tuple(
            (moment(each.at, say), say(f"figure.mark_{each.kind}"), one_line(each.words))
            for each in ordered
        ),
    )


def _drawn(ordered: Sequence[TimelineMark], *, say: Say) -> Iterator[str]:
    """Draw a line for each moment, and one for each day that begins."""
    place, day = 0, None
    for each in ordered:
        if (today := local_date(each.at)) != day:
            day = today
            yield label(say.day(day), KIND_AT, _y(place), font_weight="bold")
            place += 1
        yield _moment(each, y=_y(place), say=say)
        place += 1


def _moment(mark: TimelineMark, *, y: float, say: Say) -> str:
    kind, said = say(f"figure.mark_{mark.kind}"), one_line(mark.words)
    return group(
        told(f"{moment(mark.at, say)}, {kind}: {said}"),
        label(f"{mark.at.astimezone(COPENHAGEN):%H.%M}", TIME_AT, y),
        point(_KINDS.index(mark.kind), LINE_AT, y),
        label(fits(kind, WORDS_AT - KIND_AT - 6), KIND_AT, y),
        label(fits(said, WIDTH - WORDS_AT - 8), WORDS_AT, y),
        class_=f"figure-mark-{mark.kind}",
    )


def _y(place: int) -> float:
    return TOP + ROW * (place + 0.5)
