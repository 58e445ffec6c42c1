"""The only way to a concern, case, group, meeting, effort or alert: for who may do what they ask.

Each finds the thing itself, the matter that was decided about, and the actor; nobody else can
change the thing before this transaction has ended. With `result` the access goes on record;
None puts nothing there, for a question whose answer shows nothing that was confided.

Each raises RuleBroken `<kind>.not_found`, such as `concern.not_found`, the same whether it is
missing or out of reach, and after the same work, so that the time tells nothing either
(AC-CARD-02). The door puts that attempt on record.
"""

from datetime import datetime, time
from uuid import UUID

from domain.access import Action, can
from domain.alerts import Alert
from domain.cases import Case, CaseState
from domain.committee_meetings import CommitteeMeeting
from domain.concerns import Concern, Status
from domain.efforts import Effort
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION, Purpose
from domain.matters import CONFIDED, Matter, MatterKind
from domain.people import CommitteeCode, Person, PersonId
from domain.roles import Actor
from storage.database import Transaction

NOBODY = PersonId("")


async def actor_of(tx: Transaction, person: Person) -> Actor:
    """Look up what somebody is right now; nothing is remembered between two turns (§15.13)."""
    memberships, committees = await tx.organisation.seats_of(person.id)
    return Actor(person=person, memberships=memberships, committees=committees)


async def concern(
    tx: Transaction,
    person: Person,
    action: Action,
    id: UUID,
    *,
    result: str | None = "ok",
    now: datetime,
) -> tuple[Concern, Matter, Actor]:
    """Find a concern for somebody who may do this with it."""
    found = await tx.concerns.hold(id)
    actor = await actor_of(tx, person)
    matter = await tx.matters.of_concern(found or _no_concern(id, now=now), now=now)
    if found is None:
        raise _not_found(MatterKind.CONCERN, id)
    await _let(tx, actor, action, matter, result=result, now=now)
    return found, matter, actor


async def case(
    tx: Transaction,
    person: Person,
    action: Action,
    id: UUID,
    *,
    result: str | None = "ok",
    now: datetime,
) -> tuple[Case, Matter, Actor]:
    """Find a case for somebody who may do this with it."""
    found = await tx.cases.hold(id)
    actor = await actor_of(tx, person)
    matter = await tx.matters.of_case(found or _no_case(id, now=now), now=now)
    if found is None:
        raise _not_found(MatterKind.CASE, id)
    await _let(tx, actor, action, matter, result=result, now=now)
    return found, matter, actor


async def matter(
    tx: Transaction,
    person: Person,
    action: Action,
    kind: MatterKind,
    id: UUID,
    *,
    result: str | None = "ok",
    now: datetime,
) -> tuple[Matter, Actor]:
    """Find a matter of any kind for somebody who may do this with it."""
    match kind:
        case MatterKind.CONCERN:
            _, about, actor = await concern(tx, person, action, id, result=result, now=now)
        case MatterKind.CASE:
            _, about, actor = await case(tx, person, action, id, result=result, now=now)
        case MatterKind.GROUP:
            about, actor = await group(tx, person, action, id, result=result, now=now)
        case MatterKind.MEETING:
            _, about, actor = await meeting(tx, person, action, id, result=result, now=now)
        case MatterKind.EFFORT:
            _, about, actor = await effort(tx, person, action, id, result=result, now=now)
        case MatterKind.ALERT:
            _, about, actor = await alert(tx, person, action, id)
    return about, actor


async def group(
    tx: Transaction,
    person: Person,
    action: Action,
    id: UUID,
    *,
    result: str | None = "ok",
    now: datetime,
) -> tuple[Matter, Actor]:
    """Find the matter of a concern group for somebody who may do this with it."""
    found = await tx.matters.of_group(id, now=now)
    actor = await actor_of(tx, person)
    if found is None:
        raise _not_found(MatterKind.GROUP, id)
    await _let(tx, actor, action, found, result=result, now=now)
    return found, actor


async def meeting(
    tx: Transaction,
    person: Person,
    action: Action,
    id: UUID,
    *,
    result: str | None = None,
    now: datetime,
) -> tuple[CommitteeMeeting, Matter, Actor]:
    """Find a committee's meeting for somebody who may do this with it.

    Reading its papers is not put on record: nothing in them is about a young person.
    """
    found = await tx.committee_meetings.hold(id)
    actor = await actor_of(tx, person)
    matter = await tx.matters.of_meeting(found or _no_meeting(id, now=now))
    if found is None:
        raise _not_found(MatterKind.MEETING, id)
    await _let(tx, actor, action, matter, result=result, now=now)
    return found, matter, actor


async def effort(
    tx: Transaction,
    person: Person,
    action: Action,
    id: UUID,
    *,
    result: str | None = None,
    now: datetime,
) -> tuple[Effort, Matter, Actor]:
    """Find an effort for somebody who may do this with it; nothing in it was confided."""
    found = await tx.efforts.hold(id)
    actor = await actor_of(tx, person)
    if found is None:
        raise _not_found(MatterKind.EFFORT, id)
    matter = await tx.matters.of_effort(found)
    await _let(tx, actor, action, matter, result=result, now=now)
    return found, matter, actor


async def alert(
    tx: Transaction, person: Person, action: Action, id: UUID
) -> tuple[Alert, Matter, Actor]:
    """Find an alert for somebody who may do this with it; nothing in it was confided.

    It is not held, for hundreds read it while others answer; nor is reading it put on record.
    """
    found = await tx.alerts.find(id)
    actor = await actor_of(tx, person)
    if found is None:
        raise _not_found(MatterKind.ALERT, id)
    matter = await tx.matters.of_alert(found)
    if not can(actor, action, matter):
        raise _not_found(MatterKind.ALERT, id)
    return found, matter, actor


async def _let(
    tx: Transaction,
    actor: Actor,
    action: Action,
    about: Matter,
    *,
    result: str | None,
    now: datetime,
) -> None:
    if not can(actor, action, about):
        raise _not_found(about.kind, about.id)
    if result is not None:
        await tx.audit.record(
            at=now,
            actor=actor.person.id,
            action=f"{about.kind}.{action}",
            about=str(about.id),
            result=result,
            purpose=Purpose.CRIME_PREVENTION if about.kind in CONFIDED else ADMINISTRATION,
        )


def _no_concern(id: UUID, *, now: datetime) -> Concern:
    """Make a concern that nobody has: asked after, it takes as long as one that is not theirs."""
    return Concern(
        id=id,
        reference="",
        reporter=NOBODY,
        status=Status.TRIAGE,
        group=None,
        owner=None,
        area=None,
        level=None,
        urgent=False,
        reasons=(),
        submitted_at=now,
        take_up_by=now,
    )


def _no_case(id: UUID, *, now: datetime) -> Case:
    """Make a case that nobody has, for the same reason."""
    return Case(
        id=id,
        reference="",
        subject=id,
        state=CaseState.OPEN,
        group=CommitteeCode(""),
        area=None,
        opened_at=now,
        opened_by=NOBODY,
        last_event_at=now,
    )


def _no_meeting(id: UUID, *, now: datetime) -> CommitteeMeeting:
    """Make a meeting that nobody has, for the same reason."""
    return CommitteeMeeting(
        id=id,
        reference="",
        committee=CommitteeCode(""),
        year=now.year,
        number=None,
        day=now.date(),
        starts=time(),
        minutes=0,
        called_at=now,
    )


def _not_found(kind: MatterKind, id: UUID) -> RuleBroken:
    return RuleBroken(f"{kind}.not_found", about=str(id))
