"""What is asked of a city: the turns of a facilitator, and how much the database does for each."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.support.city import NOW, Citizen, facilitator
from bench.support.load import NotAnswered
from bench.support.names import OFTEN
from bot.connector import write
from bot.courier import write_message
from dialogs.conversation import take_turn
from dialogs.turns import Turn
from domain.people import CommitteeCode, Person
from storage.database import Database

Statement = tuple[str, Any]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something a facilitator types, and what must be in the answer."""

    asker: Person
    said: str = field(repr=False)
    answer: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the database did for one question: statements, and rows or steps of its machine.

    Pages are PostgreSQL's; a small table it reads whole, whatever is asked, so that they grow
    until it uses the indexes.
    """

    statements: int
    touched: int
    pages: int = 0


def questions(citizens: Sequence[Citizen]) -> Mapping[str, list[Question]]:
    """Make the same questions at every size of the city: about people who were there first."""
    chance = random.Random(42)  # noqa: S311
    borne = Counter((each.group, each.name) for each in citizens)
    early = [each for each in citizens[:1_000] if borne[each.group, each.name] == 1]
    running = [each for each in early if each.running]
    chance.shuffle(early)
    chance.shuffle(running)
    groups = sorted({each.group for each in early})
    nobody = "Ingen fundet"
    return {
        "open_case": [
            _ask(each.group, f"sag {each.reference}", each.reference) for each in running
        ],
        "agenda": [_ask(group, "dagsorden", "2026-") for group in groups],
        "search.name": [_ask(each.group, f"søg {each.name}", each.reference) for each in early],
        "search.birthday": [
            _ask(each.group, f"søg {each.name.split()[0]} {each.born:%d.%m.%Y}", each.reference)
            for each in early
        ],
        "search.common": [_ask(group, f"søg {OFTEN}", "20 fundet") for group in groups],
        "search.nobody": [_ask(group, "søg xerxes zobel", nobody) for group in groups],
        "search.elsewhere": [
            _ask(_next(groups, each.group), f"søg {each.cpr}", nobody) for each in early
        ],
        "search.two_beginnings": [_ask(group, f"søg {OFTEN} bak", "fundet") for group in groups],
    }


def _ask(group: CommitteeCode, said: str, answer: str) -> Question:
    return Question(asker=facilitator(group), said=said, answer=answer)


def _next(groups: Sequence[CommitteeCode], group: CommitteeCode) -> CommitteeCode:
    return groups[(groups.index(group) + 1) % len(groups)]


async def ask(database: Database, question: Question) -> float:
    """Take the whole turn but for HTTP, from the words typed to the bytes of the card.

    :raises NotAnswered: when the answer does not say what it must.
    """
    turn = Turn(person=question.asker, at=NOW, in_private=True, said=question.said)
    begun = time.perf_counter()
    async with database.transaction() as tx:
        shown = await take_turn(tx, turn)
    write(write_message(shown))
    seconds = time.perf_counter() - begun
    if question.answer not in shown.words:
        raise NotAnswered(f"{question.said}: {shown.words[:200]}")
    return seconds


async def weigh(database: Database, question: Question) -> Work:
    """Ask once more, and count what the database does for it."""
    with _overheard() as heard:
        await ask(database, question)
    selects = [each for each in heard if each[0].lstrip().upper().startswith("SELECT")]
    async with database.transaction() as tx:
        if tx.connection.dialect.name == "postgresql":
            seen = [await _explained(tx.connection, each) for each in selects]
            rows, pages = (sum(each) for each in zip(*seen, strict=True))
            return Work(statements=len(heard), touched=rows, pages=pages)
        steps = await _steps(tx.connection, selects)
    return Work(statements=len(heard), touched=steps)


@contextmanager
def _overheard() -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def hears(
        _: Connection, __: object, statement: str, parameters: object, ___: object, ____: object
    ) -> None:
        heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hears)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hears)


async def _steps(connection: AsyncConnection, selects: Sequence[Statement]) -> int:
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    steps = 0

    def counts() -> int:
        nonlocal steps
        steps += 1
        return 0

    handler: Callable[..., None] = getattr(driver, "raw").set_progress_handler  # noqa: B009
    handler(counts, 1)
    try:
        for statement, parameters in selects:
            await connection.exec_driver_sql(statement, parameters)
    finally:
        handler(None, 1)
    return steps


async def _explained(connection: AsyncConnection, asked: Statement) -> tuple[int, int]:
    """Ask once more, and give the rows that were looked at and the pages they lie on."""
    statement, parameters = asked
    explained = await connection.exec_driver_sql(
        f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters
    )
    said = explained.scalar_one()
    plan = (json.loads(said) if isinstance(said, str) else said)[0]["Plan"]
    return _rows(plan), int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


def _rows(plan: Mapping[str, Any]) -> int:
    """Add up the rows that were read from tables, those thrown away included."""
    read = sum(
        float(plan.get(what, 0))
        for what in ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    )
    own = read * float(plan.get("Actual Loops", 1)) if "Relation Name" in plan else 0
    return round(own) + sum(map(_rows, plan.get("Plans", ())))


class Plain:
    """A peer: the same names in plain columns with an ordinary index, asked straight in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def knows(self, citizens: Sequence[Citizen]) -> None:
        """Keep the words of these people's names, readable for anybody with the file."""
        async with self._database.transaction() as tx:
            await tx.connection.execute(
                text(
                    "CREATE TABLE IF NOT EXISTS data.plain_words"
                    " (word TEXT, scope TEXT, name TEXT, reference TEXT)"
                )
            )
            await tx.connection.execute(
                text("CREATE INDEX IF NOT EXISTS data.plain_index ON plain_words (word, scope)")
                if tx.connection.dialect.name == "sqlite"
                else text(
                    "CREATE INDEX IF NOT EXISTS plain_index ON data.plain_words"
                    ' (word COLLATE "C", scope)'
                )
            )
            await tx.connection.execute(
                text("INSERT INTO data.plain_words VALUES (:word, :scope, :name, :reference)"),
                [
                    {
                        "word": word.casefold(),
                        "scope": str(each.group),
                        "name": each.name,
                        "reference": each.reference,
                    }
                    for each in citizens
                    for word in each.name.split()
                ],
            )

    async def ask(self, citizen: Citizen) -> float:
        """Look for somebody by the whole name."""
        first, *_, last = citizen.name.casefold().split()
        begun = time.perf_counter()
        async with self._database.transaction() as tx:
            found = await tx.connection.execute(
                _PLAIN,
                {
                    "first": first,
                    "after_first": f"{first}\uffff",
                    "last": last,
                    "after_last": f"{last}\uffff",
                    "scope": str(citizen.group),
                },
            )
            rows = found.all()
        seconds = time.perf_counter() - begun
        if citizen.reference not in {row.reference for row in rows}:
            raise NotAnswered(f"plain: {citizen.name}")
        return seconds


_PLAIN = text(
    "SELECT DISTINCT a.reference, a.name FROM data.plain_words a"
    " JOIN data.plain_words b ON b.reference = a.reference"
    " WHERE a.word >= :last AND a.word < :after_last AND a.scope = :scope"
    " AND b.word >= :first AND b.word < :after_first AND b.scope = :scope LIMIT 21"
)
