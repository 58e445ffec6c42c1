"""What those who handle a concern see of it: the list, the task, the reading, the move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards import blocks
from cards.forms import message
from cards.plain import plain, unmarked
from cards.shown import Json, Piece, Shown
from cards.words import Say
from domain.areas import area
from domain.concerns import (
    WAITING,
    WITHDRAWAL_ASKED,
    WITHDRAWAL_KEPT,
    Addition,
    Concern,
    Status,
)
from domain.dates import COPENHAGEN, local_date
from domain.notices import NoticeKind

MOST_LISTED = 20  # concerns in a list; a card has room for no end of them
MOST_BUTTONS = 3


def about(concern: Concern) -> dict[str, Json]:
    """Say what a button carries: which concern, and which version was seen (AC-CARD-01)."""
    return {"concern": str(concern.id), "version": concern.version}


def area_name(concern: Concern, say: Say) -> str:
    return area(concern.area).name if concern.area else say("area.none")


def waiting(concerns: Sequence[Concern], *, say: Say) -> Shown:
    """List the concerns that wait for somebody, by reference and area only."""
    if not concerns:
        return message(
            say("waiting.title"),
            say("waiting.none"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )
    lines = [
        say(
            "waiting.line",
            reference=concern.reference,
            area=area_name(concern, say),
            date=say.day(local_date(concern.take_up_by)),
        )
        for concern in concerns[:MOST_LISTED]
    ]
    return message(
        say("waiting.title"),
        *lines,
        *and_more(concerns, say),
        say("waiting.typing"),
        say=say,
        actions=[
            (say("button.waiting.open", reference=each.reference), "concern.open", about(each))
            for each in concerns[:MOST_BUTTONS]
        ],
    )


def and_more(concerns: Sequence[Concern], say: Say) -> list[str]:
    """Say how many a list leaves out, if any."""
    left = len(concerns) - MOST_LISTED
    return [say("waiting.more", count=left)] if left > 0 else []


UNSAID = {"reporter.shielded", WITHDRAWAL_ASKED, WITHDRAWAL_KEPT}
NO_ROUTE = ("reject.", "elsewhere.")  # why it ended, which is no reason for its being here
TASKS: Mapping[NoticeKind, str] = {
    NoticeKind.CONCERN_WAITING: "waiting",
    NoticeKind.CONCERN_GRAVE: "grave",
    NoticeKind.CONCERN_REMINDER: "reminder",
    NoticeKind.CONCERN_OVERDUE: "overdue",
    NoticeKind.CONCERN_ADDED: "more",
    NoticeKind.CONCERN_NO_RECEIVER: "no_receiver",
    NoticeKind.CONCERN_MATCH: "match",
    NoticeKind.WITHDRAWAL_ASKED: "asked_back",
}
# What has happened stays true, however the concern stands later.
NEWS = frozenset(
    {
        NoticeKind.CONCERN_ADDED,
        NoticeKind.CONCERN_MATCH,
        NoticeKind.WITHDRAWAL_ASKED,
    }
)


def task(concern: Concern, kind: NoticeKind, *, say: Say) -> Shown:
    """Tell somebody that a concern waits for them, without repeating what was confided.

    The level is not named either (AC-OUT-05).
    """
    name = TASKS[kind]
    title = say(f"task.{name}_title", reference=concern.reference)
    body = say(
        f"task.{name}_body",
        area=area_name(concern, say),
        date=say.day(local_date(concern.take_up_by)),
    )
    open_it = (say("button.concern.open"), "concern.open", about(concern))
    shown = message(title, body, say=say, actions=[open_it])
    return shown if kind in NEWS else with_refresh(shown, concern)


def stands(
    concern: Concern,
    *,
    by_me: bool,
    say: Say,
    waits_as: NoticeKind = NoticeKind.CONCERN_WAITING,
) -> Shown:
    """Show the task as things stand: waiting, taken up by somebody, or no longer here."""
    if concern.status in WAITING:
        return task(concern, waits_as, say=say)
    state = "taken_up_by_me" if by_me else concern.status.value
    taken_up = concern.status is Status.TAKEN_UP
    on = ("concern.open", about(concern)) if taken_up else ("concern.waiting", {})
    return message(
        say("task.stands_title", reference=concern.reference),
        say(f"task.stands_{state}"),
        say=say,
        actions=[(say(f"button.{on[0]}"), *on)],
    )


def with_refresh(shown: Shown, concern: Concern) -> Shown:
    """Let Teams ask for the card as things stand when it is seen again (teams.md §2)."""
    card = dict(shown.card or {})
    card["refresh"] = {
        "action": {
            "type": "Action.Execute",
            "title": "refresh",
            "verb": "concern.stand",
            "data": about(concern),
        }
    }
    return Shown(words=shown.words, summary=shown.summary, card=card)


def ping(concern: Concern, *, say: Say) -> Shown:
    """Tell the group's channel that there is something: reference and area only (CON-7)."""
    words = say("task.ping", reference=concern.reference, area=area_name(concern, say))
    return Shown(words=words, summary=words)


