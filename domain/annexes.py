"""Annexes of a point on an agenda: links to where a document lies, never the document itself."""

import re
from urllib.parse import parse_qsl, urlsplit

from domain.cpr import find_cpr_like
from domain.errors import RuleBroken
from domain.papers import Annex

MOST = 10
AT_MOST = 500  # characters of a link
_LINK = re.compile(r"[a-z][a-z0-9.-]{0,20}://\S{1,2000}", re.IGNORECASE)
_SECRETS = re.compile(
    r"token|secret|passw|pwd|sig|key|auth|code|credential|session|sas|jwt|ticket", re.IGNORECASE
)


def read_annexes(text: str) -> tuple[Annex, ...]:
    """Read one annex a line: its title and its link, or the link alone.

    :raises RuleBroken: `annex.too_many`, `annex.no_link`, `annex.not_https`, `annex.too_long`,
        `annex.with_secret` for a link that lets in whoever has it, or `field.cpr`.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise RuleBroken("annex.too_many", most=MOST)
    return tuple(_read(line) for line in lines)


def written(annexes: tuple[Annex, ...]) -> str:
    """Write annexes as they are typed."""
    return "\n".join(f"{each.title} {each.url}" for each in annexes)


def _read(line: str) -> Annex:
    found = _LINK.search(line)
    if found is None:
        raise RuleBroken("annex.no_link")
    url = found[0]
    title = " ".join((line[: found.start()] + line[found.end() :]).split()).strip(" :–-")
    _must_be_open_to_nobody_else(url)
    if find_cpr_like(line):
        raise RuleBroken("field.cpr")
    return Annex(title=title or (urlsplit(url).hostname or ""), url=url)


def _must_be_open_to_nobody_else(url: str) -> None:
    """Take no link that carries what opens it: who may read an annex is decided where it lies."""
    if len(url) > AT_MOST:
        raise RuleBroken("annex.too_long", at_most=AT_MOST)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise RuleBroken("annex.no_link") from None
    if parts.scheme != "https" or not host:
        raise RuleBroken("annex.not_https")
    named = [
        name
        for part in (parts.query, parts.fragment)
        for name, _ in parse_qsl(part, keep_blank_values=True)
    ]
    if "@" in parts.netloc or any(_SECRETS.search(name) for name in named):
        raise RuleBroken("annex.with_secret")
