"""The values the stand-in is made of: people, teams, conversations, messages, events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeAlias

Json: TypeAlias = dict[str, Any]
Kind = Literal["personal", "group", "channel"]


class Unknown(LookupError):
    """Nobody and nothing here has that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    aad_id: str
    name: str
    authority: str = ""
    function: str = ""
    locale: str = "da-DK"
    role: str = "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    id: str
    name: str


@dataclass(slots=True, kw_only=True)
class Team:
    id: str
    name: str
    channels: list[Channel]
    members: list[str]
    installed: bool = False


@dataclass(slots=True, kw_only=True)
class Message:
    """One message. `sender` is None for the bot; `views` are cards only one person sees."""

    id: str
    conversation: str
    sender: str | None
    at: str
    text: str = ""
    card: Json | None = None
    summary: str = ""
    importance: str = "normal"
    thread: str | None = None
    edited: bool = False
    deleted: bool = False
    views: dict[str, Json] = field(default_factory=dict)
    invoked: dict[str, str] = field(default_factory=dict)
    """When each person's client last ran an invoke on this card."""

    def card_for(self, aad_id: str) -> Json | None:
        return None if self.deleted else self.views.get(aad_id, self.card)


@dataclass(slots=True, kw_only=True)
class Conversation:
    id: str
    kind: Kind
    title: str
    members: list[str]
    team: str | None = None
    installed: bool = False
    opened: bool = False
    messages: list[Message] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something people in a conversation can see happen."""

    type: Literal["message", "update", "delete", "typing", "unread", "clock"]
    people: Sequence[str] = ()
    conversation: Conversation | None = None
    message: Message | None = None
    details: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The people, the teams and the bot's name, as `people.json` has them."""

    people: Mapping[str, Person]
    teams: Sequence[Team]
    bot_name: str = "SSP"

    @classmethod
    def read(cls, given: Json) -> Self:
        people = [Person(**person) for person in given["people"]]
        return cls(
            people={person.aad_id: person for person in people},
            teams=[
                Team(
                    id=team["id"],
                    name=team["name"],
                    channels=[Channel(**channel) for channel in team["channels"]],
                    members=list(team["members"]),
                )
                for team in given.get("teams", [])
            ],
            bot_name=given.get("bot", {}).get("name", "SSP"),
        )
