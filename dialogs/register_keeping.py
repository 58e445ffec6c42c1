"""Keeping the register by card: new colleagues, what is known of them, schools and centres."""

from uuid import NAMESPACE_OID, UUID, uuid5

from cards import committees as cards
from cards.plain import unmarked
from cards.shown import Shown
from dialogs.committees import COMMITTEE
from dialogs.engine import begins, done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.roles import COLLEAGUE
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.office_actions import OfficeAction, may
from domain.people import Authority, Institution
from domain.representation import INSTITUTION_KINDS
from domain.roles import Actor
from storage.database import Transaction
from usecases.export_register import ask_for_register
from usecases.keep_register import (
    add_place,
    colleague,
    correct_colleague,
    drop_place,
    enter_colleague,
    local_committee,
    places_of,
    rename_place,
)
from usecases.permit_office import permit_office

FACT = DataClass.METADATA
UUID_SHAPE = r"(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
MAIL_SHAPE = r"[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]+"
PHONE_SHAPE = r"\+?[\d ]{8,20}"
FUNCTION = Field(key="function", kind=Text(least=2, at_most=120), data=FACT, texts="colleague_add")
EMAIL = Field(
    key="email",
    kind=Text(at_most=200, shape=MAIL_SHAPE, shape_problem="colleague.email"),
    data=FACT,
    texts="colleague_add",
)
PHONE = Field(
    key="phone",
    kind=Text(at_most=20, shape=PHONE_SHAPE, shape_problem="colleague.phone", takes_cpr=True),
    data=FACT,
    optional=True,
    texts="colleague_add",
)
NAME_OF_PLACE = Field(key="name", kind=Text(least=2, at_most=120), data=FACT, texts="place_add")


async def _may_enter(tx: Transaction, asking: Asking) -> Given:
    await permit_office(tx, asking.turn.person, OfficeAction.KEEP_REGISTER)
    return Given()


async def _enter(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    person = await enter_colleague(
        tx,
        id=sent.id,
        aad_id=UUID(sent.text("aad_id")),
        name=sent.text("name"),
        authority=Authority(sent.text("authority")),
        function=sent.text("function"),
        email=sent.text("email"),
        phone=sent.text("phone"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, ADD, sent, turn, name=unmarked(person.name))


async def _known(tx: Transaction, asking: Asking) -> Given:
    person = await colleague(tx, aad_id=asking.about, by=asking.turn.person)
    known = {"function": person.function, "email": person.email, "phone": person.phone}
    return Given(
        notes=[unmarked(person.name)], known={key: said for key, said in known.items() if said}
    )


async def _correct(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    person = await correct_colleague(
        tx,
        aad_id=sent.about,
        function=sent.text("function"),
        email=sent.text("email"),
        phone=sent.text("phone"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, CHANGE, sent, turn, name=unmarked(person.name))


async def _places(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    committee = await local_committee(tx, id=aim.id, by=turn.person)
    return cards.places(committee, await places_of(tx, committee), say=turn.say)


async def _load_places(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    committee = await local_committee(tx, id=asking.about, by=turn.person)
    offered = {
        _written(each): f"{turn.say(f'place.kind.{each.kind}')} · {each.name}"
        for each in await places_of(tx, committee)
    }
    return Given(title=str(committee.code), offers={"place": offered})


def _written(place: Institution) -> str:
    return f"{place.kind}/{place.name}"


async def _chosen(tx: Transaction, sent: Sent, turn: Turn) -> Institution:
    committee = await local_committee(tx, id=sent.about, by=turn.person)
    kind, _, name = sent.text("place").partition("/")
    return Institution(area=committee.areas[0], kind=kind, name=name)


async def _add(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    name = sent.text("name")
    await add_place(
        tx, id=sent.about, kind=sent.text("kind"), name=name, by=turn.person, now=turn.at
    )
    return await done(tx, ADD_PLACE, sent, turn, name=unmarked(name))


async def _rename(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    name, place = sent.text("name"), await _chosen(tx, sent, turn)
    await rename_place(tx, id=sent.about, place=place, name=name, by=turn.person, now=turn.at)
    return await done(tx, RENAME_PLACE, sent, turn, old=unmarked(place.name), name=unmarked(name))


async def _drop(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    place = await _chosen(tx, sent, turn)
    await drop_place(tx, id=sent.about, place=place, by=turn.person, now=turn.at)
    return await done(tx, DROP_PLACE, sent, turn, name=unmarked(place.name))


async def _export(tx: Transaction, turn: Turn) -> Shown:
    minute = turn.at.replace(second=0, microsecond=0)
    twice = uuid5(NAMESPACE_OID, f"register/{turn.person.id}/{minute.isoformat()}")
    await ask_for_register(tx, id=twice, by=turn.person, now=turn.at)
    return cards.register_asked(say=turn.say)


ADD = Flow(
    name="colleague_add",
    load=_may_enter,
    steps=(
        Step(
            key="who",
            fields=(
                Field(key="name", kind=Text(least=2, at_most=120), data=FACT),
                Field(
                    key="aad_id",
                    kind=Text(
                        at_most=36,
                        shape=UUID_SHAPE,
                        shape_problem="colleague.aad_id",
                        takes_cpr=True,
                    ),
                    data=FACT,
                ),
                Field(
                    key="authority",
                    kind=Choice(names=tuple(Authority), texts="authority"),
                    data=FACT,
                ),
                FUNCTION,
                EMAIL,
                PHONE,
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_enter,
    keeps_key=False,
)
CHANGE = Flow(
    name="colleague_change",
    about=COLLEAGUE,
    load=_known,
    steps=(Step(key="what", fields=(FUNCTION, EMAIL, PHONE)),),
    finish=_correct,
    keeps_key=False,
)
ADD_PLACE = Flow(
    name="place_add",
    about=COMMITTEE,
    load=_load_places,
    steps=(
        Step(
            key="what",
            fields=(
                Field(
                    key="kind", kind=Choice(names=INSTITUTION_KINDS, texts="place.kind"), data=FACT
                ),
                NAME_OF_PLACE,
            ),
        ),
    ),
    finish=_add,
    keeps_key=False,
)
WHICH = Field(key="place", kind=Offered(), data=FACT, texts="place_rename")
RENAME_PLACE = Flow(
    name="place_rename",
    about=COMMITTEE,
    load=_load_places,
    steps=(Step(key="what", fields=(WHICH, NAME_OF_PLACE)),),
    finish=_rename,
    keeps_key=False,
)
DROP_PLACE = Flow(
    name="place_drop",
    about=COMMITTEE,
    load=_load_places,
    steps=(Step(key="what", fields=(WHICH,)), Step(key="review", review=True)),
    finish=_drop,
    keeps_key=False,
)


def _keepers(actor: Actor) -> bool:
    return may(actor, OfficeAction.KEEP_REGISTER)


OFFER = Offer(
    verbs={
        "colleague.add": Verb(take=begins(ADD), words=("ny kollega", "new colleague")),
        "colleague.change": Verb(take=begins(CHANGE), about=COLLEAGUE),
        "register.export": Verb(
            take=alone(_export), words=("eksportér register", "export register")
        ),
        "place.list": Verb(take=_places, about=COMMITTEE),
        "place.add": Verb(take=begins(ADD_PLACE), about=COMMITTEE),
        "place.rename": Verb(take=begins(RENAME_PLACE), about=COMMITTEE),
        "place.drop": Verb(take=begins(DROP_PLACE), about=COMMITTEE),
    },
    flows=(ADD, CHANGE, ADD_PLACE, RENAME_PLACE, DROP_PLACE),
    helps={"help.register": _keepers},
)
