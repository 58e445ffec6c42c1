"""The kinds of column: a moment, something sealed, a few codes."""

from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    LargeBinary,
    Text,
    TypeDecorator,
    type_coerce,
)

from storage.sealing import Envelope, NotSealed


class Instant(TypeDecorator[datetime]):
    """A moment in time, always aware, always UTC on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[Envelope]):
    """Something confided: only a sealed value goes in, only a sealed value comes out."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Envelope | None, dialect: Dialect) -> bytes | None:
        del dialect
        if value is None:
            return None
        if type(value) is not Envelope:
            raise NotSealed("plain content offered to a sealed column")
        return value.stored

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Envelope | None:
        del dialect
        return None if value is None else Envelope(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A few codes without spaces, in order, kept as ` A B ` so that one can be looked for."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        del dialect
        if value is None:
            return None
        if any(not code or code.split() != [code] for code in value):
            raise ValueError("a code is empty or has spaces")
        return f" {' '.join(value)} "

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        del dialect
        return None if value is None else tuple(value.split())


def holds(codes: ColumnElement[tuple[str, ...]], code: str) -> ColumnElement[bool]:
    """Tell in SQL whether one code is among a row's codes."""
    return type_coerce(codes, Text).contains(f" {code} ", autoescape=True)
