"""One person's private chat with the bot: what they do, and what they then read."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.people import Person
from localteams import drawn
from localteams.acts import Pressed
from localteams.server import LocalTeams, read_aloud
from localteams.state import Conversation, Message

REFERENCE = re.compile(r"B\d{4}-\d{4,6}")
MOST_STEPS = 30

Card = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Chat:
    """A person's hands and eyes. `settle` waits for what they set going."""

    person: Person
    teams: LocalTeams
    settle: Callable[[], Awaitable[None]]

    # what they do

    async def types(self, text: str) -> str:
        """Type something; give what the bot answered, read aloud."""
        answers = await self.teams.says(self.person.aad_id, text)
        await self.settle()
        return "\n".join(map(self.reads, answers))

    async def presses(self, verb: str, **inputs: str) -> str:
        """Press the button with this verb on the latest card that has it."""
        message = self.card_with(verb)
        pressed = await self.teams.presses(self.person.aad_id, message, verb, dict(inputs))
        return await self._answered(pressed)

    async def presses_on(self, card: Card, verb: str, **inputs: str) -> str:
        """Press a button on a card that somebody still sees, or was shown by a colleague."""
        pressed = await self.teams.presses(
            self.person.aad_id, self.messages()[0], verb, dict(inputs), card=card
        )
        return await self._answered(pressed)

    async def forges(self, verb: str, data: Mapping[str, object]) -> str:
        """Send a press that no card of ours offers, as a curious person could."""
        action = {"type": "Action.Execute", "verb": verb, "data": dict(data)}
        pressed = await self.teams.acts.press(self.person.aad_id, self.messages()[0], action)
        return await self._answered(pressed)

    async def fills(self, answers: Mapping[str, str]) -> str:
        """Fill in one card of the form after the other, up to one these answers say nothing of."""
        read = ""
        for _ in range(MOST_STEPS):
            card = self.form()
            if "form.next" not in verbs(card):
                break
            asked = drawn.inputs(card)
            given = {key: answers[key] for key in asked if key in answers}
            if asked and not given:
                break
            read = await self.presses("form.next", **given)
            if self.form() == card:
                break
        return read

    async def reports(self, answers: Mapping[str, str]) -> str:
        """Report a concern by cards; give its reference number."""
        await self.types("bekymring")
        await self.fills(answers)
        return reference_in(await self.presses("form.send"))

    async def opens(self, reference: str) -> str:
        """Open a concern by keyboard, having no near relation; give what can be read."""
        await self.types(f"åbn {reference}")
        return await self.types(f"nej {reference}")

    # what they see

    def card_with(self, verb: str) -> Message:
        """Find the latest message whose card has this button."""
        for message in reversed(self.messages()):
            if verb in verbs(self.card(message)):
                return message
        raise AssertionError(f"{self.person.name} sees no button for {verb}")

    def form(self) -> Card:
        """Give the card of the form that was answered last, or of what became of it."""
        for message in reversed(self.messages()):
            card = self.card(message)
            if any(verb.startswith("form.") for verb in verbs(card)):
                return card
        return {}

    def card(self, message: Message) -> Card:
        return message.card_for(self.person.aad_id) or {}

    def messages(self) -> list[Message]:
        """List what the bot wrote, the first first."""
        return [each for each in self.teams.messages(self.personal) if each.sender is None]

    def reads(self, message: Message) -> str:
        return read_aloud(message, self.person.aad_id)

    def last(self) -> str:
        """Read the latest thing the bot said."""
        return self.reads(self.messages()[-1])

    def everything(self) -> str:
        return "\n".join(map(self.reads, self.messages()))

    @property
    def personal(self) -> Conversation:
        return self.teams.personal(self.person.aad_id)

    async def _answered(self, pressed: Pressed) -> str:
        assert pressed.ok, pressed.error
        await self.settle()
        return drawn.words(pressed.card) if pressed.card else pressed.text or ""


def verbs(card: Card) -> set[str]:
    """Name what the buttons on a card do."""
    return {str(button.get("verb")) for button in drawn.buttons(card)}


def data_of(card: Card, verb: str) -> Card:
    """Give what the button with this verb carries."""
    [data] = [each["data"] for each in drawn.buttons(card) if each.get("verb") == verb]
    return dict(data)


def reference_in(words: str) -> str:
    found = REFERENCE.search(words)
    assert found is not None, words
    return found[0]