def relation_question(concern: Concern, *, name: str, say: Say) -> Shown:
    """Ask for a near relation before anything is read (INH-2). Only the name is shown."""
    title = say("relation.title", reference=concern.reference)
    body = say("relation.body")
    who = name or say("relation.no_name")
    answers = [("concern.clear", "no"), ("concern.step_aside", "yes")]
    return Shown(
        words="\n".join(
            [title, body, plain(who), say("relation.typing", reference=concern.reference)]
        ),
        summary=title,
        card=blocks.card(
            blocks.heading(title),
            blocks.paragraph(body),
            blocks.name(who),
            blocks.small(say("relation.why")),
            say=say,
            summary=title,
            actions=[
                blocks.button(say(f"relation.{answer}"), verb, about(concern))
                for verb, answer in answers
            ],
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A concern laid out for somebody who may read it."""

    concern: Concern
    group: str
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]] = field(repr=False)
    additions: Sequence[Addition] = field(default=(), repr=False)
    police: bool = False
    protected: bool = False
    ways: Sequence[str] = ()  # the verbs this person may use on it now


def reading(read: Reading, *, say: Say) -> Shown:
    """Show a concern to somebody who opened it."""
    concern = read.concern
    title = say("reading.title", reference=concern.reference)
    body: list[Piece] = [blocks.heading(title)]
    lines = [title]
    marks = [("police", read.police), ("protected", read.protected), ("purpose", True)]
    for mark, applies in marks:
        if applies:
            body.append(blocks.notice(say(f"reading.{mark}")))
            lines.append(say(f"reading.{mark}"))
    where = [
        (say("reading.state"), say(f"reading.state_{concern.status.value}")),
        (say("reading.area"), area_name(concern, say)),
        (say("reading.group"), unmarked(read.group)),
        (say("reading.take_up_by"), say.day(local_date(concern.take_up_by))),
        (say("reading.why_here"), _reasons(concern, say)),
    ]
    body.append(blocks.facts(where))
    lines += [f"{name}: {value}" for name, value in where]
    for heading, answers in read.sections:
        body.append(blocks.label(heading))
        lines.append(heading)
        body += [blocks.answer(label, value) for label, value in answers]
        lines += [f"{label}: {plain(value)}" for label, value in answers]
    for addition in read.additions:
        when = f"{addition.at.astimezone(COPENHAGEN):%d.%m.%Y %H.%M}"
        body += [blocks.label(say("reading.added", when=when)), blocks.quote(addition.text)]
        lines.append(f"{say('reading.added', when=when)}: {plain(addition.text)}")
    return Shown(
        words="\n".join(lines),
        summary=title,
        card=blocks.card(*body, say=say, summary=title, actions=_ways_on(read, say)),
    )


def _reasons(concern: Concern, say: Say) -> str:
    shown = (each for each in concern.reasons if each not in UNSAID)
    return "; ".join(say(each) for each in shown if not each.startswith(NO_ROUTE))


def _ways_on(read: Reading, say: Say) -> list[Piece]:
    here = about(read.concern)
    return [blocks.button(say(f"button.{verb}"), verb, here) for verb in read.ways]


def handled(concern: Concern, key: str, *, say: Say, **facts: object) -> Shown:
    """Confirm what was just done with a concern, and lead on to the next."""
    return message(
        say(f"handled.{key}_title", reference=concern.reference),
        say(f"handled.{key}_body", **facts),
        say=say,
        actions=[(say("button.concern.waiting"), "concern.waiting", {})],
    )


def taken_up(concern: Concern, ways: Sequence[str], *, say: Say) -> Shown:
    """Confirm that it was taken up, and lead on to a case, for who may open one, or back to it."""
    here = about(concern)
    on = [verb for verb in ways if verb == "concern.to_case"]
    return message(
        say("handled.taken_up_title", reference=concern.reference),
        say("handled.taken_up_body"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, here) for verb in (*on, "concern.open")],
    )
