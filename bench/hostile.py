"""`dev.py bench hostile`: thousands of bad calls against the whole bot; what came of them.

The bot runs here with its own database, door and delivery; beside it stand a signing key server
and a connector that counts what the bot sends.
"""

import argparse
import asyncio
import hashlib
import sqlite3
import sys
import tempfile
import time
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from io import StringIO
from pathlib import Path

import aiohttp
from aiohttp import web

from bench.support.figures import end, tell
from bench.support.hostility import CANARY, Case, Hostility
from bot import logs
from bot.settings import Settings
from bot.web import serve
from bot.wiring import open_house
from demo.organisation import demo_organisation
from storage.migrate import upgrade
from tests.support.issuer import Issuer, make_key, published
from usecases.load_organisation import load_organisation

APP_ID = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
TENANT = "9a3f2f0e-5c4e-4a8b-8f59-0d5b6a7c8d21"
LEAST = {"outsiders": 2_000, "nonsense": 500}
CARD = "application/vnd.microsoft.card.adaptive"
REPEATS = 20
AT_ONCE = 8
FAULTS_FROM = 500
ANYBODYS = frozenset(
    {"turns", "counters", "audit_chain", "audit_keys", "addresses"}
)  # a turn in order may write these


@dataclass(kw_only=True)
class Seen:
    """What was answered, and what should not have been."""

    by_kind: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    let_in: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)

    def note(self, case: Case, status: int, answer: str) -> None:
        self.by_kind[case.kind] += 1
        if status >= FAULTS_FROM and status not in case.may:
            self.faults[case.kind] += 1
        elif status not in case.may:
            self.let_in[f"{case.kind}: {status}"] += 1
        if CANARY in answer and not case.at_home:
            self.repeated[case.kind] += 1


@dataclass(kw_only=True)
class Bot:
    """The running bot: its address, its issuer, and the eyes on what it does."""

    address: str
    service_url: str
    issuer: Issuer
    written: Callable[[], dict[str, str]]
    sent: list[dict[str, object]]
    log: StringIO


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Bot]:
    """Open the whole bot on a new database with the demo in it."""
    sent: list[dict[str, object]] = []

    async def take(request: web.Request) -> web.Response:
        sent.append(await request.json())
        return web.json_response({"id": str(len(sent))})

    async def grant(_request: web.Request) -> web.Response:
        return web.json_response(
            {"access_token": "granted", "token_type": "Bearer", "expires_in": 3600}
        )

    issuer = Issuer(app_id=APP_ID, keys={"first": make_key()})
    routes = [web.post("/oauth/token", grant), web.route("*", "/connector/{any:.*}", take)]
    async with published(issuer, routes):
        issuer.name = issuer.address
        file = folder / "bot.sqlite3"
        settings = Settings.from_environment(
            {
                "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
                "BOT_APP_ID": APP_ID,
                "BOT_APP_PASSWORD": "hostile",
                "BOT_TENANT_ID": TENANT,
                "MASTER_KEYS": "1:" + b64encode(b"m" * 32).decode(),
                "INDEX_KEYS": "1:" + b64encode(b"i" * 32).decode(),
                "LOCAL_OPENID_METADATA": issuer.metadata,
                "LOCAL_CONNECTOR": f"{issuer.address}/connector/",
                "PERSON_PER_MINUTE": "1000000",
                "TENANT_PER_MINUTE": "1000000",
            }
        )
        await upgrade(settings.database_url)
        async with open_house(settings) as house:
            async with house.database.transaction() as tx:
                await load_organisation(tx, demo_organisation(), now=datetime.now(UTC))
            log = StringIO()
            logs.set_up(stream=log)
            async with serve(house.app, host=settings.host, port=0) as port:
                yield Bot(
                    address=f"http://127.0.0.1:{port}/api/messages",
                    service_url=settings.local_connector,
                    issuer=issuer,
                    written=lambda: _contents(file),
                    sent=sent,
                    log=log,
                )


