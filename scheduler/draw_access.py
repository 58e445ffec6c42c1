"""What a notice of a broken glass, or of an action left behind, says when it is sent."""

from collections.abc import Sequence

from cards import glass as cards
from cards.cases import here
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.cases import RUNNING
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.break_glass import to_review
from usecases.permit import actor_of

TOLD = {NoticeKind.GLASS_BROKEN: "broken", NoticeKind.GLASS_TO_REVIEW: "to_review"}
KINDS = frozenset({*TOLD, NoticeKind.LEFT_BEHIND})


async def draw_access(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself: what one may know of a matter another may not."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if notice.kind is NoticeKind.LEFT_BEHIND:
        return await _left_behind(tx, notice, person)
    for grant, matter in await to_review(tx, person, now=notice.due_at):
        if grant.id == notice.about:
            return cards.told(grant, matter, TOLD[notice.kind], say=speak(person.language))
    return None


async def _left_behind(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    case = await tx.cases.find(notice.about)
    if case is None or case.state not in RUNNING:
        return None
    matter = await tx.matters.of_case(case, now=notice.due_at)
    if not can(await actor_of(tx, person), Action.OPEN, matter):
        return None
    return cards.left_behind(case.reference, here(case), say=speak(person.language))
