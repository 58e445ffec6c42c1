"""How an alert ends, in the chat: `afslut R2026-0001`, and what follows from there."""

from collections.abc import Sequence
from uuid import uuid4

from cards import alert_ends as cards
from cards.delivery import Part
from cards.shown import Shown
from dialogs import alert_end_forms as forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_ending import Outstanding
from domain.alert_periods import asked_for, extensions
from domain.alert_states import HAS_PERIOD, has_evaluation, may_reopen, was_undone
from domain.alerts import AlertState
from domain.dates import local_date
from storage.database import Transaction
from usecases.end_alert import see_outstanding
from usecases.extend_period import answer_extension
from usecases.see_alert import AlertSeen, see_alert


def offered(seen: AlertSeen) -> bool:
    """Whether the page about its end is offered on the alert's own page."""
    return seen.has_left and (seen.acts or seen.steers)


async def tells(tx: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Say until when it runs, and what waits for a decision."""
    asked = asked_for(await tx.alert_decisions.of(seen.alert.id))
    return cards.period_line(seen.alert, asked=asked, say=turn.say)


async def _page(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    _, left = await see_outstanding(tx, id=aim.id, by=turn.person, now=turn.at)
    decisions = await tx.alert_decisions.of(aim.id)
    asked = asked_for(decisions)
    people = await tx.people.of_ids(left.not_briefed)
    return cards.page(
        cards.Ending(
            alert=seen.alert,
            left=left,
            asked=asked,
            extensions=extensions(decisions),
            names={each.id: each.name for each in people.values()},
            now=turn.at,
        ),
        ways=_ways(seen, left, is_asked=asked is not None),
        say=turn.say,
    )


def _ways(seen: AlertSeen, left: Outstanding, *, is_asked: bool) -> list[str]:
    """Name what this person is offered now, what is likeliest first."""
    alert, acts = seen.alert, seen.acts and seen.has_left
    runs = alert.state in HAS_PERIOD
    ways = {
        "alertend.agree": is_asked and seen.steers,
        "alertend.refuse": is_asked and seen.steers,
        "alertend.hand_on": acts and seen.is_open and bool(left.measures),
        "alertend.extend": acts and runs and not (is_asked and not seen.steers),
        "alertend.normalise": acts and runs and alert.state is not AlertState.NORMALISING,
        "alertend.close": acts and seen.is_open and not left.measures,
        "evaluation.open": has_evaluation(alert),
        "alertend.reopen": acts and may_reopen(alert, now=seen.now),
        "alertend.file": acts
        and not seen.is_open
        and alert.filed_at is None
        and not was_undone(alert),
    }
    return [verb for verb, open_ in ways.items() if open_]


async def _agree(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    decided = await answer_extension(
        tx, alert=aim.id, id=uuid4(), agrees=True, by=turn.person, now=turn.at
    )
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    until = local_date(decided.until or turn.at)
    return cards.done(seen.alert, "extended", say=turn.say, until=turn.say.day(until))


OFFER = Offer(
    verbs={
        "alertend.page": Verb(take=_page, about=ALERT, words=("afslut", "end")),
        "alertend.extend": Verb(
            take=begins(forms.EXTEND), about=ALERT, words=("forlæng", "extend")
        ),
        "alertend.agree": Verb(
            take=_agree, about=ALERT, words=("godkend forlængelse", "agree extension")
        ),
        "alertend.refuse": Verb(
            take=begins(forms.REFUSE), about=ALERT, words=("afvis forlængelse", "refuse extension")
        ),
        "alertend.normalise": Verb(
            take=begins(forms.NORMALISE), about=ALERT, words=("normalisér", "normalise")
        ),
        "alertend.hand_on": Verb(
            take=begins(forms.HAND_ON), about=ALERT, words=("giv videre", "hand on")
        ),
        "alertend.close": Verb(take=begins(forms.CLOSE), about=ALERT, words=("luk", "close")),
        "alertend.reopen": Verb(
            take=begins(forms.REOPEN), about=ALERT, words=("genåbn", "reopen")
        ),
        "alertend.file": Verb(take=begins(forms.FILE), about=ALERT, words=("journalisér", "file")),
    },
    flows=forms.FORMS,
)
