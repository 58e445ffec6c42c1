"""What the page asks for: people, chats, messages and presses."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from http import HTTPStatus

from aiohttp import web
from yarl import URL

from localteams.acts import Acts, NotInstalled, Pressed
from localteams.state import Conversation, Json, Message, Person, Unknown
from localteams.tokens import Tokens
from localteams.views import as_seen, summary, team_summary
from localteams.world import World

PEOPLE_AT_MOST = 30


class PageApi:
    def __init__(
        self, world: World, acts: Acts, *, tokens: Tokens, tenant_id: str, bot_url: str
    ) -> None:
        self._world = world
        self._acts = acts
        self._tokens = tokens
        self._tenant_id = tenant_id
        self._bot_url = bot_url

    def routes(self) -> list[web.RouteDef]:
        me, conversation = "/api/me/{aad}", "/api/conversations/{id}"
        return [
            web.get("/api/people", self._people),
            web.get("/api/bot", self._bot),
            web.get(me, self._me),
            web.get(f"{me}/chats", self._chats),
            web.get(f"{me}/tab", self._tab),
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
        person = self._person(request)
        aad_id = person.aad_id
        personal = await self._acts.open(aad_id)
        groups = [
            one
            for one in self._world.conversations.values()
            if one.kind == "group" and aad_id in one.members
        ]
        teams = [team for team in self._world.teams.values() if aad_id in team.members]
        return web.json_response(
            {
                "bot": self._bot_as_json(),
                "me": {**asdict(person), "id": self._world.user_id(person.aad_id)},
                "personal": summary(self._world, personal, aad_id),
                "groups": [summary(self._world, one, aad_id) for one in groups],
                "teams": [team_summary(self._world, team, aad_id) for team in teams],
            }
        )

    async def _tab(self, request: web.Request) -> web.Response:
        """Tell where the app's own page is, and what proves to it who looks."""
        return web.json_response(
            {
                "url": str(URL(self._bot_url).with_path("/tab/")),
                "token": self._tokens.for_a_visitor(
                    self._person(request).aad_id, tenant_id=self._tenant_id
                ),
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
        return web.json_response(summary(self._world, group, aad_id))

    # messages

    async def _messages(self, request: web.Request) -> web.Response:
        person = self._world.person(request.query.get("as", ""))
        conversation = self._conversation(request, person.aad_id)
        seen = [as_seen(self._world, one, person.aad_id) for one in conversation.messages]
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

    # pieces

    def _person(self, request: web.Request) -> Person:
        return self._world.person(request.match_info["aad"])

    async def _asked(self, request: web.Request) -> tuple[str, Json]:
        asked = await request.json()
        if not isinstance(asked, dict):
            raise TypeError("Send et JSON-objekt.")
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
