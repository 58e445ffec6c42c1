"""Say when it is time to ask what became of a young person in SSP+ (PLUS-7)."""

from collections.abc import Collection
from datetime import datetime

from domain.cases import Case
from domain.dates import local_date
from domain.notices import NoticeKind
from domain.outcomes import FollowUp, Outcome, due
from domain.people import CommitteeCode
from storage.database import Transaction
from usecases.ssp_plus import facilitators_of, ssp_plus_groups, told

_ROUNDS = {FollowUp.SHORT: 1, FollowUp.LONG: 2}


async def outcomes_due(
    tx: Transaction, groups: Collection[CommitteeCode], *, now: datetime
) -> list[tuple[Case, Outcome]]:
    """List the cases of SSP+ about which something is to be asked by now; ended ones too."""
    waiting = {
        each.case: each
        for each in await tx.outcomes.in_groups(groups)
        if due(each, local_date(now)) is not None
    }
    cases = await tx.cases.of_ids(list(waiting))
    return [(case, waiting[case.id]) for case in cases.values()]


async def tell_outcomes_due(tx: Transaction, *, now: datetime) -> None:
    """Tell the facilitator of SSP+, once of each; twice is no harm."""
    for case, outcome in await outcomes_due(tx, await ssp_plus_groups(tx), now=now):
        asked = due(outcome, local_date(now))
        if asked is None:
            continue
        matter = await tx.matters.of_case(case, now=now)
        people = (each.id for each in await facilitators_of(tx, case.group, matter))
        await tx.outbox.add(
            told(NoticeKind.OUTCOME_DUE, case, people, round=_ROUNDS[asked], at=now)
        )
