"""One turn: who said or pressed what, when, and whether others can read along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cards.shown import Json
from cards.words import Say, speak
from domain.dates import local_date
from domain.people import Language, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that was pressed: its verb, and what its card sent along, which we never trust."""

    verb: str
    data: Mapping[str, Json] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    person: Person
    at: datetime
    in_private: bool
    language: Language = Language.DA
    said: str = field(default="", repr=False)
    pressed: Press | None = None
    brings_files: bool = False
    links: bool = False  # whether links to meetings in Teams are made
    mail: bool = False  # whether e-mail is a second channel
    board_link: str = ""  # where the readiness board is
    chat_link: str = ""  # where the bot's private chat is, for those who wrote elsewhere

    @property
    def say(self) -> Say:
        return speak(self.language)

    @property
    def today(self) -> date:
        """The day in Copenhagen."""
        return local_date(self.at)

    @property
    def word(self) -> str:
        """What was typed, as a command would be written."""
        return " ".join(self.said.split()).casefold().strip(".!?")
