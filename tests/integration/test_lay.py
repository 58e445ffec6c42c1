"""Laying documents: none holds up another, and none is made while the database waits."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from scheduler.lay import TRIED_FOR, File, Kind, Make, Read, lay
from storage.database import Transaction
from tests.support.post import BO, MONDAY_NOON, Post
from tests.support.town import BO as BO_HIMSELF

CONFIDED = "hvad Anna har sagt"
TOLD = NoticeKind.EXPORT_READY


async def asked(post: Post, kind: ExportKind, *, at: datetime = MONDAY_NOON) -> UUID:
    id_ = uuid4()
    async with post.database.transaction() as tx:
        await tx.exports.ask(Export(id=id_, kind=kind, about=id_, reason=id_, by=BO, at=at))
    return id_


async def found(post: Post, id_: UUID) -> Export:
    async with post.database.transaction() as tx:
        export = await tx.exports.find(id_)
    assert export is not None
    return export


async def told(post: Post) -> int:
    async with post.database.transaction() as tx:
        depth = await tx.standings.depth(now=post.now + timedelta(days=1))
    return sum(count for _, _, count in depth)


async def reads(_tx: Transaction, export: Export, _now: datetime) -> Make | None:
    return lambda: [File(f"{export.id.hex}.txt", b"paper")]


async def reads_what_cannot_be_written(
    _tx: Transaction, _export: Export, _now: datetime
) -> Make | None:
    def write() -> list[File]:
        raise ValueError(CONFIDED)

    return write


async def cannot_be_read(_tx: Transaction, _export: Export, _now: datetime) -> Make | None:
    raise LookupError(CONFIDED)


async def may_not(_tx: Transaction, _export: Export, _now: datetime) -> Make | None:
    return None


GOOD = Kind(read=reads, tells=TOLD)


@pytest.mark.parametrize("bad", [reads_what_cannot_be_written, cannot_be_read])
class TestOneThatFails:
    async def test_holds_up_no_other(
        self, post: Post, tmp_path: Path, bad: Read, caplog: pytest.LogCaptureFixture
    ) -> None:
        kinds = {ExportKind.CASE: Kind(read=bad, tells=TOLD), ExportKind.FILING: GOOD}
        failing = await asked(post, ExportKind.CASE, at=MONDAY_NOON - timedelta(minutes=1))
        waiting = await asked(post, ExportKind.FILING)
        with caplog.at_level(logging.INFO):
            await lay(post.database, kinds, folder=tmp_path, now=MONDAY_NOON)

        assert (await found(post, waiting)).laid_at == MONDAY_NOON
        assert (tmp_path / f"{waiting.hex}.txt").read_bytes() == b"paper"
        still = await found(post, failing)
        assert (still.laid_at, still.why_not) == (None, None)
        assert [each.getMessage() for each in caplog.records] == [
            f"export {failing} could not be written"
        ]

    async def test_is_refused_in_the_end_and_told_of_once(
        self, post: Post, tmp_path: Path, bad: Read
    ) -> None:
        kinds = {ExportKind.CASE: Kind(read=bad, tells=TOLD)}
        failing = await asked(post, ExportKind.CASE)
        for passed in (timedelta(0), TRIED_FOR / 2):
            await lay(post.database, kinds, folder=tmp_path, now=MONDAY_NOON + passed)
        assert await told(post) == 0
        for passed in (TRIED_FOR, 2 * TRIED_FOR):
            await lay(post.database, kinds, folder=tmp_path, now=MONDAY_NOON + passed)

        assert (await found(post, failing)).why_not == "failed"
        assert await told(post) == 1


async def test_is_written_while_others_use_the_database(post: Post, tmp_path: Path) -> None:
    """The database is closed when a document is drawn: SQLite would let nobody write meanwhile."""
    held: list[Transaction] = []
    closed: list[bool] = []

    async def read(tx: Transaction, _export: Export, _now: datetime) -> Make | None:
        held.append(tx)

        def write() -> list[File]:
            closed.append(held[0].connection.closed)
            return [File("a.txt", b"paper")]

        return write

    await asked(post, ExportKind.CASE)
    kinds = {ExportKind.CASE: Kind(read=read, tells=TOLD)}
    await lay(post.database, kinds, folder=tmp_path, now=MONDAY_NOON)

    assert closed == [True]


async def test_is_settled_once(post: Post) -> None:
    """Of two that lay at the same time the first says how it ended."""
    id_ = await asked(post, ExportKind.CASE)
    async with post.database.transaction() as tx:
        first = await tx.exports.settle(id_, files="a.txt", why_not=None, at=MONDAY_NOON)
        second = await tx.exports.settle(id_, files="", why_not="failed", at=MONDAY_NOON)

    assert (first, second) == (True, False)
    settled = await found(post, id_)
    assert (settled.file, settled.why_not) == ("a.txt", None)


@pytest.mark.parametrize(
    ("kind", "folder", "why_not"),
    [
        (GOOD, None, "no_folder"),
        (Kind(read=may_not, tells=TOLD), ".", "not_permitted"),
        (Kind(read=may_not, tells=TOLD, handed_out=True), None, "not_permitted"),
        (Kind(read=reads, tells=TOLD, handed_out=True), None, None),
    ],
    ids=["no folder", "not permitted", "handed out, not permitted", "handed out"],
)
async def test_why_it_is_not_made(
    post: Post, tmp_path: Path, kind: Kind, folder: str | None, why_not: str | None
) -> None:
    async with post.database.transaction() as tx:
        await tx.people.add(BO_HIMSELF)
    id_ = await asked(post, ExportKind.CASE)
    there = None if folder is None else tmp_path / folder
    await lay(post.database, {ExportKind.CASE: kind}, folder=there, now=MONDAY_NOON)

    assert (await found(post, id_)).why_not == why_not
    assert await told(post) == 1