def _contents(file: Path) -> dict[str, str]:
    """Give a digest of every table, so that any row written, changed or removed shows."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: hashlib.sha256(
                repr(sorted(map(repr, database.execute(f'SELECT * FROM "{name}"')))).encode()  # noqa: S608
            ).hexdigest()
            for (name,) in tables
        }


async def send_all(bot: Bot, cases: list[Case]) -> Seen:
    """Send the cases, a few at once, and note every answer."""
    seen = Seen()
    waiting = iter(cases)

    async def send_some(session: aiohttp.ClientSession) -> None:
        for case in waiting:
            status, answer = await _send(session, bot.address, case)
            seen.note(case, status, answer)

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(send_some(session))
    return seen


async def _send(session: aiohttp.ClientSession, address: str, case: Case) -> tuple[int, str]:
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {case.token}",
        **case.headers,
    }
    async with session.post(address, data=case.body, headers=headers) as answer:
        return answer.status, await answer.text()


async def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder)) as bot:
            hostility = Hostility(
                issuer=bot.issuer,
                service_url=bot.service_url,
                tenant=TENANT,
                known=demo_organisation().people[0].aad_id,
                now=datetime.now(UTC),
                seed=2026,
            )
            cases = list(hostility.cases(count))
            await _measure_outsiders(bot, [case for case in cases if not case.at_home])
            await _measure_nonsense(bot, [case for case in cases if case.at_home])
            await _measure_a_replay(bot, hostility)
            swallowed = sum('"exception":' in line for line in bot.log.getvalue().splitlines())
            tell("hostile.swallowed", swallowed, "exceptions", at_most=0)


async def _measure_outsiders(bot: Bot, cases: list[Case]) -> None:
    """Let nothing at all come of these."""
    before, began = bot.written(), time.perf_counter()
    seen = await send_all(bot, cases)
    tell("hostile.refused", len(cases) / (time.perf_counter() - began), "calls/s")
    _tell_what_was_seen("outsiders", seen)
    tell("hostile.outsiders.sent_to", len(bot.sent), "messages", at_most=0)
    _tell_each("hostile.outsiders.wrote", _differ(before, bot.written()), "tables")


async def _measure_nonsense(bot: Bot, cases: list[Case]) -> None:
    """Answer these as one may, but do nothing of what they ask for."""
    before = bot.written()
    seen = await send_all(bot, cases)
    _tell_what_was_seen("nonsense", seen)
    changed = _differ(before, bot.written())
    tell("hostile.nonsense.turns_seen", changed["turns"], "tables", at_least=1)
    _tell_each("hostile.nonsense.wrote", changed - Counter(ANYBODYS), "tables")


async def _measure_a_replay(bot: Bot, hostility: Hostility) -> None:
    """Send one genuine press twenty times at once: one answer, and it is a card (AC-AUTH-06)."""
    claims = bot.issuer.claims(now=datetime.now(UTC), service_url=bot.service_url)
    case = hostility.help_pressed(token=bot.issuer.sign(claims))
    async with aiohttp.ClientSession() as session:
        answers = await asyncio.gather(
            *(_send(session, bot.address, case) for _ in range(REPEATS))
        )
    cards = sum(status == HTTPStatus.OK and CARD in answer for status, answer in answers)
    tell("hostile.replay.cards", cards, "answers", at_least=REPEATS)
    tell("hostile.replay.different", len(set(answers)), "answers", at_most=1)


def _differ(before: dict[str, str], after: dict[str, str]) -> Counter[str]:
    return Counter(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _tell_what_was_seen(who: str, seen: Seen) -> None:
    sent = seen.by_kind.total()
    tell(f"hostile.{who}.calls", sent, "calls", at_least=LEAST[who], beside=seen.by_kind)
    _tell_each(f"hostile.{who}.faults", seen.faults, "answers")
    _tell_each(f"hostile.{who}.let_in", seen.let_in, "calls")
    _tell_each(f"hostile.{who}.repeated", seen.repeated, "answers")


def _tell_each(name: str, found: Counter[str], unit: str) -> None:
    tell(name, found.total(), unit, at_most=0, beside=found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3,300 calls instead of 11,000")
    asked = parser.parse_args()
    asyncio.run(measure(3_300 if asked.quick else 11_000))
    return end()


if __name__ == "__main__":
    sys.exit(main())
