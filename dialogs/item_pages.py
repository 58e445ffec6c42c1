"""One item of an agenda in the chat, with what this person can do with it."""

from collections.abc import Sequence
from uuid import UUID

from cards import agendas as cards
from cards.shown import Shown
from dialogs.turns import Turn
from domain.access import Action, can
from domain.meeting_items import LIVE, ItemState, MeetingItem
from domain.people import CommitteeType
from storage.database import Transaction
from usecases.find_item import read_item, takes_items
from usecases.permit import actor_of

ROOM = 5  # ways on one card, beside the one back to the agenda


async def item_page(
    tx: Transaction, turn: Turn, id: UUID, *, top: str = "", rest: bool = False
) -> Shown:
    """Show an item, under what has just been done.

    :param top: the text that says so.
    :param rest: whether with the ways that one card has no room for.
    :raises RuleBroken: `item.not_found`
    """
    item, meeting, matter = await read_item(tx, id=id, by=turn.person, now=turn.at)
    actor = await actor_of(tx, turn.person)
    committee = await tx.organisation.committee(meeting.committee)
    open_ = item.state in LIVE and await takes_items(tx, meeting, now=turn.at)
    keeps = can(actor, Action.MANAGE_MEETING, matter)
    own = item.proposed_by == turn.person.id
    steering = committee.type is CommitteeType.STEERING
    ways = []
    if open_ and keeps:
        ways += _of_keeper(item, steering=steering)
    if open_ and can(actor, Action.PROPOSE_ITEM, matter):
        ways += [*(("item.change",) if own or keeps else ()), "item.comment"]
    if open_ and own and not keeps:
        ways.append("item.withdraw")
    people = await tx.people.of_ids([item.proposed_by])
    return cards.item(
        item,
        meeting,
        committee=committee.name,
        proposer=people[item.proposed_by].name,
        ways=_on_one_card(ways, rest=rest),
        top=turn.say(top) if top else "",
        say=turn.say,
    )


def _on_one_card(ways: Sequence[str], *, rest: bool) -> Sequence[str]:
    if len(ways) <= ROOM:
        return ways
    first = ROOM - 1
    return [*ways[first:], "item.open"] if rest else [*ways[:first], "item.more"]


def _of_keeper(item: MeetingItem, *, steering: bool) -> list[str]:
    on = item.state is ItemState.ACCEPTED
    first = ["item.up", "item.down"] if on else ["item.accept"]
    back = [] if item.state is ItemState.RETURNED else ["item.return"]
    return [*first, *back, *(["item.to_managers"] if steering else []), "item.move"]
