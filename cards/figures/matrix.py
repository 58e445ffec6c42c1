"""The matrix of authorities and answers, with the quorum of each (BER-24, BER-67)."""

from collections.abc import Iterable, Iterator, Mapping

from cards.alert_words import drilled
from cards.figures.marks import point
from cards.figures.svg import Figure, Table, box, drawing, group, heading, label, line, told
from cards.words import Say
from domain.alert_figures import Standing, standings_of
from domain.alerts import Quorum, Recipient, Reply
from domain.people import Authority

ANSWERS: tuple[Reply | None, ...] = (
    *(Reply.JOINING, Reply.RECEIVED, Reply.SUBSTITUTE, Reply.UNABLE),
    None,
)
LEFT, TOP, COLUMN, ROW, QUORUM_COLUMN = 70.0, 96.0, 104.0, 36.0, 150.0
WIDTH = LEFT + len(ANSWERS) * COLUMN + QUORUM_COLUMN + 10
BAR = 6.0

Standings = Mapping[Authority, Standing]


def answer_matrix(
    recipients: Iterable[Recipient], *, quorum: Quorum, drill: bool, id: str, say: Say
) -> Figure:
    """Draw how many of each authority gave each answer, as numbers with bars under them."""
    standings = standings_of(recipients, quorum)
    missing = [each for each, standing in standings.items() if not standing.met]
    title = drilled(say("figure.matrix_title"), drill=drill, say=say)
    desc = say(
        "figure.matrix_desc",
        met=len(standings) - len(missing),
        total=len(standings),
        missing=", ".join(missing) or say("figure.none_missing"),
    )
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [heading(title, width=WIDTH), *_heads(say=say), *_body(standings, say=say)],
            id=id,
            title=title,
            desc=desc,
            width=WIDTH,
            height=TOP + ROW * len(standings) + 12,
            drill=drill,
        ),
        head=(
            say("figure.authority"),
            *(_answer(each, say=say) for each in ANSWERS),
            say("figure.quorum"),
        ),
        rows=_rows(standings, say=say),
    )


def _rows(standings: Standings, *, say: Say) -> Table:
    return tuple(
        (
            say(f"authority.{each}"),
            *(str(standing.counts.get(answer, 0)) for answer in ANSWERS),
            _quorum(standing, say=say),
        )
        for each, standing in standings.items()
    )


def _heads(*, say: Say) -> Iterator[str]:
    for number, answer in enumerate(ANSWERS):
        x = LEFT + (number + 0.5) * COLUMN
        yield group(
            point(number, x, 48),
            label(_answer(answer, say=say), x, 72, size=12, text_anchor="middle"),
        )
    x = LEFT + len(ANSWERS) * COLUMN + 8
    yield label(say("figure.quorum"), x, 72, size=12, font_weight="bold")


def _body(standings: Standings, *, say: Say) -> Iterator[str]:
    for row, (authority, standing) in enumerate(standings.items()):
        y = TOP + row * ROW
        yield line(8, y - 4, WIDTH - 8, y - 4, stroke_opacity=".25")
        yield label(authority, 8, y + ROW / 2 - 4, size=14, font_weight="bold")
        for number, answer in enumerate(ANSWERS):
            yield _cell(
                standing.counts.get(answer, 0),
                standing.total,
                x=LEFT + number * COLUMN,
                y=y,
                number=number,
                words=f"{authority}, {_answer(answer, say=say)}",
            )
        yield _quorum_cell(standing, x=LEFT + len(ANSWERS) * COLUMN, y=y, say=say)


def _cell(count: int, total: int, *, x: float, y: float, number: int, words: str) -> str:
    """Write the number; how long the bar under it is shows the share."""
    return group(
        told(f"{words}: {count}/{total}"),
        label(
            str(count) if count else "·",
            x + COLUMN / 2,
            y + ROW / 2 - 8,
            size=15,
            text_anchor="middle",
        ),
        box(x + 8, y + ROW - 12, (COLUMN - 16) * count / total, BAR) if count else "",
        class_=f"figure-series-{number + 1}",
    )


def _quorum_cell(standing: Standing, *, x: float, y: float, say: Say) -> str:
    return group(
        box(
            x + 2,
            y,
            QUORUM_COLUMN - 4,
            ROW - 8,
            fill="none",
            stroke_width=1 if standing.met else 3,
            **({} if standing.met else {"stroke_dasharray": "6 3"}),
        ),
        label(_quorum(standing, say=say), x + 10, y + ROW / 2 - 4, size=12),
        class_="figure-met" if standing.met else "figure-missing",
    )


def _quorum(standing: Standing, *, say: Say) -> str:
    if not standing.needed:
        return say("figure.quorum_none")
    return say(
        "figure.quorum_met" if standing.met else "figure.quorum_missing",
        joining=standing.joining,
        needed=standing.needed,
    )


def _answer(answer: Reply | None, *, say: Say) -> str:
    return say(f"figure.answer_{answer or 'none'}")
