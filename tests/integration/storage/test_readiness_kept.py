"""What readiness keeps as it was written: nobody who uses the bot's account can change it."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.alert_log import noted
from domain.alert_sharings import ShareKind, ShareWay, Sharing
from domain.escalation import begin
from domain.plan_templates import Override
from domain.plan_track import finish
from storage.database import Database
from tests.integration.storage.examples import ANNA, MONDAY_NOON
from tests.integration.storage.readiness_examples import alert
from tests.support import action_plans, escalating

KEPT = {
    "alert_log": "\"words\" = 'andet'",
    "alert_snapshots": "\"snapshot\" = 'andet'",
    "plan_versions": "\"checksum\" = 'andet'",
    "sharings": "\"outside\" = 'andet'",
    "template_overrides": "\"because\" = 'andet'",
}


@pytest.fixture
async def written(database: Database) -> Database:
    """Hold one row of each."""
    made, plan, snapshot = alert(), action_plans.running(), escalating.frozen()
    async with database.transaction() as tx:
        await tx.alerts.add(made)
        await tx.alert_log.add(noted(made.id, "Ro", by=ANNA.id, now=MONDAY_NOON))
        await tx.escalations.begin(
            made.id, snapshot, [begin(snapshot, each) for each in snapshot.authorities()]
        )
        await tx.action_plans.add(plan)
        await tx.action_plans.save(finish(plan, by=ANNA.id, now=MONDAY_NOON), was=plan)
        await tx.sharings.add(
            [
                Sharing(
                    id=uuid4(),
                    kind=ShareKind.C3,
                    alert=made.id,
                    way=ShareWay.C3,
                    by=ANNA.id,
                    at=MONDAY_NOON,
                )
            ]
        )
        await tx.template_overrides.add(
            Override(template="H1", revision=1, changes={}, by=ANNA.id, at=MONDAY_NOON)
        )
    return database


@pytest.mark.parametrize(("table", "change"), KEPT.items())
async def test_nothing_is_changed_removed_or_replaced(
    written: Database, database_url: str, table: str, change: str
) -> None:
    """BER-29, BER-44, BER-47, BER-48: there is no way to do it on the table."""
    async with written.transaction() as tx:
        before = (await tx.connection.execute(text(f"SELECT * FROM data.{table}"))).all()  # noqa: S608
    assert before

    wrong = [
        f"UPDATE data.{table} SET {change}",  # noqa: S608
        f"DELETE FROM data.{table}",  # noqa: S608
    ]
    if database_url.startswith("postgresql"):
        wrong.append(f"TRUNCATE data.{table} CASCADE")
    else:
        wrong.append(f"INSERT OR REPLACE INTO data.{table} SELECT * FROM data.{table}")  # noqa: S608
    for each in wrong:
        with pytest.raises(DBAPIError, match="kept as it was written"):
            async with written.transaction() as tx:
                await tx.connection.execute(text(each))

    async with written.transaction() as tx:
        after = (await tx.connection.execute(text(f"SELECT * FROM data.{table}"))).all()  # noqa: S608
    assert after == before
