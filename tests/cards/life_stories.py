"""The stories of keeping and letting go, and of who asks what is kept about them."""

from datetime import date, timedelta

from cards import access_requests as access_cards
from cards import life_cycle as cards
from domain.cases import Case, CaseState
from domain.notices import NoticeKind
from domain.retention import Listing, Retention
from storage.database import Transaction
from tests.cards.guests import Gallery, Guest
from tests.support.case_stories import put
from tests.support.town import DENNIS, DORTE, STINE, VALBY_GROUP
from usecases.release_case import list_due

LONG = timedelta(days=500)
WHY = "Der er en klage, som ikke er afgjort endnu"
MANY = 40


async def life_stories(gallery: Gallery) -> None:
    """Let go of a case, hold one, answer a request, and see the lists at their fullest."""
    async with gallery.database.transaction() as tx:
        case = await _quiet(tx, gallery)
        await list_due(tx, Retention(), now=gallery.now - timedelta(days=20))
        for person in (DORTE, DENNIS):
            await tx.relations.set_cleared(case.id, person.id)
    await _letting_go(gallery, case)
    await _holding(gallery, case)
    await _asking(gallery, case)
    await _notices(gallery, case)


async def _quiet(tx: Transaction, gallery: Gallery) -> Case:
    return await put(
        tx,
        state=CaseState.CLOSED,
        group=VALBY_GROUP.code,
        born=date(2011, 5, 4),
        name="Max Myrekær",
        level=1,
        lead=None,
        follow_up_on=None,
        now=gallery.now - LONG,
    )


async def _letting_go(gallery: Gallery, case: Case) -> None:
    stine = gallery.guest(STINE, "letting go")
    await stine.types("sletteliste")
    await stine.presses("release.ask")
    await stine.presses("release.list")
    await stine.types(f"frigiv {case.reference}")
    dorte = gallery.guest(DORTE, "letting go, the second")
    await _answers(dorte, "countersign.refuse")


async def _answers(guest: Guest, answer: str) -> None:
    await guest.types("medunderskriv")
    await guest.presses("countersign.open")
    await guest.presses(answer)


async def _holding(gallery: Gallery, case: Case) -> None:
    dorte = gallery.guest(DORTE, "holding")
    await _through_the_menu(dorte, case)
    for word in ("bevar", "ophæv"):
        await dorte.types(f"{word} {case.reference}")
        await dorte.presses("form.next")
        await dorte.presses("form.next", reason=WHY)
        await _through_the_menu(dorte, case)
        await dorte.types("sletteliste")


async def _through_the_menu(guest: Guest, case: Case) -> None:
    await guest.types(f"sag {case.reference}")
    while "case.more" in guest.verbs:
        await guest.presses("case.more")


async def _asking(gallery: Gallery, case: Case) -> None:
    dorte, dennis = gallery.guest(DORTE, "access"), gallery.guest(DENNIS, "access, the second")
    await dorte.types("aktindsigter")
    for kind in ("records", "gdpr"):
        await dorte.types(f"aktindsigt {case.reference}")
        await dorte.presses("form.next", kind=kind, received_on=str(gallery.now.date()))
    await dorte.presses("access.open")
    await dorte.presses("access.draft")
    await dorte.presses("access.open")
    await dorte.presses("access.mark")
    await dorte.presses("form.next")
    await dorte.presses("form.next", codes="12345678", why="third_party")
    await dorte.presses("form.next", codes=case.id.hex[:8], why="third_party")
    gallery.confided.discard(case.id.hex[:8])  # a short id, which every button carries whole
    await dorte.presses("access.open")
    await dorte.presses("access.review")
    await dorte.presses("access.open")
    await _answers(dennis, "countersign.give")
    await dorte.types("aktindsigter")
    await dorte.presses("access.open")
    await dorte.presses("access.close")
    await dorte.presses("access.open")
    await dorte.presses("access.list")


async def _notices(gallery: Gallery, case: Case) -> None:
    """Hang what is told, and the list of many."""
    async with gallery.database.transaction() as tx:
        request, *_ = await tx.access_requests.of_case(case.id)
    say = gallery.say
    listing = Listing(
        case=case.id,
        listed_at=gallery.now,
        last_event_at=gallery.now - LONG,
        due_on=gallery.now.date(),
    )
    line = cards.Line(case=case, listing=listing, waits="decision", may_ask=True)
    gallery.hang(f"notice {NoticeKind.RELEASE_LISTED}", cards.letter(say=say))
    gallery.hang(f"notice {NoticeKind.ACCESS_DUE}", access_cards.letter(request, say=say))
    gallery.hang("letting go, many", cards.preview([line] * MANY, say=say))
    gallery.hang("letting go, none", cards.preview([], say=say))
    gallery.hang(
        "access, many", access_cards.listed([request] * MANY, today=date(2030, 1, 1), say=say)
    )
