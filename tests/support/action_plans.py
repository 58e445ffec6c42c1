"""Action plans that fill in whatever a test does not care about."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from types import MappingProxyType
from uuid import UUID

from domain.action_plans import ActionPlan, Owner, plan_from
from domain.parties import Party
from domain.people import AreaCode, PersonId
from domain.plan_measures import Measure
from domain.plan_moves import release
from tests.support.examples import DORTE
from usecases.read_readiness import readiness_catalogue

NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)  # a Monday, noon in Copenhagen
CATALOGUE = readiness_catalogue()
OWNERS: Mapping[Party, Owner] = MappingProxyType(
    {
        each: Owner(
            person=PersonId(f"leader-{each}".lower()),
            substitute=PersonId(f"substitute-{each}".lower()),
        )
        for each in Party
    }
)


def ids() -> Callable[[], UUID]:
    """Give ids one after another."""
    numbers = count(1)
    return lambda: UUID(int=next(numbers))


def plan(
    code: str = "H1",
    *,
    starts_at: datetime = NOW,
    ends_at: datetime | None = None,
    now: datetime | None = None,
    owners: Mapping[Party, Owner] = OWNERS,
    parties: tuple[Party, ...] = (),
    drill: bool = False,
    new_id: Callable[[], UUID] | None = None,
) -> ActionPlan:
    """Make a plan of what ships."""
    return plan_from(
        CATALOGUE.templates[code],
        id=UUID("90000000-0000-4000-8000-000000000001"),
        title="Uro ved stationen",
        kinds=CATALOGUE.measures,
        owners=owners,
        areas=frozenset({AreaCode("YNB")}),
        starts_at=starts_at,
        ends_at=ends_at,
        parties=parties,
        drill=drill,
        by=DORTE.id,
        now=now or starts_at,
        new_id=new_id or ids(),
    )


def running(code: str = "H1") -> ActionPlan:
    """Make a plan that somebody let run."""
    return release(plan(code), now=NOW)


def the(plan: ActionPlan, kind: str, party: Party | None = None) -> Measure:
    """Find the plan's measure of a kind; of a party, where each has its own."""
    return next(
        each for each in plan.measures if each.kind == kind and party in {None, each.party}
    )
