"""The Bot Connector's HTTP interface: who may call, how often, and what goes wrong."""

import asyncio
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from aiohttp import web

from localteams.faults import Fault, Faults
from localteams.latency import Latency
from localteams.limits import Limits
from localteams.pulse import Pulse
from localteams.service import PAGE_USUAL, Refused, Service
from localteams.state import Json
from localteams.tally import Tally
from localteams.tokens import Tokens
from localteams.wire import Wire
from localteams.world import THREAD

NAMES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "BadArgument",
    HTTPStatus.UNAUTHORIZED: "BotNotRegistered",
    HTTPStatus.FORBIDDEN: "Forbidden",
    HTTPStatus.NOT_FOUND: "ConversationNotFound",
    HTTPStatus.PRECONDITION_FAILED: "PreconditionFailed",
    HTTPStatus.TOO_MANY_REQUESTS: "TooManyRequests",
}


class HungUp(Exception):
    """The connection is closed without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request, taken apart."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Json

    @property
    def id(self) -> str:
        return self.path.get("id", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    method: str
    path: str
    op: str
    perform: Callable[[Asked], object]
    status: HTTPStatus = HTTPStatus.OK


class Connector:
    def __init__(
        self,
        *,
        service: Service,
        tokens: Tokens,
        limits: Limits,
        latency: Latency,
        tally: Tally,
        faults: Faults,
        wire: Wire,
        pulse: Pulse,
    ) -> None:
        self._service = service
        self._tokens = tokens
        self._limits = limits
        self._latency = latency
        self._tally = tally
        self._faults = faults
        self._wire = wire
        self._pulse = pulse
        self._closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route(one.method, f"/connector/v3{one.path}", partial(self._serve, operation=one))
            for one in operations(self._service)
        ]

    def close(self) -> None:
        """Let go of the requests that are being kept waiting."""
        self._closing.set()

    async def _serve(self, request: web.Request, *, operation: Operation) -> web.StreamResponse:
        """Answer a request, and note both for whoever looks at the wire."""
        body = await _body(request)
        with self._wire.exchange(
            direction="from_bot", method=request.method, path=request.path, request=body
        ) as exchange:
            try:
                answer = await self._answer(request, body, operation)
            except Refused as refused:
                answer = _worded(refused)
            except HungUp:
                return _hang_up(request)
            exchange.status = answer.status
            exchange.answer = json.loads(answer.text) if answer.text else None
        return answer

    async def _answer(
        self, request: web.Request, body: Json | None, operation: Operation
    ) -> web.Response:
        if not self._tokens.admits(request.headers.get("Authorization", "")):
            raise Refused(
                HTTPStatus.UNAUTHORIZED,
                "Unauthorized",
                "Authorization has been denied for this request.",
            )
        if body is None:
            raise Refused(HTTPStatus.BAD_REQUEST, "BadSyntax", "The body is not a JSON object.")
        asked = Asked(path=request.match_info, query=request.query, body=body)
        typing = operation.op == "send" and body.get("type") == "typing"
        fault = await self._let_in(asked, "typing" if typing else operation.op)
        with self._pulse.busy():
            content = operation.perform(asked)
            await self._latency.pass_by()
        if fault is not None:
            raise HungUp if fault.accept_then_drop else _refused(fault)
        return web.json_response(content, status=operation.status)

    async def _let_in(self, asked: Asked, op: str) -> Fault | None:
        """Refuse what is planned to fail or comes too fast; give the fault that comes later."""
        thread = asked.id.partition(THREAD)[0]
        people = self._service.people_meant(thread, asked.body)
        fault = self._faults.next(op=op, conversation=thread, people=people)
        self._pulse.beat()
        whose = thread or ",".join(people)
        refusal = self._refusal(fault, "send" if op == "typing" else op, whose)
        self._tally.count(
            op,
            whose,
            refused=refusal is not None,
            throttled=refusal is not None and refusal.status == HTTPStatus.TOO_MANY_REQUESTS,
        )
        if refusal is None:
            return fault
        if refusal.timeout:
            await self._closing.wait()
            raise HungUp
        raise _refused(refusal)

    def _refusal(self, fault: Fault | None, op: str, whose: str) -> Fault | None:
        """Say why the request is not carried out, if it is not."""
        if fault is not None and not (fault.accepted or fault.accept_then_drop):
            return fault
        if wait := self._limits.wait(op, whose):
            return Fault(status=HTTPStatus.TOO_MANY_REQUESTS, retry_after=math.ceil(wait))
        return None


def operations(service: Service) -> list[Operation]:
    """List everything a bot can ask of the connector."""
    conversation, team = "/conversations/{id}", "/teams/{id}"
    activity = f"{conversation}/activities/{{activity}}"

    def send(asked: Asked) -> Json:
        return service.send(asked.id, asked.body)

    def paged_members(asked: Asked) -> Json:
        return service.paged_members(
            asked.id,
            page_size=asked.query.get("pageSize", str(PAGE_USUAL)),
            token=asked.query.get("continuationToken", "0"),
        )

    return [
        Operation(
            method="POST",
            path="/conversations",
            op="create",
            perform=lambda asked: service.create(asked.body),
            status=HTTPStatus.CREATED,
        ),
        Operation(
            method="POST",
            path=f"{conversation}/activities",
            op="send",
            perform=send,
            status=HTTPStatus.CREATED,
        ),
        Operation(
            method="POST", path=activity, op="send", perform=send, status=HTTPStatus.CREATED
        ),
        Operation(
            method="PUT",
            path=activity,
            op="update",
            perform=lambda asked: service.update(asked.id, asked.path["activity"], asked.body),
        ),
        Operation(
            method="DELETE",
            path=activity,
            op="delete",
            perform=lambda asked: service.delete(asked.id, asked.path["activity"]),
        ),
        Operation(
            method="GET",
            path=f"{conversation}/members",
            op="members",
            perform=lambda asked: service.members(asked.id),
        ),
        Operation(
            method="GET",
            path=f"{conversation}/pagedmembers",
            op="members",
            perform=paged_members,
        ),
        Operation(
            method="GET",
            path=f"{conversation}/members/{{member}}",
            op="members",
            perform=lambda asked: service.member(asked.id, asked.path["member"]),
        ),
        Operation(
            method="GET", path=team, op="team", perform=lambda asked: service.team(asked.id)
        ),
        Operation(
            method="GET",
            path=f"{team}/conversations",
            op="conversations",
            perform=lambda asked: service.team_conversations(asked.id),
        ),
    ]


async def _body(request: web.Request) -> Json | None:
    """Read the body; an empty one is an empty object, anything but an object is None."""
    try:
        body = await request.json() if request.can_read_body else {}
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _refused(fault: Fault) -> Refused:
    return Refused(
        fault.status,
        fault.code or NAMES.get(fault.status, "ServiceError"),
        "Slow down." if fault.retry_after else "The stand-in was told to fail.",
        subcode=fault.subcode,
        retry_after=fault.retry_after,
    )


def _worded(refused: Refused) -> web.Response:
    """Word a refusal as Microsoft does; its name stands in `code` or in `subCode`."""
    message = {"message": str(refused)}
    if refused.status == HTTPStatus.UNAUTHORIZED:
        return web.json_response(message, status=refused.status)
    subcode = {} if refused.subcode is None else {"subCode": refused.subcode}
    headers = {}
    if refused.status == HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = str(refused.retry_after or 1)
    error = {"code": refused.code, **subcode, **message}
    return web.json_response({"error": error}, status=refused.status, headers=headers)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()
