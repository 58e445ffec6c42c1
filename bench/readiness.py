"""An alert to 400, from the press that sends it to the last letter, answer and late ladder.

The Secretariat fills in the form as people do; the bot runs as in production, Teams is a process
of its own that allows 50 a second and takes 150–250 ms to answer. Times are counted from the press
that lets the alert leave. Then everybody answers. Ladders of other alerts are made to fall due
while the bot runs, and again while it is dead; how late each was climbed is in the alerts' own
logs. The board is read with 200 open alerts of 400 people each.

BER-66, BER-71, BER-72, BER-75, BER-76 and BER-77; BER-73 and BER-74 are in `faults` and `crash`.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from statistics import quantiles

import aiohttp

from bench.support.alarms import Lateness, fill_the_board, lateness, list_everybody, raise_ladders
from bench.support.crowd import Crowd, a_crowd, chat, find_button, register
from bench.support.figures import end, tell
from bench.support.programs import OurBot, a_database, logged
from bench.support.standin import StandIn, apart
from bot.settings import Settings
from bot.views import viewer
from bot.wiring import open_database
from domain.delivery import DeliveryState, Tally, is_sent
from domain.notices import NoticeKind, Tier
from domain.people import Authority, Office
from storage.database import Database
from usecases.read_roster import read_roster

LATENCY = "0.15-0.25"  # seconds
PER_SECOND = 50
EVERYBODY = 400
LEADERS = 40
LEADERS_WITHIN = 1.5  # seconds after the commit
ALL_WITHIN = 9.5
PROMISED_WITHIN = 2.0
ANSWERED_WITHIN = 1.0
BOARD_MS = 300
LATE = 10.0
LATE_AFTER_A_RESTART = 30.0
ANSWERS_IN = 10.0  # seconds
SETTLES = timedelta(seconds=4)  # until the last ladder has been climbed
LOOKS = 40
FORM = {
    "template": "H1",
    "areas": "city",
    "situation": "Hvad er der sket? Uro\nHvor? Flere steder\nHvordan er situationen? Uroligt",
    "level": "3",
    "also": "choose",
    "drill": "no",
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured."""

    databases: Sequence[str]
    ladders: int  # alerts whose ladders fall due, each time
    span: timedelta  # in which they do
    dead: timedelta  # how long nobody runs
    open_alerts: int  # on the board


QUICK = Plan(
    databases=("sqlite",),
    ladders=5,
    span=timedelta(seconds=3),
    dead=timedelta(seconds=2),
    open_alerts=20,
)
WHOLE = Plan(
    databases=("sqlite", "postgresql"),
    ladders=60,
    span=timedelta(seconds=30),
    dead=timedelta(seconds=30),
    open_alerts=200,
)


async def main(plan: Plan) -> int:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        teams = await stack.enter_async_context(
            apart(app_id=str(uuid.uuid4()), session=session, keep=True)
        )
        await teams.set(per_second=PER_SECOND, latency=LATENCY)
        file = folder / "register.yaml"
        file.write_bytes(register(EVERYBODY))
        for name in plan.databases:
            with logged(folder / f"{name}.log") as log, a_database(name, folder / name) as url:
                bot = OurBot(name, database_url=url, teams=teams, log=log, register=file)
                await _measure(name, bot, teams, plan)
    return end()


async def _measure(name: str, bot: OurBot, teams: StandIn, plan: Plan) -> None:
    async with a_crowd(bot, replicas=1, teams=teams) as crowd:
        alert = await _sent(name, crowd, teams)
        await _measure_answers(name, crowd, alert)
        began = datetime.now(UTC)
        raised = await raise_ladders(
            crowd.database, alerts=plan.ladders, first=timedelta(seconds=2), last=plan.span
        )
        await asyncio.sleep((plan.span + SETTLES).total_seconds())
        climbed = await lateness(crowd.database, raised, up_since=began)
        _tell_lateness(f"readiness.{name}.late", climbed, at_most=LATE)
    await _measure_restart(name, bot, plan)
    await _measure_board(name, bot, alerts=plan.open_alerts)


async def _sent(name: str, crowd: Crowd, teams: StandIn) -> uuid.UUID:
    """Fill in the form, let the alert leave at once, and wait until nobody waits."""
    by = crowd.secretariat
    everybody = await list_everybody(crowd.database)
    asked = await crowd.says(by, "beredskab start")
    audience = await crowd.presses_one(find_button([asked], "form.next"), by=by, **FORM)
    people = {"list": str(everybody.id), "authorities": ",".join(Authority)}
    review = await crowd.presses_one(find_button([audience], "form.next"), by=by, **people)
    send = find_button([review], "form.send")
    await teams.forget()
    pressed = time.monotonic()
    started = await crowd.presses_one(send, by=by)
    tell(f"readiness.{name}.committed", time.monotonic() - pressed, "s", at_most=PROMISED_WITHIN)
    leaves = find_button([started], "alert.send_now")
    began = time.monotonic()
    await crowd.presses_one(leaves, by=by)
    tell(f"readiness.{name}.left", time.monotonic() - began, "s", at_most=ANSWERED_WITHIN)
    alert = uuid.UUID(leaves["data"]["alert"])
    tally = await _settled(crowd, alert, began=began)
    first = (await teams.letters())["first"]
    await _tell_sent(name, crowd, alert, {who: at - began for who, at in first.items()}, tally)
    return alert


