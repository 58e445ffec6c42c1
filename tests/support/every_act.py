"""All rows of the matrix: a line for each slice."""

from collections.abc import Mapping

from dialogs.conversation import VERBS
from dialogs.engine import begins
from tests.support import (
    acts_access,
    acts_action_plans,
    acts_agendas,
    acts_alert_ends,
    acts_alert_replies,
    acts_alerts,
    acts_board,
    acts_cases,
    acts_concerns,
    acts_efforts,
    acts_groups,
    acts_intake,
    acts_legal,
    acts_life_cycle,
    acts_meet,
    acts_plan_ends,
    acts_plus,
    acts_register,
    acts_sharing,
    acts_situations,
    acts_templates,
    acts_yearplan,
)
from tests.support.acts import Act

EVERY_ACT: Mapping[str, Act] = {
    **acts_concerns.ACTS,
    **acts_alerts.ACTS,
    **acts_alert_ends.ACTS,
    **acts_alert_replies.ACTS,
    **acts_board.ACTS,
    **acts_efforts.ACTS,
    **acts_cases.ACTS,
    **acts_groups.ACTS,
    **acts_legal.ACTS,
    **acts_intake.ACTS,
    **acts_life_cycle.ACTS,
    **acts_meet.ACTS,
    **acts_access.ACTS,
    **acts_action_plans.ACTS,
    **acts_agendas.ACTS,
    **acts_plan_ends.ACTS,
    **acts_plus.ACTS,
    **acts_register.ACTS,
    **acts_sharing.ACTS,
    **acts_yearplan.ACTS,
    **acts_templates.ACTS,
    **acts_situations.ACTS,
}

OF_A_FORM = f"{begins.__qualname__}.<locals>.take"
BEGINS = frozenset(
    name for name in EVERY_ACT if getattr(VERBS[name].take, "__qualname__", "") == OF_A_FORM
)
"""The verbs that open a form: they change nothing yet, and forms are open side by side."""


def together(*keyed: tuple[object, str]) -> list[list[str]]:
    """Put the verbs together that have the same key."""
    alike: dict[object, list[str]] = {}
    for key, verb in keyed:
        alike.setdefault(key, []).append(verb)
    return [*alike.values()]
