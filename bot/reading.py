"""What an activity means to us: who said or pressed what, where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from cards.shown import Json
from dialogs.turns import Press
from domain.delivery import Address
from domain.people import Language, Person

Heard = Mapping[str, Any]

_MENTION = re.compile(r"<at>[^<]{0,256}</at>")
EXECUTE = "adaptiveCard/action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was said."""

    address: Address
    in_private: bool
    team_id: str | None


def read_place(heard: Heard) -> Place:
    """Read where to answer; only a conversation Teams calls personal is private."""
    conversation = heard["conversation"]
    data = heard.get("channelData") or {}
    team = data.get("team") or {}
    return Place(
        address=Address(
            conversation_id=conversation["id"],
            service_url=heard["serviceUrl"],
            tenant_id=(data.get("tenant") or {}).get("id", ""),
        ),
        in_private=conversation.get("conversationType") == "personal",
        team_id=team.get("id"),
    )


def read_words(heard: Heard) -> str:
    """Read what was typed, without the mention of the bot."""
    return _MENTION.sub("", heard.get("text") or "").strip()


def has_files(heard: Heard) -> bool:
    """Say whether a file or a picture came along; Teams adds the text itself as HTML."""
    return any(each.get("contentType") != "text/html" for each in heard.get("attachments", ()))


def read_press(heard: Heard) -> Press | None:
    """Read a button press, from Action.Execute or, on older clients, Action.Submit."""
    value = heard.get("value")
    if not isinstance(value, dict):
        return None
    if heard["type"] == "invoke":
        action = value.get("action")
        if not isinstance(action, dict):
            return None
        verb, data = action.get("verb"), action.get("data", {})
    else:
        data = {key: each for key, each in value.items() if key != "verb"}
        verb = value.get("verb")
    if not isinstance(verb, str) or not isinstance(data, dict):
        return None
    return Press(verb=verb, data=cast("dict[str, Json]", data))


def read_language(heard: Heard, person: Person) -> Language:
    """Their own choice, else what their Teams is set to, else Danish."""
    if person.language is not None:
        return person.language
    return Language.EN if str(heard.get("locale", "")).lower().startswith("en") else Language.DA
