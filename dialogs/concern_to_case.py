"""The way from a concern to a case: look whether the person is known, open one, or let it join."""

from uuid import UUID, uuid4

from cards import concerns as concern_cards
from cards import intake as cards
from cards.shown import Shown
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.things import CASE, CONCERN
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.known_people import Known
from usecases.take_into_case import (
    link_concern,
    look_for_case,
    open_case_from,
    pass_to_known,
)


async def _to_case(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Say what SSP knows of the person, and offer to open a case or to let it join one."""
    concern, known = await look_for_case(tx, concern=aim.id, by=turn.person, now=turn.at)
    return cards.matching(
        cards.Matching(
            concern=concern,
            matches=_matches(known),
            elsewhere=_elsewhere(known),
            may_open=known.same is None and not known.runs_elsewhere,
        ),
        say=turn.say,
    )


def _matches(known: Known) -> list[cards.Match]:
    if known.same is not None:
        return [cards.Match(case=known.same, how="number")]
    return [
        cards.Match(case=each.case, how="name" if each.same_name else "birthday")
        for each in known.candidates
    ]


def _elsewhere(known: Known) -> str:
    said = {
        "runs": known.runs_elsewhere,
        "was": known.was_elsewhere and known.same is None,
        "maybe": known.maybe_elsewhere,
    }
    return next((how for how, is_so in said.items() if is_so), "")


async def _open_case(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case = await open_case_from(
        tx, id=uuid4(), concern=aim.id, seen=aim.version, by=turn.person, now=turn.at
    )
    return cards.joined(case, "opened", say=turn.say)


async def _join(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Let the concern join the case chosen on the card, or named by its number."""
    case = await _chosen(tx, aim)
    joined = await link_concern(
        tx, concern=aim.id, case=case, seen=aim.version, by=turn.person, now=turn.at
    )
    return cards.joined(joined, "linked", say=turn.say)


async def _chosen(tx: Transaction, aim: Aim) -> UUID:
    """Read which case is meant; whether it was offered is for the use case to say.

    :raises RuleBroken: `case.not_found`
    """
    if aim.rest:
        reference = aim.rest.split()[-1]
        found = await CASE.find(tx, reference)
        if found is None:
            raise RuleBroken("case.not_found", about=reference)
        return found[0]
    try:
        return UUID(aim.inputs.get(cards.CASE, ""))
    except ValueError:
        raise RuleBroken("concern.choose_case") from None


async def _pass_to_known(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    concern = await pass_to_known(
        tx, concern=aim.id, seen=aim.version, by=turn.person, now=turn.at
    )
    return concern_cards.handled(concern, "passed", say=turn.say)


OFFER = Offer(
    verbs={
        "concern.to_case": Verb(take=_to_case, about=CONCERN, words=("til sag", "to case")),
        "concern.open_case": Verb(
            take=_open_case, about=CONCERN, words=("opret sag", "open case")
        ),
        "concern.join": Verb(
            take=_join,
            about=CONCERN,
            asks=frozenset({cards.CASE}),
            words=("læg", "link"),
            rest=r" (?:i |to )?\d{4}-\d{4,6}",
        ),
        "concern.pass_to_known": Verb(
            take=_pass_to_known, about=CONCERN, words=("bed sekretariatet", "ask secretariat")
        ),
    },
)
