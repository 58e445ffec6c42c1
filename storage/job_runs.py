"""Which period of which job has been done, so that no replica does it twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflicts import insert
from storage.delivery_rows import job_runs


class JobRuns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(
        self, job: str, period: str, *, due_at: datetime, now: datetime, lease: timedelta
    ) -> int | None:
        """Take on the run of a period; None when it is done, or another replica is at it.

        The number given tells this claim from later ones: it is how often it has been tried.
        """
        new = insert(job_runs).values(
            job=job, period=period, due_at=due_at, lease_until=now + lease, claims=1
        )
        claims: int | None = await self._connection.scalar(
            new.on_conflict_do_update(
                index_elements=[job_runs.c.job, job_runs.c.period],
                set_={"lease_until": now + lease, "claims": job_runs.c.claims + 1},
                where=job_runs.c.done_at.is_(None) & (job_runs.c.lease_until <= now),
            ).returning(job_runs.c.claims)
        )
        return claims

    async def postpone(self, job: str, period: str, *, claims: int, until: datetime) -> None:
        """Let it be claimed again only from then on, unless somebody else has it."""
        await self._connection.execute(
            update(job_runs)
            .where(*_mine(job, period, claims), job_runs.c.done_at.is_(None))
            .values(lease_until=until)
        )

    async def finish(self, job: str, period: str, *, claims: int, now: datetime) -> None:
        """Note that it is done, unless somebody else has taken it over."""
        await self._connection.execute(
            update(job_runs).where(*_mine(job, period, claims)).values(done_at=now)
        )

    async def is_done(self, job: str, period: str) -> bool:
        done: datetime | None = await self._connection.scalar(
            select(job_runs.c.done_at).where(job_runs.c.job == job, job_runs.c.period == period)
        )
        return done is not None

    async def done_of(self, periods: Mapping[str, str]) -> frozenset[str]:
        """Name the jobs that are done for the period named beside each."""
        pairs = tuple_(job_runs.c.job, job_runs.c.period).in_(list(periods.items()))
        done = await self._connection.scalars(
            select(job_runs.c.job).where(pairs, job_runs.c.done_at.is_not(None))
        )
        return frozenset(done)

    async def last_done(self, job: str) -> datetime | None:
        """Return when it was last done; None when it never was."""
        done: datetime | None = await self._connection.scalar(
            select(func.max(job_runs.c.done_at)).where(job_runs.c.job == job)
        )
        return done


def _mine(job: str, period: str, claims: int) -> tuple[ColumnElement[bool], ...]:
    return job_runs.c.job == job, job_runs.c.period == period, job_runs.c.claims == claims
