"""The catalogue as the tests read it: both languages, and what is in a sentence."""

from string import Formatter

import pytest

from cards.words import Say, speak
from domain.people import Language

DANISH, ENGLISH = speak(Language.DA), speak(Language.EN)
BOTH = pytest.mark.parametrize("say", [DANISH, ENGLISH], ids=["da", "en"])


def blanks(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def sentences(say: Say) -> dict[str, str]:
    return {key: say(key) for key in sorted(say.keys())}
