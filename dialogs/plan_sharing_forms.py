"""The short forms about sharing a plan: a deadline, a remark, to whom, what was handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from cards import plan_sharing as cards
from cards.alert_words import drilled
from cards.plan_views import as_text, plan_view
from cards.shown import Shown
from dialogs.clock import Clock, latest, on
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.kinds import ComingDay, Offered
from dialogs.presses import NOBODY
from dialogs.sent import Sent
from dialogs.things_sharing import SHARED_PLAN
from dialogs.turns import Turn
from domain.action_plans import PlanTrack
from domain.alert_sharings import ShareWay
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.plan_lists import OUTSIDE_AT_MOST
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.decide_plan import decide_plan
from usecases.finish_plan import to_steering_group
from usecases.hold_plan import sharer
from usecases.plan_lists import plan_lists
from usecases.read_shared_plan import (
    PlanReader,
    ReadPlan,
    not_found,
    plan_reader,
    read_version,
)
from usecases.send_plan import (
    Handed,
    hand_over,
    send_to_list,
    send_to_parties,
    tier_of_list,
    tier_outside,
)

FACT = DataClass.METADATA
REMARK_WORDS = Text(least=3, at_most=600, lines=True)
PARTIES = "parties"
OTHER = "other"
WAYS = (ShareWay.MAIL, ShareWay.BY_HAND, ShareWay.PHONE, ShareWay.C3)


def text_of(read: ReadPlan, *, tier: PlanTier, turn: Turn) -> str:
    """Write a version as text for a tier that is told no names."""
    view = plan_view(
        read.said,
        tier=tier,
        reference=read.reader.reference,
        names={},
        now=turn.at,
        say=turn.say,
    )
    return as_text(view, say=turn.say)


async def _to_share(tx: Transaction, asking: Asking) -> PlanReader:
    reader = await sharer(tx, asking.turn.person, asking.about)
    if not reader.plan.versions:
        raise RuleBroken("shared_plan.no_version")
    return reader


def _given(
    reader: PlanReader, turn: Turn, offers: Mapping[str, Mapping[str, str]] | None = None
) -> Given:
    return Given(
        title=drilled(reader.reference, drill=reader.plan.drill, say=turn.say),
        version=len(reader.plan.versions),
        offers=offers or {},
    )


async def _load_ask(tx: Transaction, asking: Asking) -> Given:
    return _given(await _to_share(tx, asking), asking.turn)


async def _ask(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    deadline = on(sent.day("day") or turn.today, sent.text("hour"))
    plan = await to_steering_group(
        tx, id=sent.about, deadline=deadline, by=turn.person, now=turn.at
    )
    return cards.done(plan, "asked", number=len(plan.versions), say=turn.say)


async def _load_verdict(tx: Transaction, asking: Asking) -> Given:
    reader = await plan_reader(tx, asking.about, asking.turn.person)
    if not reader.steers:
        raise not_found(asking.about)
    return _given(reader, asking.turn)


async def _decided(tx: Transaction, sent: Sent, turn: Turn, track: PlanTrack) -> None:
    await decide_plan(
        tx,
        id=sent.about,
        track=track,
        number=sent.seen,
        remark=sent.text("remark"),
        by=turn.person,
        now=turn.at,
    )


async def _remark(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await _decided(tx, sent, turn, PlanTrack.REMARKED)
    return await _shown(tx, sent, turn, "remarked")


async def _return(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await _decided(tx, sent, turn, PlanTrack.RETURNED)
    return await _shown(tx, sent, turn, "returned")


async def _shown(tx: Transaction, sent: Sent, turn: Turn, what: str) -> Shown:
    reader = await plan_reader(tx, sent.about, turn.person)
    return cards.done(reader.plan, what, number=sent.seen, say=turn.say)


async def _load_send(tx: Transaction, asking: Asking) -> Given:
    say = asking.turn.say
    lists = {
        str(each.id): say(
            "alertshare.to_list", name=each.name, tier=say(f"plan_view.tier_{tier_of_list(each)}")
        )
        for each in await plan_lists(tx)
    }
    options = {PARTIES: say("alertshare.to_parties"), **lists}
    return _given(await _to_share(tx, asking), asking.turn, {"to": options})


async def _send(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    to, by, now = sent.text("to"), turn.person, turn.at
    if to == PARTIES:
        became, tier = await send_to_parties(tx, id=sent.about, by=by, now=now), PlanTier.FULL
    else:
        became = await send_to_list(tx, id=sent.about, to=UUID(to), by=by, now=now)
        tier = await tier_outside(tx, UUID(to))
    reader = await plan_reader(tx, sent.about, by)
    return cards.sent(
        reader.plan,
        number=became.number,
        people=len(became.people),
        outside=became.outside,
        tier=tier,
        say=turn.say,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outside:
    """An organisation outside SSP, and the list by which it gets more than the least."""

    name: str = field(repr=False)
    by_list: UUID | None = None
    tier: PlanTier = PlanTier.EXTERNAL

    @property
    def key(self) -> str:
        """Name it without its words, so that a list may have any."""
        return str(uuid5(self.by_list or NOBODY, self.name))


async def _outsiders(tx: Transaction, reader: PlanReader) -> list[_Outside]:
    """List the organisations of the lists, and those that the plan and its alert name."""
    alert = reader.alert
    named = (*reader.plan.externals, *(() if alert is None else alert.audience.externals))
    return [
        *(
            _Outside(name=name, by_list=each.id, tier=tier_of_list(each))
            for each in await plan_lists(tx)
            for name in each.audience.externals
        ),
        *(_Outside(name=name) for name in dict.fromkeys(named)),
    ]


async def _load_outside(tx: Transaction, asking: Asking) -> Given:
    reader, say = await _to_share(tx, asking), asking.turn.say
    found = {
        each.key: say(
            "alertshare.to_list", name=each.name, tier=say(f"plan_view.tier_{each.tier}")
        )
        for each in await _outsiders(tx, reader)
    }
    return _given(reader, asking.turn, {"to": {**found, OTHER: say("alertshare.to_other")}})


async def _hand_over(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    read = await read_version(tx, id=sent.about, by=turn.person)
    known = {each.key: each for each in await _outsiders(tx, read.reader)}
    to = known.get(sent.text("to"), _Outside(name=sent.text("other")))
    row = await hand_over(
        tx,
        Handed(
            id=sent.id,
            plan=sent.about,
            number=sent.seen,
            to=to.name,
            by_list=to.by_list,
            way=ShareWay(sent.text("way")),
            at=latest(sent.text("hour"), now=turn.at),
            because=sent.text("because"),
            words=text_of(read, tier=to.tier, turn=turn),
        ),
        by=turn.person,
        now=turn.at,
    )
    number = row.number or 0
    return cards.done(read.reader.plan, "handed_over", number=number, say=turn.say)


ASK = Flow(
    name="plan_ask",
    about=SHARED_PLAN,
    load=_load_ask,
    steps=(
        Step(
            key="deadline",
            fields=(
                Field(key="day", kind=ComingDay(), data=FACT),
                Field(key="hour", kind=Clock(), data=FACT),
            ),
        ),
    ),
    finish=_ask,
    keeps_key=False,
)
_REMARKED = (Step(key="remark", fields=(Field(key="remark", kind=REMARK_WORDS, data=FACT),)),)
REMARK = Flow(
    name="plan_remark",
    about=SHARED_PLAN,
    load=_load_verdict,
    steps=_REMARKED,
    finish=_remark,
    keeps_key=False,
)
RETURN = Flow(
    name="plan_return",
    about=SHARED_PLAN,
    load=_load_verdict,
    steps=_REMARKED,
    finish=_return,
    keeps_key=False,
)
SEND = Flow(
    name="plan_send",
    about=SHARED_PLAN,
    load=_load_send,
    steps=(Step(key="to", fields=(Field(key="to", kind=Offered(), data=FACT),)),),
    finish=_send,
    keeps_key=False,
)
OUTSIDE = Flow(
    name="plan_outside",
    about=SHARED_PLAN,
    load=_load_outside,
    steps=(
        Step(
            key="outside",
            fields=(
                Field(key="to", kind=Offered(), data=FACT),
                Field(
                    key="other",
                    kind=Text(least=2, at_most=OUTSIDE_AT_MOST),
                    data=FACT,
                    shown=is_("to", OTHER),
                ),
                Field(key="because", kind=REMARK_WORDS, data=FACT),
                Field(
                    key="way",
                    kind=Choice(names=tuple(WAYS), texts="alertshare.way"),
                    data=FACT,
                ),
                Field(key="hour", kind=Clock(), data=FACT),
            ),
        ),
    ),
    finish=_hand_over,
    keeps_key=False,
)
FLOWS = (ASK, REMARK, RETURN, SEND, OUTSIDE)
