"""What an alert's page shows and offers: each slice of readiness has its line here."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from cards import alerts as cards
from cards.delivery import Button, Part
from dialogs import (
    alert_briefing,
    alert_end,
    alert_logbook,
    alert_meetings,
    alert_replies,
    alert_roles,
    evaluations,
    plan_pages,
    plan_sharing,
    situations,
)
from dialogs.turns import Turn
from domain.alert_states import HAS_PERIOD
from domain.alerts import UNDO_WITHIN, Level
from storage.database import Transaction
from usecases.see_alert import AlertSeen

MOST_MAIN = 5  # and the way to the rest: a card has room for six (teams.md §7.8)
PER_PAGE = 5
PAGES = tuple(map(str, range(1, 10)))

Offered = Callable[[AlertSeen], bool]
Tells = Callable[[Transaction, Turn, AlertSeen], Awaitable[Sequence[Part]]]


def always(_: AlertSeen) -> bool:
    return True


def while_open(seen: AlertSeen) -> bool:
    return seen.is_open


def acting(seen: AlertSeen) -> bool:
    """Whether somebody may act on it, and there is something left to act on."""
    return seen.acts and seen.is_open


def _acting_on_sent(seen: AlertSeen) -> bool:
    return acting(seen) and seen.has_left


def _can_be_undone(seen: AlertSeen) -> bool:
    return acting(seen) and not seen.has_left


def _waits(seen: AlertSeen) -> bool:
    """Whether there is something to wait for: the seconds of level 3, or the night."""
    long = seen.alert.leaves_at - seen.now > UNDO_WITHIN
    return _can_be_undone(seen) and (long or seen.alert.level is Level.FULL)


def _is_answered(seen: AlertSeen) -> bool:
    return seen.alert.level is not Level.ORIENTATION


def _is_paused(seen: AlertSeen) -> bool:
    until = seen.alert.paused_until
    return acting(seen) and until is not None and until > seen.now


def _climbs(seen: AlertSeen) -> bool:
    return _acting_on_sent(seen) and _is_answered(seen) and not _is_paused(seen)


def _can_be_raised(seen: AlertSeen) -> bool:
    return _acting_on_sent(seen) and seen.alert.level is Level.COORDINATION


def _can_be_lowered(seen: AlertSeen) -> bool:
    """Whether it can be stood down to orientation: no plan of it is in force (BER-10, BER-58)."""
    before = seen.alert.state not in HAS_PERIOD
    return _acting_on_sent(seen) and _is_answered(seen) and before


async def _nothing(_: Transaction, __: Turn, ___: AlertSeen) -> Sequence[Part]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One thing about an alert: what is told of it, and the button that leads to it.

    :param verb: about ALERT; its words are `button.<verb>`. Empty where nothing is pressed.
    :param offered: to whom, and when; the use case asks again.
    :param main: on the page itself while there is room; the rest is behind "more".
    :param tells: what the page says of it, to everybody who may read the alert.
    """

    verb: str = field(default="", repr=False)
    offered: Offered = always
    main: bool = False
    tells: Tells = _nothing


# What matters first comes first: buttons and parts come in this order.
SECTIONS: tuple[Section, ...] = (
    Section(
        verb="alert.mine",
        offered=alert_replies.is_asked,
        main=True,
        tells=alert_replies.own_answer,
    ),
    Section(verb="alert.undo", offered=_can_be_undone, main=True),
    Section(verb="alert.send_now", offered=_waits, main=True),
    Section(verb="alert.resume", offered=_is_paused, main=True),
    Section(verb="alert.silent", offered=alert_replies.calls, main=True),
    Section(verb="alert.answers", offered=_is_answered),
    Section(verb="alert.correct", offered=_acting_on_sent),
    Section(verb="alert.lower", offered=_can_be_lowered),
    Section(verb="alert.call_off", offered=_acting_on_sent),
    Section(verb="alert.raise", offered=_can_be_raised),
    Section(verb="alert.pause", offered=_climbs),
    Section(
        verb="actionplan.of",
        offered=plan_pages.reads_plan,
        main=True,
        tells=plan_pages.on_the_alert,
    ),
    Section(verb="actionplan.make", offered=plan_pages.lacks_plan, main=True),
    Section(
        verb="alertshare.of",
        offered=plan_sharing.has_plan,
        tells=plan_sharing.on_the_alert,
    ),
    Section(verb="alertshare.brief", tells=alert_briefing.who_is_told),
    Section(tells=alert_briefing.who_else_hears),
    Section(verb="alertshare.c3", offered=acting, tells=alert_briefing.is_sent_by_c3),
    Section(
        verb="sitrep.begin",
        offered=situations.reports,
        main=True,
        tells=situations.on_the_alert,
    ),
    Section(
        verb="alertmeet.show",
        offered=while_open,
        main=True,
        tells=alert_meetings.on_the_alert,
    ),
    Section(verb="alertlog.show", offered=alert_logbook.reads, main=True),
    Section(verb="alertlog.note", offered=alert_logbook.writes),
    Section(verb="alertmeet.call", offered=alert_meetings.calls_one),
    Section(verb="alertmeet.decide", offered=alert_meetings.decides),
    Section(verb="sitrep.show", offered=situations.sees),
    Section(verb="alertrole.offer", offered=alert_roles.hands_over),
    Section(verb="alertend.page", offered=alert_end.offered, main=True, tells=alert_end.tells),
    Section(verb="evaluation.open", offered=evaluations.offered, main=True),
    Section(verb="board.of"),
    Section(verb="alertpaper.of"),
)


async def told(tx: Transaction, turn: Turn, seen: AlertSeen) -> list[Part]:
    """Gather what every slice tells of it."""
    return [part for each in SECTIONS for part in await each.tells(tx, turn, seen)]


def on_the_page(seen: AlertSeen, turn: Turn) -> list[Button]:
    """Make the buttons of the page: what matters most, and the way to the rest."""
    main, rest = _split(seen)
    return [*_buttons(main, seen, turn), *([_more(seen, turn, 1)] if rest else [])]


def behind_it(seen: AlertSeen, turn: Turn, page: int) -> list[Button]:
    """Make the buttons of one page of the rest; the last leads on, or back."""
    _, rest = _split(seen)
    shown = rest[(page - 1) * PER_PAGE : page * PER_PAGE]
    back = (turn.say("button.alert.back"), "alert.open", cards.about_alert(seen.alert))
    is_last = page * PER_PAGE >= len(rest)
    return [*_buttons(shown, seen, turn), back if is_last else _more(seen, turn, page + 1)]


def _split(seen: AlertSeen) -> tuple[list[Section], list[Section]]:
    offered = [each for each in SECTIONS if each.verb and each.offered(seen)]
    if len(offered) <= MOST_MAIN:
        return offered, []
    main = [each for each in offered if each.main][:MOST_MAIN]
    return main, [each for each in offered if each not in main]


def _buttons(sections: Sequence[Section], seen: AlertSeen, turn: Turn) -> list[Button]:
    data = cards.about_alert(seen.alert)
    return [(turn.say(f"button.{each.verb}"), each.verb, data) for each in sections]


def _more(seen: AlertSeen, turn: Turn, page: int) -> Button:
    data = {**cards.about_alert(seen.alert), "page": str(page)}
    return turn.say("button.alert.more"), "alert.more", data
