"""Alerts as a bad year leaves them: hundreds open at once, and ladders about to fall due."""

import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import update

from domain.action_plans import plan_from
from domain.alert_audience import default_audience, recipients
from domain.alert_log import LogKind
from domain.alert_sharings import DistributionList
from domain.alert_snapshot import freeze
from domain.alerts import (
    UNDO_WITHIN,
    Alert,
    AlertState,
    Audience,
    Level,
    Recipient,
    Reply,
    Situation,
    Via,
)
from domain.areas import AREAS
from domain.delivery import DeliveryState
from domain.escalation import LADDER, Rung, begin
from domain.notices import Notice, NoticeKind
from domain.people import AreaCode, Office, Person
from domain.plan_moves import release
from domain.plan_owners import default_owners
from storage.database import Database
from storage.delivery_rows import outbox
from usecases.activate_alert import Order, activate_alert
from usecases.read_readiness import readiness_catalogue
from usecases.read_roster import read_roster

SITUATION: Final = Situation(
    happened="Uro mellem grupper",
    where="Ved stationen",
    stands="Roligt nu",
    done="Patrulje og gadeplan er på stedet",
)
TEMPLATE: Final = "H1"
SILENT: Final = 0.2  # of those alerted


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How the ladders were climbed whose first rung fell due in some span of time."""

    expected: int
    late: Sequence[float]  # seconds, one for each step that was taken
    doubled: int


async def list_everybody(database: Database) -> DistributionList:
    """Keep a distribution list of all there are."""
    async with database.transaction() as tx:
        roster = await read_roster(tx)
        [by, *_] = await tx.people.of_office(Office.SEK)
        return await tx.distribution_lists.save(
            DistributionList(
                id=uuid.uuid4(),
                name="Alle",
                audience=Audience(people=frozenset(roster.people)),
                by=by.id,
                at=datetime.now(UTC),
            )
        )


async def fill_the_board(database: Database, *, alerts: int, people: int) -> None:
    """Let so many alerts be open, each sent to so many, with answers and a running plan."""
    chance = random.Random(66)  # noqa: S311
    catalogue = readiness_catalogue()
    async with database.transaction() as tx:
        roster = await read_roster(tx)
        [by, *_] = await tx.people.of_office(Office.SEK)
    everybody = Audience(people=frozenset([*roster.people][:people]))
    for _ in range(alerts):
        now = datetime.now(UTC) - timedelta(minutes=chance.randrange(20, 2_000))
        async with database.transaction() as tx:
            number = await tx.alerts.next_number(now.year)
        made = _open_alert(number, by=by, audience=everybody, now=now)
        rows = [
            _answered(each, chance)
            for each in recipients(everybody, roster, alert=made.id, now=now)
        ]
        snapshot = freeze(everybody, roster, level=made.level, left_at=made.leaves_at)
        plan = plan_from(
            catalogue.templates[TEMPLATE],
            id=uuid.uuid4(),
            title=made.title,
            kinds=catalogue.measures,
            owners=default_owners(roster, areas=frozenset(), secretariat=[by.id]),
            areas=frozenset(),
            starts_at=now,
            alert=made.id,
            drill=False,
            by=by.id,
            now=now,
            new_id=uuid.uuid4,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.recipients.add(rows)
            ladders = [
                replace(begin(snapshot, each), next_at=None) for each in snapshot.authorities()
            ]
            await tx.escalations.begin(made.id, snapshot, ladders)
            await tx.outbox.add([_letter(made, each) for each in rows])
            await tx.action_plans.add(release(plan, now=now))
    async with database.transaction() as tx:
        await tx.connection.execute(
            update(outbox)
            .where(outbox.c.kind == NoticeKind.ALERT)
            .values(state=DeliveryState.DELIVERED, ended_at=datetime.now(UTC))
        )


async def raise_ladders(
    database: Database, *, alerts: int, first: timedelta, last: timedelta
) -> Sequence[uuid.UUID]:
    """Activate so many alerts, backdated so that their first rungs fall due in that span."""
    [rung, *_] = LADDER
    async with database.transaction() as tx:
        [by, *_] = await tx.people.of_office(Office.SEK)
    made = []
    for number in range(alerts):
        due = first + (last - first) * number / max(alerts - 1, 1)
        async with database.transaction() as tx:
            alert = await activate_alert(
                tx,
                _order(AREAS[number % len(AREAS)].code, title=f"Uro {number}"),
                by=by,
                now=datetime.now(UTC) + due - rung.after - UNDO_WITHIN,
            )
        made.append(alert.id)
    return made


async def lateness(
    database: Database, alerts: Iterable[uuid.UUID], *, up_since: datetime
) -> Lateness:
    """Read in the log how late the first rungs were climbed.

    :param up_since: nobody can climb while nobody runs: later than due, or than this.
    """
    expected, late, doubled = 0, list[float](), 0
    async with database.transaction() as tx:
        for alert in alerts:
            snapshot = await tx.escalations.snapshot(alert)
            lines = await tx.alert_log.of(alert)
            for authority in snapshot.quorum:
                expected += 1
                steps = [
                    each
                    for each in lines
                    if each.kind is LogKind.ESCALATED
                    and each.authority is authority
                    and each.facts.get("rung") == Rung.REPEAT
                ]
                doubled += max(0, len(steps) - 1)
                late += [
                    max(0.0, (each.at - max(each.due_at, up_since)).total_seconds())
                    for each in steps[:1]
                    if each.due_at
                ]
    return Lateness(expected=expected, late=late, doubled=doubled)


def _open_alert(number: int, *, by: Person, audience: Audience, now: datetime) -> Alert:
    return Alert(
        id=uuid.uuid4(),
        year=now.year,
        number=number,
        level=Level.COORDINATION,
        drill=False,
        template=TEMPLATE,
        title=f"Uro ved stationen {number}",
        situation=SITUATION,
        audience=audience,
        state=AlertState.ACTIVATED,
        activated_by=by.id,
        activated_at=now,
        leaves_at=now,
        coordinator=by.id,
        log_keeper=by.id,
    )


def _answered(row: Recipient, chance: random.Random) -> Recipient:
    """Let four of five answer, in their own time."""
    if chance.random() < SILENT:
        return row
    return replace(
        row,
        reply=chance.choice([*Reply]),
        replied_at=row.added_at + timedelta(seconds=chance.randrange(20, 1_200)),
        via=Via.TEAMS,
        via_person=row.person,
    )


def _letter(alert: Alert, row: Recipient) -> Notice:
    return Notice(
        kind=NoticeKind.ALERT,
        about=alert.id,
        due_at=alert.leaves_at,
        person=row.person,
        tier=row.tier,
    )


def _order(area: AreaCode, *, title: str) -> Order:
    return Order(
        id=uuid.uuid4(),
        level=Level.COORDINATION,
        drill=False,
        template=TEMPLATE,
        title=title,
        situation=SITUATION,
        audience=default_audience(frozenset({area})),
        anyway=True,
        another=True,
    )
