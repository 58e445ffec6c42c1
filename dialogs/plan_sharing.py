"""A plan's way to others in the chat: finished, before the steering group, sent, and to whom."""

from collections.abc import Awaitable, Callable

from cards import plan_reading
from cards import plan_sharing as cards
from cards.delivery import Part, lined
from cards.plan_views import plan_view
from cards.shown import Shown
from dialogs import plan_sharing_forms as sharing_forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.things_alert import ALERT
from dialogs.things_sharing import SHARED_PLAN
from dialogs.turns import Turn
from domain.action_plans import PlanTrack
from domain.errors import RuleBroken
from domain.plan_templates import PlanTier
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.decide_plan import decide_plan
from usecases.finish_plan import finish_plan, to_steering_group
from usecases.hold_plan import acts_on, sharer
from usecases.plan_papers import ask_for_plan
from usecases.read_alert import may_read
from usecases.read_shared_plan import PlanReader, plan_reader, read_version, version_for
from usecases.see_alert import AlertSeen
from usecases.see_sharings import see_sharings


def has_plan(seen: AlertSeen) -> bool:
    return seen.plan is not None


async def on_the_alert(_: Transaction, turn: Turn, seen: AlertSeen) -> list[Part]:
    """Say on the alert's page how far its plan has come."""
    if seen.plan is None:
        return []
    return lined([(turn.say("alertshare.label"), cards.status(seen.plan, say=turn.say))])


