"""Answer a request for access: registered, looked through, agreed by a second person (ACC)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID, uuid5

from domain import access_requests
from domain.access import Action, can
from domain.access_requests import AccessKind, AccessRequest, AccessState, LeftOut, Mark
from domain.cases import Case
from domain.countersigns import Countersign, CountersignKind
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.journal import Note
from domain.notices import Notice, NoticeKind, Tier
from domain.office_actions import OfficeAction
from domain.people import Office, Person
from domain.periods import moment
from domain.pieces import Everything
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import countersign, permit
from usecases.gather_person import gather
from usecases.permit_office import permit_office
from usecases.read_case import must_be_cleared

REMINDED_AT: Final = time(8)
REQUEST: Final = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A request as somebody works on it: what there is, and what is left out of it."""

    request: AccessRequest
    case: Case
    everything: Everything = field(repr=False)
    marks: dict[UUID, Mark]


async def register(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    kind: AccessKind,
    received_on: date,
    by: Person,
    now: datetime,
) -> AccessRequest:
    """Register that somebody asks, and remind the Secretariat of the days (ACC-2, N12).

    What the form asked about others, and what is the reporter's own, is left out from the
    start: a human takes it in.

    :param id: the request's; pressing twice makes one.
    :raises RuleBroken: `case.not_found`, `case.answer_relation_first`, `date.future`.
    """
    found, _, _ = await permit.case(tx, by, Action.ACCESS_REQUEST, case, now=now)
    await must_be_cleared(tx, by, case)
    if received_on > local_date(now):
        raise RuleBroken("date.future")
    request = AccessRequest(
        id=id,
        reference=await tx.access_requests.next_reference(local_date(now).year),
        case=found.id,
        kind=kind,
        received_on=received_on,
        due_on=access_requests.due_on(kind, received_on),
        state=AccessState.REGISTERED,
        registered_by=by.id,
    )
    await tx.access_requests.add(request)
    for piece in (await gather(tx, found)).pieces:
        if piece.suggested is not None:
            await tx.access_requests.mark(
                Mark(request=id, piece=piece.id, why=piece.suggested, by=by.id)
            )
    await tx.journal.note(Note.ACCESS_RECEIVED, matter=found.id, source=id, by=by.id, at=now)
    await tx.outbox.add(await _reminders(tx, request))
    return request


async def _reminders(tx: Transaction, request: AccessRequest) -> list[Notice]:
    days = [*access_requests.reminders(request.received_on), request.due_on]
    return [
        Notice(
            kind=NoticeKind.ACCESS_DUE,
            about=request.id,
            due_at=moment(day, REMINDED_AT),
            person=person.id,
            tier=Tier.URGENT,
            round=number,
        )
        for number, day in enumerate(days, start=1)
        for person in await tx.people.of_office(Office.SEK)
    ]


