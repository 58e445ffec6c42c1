"""An amount of money as an answer: typed as Danes type it, kept as whole øre."""

from dataclasses import dataclass
from datetime import date

from cards import blocks
from cards.shown import Json, Piece
from cards.words import Say
from dialogs.fields import Free
from domain.errors import RuleBroken
from domain.money import PARTS, in_kroner, read_kroner


@dataclass(frozen=True, slots=True, kw_only=True)
class Kroner(Free):
    """An amount from `least` to `most`, both in øre."""

    least: int = PARTS
    most: int = 10_000_000 * PARTS

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        amount = read_kroner(answer)
        if not self.least <= amount <= self.most:
            least, most = in_kroner(self.least), in_kroner(self.most)
            raise RuleBroken("money.range", least=least, most=most)
        return str(amount)

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        hint = say("money.hint")
        return blocks.text_input(key, label, value=value, hint=hint, at_most=30, lines=False)

    def raw(self, value: Json) -> str:
        return in_kroner(int(str(value)))

    def show(self, value: Json, say: Say) -> str:
        del say
        return in_kroner(int(str(value)))
