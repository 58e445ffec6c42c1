"""Read how a trial stands off its card, and make somebody hard to reach."""

import re

from domain.delivery import DeliveryState
from tests.support.chat import Chat
from tests.support.town import DANISH, Town

STATES = {DANISH(f"delivery.state.{state}"): state for state in DeliveryState}


def counts(read: str) -> dict[str, int]:
    """Read the numbers off the card."""
    found = re.findall(r"^(.+): (\d+)$", read, flags=re.MULTILINE)
    return {name: int(number) for name, number in found}


def adds_up(read: str) -> bool:
    numbers = counts(read)
    of_states = sum(number for name, number in numbers.items() if name in STATES)
    return of_states == numbers[DANISH("trial.standing_total")]


def has_blocked(town: Town, who: Chat) -> None:
    town.teams.faults.add(
        op="send",
        conversation=who.personal.id,
        status=403,
        code="Forbidden",
        subcode="ConversationBlockedByUser",
    )
