"""A measure of the catalogue, named by its code as it is typed: M4, M21."""

from uuid import UUID

from cards.measure_kinds import about_kind, kind_id
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.keep_measure_kinds import KindSeen, see_kind
from usecases.keep_templates import catalogue_now


async def kind_by_id(tx: Transaction, turn: Turn, id: UUID) -> KindSeen:
    """Find the measure that a button is about.

    :raises RuleBroken: `measure_kind.not_found`
    """
    for code in (await catalogue_now(tx)).measures:
        if kind_id(code) == id:
            return await see_kind(tx, code, by=turn.person, about=str(id))
    raise RuleBroken("measure_kind.not_found", about=str(id))


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = (await catalogue_now(tx)).measures.get(reference)
    return None if found is None else (kind_id(reference), found.revision)


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        seen = await kind_by_id(tx, turn, id)
    except RuleBroken:
        return None
    return turn.say("button.measure_kind.open"), "measure_kind.open", about_kind(seen.kind)


MEASURE_KIND = Thing(name="measure_kind", reference=r"m\d{1,3}", find=_find, again=_again)
