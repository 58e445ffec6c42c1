"""What is seen before an alert is sent: whom it reaches and whom not, and when it leaves."""

from collections.abc import Sequence
from datetime import datetime

from cards.alert_words import standing_lines, toast_of
from cards.alerts import about_alert
from cards.delivery import MOST_NAMED, Button, moment, phone, said, sheet, warned
from cards.plain import unmarked
from cards.shown import Shown
from cards.words import Say
from domain.alert_preview import AlertPreview, Reached
from domain.alerts import UNDO_WITHIN, Alert, Level
from domain.areas import area
from domain.dates import COPENHAGEN
from domain.people import AreaCode, Person


def lines(reached: AlertPreview, *, leaves_at: datetime, now: datetime, say: Say) -> str:
    """Say in numbers whom it reaches by authority, area and channel, and name who is not.

    BER-05.
    """
    told = [
        say("alert_preview.total", total=reached.total),
        _each(
            "authorities",
            [(say(f"authority.{each}"), them) for each, them in reached.authorities.items()],
            say,
        ),
        _each("areas", [(_place(each, say), them) for each, them in reached.areas.items()], say),
        say(
            "alert_preview.channels",
            counts=", ".join(
                say("alert_preview.channel", channel=say(f"alert_channel.{each}"), count=count)
                for each, count in reached.channels.items()
                if count
            ),
        ),
        *_named(
            "unreachable", [(one, say(f"lack.{lack}")) for one, lack in reached.unreachable], say
        ),
        *_named("away", [(one, say("alert_preview.is_away")) for one in reached.away], say),
    ]
    if leaves_at - now > UNDO_WITHIN:
        told.append(say("alert_preview.waits", when=moment(leaves_at, say)))
    return "\n".join(told)


def red_lines(authorities: Sequence[str], *, say: Say) -> list[str]:
    """Say in red of which default authorities nobody can be reached."""
    return [say("alert_preview.red", authority=say(f"authority.{each}")) for each in authorities]


def _each(what: str, counts: Sequence[tuple[str, Reached]], say: Say) -> str:
    listed = [
        say("alert_preview.of", name=name, reachable=each.reachable, total=each.total)
        for name, each in counts
    ]
    return say(f"alert_preview.{what}", counts="; ".join(listed))


def _place(code: AreaCode | None, say: Say) -> str:
    return say("alert_preview.no_area") if code is None else area(code).name


def _named(what: str, people: Sequence[tuple[Person, str]], say: Say) -> list[str]:
    if not people:
        return []
    names = [
        say("alert_preview.person", name=unmarked(one.name), phone=phone(one, say), why=why)
        for one, why in people[:MOST_NAMED]
    ]
    left = len(people) - MOST_NAMED
    names += [say("delivery.person.and_more", count=left)] if left > 0 else []
    return [say(f"alert_preview.{what}", people="; ".join(names))]


def started(alert: Alert, *, now: datetime, say: Say) -> Shown:
    """Say when it leaves, and offer to take it back or to wait no longer (BER-06, BER-30)."""
    danger, _ = standing_lines(say)
    left = now >= alert.leaves_at
    when = f"{alert.leaves_at.astimezone(COPENHAGEN):%H.%M.%S}"
    waits = alert.leaves_at - now > UNDO_WITHIN
    says = (
        say("alert_started.left", reference=alert.reference)
        if left
        else say(
            "alert_started.morning", reference=alert.reference, when=moment(alert.leaves_at, say)
        )
        if waits
        else say("alert_started.soon", reference=alert.reference, time=when)
    )
    data = about_alert(alert)
    buttons: list[Button] = []
    if not left:
        buttons.append((say("button.alert.undo"), "alert.undo", data))
        if waits or alert.level is Level.FULL:
            buttons.append((say("button.alert.send_now"), "alert.send_now", data))
    buttons.append((say("button.alert.open"), "alert.open", data))
    return sheet(
        toast_of(alert, say=say),
        [said(says), warned(danger)],
        say=say,
        actions=buttons,
    )


def joined(alert: Alert, *, new: int, say: Say) -> Shown:
    """Say what was added to an open alert instead of a new one (BER-08)."""
    return sheet(
        toast_of(alert, say=say),
        [said(say("alert_started.joined", reference=alert.reference, new=new))],
        say=say,
        actions=[(say("button.alert.open"), "alert.open", about_alert(alert))],
    )
