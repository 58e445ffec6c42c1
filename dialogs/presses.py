"""What a press or a typed command is about, and what it may bring along: nothing else gets in."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cards.presses import VERSION
from cards.shown import Json, Shown
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.people import Language
from storage.database import Transaction

NOTHING: frozenset[str] = frozenset()
NOBODY = UUID(int=0)

Button = tuple[str, str, Mapping[str, Json]]
Find = Callable[[Transaction, str], Awaitable[tuple[UUID, int] | None]]
Again = Callable[[Transaction, Turn, UUID], Awaitable[Button | None]]


async def _finds_nothing(_: Transaction, __: str) -> None:
    return None


async def _offers_nothing(_: Transaction, __: Turn, ___: UUID) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A kind of object that a press is about.

    `name` is the key its id travels under; `reference` the pattern of its number as it is
    typed, and `find` looks that up; `again` offers to open it as it is now, to somebody who may.
    """

    name: str
    reference: str = ""
    versioned: bool = True
    find: Find = _finds_nothing
    again: Again = _offers_nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The object that a press is about, the version its card showed, and what came along.

    `inputs` is what was chosen or written on the card, `rest` what was typed after the
    command or the number. Neither has been judged yet.
    """

    id: UUID = NOBODY
    version: int = 0
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False)
    rest: str = field(default="", repr=False)


Take = Callable[[Transaction, Turn, Aim], Awaitable[Shown]]
Do = Callable[[Transaction, Turn], Awaitable[Shown]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing that can be done by a press or by typing.

    `about` is what its button carries the id and the version of; `carries` what else, and
    which values those may have; `asks` names the inputs of its card. `words` are what is
    typed for it, Danish first and English second: alone, or before the number of what it
    is about; `rest` is the pattern of what may follow. Nobody can press what is `typed_only`.
    """

    take: Take
    about: Thing | None = None
    carries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asks: frozenset[str] = NOTHING
    words: tuple[str, ...] = ()
    rest: str = ""
    typed_only: bool = False

    @property
    def free(self) -> bool:
        """Whether what is typed could as well be a sentence."""
        return bool(self.rest) and self.about is None

    def example(self, number: str, language: Language) -> str:
        """Give what is typed for it with a number, in somebody's language."""
        word = self.words[0 if language is Language.DA else 1]
        more = " …" if re.fullmatch(self.rest, "") is None else ""
        return f"{word} {number}{more}"

    def pattern(self) -> re.Pattern[str]:
        """Give the pattern of all that is typed for it."""
        words = "|".join(map(re.escape, self.words))
        number = rf" (?P<reference>{self.about.reference})" if self.about else ""
        return re.compile(rf"(?:{words}){number}(?P<rest>{self.rest})")

    def aim(self, data: Mapping[str, Json]) -> Aim:
        """Read what a press sent along; anything that does not belong is refused (AC-CARD-03).

        :raises RuleBroken: `press.not_ours`
        """
        own = {self.about.name, VERSION} if self.about else set[str]()
        if self.about is not None and not self.about.versioned:
            own = {self.about.name}
        inputs = {key: value for key, value in data.items() if key not in own}
        version = data.get(VERSION, 0)
        sound = (
            not self.typed_only
            and own | self.carries.keys() <= data.keys()
            and inputs.keys() <= self.carries.keys() | self.asks
            and isinstance(version, int)
            and not isinstance(version, bool)
            and all(isinstance(value, str) for value in inputs.values())
            and all(data[key] in allowed for key, allowed in self.carries.items())
        )
        try:
            aim = UUID(str(data[self.about.name])) if self.about else NOBODY
        except (KeyError, ValueError):
            raise RuleBroken("press.not_ours") from None
        if not sound or (self.about and data[self.about.name] != str(aim)):
            raise RuleBroken("press.not_ours")
        texts = {key: str(value) for key, value in inputs.items()}
        return Aim(id=aim, version=int(str(version)), inputs=texts)

    async def aim_at(self, tx: Transaction, typed: re.Match[str]) -> Aim:
        """Find what was typed about, in the version it has now.

        :raises RuleBroken: `<thing>.not_found`; a number of somebody else's is found here, and
            refused in the same words by whoever takes it (AC-CARD-02).
        """
        rest = typed["rest"].strip()
        if self.about is None:
            return Aim(rest=rest)
        reference = typed["reference"].upper()
        found = await self.about.find(tx, reference)
        if found is None:
            raise RuleBroken(f"{self.about.name}.not_found", about=reference)
        return Aim(id=found[0], version=found[1], rest=rest)


def alone(do: Do) -> Take:
    """Make a take of something that is about nothing in particular."""

    async def take(tx: Transaction, turn: Turn, _: Aim) -> Shown:
        return await do(tx, turn)

    return take
