"""Where a Teams for benches is found, whether it runs in this process or in one of its own."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


class Doors(ABC):
    """The addresses a program under measurement must know, and what it must trust."""

    def __init__(self, *, app_id: str) -> None:
        self.app_id = app_id
        self.address = ""
        self.login = ""
        self.service_url = ""  # where messages go: over TLS, as to Teams
        self.certificate = ""  # the file that has to be trusted for it

    @abstractmethod
    def bearer(self) -> str:
        """Sign what Teams puts on its calls; like Teams' own, it serves for many calls."""

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    @property
    def trusted(self) -> dict[str, str]:
        """What a program's environment must say for it to trust our TLS."""
        return {"REQUESTS_CA_BUNDLE": self.certificate, "SSL_CERT_FILE": self.certificate}


def from_person(*, person: str, conversation: str, tenant: str, to: Doors) -> dict[str, Any]:
    """Write what is the same in everything Teams sends for somebody's act."""
    return {
        "timestamp": datetime.now(UTC).isoformat(),
        "channelId": "msteams",
        "serviceUrl": to.service_url,
        "from": {"id": f"29:{person}", "name": "Anna", "aadObjectId": person},
        "recipient": {"id": f"28:{to.app_id}", "name": "SSP"},
        "conversation": {"id": conversation, "conversationType": "personal", "tenantId": tenant},
        "channelData": {"tenant": {"id": tenant}},
        "entities": [{"type": "clientInfo", "locale": "da-DK", "country": "DK"}],
        "locale": "da-DK",
    }


def message(
    *, number: int, person: str, conversation: str, text: str, tenant: str, to: Doors
) -> dict[str, Any]:
    """Write what Teams sends when somebody types."""
    return {
        **from_person(person=person, conversation=conversation, tenant=tenant, to=to),
        "type": "message",
        "id": f"m{number}",
        "textFormat": "plain",
        "text": text,
    }


def press(
    *,
    number: int,
    person: str,
    conversation: str,
    button: Mapping[str, Any],
    on: str,
    tenant: str,
    to: Doors,
) -> dict[str, Any]:
    """Write what Teams sends when somebody presses a card's Action.Execute.

    :param on: the id of the message that the card came in.
    """
    action = {name: button[name] for name in ("type", "title", "verb", "data") if name in button}
    return {
        **from_person(person=person, conversation=conversation, tenant=tenant, to=to),
        "type": "invoke",
        "name": "adaptiveCard/action",
        "id": f"f:{number}",
        "replyToId": on,
        "value": {"action": action, "trigger": "manual"},
    }
