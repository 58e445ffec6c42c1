"""Where what is claimed goes: to a conversation in Teams, or to a mailbox."""

from collections.abc import Mapping, Sequence

from domain.delivery import Address, Delivery
from storage.database import Transaction


async def in_teams(tx: Transaction, deliveries: Sequence[Delivery]) -> Mapping[str, Address]:
    """Find the conversation of each lane that has one we may write to."""
    notices = [delivery.notice for delivery in deliveries]
    people = {notice.person for notice in notices if notice.person is not None}
    of_people = await tx.addresses.of_all(people)
    addresses = {str(person): address for person, address in of_people.items()}
    for notice in notices:
        if notice.channel is not None and notice.lane not in addresses:
            address = await tx.addresses.of_channel(notice.channel)
            if address is not None:
                addresses[notice.lane] = address
    return addresses


async def by_email(tx: Transaction, deliveries: Sequence[Delivery]) -> Mapping[str, str]:
    """Find the mailbox of each person who has one; a committee's channel has none."""
    people = {each.notice.person for each in deliveries if each.notice.person is not None}
    found = await tx.people.of_ids(people)
    return {str(person.id): person.email for person in found.values() if person.email}
