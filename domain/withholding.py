"""Information that an authority keeps to itself (domain.md S115-12, retsplejeloven §115(4))."""

from collections.abc import Iterable
from dataclasses import replace

from domain.people import Authority
from domain.records import Record


def is_hidden(record: Record, authority: Authority) -> bool:
    """Tell whether somebody of this authority sees only that something is withheld."""
    return record.withheld_by is not None and record.withheld_by != authority


def as_seen(records: Iterable[Record], authority: Authority) -> list[Record]:
    """Give the records as somebody of this authority reads them: of what is hidden, no word.

    Nor do they see who wrote it.
    """
    return [
        replace(each, content={}, by=None) if is_hidden(each, authority) else each
        for each in records
    ]
