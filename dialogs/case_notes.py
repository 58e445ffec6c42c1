"""Two things noted on a case: an underretning, and what an authority keeps to itself."""

from uuid import UUID

from cards import withholding as cards
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Day, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from storage.database import Transaction
from usecases import permit
from usecases.note_notification import Notified, note_notification
from usecases.read_case import must_be_cleared
from usecases.withhold import own_pieces, share_again, withhold

NOTIFIED = Choice(names=tuple(Notified), texts="notification.state")


async def _load_notification(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.COORDINATE, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    return Given(
        title=case.reference, version=case.version, notes=(turn.say("notification.duty"),)
    )


async def _notify(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await note_notification(
        tx,
        record=sent.id,
        id=sent.about,
        seen=sent.seen,
        notified=Notified(sent.text("notified")),
        on=sent.day("on"),
        why=sent.text("why"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, NOTIFICATION, sent, turn)


NOTIFICATION = Flow(
    name="notification",
    about=CASE,
    load=_load_notification,
    steps=(
        Step(
            key="notified",
            fields=(
                Field(key="notified", kind=NOTIFIED, data=DataClass.DECISIONS),
                Field(
                    key="on",
                    kind=Day(),
                    data=DataClass.DECISIONS,
                    shown=is_("notified", Notified.MADE),
                ),
                Field(
                    key="why",
                    kind=Text(least=10, at_most=500, lines=True),
                    data=DataClass.DECISIONS,
                    shown=is_("notified", Notified.NO_NEED),
                ),
            ),
        ),
    ),
    finish=_notify,
    keeps_key=False,
)


async def _load_pieces(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.WITHHOLD, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    own = await own_pieces(tx, id=case.id, by=turn.person, now=turn.at)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"piece": cards.pieces(own, say=turn.say)},
        notes=() if own else (turn.say("withhold.none"),),
    )


async def _withhold(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    own = await own_pieces(tx, id=sent.about, by=turn.person, now=turn.at)
    piece = UUID(sent.text("piece"))
    if any(each.id == piece and each.withheld_by is not None for each in own):
        await share_again(
            tx,
            id=sent.id,
            piece=piece,
            case_id=sent.about,
            seen=sent.seen,
            by=turn.person,
            now=turn.at,
        )
    else:
        await withhold(
            tx,
            id=sent.id,
            piece=piece,
            case_id=sent.about,
            seen=sent.seen,
            reason=sent.text("reason"),
            by=turn.person,
            now=turn.at,
        )
    return await done(tx, WITHHOLDING, sent, turn)


WITHHOLDING = Flow(
    name="withhold",
    about=CASE,
    load=_load_pieces,
    steps=(
        Step(
            key="piece",
            fields=(
                Field(key="piece", kind=Offered(), data=DataClass.DECISIONS),
                Field(
                    key="reason",
                    kind=Text(least=10, at_most=500, lines=True),
                    data=DataClass.DECISIONS,
                ),
            ),
        ),
    ),
    finish=_withhold,
    keeps_key=False,
)


OFFER = Offer(
    verbs={
        "case.notify": Verb(
            take=begins(NOTIFICATION), about=CASE, words=("underretning", "notification")
        ),
        "record.withhold": Verb(
            take=begins(WITHHOLDING), about=CASE, words=("tilbagehold", "withhold")
        ),
    },
    flows=(NOTIFICATION, WITHHOLDING),
)
