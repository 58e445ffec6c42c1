"""Handle a concern that has arrived: open it, take it up, step aside, or move it on."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from uuid import UUID, uuid5

from domain import concerns
from domain.access import Action
from domain.cells import Sight, readable, seen
from domain.concerns import WAITING, Addition, Concern, Parts, Receivers, Status
from domain.cpr import masked
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Judged, Purpose
from domain.journal import Note
from domain.matters import Matter
from domain.notices import Notice
from domain.people import CommitteeCode, Office, Person, PersonId, Seat
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.pass_gate import pass_gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A concern as this person may read it."""

    concern: Concern
    parts: Parts = field(repr=False)
    additions: list[Addition] = field(repr=False)
    matter: Matter
    actor: Actor
    reporter: Person | None  # None: the reporter asked not to be known to this person


async def is_cleared(tx: Transaction, person: Person, id: UUID) -> bool:
    """Say whether the person has answered that they have no near relation (INH-2)."""
    return await tx.relations.cleared(id, person.id)


async def name_to_clear(tx: Transaction, person: Person, id: UUID, *, now: datetime) -> str:
    """Give the name alone, which is needed to answer the recusal question."""
    await permit.concern(tx, person, Action.OPEN, id, result="asked", now=now)
    parts = await tx.concerns.read(id, {DataClass.IDENTITY})
    return str(parts.get(DataClass.IDENTITY, {}).get("name") or "")


async def open_concern(
    tx: Transaction, *, id: UUID, by: Person, no_relation: bool = False, now: datetime
) -> Opened | None:
    """Read a concern, or nothing until the recusal question is answered with no.

    Every reading is on record with who and why (SEC-1).

    :raises RuleBroken: when it was taken back before anybody had read it (CON-9).
    """
    concern, *_ = await permit.concern(tx, by, Action.OPEN, id, result=None, now=now)
    if concern.status is Status.WITHDRAWN:
        raise RuleBroken("concern.withdrawn")
    if no_relation:
        await tx.relations.set_cleared(id, by.id)
    elif not await is_cleared(tx, by, id):
        return None
    concern, matter, actor = await permit.concern(tx, by, Action.OPEN, id, now=now)
    first = concerns.opened(concern, now=now)
    if first is not concern:
        concern = await tx.concerns.save(first)
    classes = readable(actor, matter)
    knows_who = DataClass.REPORTER in classes
    return Opened(
        concern=concern,
        parts=await _parts(tx, actor, matter),
        additions=await tx.concerns.additions(id) if DataClass.TEXT in classes else [],
        matter=matter,
        actor=actor,
        reporter=await tx.people.get(concern.reporter) if knows_who else None,
    )


async def _parts(tx: Transaction, actor: Actor, matter: Matter) -> Parts:
    """Read what the actor may; of a number they may not, only the first half."""
    whole, half = readable(actor, matter), seen(actor, matter, Sight.MASKED)
    parts = await tx.concerns.read(matter.id, whole | half)
    return {
        data_class: content
        if data_class in whole
        else {key: masked(str(value)) for key, value in content.items()}
        for data_class, content in parts.items()
    }


