"""The stories of the directory: nothing read, much that waits, what a data steward does of it."""

from uuid import uuid4

from cards import directory as cards
from domain.delivery import Delivery
from domain.directory import Difference, DifferenceKind
from domain.directory_changes import Decision
from domain.notices import Notice, NoticeKind
from scheduler.draw_notices import draw
from scheduler.follow_directory import LEASE
from tests.cards.guests import Gallery
from tests.support.entra_town import GROUPS
from tests.support.town import BO, DORTE, LIV, STINE, VALBY_GROUP

STRANGE_NAMES = ("Navn " * 23 + "Sidste", "[Klik her](https://ssp.example) *nu* <b>1. | #</b>")
ABOUT_SEATS = frozenset({DifferenceKind.UNKNOWN, DifferenceKind.RETURNED, DifferenceKind.NESTED})


def _difference(kind: DifferenceKind, number: int, name: str) -> Difference:
    return Difference(
        kind=kind,
        aad_id=f"a0000000-0000-4000-8000-{number:012}",
        person=None if kind in ABOUT_SEATS else LIV.id,
        committees=(VALBY_GROUP.code,),
        name=name,
        was=name,
        becomes="ny@ssp-demo.example",
        guest=kind is DifferenceKind.UNKNOWN,
    )


async def directory_stories(gallery: Gallery) -> None:
    """Look at the directory as it goes from nothing to much and back."""
    await gallery.guest(STINE, "nothing read").types("katalog")
    await gallery.guest(DORTE, "nothing to decide").types("katalog")
    await _groups(gallery)
    await _much(gallery)
    await _decisions(gallery)
    await _troubles(gallery)


async def _groups(gallery: Gallery) -> None:
    stine = gallery.guest(STINE, "groups")
    await stine.types("udvalg KG5")
    await stine.presses("directory.link")
    await stine.fills({"group": GROUPS[VALBY_GROUP.code]})
    await stine.types("katalog")
    await stine.presses("directory.groups")
    async with gallery.database.transaction() as tx:
        await tx.directory.mark([], [GROUPS[VALBY_GROUP.code]], gallery.now)
    await stine.types("katalog")
    await stine.presses("directory.groups")
    await stine.types("udvalg KG5")
    await stine.presses("directory.link")
    await stine.fills({"group": ""})


async def _much(gallery: Gallery) -> None:
    found = [_difference(kind, number, LIV.name) for number, kind in enumerate(DifferenceKind)]
    long = [
        _difference(DifferenceKind.RENAMED, 100 + number, name)
        for number, name in enumerate(STRANGE_NAMES)
    ]
    async with gallery.database.transaction() as tx:
        await tx.directory.keep([*found, *long], Decision.WAITING, now=gallery.now)
        tries = await tx.directory.take_on(now=gallery.now, lease=LEASE)
        assert tries is not None
        figures = dict.fromkeys(cards.FIGURES, 7)
        assert await tx.directory.finish(tries=tries, figures=figures, now=gallery.now)
        notice = Notice(
            kind=NoticeKind.DIRECTORY_CHANGED, about=uuid4(), due_at=gallery.now, person=STINE.id
        )
        delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
        [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
    gallery.hang(f"notice {notice.kind}", shown)
    gallery.hang("entered at once", cards.changed_told([], 3, say=gallery.say))
    for person in (STINE, DORTE):
        guest = gallery.guest(person, f"directory {person.id}")
        await guest.types("katalog")
        await guest.presses("directory.list")
        await guest.presses("directory.list")
    await gallery.guest(BO, "not the Secretariat").types("katalog")


async def _decisions(gallery: Gallery) -> None:
    async with gallery.database.transaction() as tx:
        waiting = await tx.directory.found(Decision.WAITING)
    ids = {each.difference.kind: str(each.difference.id) for each in waiting}
    stine = gallery.guest(STINE, "deciding")
    await stine.types("godkend katalog")
    await stine.fills({"which": ids[DifferenceKind.DISABLED]})
    await stine.presses("form.send")
    await stine.types("afvis katalog")
    await stine.fills({"which": ids[DifferenceKind.GUEST]})
    await stine.presses("form.send")
    await stine.types("katalog")
    await stine.presses("directory.enter")
    await stine.fills({"who": ids[DifferenceKind.UNKNOWN]})
    await stine.fills(
        {"authority": "BUF", "function": "Lærer", "email": "ny@ssp-demo.example", "phone": ""}
    )
    await stine.presses("form.send")


async def _troubles(gallery: Gallery) -> None:
    for again in (True, False):
        stine = gallery.guest(STINE, f"trouble {again}")
        await stine.types("hent katalog")
        async with gallery.database.transaction() as tx:
            tries = await tx.directory.take_on(now=gallery.now, lease=LEASE)
            assert tries is not None
            await tx.directory.fail(
                tries=tries,
                trouble="Authorization_RequestDenied",
                again_at=gallery.now if again else None,
                now=gallery.now,
            )
        await stine.types("katalog")
