"""Do together what takes two people: one asks, another gives or refuses (domain.md §14.3)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from domain import countersigns
from domain.access import Action, can
from domain.countersigns import LASTS, RULES, Countersign, CountersignKind, are_two
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.office_actions import may
from domain.people import Person, PersonId
from domain.roles import Actor, Role, roles, standing
from storage.database import Transaction
from usecases.permit import actor_of

Then = Callable[[Transaction, Countersign, Person, datetime], Awaitable[None]]
NO_TERMS: Mapping[str, str] = {}


async def ask(
    tx: Transaction,
    *,
    kind: CountersignKind,
    about: UUID,
    seen: int,
    by: Person,
    now: datetime,
    terms: Mapping[str, str] = NO_TERMS,
    id: UUID | None = None,
) -> Countersign:
    """Ask for another person's agreement, and tell everybody who may give it.

    :raises RuleBroken: `case.not_found` where they may not ask; `countersign.asked_already`;
        `countersign.nobody` where nobody else may give it.
    """
    asked = Countersign(
        id=id or uuid4(),
        kind=kind,
        about=about,
        seen=seen,
        asked_by=by.id,
        asked_at=now,
        expires_at=now + LASTS,
        terms=terms,
    )
    place = await _place(tx, asked, now=now)
    asker = await actor_of(tx, by)
    if not _may(asker, RULES[kind].asks, place):
        raise _not_found(asked)
    if await open_of(tx, about, kind, now=now) is not None:
        raise RuleBroken("countersign.asked_already")
    givers = [
        each for each in await _candidates(tx, place) if _is_second(asked, asker, each, place)
    ]
    if not givers:
        raise RuleBroken("countersign.nobody")
    await tx.countersigns.add(asked)
    await _record(tx, asked, by=by.id, result="asked", now=now)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.COUNTERSIGN_ASKED,
                about=asked.id,
                due_at=now,
                person=each.person.id,
            )
            for each in givers
        ]
    )
    return asked


async def open_of(
    tx: Transaction, about: UUID, kind: CountersignKind, *, now: datetime
) -> Countersign | None:
    """Find what has been asked about something and waits for an answer."""
    asked = await tx.countersigns.open(kinds=[kind], about=[about], now=now)
    return next(iter([each for each in asked if await _stands(tx, each, now=now)]), None)


async def waiting_for(tx: Transaction, person: Person, *, now: datetime) -> list[Countersign]:
    """List what this person may answer, the oldest first."""
    actor = await actor_of(tx, person)
    return [
        asked
        for asked in await tx.countersigns.open(now=now)
        if asked.asked_by != person.id and await _may_answer(tx, actor, asked, now=now)
    ]


async def asked_by(tx: Transaction, person: Person, *, now: datetime) -> list[Countersign]:
    """List what this person has asked and nobody has answered, the oldest first."""
    asked = [each for each in await tx.countersigns.open(now=now) if each.asked_by == person.id]
    return [each for each in asked if await _stands(tx, each, now=now)]


async def to_answer(
    tx: Transaction, *, id: UUID, by: Person, now: datetime, hold: bool = False
) -> Countersign:
    """Find what this person may answer; of what has been answered, how.

    :raises RuleBroken: `countersign.not_found`, the same whether it is missing or not theirs.
    """
    asked = await (tx.countersigns.hold(id) if hold else tx.countersigns.find(id))
    actor = await actor_of(tx, by)
    if asked is None or not await _may_answer(tx, actor, asked, now=now):
        raise RuleBroken("countersign.not_found", about=str(id))
    return asked


async def to_read(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Countersign:
    """Find what this person may answer, or has asked and still may.

    :raises RuleBroken: `countersign.not_found`
    """
    asked = await tx.countersigns.find(id)
    if asked is not None and asked.asked_by == by.id and await _stands(tx, asked, now=now):
        return asked
    return await to_answer(tx, id=id, by=by, now=now)


async def must_be_cleared_of(
    tx: Transaction, person: Person, asked: Countersign, *, now: datetime
) -> None:
    """Let nobody who may open the case answer before they said whether they are near (INH-2).

    :raises RuleBroken: `countersign.answer_relation_first`
    """
    case = await tx.cases.find(asked.about)
    if case is None or await tx.relations.cleared(case.id, person.id):
        return
    matter = await tx.matters.of_case(case, now=now)
    if can(await actor_of(tx, person), Action.OPEN, matter):
        raise RuleBroken("countersign.answer_relation_first", reference=case.reference)


async def give(
    tx: Transaction, *, id: UUID, seen: int, by: Person, then: Then, now: datetime
) -> Countersign:
    """Agree, and let it happen in the same transaction.

    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    :raises RuleBroken: as `to_answer`; `countersign.own`, `.already_…`, `.expired`,
        `.moved_on`; and whatever stands in the way of it now.
    """
    asked = await to_answer(tx, id=id, by=by, hold=True, now=now)
    given = countersigns.give(asked, by=by.id, now=now)
    given = await tx.countersigns.save(_as_seen(given, seen))
    await _record(tx, given, by=by.id, result="given", now=now)
    await then(tx, given, by, now)
    await tx.outbox.add([_answered(given, now=now)])
    return given


async def refuse(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Countersign:
    """Disagree; who asked is told.

    :raises RuleBroken: as `give`.
    """
    asked = await to_answer(tx, id=id, by=by, hold=True, now=now)
    refused = countersigns.refuse(asked, by=by.id, now=now)
    refused = await tx.countersigns.save(_as_seen(refused, seen))
    await _record(tx, refused, by=by.id, result="refused", now=now)
    await tx.outbox.add([_answered(refused, now=now)])
    return refused


async def withdraw(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Countersign:
    """Take one's own question back.

    :raises RuleBroken: `countersign.not_found` for anybody else's; as `give`.
    """
    asked = await tx.countersigns.hold(id)
    if asked is None or asked.asked_by != by.id or not await _stands(tx, asked, now=now):
        raise RuleBroken("countersign.not_found", about=str(id))
    withdrawn = countersigns.withdraw(asked, by=by.id, now=now)
    withdrawn = await tx.countersigns.save(_as_seen(withdrawn, seen))
    await _record(tx, withdrawn, by=by.id, result="withdrawn", now=now)
    return withdrawn


async def may_answer(
    tx: Transaction, person: Person, asked: Countersign, *, now: datetime
) -> bool:
    """Tell whether somebody may answer this now: for a notice at the hour it is sent."""
    return await _may_answer(tx, await actor_of(tx, person), asked, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the rows of access are asked: of a matter, or of nothing but offices."""

    matter: Matter | None


