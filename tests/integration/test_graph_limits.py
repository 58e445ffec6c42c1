"""Microsoft's limits, kept against a stand-in that keeps count as Outlook does (MTG-14)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest

from graph.calls import Answer, Call, GraphRefused, GraphSilent, Sends, path
from graph.client import Graph
from graph.needs import Need
from localgraph.server import LocalGraph, running
from tests.support.graph_here import Hurried, graph_at

MAILBOX = "ssp-sekretariat@kbh.example"
METTE = "mette@kbh.example"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Office:
    outlook: LocalGraph
    graph: Graph
    time: Hurried


@asynccontextmanager
async def an_office() -> AsyncIterator[Office]:
    """Open a mailbox, and a Graph that tells the time by the same clock."""
    time = Hurried()
    tenant = LocalGraph(mailboxes=[MAILBOX], now=lambda: NOON + timedelta(seconds=time.at))
    async with running(tenant) as outlook, graph_at(outlook.base_url, timer=time.timer()) as graph:
        outlook.directory.add_person("box", "SSP-sekretariatet", MAILBOX)
        outlook.directory.add_person("mette", "Mette Holm", METTE)
        yield Office(outlook=outlook, graph=graph, time=time)


def _invitation(number: int) -> Call:
    begins = NOON + timedelta(days=number)
    hour = {"timeZone": "UTC"}
    return Call(
        need=Need.CALENDAR,
        method="POST",
        path=path("users", MAILBOX, "events"),
        body={
            "subject": "Møde",
            "transactionId": str(uuid5(NAMESPACE_URL, str(number))),
            "start": {**hour, "dateTime": f"{begins:%Y-%m-%dT%H:%M:%S}"},
            "end": {**hour, "dateTime": f"{begins + A_MINUTE:%Y-%m-%dT%H:%M:%S}"},
            "attendees": [{"type": "required", "emailAddress": {"address": METTE}}],
        },
        once=True,
        sends=Sends.IN_TURN,
    )


READ = Call(need=Need.CALENDAR, method="GET", path=path("users", MAILBOX, "calendar"))


async def test_four_at_once_whoever_asks() -> None:
    async with an_office() as office:
        await asyncio.gather(*(office.graph.call(READ) for _ in range(100)))

        assert len(office.outlook.log.calls) == 100
        assert office.outlook.log.most_at_once == 4
        assert {call.status for call in office.outlook.log.calls} == {200}


async def test_a_year_is_sent_twenty_a_minute_and_nobody_is_invited_twice() -> None:
    async with an_office() as office:
        for number in range(70):
            await office.graph.call(_invitation(number))

        assert len(office.outlook.outbox.of(METTE)) == 70
        assert office.outlook.outbox.most_sendings_in(A_MINUTE) == 20
        assert office.time.at < 4 * 62


async def test_together_they_are_as_slow() -> None:
    async with an_office() as office:
        came = await office.graph.batch([_invitation(number) for number in range(70)])

        assert all(isinstance(each, Answer) for each in came)
        assert office.outlook.outbox.most_sendings_in(A_MINUTE) == 20
        parts = [call.body["requests"] for call in office.outlook.log.of("batch")]
        assert [len(each) for each in parts] == [20, 20, 20, 10]
        assert office.outlook.log.most_at_once <= 4


async def test_a_storm_is_waited_out_and_nothing_leaves_too_early() -> None:
    """429 storms: nothing lost, nothing doubled, and no call before Retry-After is over."""
    async with an_office() as office:
        office.outlook.faults.storm(times=3, retry_after=12)
        await asyncio.gather(*(office.graph.call(_invitation(number)) for number in range(12)))

        assert office.outlook.log.too_early == []
        assert len(office.outlook.outbox.of(METTE)) == 12


async def test_half_a_batch_that_fails_is_sent_again_and_the_other_half_is_not() -> None:
    async with an_office() as office:
        office.outlook.faults.add(op="events.create", every=2, times=5, status=503)
        came = await office.graph.batch([_invitation(number) for number in range(10)])

        assert all(isinstance(each, Answer) for each in came)
        assert len(office.outlook.outbox.of(METTE)) == 10
        assert [len(each.body["requests"]) for each in office.outlook.log.of("batch")] == [10, 5]


async def test_an_answer_that_is_lost_invites_nobody_twice() -> None:
    """MTG-13."""
    async with an_office() as office:
        office.outlook.faults.lose_answer(op="events.create", times=2)
        answer = await office.graph.call(_invitation(1))

        assert answer.body["transactionId"] == str(uuid5(NAMESPACE_URL, "1"))
        assert len(office.outlook.calendar.events) == 1
        assert len(office.outlook.outbox.of(METTE)) == 1


async def test_a_mailbox_of_somebody_elses_is_asked_once() -> None:
    """MTG-18."""
    async with an_office() as office:
        office.outlook.gate.mailboxes = {METTE}
        refused = await office.graph.batch([READ] * 3)

        assert [each.code for each in refused if isinstance(each, GraphRefused)] == [
            "ErrorAccessDenied"
        ] * 3
        assert len(office.outlook.log.of("batch")) == 1


async def test_who_is_in_a_hurry_hears_at_once_and_asks_again_later() -> None:
    """An alert's mail has other ways: it neither sleeps here nor is it sent twice."""
    async with an_office() as office:
        office.outlook.faults.storm(times=1, retry_after=5)
        hurried = replace(READ, hurried=True)
        for code in ("ApplicationThrottled", "heldBack"):
            with pytest.raises(GraphRefused) as refused:
                await office.graph.call(hurried)
            assert refused.value.code == code

        assert (office.time.slept, len(office.outlook.log.calls)) == ([], 1)
        office.time.at += 5
        assert (await office.graph.call(hurried)).status == 200


async def test_who_is_in_a_hurry_is_not_sent_twice() -> None:
    async with an_office() as office:
        office.outlook.faults.lose_answer(op="events.create")
        with pytest.raises(GraphSilent):
            await office.graph.call(replace(_invitation(1), hurried=True))

        assert len(office.outlook.log.calls) == 1
