"""Two short forms: a citizen enquiry, and more information for a concern already sent."""

from cards import reports as cards
from cards.shown import Shown
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.sent import Sent
from dialogs.things import CONCERN
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from storage.database import Transaction
from usecases import permit
from usecases.follow_concern import add_to_concern
from usecases.submit_enquiry import submit_enquiry


async def _send_enquiry(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    parts = {DataClass.TEXT: {"matter": sent.text("matter")}}
    enquiry = await submit_enquiry(tx, id=sent.id, sender=turn.person, parts=parts, now=turn.at)
    return cards.enquiry_received(enquiry, say=turn.say)


async def _added_to(tx: Transaction, asking: Asking) -> Given:
    concern, *_ = await permit.concern(
        tx, asking.turn.person, Action.ADD, asking.about, result=None, now=asking.turn.at
    )
    return Given(title=concern.reference, version=concern.version)


async def _send_addition(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    concern = await add_to_concern(
        tx,
        id=sent.about,
        addition=sent.id,
        by=turn.person,
        text=sent.text("more"),
        now=turn.at,
    )
    return cards.added(concern, say=turn.say)


ENQUIRY = Flow(
    name="enquiry",
    steps=(
        Step(
            key="matter",
            fields=(
                Field(
                    key="matter",
                    data=DataClass.TEXT,
                    kind=Text(least=20, at_most=2000, lines=True),
                ),
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_send_enquiry,
)
ADDITION = Flow(
    name="addition",
    steps=(
        Step(
            key="more",
            fields=(
                Field(
                    key="more", data=DataClass.TEXT, kind=Text(least=3, at_most=2000, lines=True)
                ),
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_send_addition,
    keeps_key=False,
    about=CONCERN,
    load=_added_to,
)
