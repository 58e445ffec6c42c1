"""An answer to who asks what is kept holds all of it, and nothing that is left out (AC-DATA-04).

A generator makes up a person with everything that can be kept of them, and remembers each word.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.access_document import Page, as_document
from cards.document import as_html
from cards.words import speak
from domain.access_requests import (
    AccessKind,
    AccessRequest,
    AccessState,
    LeftOut,
    Mark,
    due_on,
)
from domain.case_actions import CaseAction
from domain.cases import Case
from domain.concerns import Addition, Concern, Status
from domain.data_classes import DataClass
from domain.people import Language
from domain.records import Record, RecordKind
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.support.cases import a_case, keep_case
from tests.support.town import ANNA, BO, CARL, DORTE, MONDAY_NOON, SOFIE
from usecases.gather_person import gather

KINDS = {
    RecordKind.LEVEL: DataClass.VIEW,
    RecordKind.VIEW: DataClass.VIEW,
    RecordKind.CHILD_VIEW: DataClass.VIEW,
    RecordKind.COORDINATION: DataClass.TEXT,
    RecordKind.GATE: DataClass.DECISIONS,
    RecordKind.INFORM: DataClass.DECISIONS,
    RecordKind.OFFENCE: DataClass.OFFENCE,
    RecordKind.SENSITIVE: DataClass.SENSITIVE,
    RecordKind.PLAN: DataClass.ACTIONS,
    RecordKind.CLOSING: DataClass.DECISIONS,
    RecordKind.CORRECTION: DataClass.DECISIONS,
}
ANSWERS = ("observed", "risk", "protection", "tried", "hope", "school", "others_text")


@dataclass(kw_only=True)
class Life:
    """Somebody made up; `told` is each word that is kept of them, by the piece it is in."""

    case: Case
    told: dict[UUID, str] = field(default_factory=dict)
    words: int = 0

    def word(self) -> str:
        """Make up a word that is nowhere else."""
        self.words += 1
        return f"ord{self.case.id.hex}x{self.words}"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How much there is of what, and how many of the pieces are left out."""

    records: list[RecordKind]
    corrected: int
    concerns: list[set[str]]
    additions: int
    actions: int
    left_out: set[int]


few = st.integers(min_value=0, max_value=3)
shapes = st.builds(
    Shape,
    records=st.lists(st.sampled_from(sorted(KINDS)), max_size=8),
    corrected=few,
    concerns=st.lists(st.sets(st.sampled_from(ANSWERS), min_size=1), max_size=3),
    additions=few,
    actions=few,
    left_out=st.sets(st.integers(min_value=0, max_value=30), max_size=8),
)


async def lives(tx: Transaction, shape: Shape) -> Life:
    """Make somebody up, and remember every word that is kept of them."""
    case = a_case(f"2026-{uuid4().int % 1_000_000:06}")
    life = Life(case=case)
    name = life.word()
    await keep_case(tx, case, name=name)
    [identity] = await tx.records.of_keys([str(case.subject)])
    life.told[identity.id] = name
    for kind in shape.records:
        await a_record(tx, life, kind)
    for _ in range(shape.corrected):
        await a_record(
            tx, life, RecordKind.LEVEL, replaces=await a_record(tx, life, RecordKind.LEVEL)
        )
    for answers in shape.concerns:
        await a_concern(tx, life, sorted(answers), additions=shape.additions)
    for _ in range(shape.actions):
        await an_action(tx, life)
    await tx.audit.record(
        at=MONDAY_NOON,
        actor=SOFIE.id,
        action="case.open",
        about=str(case.id),
        result="ok",
        purpose="crime_prevention",
    )
    return life


async def a_record(
    tx: Transaction, life: Life, kind: RecordKind, *, replaces: UUID | None = None
) -> UUID:
    """Write something down; its word lies deep in a list, as some do."""
    word = life.word()
    record = Record(
        id=uuid4(),
        matter=life.case.id,
        key=str(life.case.subject),
        kind=kind,
        data_class=KINDS[kind],
        by=BO.id,
        at=MONDAY_NOON + timedelta(minutes=life.words),
        content={"words": [{"deep": word}], "flag": True, "nothing": None},
        replaces=replaces,
    )
    await tx.records.add(record)
    life.told[record.id] = word
    return record.id


