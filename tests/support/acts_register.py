"""Who may press what about the register: committees, seats, colleagues, schools and centres."""

from domain.people import committee_id
from tests.support.acts import Staged, act
from tests.support.acts_access import a_colleague
from tests.support.town import VALBY_GROUP, Town
from tests.support.townspeople import VALBY_LOCAL

KEEPS = ("steward",)
SEES = ("secretariat", "steward", "head")


async def a_committee(_: Town) -> Staged:
    """Think of the group in Valby."""
    return Staged(carried={"committee": str(committee_id(VALBY_GROUP.code))})


async def a_local_committee(_: Town) -> Staged:
    """Think of the local committee there, which represents schools and leisure centres."""
    return Staged(carried={"committee": str(committee_id(VALBY_LOCAL.code))})


ACTS = {
    "absence.show": act(a_colleague, "secretariat"),
    "absence.note": act(a_colleague, "secretariat"),
    "absence.recall": act(a_colleague, "secretariat"),
    "committee.open": act(a_committee, *SEES),
    "committee.history": act(a_committee, *SEES),
    "seat.give": act(a_committee, *KEEPS),
    "seat.take": act(a_committee, *KEEPS),
    "colleague.change": act(a_colleague, *KEEPS),
    "directory.link": act(a_committee, *KEEPS),
    "place.list": act(a_local_committee, *KEEPS),
    "place.add": act(a_local_committee, *KEEPS),
    "place.rename": act(a_local_committee, *KEEPS),
    "place.drop": act(a_local_committee, *KEEPS),
}
