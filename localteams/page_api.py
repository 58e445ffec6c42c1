"""What the page asks for: people, chats, messages, presses, and the stream of news."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from http import HTTPStatus

from aiohttp import web

from localteams.acts import Acts, NotInstalled, Pressed
from localteams.state import Conversation, Event, Json, Message, Person, Team, Unknown
from localteams.world import World

PEOPLE_AT_MOST = 30
LAST_WORDS = 120
KEEP_ALIVE_SECONDS = 15


class PageApi:
    def __init__(self, world: World, acts: Acts) -> None:
        self._world = world
        self._acts = acts
        self._listeners: dict[asyncio.Queue[Event | None], str] = {}
        world.watchers.append(self._pass_on)

    def routes(self) -> list[web.RouteDef]:
        me, conversation = "/api/me/{aad}", "/api/conversations/{id}"
        return [
            web.get("/api/people", self._people),
            web.get("/api/bot", self._bot),
            web.get(me, self._me),
            web.get(f"{me}/chats", self._chats),
            web.get(f"{me}/events", self._events),
            web.post(f"{me}/install", self._install),
            web.post(f"{me}/uninstall", self._uninstall),
            web.post("/api/groups", self._make_group),
            web.post("/api/teams/{id}/install", self._install_team),
            web.post("/api/teams/{id}/uninstall", self._uninstall_team),
            web.get(f"{conversation}/messages", self._messages),
            web.post(f"{conversation}/messages", self._say),
            web.post(f"{conversation}/press", self._press),
            web.post(f"{conversation}/refresh", self._refresh),
            web.post(f"{conversation}/read", self._read),
        ]

    def close(self) -> None:
        """End every stream of news."""
        for listener in self._listeners:
            listener.put_nowait(None)

    # people and chats

    async def _people(self, request: web.Request) -> web.Response:
        wanted = request.query.get("q", "").casefold().split()
        found = (
            person
            for person in self._world.people.values()
            if all(word in _searchable(person) for word in wanted)
        )
        at_most = [asdict(person) for person, _ in zip(found, range(PEOPLE_AT_MOST), strict=False)]
        return web.json_response(at_most)

    async def _bot(self, _request: web.Request) -> web.Response:
        return web.json_response(self._bot_as_json())

    async def _me(self, request: web.Request) -> web.Response:
        return web.json_response(asdict(self._person(request)))

    async def _chats(self, request: web.Request) -> web.Response:
        aad_id = self._person(request).aad_id
        personal = await self._acts.open(aad_id)
        groups = [one for one in self._world.conversations.values() if one.kind == "group"]
        teams = [team for team in self._world.teams.values() if aad_id in team.members]
        return web.json_response(
            {
                "bot": self._bot_as_json(),
                "personal": self._summary(personal, aad_id),
                "groups": [self._summary(one, aad_id) for one in groups if aad_id in one.members],
                "teams": [self._team_summary(team, aad_id) for team in teams],
            }
        )

    async def _install(self, request: web.Request) -> web.Response:
        await self._acts.install(self._person(request).aad_id)
        return web.json_response({"ok": True})

    async def _uninstall(self, request: web.Request) -> web.Response:
        await self._acts.uninstall(self._person(request).aad_id)
        return web.json_response({"ok": True})

    async def _install_team(self, request: web.Request) -> web.Response:
        aad_id, _ = await self._asked(request)
        await self._acts.install_team(self._world.team(request.match_info["id"]), by=aad_id)
        return web.json_response({"ok": True})

    async def _uninstall_team(self, request: web.Request) -> web.Response:
        aad_id, _ = await self._asked(request)
        await self._acts.uninstall_team(self._world.team(request.match_info["id"]), by=aad_id)
        return web.json_response({"ok": True})

    async def _make_group(self, request: web.Request) -> web.Response:
        aad_id, asked = await self._asked(request)
        group = await self._acts.make_group(aad_id, asked.get("members", []))
        return web.json_response(self._summary(group, aad_id))

    # messages

    async def _messages(self, request: web.Request) -> web.Response:
        person = self._world.person(request.query.get("as", ""))
        conversation = self._conversation(request, person.aad_id)
        seen = [self._seen(message, person.aad_id) for message in conversation.messages]
        return web.json_response(seen)

    async def _say(self, request: web.Request) -> web.Response:
        aad_id, asked = await self._asked(request)
        conversation = self._conversation(request, aad_id)
        said = await self._acts.say(
            aad_id,
            str(asked.get("text", "")),
            conversation=conversation,
            thread=asked.get("thread"),
        )
        return web.json_response(
            {
                "ok": said.error is None,
                "id": said.message.id,
                "sent_to_bot": said.sent_to_bot,
                **({"error": said.error} if said.error else {}),
            }
        )

    async def _press(self, request: web.Request) -> web.Response:
        aad_id, asked = await self._asked(request)
        message = self._message(request, aad_id, asked)
        return _pressed(await self._acts.press(aad_id, message, asked.get("action") or {}))

    async def _refresh(self, request: web.Request) -> web.Response:
        aad_id, asked = await self._asked(request)
        message = self._message(request, aad_id, asked)
        return _pressed(await self._acts.refresh(aad_id, message) or Pressed())

    async def _read(self, request: web.Request) -> web.Response:
        aad_id, _ = await self._asked(request)
        self._world.read(self._conversation(request, aad_id), aad_id)
        return web.json_response({"ok": True})

    # news

    async def _events(self, request: web.Request) -> web.StreamResponse:
        aad_id = self._person(request).aad_id
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await stream.prepare(request)
        listener: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners[listener] = aad_id
        try:
            while (news := await _next(listener, otherwise=b": still here\n\n")) is not None:
                line = news if isinstance(news, bytes) else _line(self._told(news, aad_id))
                await stream.write(line)
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            del self._listeners[listener]
        return stream

    def _pass_on(self, event: Event) -> None:
        for listener, aad_id in self._listeners.items():
            if event.type == "clock" or aad_id in event.people:
                listener.put_nowait(event)

    def _told(self, event: Event, aad_id: str) -> Json:
        where = {"conversation": event.conversation.id} if event.conversation else {}
        message = {"message": self._seen(event.message, aad_id)} if event.message else {}
        return {"type": event.type, **where, **message, **event.details}

    # pieces

    def _person(self, request: web.Request) -> Person:
        return self._world.person(request.match_info["aad"])

    async def _asked(self, request: web.Request) -> tuple[str, Json]:
        asked: Json = await request.json()
        return self._world.person(asked.get("as", "")).aad_id, asked

    def _conversation(self, request: web.Request, aad_id: str) -> Conversation:
        """Find the conversation, which must be one of the person's own. :raises Unknown:"""
        conversation = self._world.conversation(request.match_info["id"])
        if aad_id not in conversation.members:
            raise Unknown(conversation.id)
        return conversation

    def _message(self, request: web.Request, aad_id: str, asked: Json) -> Message:
        conversation = self._conversation(request, aad_id)
        message = self._world.message(asked.get("message", ""))
        if message.conversation != conversation.id:
            raise Unknown(message.id)
        return message

    def _bot_as_json(self) -> Json:
        return {"name": self._world.directory.bot_name, "app_id": self._world.app_id}

    def _team_summary(self, team: Team, aad_id: str) -> Json:
        channels = [self._summary(one, aad_id) for one in self._world.of_team(team)]
        return {
            "id": team.id,
            "name": team.name,
            "installed": team.installed,
            "channels": channels,
        }

    def _summary(self, conversation: Conversation, aad_id: str) -> Json:
        last = conversation.messages[-1] if conversation.messages else None
        return {
            "id": conversation.id,
            "kind": conversation.kind,
            "title": conversation.title,
            "unread": conversation.unread.get(aad_id, 0),
            "installed": conversation.installed,
            "members": len(conversation.members),
            "last": None
            if last is None
            else {
                "at": last.at,
                "from": self._name(last),
                "text": (last.summary or last.text)[:LAST_WORDS],
            },
        }

    def _seen(self, message: Message, aad_id: str) -> Json:
        return {
            "id": message.id,
            "from": {"name": self._name(message), "aad": message.sender},
            "at": message.at,
            "text": message.text,
            "card": message.card_for(aad_id),
            "edited": message.edited,
            "deleted": message.deleted,
            "summary": message.summary,
            "importance": message.importance,
            "thread": message.thread,
            "mine": message.sender == aad_id,
        }

    def _name(self, message: Message) -> str:
        if message.sender is None:
            return self._world.directory.bot_name
        return self._world.person(message.sender).name


