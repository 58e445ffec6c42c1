"""Who may press what about a colleague's seats and offices: the data stewards alone (APP-2)."""

from tests.support.acts import Staged, act
from tests.support.town import SOFIE, Town


async def a_colleague(_: Town) -> Staged:
    """Think of Sofie, who sits in Valby's group."""
    return Staged(carried={"colleague": SOFIE.aad_id}, number=SOFIE.name)


ACTS = {
    "role.show": act(a_colleague, "steward"),
    "role.give": act(a_colleague, "steward"),
    "role.take": act(a_colleague, "steward"),
}
