"""A year in the Secretariat's mailbox: 462 meetings with 15 people, 30 % changed, 5 % cancelled.

The stand-in for Graph throttles as Microsoft does (4 at once, 10,000 in ten minutes), checks every
request against Microsoft's contract, and counts what Exchange would have sent to whom. In the
story called stormy it also refuses every seventh batch for a while, breaks a part of others, and
loses every eleventh answer after having done what was asked. In the one called killed, the replica
that keeps the mailbox dies wherever it is, again and again, and another takes over.

Minutes are simulated: twenty messages a minute are what Exchange's limit leaves us, and that is
what a year takes. Seconds are this machine's, for both sides.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.support.figures import end, note, tell
from bench.support.mailbox_year import ATTENDEES, BEGUN, MailboxYear, Took
from bench.support.servers import postgresql_server
from storage.migrate import upgrade
from tests.support.meeting_workers import VAULT
from tests.support.mortal import Life, MortalCalendar, MortalDatabase
from tests.support.outlook import MAILBOX, Office, an_office

A_MINUTE = timedelta(minutes=1)
MOST_SENT = 20  # a minute
MINUTES = 25  # for a year, as the spec has it
FEW, MANY = 0.1, 0.5  # of those who are asked answer
KILLS = 15
IDLE = 10  # runs with nothing to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    name: str
    sqlite: bool = True
    stormy: bool = False
    killed: bool = False
    answering: float = MANY


QUICK = (Story(name="calm", answering=FEW),)
STORIES = (
    Story(name="calm"),
    Story(name="stormy", stormy=True),
    Story(name="killed", killed=True),
    Story(name="postgresql", sqlite=False),
)


async def main(stories: tuple[Story, ...]) -> int:
    for story in stories:
        async with _database(story) as url:
            life = Life()
            database = MortalDatabase(url, VAULT, life)
            await database.open()
            async with an_office(database, at=BEGUN) as office:
                office.calendar = MortalCalendar(office.client, mailbox=MAILBOX, life=life)
                dies = life if story.killed else None
                await _measure(story, MailboxYear(database=database, mailbox=office, life=dies))
            await database.dispose()
    return end()


async def _measure(story: Story, year: MailboxYear) -> None:
    office, name = year.mailbox, f"graph.{story.name}"
    if story.stormy:
        _storm(office)
    await year.is_published()
    note(f"{story.name}: {len(year.held)} meetings of {ATTENDEES}")
    meetings = len(year.held)
    created = await year.is_put()
    calm = not (story.stormy or story.killed)
    _tell(f"{name}.created", created, meetings, at_most=MINUTES if calm else None)
    changed = await year.is_changed()
    _tell(f"{name}.changed", await year.is_put(), changed)
    cancelled = await year.is_cancelled()
    _tell(f"{name}.cancelled", await year.is_put(), cancelled)
    await _tell_ends(name, year)
    await _tell_manners(name, office)
    if story.killed:
        tell(f"{name}.kills", year.kills, "replicas", at_least=KILLS)
    if calm:
        await _tell_answers(name, year, story.answering)
    await _tell_idle(name, office)


def _storm(office: Office) -> None:
    faults = office.graph.faults
    faults.add(op="batch", after=3, every=7, status=429, retry_after=20)
    faults.add(op="batch", after=5, every=11, cut=True, done_first=True)
    faults.add(op="events.create", in_batch=True, after=10, every=37, status=503)
    faults.add(op="events.update", in_batch=True, after=10, every=31, status=500)


def _tell(name: str, took: Took, many: int, *, at_most: float | None = None) -> None:
    beside = {
        "events": many,
        "requests": took.requests,
        "calls": took.calls,
        "cpu_s": took.cpu,
    }
    tell(f"{name}.minutes", took.minutes, "simulated", at_most=at_most, beside=beside)


async def _tell_ends(name: str, year: MailboxYear) -> None:
    tell(f"{name}.lost", await year.lost(), "events", at_most=0)
    tell(f"{name}.doubled", await year.doubled(), "events", at_most=0)
    expected = {kind: float(count) for kind, count in sorted(year.expected.items())}
    tell(f"{name}.wrongly_told", year.wrongly_told(), "letters", at_most=0, beside=expected)


async def _tell_manners(name: str, office: Office) -> None:
    log, outbox = office.graph.log, office.graph.outbox
    sent = outbox.most_sendings_in(A_MINUTE)
    tell(f"{name}.most_a_minute", sent, "messages", at_most=MOST_SENT)
    tell(f"{name}.most_at_once", log.most_at_once, "requests", at_most=4)
    tell(f"{name}.too_early", len(log.too_early), "requests", at_most=0)
    tell(f"{name}.wrong", len(log.wrong), "requests", at_most=0)
    bodies = [each for each in log.of("events.update") if "body" in each.body]
    tell(f"{name}.bodies_changed", len(bodies), "requests", at_most=0)
    tell(f"{name}.all", len(log.requests), "requests", beside={"calls": len(log.calls)})


async def _tell_answers(name: str, year: MailboxYear, share: float) -> None:
    """Read what they say, and once more after Outlook has forgotten where we were."""
    said = await year.answers(share)
    office = year.mailbox
    for what in ("read", "read_anew"):
        requests, cpu = len(office.graph.log.requests), time.process_time()
        await office.reads()
        beside = {"answers": said, "requests": len(office.graph.log.requests) - requests}
        tell(f"{name}.{what}", time.process_time() - cpu, "cpu s", beside=beside)
        office.graph.calendar.feed.expire()
    tell(f"{name}.not_heard", said - await year.heard(), "answers", at_most=0)


async def _tell_idle(name: str, office: Office) -> None:
    """Tell what the job costs each minute when Outlook is as it should be."""
    cpu, asked = time.process_time(), len(office.graph.log.calls)
    await office.keeps(minutes=IDLE)
    beside = {"calls": len(office.graph.log.calls) - asked}
    tell(f"{name}.idle", 1000 * (time.process_time() - cpu) / IDLE, "cpu ms", beside=beside)


@asynccontextmanager
async def _database(story: Story) -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if story.sqlite:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'graph.sqlite3'}"
            await upgrade(url)
            yield url
            return
        with postgresql_server() as server:
            url = await server.create("graph")
            await upgrade(url)
            yield url


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a calm year on SQLite")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else STORIES)))
