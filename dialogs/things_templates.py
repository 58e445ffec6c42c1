"""A template of readiness, named by its code as it is typed: H1, B4, Ø2."""

from uuid import UUID

from cards.templates import about_template, template_id
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.keep_templates import TemplateSeen, catalogue_now, see_template


async def seen_by_id(tx: Transaction, turn: Turn, id: UUID) -> TemplateSeen:
    """Find the template that a button is about.

    :raises RuleBroken: `template.not_found`
    """
    for code in (await catalogue_now(tx)).templates:
        if template_id(code) == id:
            return await see_template(tx, code, by=turn.person, about=str(id))
    raise RuleBroken("template.not_found", about=str(id))


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = (await catalogue_now(tx)).templates.get(reference)
    return None if found is None else (template_id(reference), found.revision)


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        seen = await seen_by_id(tx, turn, id)
    except RuleBroken:
        return None
    return turn.say("button.template.open"), "template.open", about_template(seen.template)


TEMPLATE = Thing(name="template", reference=r"[a-zæøå0-9]{1,2}\d{1,2}", find=_find, again=_again)
