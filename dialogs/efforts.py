"""Efforts in the chat: `indsats` applies for one, `indsatser` lists them, and what follows."""

from datetime import date
from uuid import UUID

from cards import efforts as cards
from cards.shown import Shown
from dialogs import effort_steps
from dialogs.effort_forms import APPLICATION
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.things import EFFORT
from dialogs.turns import Turn
from domain.access import Action
from domain.effort_dues import Due, dues
from domain.efforts import APPROVES, UNDECIDED, EffortState
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.apply_for_effort import withdraw_effort
from usecases.decide_effort import approve_effort
from usecases.read_efforts import EffortSeen, Pool, list_efforts, open_effort


async def _list(tx: Transaction, turn: Turn) -> Shown:
    seen = await list_efforts(tx, by=turn.person, now=turn.at)
    ways = {"effort.begin": seen.may_apply, "pool.begin": seen.may_set_pool}
    return cards.listed(
        seen.efforts,
        top=[_pool(seen.pool, turn)] if seen.pool else [],
        ways=[verb for verb, open_ in ways.items() if open_],
        say=turn.say,
    )


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _shown(tx, turn, aim.id)


async def _shown(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    seen = await open_effort(tx, id=id, by=turn.person, now=turn.at)
    return cards.opened(
        seen.effort,
        names=seen.names,
        committee=seen.committee,
        pool=_pool(seen.pool, turn) if seen.pool else "",
        ways=_ways(seen, turn.today),
        say=turn.say,
    )


def _pool(pool: Pool, turn: Turn) -> str:
    return cards.pool_line(pool.year, amount=pool.amount, left=pool.left, say=turn.say)


def _ways(seen: EffortSeen, today: date) -> set[str]:
    """Name what this person is offered to do with it now."""
    effort = seen.effort
    open_ = effort.state in UNDECIDED
    decides = open_ and not seen.own and seen.may(APPROVES[effort.kind])
    beyond = seen.pool is not None and effort.amount > seen.pool.left
    owed = {due for due, _ in dues(effort)}
    ways = {
        "effort.assess": open_ and seen.may(Action.ASSESS_EFFORT),
        "effort.approve": decides and effort.state is EffortState.ASSESSED,
        "effort.refuse": decides,
        "effort.override": open_
        and beyond
        and effort.overridden_by is None
        and seen.may(Action.OVERRIDE_POOL),
        "effort.withdraw": open_ and seen.may(Action.WITHDRAW_EFFORT),
        "effort.settle": Due.SETTLE in owed and seen.may(Action.SETTLE_EFFORT),
        "effort.evaluate": bool(owed - {Due.SETTLE})
        and effort.has_begun(today)
        and seen.may(Action.EVALUATE_EFFORT),
    }
    return {verb for verb, offered in ways.items() if offered}


async def _approve(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    effort = await approve_effort(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.done(effort, "approved", say=turn.say)


async def _withdraw(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    effort = await withdraw_effort(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.done(effort, "withdrawn", say=turn.say)


def _applies(actor: Actor) -> bool:
    return may(actor, OfficeAction.APPLY_FOR_EFFORT)


def _sets_pool(actor: Actor) -> bool:
    return may(actor, OfficeAction.SET_POOL)


OFFER = Offer(
    verbs={
        "effort.begin": Verb(take=begins(APPLICATION), words=("indsats", "effort")),
        "effort.list": Verb(take=alone(_list), words=("indsatser", "efforts")),
        "effort.open": Verb(take=_open, about=EFFORT, words=("indsats", "effort", "åbn", "open")),
        "effort.assess": Verb(
            take=begins(effort_steps.ASSESS), about=EFFORT, words=("vurdér", "assess")
        ),
        "effort.approve": Verb(take=_approve, about=EFFORT, words=("godkend", "approve")),
        "effort.refuse": Verb(
            take=begins(effort_steps.REFUSE), about=EFFORT, words=("afslå", "refuse")
        ),
        "effort.override": Verb(
            take=begins(effort_steps.OVERRIDE), about=EFFORT, words=("overskrid", "override")
        ),
        "effort.withdraw": Verb(take=_withdraw, about=EFFORT, words=("træk tilbage", "withdraw")),
        "effort.settle": Verb(
            take=begins(effort_steps.SETTLE), about=EFFORT, words=("afregn", "settle")
        ),
        "effort.evaluate": Verb(
            take=begins(effort_steps.EVALUATE), about=EFFORT, words=("evaluér", "evaluate")
        ),
        "pool.begin": Verb(take=begins(effort_steps.POOL), words=("pulje", "pool")),
    },
    flows=(
        APPLICATION,
        effort_steps.ASSESS,
        effort_steps.REFUSE,
        effort_steps.OVERRIDE,
        effort_steps.SETTLE,
        effort_steps.EVALUATE,
        effort_steps.POOL,
    ),
    helps={"help.efforts": _applies, "help.pool": _sets_pool},
)
