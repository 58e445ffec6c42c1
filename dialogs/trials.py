"""Trials and who can be reached: by press or by keyboard."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID, uuid4

from cards import reaching
from cards import trials as cards
from cards.delivery import WHO
from cards.plain import unmarked
from cards.shown import Shown
from dialogs import alert_replies
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Thing, Verb, alone
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction
from domain.people import Office, Person, PersonId
from domain.trials import Audience
from storage.database import Transaction
from usecases.acknowledge import acknowledge, acknowledge_latest
from usecases.begin_trial import begin_trial, preview_trial
from usecases.confirm_by_phone import confirm_by_phone, see_call_list
from usecases.follow_trial import cancel_trial, follow_trial
from usecases.permit_office import permit_office
from usecases.report_reachability import install_again, see_reachability

LONGEST_NAME = 80
MOST_NAMES = 5
TRIAL = Thing(name="trial", versioned=False)
AUDIENCE = "audience"
ASKS_WHO = frozenset({WHO})


async def _confirm_named(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Take somebody off the call list whose name was typed."""
    name = aim.rest
    await permit_office(tx, turn.person, OfficeAction.CONFIRM_BY_PHONE)
    found = await tx.people.named(name)
    exactly = [each for each in found if each.name.casefold() == name]
    person = _the_only_one(exactly or found, name)
    await confirm_by_phone(tx, by=turn.person, person=person.id, now=turn.at)
    return await _call_list(tx, turn)


def _the_only_one(found: Sequence[Person], name: str) -> Person:
    if not found:
        raise RuleBroken("trial.no_such_person", name=unmarked(name))
    if len(found) > 1:
        names = ", ".join(unmarked(each.name) for each in found[:MOST_NAMES])
        raise RuleBroken("trial.several", names=names)
    return found[0]


async def _choose(tx: Transaction, turn: Turn) -> Shown:
    await permit_office(tx, turn.person, OfficeAction.BEGIN_TRIAL)
    return cards.choose_audience(say=turn.say)


