"""The forms about a member of a concern group: join, label, measure, view, share, link, leave."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from cards import sharing
from cards.shown import Shown
from dialogs.concern_answers import judged
from dialogs.concern_who import NAME
from dialogs.engine import done
from dialogs.fields import Choice, Day, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.gate_steps import gate_steps
from dialogs.kinds import Offered
from dialogs.presses import Button, Thing
from dialogs.sent import Sent
from dialogs.things import GROUP
from dialogs.turns import Turn
from domain.access import Action
from domain.areas import area
from domain.concern_groups import MemberRole
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Judged
from domain.group_sight import EVERY_AREA
from domain.people import AreaCode
from storage.database import Transaction
from usecases.keep_members import (
    add_member,
    assess_member,
    label_member,
    let_member_go,
    measure_member,
)
from usecases.see_group import look, look_at_member


async def _member_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    """Lead back to a member, or to the group they were taken out of."""
    member = await tx.groups.member(id)
    return None if member is None else await GROUP.again(tx, turn, member.concern_group)


MEMBER = Thing(name="member", again=_member_again)
ROLE = Field(
    key="role",
    data=DataClass.SCREENING,
    kind=Choice(names=tuple(each.value for each in MemberRole), texts="members.role"),
    texts="member",
)
SOURCE = Field(
    key="source",
    data=DataClass.SCREENING,
    kind=Text(least=3, at_most=300, lines=True),
    texts="member",
)
NOTED_ON = Field(key="noted_on", data=DataClass.SCREENING, kind=Day(), texts="member")


async def _to_add(tx: Transaction, asking: Asking) -> Given:
    """Offer the group's areas that this person facilitates."""
    turn = asking.turn
    looked = await look(tx, id=asking.about, by=turn.person, action=Action.ADD_MEMBER, now=turn.at)
    kept = looked.sight.kept
    own = [c for c in looked.group.areas if kept is EVERY_AREA or c in kept]
    return Given(
        title=looked.group.reference,
        version=looked.group.version,
        offers={"area": {code: area(code).name for code in own}},
    )


async def _add(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    judgement = judged(sent.answers)
    member = await add_member(
        tx,
        id=sent.id,
        group=sent.about,
        seen=sent.seen,
        by=turn.person,
        name=sent.text("name"),
        born=sent.day("born"),
        area=AreaCode(sent.text("area")),
        role=MemberRole(sent.text("role")),
        source=sent.text("source"),
        noted_on=_noted_on(sent, turn),
        judged=judgement,
        now=turn.at,
    )
    if member is None:
        return await not_shared(tx, sent.about, turn, judgement)
    return await done(tx, ADD, sent, turn)


async def not_shared(tx: Transaction, group: UUID, turn: Turn, judgement: Judged) -> Shown:
    """Say which condition of §115 failed, so that nothing was written down or shared."""
    way_on = await GROUP.again(tx, turn, group) or (turn.say("button.help"), "help", {})
    return sharing.not_shared(judgement, say=turn.say, way_on=way_on)


def _noted_on(sent: Sent, turn: Turn) -> date:
    return sent.day("noted_on") or turn.today


ADD = Flow(
    name="member",
    about=GROUP,
    load=_to_add,
    steps=(
        Step(
            key="who",
            fields=(
                Field(
                    key="name",
                    data=DataClass.IDENTITY,
                    kind=Text(least=2, at_most=120, shape=NAME, shape_problem="field.name"),
                ),
                Field(key="born", data=DataClass.IDENTITY, kind=Day(), optional=True),
                Field(key="area", data=DataClass.IDENTITY, kind=Offered()),
                ROLE,
                SOURCE,
                NOTED_ON,
            ),
        ),
        *gate_steps(),
    ),
    finish=_add,
    keeps_key=False,
)


Load = Callable[[Transaction, Asking], Awaitable[Given]]


def kept(action: Action) -> Load:
    """Look a member up for who writes about them."""

    async def load(tx: Transaction, asking: Asking) -> Given:
        turn = asking.turn
        member, looked = await look_at_member(
            tx, id=asking.about, by=turn.person, action=action, now=turn.at
        )
        if not looked.sight.keeps(member):
            raise RuleBroken("member.not_found", about=str(asking.about))
        number = [each.id for each in looked.members].index(member.id) + 1
        title = turn.say("members.opened_title", reference=looked.group.reference, number=number)
        known = {ROLE.key: member.role.value} if action is Action.CONFIRM_ROLE else {}
        return Given(title=title, version=member.version, known=known)

    return load


async def _label(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await label_member(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        role=MemberRole(sent.text("role")),
        source=sent.text("source"),
        noted_on=_noted_on(sent, turn),
        now=turn.at,
    )
    return await done(tx, LABEL, sent, turn)


LABEL = Flow(
    name="member_role",
    about=MEMBER,
    load=kept(Action.CONFIRM_ROLE),
    steps=(Step(key="role", fields=(ROLE, SOURCE, NOTED_ON)),),
    finish=_label,
    keeps_key=False,
)


async def _measure(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await measure_member(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        what=sent.text("what"),
        now=turn.at,
    )
    return await done(tx, MEASURE, sent, turn)


MEASURE = Flow(
    name="member_measure",
    about=MEMBER,
    load=kept(Action.SET_MEASURE),
    steps=(
        Step(
            key="what",
            fields=(
                Field(
                    key="what",
                    data=DataClass.SCREENING,
                    kind=Text(least=3, at_most=300, lines=True),
                ),
            ),
        ),
    ),
    finish=_measure,
    keeps_key=False,
)


async def _view(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await assess_member(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        risk=sent.text("risk"),
        protective=sent.text("protective"),
        leads_to=sent.text("leads_to"),
        now=turn.at,
    )
    return await done(tx, VIEW, sent, turn)


VIEW = Flow(
    name="member_view",
    about=MEMBER,
    load=kept(Action.SCREEN),
    steps=(
        Step(
            key="view",
            fields=(
                *(
                    Field(
                        key=key,
                        data=DataClass.SCREENING,
                        kind=Text(least=3, at_most=1000, lines=True),
                    )
                    for key in ("risk", "protective")
                ),
                Field(
                    key="leads_to",
                    data=DataClass.SCREENING,
                    kind=Choice(
                        names=("case", "group_only", "nothing"), texts="member_view.leads_to"
                    ),
                ),
            ),
        ),
    ),
    finish=_view,
    keeps_key=False,
)


async def _let_go(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await let_member_go(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        reason=sent.text("reason"),
        now=turn.at,
    )
    return await done(tx, LET_GO, sent, turn)


LET_GO = Flow(
    name="member_end",
    about=MEMBER,
    load=kept(Action.ADD_MEMBER),
    steps=(
        Step(
            key="why",
            fields=(
                Field(
                    key="reason",
                    data=DataClass.SCREENING,
                    kind=Text(least=3, at_most=300, lines=True),
                ),
            ),
        ),
    ),
    finish=_let_go,
    keeps_key=False,
)
FLOWS = (ADD, LABEL, MEASURE, VIEW, LET_GO)
