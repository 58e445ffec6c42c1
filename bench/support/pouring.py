"""Storing a city in bulk, by the fastest way that each engine has."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import actions, cases, records, subject_cprs, subject_marks, subjects
from storage.rows import concerns, data_keys, relations

Row = tuple[object, ...]
Rows = Mapping[tuple[Table, tuple[str, ...]], Sequence[Row]]  # by table and columns


async def pour(connection: AsyncConnection, poured: Rows) -> None:
    """Store rows, what others refer to first."""
    ordered = sorted(poured.items(), key=lambda each: _ORDER.index(each[0][0]))
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    for (table, columns), rows in ordered:
        if connection.dialect.name == "postgresql":
            await driver.copy_records_to_table(  # type: ignore[union-attr]
                table.name, schema_name=table.schema, columns=columns, records=rows
            )
        else:
            driver.raw.executemany(_insert(table, columns), map(_plain, rows))  # type: ignore[union-attr]


def _insert(table: Table, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table.fullname} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def _plain(row: Row) -> Row:
    """Write values as SQLAlchemy does for SQLite."""
    return tuple(map(_as_sqlite, row))


def _as_sqlite(value: object) -> object:
    match value:
        case UUID():
            return value.hex
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S.%f}"
        case date():
            return value.isoformat()
        case _:
            return value


_ORDER = [
    *(data_keys, subjects, subject_marks, subject_cprs),
    *(cases, records, relations, actions, concerns),
]
