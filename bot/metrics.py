"""Where Prometheus reads the metrics: an address of its own, never the one Teams knows."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bot.signals import Signals

PATH = "/metrics"
_HEADERS = {"Server": "ssp", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

log = logging.getLogger(__name__)


@asynccontextmanager
async def serve_metrics(signals: Signals, *, host: str, port: int) -> AsyncIterator[int | None]:
    """Answer `GET /metrics` until the block ends; gives the port, which 0 lets the system choose.

    Where it cannot listen the bot goes on without, and None comes back: a colleague still gets
    their message, and Prometheus notices by itself that nobody answers it.
    """

    async def answer(request: web.BaseRequest) -> web.Response:
        if (request.method, request.path) != ("GET", PATH):
            return web.Response(status=HTTPStatus.NOT_FOUND, headers=_HEADERS)
        headers = {**_HEADERS, "Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=signals.written(), headers=headers)

    runner = web.ServerRunner(web.Server(answer, access_log=None), handle_signals=False)
    await runner.setup()
    try:
        yield await _listen(runner, host, port)
    finally:
        await runner.cleanup()


async def _listen(runner: web.ServerRunner, host: str, port: int) -> int | None:
    try:
        await web.TCPSite(runner, host, port, reuse_address=True).start()
    except OSError:
        log.exception("metrics not offered", extra={"port": port})
        return None
    return int(runner.addresses[0][1])
