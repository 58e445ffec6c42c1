"""What a setting's text means: each reader gives the value, or raises ValueError or KeyError."""

import re
from base64 import b64decode
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from domain.pacing import MOST

_DATABASES = ("postgresql+asyncpg://", "sqlite+aiosqlite://")
_KEY_BYTES = 32
_MOST_LEEWAY = timedelta(minutes=5)
_PORTS = range(1, 65536)
_MAILBOX = re.compile(r"[a-z0-9._%\+-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}")
SYSTEM_IDENTITY = "system"


def guid(said: str) -> str:
    return str(UUID(said))


def managed_identity(said: str) -> str:
    return SYSTEM_IDENTITY if said.casefold() == SYSTEM_IDENTITY else guid(said)


def certificate(said: str) -> str:
    """Take a private key and its certificate as PEM, only if they belong together."""
    pem = said.encode()
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:  # it is locked with a password, and nobody is there to type it
        raise ValueError from None
    if key.public_key() != load_pem_x509_certificate(pem).public_key():
        raise ValueError
    return said


def mailbox(said: str) -> str:
    if _MAILBOX.fullmatch(said.casefold()) is None:
        raise ValueError
    return said.casefold()


def number(said: str) -> int:
    value = int(said)
    if value < 1:
        raise ValueError
    return value


def number_or_none(said: str) -> int:
    return 0 if said == "0" else number(said)


def port(said: str) -> int:
    value = int(said)
    if value not in _PORTS:
        raise ValueError
    return value


def port_or_none(said: str) -> int:
    return 0 if said == "0" else port(said)


def seconds(said: str) -> timedelta:
    return timedelta(seconds=number(said))


def leeway(said: str) -> timedelta:
    value = timedelta(seconds=int(said))
    if not timedelta() <= value <= _MOST_LEEWAY:
        raise ValueError
    return value


def yes_or_no(said: str) -> bool:
    return {"yes": True, "no": False}[said.casefold()]


def database(said: str) -> str:
    if not said.startswith(_DATABASES):
        raise ValueError
    return said


def hosts(said: str) -> tuple[str, ...]:
    named = tuple(host.strip().lower() for host in said.split(",") if host.strip())
    names = [host.removeprefix("*.") for host in named]
    if not names or not all(name.isascii() and _is_host_name(name) for name in names):
        raise ValueError
    return named


def _is_host_name(name: str) -> bool:
    labels = name.split(".")
    return len(labels) > 1 and all(label and label.replace("-", "").isalnum() for label in labels)


def keys(said: str) -> dict[int, bytes]:
    numbered = [pair.partition(":") for pair in said.split(",")]
    read = {number(which): b64decode(key, validate=True) for which, _, key in numbered}
    whole = all(len(key) == _KEY_BYTES and any(key) for key in read.values())
    if not whole or len(read) != len(numbered) or list(read) != sorted(read, reverse=True):
        raise ValueError
    return read


def loopback_address(said: str) -> str:
    parts = urlsplit(said)
    if (
        parts.scheme not in {"http", "https"}
        or "@" in parts.netloc
        or not is_loopback(parts.hostname or "")
    ):
        raise ValueError
    return said


def collector(said: str) -> str:
    """Take an address that spans may go to: over TLS, or without leaving this machine."""
    parts = urlsplit(said)
    if parts.scheme != "https":
        return loopback_address(said)
    if not parts.hostname or parts.port == 0 or "@" in parts.netloc or parts.query:
        raise ValueError
    return said


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def months_by_level(said: str) -> str:
    """Take the months for level 1, level 2, and levels 3 and 4, comma between."""
    one, two, more = (number(each) for each in said.split(","))
    return f"{one},{two},{more}"


def pace(said: str) -> float:
    value = float(said)
    if not 1 <= value <= MOST:
        raise ValueError
    return value
