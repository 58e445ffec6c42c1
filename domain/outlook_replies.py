"""Answers given in Outlook, as the bot takes them: the last one counts, wherever it was given."""

from dataclasses import dataclass
from datetime import datetime

from domain.committee_meetings import Reply
from domain.outlook_events import Response
from domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody was asked, and what they have answered until now.

    :param stands_for: whose substitute they are asked as.
    """

    reply: Reply
    asked_at: datetime
    replied_at: datetime | None = None
    stands_for: PersonId | None = None


def counts(at: datetime | None, standing: Standing, *, since: datetime) -> bool:
    """Whether an answer given then is to this hour, and none was given after it (MTG-17).

    :param since: when Outlook began to show the hour of the meeting.
    """
    if at is None:
        return False
    last = max(since, standing.asked_at, standing.replied_at or since)
    return at > last


def said_at(
    answered_at: datetime | None, standing: Standing, *, changed_at: datetime | None
) -> datetime | None:
    """Say when an answer was given.

    One without a time was given when the event changed last, at the latest; it only counts for
    who has answered nothing yet, for it might be older than what they say.
    """
    if answered_at is None and standing.reply is Reply.ASKED:
        return changed_at
    return answered_at


def answer_of(response: Response, standing: Standing) -> Reply | None:
    """Take an answer as a press in Teams would be; nothing where it says nothing new.

    Who declines in Outlook has their substitute asked, unless they had declined without one.
    »Maybe« is no answer: who was coming is asked again, and who was not has still declined.
    """
    match response:
        case Response.ACCEPTED:
            answer = Reply.COMING
        case Response.DECLINED if standing.stands_for is not None:
            answer = Reply.DECLINED
        case Response.DECLINED:
            declined = standing.reply is Reply.DECLINED
            answer = Reply.DECLINED if declined else Reply.SUBSTITUTE
        case Response.TENTATIVE:
            answer = Reply.ASKED if standing.reply is Reply.COMING else standing.reply
        case _:
            return None
    return None if answer is standing.reply else answer
