"""Recusals: who is too near to a matter to take part in it, and who decides about that (INH)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """Somebody who may take no part in a matter, as they or another said; why is sealed."""

    matter: UUID
    person: PersonId
    by: PersonId
    at: datetime


def must_be_anothers(recusal: Recusal, *, decider: PersonId, lifts: bool) -> None:
    """Let nobody decide about themselves, and nobody lift what they said themselves (INH-5).

    :raises RuleBroken: `recusal.own`, `recusal.own_word`
    """
    if decider == recusal.person:
        raise RuleBroken("recusal.own")
    if lifts and decider == recusal.by:
        raise RuleBroken("recusal.own_word")
