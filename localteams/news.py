"""The stream of news to each open page (Server-Sent Events)."""

import asyncio
import json

from aiohttp import web

from localteams.state import Event, Json
from localteams.views import as_seen
from localteams.world import World

KEEP_ALIVE_SECONDS = 15
STILL_HERE = b": still here\n\n"


class News:
    def __init__(self, world: World) -> None:
        self._world = world
        self._listeners: dict[asyncio.Queue[Event | None], str] = {}
        world.watchers.append(self._pass_on)

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/me/{aad}/events", self._stream)]

    def close(self) -> None:
        """End every stream."""
        for listener in self._listeners:
            listener.put_nowait(None)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        aad_id = self._world.person(request.match_info["aad"]).aad_id
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        stream = web.StreamResponse(headers=headers)
        listener: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners[listener] = aad_id
        try:
            await stream.prepare(request)
            await stream.write(STILL_HERE)
            await self._write(stream, listener, aad_id)
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            del self._listeners[listener]
        return stream

    async def _write(
        self, stream: web.StreamResponse, listener: asyncio.Queue[Event | None], aad_id: str
    ) -> None:
        """Write news as it comes, and now and then that the line is still alive."""
        while True:
            try:
                event = await asyncio.wait_for(listener.get(), timeout=KEEP_ALIVE_SECONDS)
            except TimeoutError:
                await stream.write(STILL_HERE)
                continue
            if event is None:
                return
            told = json.dumps(self._told(event, aad_id), ensure_ascii=False)
            await stream.write(f"data: {told}\n\n".encode())

    def _pass_on(self, event: Event) -> None:
        for listener, aad_id in self._listeners.items():
            if event.type == "clock" or aad_id in event.people:
                listener.put_nowait(event)

    def _told(self, event: Event, aad_id: str) -> Json:
        told: Json = {"type": event.type, **event.details}
        if event.conversation is not None:
            told["conversation"] = event.conversation.id
        if event.message is not None:
            told["message"] = as_seen(self._world, event.message, aad_id)
        return told