async def waiting(tx: Transaction, *, by: Person, now: datetime) -> Sequence[AccessRequest]:
    """List the requests this person may work on, what is due first in front.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.SEE_REQUESTS)
    actor = await permit.actor_of(tx, by)
    requests = await tx.access_requests.open()
    cases = await tx.cases.of_ids({each.case for each in requests})
    matters = await tx.matters.of_cases(list(cases.values()), now=now)
    return [each for each in requests if can(actor, Action.ACCESS_REQUEST, matters[each.case])]


async def look(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Looked:
    """Read a request with everything that is kept; the reading is on record.

    :raises RuleBroken: `access.not_found`, the same whether it is missing or not theirs;
        `case.answer_relation_first`.
    """
    request, case = await _permitted(tx, id, by=by, result="gathered", now=now)
    everything = await gather(tx, case)
    marks = await tx.access_requests.marks(id)
    return Looked(request=request, case=case, everything=everything, marks=marks)


async def _permitted(
    tx: Transaction, id: UUID, *, by: Person, result: str | None, now: datetime
) -> tuple[AccessRequest, Case]:
    request = await tx.access_requests.find(id)
    not_found = RuleBroken("access.not_found", about=str(id))
    if request is None:
        raise not_found
    try:
        case, _, _ = await permit.case(
            tx, by, Action.ACCESS_REQUEST, request.case, result=result, now=now
        )
    except RuleBroken:
        raise not_found from None
    await must_be_cleared(tx, by, case.id)
    return request, case


async def mark(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    codes: Sequence[str],
    why: LeftOut | None,
    by: Person,
    now: datetime,
) -> Looked:
    """Leave pieces out, or with no reason take them in again; the draft is begun anew.

    :raises RuleBroken: as `look`; `access.moved_on`; `access.not_open`; `access.in_review`;
        `access.no_such_piece` with the codes there is nothing of.
    """
    looked = await look(tx, id=id, by=by, now=now)
    workable = await _workable(tx, looked.request, now=now)
    pieces, unknown = looked.everything.of_codes([each.strip().lower() for each in codes])
    if unknown or not pieces:
        raise RuleBroken("access.no_such_piece", codes=", ".join(unknown))
    if why is None:
        await tx.access_requests.unmark(id, [each.id for each in pieces])
    else:
        for piece in pieces:
            await tx.access_requests.mark(Mark(request=id, piece=piece.id, why=why, by=by.id))
    request = await tx.access_requests.save(replace(workable, version=seen))
    return replace(looked, request=request, marks=await tx.access_requests.marks(id))


async def ask_review(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> AccessRequest:
    """Lay the draft in the folder, and ask a second person to look through it (ACC-3).

    :raises RuleBroken: as `look`; `access.moved_on`, `access.in_review`; as `ask`.
    """
    request, case = await _permitted(tx, id, by=by, result="drafted", now=now)
    workable = await _workable(tx, request, now=now)
    drafted = await tx.access_requests.save(
        replace(access_requests.drafted(workable, by=by.id), version=seen)
    )
    await countersign.ask(
        tx,
        kind=CountersignKind.ACCESS_EXPORT,
        about=case.id,
        seen=drafted.version,
        terms={REQUEST: str(id)},
        by=by,
        now=now,
    )
    await _lay(tx, drafted, case, by=by, now=now)
    return drafted


async def _workable(tx: Transaction, request: AccessRequest, *, now: datetime) -> AccessRequest:
    """Take the draft up again where nobody looks through it: it was refused, or never answered.

    :raises RuleBroken: `access.in_review`, `access.not_open`.
    """
    kind = CountersignKind.ACCESS_EXPORT
    if await countersign.open_of(tx, request.case, kind, now=now) is not None:
        raise RuleBroken("access.in_review")
    return access_requests.back(request)


async def lay_draft(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> AccessRequest:
    """Lay the draft in the folder with every piece by its code, to look through it.

    :raises RuleBroken: as `look`; `access.moved_on`; `access.not_open`.
    """
    request, case = await _permitted(tx, id, by=by, result="draft", now=now)
    if not request.is_open:
        raise RuleBroken("access.not_open")
    saved = await tx.access_requests.save(replace(request, version=seen))
    await _lay(tx, saved, case, by=by, now=now)
    return saved


async def release_when_agreed(
    tx: Transaction, asked: Countersign, by: Person, now: datetime
) -> None:
    """Make the document without what is left out; it leaves by another way (ACC-3, N12).

    :raises RuleBroken: `case.not_found`, `access.moved_on`, `access.not_in_review`.
    """
    case, _, _ = await permit.case(tx, by, Action.REVIEW_ACCESS, asked.about, now=now)
    await must_be_cleared(tx, by, case.id)
    request = await tx.access_requests.find(UUID(asked.terms[REQUEST]))
    if request is None or request.version != asked.seen:
        raise RuleBroken("access.moved_on")
    released = await tx.access_requests.save(access_requests.released(request, by=by.id, now=now))
    await _lay(tx, released, case, by=by, now=now)
    await tx.journal.note(
        Note.ACCESS_ANSWERED, matter=case.id, source=request.id, by=by.id, at=now
    )


async def take_back(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> AccessRequest:
    """End a request without a document: it was taken back, or is answered elsewhere.

    :raises RuleBroken: as `look`; `access.moved_on`, `access.not_open`.
    """
    request, case = await _permitted(tx, id, by=by, result="closed", now=now)
    closed = await tx.access_requests.save(replace(access_requests.closed(request), version=seen))
    await tx.journal.note(
        Note.ACCESS_ANSWERED, matter=case.id, source=request.id, by=by.id, at=now
    )
    return closed


async def _lay(
    tx: Transaction, request: AccessRequest, case: Case, *, by: Person, now: datetime
) -> None:
    """Ask for the page; the name of the file is its number and the moment."""
    export = Export(
        id=uuid5(request.id, f"{request.version}"),
        kind=ExportKind.ACCESS,
        about=request.id,
        reason=uuid5(request.id, f"reason {request.version}"),
        by=by.id,
        at=now,
    )
    if await tx.exports.ask(export):
        await tx.records.add(
            Record(
                id=export.reason,
                matter=case.id,
                key=str(case.subject),
                kind=RecordKind.ACCESS,
                data_class=DataClass.DECISIONS,
                by=by.id,
                at=now,
                content={"state": request.state.value, "kind": request.kind.value},
            )
        )
