"""Word to one's own staff, and C3, in the chat: texts to copy, and what was done with them."""

from collections.abc import Sequence

from cards import alert_briefing as cards
from cards.alert_words import c3_texts, drilled
from cards.delivery import Part
from cards.shown import Shown
from cards.words import speak
from dialogs.clock import Clock, latest
from dialogs.engine import begins
from dialogs.fields import Choice
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_sharings import ShareKind, Sharing
from domain.alerts import Alert
from domain.data_classes import DataClass
from domain.people import Language, PersonId
from storage.database import Transaction
from usecases.brief_staff import BriefingSeen, brief_staff, remind_to_brief, see_briefing
from usecases.note_c3 import C3Sent, note_c3, see_c3, who_sends_c3
from usecases.permit_alert import hold_alert
from usecases.see_alert import AlertSeen, see_alert

FACT = DataClass.METADATA
TEXTS = ("short", "long", "own")


async def who_is_told(tx: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Say on the alert's page who has told their staff, and who has not (BER-49)."""
    told = await see_briefing(tx, id=seen.alert.id, by=turn.person)
    return cards.stands(told.all, names=_names(told), say=turn.say)


async def who_else_hears(_: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Tell who acts on the alert which others are to hear of it, and why (BER-12)."""
    return cards.beyond(seen.alert.audience, say=turn.say) if seen.acts else ()


async def is_sent_by_c3(tx: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Say on the alert's page when a person last sent it by C3 (BER-50)."""
    sent = await tx.sharings.of_alert(seen.alert.id, kind=ShareKind.C3)
    people = await tx.people.of_ids({each.person for each in sent if each.person is not None})
    return cards.c3_stands(
        _times(sent, {who: each.name for who, each in people.items()}), say=turn.say
    )


def _names(seen: BriefingSeen) -> dict[PersonId, str]:
    return {who: person.name for who, person in seen.people.items()}


def _times(sent: Sequence[Sharing], people: dict[PersonId, str]) -> list[cards.SentByC3]:
    return [
        cards.SentByC3(by=people.get(each.person or PersonId(""), "–"), at=each.at)
        for each in sent
    ]


async def _brief(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_briefing(tx, id=aim.id, by=turn.person)
    return _shown(turn, seen, may_remind=await _acts(tx, turn, aim))


async def _acts(tx: Transaction, turn: Turn, aim: Aim) -> bool:
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    return seen.acts and seen.is_open


def _shown(turn: Turn, seen: BriefingSeen, *, may_remind: bool) -> Shown:
    person = turn.person
    text = (
        cards.staff_text(
            seen.alert,
            seen.plan,
            authority=person.authority,
            contact=person.name,
            say=turn.say,
        )
        if seen.mine
        else ()
    )
    return cards.briefing(
        cards.BriefingCard(
            alert=seen.alert,
            all=seen.all,
            names=_names(seen),
            text=text,
            may_tick=bool(seen.mine) and seen.alert.is_open and not seen.is_mine_done,
            may_remind=may_remind,
        ),
        say=turn.say,
    )


async def _briefed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await brief_staff(tx, id=aim.id, by=turn.person, now=turn.at)
    return _shown(turn, seen, may_remind=await _acts(tx, turn, aim))


async def _remind(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    count = await remind_to_brief(tx, id=aim.id, by=turn.person, now=turn.at)
    seen = await see_briefing(tx, id=aim.id, by=turn.person)
    return cards.reminded(seen.alert, count=count, say=turn.say)


async def _c3(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_c3(tx, id=aim.id, by=turn.person)
    return cards.c3(seen.alert, _times(seen.sent, seen.people), say=turn.say)


async def _load_c3(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    alert = await hold_alert(tx, turn.person, asking.about)
    people = await who_sends_c3(tx, turn.person)
    return Given(
        title=drilled(alert.reference, drill=alert.drill, say=turn.say),
        version=alert.version,
        offers={"who": {each.id: each.name for each in people}},
        known={"who": turn.person.id},
    )


async def _c3_sent(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    alert = await hold_alert(tx, turn.person, sent.about)
    await note_c3(
        tx,
        C3Sent(
            id=sent.id,
            alert=sent.about,
            who=PersonId(sent.text("who")),
            at=latest(sent.text("hour"), now=turn.at),
            words=_words(alert, sent.text("which")),
        ),
        by=turn.person,
        now=turn.at,
    )
    return cards.c3_noted(alert, say=turn.say)


def _words(alert: Alert, which: str) -> str:
    """Keep the text as it was sent, in the language of C3; nothing where they wrote their own."""
    texts = c3_texts(alert, say=speak(Language.DA))
    return {"short": texts.short, "long": texts.long}.get(which, "")


C3 = Flow(
    name="c3_sent",
    about=ALERT,
    load=_load_c3,
    steps=(
        Step(
            key="sent",
            fields=(
                Field(key="hour", kind=Clock(), data=FACT),
                Field(key="who", kind=Offered(), data=FACT),
                Field(key="which", kind=Choice(names=TEXTS, texts="c3_sent.which"), data=FACT),
            ),
        ),
    ),
    finish=_c3_sent,
    keeps_key=False,
)
OFFER = Offer(
    verbs={
        "alertshare.brief": Verb(take=_brief, about=ALERT, words=("bagland", "brief staff")),
        "alertshare.briefed": Verb(
            take=_briefed, about=ALERT, words=("bagland orienteret", "staff briefed")
        ),
        "alertshare.remind": Verb(
            take=_remind, about=ALERT, words=("mind om bagland", "remind to brief")
        ),
        "alertshare.c3": Verb(take=_c3, about=ALERT, words=("c3", "c3 texts")),
        "alertshare.c3_sent": Verb(
            take=begins(C3), about=ALERT, words=("sendt via c3", "sent by c3")
        ),
    },
    flows=(C3,),
)
