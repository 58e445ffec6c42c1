"""What the morning digest says at the hour it is sent, and the word of a lead who is away."""

from collections.abc import Sequence
from datetime import datetime

from cards import absence as absence_cards
from cards import everyday as cards
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.dates import local_date
from domain.delivery import Delivery
from domain.duties import load_of
from domain.notices import Notice
from scheduler.greet_in_the_morning import is_to_be_told, of_day
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.read_duties import duties_of


async def draw_digests(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw what waits now; nothing on another day, or for whom nothing waits any more."""
    return [await _digest(tx, each.notice, now) for each in deliveries]


async def _digest(tx: Transaction, notice: Notice, now: datetime) -> Shown | None:
    if notice.person is None or notice.about != of_day(now):
        return None
    person = await tx.people.get(notice.person)
    if not await is_to_be_told(tx, person, now=now):
        return None
    load = load_of(await duties_of(tx, person, now=now), today=local_date(now))
    return cards.digest(load, say=speak(person.language))


async def draw_leads_away(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw for whom may still open the case, while its lead is still to be away."""
    return [await _lead_away(tx, each.notice) for each in deliveries]


async def _lead_away(tx: Transaction, notice: Notice) -> Shown | None:
    case = await tx.cases.find(notice.about)
    if case is None or case.lead is None or notice.person is None:
        return None
    noted = await tx.absences.of(case.lead, today=local_date(notice.due_at))
    person = await tx.people.get(notice.person)
    matter = await tx.matters.of_case(case, now=notice.due_at)
    if not noted or matter.ended or not can(await actor_of(tx, person), Action.OPEN, matter):
        return None
    return absence_cards.lead_away(case, noted[0], say=speak(person.language))
