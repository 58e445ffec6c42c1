"""Each person's own meetings: the coming ones, a page at a time, and the next one at once."""

from uuid import NAMESPACE_OID, uuid5

from cards import my_meetings as cards
from cards.my_meetings import PAGES
from cards.shown import Shown
from dialogs.meet import OFFER as MEET
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Verb, alone
from dialogs.turns import Turn
from storage.database import Transaction
from usecases.my_meetings import ask_my_calendar, my_meetings


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return await _page(tx, turn, page=1)


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _page(tx, turn, page=int(aim.inputs["page"]))


async def _page(tx: Transaction, turn: Turn, *, page: int) -> Shown:
    found = await my_meetings(tx, turn.person, now=turn.at)
    lines = [
        (each.meeting, each.committee.name, each.own.reply if each.own else None) for each in found
    ]
    return cards.coming(lines, page=page, say=turn.say)


async def _next(tx: Transaction, turn: Turn) -> Shown:
    """Show the next meeting that counts on somebody, ready to be answered."""
    found = await my_meetings(tx, turn.person, now=turn.at)
    counting = [each.meeting for each in found if each.counts_on_them]
    if not counting:
        return cards.nothing_next(say=turn.say)
    opens = MEET.verbs["meet.open"]
    return await opens.take(tx, turn, Aim(id=counting[0].id))


async def _calendar(tx: Transaction, turn: Turn) -> Shown:
    minute = turn.at.replace(second=0, microsecond=0)
    twice = uuid5(NAMESPACE_OID, f"calendar/{turn.person.id}/{minute.isoformat()}")
    if not await ask_my_calendar(tx, id=twice, by=turn.person, now=turn.at):
        return cards.nothing_next(say=turn.say)
    return cards.calendar_asked(say=turn.say)


OFFER = Offer(
    verbs={
        "my_meetings.list": Verb(take=alone(_list), words=("mine møder", "my meetings")),
        "my_meetings.more": Verb(take=_more, carries={"page": frozenset(PAGES)}),
        "my_meetings.calendar": Verb(take=alone(_calendar), words=("min kalender", "my calendar")),
        "my_meetings.next": Verb(
            take=alone(_next), words=("næste møde", "next meeting"), typed_only=True
        ),
    },
    helps={"help.my_meetings": everybody},
)
