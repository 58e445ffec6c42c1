"""The pages of a form: a question, a confirmation, a goodbye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards import blocks
from cards.plain import plain
from cards.shown import Json, Piece, Shown
from cards.words import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field on the page."""

    label: str
    piece: Piece = field(repr=False)
    problem: str | None = field(default=None, repr=False)
    suggestion: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One step of a form, ready to draw.

    `place` may be empty. `typing` is the current question in words, with its options; `hint`
    is what the card says of typing, beside the same question and options to press. `finish` is
    the word of the button that ends the form; empty where going on does not end it.
    """

    title: str
    place: str
    intro: str
    notes: Sequence[str] = field(repr=False)
    problem: str | None = field(repr=False)
    asked: Sequence[Asked]
    typing: str = field(repr=False)
    hint: str
    here: Mapping[str, Json]
    review: Sequence[tuple[str, Sequence[tuple[str, str]]]] = field(default=(), repr=False)
    correctable: Mapping[str, str] | None = None
    warnings: Sequence[str] = field(default=(), repr=False)
    has_back: bool = True
    has_suggestions: bool = False
    has_save: bool = True
    finish: str = ""


def page(page: Page, say: Say) -> Shown:
    """Draw a step, its fields and its ways out."""
    body: list[Piece] = [blocks.heading(page.title)]
    if page.place:
        body.append(blocks.small(page.place))
    if page.problem:
        body.append(blocks.warning(page.problem))
    body += [blocks.warning(each) for each in page.warnings]
    if page.intro:
        body.append(blocks.paragraph(page.intro))
    if page.notes:
        body.append(blocks.notice(*page.notes))
    body += _review(page, say)
    for asked in page.asked:
        body += _question(asked)
    if page.hint:
        body.append(blocks.small(page.hint))
    summary = " · ".join(each for each in (page.title, page.place) if each)
    lines = [
        page.title,
        page.problem or "",
        *page.warnings,
        page.intro,
        *page.notes,
        _review_words(page),
        page.typing,
    ]
    return Shown(
        words="\n".join(line for line in lines if line),
        summary=summary,
        card=blocks.card(*body, say=say, summary=summary, actions=_actions(page, say)),
    )


def _question(asked: Asked) -> list[Piece]:
    """Draw a question with its suggestion; what is wrong with its answer is around it."""
    pieces = [asked.piece]
    if asked.suggestion:
        pieces.append(blocks.aside(asked.suggestion))
    return [blocks.warning(asked.problem, *pieces)] if asked.problem else pieces


def _actions(page: Page, say: Say) -> list[Piece]:
    forward = "form.send" if page.correctable is not None else "form.next"
    title = page.finish or say(f"button.{forward}")
    actions = [blocks.button(title, forward, page.here)]
    if page.correctable is not None:
        actions.append(blocks.button(say("button.form.correct"), "form.correct", page.here))
    if page.has_back:
        actions.append(blocks.button(say("button.form.back"), "form.back", page.here))
    if page.has_suggestions:
        actions.append(blocks.button(say("button.form.dismiss"), "form.dismiss", page.here))
    if page.has_save:
        actions.append(blocks.button(say("button.form.save"), "form.save", page.here))
    actions.append(
        blocks.button(say("button.form.cancel"), "form.cancel", page.here, inputs=False)
    )
    return actions


def _review(page: Page, say: Say) -> list[Piece]:
    body: list[Piece] = []
    for title, answers in page.review:
        body.append(blocks.label(title))
        body += [blocks.answer(label, value) for label, value in answers]
    if page.correctable is not None:
        only = "".join(page.correctable) if len(page.correctable) == 1 else ""
        body.append(
            blocks.choice_input("step", say("form.correct_which"), page.correctable, value=only)
        )
    return body


def _review_words(page: Page) -> str:
    lines = list[str]()
    for title, answers in page.review:
        lines += [title, *(f"{label}: {plain(value)}" for label, value in answers)]
    return "\n".join(lines)


def confirm(
    *,
    title: str,
    text: str,
    listed: Sequence[str],
    yes: tuple[str, str],
    no: tuple[str, str],
    here: Mapping[str, Json],
    say: Say,
) -> Shown:
    """Ask before something goes away; `yes` and `no` are a title and a verb each."""
    lines = [text, *(f"- {each}" for each in listed)]
    typing = say("form.confirm_typing", yes=yes[0], no=no[0])
    return Shown(
        words="\n".join([title, *lines, typing]),
        summary=title,
        card=blocks.card(
            blocks.heading(title),
            blocks.paragraph("\n".join(lines)),
            blocks.small(typing),
            say=say,
            summary=title,
            actions=[blocks.button(words, verb, here) for words, verb in (yes, no)],
        ),
    )


def message(
    title: str,
    *paragraphs: str,
    say: Say,
    actions: Sequence[tuple[str, str, Mapping[str, Json]]] = (),
    summary: str | None = None,
) -> Shown:
    """Say something, and what can be done next (teams.md §7.4: no dead ends)."""
    buttons = [blocks.button(words, verb, data) for words, verb, data in actions]
    return Shown(
        words="\n".join([title, *paragraphs]),
        summary=summary or title,
        card=blocks.card(
            blocks.heading(title),
            *(blocks.paragraph(text) for text in paragraphs),
            say=say,
            summary=summary or title,
            actions=buttons,
        ),
    )
