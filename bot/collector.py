"""Spans on their way to a collector: gathered in a queue, sent from a thread of their own.

Everything is passed to the SDK explicitly, and spans leave through the standard library, so
that no variable of the environment decides where they go or what they carry
(docs/decisions/0024-signals.md says what remains).
"""

import asyncio
import logging
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Thread
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ALWAYS_ON

from bot import logs
from bot.spans import Fact, Span, SpanName, Tracer

SENT_EVERY = timedelta(seconds=5)
TIMEOUT = timedelta(seconds=2)
CLOSE_WITHIN = timedelta(seconds=5)
SAY_AGAIN_AFTER = timedelta(minutes=10)
QUEUE, BATCH = 2048, 512  # spans; what does not fit is dropped, the oldest first
PATH = "/v1/traces"
OTHER = "other"
_HEADERS = {"Content-Type": "application/x-protobuf"}
_BEGINS_A_TRACE = frozenset({SpanName.TURN, SpanName.BATCH})
_LIMITS = SpanLimits(
    max_attributes=16,
    max_events=0,
    max_links=0,
    max_span_attributes=16,
    max_event_attributes=0,
    max_link_attributes=0,
    max_attribute_length=80,
    max_span_attribute_length=80,
)

log = logging.getLogger(__name__)


class CollectedTracer(Tracer):
    """Follows spans for the collector at `endpoint`. Nobody ever waits for it."""

    def __init__(self, endpoint: str, *, replica: int) -> None:
        logging.getLogger("opentelemetry").setLevel(logging.ERROR)  # `_Exporter` says it for all
        self._exporter = _Exporter(endpoint)
        no_metrics = NoOpMeterProvider()
        self._provider = TracerProvider(
            sampler=ALWAYS_ON,
            resource=Resource({"service.name": "ssp-bot", "service.instance.id": str(replica)}),
            shutdown_on_exit=False,
            span_limits=_LIMITS,
            meter_provider=no_metrics,
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(
                self._exporter,
                max_queue_size=QUEUE,
                max_export_batch_size=BATCH,
                schedule_delay_millis=SENT_EVERY / timedelta(milliseconds=1),
                export_timeout_millis=TIMEOUT / timedelta(milliseconds=1),
                meter_provider=no_metrics,
            )
        )
        self._tracer = self._provider.get_tracer("ssp-bot")

    @contextmanager
    def span(self, name: SpanName, **facts: Fact) -> Iterator[Span]:
        with self._tracer.start_as_current_span(
            name.value,
            context=Context() if name in _BEGINS_A_TRACE else None,
            record_exception=False,  # an exception's text is often what somebody wrote
            set_status_on_exception=False,
        ) as followed:
            if name is SpanName.TURN:
                followed.set_attribute("ssp.correlation", logs.correlation.get())
            span = _CollectedSpan(followed)
            span.note(**facts)
            try:
                yield span
            except BaseException as problem:
                followed.set_status(trace.StatusCode.ERROR)
                followed.set_attribute("error.type", type(problem).__qualname__)
                raise

    async def close(self) -> None:
        """Send what is left, but hold nobody up for a collector that does not answer."""
        self._exporter.close_within(CLOSE_WITHIN)
        closing = Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        await asyncio.to_thread(closing.join, CLOSE_WITHIN.total_seconds())


class _CollectedSpan(Span):
    def __init__(self, followed: trace.Span) -> None:
        self._followed = followed

    def note(self, **facts: Fact) -> None:
        for name, fact in facts.items():
            self._followed.set_attribute(f"ssp.{name}", _plain(fact))


def _plain(fact: object) -> bool | int | float | str:
    """Write a fact as an attribute; what is no fact, whatever the types say, is `other`."""
    match fact:
        case Enum():
            return str(fact.value)
        case bool() | int() | float():
            return fact
        case timedelta():
            return fact / timedelta(milliseconds=1)
        case UUID():
            return str(fact)
        case _:
            return OTHER


class _Exporter(SpanExporter):
    """Posts spans as OTLP over HTTP, once: what is not taken is lost, and only spans are."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._path = parts.path.rstrip("/") + PATH
        self._trust = ssl.create_default_context() if self._secure else None
        self._until: float | None = None
        self._said_at: float | None = None
        self._lost = 0

    def close_within(self, time: timedelta) -> None:
        """Begin nothing later than this."""
        self._until = monotonic() + time.total_seconds() / 2

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        if self._until is not None and monotonic() > self._until:
            return SpanExportResult.FAILURE
        try:
            status = self._post(encode_spans(spans).SerializeToString())
        except (OSError, HTTPException) as problem:
            return self._not_taken(len(spans), type(problem).__name__)
        if status not in range(200, 300):
            return self._not_taken(len(spans), str(status))
        return SpanExportResult.SUCCESS

    def _post(self, body: bytes) -> int:
        connection = self._connection()
        try:
            connection.request("POST", self._path, body=body, headers=_HEADERS)
            return connection.getresponse().status
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        timeout = TIMEOUT.total_seconds()
        if self._trust is None:
            return HTTPConnection(self._host, self._port, timeout=timeout)
        return HTTPSConnection(self._host, self._port, timeout=timeout, context=self._trust)

    def _not_taken(self, count: int, why: str) -> SpanExportResult:
        """Say it the first time, and then now and again."""
        self._lost += count
        now = monotonic()
        if self._said_at is None or now - self._said_at >= SAY_AGAIN_AFTER.total_seconds():
            log.warning("spans not taken", extra={"why": why, "lost": self._lost})
            self._said_at, self._lost = now, 0
        return SpanExportResult.FAILURE
