"""Gather everything that is kept about the person of a case (ACC-3, AC-DATA-04, AC-DATA-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID, uuid5

from domain.access_requests import LeftOut
from domain.cases import Case
from domain.concerns import Concern
from domain.data_classes import DataClass
from domain.people import Authority, PersonId
from domain.pieces import Everything, LookUp, Piece, without_names, words_in
from domain.records import Record
from domain.withholding import with_what_was
from storage.database import Transaction

ALL: Final = frozenset(DataClass)
# What a concern's form asks about others than the person; a human may take it in.
ABOUT_OTHERS: Final = frozenset({"others_text", "relation_names"})

Of = Mapping[str, Authority]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Pieces with who made each, until it is known whose authority they are."""

    by: PersonId | None
    piece: Piece = field(repr=False)


async def gather(tx: Transaction, case: Case) -> Everything:
    """Read all of it, every version of what was corrected, and the log of who has read it."""
    about = await tx.matters.about_same_person(case.id)
    cases = await tx.cases.of_ids(about)
    concerns = await tx.concerns.in_cases(list(cases))
    found = [
        *(_of_case(each) for each in cases.values()),
        *await _of_records(tx, list(cases.values())),
        *[piece for each in concerns for piece in await _of_concern(tx, each)],
        *[piece for each in cases for piece in await _of_work(tx, each)],
        *await _of_sharing(tx, about),
        *await _of_groups(tx, {each.subject for each in cases.values()}),
        *await _of_journal(tx, about),
    ]
    events = [event for each in about for event in await tx.audit.of(str(each))]
    made = {each.by for each in found} | {event.actor for event in events}
    said = {word for each in found for word in words_in(each.piece.content)}
    people = await tx.people.of_ids([*filter(None, made), *map(PersonId, said)])
    of: Of = {who: person.authority for who, person in people.items()}
    return Everything(
        pieces=[_signed(each, of) for each in found],
        look_ups=[
            LookUp(
                at=event.at,
                action=event.action,
                purpose=event.purpose,
                authority=of.get(event.actor) if event.actor else None,
            )
            for event in sorted(events, key=lambda each: each.at)
        ],
    )


def _of_case(case: Case) -> _Found:
    return _Found(
        by=case.opened_by,
        piece=Piece(
            id=case.id,
            heading="access.case",
            about=case.reference,
            at=case.opened_at,
            content={
                "case_state": case.state.value,
                "level": case.level or "",
                "closed_at": case.closed_at.date().isoformat() if case.closed_at else "",
                "close_reason": case.close_reason.value if case.close_reason else "",
            },
        ),
    )


async def _of_records(tx: Transaction, cases: Sequence[Case]) -> list[_Found]:
    """Read what is sealed with the person's keys: of their cases, and of groups they are in."""
    records = with_what_was(await tx.records.of_keys([str(each.subject) for each in cases]))
    references = {each.id: each.reference for each in cases}
    replaced = {each.replaces for each in records}
    return [_of_record(each, references, replaced=each.id in replaced) for each in records]


def _of_record(record: Record, references: Mapping[UUID, str], *, replaced: bool) -> _Found:
    return _Found(
        by=record.by,
        piece=Piece(
            id=record.id,
            heading=f"record.{record.kind}",
            about=references.get(record.matter, ""),
            at=record.at,
            content={} if record.withheld_by else record.content,
            replaced=replaced,
            withheld_by=record.withheld_by,
        ),
    )


async def _of_concern(tx: Transaction, concern: Concern) -> list[_Found]:
    """Take a concern apart, answer by answer: what is about others is one answer of many."""
    parts = await tx.concerns.read(concern.id, ALL)
    answers = [
        _Found(
            by=None if data_class is DataClass.REPORTER else concern.reporter,
            piece=Piece(
                id=uuid5(concern.id, f"{data_class}.{key}"),
                heading="document.concern",
                about=concern.reference,
                at=concern.submitted_at,
                content={key: value},
                suggested=_suggested(data_class, key),
            ),
        )
        for data_class, content in parts.items()
        for key, value in content.items()
    ]
    added = [
        _Found(
            by=each.by,
            piece=Piece(
                id=each.id,
                heading="document.added",
                about=concern.reference,
                at=each.at,
                content={"text": each.text},
            ),
        )
        for each in await tx.concerns.additions(concern.id)
    ]
    return [*answers, *added]


