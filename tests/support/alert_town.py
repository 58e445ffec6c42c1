"""A town with leaders of all five authorities in Valby, and the steps of an alert there."""

from tests.integration.usecases.alarming import LEADERS, LEFT, REGISTER
from tests.support.chat import Chat
from tests.support.town import Town

SAID = "Slagsmål mellem to grupper"
FORM = {
    "template": "H1",
    "situation": (
        f"Hvad er der sket? {SAID}\nHvor? Ved stationen\n"
        "Hvordan er situationen? Uroligt\nHvad er der iværksat? Politiet er på stedet"
    ),
}
NUMBER = "R2026-0001"
__all__ = ["FORM", "LEADERS", "LEFT", "NUMBER", "REGISTER", "SAID"]


async def in_readiness(town: Town) -> None:
    """Give the town its leader groups."""
    await town.reorganises(REGISTER)


async def sends(who: Chat, **answers: str) -> str:
    """Activate readiness by cards; give what the last card says."""
    await who.types("beredskab start")
    await who.fills({"areas": "VAL", **FORM, **answers})
    return await who.presses("form.send")
