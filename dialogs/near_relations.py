"""What comes before anything of a case is read: are you near to the person? (INH-2)"""

from uuid import UUID

from cards import cases as cards
from cards.shown import Shown
from dialogs.turns import Turn
from domain.access import Action
from storage.database import Transaction
from usecases import permit
from usecases.read_case import name_to_clear


async def ask_relation(tx: Transaction, turn: Turn, case_id: UUID) -> Shown:
    """Ask with the name alone; the answer leads on to the case."""
    case, _, _ = await permit.case(tx, turn.person, Action.OPEN, case_id, result=None, now=turn.at)
    name = await name_to_clear(tx, id=case_id, by=turn.person, now=turn.at)
    return cards.relation_question(case.reference, cards.here(case), name=name, say=turn.say)
