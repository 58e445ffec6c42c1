"""Which cases SSP+ has, and who is told of something about a case near it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.access import Action, can
from domain.cases import Case
from domain.errors import RuleBroken
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.people import Committee, CommitteeCode, CommitteeType, Office, Person, PersonId, Seat
from storage.database import Transaction
from usecases.permit import actor_of

_LEADING = frozenset({Seat.MEMBER, Seat.CHAIR})


async def ssp_plus_groups(tx: Transaction) -> list[CommitteeCode]:
    """Name the coordination groups of SSP+ that the register knows: one, or none."""
    found = await _of_type(tx, CommitteeType.SSP_PLUS_COORDINATION)
    return [each.code for each in found]


async def ssp_plus_group(tx: Transaction) -> CommitteeCode:
    """Name the one coordination group of SSP+ (PLUS-1).

    :raises RuleBroken: `handover.no_ssp_plus` when the register has none.
    """
    found = await ssp_plus_groups(tx)
    if not found:
        raise RuleBroken("handover.no_ssp_plus")
    return found[0]


async def is_in_ssp_plus(tx: Transaction, case: Case) -> bool:
    """Whether SSP+ has the duty in a case."""
    group = await tx.organisation.committee(case.group)
    return group.type is CommitteeType.SSP_PLUS_COORDINATION


async def must_be_in_ssp_plus(tx: Transaction, case: Case) -> None:
    """Keep what only SSP+ does out of other cases.

    :raises RuleBroken: `plus.not_in_ssp_plus`
    """
    if not await is_in_ssp_plus(tx, case):
        raise RuleBroken("plus.not_in_ssp_plus")


async def facilitators_of(tx: Transaction, group: CommitteeCode, matter: Matter) -> list[Person]:
    """Name a group's facilitators who may open the case; the Secretariat where there is none."""
    seated = [
        person
        for seat, person in await tx.organisation.members(group)
        if seat.seat is Seat.FACILITATOR
    ]
    able = await _able(tx, seated, matter)
    return able or await _able(tx, await tx.people.of_office(Office.SEK), matter)


async def leaders_of(tx: Transaction, case: Case, matter: Matter) -> list[Person]:
    """Name who leads in the case's area and in SSP+: they hear of it by its number only (AGE-6).

    Nobody who is recused from the case is among them, and nobody §115 does not cover.
    """
    groups = [
        *await _of_type(tx, CommitteeType.SSP_PLUS_LEADER),
        *(group for group in await _of_type(tx, CommitteeType.LEADER) if case.area in group.areas),
    ]
    seated = [
        person
        for group in groups
        for seat, person in await tx.organisation.members(group.code)
        if seat.seat in _LEADING
    ]
    return [
        person
        for person in {each.id: each for each in seated}.values()
        if person.s115_covered and person.id not in matter.recused
    ]


def told(
    kind: NoticeKind, case: Case, people: Iterable[PersonId], *, round: int, at: datetime
) -> list[Notice]:
    """Make the notices of one event of a case; each names its number only."""
    return [
        Notice(kind=kind, about=case.id, due_at=at, person=person, round=round)
        for person in dict.fromkeys(people)
    ]


async def _able(tx: Transaction, people: Iterable[Person], matter: Matter) -> list[Person]:
    return [each for each in people if can(await actor_of(tx, each), Action.OPEN, matter)]


async def _of_type(tx: Transaction, type: CommitteeType) -> Sequence[Committee]:
    return [each for each in await tx.organisation.committees() if each.type is type]
