"""Information that an authority keeps to itself (domain.md S115-12, retsplejeloven §115(4))."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.people import Authority
from domain.records import Record, RecordKind


def is_hidden(record: Record, authority: Authority) -> bool:
    """Tell whether somebody of this authority sees only that something is withheld."""
    return record.withheld_by is not None and record.withheld_by != authority


def is_withheld(record: Record, authority: Authority) -> bool:
    """Tell whether this is withheld from them now; why it once was does not count."""
    return is_hidden(record, authority) and record.kind is not RecordKind.WITHHELD


def with_what_was(records: Sequence[Record]) -> list[Record]:
    """Withhold every version of a piece as its latest one is: before, it said the same.

    :param records: all versions of each.
    """
    later = {each.replaces: each for each in records if each.replaces is not None}

    def latest(record: Record) -> Record:
        return latest(later[record.id]) if record.id in later else record

    return [replace(each, withheld_by=latest(each).withheld_by) for each in records]


def as_seen(records: Iterable[Record], authority: Authority) -> list[Record]:
    """Give the records as somebody of this authority reads them: of what is withheld, no word.

    Nor do they see who wrote it; why it is withheld they do not see at all.
    """
    return [
        replace(each, content={}, by=None) if is_hidden(each, authority) else each
        for each in records
        if is_withheld(each, authority) or not is_hidden(each, authority)
    ]
