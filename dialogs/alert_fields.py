"""The four questions (BER-04) in one field: the text comes with them, and is read by them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from cards import blocks
from cards.plain import plain
from cards.shown import Json, Piece
from cards.words import Say, speak
from dialogs.fields import Free
from domain.alerts import Situation
from domain.errors import RuleBroken
from domain.people import Language
from domain.plan_measures import person_free

ASKED = ("happened", "where", "stands", "done")
LONGEST = 2600  # characters of all four with the questions; each may have 600


@dataclass(frozen=True, slots=True, kw_only=True)
class FourQuestions(Free):
    """What has happened, where, how it stands and what was done, under the questions.

    What is written before the first of them, or without any, is what has happened. The other
    three may stay open: where it burns, nobody waits for them.
    """

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        text = plain(answer).strip()
        if not divided(text)["happened"]:
            raise RuleBroken("situation.unanswered")
        return text

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        return blocks.text_input(
            key, label, value=value or written({}, say), hint="", at_most=LONGEST, lines=True
        )


def divided(text: str) -> Mapping[str, str]:
    """Divide a text by the questions in it; what nobody answered is empty.

    :raises RuleBroken: `measure.cpr`, `measure.too_long`
    """
    said = {key: list[str]() for key in ASKED}
    parts = _questions().split(text)
    said["happened"].append(parts[0])
    for question, words in zip(parts[1::2], parts[2::2], strict=True):
        said[_key_of(question)].append(words)
    return {
        key: person_free("\n".join(each.strip() for each in words if each.strip()))
        for key, words in said.items()
    }


def situation_in(text: str, *, unknown: str = "") -> Situation:
    """Give the four answers; `unknown` stands where one is not known yet.

    :raises RuleBroken: as `divided`
    """
    said = divided(text)
    return Situation(
        happened=said["happened"],
        where=said["where"] or unknown,
        stands=said["stands"] or unknown,
        done=said["done"] or unknown,
    )


def written(answers: Mapping[str, str], say: Say) -> str:
    """Write the questions, each with its answer after it."""
    return "\n".join(f"{say(f'alerts.said.{key}')} {answers.get(key, '')}" for key in ASKED)


@cache
def _asked() -> Mapping[str, str]:
    """Give the key of each question, in either language."""
    return {
        speak(each)(f"alerts.said.{key}").casefold(): key for each in Language for key in ASKED
    }


@cache
def _questions() -> re.Pattern[str]:
    """Give the pattern of a question at the beginning of a line, its mark written or not."""
    one = "|".join(re.escape(each.rstrip("?")) for each in _asked())
    return re.compile(rf"^[ \t]*((?:{one})\b\??)[ \t]*:?", re.IGNORECASE | re.MULTILINE)


def _key_of(question: str) -> str:
    return _asked()[question.strip().casefold().rstrip("?") + "?"]
