"""All tables of Microsoft 365, by what they are about."""

from storage.directory_rows import TABLES as DIRECTORY_TABLES

TABLES = (*DIRECTORY_TABLES,)
