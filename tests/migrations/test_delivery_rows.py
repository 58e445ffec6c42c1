"""What is promised survives the way to the delivery engine, and the way back (0002)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa

from storage.engine import engine_for
from storage.migrate import downgrade, upgrade
from tests.support.databases import databases

NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
OLD = ("waiting", "done", "dropped", "given up")
OLD_KIND, NEW_KIND = "concern_waiting", "trial"
PROMISED = sa.text(
    "INSERT INTO data.outbox"
    " (dedupe_key, kind, about, person, channel, tier, round, due_at, state, next_at, attempts)"
    " VALUES (:key, :kind, :about, :person, :channel, :tier, 1, :at, :state, :at, :attempts)"
).bindparams(
    sa.bindparam("about", type_=sa.Uuid()), sa.bindparam("at", type_=sa.DateTime(timezone=True))
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with databases(request.param, folder=tmp_path_factory.mktemp("rows")) as opened:
        yield opened.empty()


def promised(
    key: str,
    *,
    state: str = "waiting",
    attempts: int = 0,
    tier: int = 2,
    kind: str = OLD_KIND,
    channel: str | None = None,
) -> dict[str, object]:
    return {
        "key": key,
        "kind": kind,
        "about": UUID(int=1),
        "person": None if channel else key,
        "channel": channel,
        "tier": tier,
        "at": NOON,
        "state": state,
        "attempts": attempts,
    }


async def asked(url: str, statement: str) -> Sequence[tuple[object, ...]]:
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(sa.text(statement))]
    finally:
        await engine.dispose()


async def done(url: str, *rows: dict[str, object], then: str = "") -> None:
    engine = engine_for(url)
    try:
        async with engine.begin() as connection:
            await connection.execute(PROMISED, list(rows))
            if then:
                await connection.execute(sa.text(then))
    finally:
        await engine.dispose()


async def test_every_old_row_keeps_what_it_meant(url: str) -> None:
    """What had been tried and never answered may have arrived: it says so when it is repeated."""
    await upgrade(url, "0001")
    await done(
        url,
        *(promised(state, state=state, attempts=1) for state in OLD[1:]),
        promised("untried", tier=0),
        promised("tried", attempts=2, tier=1),
        promised("ping", channel="KG-01"),
    )

    await upgrade(url)

    rows = await asked(
        url, "SELECT dedupe_key, state, tier, lane, claims FROM data.outbox ORDER BY id"
    )
    assert rows == [
        ("done", "delivered", 4, "done", 1),
        ("dropped", "cancelled", 4, "dropped", 1),
        ("given up", "given_up", 4, "given up", 1),
        ("untried", "ready", 0, "untried", 0),
        ("tried", "unresolved", 3, "tried", 2),
        ("ping", "ready", 4, "#KG-01", 0),
    ]


async def test_the_release_before_can_read_all_that_is_left_for_it(url: str) -> None:
    """It knows neither e-mail nor trials: what it would trip over, or send to Teams, goes."""
    await upgrade(url)
    await downgrade(url, "0001")
    await done(url, promised("old"))
    await upgrade(url)
    await done(
        url,
        promised("by mail", state="ready"),
        promised("trial", state="sending", kind=NEW_KIND),
        then="UPDATE data.outbox SET medium = 'email' WHERE dedupe_key = 'by mail'",
    )

    await downgrade(url, "0001")

    rows = await asked(url, "SELECT kind, state FROM data.outbox ORDER BY id")
    assert rows == [(OLD_KIND, "waiting")]
