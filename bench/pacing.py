"""A send to everybody against a Teams that allows so much a second and takes 150–250 ms to answer.

Teams is a process of its own and counts what comes in every sliding second; the bot is run as in
production. The Secretariat presses the button that begins it, and times are counted from then, so
that what comes before the commit is in them. Where Teams takes 50 a second, five people write to
the bot meanwhile, and afterwards everybody presses what they got, at once.

Whether the event loop was blocked is seen from outside: `/healthz` is asked every 10 ms, and the
slowest answer is told, less what an answer takes while nothing happens.
"""

import argparse
import asyncio
import sys
import tempfile
import uuid
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median, quantiles

import aiohttp

from bench.support.crowd import Crowd, Sent, a_crowd, chat, register
from bench.support.figures import end, note, tell
from bench.support.probe import Answers, Probe, longest_block_ms
from bench.support.programs import OurBot, a_database, logged
from bench.support.standin import StandIn, apart
from domain.delivery import DeliveryState
from domain.notices import Tier

LATENCY = "0.15-0.25"  # seconds
EVERYBODY = 400
LEADERS = 40  # of those in the first tier
WRITING = 5
CALM = 2.0  # seconds
ACKNOWLEDGE = "notice.acknowledge"

LEADERS_WITHIN = 1.5  # seconds after the commit
HALF_WITHIN = 5.0
ALL_WITHIN = {50: 9.5, 30: 16.0, 10: 48.0}  # by the ceiling
PRESSED_WITHIN = 1.0
TURN_MS = 200
BLOCK_MS = 50
LONGEST = 2  # times the goal until we wait no more


@dataclass(frozen=True, kw_only=True)
class Case:
    """One send: by how many replicas, on which database, under which ceiling."""

    name: str
    database: str = "sqlite"
    replicas: int = 1
    ceiling: int = 50

    @property
    def whole(self) -> bool:
        """Whether it is sent as fast as Teams allows, with everything that goes with it."""
        return self.ceiling == max(ALL_WITHIN)


QUICK = (Case(name="sqlite"), Case(name="sqlite.thirty", ceiling=30))
CASES = (
    *QUICK,
    Case(name="postgresql", database="postgresql"),
    Case(name="three", database="postgresql", replicas=3),
    Case(name="three.thirty", database="postgresql", replicas=3, ceiling=30),
    Case(name="sqlite.ten", ceiling=10),
    Case(name="three.ten", database="postgresql", replicas=3, ceiling=10),
)


async def main(cases: Sequence[Case]) -> int:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        teams = await stack.enter_async_context(
            apart(app_id=str(uuid.uuid4()), session=session, keep=True)
        )
        file = folder / "register.yaml"
        file.write_bytes(register(EVERYBODY))
        for case in cases:
            with (
                logged(folder / f"{case.name}.log") as log,
                a_database(case.database, folder / case.name) as url,
            ):
                bot = OurBot(case.name, database_url=url, teams=teams, log=log, register=file)
                await _measure(case, bot, teams)
    return end()


async def _measure(case: Case, bot: OurBot, teams: StandIn) -> None:
    await teams.set(per_second=case.ceiling, latency=LATENCY)
    async with a_crowd(bot, replicas=case.replicas, teams=teams) as crowd:
        later = [who for who, tier in crowd.tiers.items() if tier is Tier.ALERT]
        writing = later[:WRITING] if case.whole else []
        probe = Probe(crowd.program.port)
        with probe.asking():
            async with crowd.talking(writing):
                await asyncio.sleep(CALM if case.whole else 0)
            calm = probe.taken()
            button = await crowd.previews()
            async with crowd.talking(writing) as waited:
                sent = await crowd.is_sent_to(button, within=LONGEST * ALL_WITHIN[case.ceiling])
                asked = probe.taken()
        note(f"{case.name}: {dict(sent.tally)}")
        _tell_sent(case, sent)
        if case.whole:
            _tell_manners(case, sent, crowd)
            _tell_loop(case, waited, asked, calm)
            await _measure_presses(case, crowd, sent)


def _tell_sent(case: Case, sent: Sent) -> None:
    name = f"pacing.{case.name}"
    floor = {"floor": EVERYBODY / case.ceiling}
    confirmed = sorted(sent.confirmed.values())
    missing = EVERYBODY - min(len(confirmed), sent.tally.get(DeliveryState.DELIVERED, 0))
    tell(f"{name}.lost", missing, "messages", at_most=0)
    tell(
        f"{name}.all",
        max(confirmed, default=inf),
        "s",
        at_most=ALL_WITHIN[case.ceiling],
        beside=floor,
    )
    tell(f"{name}.booked", sent.booked, "s", beside={"promised": sent.promised})
    ceiling = case.ceiling if case.whole else None
    arrived = sent.figures["arrived"]["most_in_a_second"]
    tell(f"{name}.most_in_a_second", arrived, "requests", at_most=ceiling)
    most = 0 if case.whole else None
    tell(f"{name}.throttled", sent.figures["throttled"], "answers", at_most=most)


def _tell_manners(case: Case, sent: Sent, crowd: Crowd) -> None:
    """Tell who heard first."""
    name = f"pacing.{case.name}"
    leaders = [who for who, tier in crowd.tiers.items() if tier is Tier.ALERT_LEADERS]
    attempted = [sent.arrived.get(chat(who), inf) for who in leaders]
    first = sorted(attempted)[:LEADERS]
    tell(f"{name}.leaders", max(first), "s", at_most=LEADERS_WITHIN)
    tell(f"{name}.first_tier", max(attempted), "s", beside={"people": len(leaders)})
    half = sorted(sent.confirmed.values())[EVERYBODY // 2 - 1 : EVERYBODY // 2]
    tell(f"{name}.half", max(half, default=inf), "s", at_most=HALF_WITHIN)


def _tell_loop(case: Case, waited: Sequence[float], asked: Answers, calm: Answers) -> None:
    """Tell how those fared who wanted something meanwhile."""
    name = f"pacing.{case.name}"
    p95 = quantiles(waited, n=20, method="inclusive")[-1] * 1000
    tell(f"{name}.turn_p95", p95, "ms", at_most=TURN_MS, beside={"turns": len(waited)})
    beside = {"calm median": median(calm) * 1000, "calm longest": max(calm) * 1000}
    block = longest_block_ms(asked, calm=calm)
    goal = BLOCK_MS if case.replicas == 1 else None  # the connection is one replica's
    tell(f"{name}.blocked", block, "ms", at_most=goal, beside=beside)


async def _measure_presses(case: Case, crowd: Crowd, sent: Sent) -> None:
    """Let everybody press what they got, at once, and later twice more."""
    name = f"pacing.{case.name}"
    button = await crowd.button(ACKNOWLEDGE)
    cpu = crowd.program.cpu
    pressed = await crowd.presses(button)
    beside = {"cpu": crowd.program.cpu - cpu}
    tell(f"{name}.pressed", pressed, "s", at_most=PRESSED_WITHIN, beside=beside)
    await crowd.presses(button, times=2)
    counted = (await crowd.tally(sent.trial)).get(DeliveryState.ACKNOWLEDGED, 0)
    tell(f"{name}.acknowledged", counted, "people", at_least=EVERYBODY, at_most=EVERYBODY)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one replica, SQLite, 50/s and 30/s")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else CASES)))