def _suggested(data_class: DataClass, key: str) -> LeftOut | None:
    if data_class is DataClass.REPORTER:
        return LeftOut.REPORTER
    return LeftOut.THIRD_PARTY if key in ABOUT_OTHERS else None


async def _of_work(tx: Transaction, case: UUID) -> list[_Found]:
    """Read what was agreed, who of the family was told, and what became of it."""
    actions = [
        _Found(
            by=each.agreed_by,
            piece=Piece(
                id=each.id,
                heading="document.actions",
                at=each.agreed_at,
                content={
                    "what": each.what,
                    "authority": each.authority.value,
                    "due_on": each.due_on.isoformat(),
                    "action_state": each.status.value,
                    "result": each.result,
                },
            ),
        )
        for each in await tx.actions.of_case(case)
    ]
    informings = [
        _Found(
            by=each.decided_by,
            piece=Piece(
                id=each.id,
                heading="access.informing",
                at=each.decided_at,
                content={
                    "addressee": each.addressee.value,
                    "state": each.state.value,
                    "due_on": each.due_on.isoformat(),
                    "authority": each.authority.value,
                },
            ),
        )
        for each in await tx.informings.of_case(case)
    ]
    outcome = await tx.outcomes.of_case(case)
    outcomes = [
        _Found(
            by=None,
            piece=Piece(
                id=uuid5(case, "outcome"),
                heading="record.outcome",
                content={
                    "first_processed_on": outcome.first_processed_on.isoformat(),
                    "started_12m": outcome.started_12m or "",
                    "started_on": outcome.started_on.isoformat() if outcome.started_on else "",
                    "started_type": outcome.started_type or "",
                    "status_24m": outcome.status_24m or "",
                    "reconvicted_24m": outcome.reconvicted_24m or "",
                },
            ),
        )
        for outcome in ([] if outcome is None else [outcome])
    ]
    return [*actions, *informings, *outcomes]


async def _of_sharing(tx: Transaction, about: Sequence[UUID]) -> list[_Found]:
    """Read to whom it was shown for a time: by authority, never by name."""
    granted = [grant for each in about for grant in await tx.grants.ever_of(each)]
    people = await tx.people.of_ids([each.person for each in granted])
    return [
        _Found(
            by=each.by,
            piece=Piece(
                id=each.id,
                heading="access.shared",
                at=each.begins_at,
                content={
                    "kind": each.kind.value,
                    "authority": people[each.person].authority.value,
                    "classes": sorted(each.classes),
                    "until": (each.ended_at or each.expires_at).date().isoformat(),
                },
            ),
        )
        for each in granted
    ]


async def _of_groups(tx: Transaction, subjects: set[UUID]) -> list[_Found]:
    """Read in which concern groups they are written down; the words are among the records."""
    members = await tx.groups.about(subjects)
    groups = {each.concern_group: await tx.groups.find(each.concern_group) for each in members}
    return [
        _Found(
            by=each.added_by,
            piece=Piece(
                id=each.id,
                heading="access.group",
                about=group.reference if (group := groups[each.concern_group]) else "",
                at=each.added_at,
                content={
                    "label": each.role.value,
                    "until": each.left_at.date().isoformat() if each.left_at else "",
                },
            ),
        )
        for each in members
    ]


async def _of_journal(tx: Transaction, about: Sequence[UUID]) -> list[_Found]:
    """Read what was noted to be filed, and where it was."""
    notes = await tx.journal.notes(matters=about)
    tasks = {each.task: await tx.journal.find(each.task) for each in notes}
    return [
        _Found(
            by=each.by,
            piece=Piece(
                id=each.id,
                heading="document.notes",
                at=each.at,
                content={
                    "note": each.note.value,
                    "journal_ref": task.journal_ref or "" if (task := tasks[each.task]) else "",
                },
            ),
        )
        for each in notes
    ]


def _signed(found: _Found, of: Of) -> Piece:
    """Say whose authority made it or took part, instead of who (ACC-3)."""
    return replace(
        found.piece,
        authority=of.get(found.by) if found.by else None,
        content={key: without_names(each, of) for key, each in found.piece.content.items()},
    )
