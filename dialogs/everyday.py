"""What somebody asks for every day: my tasks, my cases, and for leaders the overview."""

from cards import everyday as cards
from cards.shown import Shown
from dialogs.offers import Offer
from dialogs.presses import Verb, alone
from dialogs.turns import Turn
from domain.office_actions import OfficeAction, may
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.my_cases import my_cases
from usecases.read_duties import duties_of
from usecases.see_overview import see_overview

HAVE_CASES = frozenset({Role.KGM, Role.FAC, Role.PKM, Role.PFAC})


async def _duties(tx: Transaction, turn: Turn) -> Shown:
    waiting = await duties_of(tx, turn.person, now=turn.at)
    begun = await tx.drafts.all_of(turn.person.id, now=turn.at)
    return cards.duties(waiting, begun=len(begun), today=turn.today, say=turn.say)


async def _cases(tx: Transaction, turn: Turn) -> Shown:
    found = await my_cases(tx, turn.person, now=turn.at)
    return cards.cases(found.led, found.others, say=turn.say)


async def _overview(tx: Transaction, turn: Turn) -> Shown:
    rows = await see_overview(tx, by=turn.person, now=turn.at)
    return cards.overview(rows, say=turn.say)


def _works(actor: Actor) -> bool:
    """Whether anything can wait for somebody by their seat or office."""
    return bool(standing(actor) - {Role.REP, Role.EXT, Role.LUM})


OFFER = Offer(
    verbs={
        "duty.mine": Verb(take=alone(_duties), words=("mine opgaver", "my tasks", "opgaver")),
        "case.mine": Verb(take=alone(_cases), words=("mine sager", "my cases"), typed_only=True),
        "overview.see": Verb(
            take=alone(_overview), words=("overblik", "overview"), typed_only=True
        ),
    },
    helps={
        "help.duties": _works,
        "help.my_cases": lambda actor: bool(standing(actor) & HAVE_CASES),
        "help.overview": lambda actor: may(actor, OfficeAction.SEE_OVERVIEW),
    },
)
