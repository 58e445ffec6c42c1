"""How much of an alert's plan, log and papers somebody gets who may see it (BER-48, BER-55)."""

from domain.plan_templates import PlanTier
from domain.roles import Role

PARTIES = frozenset({Role.TOLD, Role.SEK, Role.STEW, Role.HEAD, Role.LGM, Role.PLM})


def tier_of(held: frozenset[Role]) -> PlanTier:
    """Say how much: all of it for the parties, and nobody's name for who only steers.

    :param held: what somebody is to the alert; they may see it at all.
    """
    return PlanTier.FULL if held & PARTIES else PlanTier.ORIENTATION
