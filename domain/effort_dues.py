"""What the lead and the contact of an effort owe: two evaluations and a settlement, by days."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from domain.efforts import Effort, EffortState, Stage

SETTLE_WITHIN = timedelta(days=30)  # after the effort's last day


class Due(StrEnum):
    """What its lead and its contact owe of a running effort, in this order."""

    DURING = "during"
    END = "end"
    SETTLE = "settle"


def dues(effort: Effort) -> Iterator[tuple[Due, date]]:
    """Name what is still owed of an approved effort, and by which day (EFF-1, EFF-6)."""
    if effort.lacks(Stage.DURING):
        yield Due.DURING, effort.during_on
    if effort.lacks(Stage.END):
        yield Due.END, effort.end_on
    if effort.state is EffortState.APPROVED and effort.settled_at is None:
        yield Due.SETTLE, effort.to_on + SETTLE_WITHIN
