"""Who may press what, on what: a row for each verb, from which the matrix of AC-CARD-02 is made.

Each slice writes its rows in `acts_<slice>.py` and adds them to `every_act.py`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from domain.cases import Case
from domain.people import Person
from tests.support.chat import Chat
from tests.support.town import Town
from tests.support.townspeople import (
    ANNA,
    BENTE,
    BO,
    CARL,
    DAN,
    DORTE,
    EVA,
    GRETE,
    HELLE,
    HENRIETTE,
    LARS,
    LINE,
    PIA,
    RUTH,
    SANNE,
    SOFIE,
    STINE,
    SUNE,
)

ROLES: Mapping[str, Person] = {
    "reporter": ANNA,
    "facilitator": BO,
    "recused member": CARL,
    "member": SOFIE,
    "member when needed": BENTE,
    "facilitator elsewhere": EVA,
    "facilitator of SSP+": PIA,
    "member of SSP+": SANNE,
    "local committee": LINE,
    "leader": LARS,
    "leader of SSP+": RUTH,
    "manager": GRETE,
    "secretariat": DORTE,
    "steward": STINE,
    "head": HENRIETTE,
    "data protection": DAN,
    "machines": SUNE,
    "not covered": HELLE,
}


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What a button would carry – the object's id and version – and the number to type."""

    carried: Mapping[str, object]
    number: str = ""


def with_a_case(case: Case) -> Staged:
    """Carry a case as its buttons do."""
    return Staged(carried={"case": str(case.id), "version": case.version}, number=case.reference)


Scene = Callable[[Town], Awaitable[Staged]]
Before = Callable[[Town, Chat, Staged], Awaitable[Staged]]


async def _nothing_before(_: Town, __: Chat, staged: Staged) -> Staged:
    return staged


@dataclass(frozen=True, kw_only=True)
class Act:
    """A press, and who may make it.

    `scene` plays what comes before. `asks` is what is chosen on the card, `rest` what is typed
    after the number. `before` is what somebody who may has to do first, such as opening it.
    """

    scene: Scene
    allowed: frozenset[str]
    asks: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    before: Before = _nothing_before


def act(
    scene: Scene, *allowed: str, rest: str = "", before: Before = _nothing_before, **asks: str
) -> Act:
    return Act(scene=scene, allowed=frozenset(allowed), asks=asks, rest=rest, before=before)
