"""A coordination: what the group saw, judged and agreed on, at one moment (domain.md CASE-4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import RuleBroken
from domain.levels import CRITERIA, LEVELS, criterion, is_confirmed_source
from domain.people import Authority, PersonId


class LifeArea(StrEnum):
    """The six areas in which the group looks at a young person's life (LVL-7)."""

    DEVELOPMENT = "development"
    FAMILY = "family"
    SCHOOL = "school"
    HEALTH = "health"
    LEISURE = "leisure"
    OTHER = "other"


class Seen(StrEnum):
    """What the group can say of a risk, or of something that protects. Never summed (LVL-6)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The group's view of a life: risks and what protects, each with words of its own."""

    risks: Mapping[LifeArea, Seen]
    protections: Mapping[LifeArea, Seen]
    risk_words: str = field(default="", repr=False)
    protection_words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """What the young person says themselves, or why nobody has heard them yet (BL-4)."""

    heard: bool
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChoice:
    """A level with what it rests on: criteria, or words of one's own (LVL-0b, LVL-3)."""

    level: int
    codes: tuple[str, ...] = field(repr=False)
    reason: str = field(repr=False)
    unconfirmed: tuple[str, ...] = field(
        default=(), repr=False
    )  # facts that nobody who can know them has confirmed


AUTHORITY_SIDE = frozenset({"KG.1", "PKG.1"})  # the seats of social services' authority side
REASON_AT_LEAST = 10  # characters
OTHER_CRITERION = "other"
FIRST_LEVELS = frozenset({1, 2})
FOLLOW_UP_AFTER: Mapping[int, timedelta] = {  # domain.md §16 case.followup_meetings
    level: timedelta(days=28 if level in FIRST_LEVELS else 14) for level in LEVELS
}


def choose_level(
    *,
    level: int,
    codes: Collection[str],
    reason: str,
    sources: Collection[tuple[Authority, bool]],
) -> LevelChoice:
    """Set a level, with at least one criterion and a reason of the group's own.

    What only some can know is unconfirmed unless one of them takes part: the police, the
    probation service, or social services' authority side (LVL-4).

    :param sources: who takes part: an authority, and whether for its authority side.
    :raises RuleBroken: `level.unknown`, `.unknown_criterion`, `.no_criterion`, `.no_reason`.
    """
    if level not in LEVELS:
        raise RuleBroken("level.unknown")
    if not codes:
        raise RuleBroken("level.no_criterion")
    if len(reason.strip()) < REASON_AT_LEAST:
        raise RuleBroken("level.no_reason", least=REASON_AT_LEAST)
    known = [criterion(code) for code in codes if code != OTHER_CRITERION]
    confirmed = any(is_confirmed_source(each, authority_side=side) for each, side in sources)
    return LevelChoice(
        level=level,
        codes=tuple(code for code in (*_IN_ORDER, OTHER_CRITERION) if code in codes),
        reason=reason.strip(),
        unconfirmed=() if confirmed else tuple(each.code for each in known if each.known_to_few),
    )


_IN_ORDER = tuple(each.code for each in CRITERIA)


def follow_up_after(level: int, *, today: date) -> date:
    """Suggest when to look at a case again (CASE-11)."""
    return today + FOLLOW_UP_AFTER[level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Who took part, for which authority, and who was not there because they are near."""

    people: Mapping[PersonId, Authority]
    recused: int  # how many left; who they are is nobody's business here (INH-3)


def took_part(
    chosen: Collection[PersonId], *, offered: Mapping[PersonId, Authority], recused: int
) -> Taking:
    """Note who took part, of those who may.

    :raises RuleBroken: `coordination.nobody`, or `press.not_ours` for anybody not offered.
    """
    if not chosen:
        raise RuleBroken("coordination.nobody")
    if not set(chosen) <= offered.keys():
        raise RuleBroken("press.not_ours")
    return Taking(people={each: offered[each] for each in chosen}, recused=recused)


def must_agree_or_say_why(*, open_actions: int, new_actions: Sequence[object], why: str) -> None:
    """Let a coordination end with an action, or with a reason for none (CASE-5).

    :raises RuleBroken: `coordination.no_action`
    """
    if not (open_actions or new_actions or why.strip()):
        raise RuleBroken("coordination.no_action")
