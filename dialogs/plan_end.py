"""How a plan of the calendar ends, in the chat: later or over, and the steering group's word."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import uuid4

from cards import plan_ends as cards
from cards.shown import Shown
from dialogs import plan_end_forms as forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.plan_pages import plan_page
from dialogs.presses import Aim, Take, Verb
from dialogs.things_plan import PLAN
from dialogs.turns import Turn
from domain.action_plans import ActionPlan
from domain.dates import local_date
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.end_plan import answer_plan_extension, extensions_asked
from usecases.keep_plan_calendar import plans_ahead

Numbered = Callable[[Transaction, Turn], Awaitable[Sequence[ActionPlan]]]


async def _of_the_calendar(tx: Transaction, turn: Turn) -> Sequence[ActionPlan]:
    return await plans_ahead(tx, by=turn.person, now=turn.at)


async def _of_those_asked(tx: Transaction, turn: Turn) -> Sequence[ActionPlan]:
    return await extensions_asked(tx, by=turn.person)


def _typed(take: Take, numbered: Numbered = _of_the_calendar) -> Take:
    """Do it with the plan whose number in a list was typed."""

    async def taken(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        plans = dict(enumerate(await numbered(tx, turn), start=1))
        plan = plans.get(int(aim.rest))
        if plan is None:
            raise RuleBroken("planend.no_such_number", number=aim.rest)
        return await take(tx, turn, Aim(id=plan.id, version=plan.version))

    return taken


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await plan_page(tx, turn, aim.id)


async def _agree(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    plan = await answer_plan_extension(
        tx, id=aim.id, decision=uuid4(), agrees=True, by=turn.person, now=turn.at
    )
    until = turn.say.day(local_date(plan.period_end or turn.at))
    return cards.done(plan, "extended", opens=False, say=turn.say, until=until)


async def _asked(tx: Transaction, turn: Turn, _: Aim) -> Shown:
    return cards.asked(await extensions_asked(tx, by=turn.person), say=turn.say)


_NUMBER = r" \d{1,3}"


def _by_number(take: Take, *words: str, numbered: Numbered = _of_the_calendar) -> Verb:
    return Verb(take=_typed(take, numbered), words=words, rest=_NUMBER, typed_only=True)


OFFER = Offer(
    verbs={
        "planend.extend": Verb(take=begins(forms.EXTEND), about=PLAN),
        "planend.close": Verb(take=begins(forms.CLOSE), about=PLAN),
        "planend.agree": Verb(take=_agree, about=PLAN),
        "planend.refuse": Verb(take=begins(forms.REFUSE), about=PLAN),
        "planend.asked": Verb(take=_asked, words=("forlængelser", "extensions"), typed_only=True),
        "planend.open_typed": _by_number(_open, "vis beredskabsplan", "show readiness plan"),
        "planend.extend_typed": _by_number(
            begins(forms.EXTEND), "forlæng beredskabsplan", "extend readiness plan"
        ),
        "planend.close_typed": _by_number(
            begins(forms.CLOSE), "afslut beredskabsplan", "end readiness plan"
        ),
        "planend.agree_typed": _by_number(
            _agree, "godkend forlængelse", "agree extension", numbered=_of_those_asked
        ),
        "planend.refuse_typed": _by_number(
            begins(forms.REFUSE),
            "afvis forlængelse",
            "refuse extension",
            numbered=_of_those_asked,
        ),
    },
    flows=forms.FORMS,
)
