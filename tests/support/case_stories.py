"""What stories about a case begin with: a case in Bo's group, and how its forms are filled in."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from domain.case_actions import CaseAction
from domain.cases import Case, CaseState
from domain.coordination import LifeArea
from domain.data_classes import DataClass
from domain.informings import Addressee, Informing, InformState
from domain.people import AreaCode, Authority, CommitteeCode, Person, PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction
from tests.support.chat import Chat
from tests.support.town import BO, MONDAY_NOON, SOFIE, VALBY_GROUP, Town

NAME = "Max Myrekær"
BORN = date(2011, 5, 4)
REASON = "Han er set med de ældre ved stationen hver aften i en uge"
RISK = "Han sover hos en fætter, der har våben"
PROTECTS = "Hans fodboldtræner holder fast i ham"
CHILD = "Han vil gerne tilbage på holdet"
WHAT = "Tal med træneren om at hente ham til træning"
RESULT = "Han har været der hver gang"
ENDING = "Han går i skole igen, og politiet har ikke set ham siden marts"
CONFIDED = (NAME, REASON, RISK, PROTECTS, CHILD, WHAT, RESULT, ENDING)

# A whole coordination, as it is filled in.
COORDINATED: Mapping[str, str] = {
    "people": "bo,carl,sofie",
    **{f"risk_{each}": "unknown" for each in LifeArea},
    "risk_leisure": "yes",
    "risk_words": RISK,
    **{f"protection_{each}": "no" for each in LifeArea},
    "protection_leisure": "yes",
    "protection_words": PROTECTS,
    "level": "2",
    "codes_2": "L2.b,L2.c",
    "reason": REASON,
    "heard": "yes",
    "child_words": CHILD,
    "agree": "new",
    "agree_more": "new",
    "what_1": WHAT,
    "owner_1": "sofie",
    "due_1": "2026-03-16",
    "another_1": "no",
    "next": "second",
}
READY_TO_CLOSE = {
    **COORDINATED,
    "agree": "none",
    "agree_more": "none",
    "why_none": "Der er ikke mere at aftale i SSP",
    "next": "close",
}


async def a_case(
    town: Town,
    *,
    state: CaseState = CaseState.OPEN,
    group: CommitteeCode = VALBY_GROUP.code,
    born: date = BORN,
    name: str = NAME,
    level: int | None = None,
    lead: PersonId | None = None,
    follow_up_on: date | None = None,
    now: datetime = MONDAY_NOON,
) -> Case:
    """Put a case into the database: somebody's first, in Bo's group."""
    async with town.remembers() as tx:
        return await put(
            tx,
            state=state,
            group=group,
            born=born,
            name=name,
            level=level,
            lead=lead,
            follow_up_on=follow_up_on,
            now=now,
        )


async def put(
    tx: Transaction,
    *,
    state: CaseState,
    group: CommitteeCode,
    born: date,
    name: str,
    level: int | None,
    lead: PersonId | None,
    follow_up_on: date | None,
    now: datetime,
) -> Case:
    subject = uuid4()
    await tx.subjects.add(subject, at=now)
    case = Case(
        id=uuid4(),
        reference=await tx.cases.next_reference(now.year),
        subject=subject,
        state=state,
        group=group,
        area=AreaCode("VAL"),
        level=level,
        lead=lead,
        opened_at=now,
        opened_by=BO.id,
        last_event_at=now,
        coordinated_at=None if state is CaseState.OPEN else now,
        follow_up_on=follow_up_on,
    )
    await tx.cases.add(case)
    await tx.records.add(
        Record(
            id=uuid4(),
            matter=case.id,
            key=str(subject),
            kind=RecordKind.IDENTITY,
            data_class=DataClass.IDENTITY,
            by=BO.id,
            at=now,
            content={"name": name, "born": born.isoformat(), "protected": "no"},
        )
    )
    return case


async def an_action(
    tx: Transaction,
    case: Case,
    *,
    owner: Person = SOFIE,
    due_on: date = date(2026, 3, 16),
    now: datetime = MONDAY_NOON,
) -> CaseAction:
    """Put an action on a case, agreed by Bo."""
    action = CaseAction(
        id=uuid4(),
        case=case.id,
        authority=owner.authority,
        owner=owner.id,
        due_on=due_on,
        agreed_by=BO.id,
        agreed_at=now,
        what=WHAT,
    )
    await tx.actions.add(action)
    return action


async def anew(town: Town, case: Case | UUID) -> Case:
    """Give a case as it is now.

    :raises AssertionError: when it is gone.
    """
    async with town.remembers() as tx:
        found = await tx.cases.find(case if isinstance(case, UUID) else case.id)
    assert found is not None
    return found


async def opens(who: Chat, case: Case) -> str:
    """Open a case by keyboard, having no near relation; give what can be read."""
    await who.types(f"sag {case.reference}")
    return await who.types(f"nej {case.reference}")


async def coordinates(who: Chat, case: Case, answers: Mapping[str, str] = COORDINATED) -> str:
    """Open a case, fill in a coordination by cards and send it."""
    await opens(who, case)
    await who.types(f"koordinér {case.reference}")
    await who.fills(answers)
    return await who.presses("form.send")


async def informed(town: Town, case: Case) -> None:
    """Note that the family has been told, so that nothing about that is in the way."""
    async with town.remembers() as tx:
        await tx.informings.add(
            [
                Informing(
                    id=uuid4(),
                    case=case.id,
                    addressee=each,
                    authority=Authority.SOF,
                    collected_on=MONDAY_NOON.date(),
                    due_on=MONDAY_NOON.date(),
                    state=InformState.INFORMED,
                )
                for each in Addressee
            ]
        )


async def ready_to_close(town: Town, who: Chat, case: Case) -> None:
    """Coordinate a case twice: an action that is done meanwhile, and then ready to be closed."""
    await informed(town, case)
    await coordinates(who, case)
    await completes(town, case)
    await coordinates(who, case, READY_TO_CLOSE)


async def completes(town: Town, case: Case) -> None:
    """Let Sofie do everything that was agreed."""
    sofie = town.chat(SOFIE)
    await opens(sofie, case)
    await sofie.types(f"handlinger {case.reference}")
    await sofie.presses("action.open")
    await sofie.presses("action.done")
    await sofie.presses("form.next", result=RESULT)


async def asks_to_close(who: Chat, case: Case) -> str:
    await who.types(f"luk {case.reference}")
    return await who.presses("form.next", reason="coordination_done", words=ENDING)


async def is_near(town: Town, person: Person, case: Case) -> None:
    """Say of somebody that they are near to the person a case is about."""
    async with town.remembers() as tx:
        await tx.relations.recuse(case.id, person.id, "self", MONDAY_NOON, key=str(case.subject))
