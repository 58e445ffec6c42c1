"""How much of an alert's plan, log and papers somebody gets who may see it (BER-48, BER-55)."""

from domain import plan_readers
from domain.action_plans import ActionPlan
from domain.alerts import Alert
from domain.exports import OF_ALERTS, ExportKind
from domain.people import Person
from domain.plan_templates import PlanTier
from domain.roles import Role

_PARTIES = plan_readers.SECRETARIAT | plan_readers.TAKES_PART


def tier_of(
    alert: Alert, plan: ActionPlan | None, *, person: Person, held: frozenset[Role]
) -> PlanTier:
    """Say how much: as much as of its plan; all of it for the parties before there is one.

    :param held: what somebody is to the alert; they may see it at all.
    """
    if plan is None:
        return PlanTier.FULL if held & _PARTIES else PlanTier.ORIENTATION
    tier = plan_readers.tier_of(plan, alert=alert, person=person, held=held)
    return tier or PlanTier.ORIENTATION


_WITHOUT_NAMES = frozenset({ExportKind.ALERT_PLAN, ExportKind.ALERT_FIGURES, ExportKind.ALERT_CAP})
_OF_A_PLAN = frozenset({ExportKind.ALERT_PLAN, ExportKind.ALERT_CARDS, ExportKind.ALERT_MEASURES})


def papers_of(tier: PlanTier, *, planned: bool) -> list[ExportKind]:
    """List what somebody may have of an alert: without names where they get none (BER-48).

    :param planned: whether there is a plan.
    """
    return [
        each
        for each in OF_ALERTS
        if (tier is PlanTier.FULL or each in _WITHOUT_NAMES)
        and (planned or each not in _OF_A_PLAN)
    ]
