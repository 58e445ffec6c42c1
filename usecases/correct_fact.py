"""Correct a wrong fact of a case: a new version with a reason, and a task for who had the old."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from domain import correcting
from domain.access import Action
from domain.cases import RUNNING, Case
from domain.cells import readable, writable
from domain.correcting import (
    CPR_FACT,
    IDENTITY_FACTS,
    WRITTEN,
    AgeChange,
    Decision,
    Fact,
    Ground,
    Request,
)
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.journal import Note
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
from domain.roles import Actor
from domain.withholding import is_hidden, with_what_was
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen
from usecases.birth_dates import birth_date
from usecases.follow_ages import follow_age

# What somebody did that showed them what stands in a case.
READING = frozenset({"case.open", "concern.open", "case.search", "case.export", "case.reveal_cpr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What a correction did: how many are told, and whether the person is on another track."""

    case: Case
    told: int
    age: AgeChange | None


async def facts_of(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Case, dict[str, Fact]]:
    """List what this person may correct in a case, by the name that a form sends.

    :raises RuleBroken: `case.not_found`
    """
    case, matter, actor = await permit.case(tx, by, Action.CORRECT, id, now=now)
    return case, await _facts(tx, case, matter, actor)


async def _facts(tx: Transaction, case: Case, matter: Matter, actor: Actor) -> dict[str, Fact]:
    classes = readable(actor, matter) & writable(actor, matter)
    kinds = {RecordKind.IDENTITY, RecordKind.CPR, *WRITTEN}
    read = [
        record
        for record in await tx.records.read([case.id], classes, kinds=kinds)
        if not is_hidden(record, actor.person.authority)
    ]
    found: list[Fact] = []
    identity = next((each for each in read if each.kind is RecordKind.IDENTITY), None)
    if identity is not None:
        found += [
            Fact(
                record=identity,
                kind=RecordKind.IDENTITY,
                key=key,
                now=str(identity.content.get(key) or ""),
            )
            for key in IDENTITY_FACTS
        ]
    if DataClass.CPR in classes:
        number = next((each for each in read if each.kind is RecordKind.CPR), None)
        said = "" if number is None else str(number.content.get(CPR_FACT) or "")
        found.append(Fact(record=number, kind=RecordKind.CPR, key=CPR_FACT, now=said))
    found += [
        Fact(record=record, kind=record.kind, key=key, now=text)
        for record in read
        if record.kind in WRITTEN
        for key, text in correcting.texts_of(record).items()
    ]
    return {fact.name: fact for fact in found}


async def correct_fact(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    what: str,
    to: str,
    ground: Ground,
    reason: str,
    by: Person,
    now: datetime,
) -> Corrected:
    """Put a new version in place of a wrong one, and tell who had read the old (CASE-13).

    The old version stays, for the data steward alone. A corrected birthday is judged anew for
    which track the person belongs to; what was decided before is kept (AGE-9).

    :param id: of the record of the correction.
    :raises RuleBroken: `case.not_found`, `case.moved_on`, `correct.choose`,
        `correct.no_change`, `case.known_meanwhile`, or what is wrong with the new value.
    """
    found, matter, actor = await permit.case(tx, by, Action.CORRECT, case, now=now)
    must_be_seen(found, seen)
    fact = (await _facts(tx, found, matter, actor)).get(what)
    if fact is None:
        raise RuleBroken("correct.choose")
    value = correcting.read_fact(fact.key, to, today=local_date(now))
    if (value or "") == fact.now:
        raise RuleBroken("correct.no_change")
    before = await birth_date(tx, found)
    fresh = await _replace(tx, found, fact, value, by=by, now=now)
    saved = await tx.cases.save(replace(found, last_event_at=now))
    if fact.kind in {RecordKind.IDENTITY, RecordKind.CPR}:
        await tx.subjects.reindex(found.subject)
    age = correcting.age_change(before, await birth_date(tx, saved), today=local_date(now))
    content = {
        "fact": fact.key,
        "kind": fact.kind.value,
        "ground": ground.value,
        "reason": reason,
        "record": str(fresh.id),
        "age": age.code if age else None,
    }
    await _write(tx, saved, RecordKind.CORRECTION, content, id=id, by=by, now=now)
    await tx.journal.note(Note.CORRECTED, matter=case, source=id, by=by.id, at=now)
    since = fact.record.at if fact.record else now
    told = await _tell_readers(tx, saved, since=since, but={by.id}, now=now)
    if age is not None:
        await _judge_age(tx, saved, age, by=by, now=now)
    return Corrected(case=saved, told=told, age=age)


