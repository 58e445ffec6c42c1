"""Who could not be reached: as a leader hears of it, on the call list, and in the report."""

from collections.abc import Sequence
from datetime import datetime

from cards.alert_words import drilled
from cards.delivery import (
    MOST_NAMED,
    Button,
    Part,
    aside,
    headed,
    listed,
    moment,
    phone,
    said,
    sheet,
    warned,
    which,
)
from cards.forms import message
from cards.plain import unmarked
from cards.shown import Shown
from cards.words import Say
from domain.alerts import Alert
from domain.areas import area
from domain.delivery import DeliveryState
from domain.installing import FAILED
from domain.people import Person, PersonId
from domain.reachability import Counted, Lack, Report, ToCall
from domain.trials import Trial

HELP = "help"
NAMED_OF_EACH = 15  # people who lack the same


def unreached(trial: Trial, people: Sequence[tuple[Person, DeliveryState]], *, say: Say) -> Shown:
    """Name to a leader those whom it did not reach (BER-16); the notification names nobody."""
    told = [(person, say(f"delivery.state.{state}")) for person, state in people]
    return sheet(
        say("unreached.title"),
        [
            said(say("unreached.body", when=moment(trial.begun_at, say))),
            *listed(told, say=say),
            said(say("unreached.do")),
        ],
        say=say,
        actions=[_help(say)],
    )


def call_list(
    waiting: Sequence[tuple[Person, ToCall, Alert | None]], *, say: Say, problem: str = ""
) -> Shown:
    """List who must be telephoned, who has waited longest first; on top what to mend."""
    if not waiting:
        return message(
            say("call_list.title"), say("call_list.none"), say=say, actions=[_help(say)]
        )
    lines = [_to_call(*each, say=say) for each in waiting[:MOST_NAMED]]
    left = len(waiting) - MOST_NAMED
    more = [say("delivery.person.and_more", count=left)] if left > 0 else []
    return sheet(
        say("call_list.title"),
        [
            *([warned(problem)] if problem else []),
            said(say("call_list.body")),
            *map(said, [*lines, *more]),
            *which([person for person, *_ in waiting], say=say),
            aside(say("call_list.typing")),
        ],
        say=say,
        actions=[(say("button.call_list.confirm"), "call_list.confirm", {}), _help(say)],
        asking="call_list.confirm",
    )


def _to_call(person: Person, each: ToCall, alert: Alert | None, *, say: Say) -> str:
    """Say whom to telephone, and about which alert; of a drill, that it is one (BER-62)."""
    line = say(
        "call_list.line",
        name=unmarked(person.name),
        authority=say(f"authority.{person.authority}"),
        phone=phone(person, say),
        why=say(f"delivery.state.{each.why}"),
        since=moment(each.since, say),
    )
    if alert is None:
        return line
    about = say("call_list.about", reference=alert.reference, line=line)
    return drilled(about, drill=alert.drill, say=say)


def reachability(report: Report, *, at: datetime, say: Say) -> Shown:
    """Show per authority, and per area where something is missing, who could be reached."""
    parts: list[Part] = [said(say("reachability.body", when=moment(at, say)))]
    for group in report.groups:
        if group.area is None:
            parts.append(headed(say(f"authority.{group.authority}")))
        if group.area is None or group.reachable < group.total:
            parts.append(said(_line(group, say)))
        parts += _failed(group, say) if group.area is None else []
        parts += _names(group, report, say)
    if not report.people and any(group.failed for group in report.groups):
        parts.append(aside(say("reachability.typing")))
    return sheet(say("reachability.title"), parts, say=say, actions=[_help(say)])


def _line(group: Counted, say: Say) -> str:
    place = say("reachability.no_area") if group.area is None else area(group.area).name
    reach = say("reachability.line", reachable=group.reachable, total=group.total)
    lacking = [
        say("reachability.lacking", lack=say(f"lack.{lack}"), count=count)
        for lack, count in group.counts.items()
    ]
    return " · ".join([f"**{place}**", reach, *lacking])


def _names(group: Counted, report: Report, say: Say) -> list[Part]:
    told = []
    for lack, people in group.lacking.items():
        names = [_named(each, lack, report, say) for each in people[:NAMED_OF_EACH]]
        left = len(people) - NAMED_OF_EACH
        more = [say("delivery.person.and_more", count=left)] if left > 0 else []
        named = ", ".join([*names, *more])
        told.append(aside(say("reachability.names", lack=say(f"lack.{lack}"), names=named)))
    return told


def _failed(group: Counted, say: Say) -> list[Part]:
    """Say why the app could not be put into people's Teams, and how often."""
    told = [
        say("reachability.lacking", lack=say(f"install.{why}"), count=count)
        for why, count in sorted(group.failed.items())
    ]
    return [aside(say("reachability.failed", why=" · ".join(told)))] if told else []


def _named(person: PersonId, lack: Lack, report: Report, say: Say) -> str:
    name, why = unmarked(report.people[person].name), report.installs.get(person)
    if lack is not Lack.APP_MISSING or why not in FAILED:
        return name
    return say("reachability.named", name=name, why=say(f"install.{why}"))


def tried_again(count: int, *, say: Say) -> Shown:
    """Say that the app is tried again, and for how many."""
    if not count:
        return message(
            say("install.again_title"), say("install.again_none"), say=say, actions=[_help(say)]
        )
    return message(
        say("install.again_title"),
        say("install.again_body", count=count),
        say=say,
        actions=[_help(say)],
    )


def _help(say: Say) -> Button:
    return say("button.help"), HELP, {}
