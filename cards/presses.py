"""What a button carries: which object, and which version of it was seen (AC-CARD-01)."""

from uuid import UUID

from cards.shown import Json

VERSION = "version"


def about(thing: str, id: UUID, version: int) -> dict[str, Json]:
    """Name an object and the version that is shown."""
    return {thing: str(id), VERSION: version}
