"""Set a level, and write down what the group judges: records that all belong to one sitting."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from domain.access import Action
from domain.cases import Case
from domain.coordination import AUTHORITY_SIDE, LevelChoice, choose_level
from domain.data_classes import DataClass
from domain.journal import Note
from domain.matters import Matter
from domain.people import Authority, Person, PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import meeting_of, must_be_seen, must_run
from usecases.count_coordination import counted


async def set_level(
    tx: Transaction,
    *,
    case: UUID,
    seen: int,
    by: Person,
    level: int,
    codes: Collection[str],
    reason: str,
    now: datetime,
) -> Case:
    """Set or change the level by itself; what was before stays in the history (LVL-3).

    What only some can know is confirmed by whoever sets it, or not (LVL-4).

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.closed`, and as `choose_level`.
    """
    found, matter, _ = await permit.case(tx, by, Action.SET_LEVEL, case, now=now)
    must_be_seen(found, seen)
    must_run(matter)
    choice = choose_level(
        level=level,
        codes=codes,
        reason=reason,
        sources=await sources(tx, matter, {by.id: by.authority}),
    )
    meeting = await meeting_of(tx, found, now=now)
    await Writing(tx=tx, case=found, by=by, meeting=meeting, now=now).level(choice)
    saved = await tx.cases.save(replace(found, level=level, last_event_at=now))
    return await counted(tx, found, saved, by=by, now=now)


async def sources(
    tx: Transaction, matter: Matter, people: Mapping[PersonId, Authority]
) -> list[tuple[Authority, bool]]:
    """Say of people whether they sit there for an authority's authority side (LVL-4)."""
    deciding = {
        seat.person
        for group in sorted(matter.groups)
        for seat, _ in await tx.organisation.members(group)
        if seat.slot in AUTHORITY_SIDE
    }
    return [(authority, person in deciding) for person, authority in people.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What all records of one sitting have in common."""

    tx: Transaction
    case: Case
    by: Person
    meeting: UUID | None
    now: datetime

    async def record(
        self,
        kind: RecordKind,
        data_class: DataClass,
        content: Mapping[str, object],
        *,
        id: UUID | None = None,
    ) -> UUID:
        record = Record(
            id=id or uuid4(),
            matter=self.case.id,
            key=str(self.case.subject),
            kind=kind,
            data_class=data_class,
            by=self.by.id,
            at=self.now,
            content=content,
            meeting=self.meeting,
        )
        await self.tx.records.add(record)
        return record.id

    async def level(self, choice: LevelChoice) -> UUID:
        """Add a row to the history of levels."""
        added = await self.record(
            RecordKind.LEVEL,
            DataClass.VIEW,
            {
                "from": self.case.level,
                "to": choice.level,
                "codes": list(choice.codes),
                "unconfirmed": list(choice.unconfirmed),
                "reason": choice.reason,
            },
        )
        await self.tx.journal.note(
            Note.LEVEL_SET, matter=self.case.id, source=added, by=self.by.id, at=self.now
        )
        return added
