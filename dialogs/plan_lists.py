"""The lists by which plans are sent: `fordelingslister` shows them to the Secretariat."""

from cards import plan_lists as cards
from cards.shown import Json, Shown
from dialogs.engine import begins
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import SeveralOffered
from dialogs.offers import Offer
from dialogs.presses import NOBODY, Aim, Verb, alone
from dialogs.sent import Sent
from dialogs.things_sharing import DISTRIBUTION
from dialogs.turns import Turn
from domain.alert_sharings import NAME_AT_MOST
from domain.data_classes import DataClass
from domain.office_actions import OfficeAction
from domain.plan_lists import LIST_TIERS
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.permit_office import permit_office
from usecases.plan_lists import WrittenList, keep_list, open_list, plan_lists, retire_list

FACT = DataClass.METADATA
NAMES = Text(least=2, at_most=600, lines=True)


async def _lists(tx: Transaction, turn: Turn) -> Shown:
    await permit_office(tx, turn.person, OfficeAction.SHARE_PLAN)
    return cards.listed(await plan_lists(tx), say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    kept = await open_list(tx, aim.id, by=turn.person)
    people = await tx.people.of_ids(kept.audience.people)
    committees = {each.code: each.name for each in await tx.organisation.committees()}
    return cards.opened(
        kept,
        people={who: each.name for who, each in people.items()},
        committees=committees,
        say=turn.say,
    )


async def _retire(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    kept = await retire_list(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.retired(kept, say=turn.say)


async def _load_new(tx: Transaction, asking: Asking) -> Given:
    await permit_office(tx, asking.turn.person, OfficeAction.SHARE_PLAN)
    return Given(offers=await _offers(tx))


async def _load_change(tx: Transaction, asking: Asking) -> Given:
    kept = await open_list(tx, asking.about, by=asking.turn.person)
    people = await tx.people.of_ids(kept.audience.people)
    known: dict[str, Json] = {
        "name": kept.name,
        "tier": (kept.tier or PlanTier.EXTERNAL).value,
        "committees": [*sorted(kept.audience.committees)],
        "people": ", ".join(sorted(each.name for each in people.values())),
        "outside": ", ".join(kept.audience.externals),
    }
    return Given(
        title=kept.name,
        version=kept.version,
        offers=await _offers(tx),
        known={key: value for key, value in known.items() if value},
    )


async def _offers(tx: Transaction) -> dict[str, dict[str, str]]:
    found = await tx.organisation.committees()
    return {"committees": {each.code: each.name for each in found}}


async def _keep(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    kept = await keep_list(
        tx,
        WrittenList(
            id=sent.id if sent.about == NOBODY else sent.about,
            seen=sent.seen,
            name=sent.text("name"),
            tier=PlanTier(sent.text("tier")),
            committees=sent.several("committees"),
            people=sent.text("people"),
            outside=sent.text("outside"),
        ),
        by=turn.person,
        now=turn.at,
    )
    return cards.kept(kept, say=turn.say)


def _steps() -> tuple[Step, ...]:
    return (
        Step(
            key="list",
            texts="plan_list",
            fields=tuple(
                Field(key=key, kind=kind, data=FACT, texts="plan_list", optional=optional)
                for key, kind, optional in (
                    ("name", Text(least=2, at_most=NAME_AT_MOST), False),
                    ("tier", Choice(names=tuple(LIST_TIERS), texts="plan_list.tier"), False),
                    ("committees", SeveralOffered(), True),
                    ("people", NAMES, True),
                    ("outside", NAMES, True),
                )
            ),
        ),
    )


NEW = Flow(name="plan_list_new", load=_load_new, steps=_steps(), finish=_keep, keeps_key=False)
CHANGE = Flow(
    name="plan_list_change",
    about=DISTRIBUTION,
    load=_load_change,
    steps=_steps(),
    finish=_keep,
    keeps_key=False,
)
OFFER = Offer(
    verbs={
        "alertshare.lists": Verb(
            take=alone(_lists), words=("fordelingslister", "distribution lists")
        ),
        "alertshare.new_list": Verb(
            take=begins(NEW), words=("ny fordelingsliste", "new distribution list")
        ),
        "alertshare.list_open": Verb(take=_open, about=DISTRIBUTION),
        "alertshare.list_change": Verb(take=begins(CHANGE), about=DISTRIBUTION),
        "alertshare.list_retire": Verb(take=_retire, about=DISTRIBUTION),
    },
    flows=(NEW, CHANGE),
)
