"""Readiness meetings (beredskabsmøder): when and where, who is asked, and what they answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from domain.committee_meetings import Reply
from domain.dates import COPENHAGEN, local_date
from domain.errors import RuleBroken
from domain.escalation import Snapshot
from domain.people import PersonId
from domain.periods import moment
from domain.plan_measures import person_free

IN_AN_HOUR = timedelta(minutes=60)  # unless the Secretariat says otherwise (BER-41)
LASTS = 45  # minutes in calendars; nobody is asked for it when something burns
LINK_WITHIN = timedelta(minutes=3)  # then somebody pastes one instead
LONGEST_PLACE = 80
LONGEST_LINK = 1000
_FIVE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessMeeting:
    """One meeting about an alert.

    :param number: counts the meetings of an alert from 1.
    :param link: to the meeting in Teams: pasted, or made where a maker of links is connected.
    :param link_by: until when a link is being made; none where nobody waits for one.
    :param sequence: how often it was moved; calendars take no older one.
    """

    id: UUID
    alert: UUID
    number: int
    begins_at: datetime
    place: str = field(default="", repr=False)
    link: str = field(default="", repr=False)
    link_by: datetime | None = None
    called_by: PersonId
    called_at: datetime
    sequence: int = 0
    cancelled_at: datetime | None = None
    version: int = 1

    @property
    def is_off(self) -> bool:
        return self.cancelled_at is not None

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=LASTS)

    def takes_answers(self, now: datetime) -> bool:
        """Whether somebody can still say whether they come: they may come late, too."""
        return not self.is_off and now < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Somebody who is asked to a readiness meeting, and what they answered.

    :param stands_for: whose substitute they are.
    """

    meeting: UUID
    person: PersonId
    reply: Reply = Reply.ASKED
    stands_for: PersonId | None = None
    asked_at: datetime
    replied_at: datetime | None = None


def suggested(now: datetime, *, planned: Iterable[datetime] = ()) -> datetime:
    """Suggest when to meet: as planned where that lies ahead, else in an hour (BER-41).

    :param planned: when the template says that one meets.
    """
    ahead = [each for each in planned if each > now]
    at = min(ahead, default=now + IN_AN_HOUR).replace(second=0, microsecond=0)
    return at + (-timedelta(minutes=at.minute)) % _FIVE


def begins(day: date, hour: time) -> datetime:
    """Give the moment of an hour on the wall in Copenhagen."""
    return moment(day, hour)


def hour_of(at: datetime) -> time:
    return at.astimezone(COPENHAGEN).time()


def day_of(at: datetime) -> date:
    return local_date(at)


def in_order(meeting: ReadinessMeeting, *, makes_links: bool, now: datetime) -> ReadinessMeeting:
    """Let a meeting pass that people can find; without a link, one is made where it can be.

    :raises RuleBroken: `readiness_meeting.past`, `.no_link` where it is none, `.no_place`,
        `measure.cpr`, `measure.too_long`
    """
    if meeting.begins_at <= now:
        raise RuleBroken("readiness_meeting.past")
    place = person_free(meeting.place, at_most=LONGEST_PLACE)
    link = meeting.link.strip()
    if link and not is_link(link):
        raise RuleBroken("readiness_meeting.no_link")
    if not (place or link or makes_links):
        raise RuleBroken("readiness_meeting.no_place")
    waits = makes_links and not link
    return replace(meeting, place=place, link=link, link_by=now + LINK_WITHIN if waits else None)


def linked(meeting: ReadinessMeeting, link: str) -> ReadinessMeeting:
    """Put the link on it that was made; it waits for none any more.

    :raises ValueError: when it is no link
    """
    if not is_link(link):
        raise ValueError("not a link")
    return replace(meeting, link=link, link_by=None)


def stand_in(
    snapshot: Snapshot,
    attendances: Iterable[Attendance],
    *,
    of: PersonId,
    unavailable: Collection[PersonId],
) -> PersonId | None:
    """Find who is asked instead: of the same authority, as it was when the alert left."""
    asked = {each.person for each in attendances}
    for authority, people in snapshot.substitutes.items():
        leads = of in snapshot.asked.get(authority, ())
        own = [each for each in people if of in each.instead_of]
        others = [each for each in people if leads and each.leads]
        for each in (*own, *others):
            if each.person not in asked and each.person not in unavailable:
                return each.person
    return None


def is_link(link: str) -> bool:
    """Whether it leads somewhere, and nowhere else than it shows."""
    return (
        link.startswith("https://")
        and len(link) <= LONGEST_LINK
        and not any(each.isspace() or each in "<>\"'`\\" for each in link)
    )
