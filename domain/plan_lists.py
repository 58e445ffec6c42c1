"""Whom plans are sent to beside the parties: the steering group, and lists (BER-48)."""

from datetime import UTC, datetime
from uuid import UUID

from domain.alert_sharings import DistributionList
from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.people import Authority, CommitteeType, PersonId
from domain.plan_measures import person_free
from domain.plan_templates import PlanTier

LIST_TIERS = (PlanTier.ORIENTATION, PlanTier.EXTERNAL)  # in full it is for the parties alone
OUTSIDE_AT_MOST = 80  # characters in the name of an organisation

STEERING_GROUP = Audience(
    types=frozenset({CommitteeType.STEERING}), authorities=frozenset(Authority)
)
TEAM_SIKKER_BY = DistributionList(
    id=UUID("5b0c1a52-7d51-5f0e-9a55-1f6e2f1c7a01"),
    name="Team Sikker By",
    audience=Audience(externals=("Team Sikker By",)),
    tier=PlanTier.ORIENTATION,
    by=PersonId(""),
    at=datetime(2026, 1, 1, tzinfo=UTC),
)
"""For the political level and the deprived housing areas, until the Secretariat writes its own."""


def outside(names: str) -> tuple[str, ...]:
    """Read the organisations of a list, between commas; each once.

    :raises RuleBroken: `measure.cpr` or `measure.too_long`
    """
    said = [person_free(each, at_most=OUTSIDE_AT_MOST) for each in names.split(",")]
    return tuple(dict.fromkeys(each for each in said if each))


def in_order(kept: DistributionList) -> DistributionList:
    """Let a list of receivers of plans pass.

    :raises RuleBroken: `list.no_tier` when non-parties would get a plan in full, `list.nobody`
    """
    if kept.tier not in LIST_TIERS:
        raise RuleBroken("list.no_tier")
    audience = kept.audience
    if not (audience.committees or audience.people or audience.externals):
        raise RuleBroken("list.nobody")
    return kept
