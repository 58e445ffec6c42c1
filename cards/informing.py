"""Who of the family is told, by whom and by when; and the words to tell them with (INF)."""

from collections.abc import Sequence
from datetime import date

from cards.delivery import Button, aside, said, sheet
from cards.forms import message
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.cases import Case
from domain.informings import Addressee, Informing, InformState


def informings(
    case: Case, noted: Sequence[Informing], *, today: date, say: Say, waits: bool
) -> Shown:
    """List what stands about each of them, and what can be decided."""
    lines = [said(line(each, today=today, say=say)) for each in noted]
    if waits:
        lines.append(said(say("inform.waits_for_a_colleague")))
    lines.append(aside(say("inform.rule")))
    open_ = [each for each in noted if each.state is not InformState.INFORMED]
    ways: list[Button] = [
        (
            say("button.inform.decide_about", who=say(f"inform.who.{each.addressee}")),
            "inform.open",
            about("inform", each.id, each.version),
        )
        for each in open_
    ]
    here = about("case", case.id, case.version)
    if open_ and not waits:
        ways.append((say("button.inform.exempt"), "inform.exempt", here))
    ways.append((say("button.case.open"), "case.open", here))
    return sheet(say("inform.list_title", reference=case.reference), lines, say=say, actions=ways)


def line(informing: Informing, *, today: date, say: Say) -> str:
    """Say in a line how it stands with one of them."""
    state: str = informing.state.value
    late = not informing.answers(today) and informing.due_on < today
    if informing.state in {InformState.PENDING, InformState.PLANNED} and late:
        state = "late"
    due = informing.review_on or informing.due_on
    return say(
        f"inform.line_{state}",
        who=say(f"inform.who.{informing.addressee}"),
        authority=say(f"authority.{informing.authority}"),
        date=say.day(due),
    )


def one(case: Case, informing: Informing, *, today: date, say: Say) -> Shown:
    """Ask what is to be noted about one of them."""
    here = about("inform", informing.id, informing.version)
    verbs = ["inform.told", "inform.plan"]
    if informing.addressee is Addressee.CUSTODY_2:
        verbs.append("inform.nobody")
    if informing.state is InformState.EXEMPTED:
        verbs.append("inform.reassess")
    ways: list[Button] = [(say(f"button.{verb}"), verb, here) for verb in verbs]
    ways.append((say("button.inform.words"), "inform.words", here))
    ways.append((say("button.inform.list"), "inform.list", about("case", case.id, case.version)))
    return sheet(
        say("inform.one_title", reference=case.reference),
        [said(line(informing, today=today, say=say))],
        say=say,
        actions=ways,
    )


def words(case: Case, informing: Informing, *, say: Say) -> Shown:
    """Give the words to tell them with; the bot tells nobody itself (INF-7)."""
    whom = "youth" if informing.addressee is Addressee.YOUTH else "custody"
    return message(
        say("inform.words_title", reference=case.reference),
        say("inform.words_use"),
        say(f"inform.words_{whom}"),
        say("inform.words_rights"),
        say=say,
        actions=[
            (
                say("button.inform.told"),
                "inform.told",
                about("inform", informing.id, informing.version),
            )
        ],
    )


def due(
    reference: str, informing: Informing, *, case_version: int, today: date, say: Say
) -> Shown:
    """Remind somebody that the family is to be told: the number and the day, no more."""
    state = "review" if informing.state is InformState.EXEMPTED else "telling"
    late = "_late" if (informing.review_on or informing.due_on) < today else ""
    return message(
        say(f"inform.due_{state}_title", reference=reference),
        say(
            f"inform.due_{state}_body{late}",
            date=say.day(informing.review_on or informing.due_on),
        ),
        say=say,
        actions=[
            (
                say("button.inform.list"),
                "inform.list",
                about("case", informing.case, case_version),
            )
        ],
    )
