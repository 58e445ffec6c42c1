"""Read in need what one's office does not open: a second person hears of it at once (ROLE-02)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from domain import glass
from domain.access import Action, can
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.grants import Grant, GrantKind
from domain.matters import Matter, MatterKind
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Person
from domain.records import Record, RecordKind
from domain.roles import roles
from storage.database import Transaction
from usecases import permit
from usecases.any_matter import any_matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A broken glass as its reviewer sees it."""

    grant: Grant
    matter: Matter
    breaker: Person
    reason: str = field(repr=False)


async def break_glass(
    tx: Transaction,
    *,
    id: UUID,
    kind: MatterKind,
    about: UUID,
    minutes: int,
    reason: str,
    by: Person,
    now: datetime,
) -> Grant:
    """Open what lies behind the glass, and tell the second person in the same transaction.

    :param id: the grant's, so that doing it twice does it once.
    :raises RuleBroken: `case.not_found` (or the like) for who may not, or is recused;
        `glass.nobody_to_tell`; or as `domain.glass.break_glass` does.
    """
    matter, actor = await permit.matter(tx, by, Action.BREAK_GLASS, kind, about, now=now)
    grant = glass.break_glass(
        id=id,
        matter=matter,
        by=by.id,
        held=roles(actor, matter),
        minutes=minutes,
        reason=reason,
        now=now,
    )
    seconds = await _seconds(tx, matter, by)
    if not seconds:
        raise RuleBroken("glass.nobody_to_tell")
    await tx.grants.add(grant)
    content = {"grant": str(id), "minutes": minutes, "reason": reason.strip()}
    await _keep(tx, matter, uuid5(id, "why"), content, by=by, now=now)
    when = {
        NoticeKind.GLASS_BROKEN: now,
        NoticeKind.GLASS_TO_REVIEW: now + glass.REVIEW_WITHIN - glass.REMIND_BEFORE,
    }
    await tx.outbox.add(
        [
            Notice(kind=each, about=id, due_at=at, person=second.id, tier=Tier.URGENT)
            for each, at in when.items()
            for second in seconds
        ]
    )
    return grant


async def to_review(
    tx: Transaction, person: Person, *, now: datetime
) -> list[tuple[Grant, Matter]]:
    """List the broken glasses that this person is to review, the oldest first."""
    found: list[tuple[Grant, Matter]] = []
    for grant in await tx.grants.to_review():
        matter = await _theirs(tx, grant, person, now=now)
        if matter is not None:
            found.append((grant, matter))
    return found


async def look_at_glass(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Broken:
    """Read who broke a glass, and why, for the one who reviews it; that is on record too.

    :raises RuleBroken: `glass.not_found`, the same whether it is missing or not theirs.
    """
    grant = await tx.grants.find(id)
    matter = None if grant is None else await _theirs(tx, grant, by, now=now)
    if grant is None or matter is None:
        raise RuleBroken("glass.not_found", about=str(id))
    await permit.matter(tx, by, Action.REVIEW_BREAK_GLASS, matter.kind, matter.id, now=now)
    why = await tx.records.find(uuid5(id, "why"))
    return Broken(
        grant=grant,
        matter=matter,
        breaker=await tx.people.get(grant.person),
        reason=str(why.content["reason"]) if why else "",
    )


async def review_glass(
    tx: Transaction, *, id: UUID, justified: bool, words: str, by: Person, now: datetime
) -> Broken:
    """Say whether it was right; once, by the second person.

    :raises RuleBroken: as `look_at_glass`; `glass.reviewed`.
    """
    broken = await look_at_glass(tx, id=id, by=by, now=now)
    if not await tx.grants.reviewed(id, by=by.id, at=now):
        raise RuleBroken("glass.reviewed")
    content = {"grant": str(id), "justified": justified, "words": words.strip()}
    await _keep(tx, broken.matter, uuid5(id, "review"), content, by=by, now=now)
    return broken


async def _theirs(
    tx: Transaction, grant: Grant, person: Person, *, now: datetime
) -> Matter | None:
    """Find the matter of a broken glass, if this is who reviews it."""
    found = await any_matter(tx, grant.matter, now=now)
    if found is None or grant.kind is not GrantKind.BREAK_GLASS:
        return None
    actor = await permit.actor_of(tx, person)
    may = can(actor, Action.REVIEW_BREAK_GLASS, found.matter)
    second = glass.reviews(person, await tx.people.get(grant.person))
    return found.matter if may and second else None


async def _seconds(tx: Transaction, matter: Matter, breaker: Person) -> list[Person]:
    """Name who must hear of it: whoever may review it, and is not near themselves."""
    officers = await tx.people.of_office(glass.second_office(breaker))
    return [
        each
        for each in officers
        if glass.reviews(each, breaker)
        and can(await permit.actor_of(tx, each), Action.REVIEW_BREAK_GLASS, matter)
    ]


async def _keep(
    tx: Transaction,
    matter: Matter,
    id: UUID,
    content: Mapping[str, object],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Seal the words with what they are about."""
    found = await any_matter(tx, matter.id, now=now)
    if found is None:
        raise RuleBroken(f"{matter.kind}.not_found", about=str(matter.id))
    await tx.records.add(
        Record(
            id=id,
            matter=matter.id,
            key=found.key,
            kind=RecordKind.BROKEN_GLASS,
            data_class=DataClass.LOG,
            by=by.id,
            at=now,
            content=content,
        )
    )