async def _place(tx: Transaction, asked: Countersign, *, now: datetime) -> _Place:
    if asked.kind is CountersignKind.GRANT_ROLE:
        return _Place(matter=None)
    case = await tx.cases.find(asked.about)
    if case is None:
        raise _not_found(asked)
    return _Place(matter=await tx.matters.of_case(case, now=now))


def _may(actor: Actor, row: countersigns.Row, place: _Place) -> bool:
    if isinstance(row, Action):
        return place.matter is not None and can(actor, row, place.matter)
    return may(actor, row)


def _held(actor: Actor, place: _Place) -> frozenset[Role]:
    return standing(actor) if place.matter is None else roles(actor, place.matter)


def _is_second(asked: Countersign, asker: Actor, giver: Actor, place: _Place) -> bool:
    """Whether this is the other of two people who may do it together (ROLE-01, ROLE-04).

    Who asked must be able to ask it still: whoever has left, or is near, has no part in it.
    """
    about_themselves = asked.terms.get("person") == giver.person.id
    return (
        not about_themselves
        and _may(asker, RULES[asked.kind].asks, place)
        and _may(giver, RULES[asked.kind].gives, place)
        and are_two(
            asked.kind,
            asker=asker.person,
            asker_is=_held(asker, place),
            giver=giver.person,
            giver_is=_held(giver, place),
        )
    )


async def _stands(tx: Transaction, asked: Countersign, *, now: datetime) -> bool:
    """Whether who asked may ask it still; if not, it has fallen, and another may ask anew."""
    asker = await actor_of(tx, await tx.people.get(asked.asked_by))
    return _may(asker, RULES[asked.kind].asks, await _place(tx, asked, now=now))


async def _may_answer(tx: Transaction, actor: Actor, asked: Countersign, *, now: datetime) -> bool:
    place = await _place(tx, asked, now=now)
    asker = await actor_of(tx, await tx.people.get(asked.asked_by))
    return _is_second(asked, asker, actor, place)


async def _candidates(tx: Transaction, place: _Place) -> list[Actor]:
    """Everybody who could be asked: who sits in the groups that have it, or holds an office."""
    found: dict[PersonId, Person] = {}
    for group in sorted(place.matter.groups if place.matter else ()):
        found |= {each.id: each for _, each in await tx.organisation.members(group)}
    found |= {each.id: each for each in await tx.people.everybody() if each.offices}
    return [await actor_of(tx, person) for person in found.values()]


def _as_seen(asked: Countersign, seen: int) -> Countersign:
    if asked.version != seen:
        raise RuleBroken("countersign.moved_on")
    return asked


def _answered(asked: Countersign, *, now: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.COUNTERSIGN_ANSWERED, about=asked.id, due_at=now, person=asked.asked_by
    )


def _not_found(asked: Countersign) -> RuleBroken:
    thing = "role" if asked.kind is CountersignKind.GRANT_ROLE else "case"
    return RuleBroken(f"{thing}.not_found", about=str(asked.about))


async def _record(
    tx: Transaction, asked: Countersign, *, by: PersonId, result: str, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by,
        action=f"countersign.{asked.kind}",
        about=str(asked.about),
        result=result,
        purpose=Purpose.CRIME_PREVENTION,
    )
