"""Recusals: who is too near to a matter to take part in it, and who decides about that (INH)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.errors import RuleBroken
from domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """Somebody who may take no part in a matter, as they or another said; why is sealed."""

    matter: UUID
    person: PersonId
    by: PersonId
    at: datetime
    upheld: bool = False  # somebody else has decided that it stands

    @property
    def id(self) -> UUID:
        """Name it on a button: there is one for each person and matter."""
        return uuid5(self.matter, self.person)


def must_be_anothers(recusal: Recusal, *, decider: PersonId, lifts: bool) -> None:
    """Let nobody lift what is about themselves, or what they said themselves (INH-5).

    :raises RuleBroken: `recusal.own_word`
    """
    if decider == recusal.person or (lifts and decider == recusal.by):
        raise RuleBroken("recusal.own_word")
