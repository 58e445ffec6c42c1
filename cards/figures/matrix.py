"""The matrix of authorities and answers, with the quorum of each (BER-24, BER-67)."""

from collections.abc import Iterator, Sequence

from cards.alert_words import drilled
from cards.figures.marks import point
from cards.figures.svg import Figure, Table, box, drawing, group, heading, label, line, told
from cards.words import Say
from domain.alert_board import AuthorityStands
from domain.alerts import Reply

ANSWERS: tuple[Reply | None, ...] = (
    *(Reply.JOINING, Reply.RECEIVED, Reply.SUBSTITUTE, Reply.UNABLE),
    None,
)
LEFT, TOP, COLUMN, ROW, QUORUM_COLUMN = 70.0, 96.0, 104.0, 36.0, 150.0
WIDTH = LEFT + len(ANSWERS) * COLUMN + QUORUM_COLUMN + 10
BAR = 6.0


def answer_matrix(stands: Sequence[AuthorityStands], *, drill: bool, id: str, say: Say) -> Figure:
    """Draw how many of each authority gave each answer, as numbers with bars under them."""
    missing = [each.authority for each in stands if not each.is_met]
    title = drilled(say("figure.matrix_title"), drill=drill, say=say)
    desc = say(
        "figure.matrix_desc",
        met=len(stands) - len(missing),
        total=len(stands),
        missing=", ".join(missing) or say("figure.none_missing"),
    )
    return Figure(
        title=title,
        desc=desc,
        svg=drawing(
            [heading(title, width=WIDTH), *_heads(say=say), *_body(stands, say=say)],
            id=id,
            title=title,
            desc=desc,
            width=WIDTH,
            height=TOP + ROW * len(stands) + 12,
            drill=drill,
        ),
        head=(
            say("figure.authority"),
            *(_answer(each, say=say) for each in ANSWERS),
            say("figure.quorum"),
        ),
        rows=_rows(stands, say=say),
    )


def _rows(stands: Sequence[AuthorityStands], *, say: Say) -> Table:
    return tuple(
        (
            say(f"authority.{each.authority}"),
            *(str(each.replies.get(answer, 0)) for answer in ANSWERS),
            _quorum(each, say=say),
        )
        for each in stands
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


def _body(stands: Sequence[AuthorityStands], *, say: Say) -> Iterator[str]:
    for row, each in enumerate(stands):
        y = TOP + row * ROW
        yield line(8, y - 4, WIDTH - 8, y - 4, stroke_opacity=".25")
        yield label(each.authority, 8, y + ROW / 2 - 4, size=14, font_weight="bold")
        for number, answer in enumerate(ANSWERS):
            yield _cell(
                each.replies.get(answer, 0),
                each.people,
                x=LEFT + number * COLUMN,
                y=y,
                number=number,
                words=f"{each.authority}, {_answer(answer, say=say)}",
            )
        yield _quorum_cell(each, x=LEFT + len(ANSWERS) * COLUMN, y=y, say=say)


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


def _quorum_cell(stands: AuthorityStands, *, x: float, y: float, say: Say) -> str:
    return group(
        box(
            x + 2,
            y,
            QUORUM_COLUMN - 4,
            ROW - 8,
            fill="none",
            stroke_width=1 if stands.is_met else 3,
            **({} if stands.is_met else {"stroke_dasharray": "6 3"}),
        ),
        label(_quorum(stands, say=say), x + 10, y + ROW / 2 - 4, size=12),
        class_="figure-met" if stands.is_met else "figure-missing",
    )


def _quorum(stands: AuthorityStands, *, say: Say) -> str:
    if not stands.required:
        return say("figure.quorum_none", joining=stands.replies.get(Reply.JOINING, 0))
    return say(
        "figure.quorum_met" if stands.is_met else "figure.quorum_missing",
        joining=stands.joining,
        needed=stands.required,
    )


def _answer(answer: Reply | None, *, say: Say) -> str:
    return say(f"figure.answer_{answer or 'none'}")
