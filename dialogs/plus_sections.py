"""What the card of a case shows of SSP+, and what can be done about it just now."""

from collections.abc import Sequence

from cards import plus as cards
from cards.delivery import Part
from dialogs.turns import Turn
from domain.assessments import Assessment, Verdict
from domain.cases import Case
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.handovers import HandoverState
from domain.outcomes import due
from domain.records import RecordKind
from storage.database import Transaction
from usecases.read_case import OpenedCase
from usecases.ssp_plus import is_in_ssp_plus

IN_SSP_PLUS = frozenset({"plus.plan", "plus.set_kif", "plus.set_type"})


async def ssp_plus(tx: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    """Show the assessment, the handover and the kind of case, as far as there are any."""
    say = turn.say
    parts: list[Part] = []
    in_plus = await is_in_ssp_plus(tx, opened.case)
    if in_plus:
        parts += cards.kind(opened.case, say=say)
    if DataClass.VIEW not in opened.classes:
        return parts
    assessment = await tx.assessments.of_case(opened.case.id)
    if assessment is not None and assessment.told and assessment.is_open and not in_plus:
        parts += cards.to_assess(escalated=assessment.escalated_at is not None, say=say)
    if (decided := opened.latest(RecordKind.ASSESSMENT)) is not None:
        parts += cards.assessed(decided, say=say)
    return [*parts, *await _handover(tx, turn, opened)]


async def _handover(tx: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    """Show the last proposal, and why SSP+ said no if it did; one taken back is not shown."""
    latest = await tx.handovers.latest_of(opened.case.id)
    if latest is None or latest.state is HandoverState.WITHDRAWN:
        return []
    drawn = {HandoverState.PROPOSED: cards.proposed, HandoverState.DECLINED: cards.declined}
    return [
        part
        for state, draw in drawn.items()
        for record in opened.of_kind(RecordKind.HANDOVER)
        if record.content["handover"] == str(latest.id) and record.content["state"] == state
        for part in draw(record, say=turn.say)
    ]


async def waiting(tx: Transaction, turn: Turn, case: Case) -> frozenset[str]:
    """Name the verbs of SSP+ that there is a use for in this case now."""
    if await is_in_ssp_plus(tx, case):
        known = await tx.outcomes.enrolled([case.id])
        outcome = await tx.outcomes.of_case(case.id) if known else None
        asked = outcome is not None and due(outcome, local_date(turn.at)) is not None
        return IN_SSP_PLUS | ({"plus.outcome"} if asked else set[str]())
    assessment = await tx.assessments.of_case(case.id)
    return frozenset() if assessment is None else _of(assessment)


def _of(assessment: Assessment) -> frozenset[str]:
    uses = {
        "plus.assess": bool(assessment.told),
        "plus.propose": assessment.verdict is Verdict.IN_TARGET,
        "plus.escalate": bool(assessment.told)
        and assessment.escalated_at is None
        and assessment.verdict is not Verdict.NOT_IN_TARGET,
    }
    return frozenset(verb for verb, has_use in uses.items() if has_use)
