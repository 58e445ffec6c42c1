"""See who got which version of a plan, when and from whom (BER-48)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.alert_sharings import ShareKind, ShareWay, Sharing
from domain.people import Person
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.read_shared_plan import PlanReader, not_found, plan_reader


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedOnce:
    """One sending: all who got the same version in the same way at the same moment."""

    number: int
    tier: PlanTier
    people: Sequence[str] = field(repr=False)
    outside: Sequence[str] = field(repr=False)
    way: ShareWay
    by: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingsSeen:
    reader: PlanReader
    shared: Sequence[SharedOnce]


async def see_sharings(tx: Transaction, *, id: UUID, by: Person) -> SharingsSeen:
    """List them, the newest first: for the parties, the steering group and the Secretariat.

    :raises RuleBroken: `shared_plan.not_found`
    """
    reader = await plan_reader(tx, id, by)
    if reader.tier is not PlanTier.FULL and not reader.steers:
        raise not_found(id)
    rows = [each for each in await tx.sharings.of_plan(id) if each.kind is ShareKind.PLAN]
    named = {each.person for each in rows} | {each.by for each in rows}
    people = await tx.people.of_ids({each for each in named if each is not None})
    names = {who: person.name for who, person in people.items()}
    together: dict[tuple[object, ...], list[Sharing]] = {}
    for each in rows:
        key = (each.at, each.number, each.tier, each.way, each.by, each.list)
        together.setdefault(key, []).append(each)
    shared = [
        SharedOnce(
            number=first.number or 0,
            tier=first.tier or PlanTier.EXTERNAL,
            people=sorted(names.get(each.person, "–") for each in all_ if each.person is not None),
            outside=[each.outside for each in all_ if each.outside],
            way=first.way,
            by=names.get(first.by, "–"),
            at=first.at,
        )
        for all_ in together.values()
        for first in all_[:1]
    ]
    return SharingsSeen(reader=reader, shared=shared[::-1])
