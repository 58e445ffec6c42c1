"""Prometheus reads numbers at an address of its own, and nothing that somebody said."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import serve_metrics
from bot.signals import Signals
from bot.web import Answer
from tests.support.door import ANNA, Knocker, message, of_type

CANARY = "kanariefugl"
FAMILIES = {
    "ssp_delivered",
    "ssp_delivery_lateness_seconds",
    "ssp_sends",
    "ssp_throttled",
    "ssp_paused_seconds",
    "ssp_turn_seconds",
    "ssp_turn_faults",
    "ssp_outbox_notices",
    "ssp_outbox_oldest_overdue_seconds",
    "ssp_pace_per_second",
    "ssp_audit_clean_timestamp_seconds",
    "ssp_trouble",
}


@asynccontextmanager
async def _offered(signals: Signals) -> AsyncIterator[str]:
    async with serve_metrics(signals, host="127.0.0.1", port=0) as port:
        yield f"http://127.0.0.1:{port}"


async def _scrape(outside: Knocker) -> str:
    async with (
        _offered(outside.signals) as address,
        outside.session.get(f"{address}/metrics") as answer,
    ):
        return await answer.text()


def _turns(text: str) -> dict[tuple[str, str], float]:
    """How many calls there were, by kind and result; those that there were none of left out."""
    return {
        (each.labels["kind"], each.labels["result"]): each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
        if each.name == "ssp_turn_seconds_count" and each.value
    }


class TestAScrape:
    async def test_tells_what_was_asked_and_what_came_of_it(self, outside: Knocker) -> None:
        await outside.sends()
        await outside.sends(of_type("invoke"))
        await outside.sends(of_type("invoke"))
        await outside.sends(of_type("conversationUpdate"))
        await outside.sends(token="forged")
        outside.answer = lambda: Answer(status=503)
        await outside.sends()

        assert _turns(await _scrape(outside)) == {
            ("message", "answered"): 1,
            ("invoke", "answered"): 2,
            ("other", "answered"): 1,
            ("other", "refused"): 1,
            ("message", "failed"): 1,
        }

    async def test_has_every_family(self, outside: Knocker) -> None:
        said = text_string_to_metric_families(await _scrape(outside))

        assert {family.name for family in said} >= FAMILIES

    async def test_tells_nothing_that_was_confided(self, outside: Knocker) -> None:
        """AC-LOG-01: canaries in every place an activity has, on every way through."""

        def breaks() -> Answer:
            raise ValueError(CANARY)

        anna = {"id": CANARY, "name": CANARY, "aadObjectId": ANNA}
        everything = message(
            id=CANARY, text=CANARY, conversation={"id": CANARY}, name=CANARY, **{"from": anna}
        )
        await outside.sends(everything)
        outside.answer = breaks
        await outside.sends(everything)
        await outside.sends(everything | {"type": CANARY})
        await outside.sends(everything | {"timestamp": CANARY})
        await outside.asks("POST", f"/{CANARY}?{CANARY}={CANARY}", headers={CANARY: CANARY})

        text = await _scrape(outside)
        assert _turns(text)[("message", "failed")] == 1
        assert CANARY not in text
        assert ANNA not in text


class TestTheAddress:
    async def test_speaks_the_text_format(self, outside: Knocker) -> None:
        async with _offered(outside.signals) as address:
            answer = await outside.session.get(f"{address}/metrics")

        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("HEAD", "/metrics"),
            ("POST", "/metrics"),
            ("GET", "/"),
            ("GET", "/metrics/"),
            ("GET", "/api/messages"),
            ("GET", f"/{CANARY}"),
        ],
    )
    async def test_has_nothing_else(self, method: str, path: str, outside: Knocker) -> None:
        async with (
            _offered(outside.signals) as address,
            outside.session.request(method, address + path) as answer,
        ):
            assert (answer.status, await answer.read()) == (404, b"")

    async def test_is_not_the_one_that_teams_knows(self, outside: Knocker) -> None:
        assert (await outside.asks("GET", "/metrics")).status == 404

    async def test_that_is_taken_does_not_stop_the_bot(
        self, outside: Knocker, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with (
            serve_metrics(outside.signals, host="127.0.0.1", port=0) as taken,
            serve_metrics(outside.signals, host="127.0.0.1", port=taken or 0) as port,
        ):
            reply = await outside.sends()

        assert (port, reply.status) == (None, 200)
        assert [
            (record.message, record.levelno)
            for record in caplog.records
            if record.name == "bot.metrics"
        ] == [("metrics not offered", logging.ERROR)]

    async def test_is_free_again_afterwards(self, outside: Knocker) -> None:
        async with _offered(outside.signals) as address:
            pass

        with pytest.raises(aiohttp.ClientConnectionError):
            await outside.session.get(f"{address}/metrics")