async def _settled(crowd: Crowd, alert: uuid.UUID, *, began: float) -> Tally:
    tally: Tally = {}
    while not tally or (not is_sent(tally) and time.monotonic() - began < 2 * ALL_WITHIN):
        await asyncio.sleep(0.1)
        async with crowd.database.transaction() as tx:
            tally = await tx.standings.tally(alert, kind=NoticeKind.ALERT, now=datetime.now(UTC))
    return tally


async def _tell_sent(
    name: str, crowd: Crowd, alert: uuid.UUID, first: Mapping[str, float], tally: Tally
) -> None:
    async with crowd.database.transaction() as tx:
        alerted = await tx.recipients.of(alert)
        people = {each.id: each.aad_id for each in (await read_roster(tx)).people.values()}
    leaders = [each.person for each in alerted if each.tier is Tier.ALERT_LEADERS]
    heard = sorted(first.get(chat(people[each]), inf) for each in leaders)
    everybody = sorted(first.get(chat(people[each.person]), inf) for each in alerted)
    tell(
        f"readiness.{name}.leaders",
        heard[: min(LEADERS, len(heard))][-1],
        "s",
        at_most=LEADERS_WITHIN,
        beside={"people": len(leaders)},
    )
    floor = {"floor": len(alerted) / PER_SECOND, "people": len(alerted)}
    tell(f"readiness.{name}.all", everybody[-1], "s", at_most=ALL_WITHIN, beside=floor)
    missing = len(alerted) - tally.get(DeliveryState.DELIVERED, 0)
    tell(f"readiness.{name}.lost", missing, "people", at_most=0)


async def _measure_answers(name: str, crowd: Crowd, alert: uuid.UUID) -> None:
    """Let everybody answer within ten seconds; each press is answered with their own card."""
    async with crowd.database.transaction() as tx:
        alerted = await tx.recipients.of(alert)
        people = {each.id: each.aad_id for each in (await read_roster(tx)).people.values()}
    button = await crowd.button("alert.reply")
    waited: list[float] = []

    async def answers(number: int, who: str) -> None:
        await asyncio.sleep(number * ANSWERS_IN / len(alerted))
        pressed = time.monotonic()
        await crowd.presses_one(button, by=who)
        waited.append(time.monotonic() - pressed)

    async with asyncio.TaskGroup() as group:
        for number, each in enumerate(alerted):
            group.create_task(answers(number, people[each.person]))
    p95, p99 = (quantiles(waited, n=100, method="inclusive")[n - 1] for n in (95, 99))
    tell(f"readiness.{name}.answer_p95", p95, "s", at_most=ANSWERED_WITHIN)
    tell(f"readiness.{name}.answer_p99", p99, "s", at_most=ANSWERED_WITHIN)
    async with crowd.database.transaction() as tx:
        replied = [each for each in await tx.recipients.of(alert) if each.reply]
    tell(f"readiness.{name}.unanswered", len(alerted) - len(replied), "people", at_most=0)


def _tell_lateness(name: str, climbed: Lateness, *, at_most: float) -> None:
    late = sorted(climbed.late)
    p99 = quantiles(late, n=100, method="inclusive")[98]
    beside = {"ladders": climbed.expected, "longest": late[-1]}
    tell(f"{name}_p99", p99, "s", at_most=at_most, beside=beside)
    tell(f"{name}_skipped", climbed.expected - len(late), "ladders", at_most=0)
    tell(f"{name}_doubled", climbed.doubled, "ladders", at_most=0)


async def _measure_restart(name: str, bot: OurBot, plan: Plan) -> None:
    """Let ladders fall due while nobody runs."""
    async with _opened(bot) as database:
        raised = await raise_ladders(
            database, alerts=plan.ladders, first=timedelta(), last=plan.dead
        )
        await asyncio.sleep(plan.dead.total_seconds())
        up = datetime.now(UTC)
        async with bot.running():
            await asyncio.sleep(SETTLES.total_seconds())
            climbed = await lateness(database, raised, up_since=up)
    _tell_lateness(f"readiness.{name}.restart", climbed, at_most=LATE_AFTER_A_RESTART)


async def _measure_board(name: str, bot: OurBot, *, alerts: int) -> None:
    """Read the board as the page asks for it, with more open alerts than there will ever be."""
    async with _opened(bot) as database:
        await fill_the_board(database, alerts=alerts, people=EVERYBODY)
        async with database.transaction() as tx:
            [by, *_] = await tx.people.of_office(Office.SEK)
        see = viewer(database, now=lambda: datetime.now(UTC))
        took, size = [], 0
        for _ in range(LOOKS):
            began = time.perf_counter()
            size = len(json.dumps(await see(by.aad_id, "board", {})))
            took.append((time.perf_counter() - began) * 1000)
    p95 = quantiles(took, n=20, method="inclusive")[-1]
    beside = {"alerts": alerts, "people": EVERYBODY, "kilobytes": size / 1000}
    tell(f"readiness.{name}.board_p95", p95, "ms", at_most=BOARD_MS, beside=beside)


@asynccontextmanager
async def _opened(bot: OurBot) -> AsyncIterator[Database]:
    database = open_database(Settings.from_environment(bot.env))
    await database.open()
    try:
        yield database
    finally:
        await database.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="SQLite, fewer ladders, a tenth of the board"
    )
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else WHOLE)))
