"""What a notice of a case, an action, a countersign or a case meeting says when it is sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from cards import case_actions, case_letters, countersigns, meetings
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.case_actions import still_needed
from domain.case_transitions import is_running
from domain.cases import Case
from domain.countersigns import CountersignKind
from domain.delivery import Delivery
from domain.notices import PAUSABLE, Notice, NoticeKind
from domain.office_actions import OfficeAction, may
from domain.people import Person
from storage.database import Transaction
from usecases.countersign import may_answer
from usecases.permit import actor_of
from usecases.read_action import may_see
from usecases.read_agenda import IDLE_AFTER

Draw = Callable[[Transaction, Notice, Person], Awaitable[Shown | None]]


async def draw_cases(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself, for the one person it is for, as things stand now."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not (person.active and person.s115_covered):
        return None
    if notice.kind in PAUSABLE and await tx.people.has_paused(person.id):
        return None
    return await KINDS[notice.kind](tx, notice, person)


async def _action(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    """Draw a letter about an action that is still open, on a case that still runs (CASE-9)."""
    action = await tx.actions.find(notice.about)
    case = await tx.cases.find(action.case) if action is not None else None
    if action is None or case is None or not is_running(case):
        return None
    if not still_needed(notice, action):
        return None
    if not await may_see(tx, action, case, person, now=notice.due_at):
        return None
    return case_actions.letter(
        action, notice.kind, reference=case.reference, say=speak(person.language)
    )


async def _case(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    case = await tx.cases.find(notice.about)
    if case is None or not is_running(case) or not _is_so(case, notice):
        return None
    matter = await tx.matters.of_case(case, now=notice.due_at)
    if not can(await actor_of(tx, person), Action.OPEN, matter):
        return None
    return case_letters.letter(case, notice.kind, days=IDLE_AFTER.days, say=speak(person.language))


def _is_so(case: Case, notice: Notice) -> bool:
    match notice.kind:
        case NoticeKind.CASE_NO_LEAD:
            return case.lead is None
        case NoticeKind.CASE_LEAD:
            return case.lead == notice.person
        case _:
            return notice.due_at - case.last_event_at >= IDLE_AFTER


async def _asked(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    asked = await tx.countersigns.find(notice.about)
    if asked is None:
        return None
    if notice.kind is NoticeKind.COUNTERSIGN_ASKED:
        still = asked.is_open(notice.due_at)
        if not still or not await may_answer(tx, person, asked, now=notice.due_at):
            return None
    case = None
    if asked.kind is not CountersignKind.GRANT_ROLE:
        case = await tx.cases.find(asked.about)
        if case is None:
            return None
        if person.id in (await tx.matters.of_case(case, now=notice.due_at)).recused:
            return None
    say = speak(person.language)
    reference = say("countersign.role") if case is None else case.reference
    return countersigns.letter(asked, notice.kind, reference=reference, say=say)


async def _meeting(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    meeting = await tx.meetings.find(notice.about)
    if meeting is None:
        return None
    own = [each for each in await tx.actions.of_meeting(meeting.id) if each.owner == person.id]
    if notice.kind is NoticeKind.MEETING_OWN and not own:
        return None
    runs = may(await actor_of(tx, person), OfficeAction.RUN_MEETING, group=meeting.group)
    if notice.kind is NoticeKind.MEETING_DECIDED and not runs:
        return None
    group = (await tx.organisation.committee(meeting.group)).name
    return meetings.letter(
        meeting, notice.kind, group=group, count=len(own), say=speak(person.language)
    )


KINDS: Mapping[NoticeKind, Draw] = {
    NoticeKind.ACTION_AGREED: _action,
    NoticeKind.ACTION_SOON: _action,
    NoticeKind.ACTION_DUE: _action,
    NoticeKind.ACTION_OVERDUE: _action,
    NoticeKind.CASE_NO_LEAD: _case,
    NoticeKind.CASE_LEAD: _case,
    NoticeKind.CASE_IDLE: _case,
    NoticeKind.COUNTERSIGN_ASKED: _asked,
    NoticeKind.COUNTERSIGN_ANSWERED: _asked,
    NoticeKind.MEETING_OWN: _meeting,
    NoticeKind.MEETING_DECIDED: _meeting,
}
