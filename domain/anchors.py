"""Anchors: signed lines, kept outside the database, that say where the audit chain stood."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.trail import ChainKey, Head, canonical, moment

_SIGNATURE: Final = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One line: the head at a moment.

    `accepted` names what was wrong with the chain then and has been looked into: an operator
    said so, after a restore or an inquiry. None on the lines that are written by themselves.
    """

    at: datetime
    head: Head
    accepted: frozenset[str] | None = None


def written(anchor: Anchor, *, key: ChainKey) -> str:
    """Write an anchor as one line, signed."""
    said: dict[str, object] = {
        "at": moment(anchor.at),
        "key": key.version,
        "mac": anchor.head.mac.hex(),
        "seq": anchor.head.seq,
    }
    if anchor.accepted is not None:
        said["accepted"] = sorted(anchor.accepted)
    signature = key.sign(canonical(said)).hex()
    return canonical({**said, _SIGNATURE: signature}).decode()


def read(line: str, *, keys: Mapping[int, ChainKey]) -> Anchor:
    """Read a line.

    :raises ValueError: when it is not one that our keys have signed.
    """
    try:
        said = json.loads(line)
        signature = bytes.fromhex(said.pop(_SIGNATURE))
        if not keys[said["key"]].signed(canonical(said), signature):
            raise ValueError("signed by somebody else")
        accepted = said.get("accepted")
        return Anchor(
            at=datetime.fromisoformat(said["at"]),
            head=Head(seq=said["seq"], mac=bytes.fromhex(said["mac"])),
            accepted=None if accepted is None else frozenset(accepted),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("not an anchor") from problem
