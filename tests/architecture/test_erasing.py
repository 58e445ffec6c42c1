"""Whoever adds a table says what becomes of it when a person is erased (AC-DATA-03)."""

from storage.erasing import ERASED, KEPT
from storage.rows import metadata


def test_every_table_is_erased_or_kept_for_a_reason() -> None:
    known = {table.name for table in metadata.sorted_tables}
    erased = {column.table.name for column, _ in ERASED}

    assert erased | KEPT.keys() == known
    assert not erased & KEPT.keys()
    assert all(KEPT.values())


def test_nothing_is_erased_before_what_points_to_it() -> None:
    order = [column.table for column, _ in ERASED]
    for place, table in enumerate(order):
        pointing = {
            other
            for other in order
            for key in other.foreign_keys
            if key.column.table is table and other is not table
        }

        assert not pointing & set(order[place + 1 :]), table.name
