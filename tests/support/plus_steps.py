"""The way of a case into SSP+, one step in a transaction."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import uuid4

from domain.assessments import Verdict
from domain.cases import Case, PlusType
from domain.plus import Criterion
from storage.database import Transaction
from tests.support.plus_cases import PROPOSAL, REASON
from tests.support.town import BO, PIA, SANNE
from usecases.answer_handover import accept_handover
from usecases.assess_plus import Assessed, assess_plus
from usecases.hand_over import propose_handover

IN_TARGET = Assessed(
    verdict=Verdict.IN_TARGET,
    criteria=frozenset({Criterion.REPEATED_SERIOUS}),
    reason=REASON,
)

Goes = Callable[[Transaction, Case, datetime], Awaitable[Case]]


async def is_assessed(tx: Transaction, case: Case, now: datetime) -> Case:
    return await assess_plus(
        tx,
        id=uuid4(),
        case=case.id,
        seen=case.version,
        by=BO,
        said=IN_TARGET,
        now=now,
    )


async def is_proposed(tx: Transaction, case: Case, now: datetime) -> Case:
    proposed = await propose_handover(
        tx,
        id=uuid4(),
        case=case.id,
        seen=case.version,
        by=BO,
        said=PROPOSAL,
        now=now,
    )
    assert proposed is not None
    return proposed


async def is_accepted(tx: Transaction, case: Case, now: datetime) -> Case:
    return await accept_handover(
        tx,
        case=case.id,
        seen=case.version,
        by=PIA,
        lead=SANNE.id,
        plus_type=PlusType.HANDOVER,
        meets_on=now.date(),
        now=now,
    )
