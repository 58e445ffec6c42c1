"""How far an action plan has come: by party, and in all (BER-36)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.action_plans import ActionPlan
from domain.parties import Party
from domain.plan_measures import Measure, MeasureState


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many measures stand how; what is dropped is not done (BER-36)."""

    open: int = 0
    under_way: int = 0
    done: int = 0
    dropped: int = 0
    overdue: int = 0

    @property
    def all(self) -> int:
        return self.open + self.under_way + self.done + self.dropped

    @property
    def left(self) -> int:
        return self.open + self.under_way


def progress(measures: Iterable[Measure], *, now: datetime) -> Progress:
    """Count how these measures stand."""
    given = list(measures)
    states = [each.state for each in given]
    return Progress(
        open=states.count(MeasureState.OPEN),
        under_way=states.count(MeasureState.UNDER_WAY),
        done=states.count(MeasureState.DONE),
        dropped=states.count(MeasureState.DROPPED),
        overdue=sum(each.is_overdue(now) for each in given),
    )


def progress_by_party(plan: ActionPlan, *, now: datetime) -> Mapping[Party, Progress]:
    """Count for each party, also for one that has no measure."""
    return {
        party: progress((each for each in plan.measures if each.party is party), now=now)
        for party in dict.fromkeys((*plan.parties, *(each.party for each in plan.measures)))
    }
