"""What somebody reads about being away, and what the facilitators read of it."""

from collections.abc import Sequence

from cards.forms import message
from cards.plain import plain
from cards.presses import about
from cards.roles import about as colleague
from cards.shown import Shown
from cards.words import Say
from domain.absences import Absence
from domain.cases import Case
from domain.people import Person


def days(absence: Absence, *, say: Say) -> str:
    return say("absence.noted", since=say.day(absence.from_on), until=say.day(absence.to_on))


def of_colleague(person: Person, absences: Sequence[Absence], *, say: Say) -> Shown:
    """Show the Secretariat when a colleague is away, and let it be noted and ended."""
    verbs = ("absence.note", *(["absence.recall"] if absences else []))
    return message(
        say("absence_for.title", name=plain(person.name)),
        *(days_of(each, say=say) for each in absences),
        *([] if absences else [say("absence_for.none")]),
        say=say,
        summary=say("absence_for.begun"),
        actions=[(say(f"button.{verb}"), verb, colleague(person)) for verb in verbs],
    )


def days_of(absence: Absence, *, say: Say) -> str:
    """Say when somebody else is away."""
    return say("absence_for.noted", since=say.day(absence.from_on), until=say.day(absence.to_on))


def noted(absence: Absence, *, say: Say) -> Shown:
    """Confirm an absence, and say what follows from it."""
    return message(
        say("absence.done_title"),
        days(absence, say=say),
        say("absence.done_body"),
        say=say,
        actions=[(say("button.absence.end"), "absence.end", {})],
    )


def back(*, was_away: bool, say: Say) -> Shown:
    return message(
        say("absence.back_title" if was_away else "absence.none_title"),
        say("absence.back_body"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, {}) for verb in ("duty.mine", "absence.begin")],
    )


def lead_away(case: Case, absence: Absence, *, say: Say) -> Shown:
    """Tell a facilitator that a case is without its lead for a time, and nothing more."""
    return message(
        say("lead_away.title", reference=case.reference),
        say("lead_away.body", since=say.day(absence.from_on), until=say.day(absence.to_on)),
        say=say,
        actions=[(say("button.case.open"), "case.open", about("case", case.id, case.version))],
    )