async def a_concern(tx: Transaction, life: Life, answers: list[str], *, additions: int) -> None:
    said = {key: life.word() for key in answers}
    concern = Concern(
        id=uuid4(),
        reference=f"B2026-{uuid4().int % 1_000_000:06}",
        reporter=ANNA.id,
        status=Status.LINKED,
        group=life.case.group,
        owner=BO.id,
        area=None,
        level=1,
        urgent=False,
        reasons=(),
        submitted_at=MONDAY_NOON,
        take_up_by=MONDAY_NOON,
        case=life.case.id,
    )
    await tx.concerns.add(concern, {DataClass.TEXT: said})
    life.told |= {uuid5(concern.id, f"{DataClass.TEXT}.{key}"): word for key, word in said.items()}
    for _ in range(additions):
        added = Addition(
            id=uuid4(), concern=concern.id, by=ANNA.id, at=MONDAY_NOON, text=life.word()
        )
        await tx.concerns.add_addition(added)
        life.told[added.id] = added.text


async def an_action(tx: Transaction, life: Life) -> None:
    action = CaseAction(
        id=uuid4(),
        case=life.case.id,
        authority=SOFIE.authority,
        owner=SOFIE.id,
        due_on=MONDAY_NOON.date(),
        agreed_by=BO.id,
        agreed_at=MONDAY_NOON,
        what=life.word(),
    )
    await tx.actions.add(action)
    life.told[action.id] = action.what


async def page_of(tx: Transaction, life: Life, marked: set[UUID], *, draft: bool) -> str:
    request = AccessRequest(
        id=uuid4(),
        reference="A2026-0001",
        case=life.case.id,
        kind=AccessKind.GDPR,
        received_on=MONDAY_NOON.date(),
        due_on=due_on(AccessKind.GDPR, MONDAY_NOON.date()),
        state=AccessState.RELEASED,
        registered_by=DORTE.id,
    )
    page = Page(
        request=request,
        everything=await gather(tx, life.case),
        marks={
            piece: Mark(request=request.id, piece=piece, why=LeftOut.EXEMPTED, by=DORTE.id)
            for piece in marked
        },
        draft=draft,
        made_by=DORTE.name,
        made_at=MONDAY_NOON,
        mailbox="",
    )
    say = speak(Language.DA)
    return as_html(as_document(page, say=say), say=say)


@given(shape=shapes)
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_every_word_is_in_the_document_but_those_left_out(desk: Desk, shape: Shape) -> None:
    """AC-DATA-04: compared with what the generator knows it told; corrected versions too."""
    async with desk.database.transaction() as tx:
        life = await lives(tx, shape)
        pieces = list(life.told)
        marked = {pieces[number] for number in shape.left_out if number < len(pieces)}
        page = await page_of(tx, life, marked, draft=False)
        draft = await page_of(tx, life, marked, draft=True)
        everything = await gather(tx, life.case)

    kept = {word for piece, word in life.told.items() if piece not in marked}
    assert {word for word in life.told.values() if word_in(word, page)} == kept
    assert all(word_in(word, draft) for word in life.told.values())
    assert all(piece.hex[:8] in draft for piece in life.told)
    assert {each.id for each in everything.pieces} >= life.told.keys()
    for colleague in (ANNA, BO, SOFIE):
        assert colleague.name not in page


async def test_who_took_part_is_named_by_their_authority(desk: Desk) -> None:
    """ACC-3: no employee by name, nor by what the register calls them."""
    async with desk.database.transaction() as tx:
        life = Life(case=a_case("2026-0001"))
        await keep_case(tx, life.case, name="Max Myrekær")
        await tx.records.add(
            Record(
                id=uuid4(),
                matter=life.case.id,
                key=str(life.case.subject),
                kind=RecordKind.COORDINATION,
                data_class=DataClass.DECISIONS,
                by=BO.id,
                at=MONDAY_NOON,
                content={
                    "participants": {CARL.id: CARL.authority, SOFIE.id: SOFIE.authority},
                    "left": [ANNA.id],
                    "no_action_because": f"{BO.id} er væk",
                },
            )
        )
        everything = await gather(tx, life.case)

    [said] = [each.content for each in everything.pieces if "participants" in each.content]
    assert said == {
        "participants": [CARL.authority, SOFIE.authority],
        "left": [ANNA.authority],
        "no_action_because": f"{BO.id} er væk",
    }


def word_in(word: str, page: str) -> bool:
    return f"{word}<" in page or f"{word}\n" in page
