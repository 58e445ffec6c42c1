"""What those who are alerted read and answer: the letter, in each state it can be in (BER-23)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cards.alert_words import all_places, drilled, standing_lines, toast
from cards.alerts import about_alert
from cards.delivery import Button, Part, aside, counted, headed, lined, moment, said, sheet, warned
from cards.plain import plain, unmarked
from cards.shown import Json, Shown
from cards.words import Say
from domain.alerts import Alert, AlertState, Level, Recipient, Reply, Via, Why

MOST_TOGETHER = 3  # alerts on one reminder, two buttons each: a card has room for six


class Occasion(StrEnum):
    """What a letter was sent for; it changes with the alert, and keeps that."""

    FIRST = "first"
    REMINDER = "reminder"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An alert as one of those who were alerted sees it.

    :param by: who activated it.
    :param instead_of: whom they stand in for, if anybody.
    :param because: why it was called off.
    :param by_mail: where nothing can be pressed.
    """

    alert: Alert
    own: Recipient
    by: str = field(repr=False)
    instead_of: str = field(default="", repr=False)
    because: str = field(default="", repr=False)
    occasion: Occasion = Occasion.FIRST
    by_mail: bool = False

    @property
    def asks(self) -> bool:
        """Whether an answer is waited for, or can be changed."""
        return self.alert.is_open and self.alert.level is not Level.ORIENTATION


def letter(letter: Letter, *, others: bool = False, say: Say) -> Shown:
    """Say what, who, why and what to do (BER-83); or what they answered, or how it ended.

    :param others: whether another alert waits for their answer: then it leads on to that (BER-20).
    """
    alert = letter.alert
    onward = [(say("button.alert.unanswered"), "alert.unanswered", dict[str, Json]())]
    danger, no_names = standing_lines(say)
    return sheet(
        title_of(letter, say=say),
        [
            *_news(letter, say),
            counted(_facts(letter, say)),
            *_told(alert, say),
            headed(say("alert_letter.why")),
            said(_why(letter, say)),
            *([headed(say("alert_letter.do")), said(_do(letter, say))] if alert.is_open else []),
            warned(danger),
            aside(no_names),
            *_typing(letter, say),
        ],
        say=say,
        actions=[*_replies(letter, say), *(onward if others else []), _open(alert, say)],
    )


def title_of(letter: Letter, *, say: Say) -> str:
    """Say in the notification what it is about, and what has become of it (BER-17, BER-62)."""
    alert = letter.alert
    words = toast(
        level=alert.level,
        areas=alert.audience.areas,
        title=alert.title,
        drill=False,
        say=say,
    )
    occasion = letter.occasion
    if alert.is_open and occasion is Occasion.REMINDER and letter.own.reply is not None:
        occasion = Occasion.FIRST
    became = occasion.value if alert.is_open else _end(alert)
    return drilled(say(f"alert_letter.title_{became}", toast=words), drill=alert.drill, say=say)


def _end(alert: Alert) -> str:
    return "false" if alert.state is AlertState.FALSE_ALARM else "over"


def _news(letter: Letter, say: Say) -> list[Part]:
    """Say first what is new since it was sent."""
    alert, own = letter.alert, letter.own
    parts: list[Part] = []
    if not alert.is_open:
        end = _end(alert)
        when = moment(alert.closed_at, say) if alert.closed_at else say("alert_letter.now")
        parts.append(said(say(f"alert_letter.ended_{end}", when=when)))
        if letter.because:
            parts.append(said(say("alert_letter.because", words=plain(letter.because))))
    elif letter.occasion is Occasion.CORRECTION:
        parts.append(said(say("alert_letter.corrected")))
    reminds = alert.is_open and letter.occasion is Occasion.REMINDER
    if own.reply is not None or reminds:
        parts.append(own_answer(own, say=say))
    return parts


def own_answer(own: Recipient, *, say: Say) -> Part:
    """Say what somebody has answered, how and when; or that nothing has come from them."""
    if own.reply is None or own.replied_at is None:
        return said(say("alert_letter.silent"))
    return said(
        say(
            f"alert_letter.answered_{own.via or Via.TEAMS}",
            reply=reply_words(own.reply, say=say),
            when=moment(own.replied_at, say),
        )
    )


def _facts(letter: Letter, say: Say) -> list[tuple[str, str]]:
    alert = letter.alert
    return [
        (say("alerts.number"), alert.reference),
        (say("alerts.level"), say(f"alerts.level_{alert.level.value}")),
        (say("alerts.areas"), all_places(alert.audience.areas, say=say)),
        (
            say("alert_letter.who"),
            say("alerts.by_at", name=unmarked(letter.by), when=moment(alert.activated_at, say)),
        ),
    ]


