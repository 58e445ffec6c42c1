"""Who was brought into a case for a time: the list, the letter, and why not (CASE-7, CASE-8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards.delivery import MOST_NAMED, Button, Part, lined, moment, said, sheet
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.cases import Case
from domain.data_classes import DataClass
from domain.gates import Judged
from domain.grants import Grant
from domain.people import Person, PersonId

MOST_BUTTONS = 5


def not_shared(judged: Judged, *, say: Say, way_on: Button) -> Shown:
    """Say which condition failed, so that nothing was shared, and what to do (S115-8)."""
    return message(
        say("gate.shut_title"),
        *(say(f"gate.failed_{condition}") for condition in judged.failed),
        say("gate.shut_body"),
        say=say,
        actions=[way_on],
    )


def classes_named(classes: frozenset[DataClass], say: Say) -> str:
    """Name what somebody may read, in the order of the table."""
    named = [each for each in DataClass if each in classes and each is not DataClass.METADATA]
    return ", ".join(say(f"data_class.{each}") for each in named)


def grants(
    case: Case,
    valid: Sequence[Grant],
    *,
    people: Mapping[PersonId, Person],
    ways: Sequence[Button],
    say: Say,
) -> Shown:
    """List who reads a case by a grant, what of it and until when."""
    title = say("grant.list_title", reference=case.reference)
    lines = [
        said(
            say(
                f"grant.line_{each.kind}",
                number=number,
                name=unmarked(people[each.person].name),
                classes=classes_named(each.classes, say),
                until=moment(each.expires_at, say),
            )
        )
        for number, each in enumerate(valid[:MOST_NAMED], start=1)
    ]
    ends = [
        (say("button.grant.end_of", number=number), "grant.end", {"grant": str(each.id)})
        for number, each in enumerate(valid[: MOST_BUTTONS - len(ways)], start=1)
    ]
    return sheet(title, lines or [said(say("grant.none"))], say=say, actions=[*ends, *ways])


def told(
    kind: str, reference: str, *, until: datetime, case: Mapping[str, Json], say: Say
) -> Shown:
    """Tell somebody that they were brought in, by number only (AC-OUT-05)."""
    return message(
        say(f"grant.told_{kind}_title", reference=reference),
        say("grant.told_body", until=moment(until, say)),
        say=say,
        actions=[
            (say("button.case.open"), "case.open", case),
            (say("button.grant.why"), "grant.why", case),
        ],
    )


def ended(reference: str, *, say: Say) -> Shown:
    return message(
        say("grant.ended_title", reference=reference),
        say("grant.ended_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody who was brought in is asked to do, and for how long."""

    task: str = field(repr=False)
    grant: Grant


def why(case: Case, asked: Asked, *, police: bool, say: Say) -> Shown:
    """Say what they are asked to do with it, what they may read, and for what purpose only."""
    lines: list[Part] = [
        *([said(say("reading.police"))] if police else []),
        said(say("reading.purpose")),
        *_task(asked.task, say),
        said(say("grant.may_read", classes=classes_named(asked.grant.classes, say))),
        said(say("grant.until", until=moment(asked.grant.expires_at, say))),
    ]
    return sheet(
        say("grant.why_title", reference=case.reference),
        lines,
        say=say,
        actions=[(say("button.case.open"), "case.open", about("case", case.id, case.version))],
    )


def _task(task: str, say: Say) -> list[Part]:
    return lined([(say("grant.task"), task)]) if task else []
