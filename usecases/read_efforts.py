"""Read efforts: one with the names in it, those one may see, and what the pool has left."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.dates import local_date
from domain.efforts import Effort, left_of
from domain.matters import Matter
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.effort_people import deciders


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A year's pool: all of it and what is left, in øre."""

    year: int
    amount: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortSeen:
    """An effort, to somebody who may read it; `own` where it is for others to decide."""

    effort: Effort
    matter: Matter
    actor: Actor
    names: dict[str, str] = field(repr=False)
    committee: str = field(repr=False)
    own: bool
    pool: Pool | None

    def may(self, action: Action) -> bool:
        return can(self.actor, action, self.matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortsSeen:
    """The efforts of this year and the next that somebody may read, and the pool if they may."""

    efforts: list[Effort]
    pool: Pool | None
    may_apply: bool
    may_set_pool: bool


async def open_effort(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> EffortSeen:
    """Read one.

    :raises RuleBroken: `effort.not_found`
    """
    effort, matter, actor = await permit.effort(tx, by, Action.READ_EFFORT, id, now=now)
    people = await tx.people.of_ids([effort.lead, effort.contact, effort.applied_by])
    committee = await tx.organisation.committee(effort.committee)
    return EffortSeen(
        effort=effort,
        matter=matter,
        actor=actor,
        names={str(each.id): each.name for each in people.values()},
        committee=committee.name,
        own=effort.is_own(by.id, able=await deciders(tx, effort)),
        pool=await _pool(tx, effort.year) if may(actor, OfficeAction.SEE_POOL) else None,
    )


async def list_efforts(tx: Transaction, *, by: Person, now: datetime) -> EffortsSeen:
    """List those of the last year, this and the next, the newest number first."""
    actor = await permit.actor_of(tx, by)
    year = local_date(now).year
    found = [each for at in (year + 1, year, year - 1) for each in await tx.efforts.of_year(at)]
    return EffortsSeen(
        efforts=[
            each
            for each in sorted(found, key=lambda effort: effort.reference, reverse=True)
            if can(actor, Action.READ_EFFORT, await tx.matters.of_effort(each))
        ],
        pool=await _pool(tx, year) if may(actor, OfficeAction.SEE_POOL) else None,
        may_apply=may(actor, OfficeAction.APPLY_FOR_EFFORT),
        may_set_pool=may(actor, OfficeAction.SET_POOL),
    )


async def _pool(tx: Transaction, year: int) -> Pool:
    amount = await tx.efforts.pool(year)
    left = left_of(amount, await tx.efforts.of_year(year))
    return Pool(year=year, amount=amount, left=left)
