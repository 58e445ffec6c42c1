"""Who can be reached where: installations, removals, and addresses that change."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from bot.reading import Heard, Place, read_language
from cards import help as help_cards
from cards.plain import unmarked
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Address
from domain.people import PersonId
from storage.database import Transaction

MOST_KNOWN: Final = 10_000
KNOWN_FOR: Final = timedelta(minutes=10)  # another replica may have been turned away since
REMOVED: Final = "removed"


class Comings:
    """Keeps the addresses in the database true; remembers those it has just seen there."""

    def __init__(self) -> None:
        self._known: OrderedDict[PersonId, tuple[Address, datetime]] = OrderedDict()

    def knows(self, person: PersonId, address: Address, *, now: datetime) -> bool:
        """Say whether the database surely has this address, and writes to it."""
        known, until = self._known.get(person, (None, now))
        return known == address and now < until

    async def keep_address(
        self, tx: Transaction, person: PersonId, place: Place, *, now: datetime
    ) -> None:
        """Store where and when the person was heard."""
        self.forget(person)
        await tx.addresses.learn(person, place.address, now=now)

    def kept(self, person: PersonId, address: Address, *, now: datetime) -> None:
        """Remember for a while, once it is committed, what the database says."""
        self._known.setdefault(person, (address, now + KNOWN_FOR))
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def forget(self, person: PersonId) -> None:
        """Look again the next time: they could not be reached there."""
        self._known.pop(person, None)

    async def note(
        self, tx: Transaction, heard: Heard, place: Place, aad_id: str, *, now: datetime
    ) -> Shown | None:
        """Note an installation or removal; give the one welcome that is due, if any.

        Teams tells of an installation twice, in two kinds of activity; whichever comes
        first is answered.
        """
        if _removed(heard):
            await self._gone(tx, place, aad_id)
        if not _added(heard):
            return None
        if place.in_private:
            return await self._personal(tx, heard, place, aad_id, now=now)
        return await self._shared(tx, heard, place, aad_id)

    async def _personal(
        self, tx: Transaction, heard: Heard, place: Place, aad_id: str, *, now: datetime
    ) -> Shown | None:
        person = await tx.people.of_aad(aad_id)
        if person is None or not person.active:
            return None
        is_news = await tx.addresses.of(person.id) is None
        await self.keep_address(tx, person.id, place, now=now)
        if not is_news:
            return None
        return help_cards.welcome(say=speak(read_language(heard, person)))

    async def _shared(
        self, tx: Transaction, heard: Heard, place: Place, aad_id: str
    ) -> Shown | None:
        """Introduce ourselves once; a team that is a committee's gets its neutral pings here."""
        if heard["type"] != "conversationUpdate":
            return None
        committee = await tx.organisation.committee_of_team(place.team_id or "")
        if committee is not None:
            await tx.addresses.learn_channel(committee.code, place.address)
        added_by = await tx.people.of_aad(aad_id)
        name = unmarked(added_by.name) if added_by else ""
        return help_cards.introduced(by=name, say=speak(None))

    async def _gone(self, tx: Transaction, place: Place, aad_id: str) -> None:
        person = await tx.people.of_aad(aad_id) if place.in_private else None
        if person is not None:
            self.forget(person.id)
            await tx.addresses.block(person.id, REMOVED)


def _added(heard: Heard) -> bool:
    us = heard["recipient"]["id"]
    if heard["type"] == "installationUpdate":
        return str(heard.get("action", "")).startswith("add")
    return any(member["id"] == us for member in heard.get("membersAdded", ()))


def _removed(heard: Heard) -> bool:
    us = heard["recipient"]["id"]
    if heard["type"] == "installationUpdate":
        return str(heard.get("action", "")).startswith("remove")
    return any(member["id"] == us for member in heard.get("membersRemoved", ()))
