"""The activities Teams sends to a bot, as it writes them."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from localteams.state import Conversation, Json, Message, Person, Team
from localteams.tokens import Tokens
from localteams.world import THREAD, World

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CONVERSATION_TYPES = {"personal": "personal", "group": "groupChat", "channel": "channel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Wraps what happened in what all activities have in common."""

    world: World
    tokens: Tokens
    tenant_id: str

    def message(
        self, person: Person, conversation: Conversation, message: Message, *, text: str
    ) -> Json:
        """Somebody wrote something. `text` has `<at>` tags where the bot is mentioned."""
        mention = self._mention()
        mentioned = [mention] if mention["text"] in text else []
        return self._activity(
            "message",
            person,
            conversation,
            thread=message.thread,
            id=message.id,
            text=text,
            textFormat="plain",
            attachments=[{"contentType": "text/html", "content": f"<p>{_escaped(text)}</p>"}],
            entities=[*mentioned, _client(person)],
        )

    def submit(
        self, person: Person, conversation: Conversation, message: Message, *, data: Json
    ) -> Json:
        """Somebody pressed an Action.Submit: a message with a value and no text."""
        teams = data.get("msteams", {})
        text = teams.get("text") or (teams.get("value") if teams.get("type") == "imBack" else None)
        return self._activity(
            "message",
            person,
            conversation,
            thread=message.thread,
            replyToId=message.id,
            value=data,
            entities=[_client(person)],
            **({"text": text} if isinstance(text, str) else {}),
        )

    def invoke(
        self,
        person: Person,
        conversation: Conversation,
        message: Message,
        *,
        action: Json,
        trigger: str,
    ) -> Json:
        """Somebody pressed an Action.Execute, or their client refreshes the card."""
        return self._activity(
            "invoke",
            person,
            conversation,
            thread=message.thread,
            name="adaptiveCard/action",
            replyToId=message.id,
            value={"action": {"type": "Action.Execute", **action}, "trigger": trigger},
            entities=[_client(person)],
        )

    def installation(self, person: Person, conversation: Conversation, *, added: bool) -> Json:
        return self._activity(
            "installationUpdate", person, conversation, action="add" if added else "remove"
        )

    def members(
        self, person: Person, conversation: Conversation, ids: list[str], *, added: bool
    ) -> Json:
        """People or the bot came or went."""
        event = "teamMemberAdded" if added else "teamMemberRemoved"
        changed = {"membersAdded" if added else "membersRemoved": [{"id": one} for one in ids]}
        update = self._activity("conversationUpdate", person, conversation, event=event)
        return {**update, **changed}

    def team_changed(self, person: Person, conversation: Conversation, *, event: str) -> Json:
        """Tell what became of the team or of a channel: `event` has Teams' name for it."""
        return self._activity("conversationUpdate", person, conversation, event=event)

    def thread_id(self, conversation: Conversation, thread: str | None) -> str:
        return conversation.id if thread is None else f"{conversation.id}{THREAD}{thread}"

    def with_mention(self, text: str) -> str:
        """Write `@the bot` as Teams writes a mention."""
        name = self.world.directory.bot_name
        return re.sub(rf"@{re.escape(name)}", f"<at>{name}</at>", text, flags=re.IGNORECASE)

    def _mention(self) -> Json:
        bot = self._bot()
        return {"type": "mention", "mentioned": bot, "text": f"<at>{bot['name']}</at>"}

    def _bot(self) -> Json:
        return {"id": self.world.bot_id, "name": self.world.directory.bot_name}

    def _activity(
        self,
        type: str,
        person: Person,
        conversation: Conversation,
        *,
        thread: str | None = None,
        event: str | None = None,
        **fields: object,
    ) -> Json:
        now = self.world.now()
        return {
            "type": type,
            "id": self.world.next_id(),
            "timestamp": _instant(now),
            "localTimestamp": now.astimezone(COPENHAGEN).isoformat(timespec="milliseconds"),
            "localTimezone": COPENHAGEN.key,
            "channelId": "msteams",
            "serviceUrl": self.tokens.service_url,
            "from": {
                "id": self.world.user_id(person.aad_id),
                "name": person.name,
                "aadObjectId": person.aad_id,
            },
            "recipient": self._bot(),
            "conversation": {
                "id": self.thread_id(conversation, thread),
                "conversationType": CONVERSATION_TYPES[conversation.kind],
                "tenantId": self.tenant_id,
                **({} if conversation.kind == "personal" else {"isGroup": True}),
            },
            "channelData": {
                "tenant": {"id": self.tenant_id},
                **self._team(conversation),
                **({"eventType": event} if event and conversation.team else {}),
            },
            "locale": person.locale,
            **fields,
        }

    def _team(self, conversation: Conversation) -> Json:
        if conversation.team is None:
            return {}
        team = self.world.team(conversation.team)
        return {
            "team": {"id": team.id, "name": team.name},
            "channel": {"id": conversation.id, "name": conversation.title},
            "teamsTeamId": team.id,
            "teamsChannelId": conversation.id,
        }


def general_of(world: World, team: Team) -> Conversation:
    """Find the channel in which things about the team itself happen."""
    return world.conversations.get(team.id) or world.of_team(team)[0]


def _client(person: Person) -> Json:
    return {
        "type": "clientInfo",
        "locale": person.locale,
        "country": "DK",
        "platform": "Web",
        "timezone": COPENHAGEN.key,
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
