"""One measure as it is shown: a line in a list, a page of its own, and what waits for somebody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards.alert_words import drilled, one_line, standing_lines
from cards.delivery import Button, Part, aside, lined, moment, named, said, sheet
from cards.plain import unmarked
from cards.plan_views import party_name
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.people import PersonId
from domain.plan_measures import Measure, MeasureState

MOST_LISTED = 15
MOST_BUTTONS = 4
WAYS = (  # in this order
    *("measure.start", "measure.done", "measure.unable", "measure.take_back"),
    *("measure.change", "measure.drop"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A measure, with what its plan says of it.

    :param number: by which it is typed, with the reference; empty where the plan has none.
    """

    measure: Measure
    plan: ActionPlan
    number: int
    reference: str
    names: Mapping[PersonId, str] = field(repr=False)


def about_measure(measure: Measure) -> dict[str, Json]:
    """Say what a button carries: which measure, and which version was seen (AC-CARD-01)."""
    return about("measure", measure.id, measure.version)


def state(measure: Measure, *, now: datetime, say: Say) -> str:
    """Name where it stands; what is late says so in words (BER-67)."""
    late = measure.is_overdue(now)
    if late and measure.state is MeasureState.UNDER_WAY:
        return say("measure.under_way_late")
    return say("figure.measure_overdue" if late else f"figure.measure_{measure.state}")


def line(placed: Placed, *, now: datetime, say: Say) -> str:
    """Tell a measure on one line: what, whose, by when, and how it stands."""
    measure = placed.measure
    return say(
        "measure.line",
        number=placed.number,
        what=unmarked(one_line(measure.title)),
        party=measure.party.value,
        owner=_name(placed, measure.owner, say),
        due=moment(measure.due_at, say),
        state=state(measure, now=now, say=say),
    )


def _name(placed: Placed, person: PersonId | None, say: Say) -> str:
    return unmarked(placed.names.get(person, "")) if person else say("measure.nobody")


def page(
    placed: Placed, *, ways: Collection[str], back: Button, now: datetime, say: Say, top: str = ""
) -> Shown:
    """Show one measure, and what this person may do with it now."""
    measure = placed.measure
    title = say("measure.title", reference=placed.reference, number=placed.number)
    buttons: list[Button] = [
        (say(f"button.{verb}"), verb, about_measure(measure)) for verb in WAYS if verb in ways
    ]
    return sheet(
        drilled(title, drill=placed.plan.drill, say=say),
        [
            *([said(top)] if top else []),
            named(one_line(measure.title)),
            *lined(_facts(placed, now=now, say=say)),
            *([aside(say("measure.wordless"))] if measure.wordless else []),
            aside(standing_lines(say)[1]),
        ],
        say=say,
        actions=[*buttons, back],
    )


def _facts(placed: Placed, *, now: datetime, say: Say) -> list[tuple[str, str]]:
    measure, names = placed.measure, placed.names
    ended = names.get(measure.ended_by, "") if measure.ended_by else ""
    told = {
        "plan_view.column_state": state(measure, now=now, say=say),
        "plan_view.column_due": moment(measure.due_at, say),
        "plan_view.column_party": party_name(measure.party, say=say),
        "plan_view.column_owner": _named(names, measure.owner) or say("measure.nobody"),
        "plan_view.column_substitute": _named(names, measure.substitute),
        "plan_view.column_assists": one_line(measure.assists),
        "plan_view.column_target_group": one_line(measure.target_group),
        "plan_view.column_place": one_line(measure.place),
        "plan_view.column_words": one_line(measure.note),
        "measure.reason": one_line(measure.reason),
        "measure.ended": say(
            "measure.ended_by", name=one_line(ended), when=moment(measure.ended_at, say)
        )
        if measure.ended_at
        else "",
    }
    return [(say(key), value) for key, value in told.items() if value]


def _named(names: Mapping[PersonId, str], person: PersonId | None) -> str:
    return one_line(names.get(person, "")) if person else ""


def mine(waiting: Sequence[Placed], *, now: datetime, say: Say) -> Shown:
    """List what waits for somebody in all plans that run; a drill says so on each line."""
    return sheet(
        say("measure.mine_title"),
        [
            *lines(waiting[:MOST_LISTED], now=now, say=say),
            *([] if waiting else [said(say("measure.mine_none"))]),
            *left_out(waiting, say=say),
            *([aside(say("measure.typing"))] if waiting else []),
        ],
        say=say,
        actions=opens(waiting, say=say) or [(say("button.help"), "help", {})],
    )


def left_out(waiting: Sequence[Placed], *, say: Say) -> list[Part]:
    """Say how many there was no room for."""
    left = len(waiting) - MOST_LISTED
    return [aside(say("measure.mine_more", count=left))] if left > 0 else []


def lines(waiting: Sequence[Placed], *, now: datetime, say: Say) -> list[Part]:
    """Tell measures of several plans, each with the number of its plan."""
    return [
        said(
            drilled(
                say("measure.placed", reference=each.reference, line=line(each, now=now, say=say)),
                drill=each.plan.drill,
                say=say,
            )
        )
        for each in waiting
    ]


def opens(waiting: Sequence[Placed], *, say: Say) -> list[Button]:
    """Make a button for each of the first."""
    return [
        (
            say("button.measures.open", reference=each.reference, number=each.number),
            "measure.open",
            about_measure(each.measure),
        )
        for each in waiting[:MOST_BUTTONS]
    ]
