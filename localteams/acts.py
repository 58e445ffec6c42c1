"""What people do in Teams, and what Teams then does about it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus

from localteams.activities import Envelope, general_of
from localteams.sender import Answer, Sender
from localteams.state import Channel, Conversation, Json, Message, Team
from localteams.world import World

UNREACHABLE = "Appen kunne ikke nås. Prøv igen."
WENT_WRONG = "Noget gik galt. Prøv igen."
NOT_INSTALLED = "Appen er ikke installeret her."
REFRESH_AFTER = timedelta(minutes=1)
REFRESH_AT_MOST = 60


class NotInstalled(Exception):
    """The bot is not there to be talked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message was written. `answer` is None when the bot never answered, or was not told."""

    message: Message
    sent_to_bot: bool
    answer: Answer | None = None

    @property
    def error(self) -> str | None:
        fine = not self.sent_to_bot or (self.answer is not None and self.answer.fine)
        return None if fine else UNREACHABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What the person saw after a press: another card, a line of text, or an error."""

    card: Json | None = None
    text: str | None = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


class Acts:
    def __init__(self, world: World, sender: Sender, envelope: Envelope) -> None:
        self._world = world
        self._sender = sender
        self.envelope = envelope

    async def say(
        self, aad_id: str, text: str, *, conversation: Conversation, thread: str | None = None
    ) -> Said:
        """Write a message; in groups and channels the bot hears only what mentions it.

        :raises NotInstalled: in a personal chat without the app.
        """
        personal = conversation.kind == "personal"
        if personal and not conversation.installed:
            raise NotInstalled(NOT_INSTALLED)
        new = self._world.next_id()
        in_thread = (thread or new) if conversation.kind == "channel" else None
        message = self._world.post(
            conversation,
            Message(
                id=new,
                conversation=conversation.id,
                sender=aad_id,
                at=self._world.now().isoformat(timespec="milliseconds"),
                text=text,
                thread=in_thread,
            ),
        )
        written = text if personal else self.envelope.with_mention(text)
        if not conversation.installed or (not personal and written == text):
            return Said(message=message, sent_to_bot=False)
        person = self._world.person(aad_id)
        activity = self.envelope.message(person, conversation, message, text=written)
        answer = await self._sender.deliver(activity)
        return Said(message=message, sent_to_bot=True, answer=answer)

    async def press(self, aad_id: str, message: Message, action: Json) -> Pressed:
        """Press a button; inputs are already in the action's data."""
        conversation = self._world.conversation(message.conversation)
        person = self._world.person(aad_id)
        if not conversation.installed:
            return Pressed(error=NOT_INSTALLED)
        if action.get("type") == "Action.Execute":
            return await self._invoke(aad_id, message, action, trigger="manual")
        data = action.get("data", {})
        activity = self.envelope.submit(person, conversation, message, data=data)
        answer = await self._sender.deliver(activity)
        return Pressed(error=None if answer is not None and answer.fine else UNREACHABLE)

    async def refresh(self, aad_id: str, message: Message) -> Pressed | None:
        """Refresh a card that came into view; None when Teams would leave it as it is."""
        card = message.card_for(aad_id)
        conversation = self._world.conversation(message.conversation)
        if card is None or not conversation.installed:
            return None
        if not self._refreshes(card.get("refresh"), aad_id, message, conversation):
            return None
        action = card["refresh"]["action"]
        return await self._invoke(aad_id, message, action, trigger="automatic")

    def _refreshes(
        self, refresh: Json | None, aad_id: str, message: Message, conversation: Conversation
    ) -> bool:
        if not refresh or "action" not in refresh:
            return False
        named: Sequence[str] | None = refresh.get("userIds")
        if named is None:
            concerned = len(conversation.members) <= REFRESH_AT_MOST
        else:
            concerned = self._world.user_id(aad_id) in named[:REFRESH_AT_MOST]
        last = message.invoked.get(aad_id)
        rested = last is None or self._world.now() - datetime.fromisoformat(last) > REFRESH_AFTER
        return concerned and rested

    async def _invoke(
        self, aad_id: str, message: Message, action: Json, *, trigger: str
    ) -> Pressed:
        conversation = self._world.conversation(message.conversation)
        activity = self.envelope.invoke(
            self._world.person(aad_id), conversation, message, action=action, trigger=trigger
        )
        message.invoked[aad_id] = self._world.now().isoformat()
        pressed = read_answer(await self._sender.deliver(activity))
        if pressed.card is not None and not message.deleted:
            specific = "refresh" in pressed.card or "refresh" in (message.card or {})
            only = aad_id if specific and conversation.kind != "personal" else None
            self._world.show(message, pressed.card, only=only)
        return pressed

    # coming and going

    async def open(self, aad_id: str) -> Conversation:
        """Open the personal chat; the first time, the app is installed."""
        personal = self._world.personal(aad_id)
        if not personal.opened:
            await self.install(aad_id)
        return personal

    async def install(self, aad_id: str) -> bool:
        """Install the personal app, unless the bot is away; tell whether it is there now."""
        personal = self._world.personal(aad_id)
        if not personal.installed:
            personal.opened = personal.installed = True
            heard = await self._arrive(aad_id, personal)
            personal.opened = personal.installed = heard
        return personal.installed

    async def uninstall(self, aad_id: str) -> None:
        personal = self._world.personal(aad_id)
        personal.opened = True
        if personal.installed:
            personal.installed = False
            person = self._world.person(aad_id)
            await self._sender.deliver(self.envelope.installation(person, personal, added=False))

    async def make_group(self, aad_id: str, members: Iterable[str]) -> Conversation:
        """Make a group chat with the bot in it."""
        group = self._world.add_group([aad_id, *members])
        group.installed = True
        await self._arrive(aad_id, group)
        return group

    async def install_team(self, team: Team, *, by: str) -> bool:
        if not team.installed:
            self._world.set_installed(team, installed=True)
            heard = await self._arrive(by, general_of(self._world, team))
            self._world.set_installed(team, installed=heard)
        return team.installed

    async def uninstall_team(self, team: Team, *, by: str) -> None:
        if team.installed:
            self._world.set_installed(team, installed=False)
            person, general = self._world.person(by), general_of(self._world, team)
            bot = [self._world.bot_id]
            await self._sender.deliver(self.envelope.members(person, general, bot, added=False))
            await self._sender.deliver(self.envelope.installation(person, general, added=False))

    async def install_everywhere(self, *, every: float = 1 / 50) -> None:
        """Install the app for everyone and in every team, one each so many seconds.

        The bot may still be starting: whoever is first in line stays first until it listens.
        Then it goes round until the bot has heard of all of them.
        """
        listens = False
        while waiting := [*self._teams_without(), *self._people_without()]:
            for install in waiting:
                listens = await install() or listens
                await asyncio.sleep(every)
                if not listens:
                    break

    def _teams_without(self) -> Iterator[Callable[[], Awaitable[bool]]]:
        for team in self._world.teams.values():
            if team.members and not team.installed:
                yield partial(self.install_team, team, by=team.members[0])

    def _people_without(self) -> Iterator[Callable[[], Awaitable[bool]]]:
        """Leave out those who have removed the app themselves."""
        for aad_id in self._world.people:
            if not self._world.personal(aad_id).opened:
                yield partial(self.install, aad_id)

    async def join(self, aad_id: str, team: Team, *, by: str) -> None:
        """Take somebody into a team."""
        if aad_id not in team.members:
            team.members.append(aad_id)
            await self._tell_members(team, aad_id, by=by, added=True)

    async def leave(self, aad_id: str, team: Team, *, by: str) -> None:
        """Take somebody out of a team."""
        if aad_id in team.members:
            team.members.remove(aad_id)
            await self._tell_members(team, aad_id, by=by, added=False)

    async def rename_team(self, team: Team, name: str, *, by: str) -> None:
        team.name = name
        await self._tell_team(general_of(self._world, team), team, "teamRenamed", by=by)

    async def create_channel(self, team: Team, channel: Channel, *, by: str) -> None:
        created = self._world.add_channel(team, channel)
        await self._tell_team(created, team, "channelCreated", by=by)

    async def rename_channel(self, channel: Conversation, name: str, *, by: str) -> None:
        team = self._world.team(channel.team or "")
        self._world.rename_channel(channel, name)
        await self._tell_team(channel, team, "channelRenamed", by=by)

    async def delete_channel(self, channel: Conversation, *, by: str) -> None:
        team = self._world.team(channel.team or "")
        self._world.remove_channel(channel)
        await self._tell_team(channel, team, "channelDeleted", by=by)

    async def _arrive(self, aad_id: str, conversation: Conversation) -> bool:
        """Tell the bot that it was let in, and whether it heard."""
        person, bot = self._world.person(aad_id), [self._world.bot_id]
        let_in = self.envelope.installation(person, conversation, added=True)
        if await self._sender.deliver(let_in) is None:
            return False
        await self._sender.deliver(self.envelope.members(person, conversation, bot, added=True))
        return True

    async def _tell_members(self, team: Team, aad_id: str, *, by: str, added: bool) -> None:
        if team.installed:
            person, general = self._world.person(by), general_of(self._world, team)
            changed = [self._world.user_id(aad_id)]
            activity = self.envelope.members(person, general, changed, added=added)
            await self._sender.deliver(activity)

    async def _tell_team(
        self, conversation: Conversation, team: Team, event: str, *, by: str
    ) -> None:
        if team.installed:
            person = self._world.person(by)
            activity = self.envelope.team_changed(person, conversation, event=event)
            await self._sender.deliver(activity)


def read_answer(answer: Answer | None) -> Pressed:
    """Read the bot's answer to an invoke as the Teams client does."""
    if answer is None:
        return Pressed(error=UNREACHABLE)
    body = answer.body
    if answer.status != HTTPStatus.OK or not isinstance(body, dict):
        return Pressed(error=WENT_WRONG)
    value = body.get("value")
    match body.get("statusCode"), body.get("type"), value:
        case HTTPStatus.OK, "application/vnd.microsoft.card.adaptive", {"type": "AdaptiveCard"}:
            return Pressed(card=value)
        case HTTPStatus.OK, "application/vnd.microsoft.activity.message", str():
            return Pressed(text=value)
        case _, "application/vnd.microsoft.error", {"message": str() as message}:
            return Pressed(error=message)
        case _:
            return Pressed(error=WENT_WRONG)
