"""What each kind of agreement shows to whoever is asked, and what happens when it is given."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from cards.countersigns import Asked
from dialogs import access_requests, exempting, life_cycle
from dialogs.roles import about_role
from dialogs.turns import Turn
from domain.access import Action
from domain.countersigns import RULES, Countersign, CountersignKind
from storage.database import Transaction
from usecases import permit
from usecases.answer_access import release_when_agreed as answer_when_agreed
from usecases.appoint import give_agreed
from usecases.close_case import REASON, RECORD, close_when_agreed, reopen_when_agreed
from usecases.countersign import Then
from usecases.exempt_informing import exempt
from usecases.merge_people import merge_when_agreed, read_sides
from usecases.read_case import decision_of
from usecases.release_case import release_when_agreed

AsksAbout = Callable[[Transaction, Turn, Countersign], Awaitable[Asked]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One kind: what is read before answering, and the second half of it."""

    asks_about: AsksAbout
    then: Then


async def about_case(tx: Transaction, turn: Turn, asked: Countersign) -> Asked:
    """Show the reason that was given, from its record; the reading is on record."""
    rule = RULES[asked.kind]
    action = rule.asks if asked.asked_by == turn.person.id else rule.gives
    case, _, _ = await permit.case(
        tx, turn.person, cast("Action", action), asked.about, now=turn.at
    )
    say, lines = turn.say, list[tuple[str, str]]()
    if reason := asked.terms.get(REASON):
        lines.append((say("countersign.reason"), say(f"close_reason.{reason}")))
    words = await decision_of(tx, case, UUID(asked.terms[RECORD]))
    lines.append((say("countersign.words"), str(words.get("words", ""))))
    return Asked(reference=case.reference, lines=lines)


async def about_merge(tx: Transaction, turn: Turn, asked: Countersign) -> Asked:
    """Show the two people side by side, as far as the person asked may know them."""
    sides = await read_sides(tx, asked, by=turn.person, now=turn.at)
    say, lines = turn.say, list[tuple[str, str]]()
    for case, who in zip((sides.one, sides.into), sides.people, strict=True):
        born = say.day(who.born) if who.born else say("merge.not_born")
        lines.append((say("merge.side", reference=case.reference), f"{who.name}, {born}"))
    lines.append((say("countersign.words"), sides.reason))
    return Asked(reference=sides.one.reference, lines=lines)


KINDS: Mapping[CountersignKind, Agreed] = {
    CountersignKind.CLOSE_CASE: Agreed(asks_about=about_case, then=close_when_agreed),
    CountersignKind.MERGE: Agreed(asks_about=about_merge, then=merge_when_agreed),
    CountersignKind.REOPEN_CASE: Agreed(asks_about=about_case, then=reopen_when_agreed),
    CountersignKind.EXEMPT_INFORMING: Agreed(asks_about=exempting.asks_about, then=exempt),
    CountersignKind.ACCESS_EXPORT: Agreed(
        asks_about=access_requests.asks_about, then=answer_when_agreed
    ),
    CountersignKind.RELEASE: Agreed(asks_about=life_cycle.asks_about, then=release_when_agreed),
    CountersignKind.GRANT_ROLE: Agreed(asks_about=about_role, then=give_agreed),
}
