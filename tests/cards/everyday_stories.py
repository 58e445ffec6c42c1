"""The stories of every day: being away, my tasks, my cases, the morning, and the overview."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from cards import absence as absence_cards
from cards import everyday as cards
from domain.absences import Absence
from domain.access import Action
from domain.cases import Case, CaseState
from domain.delivery import Delivery
from domain.duties import Duty, DutyKind, Load
from domain.matters import MatterKind
from domain.notices import Notice, NoticeKind
from domain.overview import Row
from domain.people import AreaCode, Person
from scheduler.draw_notices import draw
from scheduler.greet_in_the_morning import of_day
from tests.cards.guests import Gallery
from tests.support.case_stories import put
from tests.support.town import BO, DORTE, LARS, PER, SOFIE, VALBY_GROUP

DAY = date(2026, 3, 2)
MANY = 60


async def everyday_stories(gallery: Gallery) -> None:
    """Be away and come back, ask for everything, and see each card at its fullest."""
    await _away(gallery)
    await _away_for(gallery)
    await _lists(gallery)
    await _side_by_side(gallery)
    await _notices(gallery)
    _at_their_fullest(gallery)


async def _case(gallery: Gallery, *, lead: Person | None = None) -> Case:
    async with gallery.database.transaction() as tx:
        return await put(
            tx,
            state=CaseState.OPEN,
            group=VALBY_GROUP.code,
            born=date(2011, 5, 4),
            name="Max Myrekær",
            level=2,
            lead=lead.id if lead else None,
            follow_up_on=None,
            now=gallery.now,
        )


async def _away(gallery: Gallery) -> None:
    bo = gallery.guest(BO, "away")
    await bo.types("fravær slut")
    await bo.presses("absence.begin")
    await bo.presses("form.next")
    later = gallery.now.date()
    await bo.presses("form.next", from_on=str(later + timedelta(days=9)), to_on=str(later))
    await bo.presses("form.cancel")
    await bo.presses("form.yes")
    await bo.types("fravær")
    await bo.presses("form.cancel")
    await bo.types("fravær")
    await bo.fills({"from_on": str(later), "to_on": str(later + timedelta(days=4))})
    await bo.types("fravær")
    await bo.presses("form.cancel")
    await bo.types("fravær slut")


async def _away_for(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "another away")
    later = gallery.now.date()
    await dorte.types("fravær for ingen af os")
    await dorte.types("fravær for er")
    await dorte.types(f"fravær for {PER.name}")
    await dorte.presses("absence.note")
    await dorte.presses("form.next")
    await dorte.fills({"from_on": str(later), "to_on": str(later + timedelta(days=4))})
    await dorte.presses("absence.show")
    await dorte.presses("absence.recall")


async def _lists(gallery: Gallery) -> None:
    await _case(gallery)
    await _case(gallery, lead=BO)
    for person in (BO, SOFIE, LARS):
        guest = gallery.guest(person, f"every day {person.id}")
        for words in ("mine opgaver", "mine sager", "overblik", "hjælp"):
            await guest.types(words)
    guest = gallery.guest(BO, "words")
    for words in ("hjælp sag", "hjælp bekymring", "hjælp gruppe"):
        await guest.types(words)


async def _side_by_side(gallery: Gallery) -> None:
    bo = gallery.guest(BO, "side by side")
    await bo.types("bekymring")
    await bo.types("fravær")
    await bo.types("fortsæt")
    await bo.types("fortsæt 2")
    await bo.types("annullér")
    await bo.types("ja")
    await bo.types("annullér")


async def _notices(gallery: Gallery) -> None:
    case = await _case(gallery, lead=SOFIE)
    absence = Absence(
        id=uuid4(), person=SOFIE.id, from_on=DAY, to_on=date(2027, 3, 2), noted_at=gallery.now
    )
    async with gallery.database.transaction() as tx:
        await tx.absences.add(replace(absence, from_on=gallery.now.date()))
        for kind, about in (
            (NoticeKind.LEAD_AWAY, case.id),
            (NoticeKind.DIGEST, of_day(gallery.now)),
        ):
            notice = Notice(kind=kind, about=about, due_at=gallery.now, person=BO.id)
            delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
            [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
            gallery.hang(f"notice {kind}", shown)


def _at_their_fullest(gallery: Gallery) -> None:
    say = gallery.say
    waiting = [
        Duty(
            kind=kind,
            matter=MatterKind.CASE,
            id=UUID(int=number),
            reference=f"2026-{number:06}",
            version=1,
            action=Action.OPEN,
            due=None if number % 3 == 0 else date(2026, 2, 20) + timedelta(days=number),
        )
        for number, kind in enumerate([*DutyKind] * 3, start=1)
    ]
    gallery.hang("many tasks", cards.duties(waiting, begun=3, today=DAY, say=say))
    gallery.hang("a morning", cards.digest(Load(duties=12, overdue=3), say=say))
    rows = [
        Row(
            area=AreaCode("VAL"),
            level=number % 5 or None,
            cases=None if number % 4 == 0 else number + 5,
            days=None if number % 2 else number / 2,
            overdue=None if number % 3 else 0,
        )
        for number in range(MANY)
    ]
    gallery.hang("overview of much", cards.overview(rows, say=say))
    gallery.hang("back", absence_cards.back(was_away=True, say=say))
