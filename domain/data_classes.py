"""What a piece of information is, and so who may read it (domain.md §14.2)."""

from enum import StrEnum


class DataClass(StrEnum):
    """The classes of domain.md §14.2; a value is the number of its row."""

    AGGREGATES = "D0"
    METADATA = "D1"
    IDENTITY = "D2"
    CPR = "D3"
    TEXT = "D4"
    OFFENCE = "D5"
    SENSITIVE = "D6"
    REPORTER = "D7"
    VIEW = "D8"
    ACTIONS = "D9"
    DECISIONS = "D10"
    LOG = "D11"
    JOURNAL = "D12"
    SCREENING = "D13"
