"""The lists by which plans are sent: read them, write one, let one go (BER-48)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.alert_sharings import DistributionList, named
from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Authority, CommitteeCode, Person, PersonId
from domain.plan_lists import TEAM_SIKKER_BY, in_order, outside
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office

MOST_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenList:
    """A list as somebody wrote it: names of people and organisations between commas."""

    id: UUID
    seen: int
    name: str = field(repr=False)
    tier: PlanTier
    committees: Sequence[str] = field(repr=False)
    people: str = field(repr=False)
    outside: str = field(repr=False)


async def plan_lists(tx: Transaction) -> list[DistributionList]:
    """List those that plans are sent by, by name; Team Sikker By is there from the beginning."""
    kept = [each for each in await tx.distribution_lists.all() if each.tier is not None]
    if await tx.distribution_lists.find(TEAM_SIKKER_BY.id) is None:
        kept.append(TEAM_SIKKER_BY)
    return sorted(kept, key=lambda each: (each.name.casefold(), each.id))


async def plan_list(tx: Transaction, id: UUID) -> DistributionList:
    """Find a list that is in use.

    :raises RuleBroken: `list.gone`
    """
    for each in await plan_lists(tx):
        if each.id == id:
            return each
    raise RuleBroken("list.gone")


async def open_list(tx: Transaction, id: UUID, *, by: Person) -> DistributionList:
    """Open a list that is in use, for who keeps them.

    :raises RuleBroken: `distribution_list.not_found`
    """
    kept = {each.id: each for each in await plan_lists(tx)}.get(id)
    if kept is None or not may(await actor_of(tx, by), OfficeAction.SHARE_PLAN):
        raise RuleBroken("distribution_list.not_found", about=str(id))
    return kept


async def keep_list(
    tx: Transaction, written: WrittenList, *, by: Person, now: datetime
) -> DistributionList:
    """Keep a list, new or changed.

    :raises RuleBroken: `office.secretariat_only`; `list.no_name`, `.no_tier`, `.nobody`, `.taken`,
        `.moved_on`, `.no_such_person`, `.several`, `measure.cpr`, `measure.too_long`
    """
    await permit_office(tx, by, OfficeAction.SHARE_PLAN)
    people = [await person_named(tx, each.strip()) for each in written.people.split(",")]
    audience = Audience(
        authorities=frozenset(Authority),
        committees=frozenset(map(CommitteeCode, written.committees)),
        people=frozenset(each for each in people if each is not None),
        externals=outside(written.outside),
    )
    kept = in_order(
        DistributionList(
            id=written.id,
            name=named(written.name),
            audience=audience,
            tier=written.tier,
            by=by.id,
            at=now,
            version=written.seen,
        )
    )
    saved = await tx.distribution_lists.save(kept)
    await _record(tx, saved, "list.keep_list", by=by, now=now)
    return saved


async def retire_list(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> DistributionList:
    """Let a list go; who got something by it still stands there.

    :raises RuleBroken: `distribution_list.not_found`, `list.moved_on`
    """
    kept = await open_list(tx, id, by=by)
    if kept.version != seen:
        raise RuleBroken("list.moved_on")
    gone = replace(kept, in_use=False, by=by.id, at=now)
    saved = await tx.distribution_lists.save(gone)
    await _record(tx, saved, "list.retire_list", by=by, now=now)
    return saved


async def person_named(tx: Transaction, name: str) -> PersonId | None:
    """Find the one person of a name; without a name, nobody.

    :raises RuleBroken: `list.no_such_person`, `list.several`
    """
    if not name:
        return None
    found = await tx.people.named(name)
    exactly = [each for each in found if each.name.casefold() == name.casefold()] or found
    if not exactly:
        raise RuleBroken("list.no_such_person", name=name)
    if len(exactly) > 1:
        names = ", ".join(each.name for each in exactly[:MOST_NAMES])
        raise RuleBroken("list.several", name=name, names=names)
    return exactly[0].id


async def _record(
    tx: Transaction, kept: DistributionList, action: str, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now, actor=by.id, action=action, about=str(kept.id), result="ok", purpose=ADMINISTRATION
    )
