"""What is remembered of the directory: groups, who was seen in them, differences."""

from sqlalchemy.ext.asyncio import AsyncConnection


class DirectoryStore:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
