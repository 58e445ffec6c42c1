"""The letters of an alert in Teams: where they are, and which are to be redrawn (BER-18)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import DeliveryState
from domain.notices import Medium, Notice, NoticeKind
from domain.people import PersonId
from storage.conflicts import insert
from storage.delivery_rows import outbox
from storage.outbox import notice_of
from storage.readiness_rows import alert_redraws

KINDS = (NoticeKind.ALERT, NoticeKind.ALERT_CORRECTED)  # that show how it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Redraw:
    """That somebody's letters of an alert are to be redrawn, for the so-many-th time."""

    alert: UUID
    person: PersonId
    attempts: int
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter that Teams has: what it was sent as, and what it is called there."""

    notice: Notice
    activity: str


class AlertLetters:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def to(
        self, alert: UUID, people: Collection[PersonId]
    ) -> Mapping[PersonId, Sequence[SentLetter]]:
        """Find what they have in Teams of it, the oldest first."""
        rows = await self._connection.execute(
            select(outbox)
            .where(
                outbox.c.about == alert,
                outbox.c.person.in_(people),
                outbox.c.kind.in_(KINDS),
                outbox.c.medium == Medium.TEAMS,
                outbox.c.activity_id.is_not(None),
            )
            .order_by(outbox.c.id)
        )
        found: dict[PersonId, list[SentLetter]] = {}
        for row in rows:
            letter = SentLetter(notice=notice_of(row), activity=row.activity_id)
            found.setdefault(PersonId(row.person), []).append(letter)
        return found

    async def being_sent(self, alert: UUID, people: Collection[PersonId]) -> frozenset[PersonId]:
        """Name those to whom the alert itself is on its way: it may say what was so before.

        A correction is drawn after what it corrects was kept, and says what is so.
        """
        rows = await self._connection.scalars(
            select(outbox.c.person).where(
                outbox.c.about == alert,
                outbox.c.person.in_(people),
                outbox.c.kind == NoticeKind.ALERT,
                outbox.c.medium == Medium.TEAMS,
                outbox.c.state == DeliveryState.SENDING,
            )
        )
        return frozenset(map(PersonId, rows))

    async def recently_reminded(
        self, person: PersonId, *, of: Collection[UUID], since: datetime
    ) -> bool:
        """Whether a reminder of one of these alerts has reached them since then (BER-20)."""
        row = await self._connection.execute(
            select(outbox.c.id)
            .where(
                outbox.c.about.in_(of),
                outbox.c.person == person,
                outbox.c.kind == NoticeKind.ALERT,
                outbox.c.round > 1,
                outbox.c.medium == Medium.TEAMS,
                outbox.c.activity_id.is_not(None),
                outbox.c.ended_at >= since,
            )
            .limit(1)
        )
        return row.one_or_none() is not None

    async def redraw(self, alert: UUID, people: Collection[PersonId], *, now: datetime) -> None:
        """Have all that they have of it redrawn."""
        if not people:
            return
        new = insert(alert_redraws)
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[alert_redraws.c.alert, alert_redraws.c.person],
                set_={"next_at": now, "attempts": 0, "token": alert_redraws.c.token + 1},
            ),
            [
                {"alert": alert, "person": each, "next_at": now, "attempts": 0, "token": 1}
                for each in sorted(people)
            ],
        )

    async def claim(self, *, now: datetime, lease: timedelta, at_most: int) -> list[Redraw]:
        """Take on some of them, so that no other replica does.

        :param lease: how long until it is tried again; the second time twice that, and so on.
        """
        c = alert_redraws.c
        rows = await self._connection.execute(
            select(alert_redraws)
            .where(c.next_at <= now)
            .order_by(c.next_at, c.alert, c.person)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        found = [
            Redraw(
                alert=row.alert,
                person=PersonId(row.person),
                attempts=row.attempts + 1,
                token=row.token,
            )
            for row in rows
        ]
        if found:
            await self._connection.execute(
                update(alert_redraws)
                .where(c.alert == bindparam("alert_"), c.person == bindparam("person_"))
                .values(next_at=bindparam("next_"), attempts=bindparam("attempts_")),
                [
                    {
                        "alert_": each.alert,
                        "person_": each.person,
                        "next_": now + lease * each.attempts,
                        "attempts_": each.attempts,
                    }
                    for each in found
                ],
            )
        return found

    async def redrawn(self, done: Collection[Redraw]) -> None:
        """Forget what shows it now, or what we give up on; but for what was wished meanwhile."""
        c = alert_redraws.c
        if done:
            await self._connection.execute(
                delete(alert_redraws).where(
                    tuple_(c.alert, c.person, c.token).in_(
                        [(each.alert, each.person, each.token) for each in done]
                    )
                )
            )

    async def waiting(self) -> int:
        """Count those whose letters are to be redrawn."""
        count = await self._connection.scalar(select(func.count()).select_from(alert_redraws))
        return count or 0
