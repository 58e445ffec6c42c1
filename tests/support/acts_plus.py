"""Who may press what on a case near SSP+, or in it."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from domain.assessments import Verdict
from domain.cases import Case, PlusType
from domain.plus import Criterion
from storage.database import Transaction
from tests.support.acts import Staged, act
from tests.support.chat import Chat
from tests.support.plus_cases import PROPOSAL, REASON
from tests.support.plus_stories import near_18
from tests.support.town import BO, CARL, PIA, SANNE, Town
from usecases.answer_handover import accept_handover
from usecases.assess_plus import Assessed, assess_plus
from usecases.hand_over import propose_handover

GROUP = ("facilitator", "member")
SSP_PLUS = ("facilitator of SSP+", "member of SSP+")
WORKING = (*GROUP, *SSP_PLUS)
IN_TARGET = Assessed(
    verdict=Verdict.IN_TARGET,
    criteria=frozenset({Criterion.REPEATED_SERIOUS}),
    reason=REASON,
)

Goes = Callable[[Transaction, Case, Town], Awaitable[Case]]


async def _is_assessed(tx: Transaction, case: Case, town: Town) -> Case:
    return await assess_plus(
        tx,
        id=uuid4(),
        case=case.id,
        seen=case.version,
        by=BO,
        said=IN_TARGET,
        now=town.hour.now,
    )


async def _is_proposed(tx: Transaction, case: Case, town: Town) -> Case:
    proposed = await propose_handover(
        tx,
        id=uuid4(),
        case=case.id,
        seen=case.version,
        by=BO,
        said=PROPOSAL,
        now=town.hour.now,
    )
    assert proposed is not None
    return proposed


async def _is_accepted(tx: Transaction, case: Case, town: Town) -> Case:
    now = town.hour.now
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


def _after(*steps: Goes) -> Callable[[Town], Awaitable[Staged]]:
    """Take a case so far, one that Carl has to stand back from."""

    async def scene(town: Town) -> Staged:
        case = await near_18(town)
        async with town.remembers() as tx:
            await tx.relations.recuse(
                case.id, CARL.id, "self", town.hour.now, key=str(case.subject)
            )
            for step in steps:
                case = await step(tx, case, town)
        await town.settles()
        return _staged(case)

    return scene


def _staged(case: Case) -> Staged:
    return Staged(carried={"case": str(case.id), "version": case.version}, number=case.reference)


async def opened(_: Town, who: Chat, staged: Staged) -> Staged:
    """Let somebody open it, who has no near relation."""
    await who.types(f"sag {staged.number}")
    await who.types(f"nej {staged.number}")
    return staged


a_question = _after()
in_target = _after(_is_assessed)
a_proposal = _after(_is_assessed, _is_proposed)
in_ssp_plus = _after(_is_assessed, _is_proposed, _is_accepted)

ACTS = {
    "plus.assess": act(a_question, *GROUP, before=opened),
    "plus.escalate": act(a_question, *GROUP, before=opened),
    "plus.propose": act(in_target, "facilitator", before=opened),
    "plus.withdraw": act(a_proposal, "facilitator", before=opened),
    "plus.accept": act(a_proposal, "facilitator of SSP+", before=opened),
    "plus.decline": act(a_proposal, "facilitator of SSP+", before=opened),
    "plus.plan": act(in_ssp_plus, *WORKING, "secretariat", before=opened),
    "plus.set_plan": act(in_ssp_plus, *WORKING, before=opened),
    "plus.add_action": act(in_ssp_plus, *WORKING, before=opened),
    "plus.set_type": act(in_ssp_plus, *WORKING, before=opened),
    "plus.set_kif": act(in_ssp_plus, *SSP_PLUS, before=opened),  # Sanne leads the case
    "plus.outcome": act(in_ssp_plus, *SSP_PLUS, before=opened),
}
