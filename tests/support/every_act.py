"""All rows of the matrix: a line for each slice."""

from collections.abc import Mapping

from tests.support import (
    acts_access,
    acts_cases,
    acts_concerns,
    acts_groups,
    acts_intake,
    acts_legal,
    acts_life_cycle,
    acts_plus,
)
from tests.support.acts import Act

EVERY_ACT: Mapping[str, Act] = {
    **acts_concerns.ACTS,
    **acts_cases.ACTS,
    **acts_groups.ACTS,
    **acts_legal.ACTS,
    **acts_intake.ACTS,
    **acts_life_cycle.ACTS,
    **acts_access.ACTS,
    **acts_plus.ACTS,
}
