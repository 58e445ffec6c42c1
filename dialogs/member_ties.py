"""The forms that tie a member of a concern group to others: a colleague for a task, a case."""

from dataclasses import replace

from cards.shown import Shown
from dialogs.concern_answers import judged
from dialogs.engine import done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.gate_steps import gate_steps
from dialogs.kinds import Number, Offered
from dialogs.member_forms import MEMBER, kept, not_shared
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.sharing import DAYS, MOST_DAYS
from storage.database import Transaction
from usecases.keep_members import link_member
from usecases.share_member import colleagues_to_share_with, share_member


async def _to_share(tx: Transaction, asking: Asking) -> Given:
    found = await kept(Action.ADD_AD_HOC)(tx, asking)
    member = await tx.groups.member(asking.about)
    if member is None:
        raise RuleBroken("member.not_found", about=str(asking.about))
    asked = await colleagues_to_share_with(tx, member, now=asking.turn.at)
    return replace(
        found,
        offers={
            "to": {
                str(each.id): f"{each.name}, {asking.turn.say(f'authority.{each.authority}')}"
                for each in asked
            }
        },
        known={"days": str(DAYS)},
    )


async def _share(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    judgement = judged(sent.answers)
    grant = await share_member(
        tx,
        id=sent.about,
        grant=sent.id,
        by=turn.person,
        to=PersonId(sent.text("to")),
        task=sent.text("task"),
        days=sent.number("days") or DAYS,
        judged=judgement,
        now=turn.at,
    )
    if grant is None:
        member = await tx.groups.member(sent.about)
        group = member.concern_group if member else sent.about
        return await not_shared(tx, group, turn, judgement)
    return await done(tx, SHARE, sent, turn)


SHARE = Flow(
    name="member_share",
    about=MEMBER,
    load=_to_share,
    steps=(
        Step(
            key="to",
            fields=(
                Field(key="to", data=DataClass.DECISIONS, kind=Offered()),
                Field(
                    key="task",
                    data=DataClass.DECISIONS,
                    kind=Text(least=10, at_most=500, lines=True),
                ),
                Field(key="days", data=DataClass.DECISIONS, kind=Number(least=1, most=MOST_DAYS)),
            ),
        ),
        *gate_steps(),
    ),
    finish=_share,
    keeps_key=False,
)


async def _link(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await link_member(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        reference=sent.text("reference").strip(),
        now=turn.at,
    )
    return await done(tx, LINK, sent, turn)


LINK = Flow(
    name="member_link",
    about=MEMBER,
    load=kept(Action.ADD_MEMBER),
    steps=(
        Step(
            key="case",
            fields=(
                Field(
                    key="reference",
                    data=DataClass.METADATA,
                    kind=Text(
                        at_most=11, shape=r"\d{4}-\d{4,6}", shape_problem="field.case_number"
                    ),
                ),
            ),
        ),
    ),
    finish=_link,
    keeps_key=False,
)
FLOWS = (SHARE, LINK)
