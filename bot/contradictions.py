"""What is wrong with settings together that each of them alone cannot know."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bot import readers

_CREDENTIALS: Mapping[str, str] = MappingProxyType(
    {
        "app_password": "BOT_APP_PASSWORD",
        "app_certificate": "BOT_APP_CERTIFICATE",
        "managed_identity": "BOT_MANAGED_IDENTITY",
    }
)
_OF_GRAPH: Mapping[str, str] = MappingProxyType(
    {
        "graph_mailbox": "GRAPH_MAILBOX",
        "graph_directory": "GRAPH_DIRECTORY",
        "teams_app_id": "TEAMS_APP_ID",
        "local_graph": "LOCAL_GRAPH",
    }
)


def contradictions(values: Mapping[str, Any]) -> Iterator[str]:
    """Say what each setting alone cannot know."""
    yield from _credentials(values)
    yield from _microsoft(values)
    keys = [*values.get("master_keys", {}).values(), *values.get("index_keys", {}).values()]
    if len(set(keys)) != len(keys):
        yield "  MASTER_KEYS and INDEX_KEYS repeat a key: each must be its own"
    if values.get("metrics_port") == values.get("port"):
        yield "  METRICS_PORT and PORT are the same: the metrics are not for the internet"
    trusted = values.get("local_openid_metadata", ""), values.get("local_connector", "")
    if any(trusted) and not all(trusted):
        yield "  LOCAL_OPENID_METADATA and LOCAL_CONNECTOR go together: set both or none"
    if any(trusted) and not readers.is_loopback(values.get("host", "")):
        yield "  HOST must be a loopback address while a local stand-in is trusted"
    if any(trusted) and not all(_is_local(address) for address in trusted if address):
        yield "  LOCAL_OPENID_METADATA and LOCAL_CONNECTOR must be on a loopback address"


def _credentials(values: Mapping[str, Any]) -> Iterator[str]:
    """Want one way to prove who we are; a secret opens no mailbox (MTG-18)."""
    given = [name for field, name in _CREDENTIALS.items() if values.get(field)]
    if not given:
        yield f"  {' or '.join(_CREDENTIALS.values())} is missing: the bot must prove who it is"
    if len(given) > 1:
        yield f"  {' and '.join(given)} are both set: one is enough"
    if (
        values.get("graph")
        and values.get("app_password")
        and not values.get("local_openid_metadata")
    ):
        yield (
            "  GRAPH needs BOT_APP_CERTIFICATE or BOT_MANAGED_IDENTITY:"
            " BOT_APP_PASSWORD is not enough to open mailboxes"
        )


def _microsoft(values: Mapping[str, Any]) -> Iterator[str]:
    """Want the stand-in for Graph with the one for Teams, and no half of Microsoft 365."""
    if not values.get("graph"):
        for field, name in _OF_GRAPH.items():
            if values.get(field):
                yield f"  {name} does nothing without GRAPH=yes"
    local = bool(values.get("local_openid_metadata"))
    if values.get("local_graph") and not local:
        yield "  LOCAL_GRAPH goes with LOCAL_OPENID_METADATA and LOCAL_CONNECTOR"
    if values.get("graph") and local and not values.get("local_graph"):
        yield "  LOCAL_GRAPH is missing: a local bot must not call Microsoft's Graph"
    if (address := values.get("local_graph", "")) and not _is_local(address):
        yield "  LOCAL_GRAPH must be on a loopback address"


def _is_local(address: str) -> bool:
    try:
        return bool(readers.loopback_address(address))
    except ValueError:
        return False