async def take_up_concern(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Concern:
    """Take the concern up; the reporter is told that somebody has it.

    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    :raises RuleBroken: `concern.moved_on` when it is outdated.
    """
    concern, *_ = await permit.concern(tx, by, Action.TAKE_UP, id, now=now)
    await _must_be_cleared(tx, by, id)
    taken = concerns.take_up(concern, by=by.id)
    taken = await tx.concerns.save(replace(taken, version=seen))
    await tx.outbox.add([concerns.notice_to_reporter(taken, now=now)])
    return taken


async def reroute_concern(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    to: CommitteeCode | None,
    reason: str,
    note: str,
    note_id: UUID,
    judged: Judged | None,
    now: datetime,
) -> Concern | None:
    """Give the concern to another group, or to triage, with a reason; the reporter is told.

    Another group has not had it: that passes the gate first, and None means that it is shut
    and the concern stays where it is (S115-8). The Secretariat may read it as it is.

    :param note_id: of the note; asked again under the same id, it is moved once.
    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    :raises RuleBroken: `concern.moved_on` when it is outdated; `gate.reason_missing` without
        a judgement that is needed; as the gate does.
    """
    concern, matter, _ = await permit.concern(tx, by, Action.REROUTE, id, now=now)
    await _must_be_cleared(tx, by, id)
    if to == concern.group:
        raise RuleBroken("concern.same_group")
    told = await _receivers(tx, concern, to, now=now)
    going = concerns.moved(concern, told, reason=reason)
    if to is not None:
        if judged is None:
            raise RuleBroken("gate.reason_missing")
        is_open = await pass_gate(
            tx,
            id=uuid5(note_id, "gate"),
            matter=matter,
            key=str(id),
            judged=judged,
            recipients={told.owner, *told.told, *told.grave},
            by=by,
            now=now,
        )
        if not is_open:
            return None
    going = await tx.concerns.save(replace(going, version=seen))
    await tx.journal.note(Note.MOVED, matter=id, source=id, round=going.version, by=by.id, at=now)
    if note:
        await tx.concerns.add_addition(
            Addition(id=note_id, concern=id, by=by.id, at=now, text=note)
        )
    await tx.outbox.add(concerns.notices_of_arrival(going, told, now=now))
    await tx.outbox.add([concerns.notice_to_reporter(going, now=now)])
    return going


async def pass_on(tx: Transaction, notice: Notice, *, now: datetime) -> None:
    """Give a concern whose owner cannot be reached to the next in turn (house.md §10.5).

    :raises RuleBroken: `concern.no_receiver` when everybody has had their turn.
    """
    concern = await tx.concerns.find(notice.about)
    if concern is None or concern.owner != notice.person or concern.status not in WAITING:
        return
    await hand_over(tx, concern, but=await _had_their_turn(tx, concern), now=now)
    await tx.audit.record(
        at=now,
        actor=None,
        action="concern.hand_over",
        about=str(concern.id),
        result="unreachable",
        purpose=Purpose.CRIME_PREVENTION,
    )


async def hand_over(
    tx: Transaction, concern: Concern, *, but: Collection[PersonId] = (), now: datetime
) -> Concern:
    """Give the duty to the next; a group that keeps the concern has heard of it already."""
    told = await _receivers(tx, concern, concern.group, but=but, now=now)
    handed = await tx.concerns.save(concerns.handed_over(concern, told))
    if told.group == concern.group:
        told = Receivers(group=None, owner=told.owner)
    await tx.outbox.add(concerns.notices_of_arrival(handed, told, now=now))
    return handed


async def _had_their_turn(tx: Transaction, concern: Concern) -> set[PersonId]:
    """Name the owner and those before, so that nobody is asked twice and the asking ends."""
    if concern.group is None:
        in_turn = [officer.id for officer in await tx.people.of_office(Office.SEK)]
    else:
        members = await tx.organisation.members(concern.group)
        in_turn = [each.id for seat, each in members if seat.seat is Seat.FACILITATOR]
    if concern.owner not in in_turn:  # they have left: it is the turn of the first
        return set()
    return {concern.owner, *takewhile(lambda person: person != concern.owner, in_turn)}


async def _receivers(
    tx: Transaction,
    concern: Concern,
    group: CommitteeCode | None,
    *,
    but: Collection[PersonId] = (),
    now: datetime,
) -> Receivers:
    return concerns.receivers(
        group=group,
        members=await tx.organisation.members(group) if group else (),
        secretariat=await tx.people.of_office(Office.SEK),
        barred={*but, *await _barred(tx, concern)},
        urgent=concern.urgent,
        away=await tx.absences.away(local_date(now)),
    )


async def _barred(tx: Transaction, concern: Concern) -> set[PersonId]:
    return {concern.reporter, *await tx.relations.recused(concern.id)}


async def _must_be_cleared(tx: Transaction, person: Person, id: UUID) -> None:
    if not await is_cleared(tx, person, id):
        raise RuleBroken("concern.answer_relation_first")
