"""Make a document of a matter, to file it or send it by a secure mailbox (NOT-2, NOT-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from domain.access import Action
from domain.case_actions import CaseAction
from domain.cells import readable
from domain.concerns import Addition, Parts
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.gates import Purpose
from domain.journal import NoteEvent
from domain.matters import Matter, MatterKind
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
from domain.roles import Actor
from domain.withholding import as_seen
from storage.database import Transaction
from usecases import permit
from usecases.any_matter import Found, any_matter
from usecases.file_notes import read_filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that goes into a document, as far as who asked for it may read it."""

    export: Export
    matter: Matter
    reason: str = field(repr=False)
    by: Person
    notes: Sequence[NoteEvent]
    records: Sequence[Record] = field(repr=False)
    actions: Sequence[CaseAction] = field(repr=False)
    parts: Parts = field(repr=False)
    additions: Sequence[Addition] = field(repr=False)
    people: Mapping[PersonId, Person]


async def ask_for_filing(
    tx: Transaction, *, id: UUID, task: UUID, reason: str, by: Person, now: datetime
) -> Export:
    """Ask for the document that is to be filed.

    :param id: the document's; asked again under the same id, it is made once.
    :raises RuleBroken: `journal.not_found`, `export.no_reason`.
    """
    filing = await read_filing(tx, id=task, by=by, now=now)
    found = Found(matter=filing.matter, version=filing.task.version, key=filing.key)
    return await _ask(
        tx, found, ExportKind.FILING, id=id, about=task, reason=reason, by=by, now=now
    )


async def ask_for_case(
    tx: Transaction, *, id: UUID, case: UUID, reason: str, by: Person, now: datetime
) -> Export:
    """Ask for all of a case that one may read, with a reason.

    :raises RuleBroken: `case.not_found`, `export.no_reason`.
    """
    found, matter, _ = await permit.case(tx, by, Action.EXPORT, case, now=now)
    keyed = Found(matter=matter, version=found.version, key=str(found.subject))
    return await _ask(tx, keyed, ExportKind.CASE, id=id, about=case, reason=reason, by=by, now=now)


async def read_content(tx: Transaction, export: Export, *, now: datetime) -> Content | None:
    """Read what goes into a document, as its asker may read it now; None if they may not.

    The reading is on record as theirs (AC-LOG-03).
    """
    by = await tx.people.get(export.by)
    try:
        matter, actor = await _permitted(tx, export, by, now=now)
    except RuleBroken:
        return None
    about = [matter.id]
    if matter.kind is MatterKind.CASE:
        about = await tx.matters.about_same_person(matter.id)
    classes = readable(actor, matter)
    records = as_seen(await tx.records.read(about, classes), by.authority)
    actions = await tx.actions.of_case(matter.id) if DataClass.ACTIONS in classes else []
    is_concern = matter.kind is MatterKind.CONCERN
    reason = await tx.records.find(export.reason)
    notes = await (
        tx.journal.notes(task=export.about)
        if export.kind is ExportKind.FILING
        else tx.journal.notes(matters=about)
    )
    named = {
        *(each.by for each in records),
        *(each.by for each in notes),
        *(each.owner for each in actions),
    }
    await _audit(tx, matter, "made", by=by, now=now)
    return Content(
        export=export,
        matter=matter,
        reason=str(reason.content["reason"]) if reason else "",
        by=by,
        notes=notes,
        records=records,
        actions=actions,
        parts=await tx.concerns.read(matter.id, classes) if is_concern else {},
        additions=await tx.concerns.additions(matter.id)
        if is_concern and DataClass.TEXT in classes
        else [],
        people=await tx.people.of_ids([each for each in named if each is not None]),
    )


async def must_have_answered(tx: Transaction, matter: Matter, by: Person) -> None:
    """Make no document for somebody who has not said whether they are near (INH-2, INH-3).

    A concern group's document has nobody in it: of each member that is asked by itself.

    :raises RuleBroken: `case.answer_relation_first` or `concern.answer_relation_first`
    """
    of_nobody = matter.kind is MatterKind.GROUP
    if not of_nobody and not await tx.relations.cleared(matter.id, by.id):
        raise RuleBroken(f"{matter.kind}.answer_relation_first")


async def _permitted(
    tx: Transaction, export: Export, by: Person, *, now: datetime
) -> tuple[Matter, Actor]:
    if export.kind is ExportKind.FILING:
        filing = await read_filing(tx, id=export.about, by=by, now=now)
        return filing.matter, await permit.actor_of(tx, by)
    _, matter, actor = await permit.case(tx, by, Action.EXPORT, export.about, now=now)
    return matter, actor


async def _ask(
    tx: Transaction,
    found: Found,
    kind: ExportKind,
    *,
    id: UUID,
    about: UUID,
    reason: str,
    by: Person,
    now: datetime,
) -> Export:
    if not reason.strip():
        raise RuleBroken("export.no_reason")
    await must_have_answered(tx, found.matter, by)
    export = Export(id=id, kind=kind, about=about, reason=uuid5(id, "reason"), by=by.id, at=now)
    if await tx.exports.ask(export):
        await tx.records.add(
            Record(
                id=export.reason,
                matter=found.matter.id,
                key=found.key,
                kind=RecordKind.EXPORT,
                data_class=DataClass.DECISIONS,
                by=by.id,
                at=now,
                content={"kind": kind.value, "reason": reason.strip()},
            )
        )
        await _audit(tx, found.matter, "asked", by=by, now=now)
    return export


async def _audit(
    tx: Transaction, matter: Matter, result: str, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"{matter.kind}.{Action.EXPORT}",
        about=str(matter.id),
        result=result,
        purpose=Purpose.CRIME_PREVENTION,
    )


async def matter_of(tx: Transaction, export: Export, *, now: datetime) -> Matter | None:
    """Find what a document is about, for the notice that it is ready."""
    if export.kind is ExportKind.ACCESS:
        request = await tx.access_requests.find(export.about)
        about = await any_matter(tx, request.case, now=now) if request else None
        return None if about is None else about.matter
    task = await tx.journal.find(export.about)
    found = await any_matter(tx, task.matter if task else export.about, now=now)
    return None if found is None else found.matter
