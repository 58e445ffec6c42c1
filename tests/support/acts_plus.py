"""Who may press what on a case near SSP+, or in it."""

from collections.abc import Awaitable, Callable

from tests.support.acts import Staged, act, with_a_case
from tests.support.chat import Chat
from tests.support.plus_steps import Goes, is_accepted, is_assessed, is_proposed
from tests.support.plus_stories import near_18
from tests.support.town import CARL, Town

GROUP = ("facilitator", "member")
SSP_PLUS = ("facilitator of SSP+", "member of SSP+")
WORKING = (*GROUP, *SSP_PLUS)


def _after(*steps: Goes) -> Callable[[Town], Awaitable[Staged]]:
    """Take a case so far, one that Carl has to stand back from."""

    async def scene(town: Town) -> Staged:
        case = await near_18(town)
        async with town.remembers() as tx:
            await tx.relations.recuse(
                case.id, CARL.id, "self", town.hour.now, key=str(case.subject)
            )
            for step in steps:
                case = await step(tx, case, town.hour.now)
        await town.settles()
        return with_a_case(case)

    return scene


async def opened(_: Town, who: Chat, staged: Staged) -> Staged:
    """Let somebody open it, who has no near relation."""
    await who.types(f"sag {staged.number}")
    await who.types(f"nej {staged.number}")
    return staged


a_question = _after()
in_target = _after(is_assessed)
a_proposal = _after(is_assessed, is_proposed)
in_ssp_plus = _after(is_assessed, is_proposed, is_accepted)

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
