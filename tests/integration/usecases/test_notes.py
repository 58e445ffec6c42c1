"""Each event that must be on file is noted exactly once, whatever is pressed how often (§15.5)."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from domain.cases import Case
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Judged, Sensitive
from domain.informings import How
from domain.journal import Note, TaskState
from domain.matters import MatterKind
from domain.people import Authority, PersonId
from domain.records import RecordKind
from domain.recusals import Recusal
from storage.database import Transaction
from tests.integration.usecases.desk import JUDGED, Desk
from tests.support.cases import a_case, keep_case
from tests.support.town import BO, DORTE, GRETE, LARS, LINE, MONDAY_NOON, SOFIE
from usecases.bring_in import add_participant, escalate
from usecases.decide_recusal import decide_recusal
from usecases.file_notes import file_notes
from usecases.inform_family import begin_informing, plan_telling, tell_family
from usecases.recuse import recuse_another

MONDAY = MONDAY_NOON.date()
WHY = "Uden det kan ingen hjælpe ham"
SHUT = Judged(
    part_of_ssp=True,
    reasonable=False,
    necessary=True,
    reason=WHY,
    sensitive=frozenset(),
)
STRICTER = Judged(
    part_of_ssp=True,
    reasonable=True,
    necessary=True,
    reason=WHY,
    sensitive=frozenset({Sensitive.HEALTH}),
    heightened_reason="Uden diagnosen forstår ingen fraværet",
)
GUESTS = (LINE, GRETE)


@dataclass(kw_only=True)
class Story:
    """What has been done with one case, and which notes there should be."""

    case: Case
    noted: Counter[Note] = field(default_factory=Counter)

    def id(self, number: int) -> UUID:
        return uuid5(self.case.id, str(number))


Act = Callable[[Transaction, Story, int], Awaitable[Sequence[Note]]]


async def brings_in(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    judged = (JUDGED, SHUT, STRICTER)[number % 3]
    classes = {DataClass.IDENTITY, *({DataClass.SENSITIVE} if judged.sensitive else ())}
    grant = await add_participant(
        tx,
        id=story.id(number),
        case_id=story.case.id,
        who=GUESTS[number % 2].id,
        classes=classes,
        days=14,
        task="Tal med ham",
        judged=judged,
        by=BO,
        now=MONDAY_NOON,
    )
    return [Note.GATE_FAILED] if grant is None else [Note.GATE_PASSED, Note.DISCLOSED]


async def escalates(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    grants = await escalate(
        tx,
        id=story.id(number),
        case_id=story.case.id,
        to=[LARS.id],
        classes=[DataClass.VIEW],
        purpose="Beslut en fælles indsats",
        judged=(JUDGED, SHUT)[number % 2],
        by=SOFIE,
        now=MONDAY_NOON,
    )
    return [Note.GATE_PASSED, Note.ESCALATED] if grants else [Note.GATE_FAILED]


async def tells(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    noted = await tx.informings.of_case(story.case.id)
    one = noted[number % len(noted)]
    await tell_family(
        tx,
        id=one.id,
        record=story.id(number),
        seen=one.version,
        on=MONDAY,
        how=How.PHONE,
        told_by="Sofie",
        reaction="",
        by=SOFIE,
        now=MONDAY_NOON,
    )
    return [Note.INFORMED]


async def plans(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    noted = await tx.informings.of_case(story.case.id)
    one = noted[number % len(noted)]
    await plan_telling(
        tx,
        id=one.id,
        record=story.id(number),
        seen=one.version + number % 2,  # every other one acts on what is no longer so
        by_day=MONDAY + timedelta(days=number % 40),
        authority=Authority.BUF,
        by=BO,
        now=MONDAY_NOON,
    )
    return [Note.INFORMING_PLANNED]


async def recuses(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    del number
    await recuse_another(
        tx,
        kind=MatterKind.CASE,
        id=story.case.id,
        person=PersonId("carl"),
        reason=WHY,
        by=BO,
        now=MONDAY_NOON,
    )
    return []


async def decides(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    recusal = Recusal(matter=story.case.id, person=PersonId("carl"), by=BO.id, at=MONDAY_NOON)
    lifts = number % 2 == 0
    await decide_recusal(
        tx,
        record=story.id(number),
        id=recusal.id,
        lifts=lifts,
        reason=WHY,
        by=DORTE,
        now=MONDAY_NOON,
    )
    return [Note.RECUSAL_LIFTED if lifts else Note.RECUSAL_UPHELD]


async def files(tx: Transaction, story: Story, number: int) -> Sequence[Note]:
    for task in await tx.journal.tasks(TaskState.OPEN, matters=[story.case.id]):
        await file_notes(
            tx,
            id=task.id,
            seen=task.version,
            journal_ref=f"2026-{number}",
            system=Authority.SOF,
            on=MONDAY,
            by=DORTE,
            now=MONDAY_NOON,
        )
    return []


ACTS: tuple[Act, ...] = (brings_in, escalates, tells, plans, recuses, decides, files)
PRESSES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(min_value=0, max_value=11)), max_size=14
)


@given(presses=PRESSES)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_invariant_5_each_event_is_noted_exactly_once(
    desk: Desk, presses: list[tuple[Act, int]]
) -> None:
    """NOT-4, §15.5: what was refused or repeated is noted no more; and §15.10 for each gate."""
    story = Story(case=a_case(f"2026-{uuid4().int % 10**6:06}"))
    async with desk.database.transaction() as tx:
        await keep_case(tx, story.case, name="Max Myrekær")
        await begin_informing(tx, case=story.case, authority=Authority.SOF, collected_on=MONDAY)

    for act, number in presses:
        try:
            async with desk.database.transaction() as tx:
                noted = await act(tx, story, number)
        except (RuleBroken, IntegrityError):
            continue
        story.noted.update(noted)

    async with desk.database.transaction() as tx:
        notes = await tx.journal.notes(matters=[story.case.id])
        gates = await tx.records.read(
            [story.case.id], [DataClass.SENSITIVE], kinds=[RecordKind.GATE]
        )
        tasks = await tx.journal.tasks(*TaskState, matters=[story.case.id])
    assert Counter(each.note for each in notes) == story.noted
    assert {each.task for each in notes} == {each.id for each in tasks}
    assert sum(each.state is TaskState.OPEN for each in tasks) <= 1
    assert all(each.content["heightened_reason"] for each in gates)
