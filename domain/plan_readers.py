"""How much of a plan somebody may read: the parties all of it, others without names (BER-48)."""

from domain.action_plans import ActionPlan
from domain.alerts import Alert
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_templates import PlanTier
from domain.roles import Role

SECRETARIAT = frozenset({Role.SEK, Role.STEW, Role.HEAD})
TAKES_PART = frozenset({Role.TOLD, Role.LGM, Role.PLM})
_READS = SECRETARIAT | TAKES_PART | {Role.SGM}


def tier_of(
    plan: ActionPlan, *, alert: Alert | None, person: Person, held: frozenset[Role]
) -> PlanTier | None:
    """Say how much of a plan somebody may read by who they are; none is nothing of it.

    In full it is for the Secretariat, for who has something to do in it, and for those of an
    authority that takes part who were alerted, or lead there; of all these, for who is covered by
    §115 (BER-53). The steering group reads it without names, as does whoever else may see the
    alert (BER-46, BER-52, BER-55).

    :param held: what they are to its alert; of a plan that has none, what they are anywhere.
    """
    of_a_party = Party(person.authority.value) in plan.parties
    takes_part = alert is not None and held & TAKES_PART and of_a_party
    works_in_it = held & SECRETARIAT or person.id in named(plan, alert) or takes_part
    if works_in_it and person.s115_covered:
        return PlanTier.FULL
    reads = _READS if alert is not None else frozenset({Role.SGM})
    return PlanTier.ORIENTATION if held & reads else None


def named(plan: ActionPlan, alert: Alert | None = None) -> frozenset[PersonId]:
    """Name who has something to do in a plan, or leads what it is about."""
    people = {each.owner for each in plan.measures} | {each.substitute for each in plan.measures}
    led = set() if alert is None else {alert.coordinator, alert.log_keeper}
    return frozenset(each for each in people | led if each is not None)
