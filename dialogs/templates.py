"""The templates of readiness in the chat: the Secretariat reads and changes them (BER-39)."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from cards import templates as cards
from cards.shown import Shown
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.template_forms import (
    AS_TEXT,
    COPY,
    FLOWS,
    FRAME,
    LISTS,
    MEASURES,
    SHARING,
    WHAT,
    page,
)
from dialogs.things_templates import TEMPLATE, seen_by_id
from dialogs.turns import Turn
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.keep_templates import Edition, see_editions, see_templates, use_template

_WHICH = frozenset({cards.WHICH})


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return cards.listed(await see_templates(tx, by=turn.person), say=turn.say)


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    catalogue = await see_templates(tx, by=turn.person)
    chosen = aim.inputs.get(cards.WHICH, "")
    if chosen not in catalogue.templates:
        raise RuleBroken("template.none_chosen")
    return await page(tx, turn, chosen)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await seen_by_id(tx, turn, aim.id)
    return await page(tx, turn, seen.template.code)


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await seen_by_id(tx, turn, aim.id)
    return cards.more(seen.template, say=turn.say)


async def _editions(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    template = (await seen_by_id(tx, turn, aim.id)).template
    kept = await see_editions(tx, template.code, by=turn.person)
    return cards.editions(template, await named_editions(tx, kept), say=turn.say)


async def named_editions(tx: Transaction, kept: Sequence[Edition]) -> list[cards.Edition]:
    """Name who made each edition, and the alert that it was learned from."""
    people = await tx.people.of_ids({each.override.by for each in kept})
    alerts: dict[UUID | None, Alert | None] = {
        each.override.alert: await tx.alerts.find(each.override.alert)
        for each in kept
        if each.override.alert is not None
    }
    told = []
    for each in kept:
        alert, person = alerts.get(each.override.alert), people.get(each.override.by)
        told.append(
            cards.Edition(
                override=each.override,
                fields=each.fields,
                by=person.name if person else "–",
                reference=alert.reference if alert else "",
            )
        )
    return told


async def _use(tx: Transaction, turn: Turn, aim: Aim, *, in_use: bool) -> Shown:
    seen = await seen_by_id(tx, turn, aim.id)
    template = await use_template(
        tx,
        seen.template.code,
        seen=aim.version,
        in_use=in_use,
        by=turn.person,
        now=turn.at,
    )
    top = "template_page.now_in_use" if in_use else "template_page.now_unused"
    return await page(tx, turn, template.code, top=top)


def keeps_readiness(actor: Actor) -> bool:
    return may(actor, OfficeAction.KEEP_READINESS)


OFFER = Offer(
    verbs={
        "template.list": Verb(take=alone(_list), words=("skabeloner", "templates")),
        "template.pick": Verb(take=_pick, asks=_WHICH),
        "template.open": Verb(take=_open, about=TEMPLATE, words=("skabelon", "template")),
        "template.more": Verb(
            take=_more, about=TEMPLATE, words=("skabelon mere", "template more")
        ),
        "template.what": Verb(
            take=begins(WHAT), about=TEMPLATE, words=("ret skabelon", "change template")
        ),
        "template.measures": Verb(
            take=begins(MEASURES),
            about=TEMPLATE,
            words=("skabelon tiltag", "template measures"),
        ),
        "template.frame": Verb(
            take=begins(FRAME), about=TEMPLATE, words=("skabelon periode", "template period")
        ),
        "template.sharing": Verb(
            take=begins(SHARING),
            about=TEMPLATE,
            words=("skabelon fordeling", "template distribution"),
        ),
        "template.lists": Verb(
            take=begins(LISTS), about=TEMPLATE, words=("skabelon lister", "template lists")
        ),
        "template.text": Verb(
            take=begins(AS_TEXT), about=TEMPLATE, words=("skabelon tekst", "template text")
        ),
        "template.copy": Verb(
            take=begins(COPY), about=TEMPLATE, words=("ny skabelon", "new template")
        ),
        "template.editions": Verb(
            take=_editions, about=TEMPLATE, words=("skabelon udgaver", "template editions")
        ),
        "template.unuse": Verb(
            take=partial(_use, in_use=False),
            about=TEMPLATE,
            words=("skabelon ud", "template out"),
        ),
        "template.use": Verb(
            take=partial(_use, in_use=True),
            about=TEMPLATE,
            words=("skabelon i brug", "template in use"),
        ),
    },
    flows=FLOWS,
    helps={"help.templates": keeps_readiness},
)
