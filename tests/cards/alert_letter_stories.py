"""The stories of an alert's letters: each state, each answer, and at their fullest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, product
from uuid import UUID

from cards import alert_calls, alert_letters, alert_steering
from cards.alert_letters import Letter, Occasion
from domain.alert_calls import Silent
from domain.alerts import Alert, AlertState, Level, Recipient, Reply, Via, Why
from domain.areas import AREAS
from domain.delivery import DeliveryState
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import Authority
from scheduler.draw_alerts import draw_letters
from tests.cards.guests import Gallery
from tests.cards.trial_stories import CROWD, NASTY_NAME
from tests.integration.usecases.alarming import ORDER
from tests.support.acts_alert_replies import TO_LARS
from tests.support.town import DORTE, LARS, SOFIE
from usecases.activate_alert import activate_alert
from usecases.correct_alert import call_off

LONG = f"{NASTY_NAME} " * 9
EVERYWHERE = frozenset(each.code for each in AREAS)
A_MINUTE = timedelta(minutes=1)


async def alert_letter_stories(gallery: Gallery) -> None:
    """Alert Lars twice; let him answer, and Dorte note what he says."""
    first = await _alerts(gallery, 61)
    lars = gallery.guest(LARS, "alerted")
    await gallery.letter(NoticeKind.ALERT, first.id, LARS)
    await lars.types(f"mit svar {first.reference}")
    for reply in Reply:
        await lars.presses("alert.reply", reply=reply)
    await lars.types(f"svar {first.reference} deltager")
    await lars.types(f"svar {first.reference} måske")
    await lars.types("kan ikke")
    second = await _alerts(gallery, 62)
    lars = gallery.guest(LARS, "alerted twice")
    await lars.types("svar")
    await lars.presses("alert.join", alert=str(second.id))
    await lars.types("jeg deltager")
    await gallery.guest(SOFIE, "not alerted").types("svar")
    await _noted(gallery, second)
    async with gallery.database.transaction() as tx:
        await call_off(tx, id=first.id, by=DORTE, because="Det var en fest", now=gallery.now)
    await gallery.letter(NoticeKind.ALERT_FALSE, first.id, LARS)
    await gallery.guest(LARS, "false alarm").types(f"mit svar {first.reference}")
    await gallery.letter(NoticeKind.ALERT_CORRECTED, second.id, LARS)
    for kind, drill in product(alert_steering.TOLD, (False, True)):
        told = alert_steering.told(
            replace(second, drill=drill), kind, because="Det var en fest", say=gallery.say
        )
        gallery.hang(f"notice {kind}", told)
    await _by_mail(gallery, second)
    _every_state(gallery, second)
    _at_their_fullest(gallery, second)


async def _alerts(gallery: Gallery, number: int) -> Alert:
    order = replace(ORDER, id=UUID(int=number), audience=TO_LARS, another=True)
    gallery.now += timedelta(minutes=30)
    async with gallery.database.transaction() as tx:
        return await activate_alert(tx, order, by=DORTE, now=gallery.now - A_MINUTE)


async def _noted(gallery: Gallery, alert: Alert) -> None:
    async with gallery.database.transaction() as tx:
        await tx.recipients.answer(
            alert.id, LARS.id, Reply.RECEIVED, via=Via.TEAMS, by=LARS.id, now=gallery.now
        )
    dorte = gallery.guest(DORTE, "telephones")
    await dorte.types(f"alarm {alert.reference}")
    await dorte.presses("alert.silent")
    await dorte.presses("alert.confirm", person="")
    await dorte.presses("alert.confirm", person=LARS.id, reply="joining", via="c3")
    await dorte.types(f"ring op {alert.reference}")
    await dorte.types(f"bekræft {alert.reference} {LARS.name} modtaget")


async def _by_mail(gallery: Gallery, alert: Alert) -> None:
    notice = Notice(
        kind=NoticeKind.ALERT,
        about=alert.id,
        due_at=gallery.now,
        person=LARS.id,
        tier=Tier.ALERT_LEADERS,
        round=2,
        medium=Medium.EMAIL,
    )
    async with gallery.database.transaction() as tx:
        [shown] = await draw_letters(tx, [notice], now=gallery.now)
    gallery.hang("alert by mail", shown)


def _every_state(gallery: Gallery, alert: Alert) -> None:
    """See the letter in each state, with each answer, to each who gets it."""
    for number, letter in enumerate(_letters(alert)):
        gallery.hang(f"alert letter {number:02}", alert_letters.letter(letter, say=gallery.say))


def _letters(alert: Alert) -> Iterator[Letter]:
    """Each state for each occasion, live and in a drill; and each answer at least once."""
    states = (AlertState.ACTIVATED, AlertState.CLOSED, AlertState.FALSE_ALARM)
    answers = cycle([(None, None), *product(Reply, Via)])
    for at, (drill, state, occasion) in enumerate(product((False, True), states, Occasion)):
        reply, via = next(answers)
        yield Letter(
            alert=replace(
                alert,
                drill=drill,
                state=state,
                level=[*Level][at % 3],
                closed_at=alert.leaves_at,
            ),
            own=_recipient(alert, [*Why][at % 4], reply, via),
            by=DORTE.name,
            instead_of=SOFIE.name if at % 2 else "",
            because="Det var en fest" if state is AlertState.FALSE_ALARM else "",
            occasion=occasion,
            by_mail=bool(at % 2),
        )


def _recipient(
    alert: Alert, why: Why, reply: Reply | None = None, via: Via | None = None
) -> Recipient:
    return Recipient(
        alert=alert.id,
        person=LARS.id,
        authority=Authority.BUF,
        areas=frozenset(),
        tier=Tier.ALERT_LEADERS,
        why=why,
        added_at=alert.leaves_at,
        reply=reply,
        replied_at=alert.leaves_at if reply else None,
        via=via,
    )


def _at_their_fullest(gallery: Gallery, alert: Alert) -> None:
    """Every area, the longest words, and everybody to telephone."""
    say = gallery.say
    told = replace(alert.situation, happened=LONG, where=LONG, stands=LONG, done=LONG, needs=LONG)
    full = replace(
        alert,
        situation=told,
        title="Uro " * 15,
        audience=replace(alert.audience, areas=EVERYWHERE),
    )
    letter = Letter(alert=full, own=_recipient(full, Why.SUBSTITUTE), by=NASTY_NAME)
    gallery.hang(
        "alert at its fullest", alert_letters.letter(replace(letter, because=LONG), say=say)
    )
    gallery.hang(
        "alert among others at its fullest", alert_letters.letter(letter, others=True, say=say)
    )
    gallery.hang("several alerts", alert_letters.several([letter] * 5, say=say))
    drill = replace(letter, alert=replace(full, drill=True))
    gallery.hang("several drills", alert_letters.several([drill] * 2, say=say))
    silent = [Silent(person=each, recipient=letter.own) for each in CROWD]
    missed = [(each, DeliveryState.BLOCKED) for each in CROWD]
    gallery.hang("alert not reached", alert_calls.unreached(full, missed, say=say))
    gallery.hang("call list at its fullest", alert_calls.to_call(full, silent, say=say))
    of_one = alert_calls.to_call(full, silent[:3], authority=Authority.KP, say=say)
    gallery.hang(f"notice {NoticeKind.ALERT_CALL_LIST}", of_one)
