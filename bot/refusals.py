"""How the door says no: a status for the caller, and a code for the log only."""

from http import HTTPStatus
from typing import ClassVar


class Refused(Exception):
    """Something came that is not let in. The caller learns the status and nothing else."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Malformed(Refused):
    """It cannot be read as what it should be."""


class Unauthorised(Refused):
    """Nobody we trust vouches for it."""

    status = HTTPStatus.UNAUTHORIZED


class Forbidden(Refused):
    """The caller is genuine, and still it is not for us."""

    status = HTTPStatus.FORBIDDEN


class TooLarge(Refused):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NotJson(Refused):
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class KeysUnreachable(Refused):
    """There is no key to judge a signature by, and none could be fetched."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class TooMany(Refused):
    """Somebody sends faster than we let them. `first` is true once in each burst."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, *, who: str, first: bool) -> None:
        super().__init__("too_many")
        self.who = who
        self.first = first
