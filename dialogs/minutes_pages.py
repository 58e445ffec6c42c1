"""Minutes in the chat: the whole of them, and one item, with what this person can do."""

from uuid import UUID

from cards import minutes as cards
from cards.shown import Shown
from dialogs.turns import Turn
from domain.access import Action, can
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.minutes import MinutesState
from storage.database import Transaction
from usecases import permit
from usecases.approve_minutes import stamp
from usecases.read_minutes import MinutesSeen, see_minutes

_OF_WRITER = {
    MinutesState.DRAFT: ("minutes.attendance", "minutes.send"),
    MinutesState.COMMENTS: ("minutes.attendance", "minutes.close"),
    MinutesState.APPROVAL: ("minutes.take_back",),
    MinutesState.APPROVED: ("minutes.correct",),
}


async def minutes_page(tx: Transaction, turn: Turn, id: UUID, *, top: str = "") -> Shown:
    """Show the minutes of a meeting, or offer who writes them to begin.

    :raises RuleBroken: `minutes.not_found`, or `committee_meeting.not_found` to those who are
        not of the meeting.
    """
    try:
        seen = await see_minutes(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return await _none_yet(tx, turn, id)
    return cards.overview(page_of(seen), top=turn.say(top) if top else "", say=turn.say)


async def seen_minutes(tx: Transaction, turn: Turn, id: UUID) -> MinutesSeen:
    """Look at minutes that a press is about.

    :raises RuleBroken: `minutes.not_found`
    """
    try:
        return await see_minutes(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        raise RuleBroken("minutes.not_found", about=str(id)) from None


def page_of(seen: MinutesSeen) -> cards.Page:
    return cards.Page(
        meeting=seen.meeting,
        committee=seen.committee.name,
        minutes=seen.minutes,
        stamp=stamp(seen.minutes),
        comments=seen.comments,
        people=seen.people,
        waiting=seen.waiting,
        ways=_ways(seen),
    )


def _ways(seen: MinutesSeen) -> list[str]:
    return [
        *(["minutes.comment"] if seen.may_comment else []),
        *(["minutes.agree"] if seen.agrees else []),
        *(["minutes.approve"] if seen.approves else []),
        *(_OF_WRITER[seen.minutes.state] if seen.writes else ()),
    ]


async def _none_yet(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    meeting, matter, actor = await permit.meeting(
        tx, turn.person, Action.READ_MEETING, id, now=turn.at
    )
    begins = can(actor, Action.WRITE_MINUTES, matter) and meeting.day <= local_date(turn.at)
    if not begins or await tx.minutes.latest(id) is not None:
        raise RuleBroken("minutes.not_found", about=str(id))
    committee = await tx.organisation.committee(meeting.committee)
    return cards.none_yet(meeting, committee=committee.name, say=turn.say)


async def item_page(tx: Transaction, turn: Turn, item: UUID, *, top: str = "") -> Shown:
    """Show what is written about one item.

    :raises RuleBroken: `minuted.not_found`
    """
    found = await tx.meeting_items.find(item)
    try:
        seen = await see_minutes(
            tx,
            id=found.meeting if found and found.meeting else item,
            by=turn.person,
            now=turn.at,
        )
    except RuleBroken:
        raise RuleBroken("minuted.not_found", about=str(item)) from None
    writes = seen.writes and seen.minutes.state in {MinutesState.DRAFT, MinutesState.COMMENTS}
    return cards.item(
        page_of(seen),
        seen.minutes.of_item(item),
        [each for each in seen.tasks if each.item == item],
        writes=writes,
        top=turn.say(top) if top else "",
        say=turn.say,
    )
