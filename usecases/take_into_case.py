"""From a concern to a case: open one, or let it join the one there is (CASE-3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from domain import concern_ends, concerns
from domain.access import Action
from domain.cases import RUNNING, Case, CaseState
from domain.concerns import WAITING, Concern, Status
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.gates import Purpose
from domain.identities import Identity
from domain.notices import Notice, NoticeKind
from domain.people import Authority, CommitteeCode, Office, Person, PersonId, Seat
from domain.records import Record, RecordKind
from domain.roles import Role, roles
from storage.database import Transaction
from usecases import permit
from usecases.close_case import reopen
from usecases.follow_ages import follow_age
from usecases.inform_family import begin_informing
from usecases.known_people import Known, find_known
from usecases.note_fact import note_fact

TELLS_FAMILY = Authority.SOF  # until the group decides otherwise (INF-7)


async def look_for_case(
    tx: Transaction, *, concern: UUID, by: Person, now: datetime
) -> tuple[Concern, Known]:
    """Find the case a concern may join, for somebody who may decide it.

    :raises RuleBroken: `concern.not_found`; `concern.answer_relation_first`;
        `concern.facilitator_looks` when somebody may be the person and the facilitator must
        say whether they are (CON-5).
    """
    found, matter, actor = await permit.concern(tx, by, Action.OPEN_CASE, concern, now=now)
    if not await tx.relations.cleared(concern, by.id):
        raise RuleBroken("concern.answer_relation_first")
    known = await find_known(tx, found, actor=actor, now=now)
    facilitates = roles(actor, matter) & {Role.FAC, Role.PFAC}
    if not facilitates and (known.candidates or known.maybe_elsewhere):
        raise RuleBroken("concern.facilitator_looks")
    return found, known


async def open_case_from(
    tx: Transaction, *, id: UUID, concern: UUID, seen: int, by: Person, now: datetime
) -> Case:
    """Open a case about the person of a concern, who has no running one.

    :param id: of the case to be; pressing twice makes one.
    :param seen: the version of the concern the person acts on (AC-CARD-04).
    :raises RuleBroken: as `look_for_case`; `concern.known_here` when their case is within
        reach, and `concern.known_elsewhere` when another group has it.
    """
    found, known = await look_for_case(tx, concern=concern, by=by, now=now)
    linked = concern_ends.link(found, case=id, by=by.id, now=now)
    if known.runs_elsewhere:
        raise RuleBroken("concern.known_elsewhere")
    if known.same is not None:
        raise RuleBroken("concern.known_here")
    subject = known.subject or uuid4()
    if known.subject is None:
        await tx.subjects.add(subject, at=now)
    case = Case(
        id=id,
        reference=await tx.cases.next_reference(local_date(now).year),
        subject=subject,
        state=CaseState.OPEN,
        group=_group(found),
        area=found.area,
        opened_at=now,
        opened_by=by.id,
        last_event_at=now,
    )
    await tx.cases.add(case)
    told = known.who.told
    await _keep(tx, case, RecordKind.IDENTITY, DataClass.IDENTITY, told, by=by.id, now=now)
    await _keep_number(tx, case, known.who, by=by.id, now=now)
    await tx.subjects.reindex(subject)
    collected = local_date(found.submitted_at)
    await begin_informing(tx, case=case, authority=TELLS_FAMILY, collected_on=collected)
    await note_fact(tx, FactKind.CASE_OPENED, case, by=by, now=now)
    case = await follow_age(tx, case, now=now)
    await _join(tx, found, linked, seen=seen, by=by, now=now)
    if known.maybe_elsewhere or known.was_elsewhere:
        await _let_compare(tx, found, known, by=by.id, now=now)
    return case


async def link_concern(
    tx: Transaction, *, concern: UUID, case: UUID, seen: int, by: Person, now: datetime
) -> Case:
    """Let a concern join a case about the same person; a closed one is open again (CASE-10).

    :raises RuleBroken: as `look_for_case`; `case.not_found`, also for a case that was not
        offered: only the person's own, or a candidate, is.
    """
    found, known = await look_for_case(tx, concern=concern, by=by, now=now)
    if known.runs_elsewhere:
        raise RuleBroken("concern.known_elsewhere")
    offered = [known.same] if known.same else [each.case for each in known.candidates]
    if case not in {each.id for each in offered}:
        raise RuleBroken("case.not_found", about=str(case))
    joined, _, _ = await permit.case(tx, by, Action.OPEN, case, now=now)
    linked = concern_ends.link(found, case=joined.id, by=by.id, now=now)
    await tx.subjects.hold(joined.subject)
    joined = await _gone_on(tx, joined, by=by, now=now)
    await _keep_number(tx, joined, known.who, by=by.id, now=now)
    await tx.subjects.reindex(joined.subject)
    await _join(tx, found, linked, seen=seen, by=by, now=now)
    return joined


async def pass_to_known(
    tx: Transaction, *, concern: UUID, seen: int, by: Person, now: datetime
) -> Concern:
    """Ask the Secretariat to bring a concern to the group that has the person's case.

    Whoever asks learns neither the group nor the case; both facilitators hear that the
    Secretariat has it.

    :raises RuleBroken: `concern.not_known_elsewhere`, `concern.moved_on`.
    """
    found, known = await look_for_case(tx, concern=concern, by=by, now=now)
    if not known.runs_elsewhere:
        raise RuleBroken("concern.not_known_elsewhere")
    told = concerns.receivers(
        group=None,
        members=(),
        secretariat=await tx.people.of_office(Office.SEK),
        barred={found.reporter, *await tx.relations.recused(found.id)},
        urgent=found.urgent,
    )
    waiting = replace(found, status=Status.SUBMITTED, taken_up_by=None)
    going = concerns.moved(waiting, told, reason="route.known_elsewhere")
    going = await tx.concerns.save(replace(going, version=seen))
    await tx.outbox.add(concerns.notices_of_arrival(going, told, now=now))
    await _let_compare(tx, found, known, by=by.id, now=now)
    return going


async def _gone_on(tx: Transaction, case: Case, *, by: Person, now: datetime) -> Case:
    """Note that something happened in the case; a closed one opens, and retention starts anew."""
    if case.state not in RUNNING:
        why = {"reason": "new_concern"}
        await _keep(tx, case, RecordKind.REOPENING, DataClass.DECISIONS, why, by=by.id, now=now)
        return await reopen(tx, case, by=by, now=now)
    gone_on = await tx.cases.save(replace(case, last_event_at=now))
    return await follow_age(tx, gone_on, now=now)


async def _join(
    tx: Transaction, found: Concern, linked: Concern, *, seen: int, by: Person, now: datetime
) -> None:
    """Store the concern as part of the case; its reporter hears that it was taken up, no more."""
    saved = await tx.concerns.save(replace(linked, version=seen))
    if found.status in WAITING:
        await tx.outbox.add([concerns.notice_to_reporter(saved, now=now)])
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="case.join",
        about=str(saved.case),
        result=saved.reference,
        purpose=Purpose.CRIME_PREVENTION,
    )


async def _keep(
    tx: Transaction,
    case: Case,
    kind: RecordKind,
    data_class: DataClass,
    content: Mapping[str, object],
    *,
    by: PersonId,
    now: datetime,
) -> None:
    """Write something down under the subject's own key; the concern's may go one day."""
    await tx.records.add(
        Record(
            id=uuid4(),
            matter=case.id,
            key=str(case.subject),
            kind=kind,
            data_class=data_class,
            by=by,
            at=now,
            content=content,
        )
    )


async def _keep_number(
    tx: Transaction, case: Case, who: Identity, *, by: PersonId, now: datetime
) -> None:
    """Keep the CPR number, unless the case has one: they are the same, or a human said so."""
    known = await tx.records.read([case.id], [DataClass.CPR], kinds=[RecordKind.CPR])
    if who.cpr is not None and not known:
        number = {"cpr": who.cpr}
        await _keep(tx, case, RecordKind.CPR, DataClass.CPR, number, by=by, now=now)


async def _let_compare(
    tx: Transaction, concern: Concern, known: Known, *, by: PersonId, now: datetime
) -> None:
    """Tell the Secretariat to compare, and the other facilitators that it does."""
    barred = await tx.relations.recused(concern.id) | {concern.reporter, by}
    compares = [
        Notice(kind=NoticeKind.CONCERN_MATCH, about=concern.id, due_at=now, person=officer.id)
        for officer in await tx.people.of_office(Office.SEK)
        if officer.s115_covered and officer.id not in barred
    ]
    hear = [
        Notice(kind=NoticeKind.CASE_MATCH, about=case.id, due_at=now, person=person.id)
        for case in known.beyond
        for seat, person in await tx.organisation.members(case.group)
        if seat.seat is Seat.FACILITATOR and person.s115_covered and person.id not in barred
    ]
    told = [replace(each, round=concern.version) for each in (*compares, *hear)]
    await tx.outbox.add(told)


def _group(concern: Concern) -> CommitteeCode:
    """Name the group that gets the case.

    :raises RuleBroken: `concern.in_triage` where no group has the concern yet.
    """
    if concern.group is None:
        raise RuleBroken("concern.in_triage")
    return concern.group
