"""What a notice of SSP+ says at the hour it is sent."""

from collections.abc import Callable, Mapping, Sequence

from cards import plus as cards
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.cases import RUNNING, Case, CaseState
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.permit import actor_of


def _runs(case: Case) -> bool:
    return case.state in RUNNING and case.merged_into is None


def _is_proposed(case: Case) -> bool:
    return case.state is CaseState.HANDOVER_PROPOSED


def _always(_: Case) -> bool:
    return True


# Whether it is still worth somebody's attention; an ended case is asked after all the same.
KINDS: Mapping[NoticeKind, Callable[[Case], bool]] = {
    NoticeKind.PLUS_HEADS_UP: _runs,
    NoticeKind.PLUS_ASSESS: _runs,
    NoticeKind.PLUS_ESCALATED: _runs,
    NoticeKind.PLUS_ALONE: _runs,
    NoticeKind.PLUS_OUT_OF_AGE: _runs,
    NoticeKind.HANDOVER_ASKED: _is_proposed,
    NoticeKind.HANDOVER_ANSWERED: _runs,
    NoticeKind.OUTCOME_DUE: _always,
}


async def draw_plus(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself: who may open the case, and who only hears its number."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    """Draw a notice as things stand now; None when it is no longer needed, or not theirs."""
    case = await tx.cases.find(notice.about)
    if case is None or notice.person is None or not KINDS[notice.kind](case):
        return None
    if not await _is_needed(tx, case, notice.kind):
        return None
    person = await tx.people.get(notice.person)
    matter = await tx.matters.of_case(case, now=notice.due_at)
    may_open = can(await actor_of(tx, person), Action.OPEN, matter)
    barred = person.id in matter.recused or not (person.active and person.s115_covered)
    if barred or not (may_open or notice.kind in cards.NUMBER_ONLY):
        return None
    return cards.notice(case, notice.kind, may_open=may_open, say=speak(person.language))


async def _is_needed(tx: Transaction, case: Case, kind: NoticeKind) -> bool:
    """Whether nobody has decided meanwhile."""
    if kind not in {NoticeKind.PLUS_ASSESS, NoticeKind.PLUS_ESCALATED}:
        return True
    assessment = await tx.assessments.of_case(case.id)
    if assessment is None:
        return False
    if kind is NoticeKind.PLUS_ESCALATED:
        return assessment.escalated_at is not None
    return assessment.is_open and bool(assessment.told)
