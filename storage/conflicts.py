"""INSERT … ON CONFLICT, which both our engines understand in the same words.

SQLAlchemy has no neutral form of it. PostgreSQL's construct is compiled by the SQLite
dialect too (tests/integration run every repository on both).
"""

from sqlalchemy.dialects.postgresql import insert

__all__ = ["insert"]
