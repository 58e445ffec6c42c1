"""Countersigns: what takes two people is asked by one and given by another (domain.md §14.3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.access import Action
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction
from domain.people import Person, PersonId
from domain.roles import Role


class CountersignKind(StrEnum):
    """What two people do together."""

    CLOSE_CASE = "close_case"
    REOPEN_CASE = "reopen_case"
    MERGE = "merge"
    EXEMPT_INFORMING = "exempt_informing"
    RELEASE = "release"  # of what is kept, for deletion
    GRANT_ROLE = "grant_role"
    ACCESS_EXPORT = "access_export"


class CountersignState(StrEnum):
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


Row = Action | OfficeAction
LASTS = timedelta(days=14)  # one meeting on: then it is asked again, of how things stand then


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who asks and who gives, as rows of the one table of access.

    `between_them` are sets of roles; the two together must be somebody of each.
    """

    asks: Row
    gives: Row
    of_another_authority: bool = False
    between_them: Sequence[frozenset[Role]] = ()


FACILITATORS = frozenset({Role.FAC, Role.PFAC})
MEMBERS = frozenset({Role.KGM, Role.PKM})
RULES: Mapping[CountersignKind, Rule] = {
    CountersignKind.CLOSE_CASE: Rule(asks=Action.CLOSE, gives=Action.AGREE_CLOSE),
    CountersignKind.REOPEN_CASE: Rule(asks=Action.REOPEN, gives=Action.AGREE_REOPEN),
    CountersignKind.MERGE: Rule(asks=Action.MERGE, gives=Action.AGREE_MERGE),
    CountersignKind.EXEMPT_INFORMING: Rule(
        asks=Action.ASK_EXEMPTION,
        gives=Action.COUNTERSIGN_EXEMPTION,
        of_another_authority=True,
        between_them=(FACILITATORS, MEMBERS),
    ),
    CountersignKind.RELEASE: Rule(
        asks=Action.RELEASE,
        gives=Action.AGREE_RELEASE,
        between_them=(frozenset({Role.STEW}), frozenset({Role.SEK})),
    ),
    CountersignKind.GRANT_ROLE: Rule(asks=OfficeAction.GRANT_ROLE, gives=OfficeAction.AGREE_ROLE),
    CountersignKind.ACCESS_EXPORT: Rule(asks=Action.ACCESS_REQUEST, gives=Action.REVIEW_ACCESS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersign:
    """Something one person wants done that another must agree to.

    `about` is the case, or for a role the countersign itself. `seen` is the version of what
    it is about when it was asked. `terms` are ids and codes only: words lie in records.
    """

    id: UUID
    kind: CountersignKind
    about: UUID
    seen: int
    asked_by: PersonId
    asked_at: datetime
    expires_at: datetime
    terms: Mapping[str, str] = field(default_factory=dict)
    state: CountersignState = CountersignState.ASKED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    version: int = 1

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can still be given; at `expires_at` it no longer can."""
        return self.state is CountersignState.ASKED and now < self.expires_at


def are_two(
    kind: CountersignKind,
    *,
    asker: Person,
    asker_is: Collection[Role],
    giver: Person,
    giver_is: Collection[Role],
) -> bool:
    """Tell whether these two are two in the sense of the rule (ROLE-04)."""
    rule = RULES[kind]
    if asker.id == giver.id:
        return False
    if rule.of_another_authority and asker.authority == giver.authority:
        return False
    together = {*asker_is, *giver_is}
    return all(needed & together for needed in rule.between_them)


def _decided(
    asked: Countersign, state: CountersignState, *, by: PersonId, now: datetime
) -> Countersign:
    match asked.state:
        case CountersignState.GIVEN:
            raise RuleBroken("countersign.already_given")
        case CountersignState.REFUSED:
            raise RuleBroken("countersign.already_refused")
        case CountersignState.WITHDRAWN:
            raise RuleBroken("countersign.already_withdrawn")
        case CountersignState.ASKED:
            pass
    if not asked.is_open(now):
        raise RuleBroken("countersign.expired")
    return replace(asked, state=state, decided_by=by, decided_at=now)


def give(asked: Countersign, *, by: PersonId, now: datetime) -> Countersign:
    """Agree to it; who asked cannot.

    :raises RuleBroken: `countersign.own`, `.already_…` or `.expired`.
    """
    if by == asked.asked_by:
        raise RuleBroken("countersign.own")
    return _decided(asked, CountersignState.GIVEN, by=by, now=now)


def refuse(asked: Countersign, *, by: PersonId, now: datetime) -> Countersign:
    """Disagree; then nothing happens.

    :raises RuleBroken: as `give` does.
    """
    if by == asked.asked_by:
        raise RuleBroken("countersign.own")
    return _decided(asked, CountersignState.REFUSED, by=by, now=now)


def withdraw(asked: Countersign, *, by: PersonId, now: datetime) -> Countersign:
    """Take one's own question back.

    :raises RuleBroken: `countersign.not_own`, `.already_…` or `.expired`.
    """
    if by != asked.asked_by:
        raise RuleBroken("countersign.not_own")
    return _decided(asked, CountersignState.WITHDRAWN, by=by, now=now)
