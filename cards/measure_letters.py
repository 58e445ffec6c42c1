"""What is told of measures unasked: they are yours, they are due, nobody can do one (BER-34)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cards.alert_words import drilled
from cards.delivery import Button, Part, aside, said, sheet
from cards.measures import MOST_LISTED, Placed, about_measure, left_out, line, lines, opens
from cards.shown import Shown
from cards.words import Say
from domain.measure_reminders import ReminderKind
from domain.people import PersonId

ONE_TAP = ("measure.start", "measure.done", "measure.unable", "measure.open")


def given(waiting: Sequence[Placed], *, now: datetime, say: Say) -> Shown:
    """Tell an owner what is theirs in a plan; a single one is answered in one tap."""
    first = waiting[0]
    title = say("measure_letter.given_title", reference=first.reference)
    if len(waiting) == 1:
        return sheet(
            drilled(title, drill=first.plan.drill, say=say),
            [
                said(say("measure_letter.given_one")),
                said(line(first, now=now, say=say)),
                said(say("measure_letter.why")),
                aside(say("measure_letter.do_one")),
            ],
            say=say,
            actions=_one_tap(first, say),
        )
    return sheet(
        drilled(title, drill=first.plan.drill, say=say),
        [
            said(say("measure_letter.given_many", count=len(waiting))),
            *(said(line(each, now=now, say=say)) for each in waiting[:MOST_LISTED]),
            *left_out(waiting, say=say),
            said(say("measure_letter.why")),
            aside(say("measure_letter.do_many")),
        ],
        say=say,
        actions=[*opens(waiting, say=say), _mine(say)],
    )


def _one_tap(placed: Placed, say: Say) -> list[Button]:
    data = about_measure(placed.measure)
    return [(say(f"button.{verb}"), verb, data) for verb in ONE_TAP]


def due(
    reminded: Mapping[ReminderKind, Sequence[Placed]],
    *,
    reader: PersonId,
    drill: bool,
    now: datetime,
    say: Say,
) -> Shown:
    """Remind somebody in one message of all that is half-way, due or late.

    :param reader: who is reminded: what is their own, they answer in one tap where it is alone.
    """
    waiting = [each for kind in reversed(ReminderKind) for each in reminded.get(kind, ())]
    parts: list[Part] = []
    room = MOST_LISTED
    for kind in reversed(ReminderKind):
        shown = reminded.get(kind, ())[:room]
        if shown:
            parts += [said(say(f"measure_letter.{kind}")), *lines(shown, now=now, say=say)]
        room -= len(shown)
    parts += left_out(waiting, say=say)
    title = say("measure_letter.due_title", count=len(waiting))
    return sheet(
        drilled(title, drill=drill, say=say),
        [*parts, said(say("measure_letter.due_why")), aside(say("measure_letter.do_many"))],
        say=say,
        actions=_one_tap(waiting[0], say)
        if [each.measure.owner for each in waiting] == [reader]
        else [*opens(waiting, say=say), _mine(say)],
    )


def unable(placed: Placed, *, now: datetime, say: Say) -> Shown:
    """Tell who leads a party that an owner cannot, and that nobody stands in."""
    title = say("measure_letter.unable_title", reference=placed.reference)
    return sheet(
        drilled(title, drill=placed.plan.drill, say=say),
        [
            said(say("measure_letter.unable_body")),
            said(line(placed, now=now, say=say)),
            aside(say("measure_letter.unable_do")),
        ],
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_measure(placed.measure))
            for verb in ("measure.change", "measure.open")
        ],
    )


def _mine(say: Say) -> Button:
    return say("button.measure.mine"), "measure.mine", {}
