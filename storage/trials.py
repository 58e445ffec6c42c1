"""The trials that were begun, and what one recipient has answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import DeliveryState
from domain.notices import Medium, NoticeKind
from domain.people import PersonId
from domain.trials import Audience, Trial
from storage.conflicts import insert
from storage.delivery_rows import outbox, trials

_OF_ONE = (
    outbox.c.kind == NoticeKind.TRIAL,
    outbox.c.medium == Medium.TEAMS,
    outbox.c.lane == bindparam("person_"),
)
_CAME = (outbox.c.state != DeliveryState.CANCELLED) | outbox.c.repeated
_LATEST_TO = (
    select(outbox.c.about).where(*_OF_ONE, _CAME).order_by(outbox.c.due_at.desc()).limit(1)
)
_ANSWER = select(outbox.c.acknowledged_at).where(*_OF_ONE, outbox.c.about == bindparam("about_"))


class Trials:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, trial: Trial) -> bool:
        """Remember a trial; False when this one was begun before."""
        added = await self._connection.execute(
            insert(trials)
            .values(
                id=trial.id,
                begun_by=trial.begun_by,
                begun_at=trial.begun_at,
                audience=trial.audience,
            )
            .on_conflict_do_nothing(index_elements=[trials.c.id])
            .returning(trials.c.id)
        )
        return added.one_or_none() is not None

    async def cancel(self, id: UUID, *, now: datetime) -> None:
        """Note that no more of it is to be sent, also of what is claimed and comes back."""
        await self._connection.execute(
            update(trials)
            .where(trials.c.id == id, trials.c.cancelled_at.is_(None))
            .values(cancelled_at=now)
        )

    async def find(self, id: UUID) -> Trial | None:
        row = (
            await self._connection.execute(select(trials).where(trials.c.id == id))
        ).one_or_none()
        return None if row is None else _trial(row)

    async def latest(self) -> Trial | None:
        """Return the trial that was begun last."""
        row = (
            await self._connection.execute(
                select(trials).order_by(trials.c.begun_at.desc(), trials.c.id).limit(1)
            )
        ).one_or_none()
        return None if row is None else _trial(row)

    async def latest_to(self, person: PersonId) -> UUID | None:
        """Name the trial that was sent to this person last."""
        about: UUID | None = await self._connection.scalar(_LATEST_TO, {"person_": person})
        return about

    async def answered_at(self, id: UUID, person: PersonId) -> datetime | None:
        """Say when this person, or somebody for them, confirmed the trial."""
        at: datetime | None = await self._connection.scalar(
            _ANSWER, {"person_": person, "about_": id}
        )
        return at


def _trial(row: Row[Any]) -> Trial:
    return Trial(
        id=row.id,
        begun_by=PersonId(row.begun_by),
        begun_at=row.begun_at,
        audience=Audience(row.audience),
        cancelled_at=row.cancelled_at,
    )
