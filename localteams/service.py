"""What the Bot Connector lets a bot do: say, change and take back; and look who is there."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from localteams.state import Conversation, Json, Message, Person, Team, Unknown
from localteams.tokens import Tokens
from localteams.world import THREAD, World

SIZE_LIMIT = 100 * 1024
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
PAGE_LEAST, PAGE_USUAL, PAGE_MOST = 50, 200, 500


class Refused(Exception):
    """The connector says no, with a status and Microsoft's name for the reason."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        subcode: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.subcode = subcode
        self.retry_after = retry_after


class Service:
    """The connector without its HTTP. Everything may raise `Refused`."""

    def __init__(self, world: World, tokens: Tokens, *, tenant_id: str) -> None:
        self._world = world
        self._tokens = tokens
        self._tenant_id = tenant_id

    # saying

    def create(self, wanted: Json) -> Json:
        """Open a personal chat, or begin a new post in a channel."""
        channel_data = wanted.get("channelData") or {}
        channel = (channel_data.get("channel") or {}).get("id")
        if channel is not None:
            post = self._new_post(channel, wanted.get("activity"))
            return {"id": self._thread_id(post), "activityId": post.id, **self._address()}
        tenant = wanted.get("tenantId") or (channel_data.get("tenant") or {}).get("id")
        if tenant != self._tenant_id:
            raise Refused(HTTPStatus.BAD_REQUEST, "BadArgument", "Tenant id is missing or wrong.")
        members = wanted.get("members") or []
        if len(members) != 1 or wanted.get("isGroup"):
            raise Refused(
                HTTPStatus.BAD_REQUEST, "BadSyntax", "Incorrect conversation creation parameters"
            )
        person = self._person(members[0].get("id", ""))
        personal = self._installed(self._world.personal(person.aad_id))
        if wanted.get("activity"):
            posted = self._post(personal, wanted["activity"], thread=None)
            return {"id": personal.id, "activityId": posted.id, **self._address()}
        return {"id": personal.id, **self._address()}

    def send(self, conversation_id: str, activity: Json) -> Json:
        conversation = self._installed(self.conversation(conversation_id))
        if activity.get("type") == "typing":
            self._world.typing(conversation)
            return {"id": self._world.next_id()}
        _, _, thread = conversation_id.partition(THREAD)
        return {"id": self._post(conversation, activity, thread=thread or None).id}

    def update(self, conversation_id: str, activity_id: str, activity: Json) -> Json:
        message = self._own_message(conversation_id, activity_id)
        _check_size(activity)
        self._world.edit(message, **_content(activity))
        return {"id": message.id}

    def delete(self, conversation_id: str, activity_id: str) -> None:
        self._world.delete(self._own_message(conversation_id, activity_id))

    # looking

    def members(self, conversation_id: str) -> list[Json]:
        return [self._account(person) for person in self._people(conversation_id)]

    def paged_members(self, conversation_id: str, *, page_size: str, token: str) -> Json:
        people = self._people(conversation_id)
        if not (page_size.isdecimal() and token.isdecimal() and int(token) <= len(people)):
            raise Refused(HTTPStatus.BAD_REQUEST, "BadArgument", "Bad page size or token.")
        size = min(max(int(page_size), PAGE_LEAST), PAGE_MOST)
        begin, end = int(token), int(token) + size
        page: Json = {"members": [self._account(person) for person in people[begin:end]]}
        return page if end >= len(people) else {**page, "continuationToken": str(end)}

    def member(self, conversation_id: str, member_id: str) -> Json:
        people = self._people(conversation_id)
        for person in people:
            if member_id in {person.aad_id, self._world.user_id(person.aad_id)}:
                return self._account(person)
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "MemberNotFoundInConversation",
            "Specified member was not found in the conversation.",
        )

    def team(self, team_id: str) -> Json:
        team = self._team(team_id)
        return {"id": team.id, "name": team.name, "memberCount": len(team.members)}

    def team_conversations(self, team_id: str) -> Json:
        """List a team's channels; General has the team's id and, as in Teams, no name."""
        return {
            "conversations": [
                {"id": channel.id, "name": None if channel.id == team_id else channel.name}
                for channel in self._team(team_id).channels
            ]
        }

    # finding

    def conversation(self, id: str) -> Conversation:
        """Find a conversation; a team's id stands for its first channel."""
        try:
            return self._world.conversation(id)
        except Unknown:
            team = self._world.teams.get(id.partition(THREAD)[0])
            if team is None:
                raise Refused(
                    HTTPStatus.NOT_FOUND, "ConversationNotFound", "Conversation not found."
                ) from None
            return self._world.of_team(team)[0]

    def people_meant(self, conversation_id: str, body: Json) -> Sequence[str]:
        """Name (by directory id) whom a request is about: a chat's people, or a new chat's."""
        conversation = self._world.conversations.get(conversation_id)
        if conversation is not None:
            return () if conversation.kind == "channel" else conversation.members
        wanted = [str(member.get("id")) for member in body.get("members") or []]
        return [self._world.person(one).aad_id for one in wanted if self._world.knows(one)]

    def _team(self, id: str) -> Team:
        team = self._world.teams.get(id)
        if team is None:
            raise Refused(HTTPStatus.NOT_FOUND, "TeamNotFound", "The team was not found.")
        if not team.installed:
            raise _not_in_roster()
        return team

    def _person(self, id: str) -> Person:
        try:
            return self._world.person(id)
        except Unknown:
            raise Refused(
                HTTPStatus.BAD_REQUEST, "BadArgument", "Failed to decrypt pairwise id"
            ) from None

    def _people(self, conversation_id: str) -> Sequence[Person]:
        conversation = self._installed(self.conversation(conversation_id))
        return [self._world.person(aad_id) for aad_id in conversation.members]

    def _installed(self, conversation: Conversation) -> Conversation:
        if not conversation.installed:
            raise _not_in_roster()
        return conversation

    def _own_message(self, conversation_id: str, activity_id: str) -> Message:
        conversation = self._installed(self.conversation(conversation_id))
        message = self._world.messages.get(activity_id)
        if message is None or message.conversation != conversation.id or message.deleted:
            raise Refused(
                HTTPStatus.NOT_FOUND, "ActivityNotFoundInConversation", "Activity not found."
            )
        if message.sender is not None:
            raise Refused(
                HTTPStatus.FORBIDDEN, "NotEnoughPermissions", "Not the bot's own message."
            )
        return message

    # writing

    def _new_post(self, channel: str, activity: Json | None) -> Message:
        conversation = self._installed(self.conversation(channel))
        if not activity:
            raise Refused(
                HTTPStatus.BAD_REQUEST, "BadSyntax", "A new channel post needs an activity."
            )
        return self._post(conversation, activity, thread=None)

    def _post(self, conversation: Conversation, activity: Json, *, thread: str | None) -> Message:
        _check_size(activity)
        content = _content(activity)
        if activity.get("type") != "message" or not (content["text"] or content["card"]):
            raise Refused(
                HTTPStatus.BAD_REQUEST, "BadSyntax", "A message needs text or an attachment."
            )
        new = self._world.next_id()
        return self._world.post(
            conversation,
            Message(
                id=new,
                conversation=conversation.id,
                sender=None,
                at=self._world.now().isoformat(timespec="milliseconds"),
                importance=_importance(activity),
                thread=(thread or new) if conversation.kind == "channel" else None,
                **content,
            ),
        )

    def _thread_id(self, message: Message) -> str:
        return f"{message.conversation}{THREAD}{message.thread}"

    def _address(self) -> Json:
        return {"serviceUrl": self._tokens.service_url}

    def _account(self, person: Person) -> Json:
        given_name, _, surname = person.name.rpartition(" ")
        email = f"{person.aad_id}@stand-in.example"
        return {
            "id": self._world.user_id(person.aad_id),
            "aadObjectId": person.aad_id,
            "objectId": person.aad_id,
            "name": person.name,
            "givenName": given_name,
            "surname": surname,
            "email": email,
            "userPrincipalName": email,
            "tenantId": self._tenant_id,
            "userRole": person.role,
        }


def _not_in_roster() -> Refused:
    return Refused(
        HTTPStatus.FORBIDDEN,
        "BotNotInConversationRoster",
        "The bot is not part of the conversation roster.",
    )


def _content(activity: Json) -> Json:
    attachments = activity.get("attachments") or []
    cards = [part["content"] for part in attachments if part.get("contentType") == ADAPTIVE]
    return {
        "text": activity.get("text") or "",
        "card": cards[0] if cards else None,
        "summary": activity.get("summary") or "",
    }


def _importance(activity: Json) -> str:
    return activity.get("importance") or "normal"


def _check_size(activity: Json) -> None:
    """Refuse what is over the documented 100 KB, counted as UTF-16."""
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "replace")) > SIZE_LIMIT:
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "MessageSizeTooBig", "Message size too large."
        )
