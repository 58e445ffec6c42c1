"""Whom to telephone about an alert: who may still join, and has not said that they do (BER-25)."""

from dataclasses import dataclass

from domain.alerts import Recipient
from domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Somebody who was alerted; so far they answered nothing, or that they have it."""

    person: Person
    recipient: Recipient
