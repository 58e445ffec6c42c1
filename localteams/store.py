"""Chats on disk, so that they survive a restart of the stand-in."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from localteams.state import Conversation, Event, Json, Message
from localteams.world import World

SAVE_WITHIN_SECONDS = 1
VERSION = 1


class Store:
    """Writes the world to a file soon after it changes, and reads it back at start."""

    def __init__(self, path: Path, world: World) -> None:
        self._path = path
        self._world = world
        self._planned: asyncio.TimerHandle | None = None

    def load(self) -> None:
        """Take up the chats of the last run, as far as their people are still here.

        A file of another version is left alone, and written over at the next change.
        """
        if not self._path.exists():
            return
        saved = json.loads(self._path.read_text(encoding="utf-8"))
        if saved.get("version") != VERSION:
            return
        for team_id in saved["teams_installed"]:
            if team := self._world.teams.get(team_id):
                self._world.set_installed(team, installed=True)
        for one in saved["conversations"]:
            self._restore(one)

    def changed(self, _event: Event | None = None) -> None:
        """Plan to save, unless that is planned already."""
        if self._planned is None:
            loop = asyncio.get_running_loop()
            self._planned = loop.call_later(SAVE_WITHIN_SECONDS, self.save)

    def save(self) -> None:
        if self._planned is not None:
            self._planned.cancel()
            self._planned = None
        whole = {
            "version": VERSION,
            "teams_installed": [team.id for team in self._world.teams.values() if team.installed],
            "conversations": [asdict(one) for one in self._world.conversations.values()],
        }
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self._path)

    def _restore(self, saved: Json) -> None:
        messages = [
            message
            for message in (Message(**one) for one in saved.pop("messages"))
            if message.sender is None or message.sender in self._world.people
        ]
        conversation = Conversation(**saved, messages=messages)
        if conversation.kind != "channel":
            if all(aad_id in self._world.people for aad_id in conversation.members):
                self._world.restore(conversation)
        elif channel := self._world.conversations.get(conversation.id):
            channel.unread = conversation.unread
            channel.messages = conversation.messages
            self._world.restore(channel)
