"""What a delta query reads: the order in which things changed, and the tokens that remember it."""

import base64
import json
from http import HTTPStatus
from secrets import token_hex

from localgraph.wire import Json, Refused

BORN = token_hex(4)
"""Of this process: what another one named or gave out is not known here."""
GONE = "The sync state generation is not found; continue with a full synchronization."


class Feed:
    """Things by id, in the order of their changes.

    `expire()` makes every old token 410; so are those of a stand-in that ran before.
    """

    def __init__(self) -> None:
        self._changes: list[str] = []
        self._epoch = 0

    def note(self, id: str) -> None:
        self._changes.append(id)

    def expire(self) -> None:
        self._epoch += 1

    @property
    def end(self) -> int:
        return len(self._changes)

    def all(self, first: int, last: int) -> list[str]:
        """Give each change between two places, as it was noted."""
        return self._changes[first:last]

    def between(self, first: int, last: int) -> list[str]:
        """Give what changed between two places, once each, in the order of the last change."""
        return list(dict.fromkeys(reversed(self.all(first, last))))[::-1]

    def token(self, **what: object) -> str:
        text = json.dumps({"epoch": [BORN, self._epoch], **what}, sort_keys=True)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, token: str) -> Json:
        """Read a token that was given.

        :raises Refused: 410 when it is too old, 400 when it was never given.
        """
        try:
            text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            found: Json = json.loads(text)
            epoch = found["epoch"]
        except (ValueError, KeyError, TypeError):
            raise Refused(HTTPStatus.BAD_REQUEST, "BadRequest", "Badly formed token.") from None
        if epoch != [BORN, self._epoch]:
            raise Refused(HTTPStatus.GONE, "syncStateNotFound", GONE)
        return found
