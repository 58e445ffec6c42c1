"""An OpenTelemetry collector that keeps what it is sent, over real HTTP on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Status


@dataclass(frozen=True, kw_only=True)
class Collected:
    """A span that arrived."""

    name: str
    trace: bytes
    parent: bytes
    failed: bool
    facts: dict[str, object]


@dataclass(kw_only=True)
class Collector:
    """What has arrived, byte for byte and decoded; `silent` takes calls and answers none."""

    endpoint: str = ""
    silent: bool = False
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def spans(self) -> list[Collected]:
        return [
            Collected(
                name=span.name,
                trace=span.trace_id,
                parent=span.parent_span_id,
                failed=span.status.code == Status.STATUS_CODE_ERROR,
                facts={each.key: _value(each) for each in span.attributes},
            )
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def resources(self) -> list[dict[str, object]]:
        return [
            {each.key: _value(each) for each in resource.resource.attributes}
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        ]

    async def take(self, request: web.BaseRequest) -> web.Response:
        self.asked.set()
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        self.bodies.append(await request.read())
        if self.silent:
            await self.closing.wait()
        return web.Response(status=HTTPStatus.OK)


def _value(each: KeyValue) -> object:
    return getattr(each.value, each.value.WhichOneof("value") or "string_value")


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    """Run a collector until the block ends."""
    collector = Collector()
    runner = web.ServerRunner(web.Server(collector.take))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        collector.endpoint = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield collector
    finally:
        collector.closing.set()
        await runner.cleanup()