def _told(alert: Alert, say: Say) -> list[Part]:
    told = alert.situation
    asked = [("happened", told.happened), ("where", told.where), ("stands", told.stands)]
    asked += [("done", told.done), ("needs", told.needs)]
    return lined([(say(f"alerts.said.{key}"), plain(words)) for key, words in asked if words])


def _why(letter: Letter, say: Say) -> str:
    own = letter.own
    named = own.why in {Why.SUBSTITUTE, Why.MANAGER} and letter.instead_of
    return say(
        f"alert_letter.why_{own.why}_for" if named else f"alert_letter.why_{own.why}",
        name=unmarked(letter.instead_of),
        place=all_places(letter.alert.audience.areas, say=say),
        authority=say(f"authority.{own.authority}"),
    )


def _do(letter: Letter, say: Say) -> str:
    if not letter.asks:
        return say("alert_letter.do_nothing")
    if letter.own.reply is not None and letter.by_mail:
        return say("alert_letter.next_by_mail")
    if letter.own.reply is not None:
        return say(f"alert_letter.next_{letter.own.reply}")
    return say("alert_letter.do_by_mail" if letter.by_mail else "alert_letter.do_answer")


def _typing(letter: Letter, say: Say) -> list[Part]:
    if not letter.asks or letter.by_mail:
        return []
    return [aside(say("alert_letter.typing", reference=letter.alert.reference))]


def _replies(letter: Letter, say: Say) -> list[Button]:
    """Offer every answer but the one that was given (BER-23)."""
    if not letter.asks:
        return []
    return [
        (reply_words(each, say=say), "alert.reply", replying(letter.alert, each))
        for each in OFFERED
        if each is not letter.own.reply
    ]


OFFERED = (Reply.JOINING, Reply.RECEIVED, Reply.SUBSTITUTE, Reply.UNABLE)


def reply_words(reply: Reply, *, say: Say) -> str:
    return say(f"alert_letter.reply_{reply}")


def replying(alert: Alert, reply: Reply) -> dict[str, Json]:
    """Say what a button carries that answers: which alert, and what."""
    return {**about_alert(alert), "reply": reply.value}


def _open(alert: Alert, say: Say) -> Button:
    return say("button.alert.open"), "alert.open", about_alert(alert)


def several(letters: Sequence[Letter], *, say: Say) -> Shown:
    """Remind of several alerts at once, each with buttons of its own (BER-20).

    Drills and what is real are never on one.
    """
    shown, left = letters[:MOST_TOGETHER], len(letters) - MOST_TOGETHER
    drill = any(each.alert.drill for each in letters)
    danger, _ = standing_lines(say)
    return sheet(
        drilled(say("alert_letter.several", count=len(letters)), drill=drill, say=say),
        [
            *(part for each in shown for part in _one_of_several(each, say)),
            *([said(say("alert_letter.and_more", count=left))] if left > 0 else []),
            said(say("alert_letter.do_several")),
            warned(danger),
        ],
        say=say,
        actions=[button for each in shown for button in _answers_to(each, say)],
    )


def _one_of_several(letter: Letter, say: Say) -> list[Part]:
    parts = [headed(title_of(letter, say=say)), own_answer(letter.own, say=say)]
    if letter.own.reply is None and letter.asks:
        parts.append(aside(say("alert_letter.typing", reference=letter.alert.reference)))
    return parts


def _answers_to(letter: Letter, say: Say) -> list[Button]:
    if not letter.asks:
        return []
    alert = letter.alert
    about = {"reference": alert.reference}
    other = (say("alert_letter.other_reply", **about), "alert.mine", about_alert(alert))
    if letter.own.reply is Reply.JOINING:
        return [other]
    joins = (say("alert_letter.join", **about), "alert.join", about_alert(alert))
    return [joins, other]


def called_off(letter: Letter, *, say: Say) -> Shown:
    """Say that it was a false alarm, why, and that nothing is to be done (BER-18)."""
    alert = letter.alert
    return sheet(
        title_of(letter, say=say),
        [
            *_news(letter, say),
            counted([(say("alerts.number"), alert.reference)]),
            headed(say("alert_letter.do")),
            said(say("alert_letter.do_no_more")),
        ],
        say=say,
        actions=[_open(alert, say)],
    )
