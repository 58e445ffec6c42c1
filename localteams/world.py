"""Everything the stand-in remembers: who is here, where they talk, and what has been said."""

import base64
import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from localteams.state import (
    Channel,
    Conversation,
    Directory,
    Event,
    Json,
    Message,
    Person,
    Team,
    Unknown,
)

THREAD = ";messageid="


class World:
    """All of it, in memory. Whoever watches hears of every change."""

    def __init__(
        self, directory: Directory, *, app_id: str, now: Callable[[], datetime] | None = None
    ) -> None:
        self.directory = directory
        self.people = directory.people
        self.app_id = app_id
        self.bot_id = f"28:{app_id}"
        self.watchers: list[Callable[[Event], None]] = []
        self.teams = {team.id: team for team in directory.teams}
        self.conversations: dict[str, Conversation] = {}
        self.messages: dict[str, Message] = {}
        self._now = now or (lambda: datetime.now(UTC))
        self._by_user_id = {self.user_id(aad_id): aad_id for aad_id in self.people}
        self._last_id = 0
        for team in directory.teams:
            for channel in team.channels:
                self.add_channel(team, channel)

    # ids

    def now(self) -> datetime:
        return self._now()

    def user_id(self, aad_id: str) -> str:
        """Give the id Teams knows a person by towards this one bot."""
        return "29:1" + _digest(self.app_id, aad_id)

    def next_id(self) -> str:
        self._last_id = max(self._last_id + 1, int(self.now().timestamp() * 1000))
        return str(self._last_id)

    def person(self, id: str) -> Person:
        """Find a person by directory id or by Teams id. :raises Unknown:"""
        person = self.people.get(self._by_user_id.get(id, id))
        if person is None:
            raise Unknown(id)
        return person

    def knows(self, id: str) -> bool:
        return self._by_user_id.get(id, id) in self.people

    def team(self, id: str) -> Team:
        if id not in self.teams:
            raise Unknown(id)
        return self.teams[id]

    # conversations

    def conversation(self, id: str) -> Conversation:
        """Find a conversation; a thread's id finds its channel. :raises Unknown:"""
        found = self.conversations.get(id.partition(THREAD)[0])
        if found is None:
            raise Unknown(id)
        return found

    def personal(self, aad_id: str) -> Conversation:
        """Give the person's chat with the bot, made when first asked for."""
        person = self.person(aad_id)
        chat_id = "a:1" + _digest("personal", self.app_id, person.aad_id)
        if chat_id not in self.conversations:
            self.conversations[chat_id] = Conversation(
                id=chat_id,
                kind="personal",
                title=self.directory.bot_name,
                members=[person.aad_id],
            )
        return self.conversations[chat_id]

    def add_group(self, members: Iterable[str]) -> Conversation:
        people = [self.person(aad_id) for aad_id in dict.fromkeys(members)]
        group = Conversation(
            id=f"19:{uuid.uuid4().hex}@thread.v2",
            kind="group",
            title=", ".join(person.name.split()[0] for person in people),
            members=[person.aad_id for person in people],
            opened=True,
        )
        self.conversations[group.id] = group
        return group

    def add_channel(self, team: Team, channel: Channel) -> Conversation:
        if channel not in team.channels:
            team.channels.append(channel)
        self.conversations[channel.id] = Conversation(
            id=channel.id,
            kind="channel",
            title=channel.name,
            members=team.members,
            team=team.id,
            installed=team.installed,
            opened=True,
        )
        return self.conversations[channel.id]

    def rename_channel(self, conversation: Conversation, name: str) -> None:
        conversation.title = name
        team = self.team(conversation.team or "")
        team.channels = [
            replace(channel, name=name) if channel.id == conversation.id else channel
            for channel in team.channels
        ]

    def remove_channel(self, conversation: Conversation) -> None:
        del self.conversations[conversation.id]
        team = self.team(conversation.team or "")
        team.channels = [channel for channel in team.channels if channel.id != conversation.id]

    def set_installed(self, team: Team, *, installed: bool) -> None:
        team.installed = installed
        for channel in self.of_team(team):
            channel.installed = installed

    def of_team(self, team: Team) -> list[Conversation]:
        return [self.conversations[channel.id] for channel in team.channels]

    def restore(self, conversation: Conversation) -> None:
        """Take up a conversation where an earlier run left it."""
        self.conversations[conversation.id] = conversation
        for message in conversation.messages:
            self.messages[message.id] = message
            self._last_id = max(self._last_id, int(message.id))

    # messages

    def message(self, id: str) -> Message:
        """Find a message, wherever it was said. :raises Unknown:"""
        if id not in self.messages:
            raise Unknown(id)
        return self.messages[id]

    def post(self, conversation: Conversation, message: Message) -> Message:
        conversation.messages.append(message)
        self.messages[message.id] = message
        others = [aad_id for aad_id in conversation.members if aad_id != message.sender]
        for aad_id in others:
            conversation.unread[aad_id] = conversation.unread.get(aad_id, 0) + 1
        self._tell("message", conversation, message)
        for aad_id in others:
            self._tell_unread(conversation, aad_id)
        return message

    def edit(self, message: Message, *, text: str, card: Json | None, summary: str) -> None:
        """Replace a message for everyone; what single people saw of it is gone."""
        message.text, message.card, message.summary = text, card, summary
        message.edited = True
        message.views.clear()
        message.invoked.clear()
        self._tell("update", self.conversation(message.conversation), message)

    def show(self, message: Message, card: Json, *, only: str | None) -> None:
        """Put another card in the message, for one person or for everyone."""
        if only is None:
            message.card = card
            message.views.clear()
        else:
            message.views[only] = card
        people = None if only is None else [only]
        self._tell("update", self.conversation(message.conversation), message, people=people)

    def delete(self, message: Message) -> None:
        message.text, message.card, message.summary = "", None, ""
        message.deleted = True
        message.views.clear()
        self._tell("delete", self.conversation(message.conversation), message)

    def typing(self, conversation: Conversation) -> None:
        self._tell("typing", conversation)

    def read(self, conversation: Conversation, aad_id: str) -> None:
        if conversation.unread.pop(aad_id, 0):
            self._tell_unread(conversation, aad_id)

    def tell(self, event: Event) -> None:
        for watcher in self.watchers:
            watcher(event)

    def _tell(
        self,
        type: Literal["message", "update", "delete", "typing"],
        conversation: Conversation,
        message: Message | None = None,
        *,
        people: Sequence[str] | None = None,
    ) -> None:
        people = tuple(conversation.members if people is None else people)
        self.tell(Event(type=type, people=people, conversation=conversation, message=message))

    def _tell_unread(self, conversation: Conversation, aad_id: str) -> None:
        count = conversation.unread.get(aad_id, 0)
        self.tell(
            Event(
                type="unread",
                people=(aad_id,),
                conversation=conversation,
                details={"unread": count},
            )
        )


def _digest(*parts: str) -> str:
    whole = hashlib.sha256("\n".join(parts).encode()).digest()
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")
