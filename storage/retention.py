"""What is kept of people whose cases are closed, and the preview of what may be deleted."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases import CaseState
from domain.facts import FactKind
from domain.records import RecordKind
from domain.retention import Listing, Remains
from storage.case_rows import actions, cases, records, subjects
from storage.conflicts import insert
from storage.life_rows import releases
from storage.plan_rows import facts
from storage.rows import additions, concerns

# Keeping, looking for and handing out what there is are no events of the case itself.
NO_EVENTS = (RecordKind.HOLD, RecordKind.ACCESS, RecordKind.EXPORT)
_PERSON = func.coalesce(subjects.c.merged_into, subjects.c.id)


class RetentionStore:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def remains_of(self, case: UUID) -> Remains | None:
        """Tell what is kept of the person of a case; None while one of their cases runs."""
        person = await self._connection.scalar(
            select(_PERSON).join(cases, cases.c.subject == subjects.c.id).where(cases.c.id == case)
        )
        return None if person is None else await self._remains(person)

    async def quiet_since(self, moment: datetime) -> list[Remains]:
        """List what is kept of everybody whose last case was closed, and quiet, by then."""
        noisy = (
            select(_PERSON)
            .join(cases, cases.c.subject == subjects.c.id)
            .where(
                ((cases.c.state != CaseState.CLOSED) & cases.c.merged_into.is_(None))
                | (cases.c.last_event_at > moment)
            )
        )
        quiet = await self._connection.scalars(
            select(_PERSON)
            .distinct()
            .join(cases, cases.c.subject == subjects.c.id)
            .where(_PERSON.not_in(noisy))
        )
        found = [await self._remains(person) for person in quiet.all()]
        return [each for each in found if each is not None]

    async def listings(self, of: Collection[UUID] | None = None) -> list[Listing]:
        """List the preview, or some lines of it, what is due first in front."""
        chosen = select(releases).order_by(releases.c.due_on, releases.c.case)
        if of is not None:
            chosen = chosen.where(releases.c.case.in_(of))
        return [_listing(row) for row in await self._connection.execute(chosen)]

    async def enlist(self, remains: Remains, *, due_on: date, now: datetime) -> bool:
        """Put it on the preview; anew, if something happened since. False if it stood there."""
        new = insert(releases).values(
            case=remains.case, listed_at=now, last_event_at=remains.last_event_at, due_on=due_on
        )
        listed = await self._connection.scalar(
            new.on_conflict_do_update(
                index_elements=[releases.c.case],
                set_={
                    "listed_at": now,
                    "last_event_at": remains.last_event_at,
                    "due_on": due_on,
                    "agreed": None,
                },
                where=(releases.c.last_event_at != remains.last_event_at)
                | (releases.c.due_on != due_on),
            ).returning(releases.c.case)
        )
        return listed is not None

    async def agree(self, case: UUID, *, countersign: UUID | None) -> None:
        """Note that two people have let go of what is listed; or, with None, that it is void."""
        await self._connection.execute(
            update(releases).where(releases.c.case == case).values(agreed=countersign)
        )

    async def strike_off(self, but: Collection[UUID]) -> None:
        """Take everything else off the preview."""
        await self._connection.execute(delete(releases).where(releases.c.case.not_in(but)))

    async def unlink_facts(self, kinds: Collection[FactKind], *, before: str) -> None:
        """Let facts of these kinds, from quarters before this one, no longer belong together."""
        await self._connection.execute(
            update(facts)
            .where(facts.c.kind.in_(list(kinds)), facts.c.quarter < before)
            .values(pseudonym=None)
        )

    async def _remains(self, person: UUID) -> Remains | None:
        """Put together what is kept of one person, under all ids they ever had."""
        rows = await self._cases(person)
        running = [
            each for each in rows if each.state != CaseState.CLOSED and not each.merged_into
        ]
        if running or not rows:
            return None
        ids = [row.id for row in rows]
        main = max(rows, key=lambda row: (row.merged_into is None, row.last_event_at))
        return Remains(
            case=main.id,
            subjects=frozenset(row.subject for row in rows),
            cases=frozenset(ids),
            level=max((row.level for row in rows if row.level), default=None),
            last_event_at=max([*(row.last_event_at for row in rows), *await self._latest(ids)]),
            held=any(row.held for row in rows),
        )

    async def _cases(self, person: UUID) -> Sequence[Row[Any]]:
        found = await self._connection.execute(
            select(cases)
            .join(subjects, subjects.c.id == cases.c.subject)
            .where(_PERSON.in_([person]))
        )
        return found.all()

    async def _latest(self, ids: Sequence[UUID]) -> list[datetime]:
        """Find the last thing that was written down, whatever its author noted on the case."""
        moments = (
            select(func.max(records.c.at)).where(
                records.c.matter.in_(ids), records.c.kind.not_in(NO_EVENTS)
            ),
            select(func.max(actions.c.ended_at)).where(actions.c.case.in_(ids)),
            select(func.max(concerns.c.submitted_at)).where(concerns.c.case.in_(ids)),
            select(func.max(additions.c.at))
            .join(concerns, concerns.c.id == additions.c.concern)
            .where(concerns.c.case.in_(ids)),
        )
        found = [await self._connection.scalar(each) for each in moments]
        return [each for each in found if each is not None]


def _listing(row: Row[Any]) -> Listing:
    return Listing(
        case=row.case,
        listed_at=row.listed_at,
        last_event_at=row.last_event_at,
        due_on=row.due_on,
        agreed=row.agreed,
    )
