"""Read what lies on paper for each party: its action card, and its measures of plans that run."""

from dataclasses import dataclass, field

from domain.action_plans import ActionPlan
from domain.dates import local_date
from domain.parties import Party
from domain.people import PersonId
from domain.plan_templates import ActionCard, CardRole
from storage.database import Transaction
from usecases.read_readiness import readiness_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class PartysCard:
    """One party's card.

    :param plan: none for what is the same every day.
    :param reference: of the plan's alert, or what it was made from and when it begins.
    """

    party: Party
    card: ActionCard
    plan: ActionPlan | None = None
    reference: str = ""
    names: dict[PersonId, str] = field(default_factory=dict, repr=False)


async def read_action_cards(tx: Transaction) -> list[PartysCard]:
    """List a card for each party, and one for each party of each plan that runs (BER-69)."""
    found = [PartysCard(party=each, card=card) for each, card in (await cards_of(tx)).items()]
    for drill in (False, True):
        for plan in await tx.action_plans.running(drill=drill):
            found += await cards_of_plan(tx, plan)
    return found


async def cards_of(tx: Transaction) -> dict[Party, ActionCard]:
    """Say which card is whose: the Secretariat has one, and the authorities' leaders another."""
    cards = readiness_catalogue(await tx.template_overrides.latest()).cards
    return {
        each: cards[CardRole.SECRETARIAT if each is Party.SEK else CardRole.SSP_LEADER]
        for each in Party
    }


async def cards_of_plan(tx: Transaction, plan: ActionPlan) -> list[PartysCard]:
    """Make a card for each party of a plan, with what waits for it."""
    cards = await cards_of(tx)
    owners = {
        person for each in plan.measures for person in (each.owner, each.substitute) if person
    }
    names = {each.id: each.name for each in (await tx.people.of_ids(owners)).values()}
    alert = await tx.alerts.find(plan.alert) if plan.alert else None
    reference = alert.reference if alert else f"{plan.template}-{local_date(plan.starts_at)}"
    return [
        PartysCard(party=each, card=cards[each], plan=plan, reference=reference, names=names)
        for each in plan.parties
    ]
