"""The four levels of concern and the criteria that suggest them (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.people import Authority

LEVELS = (1, 2, 3, 4)
SEVERAL_AT_LEAST = 2  # earlier registrations (domain.md §16 level.several_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """An example of what may raise a level; the lists are open (LVL-0b).

    `computed` ones follow from earlier registrations and are never shown to a reporter
    (LVL-2). `known_to_few` ones are facts only some can know, and of these the
    `offence` ones are about detention, charge or conviction (LVL-4).
    """

    code: str
    level: int
    computed: bool = False
    known_to_few: bool = False
    offence: bool = False

    @property
    def text(self) -> str:
        return f"criterion.{self.code}"


CRITERIA = (
    Criterion(code="L1.a", level=1),
    Criterion(code="L1.b", level=1),
    Criterion(code="L1.c", level=1),
    Criterion(code="L1.d", level=1),
    Criterion(code="L2.a", level=2, computed=True),
    Criterion(code="L2.b", level=2),
    Criterion(code="L2.c", level=2, known_to_few=True),
    Criterion(code="L2.d", level=2, known_to_few=True, offence=True),
    Criterion(code="L3.a", level=3, computed=True, known_to_few=True, offence=True),
    Criterion(code="L3.b", level=3, known_to_few=True, offence=True),
    Criterion(code="L3.c", level=3, known_to_few=True),
    Criterion(code="L4.a", level=4),
    Criterion(code="L4.b", level=4),
    Criterion(code="L4.c", level=4),
    Criterion(code="L4.d", level=4),
    Criterion(code="L4.e", level=4, known_to_few=True, offence=True),
)
TICKABLE = tuple(each for each in CRITERIA if not each.computed)

_BY_CODE = {each.code: each for each in CRITERIA}
_IN_DOUBT = {"L3.b", "L4.e"}  # the same words stand under levels 3 and 4
_SETTLES_DOUBT = {"L4.a", "L4.b", "L4.c", "L4.d"}


def criterion(code: str) -> Criterion:
    """Find a criterion.

    :raises RuleBroken: `level.unknown_criterion`
    """
    if code not in _BY_CODE:
        raise RuleBroken("level.unknown_criterion")
    return _BY_CODE[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A level for people to agree with or not, and the ticks it rests on."""

    level: int | None
    because: tuple[str, ...]


def assessed_level(proposed: int | None, ticks: Iterable[str]) -> int | None:
    """Give the level somebody proposes; where they do not know, the one their ticks suggest.

    :raises RuleBroken: `level.unknown_criterion`
    """
    return proposed or suggest_level(ticks, several_over_a_period=False).level


def suggest_level(ticks: Iterable[str], *, several_over_a_period: bool) -> Suggestion:
    """Suggest the highest level that has a ticked criterion (LVL-1).

    "Detained, charged or convicted for serious crime" stands under both 3 and 4: it
    suggests 4 only beside another criterion of 4, or when there were several acts
    over a period.

    :raises RuleBroken: `level.unknown_criterion`
    """
    ticked = {criterion(code).code for code in ticks}
    doubtful = 4 if several_over_a_period or ticked & _SETTLES_DOUBT else 3
    levels = {
        each.code: doubtful if each.code in _IN_DOUBT else each.level
        for each in CRITERIA
        if each.code in ticked
    }
    highest = max(levels.values(), default=None)
    return Suggestion(
        level=highest, because=tuple(code for code, level in levels.items() if level == highest)
    )


def computed(*, early_concerns: int, charged_cases: int) -> frozenset[str]:
    """Name the criteria that follow from earlier registrations of the same person (LVL-2).

    :param early_concerns: earlier concerns of level 1.
    :param charged_cases: earlier cases of level 2 in which they were charged or convicted.
    """
    holds = {
        "L2.a": early_concerns >= SEVERAL_AT_LEAST,
        "L3.a": charged_cases >= SEVERAL_AT_LEAST,
    }
    return frozenset(code for code, is_so in holds.items() if is_so)


def is_confirmed_source(authority: Authority, *, authority_side: bool) -> bool:
    """Say whether an offence fact from this source counts as confirmed (LVL-4, field 3.3).

    The police and the probation service always know; social services only on the
    authority side (myndighedsområde).
    """
    match authority:
        case Authority.KP | Authority.KFO:
            return True
        case Authority.SOF:
            return authority_side
        case _:
            return False
