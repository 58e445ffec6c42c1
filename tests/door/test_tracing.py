"""Traces reach a collector if there is one, hold up nobody if it is away, and confide nothing."""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.spans import SpanName
from bot.tracing import open_tracer
from bot.web import Answer
from devtools.ports import free_port
from domain.notices import NoticeKind
from tests.support.collector import collecting
from tests.support.door import ANNA, knocker, message

ROOT = Path(__file__).parents[2]
CANARY = "kanariefugl"
ABOUT = UUID("5f0d3a3c-1d59-4df4-9f0e-0c1f6a2b7d11")
# What the packages look up by themselves; docs/decisions/0024-signals.md says what each can do.
REMAINS = {
    "OTEL_PYTHON_CONTEXT",
    "OTEL_PYTHON_SDK_INTERNAL_METRICS_ENABLED",
    "OTEL_SDK_DISABLED",
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
}


def _warnings(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.levelno >= logging.WARNING]


class TestACollector:
    async def test_hears_of_every_turn(self) -> None:
        async with (
            collecting() as collector,
            open_tracer(collector.endpoint) as tracer,
            knocker(tracer=tracer) as outside,
        ):
            await outside.sends()
            outside.answer = lambda: Answer(status=503)
            await outside.sends()

        assert collector.paths == ["/v1/traces"]
        first, second = collector.spans
        assert (first.name, first.facts["ssp.kind"], first.facts["ssp.status"]) == (
            "turn",
            "message",
            200,
        )
        assert second.facts["ssp.status"] == 503
        assert first.trace != second.trace

    async def test_finds_a_turn_in_the_log_by_its_number(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, "bot")
        async with (
            collecting() as collector,
            open_tracer(collector.endpoint) as tracer,
            knocker(tracer=tracer) as outside,
        ):
            outside.answer = lambda: Answer(status=int("no number"))
            reply = await outside.sends()

        [span] = collector.spans
        assert span.facts["ssp.correlation"] == json.loads(reply.text)["correlation"]
        assert (span.failed, span.facts["error.type"]) == (True, "ValueError")

    async def test_sees_a_batch_and_its_messages_as_one_trace(self) -> None:
        async with (
            collecting() as collector,
            open_tracer(collector.endpoint, replica=2) as tracer,
        ):
            with tracer.span(SpanName.TURN), tracer.span(SpanName.BATCH, count=1) as batch:
                with tracer.span(SpanName.SEND, kind=NoticeKind.CONCERN_PING, about=ABOUT):
                    pass
                batch.note(took=timedelta(seconds=1.5), late=False)

        spans = {span.name: span for span in collector.spans}
        assert spans["send"].trace == spans["batch"].trace
        assert spans["send"].facts == {"ssp.kind": "concern_ping", "ssp.about": str(ABOUT)}
        assert spans["batch"].facts == {"ssp.count": 1, "ssp.took": 1500.0, "ssp.late": False}
        assert spans["batch"].parent == b""
        assert spans["batch"].trace != spans["turn"].trace
        assert collector.resources == [{"service.name": "ssp-bot", "service.instance.id": "2"}]

    async def test_is_told_nothing_that_was_confided(self) -> None:
        """AC-LOG-01: canaries in every place an activity has, and in what goes wrong."""

        def breaks() -> Answer:
            raise ValueError(CANARY)

        anna = {"id": CANARY, "name": CANARY, "aadObjectId": ANNA}
        everything = message(id=CANARY, text=CANARY, conversation={"id": CANARY}, **{"from": anna})
        async with (
            collecting() as collector,
            open_tracer(collector.endpoint) as tracer,
            knocker(tracer=tracer) as outside,
        ):
            await outside.sends(everything)
            outside.answer = breaks
            await outside.sends(everything)

        assert len(collector.spans) == 2
        for confided in (CANARY, ANNA):
            assert not [body for body in collector.bodies if confided.encode() in body]

    async def test_is_told_no_text_whatever_the_types_say(self) -> None:
        """AC-LOG-01."""
        said: Any = CANARY
        async with collecting() as collector, open_tracer(collector.endpoint) as tracer:
            with tracer.span(SpanName.TURN) as span:
                span.note(kind=said)

        [span_sent] = collector.spans
        assert span_sent.facts["ssp.kind"] == "other"