async def _of_alert(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    alert = await may_read(tx, turn.person, aim.id)
    plan = next(iter(await tx.action_plans.of_alert(alert.id)), None)
    if plan is None:
        raise RuleBroken("shared_plan.none")
    return await sharing_page(tx, turn, await plan_reader(tx, plan.id, turn.person))


async def sharing_page(tx: Transaction, turn: Turn, reader: PlanReader) -> Shown:
    """Show how far a plan has come towards the steering group, and who was given which version."""
    told = reader.tier is PlanTier.FULL or reader.steers
    return cards.page(
        reader.plan,
        reference=reader.reference,
        verdict_by=await _verdict_by(tx, reader) if told else "",
        ways=await _ways(tx, reader),
        say=turn.say,
    )


async def _verdict_by(tx: Transaction, reader: PlanReader) -> str:
    verdict = reader.plan.verdict
    if verdict is None:
        return ""
    people = await tx.people.of_ids({verdict.by})
    return people[verdict.by].name if verdict.by in people else "–"


async def _ways(tx: Transaction, reader: PlanReader) -> set[str]:
    """Name what somebody is offered to do about the sharing of a plan now."""
    plan = reader.plan
    finished = bool(plan.versions) and not cards.is_changed(plan)
    settled = plan.track in {PlanTrack.APPROVAL, PlanTrack.APPROVED, PlanTrack.REMARKED}
    again = plan.track is PlanTrack.RETURNED
    asks = reader.in_secretariat and finished and not settled and not again
    ways = {
        "alertshare.finish": (not finished or again) and await acts_on(tx, reader),
        "alertshare.orient": asks,
        "alertshare.ask": asks,
        "alertshare.send": reader.in_secretariat and bool(plan.versions),
        "alertshare.text": reader.in_secretariat and bool(plan.versions),
        "alertshare.open": reader.number > 0,
        "alertshare.list": reader.tier is PlanTier.FULL or reader.steers,
    }
    return {verb for verb, offered in ways.items() if offered}


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show the newest version that somebody may read; an older card says that it was older."""
    read = await read_version(tx, id=aim.id, by=turn.person)
    reader, number = read.reader, read.version.number
    asked = reader.plan.track is PlanTrack.APPROVAL and number == len(reader.plan.versions)
    ways = {
        "alertshare.approve": asked and reader.steers,
        "alertshare.remark": asked and reader.steers,
        "alertshare.return": asked and reader.steers,
        "alertshare.pdf": True,
        "alertshare.list": reader.tier is PlanTier.FULL or reader.steers,
    }
    view = plan_view(
        read.said,
        tier=reader.tier,
        reference=reader.reference,
        names=read.names,
        now=turn.at,
        say=turn.say,
    )
    return plan_reading.version(
        view,
        reader.plan,
        read.version,
        reference=reader.reference,
        older=aim.version if 0 < aim.version < number else 0,
        remarks=reader.steers and reader.tier is not PlanTier.FULL,
        ways={verb for verb, offered in ways.items() if offered},
        say=turn.say,
    )


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_sharings(tx, id=aim.id, by=turn.person)
    say = turn.say
    rows = [
        cards.Sent(
            number=each.number,
            tier=each.tier,
            to=", ".join([*each.outside, *each.people]),
            way=each.way,
            by=each.by,
            at=each.at,
        )
        for each in seen.shared
    ]
    return cards.shared(seen.reader.plan, rows, reference=seen.reader.reference, say=say)


async def _finish(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    plan = await finish_plan(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await sharing_page(tx, turn, await plan_reader(tx, plan.id, turn.person))


async def _orient(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    plan = await to_steering_group(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.done(plan, "oriented", number=len(plan.versions), say=turn.say)


async def _approve(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    plan = await decide_plan(
        tx,
        id=aim.id,
        track=PlanTrack.APPROVED,
        number=aim.version,
        by=turn.person,
        now=turn.at,
    )
    return cards.done(plan, "approved", number=aim.version, say=turn.say)


def _written(tier: PlanTier) -> Callable[[Transaction, Turn, Aim], Awaitable[Shown]]:
    """Make a take that shows a text to be copied for somebody outside SSP."""

    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        read = await version_for(tx, await sharer(tx, turn.person, aim.id))
        written = sharing_forms.text_of(read, tier=tier, turn=turn)
        return cards.text(read.reader.plan, written, tier=tier, say=turn.say)

    return take


def _paper(tier: PlanTier | None) -> Callable[[Transaction, Turn, Aim], Awaitable[Shown]]:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        export = await ask_for_plan(tx, id=aim.id, tier=tier, by=turn.person, now=turn.at)
        reader = await plan_reader(tx, aim.id, turn.person)
        return cards.paper_asked(reader.plan, export, say=turn.say)

    return take


def _steers(actor: Actor) -> bool:
    return Role.SGM in standing(actor)


_P = SHARED_PLAN
OFFER = Offer(
    verbs={
        "alertshare.of": Verb(take=_of_alert, about=ALERT, words=("deling", "sharing")),
        "alertshare.finish": Verb(take=_finish, about=_P, words=("plan færdig", "plan finished")),
        "alertshare.orient": Verb(
            take=_orient, about=_P, words=("plan til orientering", "plan for orientation")
        ),
        "alertshare.ask": Verb(
            take=begins(sharing_forms.ASK),
            about=_P,
            words=("plan til godkendelse", "plan for approval"),
        ),
        "alertshare.approve": Verb(
            take=_approve, about=_P, words=("godkend plan", "approve plan")
        ),
        "alertshare.remark": Verb(
            take=begins(sharing_forms.REMARK),
            about=_P,
            words=("godkend plan med bemærkning", "approve plan with remark"),
        ),
        "alertshare.return": Verb(
            take=begins(sharing_forms.RETURN), about=_P, words=("send plan retur", "return plan")
        ),
        "alertshare.open": Verb(
            take=_open, about=_P, words=("færdig plan", "finished plan", "planversion")
        ),
        "alertshare.list": Verb(
            take=_list, about=_P, words=("hvem har planen", "who has the plan")
        ),
        "alertshare.send": Verb(
            take=begins(sharing_forms.SEND), about=_P, words=("send plan", "send plan to")
        ),
        "alertshare.text": Verb(
            take=_written(PlanTier.EXTERNAL),
            about=_P,
            words=("tekst til eksterne", "text for externals"),
        ),
        "alertshare.text_no_names": Verb(
            take=_written(PlanTier.ORIENTATION),
            about=_P,
            words=("tekst uden navne", "text without names"),
        ),
        "alertshare.outside": Verb(
            take=begins(sharing_forms.OUTSIDE),
            about=_P,
            words=("plan givet videre", "plan handed over"),
        ),
        "alertshare.pdf": Verb(take=_paper(None), about=_P, words=("plan pdf", "plan as pdf")),
        "alertshare.pdf_no_names": Verb(
            take=_paper(PlanTier.ORIENTATION),
            about=_P,
            words=("plan pdf uden navne", "plan pdf without names"),
        ),
        "alertshare.pdf_external": Verb(
            take=_paper(PlanTier.EXTERNAL),
            about=_P,
            words=("plan pdf til eksterne", "plan pdf for externals"),
        ),
    },
    flows=sharing_forms.FLOWS,
    helps={"help.approve_plan": _steers},
)
