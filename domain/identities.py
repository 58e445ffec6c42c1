"""Who a concern is about, as its reporter told it, and how alike two people are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.concerns import Parts
from domain.cpr import read_cpr
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.name_words import name_words

TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A name, a birthday and a number, as far as they are known; `told` is all of class D2."""

    name: str = field(repr=False)
    born: date | None = field(repr=False)
    cpr: str | None = field(repr=False)
    told: Mapping[str, object] = field(repr=False)

    @classmethod
    def of(cls, parts: Parts) -> "Identity":
        """Pick out of a concern who it is about."""
        told = dict(parts.get(DataClass.IDENTITY, {}))
        number = digits_of(str(parts.get(DataClass.CPR, {}).get("cpr") or ""))
        born = born_of(
            typed=str(told.get("born") or ""),
            cpr=number or "",
            decided=str(told.get("born_check") or ""),
        )
        known = {**told, "born": born.isoformat()} if born else told
        return cls(name=str(told.get("name") or ""), born=born, cpr=number, told=known)


def digits_of(said: str) -> str | None:
    """Give the ten digits of a CPR number, however it was written; None for anything else."""
    digits = "".join(sign for sign in said if sign in "0123456789")
    return digits if len(digits) == TEN else None


def born_of(*, typed: str, cpr: str, decided: str) -> date | None:
    """Find the birthday that counts: typed, from the CPR number, or none that is sure (§4.4).

    :param decided: which of the two the reporter chose where they disagree, if they were asked.
    """
    try:
        from_cpr = read_cpr(cpr, today=date.max).born if cpr else None
    except RuleBroken:
        from_cpr = None
    from_words = date.fromisoformat(typed) if typed else from_cpr
    choices = {"cpr": from_cpr, "typed": from_words, "unknown": None}
    return choices.get(decided, from_words)


def may_be_same(one: Identity, other: Identity) -> bool:
    """Say whether two may be one person: two different CPR numbers never are."""
    return one.cpr is None or other.cpr is None or one.cpr == other.cpr


def same_name(one: str, other: str) -> bool:
    """Say whether every word of the shorter name is in the longer one too."""
    words, others = set(name_words(one)), set(name_words(other))
    return bool(words and others) and (words <= others or others <= words)
