"""Correcting what is wrong about a person, and what follows from a new birthday (AGE-9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.ages import AgeBand, age_band
from domain.cpr import read_cpr
from domain.dates import read_date
from domain.errors import RuleBroken
from domain.records import Record, RecordKind

# What is known of who somebody is, and may turn out wrong; and the texts of other records.
IDENTITY_FACTS = ("name", "born", "protected", "school", "custody", "interpreter_language")
CPR_FACT = "cpr"
WRITTEN = frozenset(
    {RecordKind.VIEW, RecordKind.CHILD_VIEW, RecordKind.OFFENCE, RecordKind.SENSITIVE}
)
SHORTEST_TEXT = 8  # signs: anything shorter in a record is a code and no sentence


class Ground(StrEnum):
    """Why a fact is corrected."""

    OURS = "ours"  # we found it ourselves
    REQUESTED = "requested"  # the person, or a custody holder, asked (GDPR art. 16)


class Request(StrEnum):
    """What somebody may ask of what is kept about them."""

    RECTIFICATION = "rectification"
    OBJECTION = "objection"  # GDPR art. 21


class Decision(StrEnum):
    """What came of it."""

    GRANTED = "granted"
    REFUSED = "refused"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeChange:
    """What a corrected birthday means for which track somebody belongs to (AGE-9)."""

    before: AgeBand
    after: AgeBand

    @property
    def code(self) -> str:
        return f"{self.before}->{self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that can be corrected: the record it stands in, and under which key."""

    record: Record | None  # None: nothing is known of it yet
    kind: RecordKind
    key: str
    now: str = field(repr=False)

    @property
    def name(self) -> str:
        """Name it without a word of what it says, so that a button may carry it."""
        written = self.kind in WRITTEN and self.record is not None
        return f"{self.record.id}.{self.key}" if written and self.record else self.key


def texts_of(record: Record) -> Mapping[str, str]:
    """Pick out what a record says in words."""
    return {
        key: value
        for key, value in record.content.items()
        if isinstance(value, str) and len(value) >= SHORTEST_TEXT
    }


def read_fact(key: str, said: str, *, today: date) -> str | None:
    """Read what is right instead; None where nothing is.

    :raises RuleBroken: where it is no name, no date or no CPR number; `correct.choose` where a
        code is not one of its values.
    """
    said = said.strip()
    if not said:
        if key == "name":
            raise RuleBroken("correct.name_needed")
        return None
    match key:
        case "born":
            born = read_date(said, today=today)
            age_band(born, today)
            return born.isoformat()
        case "cpr":
            return read_cpr(said, today=today).number
        case "protected":
            return _protected(said)
        case _:
            return said


def _protected(said: str) -> str:
    words = {"ja": "yes", "yes": "yes", "nej": "no", "no": "no"}
    if said.casefold() not in words:
        raise RuleBroken("correct.yes_or_no")
    return words[said.casefold()]


def corrected(record: Record, *, key: str, to: str | None) -> Mapping[str, object]:
    """Give the whole new content; what was decided about two dates does not outlive a new one."""
    content = {each: value for each, value in record.content.items() if each != key}
    if key == "born":
        content.pop("born_check", None)
    return content if to is None else {**content, key: to}


def age_change(before: date | None, after: date | None, *, today: date) -> AgeChange | None:
    """Say whether somebody belongs to another track, now that their birthday is another."""
    change = AgeChange(before=age_band(before, today), after=age_band(after, today))
    return None if change.before is change.after else change
