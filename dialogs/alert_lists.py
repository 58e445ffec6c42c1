"""The lists that alerts are sent by: `alarmlister` shows them to the Secretariat (BER-11)."""

from uuid import UUID

from cards import alert_lists as cards
from cards.shown import Json, Shown
from dialogs.engine import begins
from dialogs.fields import Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import SeveralOffered
from dialogs.offers import Offer
from dialogs.presses import NOBODY, Aim, Button, Thing, Verb, alone
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.alert_audience import DEFAULT_AUTHORITIES
from domain.alert_sharings import NAME_AT_MOST
from domain.alerts import Audience
from domain.areas import AREAS
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.office_actions import may
from domain.people import AreaCode, Authority, CommitteeCode, CommitteeType
from domain.roles import Actor
from storage.database import Transaction
from usecases.keep_alert_lists import (
    KEEPS,
    WrittenAlertList,
    alert_list,
    alert_lists,
    keep_alert_list,
    retire_alert_list,
)

FACT = DataClass.METADATA


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        kept = await alert_list(tx, id, by=turn.person)
    except RuleBroken:
        return None
    return turn.say("button.alertlist.open"), "alertlist.open", cards.about_list(kept)


ALERT_LIST = Thing(name="alert_list", again=_again)


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return cards.listed(await alert_lists(tx, by=turn.person), say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    kept = await alert_list(tx, aim.id, by=turn.person)
    people = await tx.people.of_ids(kept.audience.people)
    return cards.opened(
        kept,
        people={who: each.name for who, each in people.items()},
        committees={each.code: each.name for each in await tx.organisation.committees()},
        say=turn.say,
    )


async def _retire(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    gone = await retire_alert_list(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.done(gone, "retired", say=turn.say)


async def _load_new(tx: Transaction, asking: Asking) -> Given:
    await alert_lists(tx, by=asking.turn.person)
    known: dict[str, Json] = {"authorities": [*sorted(DEFAULT_AUTHORITIES)]}
    return Given(offers=await _offers(tx), known=known)


async def _load_change(tx: Transaction, asking: Asking) -> Given:
    kept = await alert_list(tx, asking.about, by=asking.turn.person)
    audience = kept.audience
    people = await tx.people.of_ids(audience.people)
    known: dict[str, Json] = {
        "name": kept.name,
        "areas": [*sorted(audience.areas)],
        "authorities": [*sorted(audience.authorities)],
        "types": [*sorted(audience.types)],
        "committees": [*sorted(audience.committees)],
        "people": ", ".join(sorted(each.name for each in people.values())),
    }
    return Given(
        title=kept.name,
        version=kept.version,
        offers=await _offers(tx),
        known={key: value for key, value in known.items() if value},
    )


async def _offers(tx: Transaction) -> dict[str, dict[str, str]]:
    found = await tx.organisation.committees()
    return {
        "areas": {each.code: each.name for each in AREAS},
        "committees": {each.code: each.name for each in found},
    }


async def _keep(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    written = WrittenAlertList(
        id=sent.id if sent.about == NOBODY else sent.about,
        seen=sent.seen,
        name=sent.text("name"),
        audience=Audience(
            areas=frozenset(map(AreaCode, sent.several("areas"))),
            authorities=frozenset(map(Authority, sent.several("authorities"))),
            types=frozenset(map(CommitteeType, sent.several("types"))),
            committees=frozenset(map(CommitteeCode, sent.several("committees"))),
        ),
        people=sent.text("people"),
    )
    kept = await keep_alert_list(tx, written, by=turn.person, now=turn.at)
    return cards.done(kept, "kept", say=turn.say)


STEP = Step(
    key="list",
    texts="alert_list",
    fields=tuple(
        Field(key=key, kind=kind, data=FACT, texts="alert_list", optional=optional)
        for key, kind, optional in (
            ("name", Text(least=2, at_most=NAME_AT_MOST), False),
            ("areas", SeveralOffered(), True),
            ("authorities", Several(names=tuple(Authority), texts="authority"), False),
            ("types", Several(names=tuple(CommitteeType), texts="committee_type"), True),
            ("committees", SeveralOffered(), True),
            ("people", Text(least=2, at_most=600, lines=True), True),
        )
    ),
)
NEW = Flow(name="alert_list_new", load=_load_new, steps=(STEP,), finish=_keep, keeps_key=False)
CHANGE = Flow(
    name="alert_list_change",
    about=ALERT_LIST,
    load=_load_change,
    steps=(STEP,),
    finish=_keep,
    keeps_key=False,
)


def _keeps(actor: Actor) -> bool:
    return may(actor, KEEPS)


OFFER = Offer(
    verbs={
        "alertlist.list": Verb(take=alone(_list), words=("alarmlister", "alert lists")),
        "alertlist.new": Verb(take=begins(NEW), words=("ny alarmliste", "new alert list")),
        "alertlist.open": Verb(take=_open, about=ALERT_LIST),
        "alertlist.change": Verb(take=begins(CHANGE), about=ALERT_LIST),
        "alertlist.retire": Verb(take=_retire, about=ALERT_LIST),
    },
    flows=(NEW, CHANGE),
    helps={"help.alert_lists": _keeps},
)