async def _preview(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await preview_trial(tx, by=turn.person, audience=_audience(aim), now=turn.at)
    return cards.preview(seen, id=uuid4(), say=turn.say)


async def _begin(tx: Transaction, turn: Turn, aim: Aim, *, another: bool = False) -> Shown:
    trial = await begin_trial(
        tx, id=aim.id, by=turn.person, audience=_audience(aim), another=another, now=turn.at
    )
    return await _stand(tx, turn, trial.id)


async def _stand(
    tx: Transaction, turn: Turn, trial: UUID | None = None, *, problem: str = ""
) -> Shown:
    followed = await follow_trial(tx, by=turn.person, id=trial, now=turn.at)
    return cards.standing(followed, say=turn.say, problem=problem)


async def _stands(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _stand(tx, turn, aim.id)


async def _cancel(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await cancel_trial(tx, by=turn.person, id=aim.id, now=turn.at)
    return await _stand(tx, turn, aim.id)


async def _confirm(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    if not _who(aim):
        return await _stand(tx, turn, aim.id, problem=turn.say("call_list.choose"))
    await confirm_by_phone(tx, by=turn.person, person=_who(aim), trial=aim.id, now=turn.at)
    return await _stand(tx, turn, aim.id)


async def _confirm_listed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    if not _who(aim):
        return await _call_list(tx, turn, problem=turn.say("call_list.choose"))
    await confirm_by_phone(tx, by=turn.person, person=_who(aim), now=turn.at)
    return await _call_list(tx, turn)


async def _acknowledge(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    at = await acknowledge(tx, trial=aim.id, by=turn.person, now=turn.at)
    return cards.thanks(at, say=turn.say)


async def _received(tx: Transaction, turn: Turn) -> Shown:
    """Note it for an alert that waits for an answer, or else for the latest trial."""
    if (shown := await alert_replies.received(tx, turn)) is not None:
        return shown
    at = await acknowledge_latest(tx, by=turn.person, now=turn.at)
    return cards.thanks(at, say=turn.say)


async def _cancel_latest(tx: Transaction, turn: Turn) -> Shown:
    latest = (await follow_trial(tx, by=turn.person, now=turn.at)).trial
    await cancel_trial(tx, by=turn.person, id=latest.id, now=turn.at)
    return await _stand(tx, turn, latest.id)


async def _call_list(tx: Transaction, turn: Turn, *, problem: str = "") -> Shown:
    waiting = await see_call_list(tx, by=turn.person)
    return reaching.call_list(waiting, say=turn.say, problem=problem)


async def _reachability(tx: Transaction, turn: Turn) -> Shown:
    report = await see_reachability(tx, by=turn.person, now=turn.at)
    return reaching.reachability(report, at=turn.at, say=turn.say)


async def _install_again(tx: Transaction, turn: Turn) -> Shown:
    count = await install_again(tx, by=turn.person, now=turn.at)
    return reaching.tried_again(count, say=turn.say)


def _audience(aim: Aim) -> Audience:
    return Audience(aim.inputs[AUDIENCE])


def _who(aim: Aim) -> PersonId:
    return PersonId(aim.inputs.get(WHO, "")[:LONGEST_NAME])


def _typed(take: Take, audience: Audience) -> Take:
    """Make a take of what is typed in full, with a new id for a trial that may come of it."""
    return lambda tx, turn, _: take(tx, turn, Aim(id=uuid4(), inputs={AUDIENCE: audience}))


def _sends(audience: Audience, *words: str, another: bool = False) -> Verb:
    take = _typed(partial(_begin, another=another), audience)
    return Verb(take=take, words=words, typed_only=True)


def _previews(audience: Audience, *words: str) -> Verb:
    return Verb(take=_typed(_preview, audience), words=words, typed_only=True)


AUDIENCES: Mapping[str, frozenset[str]] = {AUDIENCE: frozenset(Audience)}
EVERYBODY, LEADERS = Audience.EVERYBODY, Audience.LEADERS
OFFER = Offer(
    verbs={
        "trial.open": Verb(take=alone(_choose), words=("prøveudsendelse", "trial")),
        "trial.preview": Verb(take=_preview, carries=AUDIENCES),
        "trial.begin": Verb(take=_begin, about=TRIAL, carries=AUDIENCES),
        "trial.begin_another": Verb(
            take=partial(_begin, another=True), about=TRIAL, carries=AUDIENCES
        ),
        "trial.stand": Verb(take=_stands, about=TRIAL),
        "trial.cancel": Verb(take=_cancel, about=TRIAL),
        "trial.confirm": Verb(take=_confirm, about=TRIAL, asks=ASKS_WHO),
        "call_list.confirm": Verb(take=_confirm_listed, asks=ASKS_WHO),
        "notice.acknowledge": Verb(take=_acknowledge, about=TRIAL),
        "trial.all": _previews(EVERYBODY, "prøveudsendelse alle", "trial everybody"),
        "trial.leaders": _previews(LEADERS, "prøveudsendelse ledere", "trial leaders"),
        "trial.all_send": _sends(EVERYBODY, "prøveudsendelse alle send", "trial everybody send"),
        "trial.all_again": _sends(
            EVERYBODY, "prøveudsendelse alle send igen", "trial everybody send again", another=True
        ),
        "trial.leaders_send": _sends(LEADERS, "prøveudsendelse ledere send", "trial leaders send"),
        "trial.leaders_again": _sends(
            LEADERS, "prøveudsendelse ledere send igen", "trial leaders send again", another=True
        ),
        "trial.latest": Verb(
            take=alone(_stand), words=("prøve status", "trial status"), typed_only=True
        ),
        "trial.cancel_latest": Verb(
            take=alone(_cancel_latest), words=("prøve afbryd", "trial cancel"), typed_only=True
        ),
        "notice.received": Verb(
            take=alone(_received), words=("modtaget", "received"), typed_only=True
        ),
        "call_list.see": Verb(
            take=alone(_call_list), words=("ringeliste", "call list"), typed_only=True
        ),
        "call_list.named": Verb(
            take=_confirm_named,
            words=("ringeliste bekræftet", "call list confirmed"),
            rest=rf" .{{2,{LONGEST_NAME}}}",
            typed_only=True,
        ),
        "reachability.see": Verb(
            take=alone(_reachability), words=("rækkevidde", "reachability"), typed_only=True
        ),
        "reachability.install": Verb(
            take=alone(_install_again),
            words=("installér appen", "installer appen", "install app"),
            typed_only=True,
        ),
    },
    helps={"help.trial": lambda actor: Office.SEK in actor.person.offices},
)
