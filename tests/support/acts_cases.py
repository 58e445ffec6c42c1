"""Who may press what on a case, its actions, its agreements, and at its meetings."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from dialogs.meetings import agenda_of
from dialogs.playbooks import playbook_of
from domain.case_meetings import AgendaItem, CaseMeeting, ItemState, Why
from domain.cases import Case, CaseState, CloseReason
from domain.countersigns import LASTS, Countersign, CountersignKind
from domain.data_classes import DataClass
from domain.journal import Note
from domain.records import Record, RecordKind
from tests.support.acts import Staged, act, with_a_case
from tests.support.case_stories import a_case as put_case
from tests.support.case_stories import an_action, informed, is_near
from tests.support.case_stories import opens as opens_case
from tests.support.chat import Chat
from tests.support.town import BO, CARL, MONDAY_NOON, SOFIE, VALBY_GROUP, Town

READERS = ("facilitator", "member", "secretariat")
WORKERS = ("facilitator", "member")
SITTING = ("facilitator", "member", "recused member", "member when needed")


ON_CASES = (
    *SITTING,
    *("facilitator elsewhere", "facilitator of SSP+", "member of SSP+", "secretariat", "steward"),
)


async def _staged(town: Town, state: CaseState) -> Case:
    case = await put_case(town, state=state, level=2)
    await is_near(town, CARL, case)
    return case


async def a_case(town: Town) -> Staged:
    """Put a case in Bo's group, from which Carl has to stand back."""
    return with_a_case(await _staged(town, CaseState.FOLLOW_UP))


async def a_closed_case(town: Town) -> Staged:
    return with_a_case(await _staged(town, CaseState.CLOSED))


async def opened(town: Town, who: Chat, staged: Staged) -> Staged:
    """Let somebody open the case, who has no near relation."""
    async with town.remembers() as tx:
        case = await tx.cases.by_reference(staged.number)
    assert case is not None
    await opens_case(who, case)
    return staged


async def an_action_of_sofies(town: Town) -> Staged:
    case = await _staged(town, CaseState.FOLLOW_UP)
    async with town.remembers() as tx:
        action = await an_action(tx, case, owner=SOFIE, due_on=date(2026, 3, 16))
    return Staged(
        carried={"action": str(action.id), "version": action.version}, number=case.reference
    )


async def a_question(town: Town) -> Staged:
    """Let Bo have asked whether a case that is ready may be closed."""
    case = await _staged(town, CaseState.COORDINATION)
    await informed(town, case)
    record = Record(
        id=uuid4(),
        matter=case.id,
        key=str(case.subject),
        kind=RecordKind.CLOSING,
        data_class=DataClass.DECISIONS,
        by=BO.id,
        at=MONDAY_NOON,
        content={"words": "Der er ikke mere at gøre"},
    )
    asked = Countersign(
        id=uuid4(),
        kind=CountersignKind.CLOSE_CASE,
        about=case.id,
        seen=case.version,
        asked_by=BO.id,
        asked_at=MONDAY_NOON,
        expires_at=MONDAY_NOON + LASTS,
        terms={"record": str(record.id), "reason": CloseReason.COORDINATION_DONE},
    )
    async with town.remembers() as tx:
        await tx.journal.note(
            Note.COORDINATED, matter=case.id, source=case.id, by=BO.id, at=MONDAY_NOON
        )
        await tx.records.add(record)
        await tx.countersigns.add(asked)
    return Staged(
        carried={"countersign": str(asked.id), "version": asked.version}, number=case.reference
    )


async def a_playbook(_: Town) -> Staged:
    return Staged(carried={"playbook": str(playbook_of(3)), "version": 0})


async def an_agenda(town: Town) -> Staged:
    await _staged(town, CaseState.OPEN)
    return Staged(carried={"agenda": str(agenda_of(VALBY_GROUP.code))})


async def a_meeting(town: Town) -> Staged:
    """Let Bo be at the second of three items of a meeting; the first was skipped."""
    cases = [await _staged(town, CaseState.OPEN) for _ in range(3)]
    meeting = CaseMeeting(
        id=uuid4(),
        group=VALBY_GROUP.code,
        begun_by=BO.id,
        begun_at=MONDAY_NOON,
        present=frozenset({BO.id, SOFIE.id}),
    )
    items = [
        AgendaItem(id=uuid4(), meeting=meeting.id, position=n, about=case.id, why=(Why.NEW_CASE,))
        for n, case in enumerate(cases)
    ]
    async with town.remembers() as tx:
        await tx.meetings.add(meeting, [_skipped(items[0]), *items[1:]])
    return Staged(carried={"meeting": str(meeting.id), "version": meeting.version})


def _skipped(item: AgendaItem) -> AgendaItem:
    return replace(item, state=ItemState.SKIPPED, ended_at=MONDAY_NOON)


ACTS = {
    "case.open": act(a_case, *READERS),
    "case.clear": act(a_case, *READERS),
    "case.more": act(a_case, *READERS, page="1"),
    "case.history": act(a_case, *READERS, before=opened),
    "case.coordinate": act(a_case, *WORKERS, before=opened),
    "case.set_level": act(a_case, *WORKERS, before=opened),
    "case.lead": act(a_case, *WORKERS, before=opened),
    "case.close": act(a_case, "facilitator", before=opened),
    "case.reopen": act(a_closed_case, "facilitator", before=opened),
    "action.list": act(a_case, *READERS, before=opened),
    "action.add": act(a_case, *WORKERS, before=opened),
    "action.open": act(an_action_of_sofies, *READERS),
    "action.done": act(an_action_of_sofies, "member"),
    "action.drop": act(an_action_of_sofies, *WORKERS, before=opened),
    "action.change": act(an_action_of_sofies, *WORKERS, before=opened),
    "countersign.open": act(a_question, *WORKERS, before=opened),
    "countersign.give": act(a_question, "member", before=opened),
    "countersign.refuse": act(a_question, "member"),
    "countersign.withdraw": act(a_question, "facilitator"),
    "playbook.open": act(a_playbook, *ON_CASES),
    "playbook.write": act(a_playbook, "secretariat", "steward"),
    "meeting.agenda_of": act(an_agenda, *SITTING),
    "meeting.begin": act(an_agenda, "facilitator"),
    "meeting.stand": act(a_meeting, "facilitator"),
    "meeting.next": act(a_meeting, "facilitator"),
    "meeting.skip": act(a_meeting, "facilitator"),
    "meeting.back": act(a_meeting, "facilitator"),
    "meeting.skipped": act(a_meeting, "facilitator"),
    "meeting.present": act(a_meeting, "facilitator"),
    "meeting.sum_up": act(a_meeting, "facilitator"),
    "meeting.end": act(a_meeting, "facilitator"),
}
