"""Choosing the Entra group of a committee, on the committee's card."""

from uuid import UUID

from cards.forms import message
from cards.plain import unmarked
from cards.shown import Shown
from dialogs.committees import COMMITTEE
from dialogs.engine import begins, done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Verb
from dialogs.register_keeping import FACT, UUID_SHAPE
from dialogs.sent import Sent
from dialogs.turns import Turn
from storage.database import Transaction
from usecases.link_group import link_group, to_link, unlink_group


async def _load(tx: Transaction, asking: Asking) -> Given:
    committee, had = await to_link(tx, id=asking.about, by=asking.turn.person)
    return Given(title=str(committee.code), known={"group": had.group} if had else {})


async def _link(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    group = sent.text("group")
    if not group:
        left = await unlink_group(tx, id=sent.about, by=turn.person, now=turn.at)
        return message(
            turn.say("directory_link.done_title"),
            turn.say("directory_link.removed_body", committee=unmarked(left.name)),
            say=turn.say,
            actions=[(turn.say("button.directory.see"), "directory.see", {})],
        )
    committee = await link_group(tx, id=sent.about, group=UUID(group), by=turn.person, now=turn.at)
    return await done(tx, LINK, sent, turn, committee=unmarked(committee.name), group=group)


LINK = Flow(
    name="directory_link",
    about=COMMITTEE,
    load=_load,
    steps=(
        Step(
            key="what",
            fields=(
                Field(
                    key="group",
                    kind=Text(
                        at_most=36,
                        shape=UUID_SHAPE,
                        shape_problem="directory.group_id",
                        takes_cpr=True,
                    ),
                    data=FACT,
                    optional=True,
                ),
            ),
        ),
    ),
    finish=_link,
    keeps_key=False,
)
OFFER = Offer(
    verbs={"directory.link": Verb(take=begins(LINK), about=COMMITTEE)},
    flows=(LINK,),
)