@web.middleware
async def refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Word what cannot be done, and let only this machine's own pages ask."""
    if request.url.host not in {"127.0.0.1", "localhost"}:
        return _refused(HTTPStatus.FORBIDDEN, "Kun fra denne maskine.")
    local = request.path.startswith(("/api/", "/local/"))
    if local and request.method == "POST" and request.content_type != "application/json":
        return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON.")
    try:
        return await handler(request)
    except (NotInstalled, Unknown, ValueError, TypeError) as problem:
        return _refused(*_worded(problem))


def _worded(problem: Exception) -> tuple[HTTPStatus, str]:
    if isinstance(problem, NotInstalled):
        return HTTPStatus.CONFLICT, str(problem)
    if isinstance(problem, Unknown):
        return HTTPStatus.NOT_FOUND, "Det findes ikke her."
    return HTTPStatus.BAD_REQUEST, str(problem)


def _refused(status: HTTPStatus, words: str) -> web.Response:
    return web.json_response({"error": words}, status=status)


def _pressed(pressed: Pressed) -> web.Response:
    seen = {name: value for name, value in asdict(pressed).items() if value is not None}
    return web.json_response({"ok": pressed.ok, **seen})


def _searchable(person: Person) -> str:
    whole = (person.name, person.authority, person.function, person.aad_id)
    return " ".join(whole).casefold()


def _line(told: Json) -> bytes:
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


async def _next(
    listener: asyncio.Queue[Event | None], *, otherwise: bytes
) -> Event | bytes | None:
    """Wait for news, but not for so long that nobody knows whether the line is dead."""
    try:
        return await asyncio.wait_for(listener.get(), timeout=KEEP_ALIVE_SECONDS)
    except TimeoutError:
        return otherwise
