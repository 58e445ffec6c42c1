"""Efforts as they are shown: the list with the pool, one effort, and what is told of it."""

from collections.abc import Collection, Mapping, Sequence

from cards import blocks
from cards.delivery import Button, Part, aside, counted, headed, named, sheet, warned
from cards.forms import message
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.areas import area
from domain.dates import local_date
from domain.effort_dues import dues
from domain.efforts import Effort, EffortState
from domain.money import in_kroner
from domain.notices import NoticeKind

MOST_LISTED = 20
MOST_BUTTONS = 3
WAYS = (  # in this order
    *("effort.assess", "effort.approve", "effort.refuse", "effort.override"),
    *("effort.evaluate", "effort.settle", "effort.withdraw"),
)
TASKS: Mapping[NoticeKind, str] = {
    NoticeKind.EFFORT_APPLIED: "applied",
    NoticeKind.EFFORT_ASSESSED: "assessed",
    NoticeKind.EFFORT_DECIDED: "decided",
    NoticeKind.EFFORT_DUE: "due",
}


def about_effort(effort: Effort) -> dict[str, Json]:
    """Say what a button carries: which effort, and which version was seen (AC-CARD-01)."""
    return about("effort", effort.id, effort.version)


def pool_line(year: int, *, amount: int, left: int, say: Say) -> str:
    """Say what the year's pool is and has left, from øre (EFF-3)."""
    return say("efforts.pool", year=year, amount=in_kroner(amount), left=in_kroner(left))


def listed(
    efforts: Sequence[Effort], *, top: Sequence[str], ways: Sequence[str], say: Say
) -> Shown:
    """List efforts by number, title and state."""
    lines = [
        say(
            "efforts.line",
            reference=each.reference,
            title=unmarked(each.title),
            kind=say(f"effort.kind.{each.kind}"),
            state=say(f"efforts.state_{each.state}"),
            amount=in_kroner(each.taken or each.amount),
        )
        for each in efforts[:MOST_LISTED]
    ]
    left = len(efforts) - MOST_LISTED
    open_: list[Button] = [
        (say("button.efforts.open", reference=each.reference), "effort.open", about_effort(each))
        for each in efforts[:MOST_BUTTONS]
    ]
    own: list[Button] = [(say(f"button.{verb}"), verb, {}) for verb in ways]
    return message(
        say("efforts.title"),
        *top,
        *(lines or [say("efforts.none")]),
        *([say("efforts.more", count=left)] if left > 0 else []),
        say=say,
        actions=[*open_, *own] or [(say("button.help"), "help", {})],
    )


def opened(
    effort: Effort,
    *,
    names: Mapping[str, str],
    committee: str,
    pool: str,
    ways: Collection[str],
    say: Say,
) -> Shown:
    """Show an effort from its application to its last evaluation."""
    parts = [
        named(effort.title),
        counted(_facts(effort, names=names, committee=committee, say=say)),
        *([aside(pool)] if pool else []),
        *_written([(say("effort_refuse.reason.label"), effort.decision)]),
        *_written(
            [
                (say("effort.purpose.label"), effort.purpose),
                (say("effort.together.label"), effort.criteria.together),
                (_relevance(effort, say), effort.criteria.relevance),
                (say("effort.knowledge.label"), effort.criteria.knowledge),
            ]
        ),
        *_assessed(effort, say),
        *_written(
            [
                (say("effort_override.reason.label"), effort.override),
                *(
                    (say(f"effort_evaluate.stage.{each.stage}"), each.words)
                    for each in effort.evaluations
                ),
                (say("effort_settle.words.label"), effort.settlement),
            ]
        ),
    ]
    return sheet(
        say("efforts.opened_title", reference=effort.reference),
        parts,
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_effort(effort)) for verb in WAYS if verb in ways
        ]
        or [(say("button.effort.list"), "effort.list", {})],
    )


def _facts(
    effort: Effort, *, names: Mapping[str, str], committee: str, say: Say
) -> list[tuple[str, str]]:
    period = say("efforts.period", since=say.day(effort.from_on), until=say.day(effort.to_on))
    facts = [
        (say("efforts.state"), say(f"efforts.state_{effort.state}")),
        (say("efforts.amount"), in_kroner(effort.amount)),
        (say("efforts.kind"), say(f"effort.kind.{effort.kind}")),
        (say("efforts.areas"), ", ".join(area(code).name for code in effort.areas)),
        (say("efforts.parties"), ", ".join(say(f"authority.{each}") for each in effort.parties)),
        (say("efforts.lead"), unmarked(names.get(effort.lead, ""))),
        (
            say("efforts.contact"),
            f"{unmarked(names.get(effort.contact, ''))} ({unmarked(committee)})",
        ),
        (say("efforts.when"), period),
    ]
    if effort.spent is not None:
        facts.append((say("efforts.spent"), in_kroner(effort.spent)))
    owed = [(say(f"efforts.due_{due}"), say.day(on)) for due, on in dues(effort)]
    return [*facts, *owed]


def _relevance(effort: Effort, say: Say) -> str:
    return say("effort.evidence.label" if effort.criteria.relevant else "effort.reason.label")


def _assessed(effort: Effort, say: Say) -> list[Part]:
    if effort.assessment is None:
        return []
    said, to_decide = effort.assessment, effort.state is EffortState.ASSESSED
    yes_no = {True: say("choice.yes"), False: say("choice.no")}
    return [
        headed(say("efforts.assessed_on", date=say.day(local_date(said.at)))),
        *_written(
            [
                (say("effort_assess.parties.label"), yes_no[said.parties]),
                (say("effort_assess.relevant.label"), yes_no[said.relevant]),
                (say("effort_assess.words.label"), said.words),
            ]
        ),
        *([warned(say("efforts.not_refused"))] if to_decide and not said.relevant else []),
    ]


def _written(pairs: Sequence[tuple[str, str]]) -> list[Part]:
    return [
        Part(piece=blocks.answer(label, value), words=f"{label}: {plain(value)}")
        for label, value in pairs
        if value
    ]


def pool_set(year: int, *, amount: int, say: Say) -> Shown:
    """Confirm how large a year's pool is, from øre."""
    return message(
        say("pool.done_title"),
        say("pool.done_body", year=year, amount=in_kroner(amount)),
        say=say,
        actions=[(say("button.effort.list"), "effort.list", {})],
    )


def done(effort: Effort, what: str, *, say: Say) -> Shown:
    """Say that something was done with it, and lead back to it."""
    return message(
        say(f"efforts.{what}_title", reference=effort.reference),
        say(f"efforts.{what}_body"),
        say=say,
        actions=[(say("button.effort.open"), "effort.open", about_effort(effort))],
    )


def told(effort: Effort, kind: NoticeKind, *, say: Say) -> Shown:
    """Tell somebody that an effort waits for them, or was decided, by its number (AC-OUT-05)."""
    refused = kind is NoticeKind.EFFORT_DECIDED and effort.state is EffortState.REFUSED
    return done(effort, "told_refused" if refused else f"told_{TASKS[kind]}", say=say)
