"""Readiness on A4: plans, the call list, the log, and figures (BER-68, BER-69)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cards.alert_logs import exact, line_words, log_facts, log_head, log_title
from cards.alert_words import drilled, one_line
from cards.call_list import authority_of, name_of, place_of
from cards.delivery import moment
from cards.figures.svg import Figure
from cards.papers.blocks import Block, Facts, Grid, Heading, Paper, Picture, Words
from cards.papers.pdf import as_pdf
from cards.plan_tiers import Column
from cards.plan_views import PlanView
from cards.words import Say
from domain.alert_papers import AlertFile
from domain.call_sheet import Section
from domain.plan_templates import PlanTier

MOST_WIDTH = 20  # parts of a page that a column of many words gets
TICK = "\u25a1"  # a box to tick; the fonts have it
_WIDTHS: Mapping[Column, int] = {
    Column.CODE: 2,
    Column.TITLE: 6,
    Column.PARTY: 3,
    Column.ASSISTS: 5,
    Column.OWNER: 4,
    Column.SUBSTITUTE: 4,
    Column.DUE: 4,
    Column.DUE_DAY: 4,
    Column.STATE: 4,
    Column.TARGET_GROUP: 4,
    Column.PLACE: 4,
    Column.WORDS: 5,
}


def plan_pdf(view: PlanView, *, made_at: datetime, say: Say) -> bytes:
    return as_pdf(plan_paper(view, made_at=made_at, say=say), made_at=made_at)


def plan_paper(view: PlanView, *, made_at: datetime, say: Say) -> Paper:
    """Write a plan as its tier sees it; with all that the parties see, it lies on its side."""
    return footed(
        view.title,
        view.edition,
        [
            Heading(level=1, text=view.title),
            Words(text="\n".join(view.standing)),
            Facts(rows=view.facts),
            *_listed(say("plan_view.goal"), view.goal),
            Heading(level=2, text=say("plan_view.measures")),
            *_measures(view, say=say),
            *_listed(say("plan_view.normal"), view.normal),
        ],
        landscape=view.tier is PlanTier.FULL,
        made_at=made_at,
        say=say,
    )


def _measures(view: PlanView, *, say: Say) -> Iterator[Block]:
    """Leave out the columns in which nothing stands."""
    if not view.rows:
        yield Words(text=say("figure.no_measures"))
        return
    used = [place for place, column in enumerate(zip(*view.rows, strict=True)) if any(column)]
    yield Grid(
        head=tuple(view.head[place] for place in used),
        rows=tuple(tuple(row[place] for place in used) for row in view.rows),
        widths=tuple(_WIDTHS[view.columns[place]] for place in used),
    )


def _listed(heading: str, lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield Heading(level=2, text=heading)
        yield Words(text="\n".join(f"• {each}" for each in lines))


def call_list_pdf(
    sections: Sequence[Section], *, made_at: datetime, drill: bool = False, say: Say
) -> bytes:
    paper = call_list_paper(sections, made_at=made_at, drill=drill, say=say)
    return as_pdf(paper, made_at=made_at)


def call_list_paper(
    sections: Sequence[Section], *, made_at: datetime, drill: bool = False, say: Say
) -> Paper:
    """Write whom to telephone, a page for each authority, with a box to tick at every name."""
    title = drilled(say("printed.title"), drill=drill, say=say)
    return footed(
        title,
        title,
        [
            Heading(level=1, text=title),
            Words(text=say("printed.use")),
            Words(text=say("readiness.danger")),
            *_sections(sections, say=say),
        ],
        made_at=made_at,
        say=say,
    )


def _sections(sections: Sequence[Section], *, say: Say) -> Iterator[Block]:
    columns = ("tick", "name", "function", "phone", "email")
    for number, section in enumerate(sections):
        before = sections[number - 1].authority if number else None
        if not number or section.authority is not before:
            yield Heading(level=2, text=authority_of(section, say), new_page=number > 0)
        yield Heading(level=3, text=place_of(section, say))
        yield Grid(
            head=tuple(say(f"printed.{each}") for each in columns),
            rows=tuple(
                (
                    *(TICK, name_of(each, say), each.person.function),
                    *(each.person.phone, each.person.email),
                )
                for each in section.entries
            ),
            widths=(1, 4, 4, 3, 5),
        )


def figures_pdf(
    figures: Sequence[Figure], *, reference: str, drill: bool, made_at: datetime, say: Say
) -> bytes:
    paper = figures_paper(figures, reference=reference, drill=drill, made_at=made_at, say=say)
    return as_pdf(paper, made_at=made_at)


def figures_paper(
    figures: Sequence[Figure], *, reference: str, drill: bool, made_at: datetime, say: Say
) -> Paper:
    """Put figures on pages of their own, each with the same as a table; for the parties only."""
    title = drilled(say("readiness_paper.figures", reference=reference), drill=drill, say=say)
    return footed(
        title,
        title,
        [
            Heading(level=1, text=title),
            *(
                block
                for number, each in enumerate(figures)
                for block in _figure(each, new_page=number > 0)
            ),
        ],
        made_at=made_at,
        say=say,
    )


def _figure(figure: Figure, *, new_page: bool) -> Iterator[Block]:
    yield Heading(level=2, text=figure.title, new_page=new_page)
    yield Picture(svg=figure.svg, alt=figure.desc)
    yield Words(text=figure.desc)
    if figure.rows:
        widths = tuple(map(_width, zip(figure.head, *figure.rows, strict=True)))
        yield Grid(head=figure.head, rows=figure.rows, widths=widths)


def _width(column: Sequence[str]) -> int:
    """Give a column room for its longest word, and more where much stands in it."""
    longest_word = max(len(word) for cell in column for word in cell.split() or [""])
    return max(3, longest_word, min(MOST_WIDTH, max(map(len, column)) // 3))


def log_pdf(file: AlertFile, *, made_at: datetime, say: Say) -> bytes:
    return as_pdf(log_paper(file, made_at=made_at, say=say), made_at=made_at)


def log_paper(file: AlertFile, *, made_at: datetime, say: Say) -> Paper:
    """Write the log line by line, as it was written."""
    title = log_title(file, say=say)
    rows = tuple(
        (str(each.number), exact(each.at), one_line(each.by), line_words(each, say=say))
        for each in file.log
    )
    return footed(
        title,
        drilled(
            say("readiness_paper.log_about", reference=file.alert.reference, lines=len(rows)),
            drill=file.alert.drill,
            say=say,
        ),
        [
            Heading(level=1, text=title),
            Facts(rows=tuple(log_facts(file, made_at=made_at, say=say))),
            Grid(head=log_head(say=say), rows=rows, widths=(1, 3, 3, 8))
            if rows
            else Words(text=say("readiness_paper.log_empty")),
        ],
        made_at=made_at,
        say=say,
    )


def footed(
    title: str,
    about: str,
    blocks: Sequence[Block],
    *,
    landscape: bool = False,
    made_at: datetime,
    say: Say,
) -> Paper:
    """Put a paper together; at the foot of each page stands what it is, and when it was made."""
    return Paper(
        title=title,
        subject=say("readiness_paper.foot", about=about, made_at=moment(made_at, say)),
        author=say("paper.author"),
        page=say("paper.page"),
        language=say.language,
        landscape=landscape,
        blocks=blocks,
    )
