"""What is wrong with settings together that each of them alone cannot know."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot import readers


def contradictions(values: Mapping[str, Any]) -> Iterator[str]:
    """Say what each setting alone cannot know."""
    if not values.get("app_password") and not values.get("app_certificate"):
        yield "  BOT_APP_PASSWORD or BOT_APP_CERTIFICATE is missing: the bot must prove who it is"
    if values.get("app_password") and values.get("app_certificate"):
        yield "  BOT_APP_PASSWORD and BOT_APP_CERTIFICATE are both set: one is enough"
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


def _is_local(address: str) -> bool:
    try:
        return bool(readers.loopback_address(address))
    except ValueError:
        return False
