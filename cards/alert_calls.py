"""Whom to telephone about an alert, and what they said: by telephone, C3 or radio (BER-21)."""

from collections.abc import Sequence

from cards import blocks
from cards.alert_letters import OFFERED, reply_words
from cards.alert_words import drilled, toast
from cards.alerts import about_alert
from cards.delivery import Part, aside, listed, said, sheet, warned, which
from cards.shown import Shown
from cards.words import Say
from domain.alert_calls import Silent
from domain.alerts import Alert, Reply, Via
from domain.delivery import DeliveryState
from domain.people import Authority, Person

REPLY, VIA = "reply", "via"
BY_VOICE = (Via.PHONE, Via.C3, Via.RADIO)


def to_call(
    alert: Alert,
    silent: Sequence[Silent],
    *,
    say: Say,
    authority: Authority | None = None,
    news: Sequence[Part] = (),
    by_mail: bool = False,
) -> Shown:
    """List them with their telephones, and ask what they said.

    :param authority: whose they are; of all, without it.
    :param by_mail: where nothing can be pressed or typed.
    :param news: what was just done, or is to be mended.
    """
    back = (say("button.alert.open"), "alert.open", about_alert(alert))
    if not silent:
        return sheet(
            _title(alert, say),
            [*news, said(say("alert_call.nobody"))],
            say=say,
            actions=[back],
        )
    whose = "all" if authority is None else "of"
    named = "" if authority is None else say(f"authority.{authority}")
    return sheet(
        _title(alert, say),
        [
            *news,
            said(say(f"alert_call.body_{whose}", authority=named)),
            *listed([(each.person, _why(each, say)) for each in silent], say=say),
            *([] if by_mail else _asks(alert, silent, say)),
        ],
        say=say,
        actions=[(say("button.alert.confirm"), "alert.confirm", about_alert(alert)), back],
        asking="alert.confirm",
    )


def unreached(alert: Alert, people: Sequence[tuple[Person, DeliveryState]], *, say: Say) -> Shown:
    """Name to a leader those whom an alert did not reach, so that they telephone (BER-16)."""
    told = [(person, say(f"delivery.state.{state}")) for person, state in people]
    return sheet(
        _title(alert, say),
        [
            said(say("alert_call.unreached")),
            *listed(told, say=say),
            said(say("alert_call.unreached_do")),
        ],
        say=say,
        actions=[(say("button.alert.open"), "alert.open", about_alert(alert))],
    )


def _asks(alert: Alert, silent: Sequence[Silent], say: Say) -> list[Part]:
    return [
        *which([each.person for each in silent], say=say),
        *_asked(say),
        aside(say("alert_call.typing", reference=alert.reference)),
    ]


def noted(name: str, reply: Reply, via: Via, *, say: Say) -> Part:
    """Say what was written down."""
    words = reply_words(reply, say=say)
    return said(say("alert_call.noted", name=name, reply=words, via=say(f"alert_call.via_{via}")))


def to_mend(problem: str) -> Part:
    return warned(problem)


def _title(alert: Alert, say: Say) -> str:
    words = toast(
        level=alert.level,
        areas=alert.audience.areas,
        title=alert.title,
        drill=False,
        say=say,
    )
    return drilled(say("alert_call.title", toast=words), drill=alert.drill, say=say)


def _why(silent: Silent, say: Say) -> str:
    key = silent.recipient.reply or "none"
    return say(f"alert_call.so_far_{key}")


def _asked(say: Say) -> list[Part]:
    """Ask for their answer, and how it was given."""
    replies = {each.value: reply_words(each, say=say) for each in OFFERED}
    ways = {each.value: say(f"alert_call.via_{each}") for each in BY_VOICE}
    asked = (
        (REPLY, replies, Reply.JOINING.value),
        (VIA, ways, Via.PHONE.value),
    )
    return [
        Part(
            piece=blocks.choice_input(
                key, say(f"alert_call.{key}"), choices, value=value, hint=""
            ),
            words="",
        )
        for key, choices, value in asked
    ]
