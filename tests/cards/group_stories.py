"""The stories of a concern group: begun, with two in it, and all that can become of them."""

from collections.abc import Mapping
from datetime import timedelta

from domain.notices import NoticeKind
from tests.cards.guests import Gallery, Guest
from tests.support.groups import (
    BEGUN,
    FIRST,
    GATE,
    IN_VALBY,
    IN_VANLOESE,
    SCREENED,
    SOURCE,
    STORM,
    VIBE,
)
from tests.support.town import BO, CARL, DENNIS, DORTE, EVA, LINE

NEAR = "De er fætre og ses hver weekend"
TASK = "Find ham en plads på holdet"
LATER = timedelta(days=170)


async def group_stories(gallery: Gallery) -> None:
    """Begin a group, note two in it, and go through all that can be done with one of them."""
    gallery.confided |= {STORM, VIBE, SOURCE, NEAR, TASK, BEGUN["behaviour"], BEGUN["alias"]}
    await _begun(gallery)
    await _added(gallery)
    await _shared(gallery)
    await _stood_back_from(gallery)
    await gallery.empty_the_post()
    async with gallery.database.transaction() as tx:
        group = await tx.groups.by_reference(FIRST)
    assert group is not None
    for kind in (NoticeKind.GROUP_LABELS, NoticeKind.GROUP_REVIEW):
        await gallery.letter(kind, group.id, BO, after=LATER)


async def _sends(guest: Guest, answers: Mapping[str, str]) -> None:
    await guest.fills(answers)
    await guest.presses("form.send")


async def _begun(gallery: Gallery) -> None:
    bo = gallery.guest(BO, "group")
    await bo.types("grupper")
    await bo.presses("group.begin")
    await _sends(bo, BEGUN)
    await bo.presses("group.open")
    await bo.presses("group.screen")
    await _sends(bo, {key: each for key, each in SCREENED.items() if key not in BEGUN})
    await bo.types("grupper")
    await gallery.guest(LINE, "group in general").types(f"gruppe {FIRST}")


async def _added(gallery: Gallery) -> None:
    for person, answers in ((BO, IN_VALBY), (EVA, IN_VANLOESE)):
        guest = gallery.guest(person, f"member by {person.id}")
        await guest.types(f"gruppe {FIRST}")
        await guest.presses("group.add_member")
        await _sends(guest, answers)
        await guest.types(f"medlemmer {FIRST}")
        await guest.types(f"nej {FIRST}")


async def _shared(gallery: Gallery) -> None:
    bo = gallery.guest(BO, "member")
    await bo.types(f"medlem {FIRST} 1")
    await bo.presses("member.more")
    await bo.presses("member.share")
    await _sends(bo, {"to": LINE.id, "task": TASK, "days": "14", **GATE})
    await bo.types(f"medlem {FIRST} 1")
    await bo.presses("member.more")


async def _stood_back_from(gallery: Gallery) -> None:
    await gallery.guest(CARL, "near a member").types(f"medlemmer {FIRST}")
    await gallery.guest(CARL, "near a member, said").types(f"ja {FIRST} 1")
    for person in (DORTE, DENNIS):
        guest = gallery.guest(person, f"decides, {person.id}")
        await guest.types(f"nej {FIRST}")
        await guest.types(f"medlem {FIRST} 1")
        await guest.presses("member.more")
