"""The story of every no: what somebody reads whatever the rules refuse."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dialogs.conversation import explain
from dialogs.turns import Turn
from domain.errors import RuleBroken
from tests.cards.guests import CHAT, Gallery
from tests.support.town import ANNA

FACTS: Mapping[str, Any] = {
    "least": 20,
    "at_most": 500,
    "written": 612,
    "option": "Ingen af dem",
    "place": "Frederiksberg",
    "at_least": 20,
    "names": "Ydre Nørrebro, Indre Nørrebro",
    "who": "Dorte Skovfoged, Dennis Åkande",
    "name": "Anna Jensen",
    "most": 24,
    "latest": "mandag 5. marts 2029",
    "reference": "2026-0042",
    "day": date(2031, 3, 2),
    "days": 30,
    "codes": "AB12, CD34",
    "left": "12.500 kr.",
    "amount": "40.000 kr.",
    "year": 2027,
    "first": 2026,
    "last": 2028,
    "party": "SOF",
    "theirs": "Sted: Torvet ved stationen; Bemærkning: Ring først",
    "line": "3",
    "text": "T+4 tmer",
    "about": "H1",
    "field": "title",
    "measure": "M1",
    "templates": "H1, H7",
    "said": "ABC",
    "count": 3,
    "hours": 24,
    "known": "H1, H2",
    "minutes": 60,
    "problems": "H1: »title« mangler.",
    "number": 2,
    "where": "linje 3",
    "authorities": "BUF, SOF",
    "what": "Fire er optaget et andet sted, og lokalet er lukket",
}


async def refusals(gallery: Gallery) -> None:
    """Refuse for every reason there is."""
    texts = gallery.say.keys()
    codes = sorted(key for key in texts if key.startswith("rule."))
    turn = Turn(
        person=replace(ANNA, language=gallery.language),
        at=gallery.now + timedelta(days=20),
        in_private=True,
        language=gallery.language,
        chat_link=CHAT,
    )
    async with gallery.database.transaction() as tx:
        for code in codes:
            problem = RuleBroken(code.removeprefix("rule."), **FACTS)
            gallery.hang(f"refused {code}", await explain(tx, turn, problem))
