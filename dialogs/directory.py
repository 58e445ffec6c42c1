"""The directory (`katalog`): where Entra and the register differ, and what is done (APP-2)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cards import directory as cards
from cards.directory import CLASSES, PAGES, class_of
from cards.plain import unmarked
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered, SeveralOffered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.register_keeping import EMAIL, FACT, FUNCTION, PHONE
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.directory_changes import Found
from domain.office_actions import OfficeAction, may
from domain.people import Authority
from domain.roles import Actor
from storage.database import Transaction
from usecases.decide_directory import (
    ask_directory_now,
    decide,
    enter_found,
    see_directory,
    to_decide,
    to_enter,
)

MOST_OFFERED = 12  # one by one; more are decided about together, or page by page
ALL = "all"


async def _see(tx: Transaction, turn: Turn) -> Shown:
    return await _overview(tx, turn)


async def _overview(tx: Transaction, turn: Turn, *, top: str = "") -> Shown:
    seen = await see_directory(tx, by=turn.person)
    return cards.overview(
        seen.state,
        seen.waiting,
        agreed=seen.agreed,
        without_group=len(seen.committees) - len(seen.links),
        keeps=seen.keeps,
        now=turn.at,
        top=top,
        say=turn.say,
    )


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_directory(tx, by=turn.person)
    return cards.differences(seen.waiting, page=int(aim.inputs["page"]), say=turn.say)


async def _groups(tx: Transaction, turn: Turn) -> Shown:
    seen = await see_directory(tx, by=turn.person)
    links = {each.committee: each for each in seen.links}
    return cards.groups(seen.committees, links, say=turn.say)


async def _read(tx: Transaction, turn: Turn) -> Shown:
    await ask_directory_now(tx, by=turn.person, now=turn.at)
    return await _overview(tx, turn, top=turn.say("directory.asked_now"))


def _offered(waiting: Sequence[Found], turn: Turn) -> Mapping[str, str]:
    """Offer each by itself, and all of a class together; how many is part of what is chosen."""
    count = cards.counts(waiting)
    together = {
        f"{ALL}-{each}-{count[each]}": turn.say(
            f"directory_agree.which.all_{each}", count=count[each]
        )
        for each in CLASSES
        if count[each] > 1
    }
    singly = {
        str(each.difference.id): cards.line(each.difference, turn.say, marked=False)
        for each in cards.in_order(waiting)[:MOST_OFFERED]
    }
    return {**together, **singly}


async def _load_agree(tx: Transaction, asking: Asking) -> Given:
    waiting = await to_decide(tx, by=asking.turn.person, agree=True)
    return Given(offers={"which": _offered(waiting, asking.turn)})


async def _load_aside(tx: Transaction, asking: Asking) -> Given:
    waiting = await to_decide(tx, by=asking.turn.person, agree=False)
    return Given(offers={"which": _offered(waiting, asking.turn)})


async def _chosen(tx: Transaction, sent: Sent, turn: Turn, *, agree: bool) -> set[UUID]:
    """Give the differences that are meant, those of a whole class among them."""
    said = sent.answers["which"]
    names = [str(each) for each in said] if isinstance(said, list) else []
    classes = {each.split("-")[1] for each in names if each.startswith(ALL)}
    waiting = await to_decide(tx, by=turn.person, agree=agree)
    return {
        *(UUID(each) for each in names if not each.startswith(ALL)),
        *(each.difference.id for each in waiting if class_of(each.difference) in classes),
    }


async def _agree(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    chosen = await _chosen(tx, sent, turn, agree=True)
    count = await decide(tx, chosen, agree=True, by=turn.person, now=turn.at)
    return await _overview(tx, turn, top=turn.say("directory.agreed", count=count))


async def _aside(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    chosen = await _chosen(tx, sent, turn, agree=False)
    count = await decide(tx, chosen, agree=False, by=turn.person, now=turn.at)
    return await _overview(tx, turn, top=turn.say("directory.set_aside", count=count))


async def _load_enter(tx: Transaction, asking: Asking) -> Given:
    """Offer who is in a group and not in the register, with the address Entra has."""
    found = await to_enter(tx, by=asking.turn.person)
    chosen = {str(id_): each.difference for id_, each in found.items()}
    meant = chosen.get(str(asking.answers.get("who")))
    return Given(
        notes=[unmarked(meant.name)] if meant else [],
        offers={
            "who": {
                id_: cards.line(each, asking.turn.say, marked=False)
                for id_, each in [*chosen.items()][:MOST_OFFERED]
            }
        },
        known={"email": meant.becomes} if meant and meant.becomes else {},
    )


async def _enter(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    person = await enter_found(
        tx,
        id=sent.id,
        found=UUID(sent.text("who")),
        authority=Authority(sent.text("authority")),
        function=sent.text("function"),
        email=sent.text("email"),
        phone=sent.text("phone"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, ENTER, sent, turn, name=unmarked(person.name))


_WHICH = Field(key="which", kind=SeveralOffered(), data=FACT)
AGREE = Flow(
    name="directory_agree",
    load=_load_agree,
    steps=(Step(key="which", fields=(_WHICH,)), Step(key="review", review=True)),
    finish=_agree,
    keeps_key=False,
)
ASIDE = Flow(
    name="directory_aside",
    load=_load_aside,
    steps=(Step(key="which", fields=(_WHICH,)), Step(key="review", review=True)),
    finish=_aside,
    keeps_key=False,
)
ENTER = Flow(
    name="directory_enter",
    load=_load_enter,
    steps=(
        Step(key="who", fields=(Field(key="who", kind=Offered(), data=FACT),)),
        Step(
            key="what",
            fields=(
                Field(
                    key="authority",
                    kind=Choice(names=tuple(Authority), texts="authority"),
                    data=FACT,
                    texts="colleague_add",
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


def _secretariat(actor: Actor) -> bool:
    return may(actor, OfficeAction.SEE_REGISTER)


OFFER = Offer(
    verbs={
        "directory.see": Verb(take=alone(_see), words=("katalog", "directory")),
        "directory.list": Verb(take=_list, carries={"page": frozenset(PAGES)}),
        "directory.groups": Verb(take=alone(_groups)),
        "directory.read": Verb(take=alone(_read), words=("hent katalog", "read directory")),
        "directory.agree": Verb(
            take=begins(AGREE), words=("godkend katalog", "approve directory")
        ),
        "directory.aside": Verb(take=begins(ASIDE), words=("afvis katalog", "decline directory")),
        "directory.enter": Verb(take=begins(ENTER)),
    },
    flows=(AGREE, ASIDE, ENTER),
    helps={"help.directory": _secretariat},
)
