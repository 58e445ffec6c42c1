"""Everything that somebody can read by typing, without changing anything."""

from collections.abc import Sequence

from dialogs.conversation import VERBS
from tests.support.chat import Chat

LISTS = (
    "mine sager",
    "mine opgaver",
    "mine bekymringer",
    "nye bekymringer",
    "medunderskriv",
    "grupper",
    "journal",
    "inhabilitet",
    "sletteliste",
    "aktindsigter",
    "glasbrud",
    "overblik",
    "ssp+ tal",
)
NOTHING = ("2026-9999", "B2026-9999")
BY_NUMBER = {
    thing: [
        verb.words[0]
        for verb in VERBS.values()
        if verb.about is not None and verb.about.name == thing and verb.words and not verb.rest
    ]
    for thing in ("case", "concern")
}


async def reads(who: Chat, case: str, concern: str, *, searches: Sequence[str] = ()) -> list[str]:
    """Read everything there is to read by typing, with these numbers and searches."""
    numbered = [f"{word} {case}" for word in BY_NUMBER["case"]]
    numbered += [f"{word} {concern}" for word in BY_NUMBER["concern"]]
    searched = [f"søg {words}" for words in searches]
    return [await who.types(said) for said in (*LISTS, *searched, *numbered)]
