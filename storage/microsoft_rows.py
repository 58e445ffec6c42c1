"""All tables of Microsoft 365, by what they are about."""

from storage.app_install_rows import TABLES as APP_INSTALL_TABLES
from storage.directory_rows import TABLES as DIRECTORY_TABLES
from storage.graph_rows import TABLES as GRAPH_TABLES
from storage.outlook_rows import TABLES as OUTLOOK_TABLES

TABLES = (
    *DIRECTORY_TABLES,
    *OUTLOOK_TABLES,
    *GRAPH_TABLES,
    *APP_INSTALL_TABLES,
)
