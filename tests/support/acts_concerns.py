"""Who may press what on a concern that was reported."""

from tests.support.acts import Staged, act
from tests.support.chat import Chat
from tests.support.reports import CARL_IS_NEAR, GRAVE
from tests.support.town import ANNA, Town

HANDLERS = ("facilitator", "member", "secretariat")
DUTY = ("facilitator", "secretariat")


async def a_concern(town: Town) -> Staged:
    """Let Anna report something grave, from which Carl has to stand back."""
    return await _as_it_is(town, await town.chat(ANNA).reports({**GRAVE, **CARL_IS_NEAR}))


async def _as_it_is(town: Town, reference: str) -> Staged:
    concern = await town.concern(reference)
    carried = {"concern": str(concern.id), "version": concern.version}
    return Staged(carried=carried, number=reference)


async def opened(town: Town, who: Chat, staged: Staged) -> Staged:
    """Let somebody open it, who has no near relation."""
    await who.opens(staged.number)
    return await _as_it_is(town, staged.number)


ACTS = {
    "concern.open": act(a_concern, *HANDLERS),
    "concern.clear": act(a_concern, *HANDLERS),
    "concern.step_aside": act(a_concern, *HANDLERS),
    "concern.stand": act(a_concern, *HANDLERS),
    "concern.take_up": act(a_concern, *DUTY, before=opened),
    "concern.reroute": act(a_concern, *DUTY, before=opened),
    "concern.withdraw": act(a_concern, "reporter"),
    "concern.add": act(a_concern, "reporter"),
}
