"""Trials and who can be reached: by press or by keyboard."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from cards import reaching
from cards import trials as cards
from cards.delivery import WHO
from cards.plain import unmarked
from cards.shown import Json, Shown
from dialogs.turns import Turn
from domain.access import OfficeAction
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from domain.trials import Audience
from storage.database import Transaction
from usecases.acknowledge import acknowledge, acknowledge_latest
from usecases.begin_trial import begin_trial, preview_trial
from usecases.confirm_by_phone import confirm_by_phone, see_call_list
from usecases.follow_trial import cancel_trial, follow_trial
from usecases.permit_office import permit_office
from usecases.report_reachability import see_reachability

LONGEST_NAME = 80
MOST_NAMES = 5
NAMED = re.compile(
    rf"(?:ringeliste bekræftet|call list confirmed) (?P<name>.{{2,{LONGEST_NAME}}})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a button is about; each has only what its verb carries."""

    trial: UUID
    audience: Audience
    person: PersonId


Do = Callable[[Transaction, Turn], Awaitable[Shown]]
Take = Callable[[Transaction, Turn, Aim], Awaitable[Shown]]


async def press(tx: Transaction, turn: Turn, verb: str, data: Mapping[str, Json]) -> Shown:
    """Take a press on one of these cards.

    :raises RuleBroken: `press.not_ours` for anything the button does not carry (AC-CARD-03).
    """
    take, carried, asked = ACTIONS[verb]
    sound = carried <= data.keys() <= carried | asked
    if not sound or not all(isinstance(value, str) for value in data.values()):
        raise RuleBroken("press.not_ours")
    try:
        aim = Aim(
            trial=UUID(str(data.get("trial", NOTHING))),
            audience=Audience(str(data.get("audience", Audience.EVERYBODY))),
            person=PersonId(str(data.get(WHO, ""))[:LONGEST_NAME]),
        )
    except ValueError:
        raise RuleBroken("press.not_ours") from None
    return await take(tx, turn, aim)


async def confirm_named(tx: Transaction, turn: Turn, *, named: re.Match[str]) -> Shown:
    """Take somebody off the call list whose name was typed."""
    name = named["name"]
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
    seen = await preview_trial(tx, by=turn.person, audience=aim.audience, now=turn.at)
    return cards.preview(seen, id=uuid4(), say=turn.say)


async def _begin(tx: Transaction, turn: Turn, aim: Aim, *, another: bool = False) -> Shown:
    trial = await begin_trial(
        tx, id=aim.trial, by=turn.person, audience=aim.audience, another=another, now=turn.at
    )
    return await _stand(tx, turn, trial.id)


async def _stand(
    tx: Transaction, turn: Turn, trial: UUID | None = None, *, problem: str = ""
) -> Shown:
    followed = await follow_trial(tx, by=turn.person, id=trial, now=turn.at)
    return cards.standing(followed, say=turn.say, problem=problem)


async def _stands(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _stand(tx, turn, aim.trial)


async def _cancel(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await cancel_trial(tx, by=turn.person, id=aim.trial, now=turn.at)
    return await _stand(tx, turn, aim.trial)


async def _confirm(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    if not aim.person:
        return await _stand(tx, turn, aim.trial, problem=turn.say("call_list.choose"))
    await confirm_by_phone(tx, by=turn.person, person=aim.person, trial=aim.trial, now=turn.at)
    return await _stand(tx, turn, aim.trial)


async def _confirm_listed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    if not aim.person:
        return await _call_list(tx, turn, problem=turn.say("call_list.choose"))
    await confirm_by_phone(tx, by=turn.person, person=aim.person, now=turn.at)
    return await _call_list(tx, turn)


async def _acknowledge(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    at = await acknowledge(tx, trial=aim.trial, by=turn.person, now=turn.at)
    return cards.thanks(at, say=turn.say)


async def _received(tx: Transaction, turn: Turn) -> Shown:
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


def _previews(audience: Audience) -> Do:
    return lambda tx, turn: _preview(tx, turn, _aim_at(audience))


def _begins(audience: Audience, *, another: bool) -> Do:
    return lambda tx, turn: _begin(tx, turn, _aim_at(audience), another=another)


def _aim_at(audience: Audience) -> Aim:
    return Aim(trial=uuid4(), audience=audience, person=PersonId(""))


NOTHING = UUID(int=0)
TRIAL, AUDIENCE = frozenset({"trial"}), frozenset({"audience"})
NONE: frozenset[str] = frozenset()
# The verb, what its button carries, and what may be chosen on its card.
ACTIONS: Mapping[str, tuple[Take, frozenset[str], frozenset[str]]] = {
    "trial.preview": (_preview, AUDIENCE, NONE),
    "trial.begin": (_begin, TRIAL | AUDIENCE, NONE),
    "trial.begin_another": (partial(_begin, another=True), TRIAL | AUDIENCE, NONE),
    "trial.stand": (_stands, TRIAL, NONE),
    "trial.cancel": (_cancel, TRIAL, NONE),
    "trial.confirm": (_confirm, TRIAL, frozenset({WHO})),
    "call_list.confirm": (_confirm_listed, NONE, frozenset({WHO})),
    "notice.acknowledge": (_acknowledge, TRIAL, NONE),
}
BUTTONS: Mapping[str, Do] = {"trial.open": _choose}
COMMANDS: Mapping[Do, frozenset[str]] = {
    _choose: frozenset({"prøveudsendelse", "trial"}),
    _previews(Audience.EVERYBODY): frozenset({"prøveudsendelse alle", "trial everybody"}),
    _previews(Audience.LEADERS): frozenset({"prøveudsendelse ledere", "trial leaders"}),
    _begins(Audience.EVERYBODY, another=False): frozenset(
        {"prøveudsendelse alle send", "trial everybody send"}
    ),
    _begins(Audience.EVERYBODY, another=True): frozenset(
        {"prøveudsendelse alle send igen", "trial everybody send again"}
    ),
    _begins(Audience.LEADERS, another=False): frozenset(
        {"prøveudsendelse ledere send", "trial leaders send"}
    ),
    _begins(Audience.LEADERS, another=True): frozenset(
        {"prøveudsendelse ledere send igen", "trial leaders send again"}
    ),
    _stand: frozenset({"prøve status", "trial status"}),
    _cancel_latest: frozenset({"prøve afbryd", "trial cancel"}),
    _received: frozenset({"modtaget", "received"}),
    _call_list: frozenset({"ringeliste", "call list"}),
    _reachability: frozenset({"rækkevidde", "reachability"}),
}
