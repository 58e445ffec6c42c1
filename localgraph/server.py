"""The stand-in put together: an aiohttp app, and an administrator's hands for tests."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from localgraph import batch
from localgraph.apps import Apps
from localgraph.calendar import Calendar
from localgraph.contract import BATCH, microsofts
from localgraph.directory import Directory
from localgraph.entra import Entra
from localgraph.faults import Faults
from localgraph.gate import Gate
from localgraph.limits import Limits
from localgraph.log import Call, Log
from localgraph.mail import Mail
from localgraph.operations import OUTLOOK, Operation, find
from localgraph.outbox import Outbox
from localgraph.outlook import Outlook
from localgraph.schedule import Schedule
from localgraph.times import stamp
from localgraph.wire import Answer, Asked, Cut, Refused

VERSION = "/v1.0"
BODY_AT_MOST = 4 * 1024 * 1024
Handler = Callable[..., Answer]


def clock() -> datetime:
    return datetime.now(UTC)


async def _at_once() -> None:
    await asyncio.sleep(0)


class LocalGraph:
    """One tenant. Use `async with running(LocalGraph(...)) as graph`."""

    def __init__(
        self,
        *,
        tenant: str = "00000000-0000-0000-0000-000000000001",
        mailboxes: Sequence[str] = (),
        now: Callable[[], datetime] = clock,
        latency: Callable[[], Awaitable[None]] = _at_once,
    ) -> None:
        """:param mailboxes: whom the app may act for (RBAC); none: everybody."""
        self.now = now
        self.address = ""
        self.log = Log()
        self.faults = Faults(now=now)
        self.limits = Limits(now=now)
        self.outbox = Outbox(now=now)
        self.directory = Directory()
        self.calendar = Calendar(self.outbox, now=now)
        self.outlook = Outlook(self.calendar, self.outbox, now=now)
        self.schedule = Schedule(self.directory, self.calendar)
        self.apps = Apps(self.directory)
        self.gate = Gate(mailboxes=mailboxes)
        self.entra = Entra(self.directory, tenant=tenant, gate=self.gate)
        self._latency = latency
        self._free = asyncio.Event()
        self._free.set()
        self._handlers = self._known(Mail(self.outbox))

    @property
    def base_url(self) -> str:
        """What stands where `https://graph.microsoft.com/v1.0` stands."""
        return f"{self.address}{VERSION}"

    def hold(self) -> None:
        """Let every request wait once it has begun, until `let_go`."""
        self._free.clear()

    def let_go(self) -> None:
        self._free.set()

    async def began(self, number: int) -> None:
        """Wait until so many requests are being carried out."""
        await self.limits.reached(number)

    def _known(self, mail: Mail) -> dict[str, Handler]:
        return {
            "organization": self.entra.organization,
            "users.delta": self.entra.users_delta,
            "users.list": self.entra.users,
            "users.get": self.entra.user,
            "groups.delta": self.entra.groups_delta,
            "groups.get": self.entra.group,
            "groups.members": self.entra.members,
            "groups.members.users": self.entra.member_users,
            "groups.transitive": self.entra.transitive,
            "groups.transitive.users": self.entra.transitive_users,
            "events.create": self.calendar.create,
            "events.list": self.calendar.listed,
            "events.get": self.calendar.get,
            "events.update": self.calendar.update,
            "events.delete": self.calendar.delete,
            "events.cancel": self.calendar.cancel,
            "calendarView": self.calendar.view,
            "calendarView.delta": self.calendar.view_delta,
            "calendar.get": self.calendar.about,
            "calendar.getSchedule": self.schedule.get,
            "mail.send": mail.send,
            "apps.catalogue": self.apps.listed,
            "apps.list": self.apps.of,
            "apps.install": self.apps.install,
            "apps.chat": self.apps.chat,
        }

    # one request

    async def answer(self, asked: Asked) -> Answer:
        """Carry out one request, and write down what came of it.

        :raises Refused: as Graph refuses.
        :raises Cut: when a fault breaks the connection.
        """
        found = find(asked.method, asked.path)
        batched = (asked.method, asked.path) == ("POST", "/$batch")
        op = found[0].name if found else BATCH if batched else ""
        if found is not None:
            asked = microsofts().plain(op, asked)
        call = Call(number=len(self.log.calls) + 1, at=self.now(), op=op, asked=asked)
        self.log.calls.append(call)
        try:
            answer = await self._answer(call, found)
            call.status = int(answer.status)
        except Refused as refusal:
            call.status, call.code = int(refusal.status), refusal.code
            wait = refusal.headers.get("Retry-After")
            call.retry_after = None if wait is None else int(wait)
            raise
        finally:
            self.log.answered(call)
        return self._linked(asked, answer)

    async def _answer(self, call: Call, found: tuple[Operation, tuple[str, ...]] | None) -> Answer:
        operation, ids = found or (None, ())
        self.gate.identify(call)
        self.gate.check_contract(call, operation)
        if operation is not None and operation.service == OUTLOOK:
            call.mailbox = self._mailbox(ids[0])
            ids = (call.mailbox, *ids[1:])
        fault = self.faults.next(op=call.op, mailbox=call.mailbox, in_batch=call.in_batch)
        if fault is not None and not fault.done_first:
            raise Cut if fault.cut else fault.refusal()
        if operation is None:
            answer = await batch.carried_out(call.asked, self.answer)
        else:
            self.gate.check_consent(call, operation)
            answer = await self._carry_out(call, operation, ids)
        if fault is not None:
            raise Cut if fault.cut else fault.refusal()
        return answer

    async def _carry_out(self, call: Call, operation: Operation, ids: Sequence[str]) -> Answer:
        outlook = operation.service == OUTLOOK
        with self.limits.taking(call.mailbox or "") if outlook else nullcontext():
            call.under_way = self.limits.under_way
            await self._latency()
            await self._free.wait()
            linked = self._join_links()
            answer = self._handlers[operation.name](call.asked, *ids)
            call.kills_link = operation.name == "events.update" and bool(
                linked - self._join_links()
            )
            return answer

    def _join_links(self) -> set[str]:
        return {event.id for event in self.calendar.events.values() if event.join_url}

    def _mailbox(self, key: str) -> str:
        person = next(
            (
                each
                for each in self.directory.people.values()
                if key.lower() in {each.id.lower(), each.upn.lower(), each.mail.lower()}
            ),
            None,
        )
        return key.lower() if person is None else person.mail.lower()

    def _linked(self, asked: Asked, answer: Answer) -> Answer:
        """Write links as whole addresses, as Graph does."""
        if answer.body is None or not answer.links:
            return answer
        links = {
            name: f"{self.base_url}{asked.path}?{urlencode(query, safe='$')}"
            for name, query in answer.links.items()
        }
        return Answer(status=answer.status, headers=answer.headers, body=answer.body | links)

    # the wire

    def app(self, *, besides: Sequence[web.RouteDef] = ()) -> web.Application:
        app = web.Application(client_max_size=BODY_AT_MOST)
        app.add_routes(besides)
        app.router.add_route("*", "/{tail:.*}", self._serve)
        return app

    async def _serve(self, request: web.Request) -> web.Response:
        ids = {
            "request-id": f"local-{len(self.log.calls) + 1}",
            "client-request-id": request.headers.get("client-request-id", ""),
        }
        try:
            asked = await _read(request)
            answer = await self.answer(asked)
        except Refused as refusal:
            said = batch.error(refusal, date=stamp(self.now()), **ids)
            return _response(refusal.status, said, {**refusal.headers, **ids})
        except Cut:
            if request.transport is not None:
                request.transport.abort()
            raise asyncio.CancelledError from None
        return _response(answer.status, answer.body, {**answer.headers, **ids})


async def _read(request: web.Request) -> Asked:
    """Read a request; what cannot be read is left as it is for the contract to refuse."""
    path, text = request.rel_url.raw_path, await request.text()
    body: object = text or None
    if text and request.content_type == "application/json":
        with suppress(ValueError):
            body = json.loads(text)
    return Asked(
        method=request.method,
        path=path.removeprefix(VERSION) if path.startswith(f"{VERSION}/") else f"elsewhere:{path}",
        query=dict(request.query),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
    )


def _response(status: int, body: object, headers: dict[str, str]) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    dumps = partial(json.dumps, ensure_ascii=False)
    return web.json_response(body, status=status, headers=headers, dumps=dumps)


class BrokenContract(Exception):
    """Somebody asked what Microsoft's contract does not know; each call says how."""


@asynccontextmanager
async def running(
    graph: LocalGraph,
    *,
    port: int = 0,
    strict: bool = True,
    besides: Sequence[web.RouteDef] = (),
) -> AsyncIterator[LocalGraph]:
    """Let the stand-in listen on this machine only; any free port unless told which.

    :param strict: nobody gets away with a wrong request, not even one that nobody looks for.
    :param besides: what is answered here that is none of Graph's.
    :raises BrokenContract: at the end, when there was one.
    """
    with socket.create_server(("127.0.0.1", port)) as listener:
        graph.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        runner = web.AppRunner(graph.app(besides=besides), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            yield graph
        finally:
            graph.let_go()
            await runner.cleanup()
    if strict and graph.log.wrong:
        raise BrokenContract([(call.op, *call.violations) for call in graph.log.wrong])
