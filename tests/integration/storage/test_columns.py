"""Columns that refuse plain content, and errors that show nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, insert, update
from sqlalchemy.exc import DBAPIError, StatementError

from storage.columns import Sealed
from storage.contents import packed, unpacked
from storage.database import Database
from storage.rows import counters, metadata
from storage.sealing import NotSealed

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
SEALED = [
    (table, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Sealed)
]


@given(st.dictionaries(st.text(), JSON))
def test_any_answers_can_be_packed(answers: dict[str, object]) -> None:
    assert unpacked(packed(answers)) == answers


@pytest.mark.parametrize(("table", "column"), SEALED, ids=str)
async def test_no_sealed_column_takes_plain_content(
    database: Database, table: Table, column: str
) -> None:
    """AC-CRYPT-02: there is no fall-back to plain."""
    for plain in ("confided", b"\x01" + b"confided" * 9):
        with pytest.raises(StatementError) as refused:
            async with database.transaction() as tx:
                await tx.connection.execute(update(table).values({column: plain}))

        assert isinstance(refused.value.orig, NotSealed)
        assert "confided" not in str(refused.value)


async def test_an_error_of_the_database_shows_no_values(database: Database) -> None:
    """AC-CRYPT-07, house.md section 9."""
    row = {"name": "confided", "period": "2026", "value": 1}

    with pytest.raises(DBAPIError) as refused:
        async with database.transaction() as tx:
            await tx.connection.execute(insert(counters), [row, row])

    assert "confided" not in str(refused.value).replace("(name, period)=(confided", "")
