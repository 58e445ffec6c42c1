"""What the form that activates readiness must know: where somebody may, and whom they may name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.activation import Entitled, permit_areas
from domain.alert_audience import members
from domain.alert_sharings import DistributionList
from domain.people import CommitteeCode, Person, PersonId
from domain.plan_templates import PlanKind, Template
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_alert import ABOUT, ACTIVATE, held_by
from usecases.permit_office import whom_to_call
from usecases.read_readiness import readiness_catalogue
from usecases.read_roster import read_roster

MOST_MEANT = 8  # people whom one name may mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What somebody can choose who activates readiness.

    :param who: whom to call about an area that is not theirs.
    :param templates: for what has happened, and for drills; what is known in advance has its
        own plan.
    """

    held: Entitled
    who: str = field(repr=False)
    templates: Mapping[str, Template] = field(repr=False)
    lists: Mapping[UUID, DistributionList]
    committees: Mapping[CommitteeCode, str] = field(repr=False)


async def prepare_alert(tx: Transaction, *, by: Person) -> Prepared:
    """Look up what somebody may choose.

    :raises RuleBroken: `alert.not_entitled`, which names whom to call (BER-01)
    """
    held = held_by(await actor_of(tx, by))
    who = await whom_to_call(tx, ACTIVATE)
    if not held.at_all:
        permit_areas(held, frozenset(), who=who, about=ABOUT)
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    offered = [*catalogue.offered(PlanKind.ACUTE), *catalogue.offered(PlanKind.DRILL)]
    return Prepared(
        held=held,
        who=who,
        templates={each.code: each for each in offered},
        lists={
            each.id: each
            for each in await tx.distribution_lists.all()
            if each.in_use and each.tier is None
        },
        committees={each.code: each.name for each in await tx.organisation.committees()},
    )


async def people_named(tx: Transaction, names: Iterable[str]) -> Sequence[Person]:
    """List who may be meant by some names, each once; whoever wrote them says which."""
    found = {
        each.id: each
        for name in names
        if name.strip()
        for each in (await tx.people.named(name.strip()))[:MOST_MEANT]
    }
    return list(found.values())


async def people_listed(tx: Transaction, list: DistributionList | None) -> frozenset[PersonId]:
    """Name everybody whom a distribution list is for, as things stand (BER-11)."""
    return (
        frozenset() if list is None else frozenset(members(list.audience, await read_roster(tx)))
    )
