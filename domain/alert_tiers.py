"""How much of an alert's plan, log and papers somebody gets who may see it (BER-48, BER-55)."""

from domain.exports import OF_ALERTS, ExportKind
from domain.plan_templates import PlanTier
from domain.roles import Role

PARTIES = frozenset({Role.TOLD, Role.SEK, Role.STEW, Role.HEAD, Role.LGM, Role.PLM})


def tier_of(held: frozenset[Role]) -> PlanTier:
    """Say how much: all of it for the parties, and nobody's name for who only steers.

    :param held: what somebody is to the alert; they may see it at all.
    """
    return PlanTier.FULL if held & PARTIES else PlanTier.ORIENTATION


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
