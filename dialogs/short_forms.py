"""Two short forms: a citizen enquiry, and more information for a concern already sent."""

from uuid import UUID

from cards import reports as cards
from cards.shown import Shown
from dialogs.fields import Text
from dialogs.flow import Answers, Field, Flow, Step
from dialogs.turns import Turn
from domain.data_classes import DataClass
from storage.database import Transaction
from usecases.follow_concern import add_to_concern
from usecases.submit_enquiry import submit_enquiry

ABOUT = "about_concern"  # kept in the draft: which concern the addition belongs to


async def _send_enquiry(tx: Transaction, draft: UUID, answers: Answers, turn: Turn) -> Shown:
    parts = {DataClass.TEXT: {"matter": answers["matter"]}}
    enquiry = await submit_enquiry(tx, id=draft, sender=turn.person, parts=parts, now=turn.at)
    return cards.enquiry_received(enquiry, say=turn.say)


async def _send_addition(tx: Transaction, draft: UUID, answers: Answers, turn: Turn) -> Shown:
    concern = await add_to_concern(
        tx,
        id=UUID(str(answers[ABOUT])),
        addition=draft,
        by=turn.person,
        text=str(answers["more"]),
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
)
