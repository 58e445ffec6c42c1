"""Who hears of measures: owners of what is theirs, leaders of what nobody can do (BER-34)."""

from collections.abc import Iterable
from datetime import datetime

from domain.action_plans import ActionPlan
from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
from domain.plan_measures import Measure


def owned(plan: ActionPlan, person: PersonId) -> list[Measure]:
    """List what waits for somebody in a plan."""
    return [each for each in plan.measures if each.waits and each.owner == person]


def given(
    plan: ActionPlan, *, was: ActionPlan | None, but: PersonId, now: datetime
) -> list[Notice]:
    """Tell each who has been given something that waits: one message, whatever it is.

    Before a plan runs, nobody is told of anything; then each hears of all that is theirs.

    :param was: the plan as it was; none when it has just begun to run.
    :param but: who gave it, and need not be told.
    """
    if plan.released_at is None:
        return []
    before = {} if was is None else {each.id: each for each in was.measures if each.waits}
    receivers = {
        each.owner
        for each in plan.measures
        if each.waits
        and each.owner is not None
        and (each.id not in before or before[each.id].owner != each.owner)
    }
    return [
        Notice(
            kind=NoticeKind.MEASURES_GIVEN,
            about=plan.id,
            due_at=now,
            person=person,
            tier=Tier.URGENT,
            round=plan.version,
        )
        for person in sorted(receivers - {but})
    ]


def unable(measure: Measure, *, leaders: Iterable[PersonId], now: datetime) -> list[Notice]:
    """Tell those who lead a party that an owner cannot, and that nobody stands in."""
    return [
        Notice(
            kind=NoticeKind.MEASURE_UNABLE,
            about=measure.id,
            due_at=now,
            person=person,
            tier=Tier.URGENT,
            round=measure.version,
        )
        for person in dict.fromkeys(leaders)
    ]