async def _replace(
    tx: Transaction, case: Case, fact: Fact, to: str | None, *, by: Person, now: datetime
) -> Record:
    old = fact.record
    content = {fact.key: to} if old is None else correcting.corrected(old, key=fact.key, to=to)
    fresh = Record(
        id=uuid4(),
        matter=case.id,
        key=str(case.subject),
        kind=fact.kind,
        data_class=old.data_class if old else DataClass.CPR,
        by=by.id,
        at=now,
        content=content,
        replaces=old.id if old else None,
        withheld_by=old.withheld_by if old else None,
        meeting=old.meeting if old else None,
    )
    await tx.records.add(fresh)
    return fresh


async def _judge_age(
    tx: Transaction, case: Case, age: AgeChange, *, by: Person, now: datetime
) -> None:
    """Judge the route anew, and put on record that it was (AGE-9)."""
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="case.age_changed",
        about=str(case.id),
        result=age.code,
        purpose=Purpose.CRIME_PREVENTION,
    )
    if case.state in RUNNING:
        await follow_age(tx, case, now=now)


async def _tell_readers(
    tx: Transaction, case: Case, *, since: datetime, but: Collection[PersonId], now: datetime
) -> int:
    """Tell everybody who read the case while it was wrong, whether or not they may still."""
    readers = await readers_of(tx, case.id, since=since) - set(but)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.FACT_CORRECTED,
                about=case.id,
                due_at=now,
                person=person,
                round=case.version,
            )
            for person in sorted(readers)
        ]
    )
    return len(readers)


async def readers_of(tx: Transaction, case: UUID, *, since: datetime) -> set[PersonId]:
    """Name who has been shown what stands in a case or its concerns since then."""
    about = await tx.matters.about_same_person(case)
    return {
        event.actor
        for each in about
        for event in await tx.audit.of(str(each))
        if event.actor is not None and event.action in READING and event.at >= since
        if event.result != "asked"
    }


async def record_request(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    request: Request,
    received_on: date,
    decision: Decision,
    reason: str,
    by: Person,
    now: datetime,
) -> Case:
    """Record that the person asked for a correction or objected, and what came of it (CASE-13).

    :raises RuleBroken: `case.not_found`, `case.moved_on`.
    """
    found, *_ = await permit.case(tx, by, Action.RECORD_REQUEST, case, now=now)
    must_be_seen(found, seen)
    content = {
        "request": request.value,
        "received_on": received_on.isoformat(),
        "decision": decision.value,
        "reason": reason,
    }
    await _write(tx, found, RecordKind.OBJECTION, content, id=id, by=by, now=now)
    return await tx.cases.save(replace(found, last_event_at=now))


async def _write(
    tx: Transaction,
    case: Case,
    kind: RecordKind,
    content: Mapping[str, object],
    *,
    id: UUID,
    by: Person,
    now: datetime,
) -> None:
    await tx.records.add(
        Record(
            id=id,
            matter=case.id,
            key=str(case.subject),
            kind=kind,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content=content,
        )
    )


async def read_corrected(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Case, list[Record]]:
    """Read the versions that were corrected, for the data steward alone (CASE-13).

    :raises RuleBroken: `case.not_found`
    """
    case, matter, actor = await permit.case(tx, by, Action.SEE_CORRECTED, id, now=now)
    read = with_what_was(await tx.records.read([id], readable(actor, matter), history=True))
    replaced = {record.replaces for record in read}
    return case, [
        record for record in read if record.id in replaced and not is_hidden(record, by.authority)
    ]
