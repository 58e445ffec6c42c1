"""What a notice of a case says: another group may have news, or a fact was corrected."""

from collections.abc import Sequence

from cards import intake as cards
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.permit import actor_of

KINDS = (NoticeKind.CASE_MATCH, NoticeKind.FACT_CORRECTED)


async def draw_intake(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself: who may open the case, and who had read it and may no longer."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    """Draw a notice as things stand now: its number and neutral words (AC-OUT-05)."""
    case = await tx.cases.find(notice.about)
    if case is None or notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    matter = await tx.matters.of_case(case, now=notice.due_at)
    if person.id in matter.recused or not (person.active and person.s115_covered):
        return None
    may_open = can(await actor_of(tx, person), Action.OPEN, matter)
    say = speak(person.language)
    if notice.kind is NoticeKind.FACT_CORRECTED:
        return cards.corrected_notice(case, may_open=may_open, say=say)
    return cards.match_notice(case, say=say) if may_open else None
