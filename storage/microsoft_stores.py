"""What is remembered of Microsoft 365: the directory, and what was put there."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.app_installs import AppInstalls
from storage.directory import DirectoryStore
from storage.directory_mirror import DirectoryMirror
from storage.graph_troubles import GraphTroubles
from storage.outlook import OutlookStore


class MicrosoftStores:
    """The part of a transaction that is about Microsoft 365."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.directory = DirectoryStore(connection)
        self.directory_mirror = DirectoryMirror(connection)
        self.outlook = OutlookStore(connection)
        self.graph_troubles = GraphTroubles(connection)
        self.app_installs = AppInstalls(connection)