class TestWithoutAnAnswer:
    async def test_turns_go_on_when_the_collector_is_away(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with (
            open_tracer(f"http://127.0.0.1:{free_port()}/{CANARY}") as tracer,
            knocker(tracer=tracer) as outside,
        ):
            replies = [await outside.sends() for _ in range(3)]

        assert [reply.status for reply in replies] == [200, 200, 200]
        [line] = _warnings(caplog)
        assert line.getMessage() == "spans not taken"
        assert (vars(line)["why"], vars(line)["lost"]) == ("ConnectionRefusedError", 3)
        assert CANARY not in caplog.text

    async def test_it_is_said_once_not_for_every_batch(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with open_tracer(f"http://127.0.0.1:{free_port()}") as tracer:
            for _ in range(5_000):
                with tracer.span(SpanName.TURN):
                    pass

        assert [line.getMessage() for line in _warnings(caplog)] == ["spans not taken"]

    async def test_turns_go_on_when_the_collector_hangs(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with collecting() as collector:
            collector.silent = True
            async with (
                open_tracer(collector.endpoint) as tracer,
                knocker(tracer=tracer) as outside,
            ):
                for _ in range(1_000):  # more than a batch: the thread begins to send
                    with tracer.span(SpanName.SEND):
                        pass
                await asyncio.wait_for(collector.asked.wait(), timeout=10)
                reply = await outside.sends()

        assert reply.status == 200
        assert [vars(line)["why"] for line in _warnings(caplog)] == ["TimeoutError"]


class TestTheEnvironment:
    """Only bot/settings.py decides what is sent where."""

    async def test_has_no_say(self) -> None:
        async with collecting() as elsewhere, collecting() as collector:
            await _run(
                _A_SPAN,
                collector.endpoint,
                HTTP_PROXY=elsewhere.endpoint,
                ALL_PROXY=elsewhere.endpoint,
                OTEL_EXPORTER_OTLP_ENDPOINT=elsewhere.endpoint,
                OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=elsewhere.endpoint,
                OTEL_EXPORTER_OTLP_HEADERS=f"authorization={CANARY}",
                OTEL_RESOURCE_ATTRIBUTES=f"said={CANARY}",
                OTEL_SERVICE_NAME=CANARY,
                OTEL_EXPERIMENTAL_RESOURCE_DETECTORS="process,os,host",
                OTEL_TRACES_SAMPLER="always_off",
                OTEL_BSP_SCHEDULE_DELAY="-1",
            )

        assert [span.name for span in collector.spans] == ["turn"]
        assert collector.resources == [{"service.name": "ssp-bot", "service.instance.id": "0"}]
        assert CANARY not in str(collector.headers)
        assert not elsewhere.bodies

    async def test_is_asked_for_nothing_but_what_is_written_down(self) -> None:
        asked = await _run(
            "import os, sys\n"
            "asked = set()\n"
            "kind = type(os.environ)\n"
            "get, has = kind.__getitem__, kind.__contains__\n"
            "kind.__getitem__ = lambda self, key: (asked.add(key), get(self, key))[1]\n"
            "kind.__contains__ = lambda self, key: (asked.add(key), has(self, key))[1]\n"
            f"{_A_SPAN}"
            "print(*(name for name in asked if name.startswith('OTEL')))\n",
            "http://127.0.0.1:1",
        )

        decision = (ROOT / "docs" / "decisions" / "0024-signals.md").read_text(encoding="utf-8")
        assert set(asked.split()) == REMAINS
        assert not [name for name in REMAINS if f"`{name}`" not in decision]

    async def test_without_an_endpoint_nothing_of_it_is_loaded(self) -> None:
        loaded = await _run(
            "import sys, bot.__main__\n"
            f"{_A_SPAN}"
            "print(*(name for name in sys.modules if 'opentelemetry' in name))\n",
            "",
        )

        assert loaded.split() == []


_A_SPAN = """
import asyncio, sys
from bot.spans import SpanName
from bot.tracing import open_tracer
async def follow():
    async with open_tracer(sys.argv[1]) as tracer:
        with tracer.span(SpanName.TURN):
            pass
asyncio.run(follow())
"""


async def _run(program: str, endpoint: str, **environment: str) -> str:
    """Run a program of its own; what it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program, endpoint), cwd=ROOT, env=environment, stdout=PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0
    return printed.decode()
