"""Show a CPR number for a minute, with a reason that is kept (§14.3, concern.md §4.4)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from domain import glass
from domain.access import Action, can
from domain.cpr import masked
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.grants import Grant, GrantKind
from domain.matters import Matter, MatterKind
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.any_matter import any_matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed:
    """A number as it may be shown now: whole until then, or its first half for good."""

    matter: Matter
    version: int
    number: str = field(repr=False)
    until: datetime | None


async def reveal(
    tx: Transaction,
    *,
    id: UUID,
    kind: MatterKind,
    about: UUID,
    reason: str,
    by: Person,
    now: datetime,
) -> Revealed:
    """Show the number for a minute.

    :raises RuleBroken: `case.not_found` (or the like); `case.answer_relation_first` before
        they have said whether they are near (INH-2); `cpr.why_too_short`, `cpr.none_known`.
    """
    matter, actor = await permit.matter(tx, by, Action.REVEAL_CPR, kind, about, now=now)
    asked = can(actor, Action.OPEN, matter)  # whoever cannot open it is told of nobody's name
    if asked and not await tx.relations.cleared(about, by.id):
        raise RuleBroken(f"{kind}.answer_relation_first")
    grant = glass.reveal(id=id, matter=matter, by=by.id, reason=reason, now=now)
    number = await _number(tx, matter)
    if not number:
        raise RuleBroken("cpr.none_known")
    found = await any_matter(tx, about, now=now)
    if found is None:
        raise RuleBroken(f"{kind}.not_found", about=str(about))
    await tx.grants.add(grant)
    await tx.records.add(
        Record(
            id=uuid5(id, "why"),
            matter=about,
            key=found.key,
            kind=RecordKind.REVEALED,
            data_class=DataClass.LOG,
            by=by.id,
            at=now,
            content={"grant": str(id), "reason": reason.strip()},
        )
    )
    return Revealed(matter=matter, version=found.version, number=number, until=grant.expires_at)


async def as_revealed(
    tx: Transaction,
    *,
    kind: MatterKind,
    about: UUID,
    by: Person,
    hide: bool = False,
    now: datetime,
) -> Revealed:
    """Give the number as it may be shown now: whole for the rest of the minute, or masked.

    :param hide: end the minute at once.
    :raises RuleBroken: `case.not_found`, or the like.
    """
    matter, _ = await permit.matter(
        tx, by, Action.REVEAL_CPR, kind, about, result="shown", now=now
    )
    found = await any_matter(tx, about, now=now)
    number = await _number(tx, matter)
    running = _running(matter, by.id)
    if running is not None and hide:
        await tx.grants.end(running.id, at=now)
        running = None
    return Revealed(
        matter=matter,
        version=found.version if found else 0,
        number=number if running else masked(number),
        until=running.expires_at if running else None,
    )


def _running(matter: Matter, person: PersonId) -> Grant | None:
    return next(
        (
            each
            for each in matter.grants
            if each.person == person and each.kind is GrantKind.REVEAL
        ),
        None,
    )


async def _number(tx: Transaction, matter: Matter) -> str:
    """Find the number that is known now; "" where none is."""
    if matter.kind is MatterKind.CONCERN:
        parts = await tx.concerns.read(matter.id, {DataClass.CPR})
        return str(parts.get(DataClass.CPR, {}).get("cpr") or "")
    about = await tx.matters.about_same_person(matter.id)
    found = await tx.records.read(about, [DataClass.CPR], kinds=[RecordKind.CPR])
    return str(found[-1].content.get("cpr", "")) if found else ""
