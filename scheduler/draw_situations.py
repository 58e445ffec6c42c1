"""What readiness meetings, situation reports and offered roles say when they are told."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from cards import alert_roles, readiness_meetings, situation_reports
from cards.shown import Shown
from cards.words import Say, speak
from domain.alert_log import LogKind
from domain.alert_roles import OFFER_STANDS, AlertRole
from domain.alerts import Alert
from domain.committee_meetings import Reply
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.ask_for_situations import round_of, speakers_of
from usecases.hand_over_role import role_of
from usecases.hand_over_role import round_of as round_of_offer
from usecases.read_alert import may_read
from usecases.read_readiness_meeting import MeetingSeen, see_readiness_meeting
from usecases.read_roster import read_roster
from usecases.report_situation import see_situation

Drawn = Callable[[Transaction, Notice, Person, datetime], Awaitable[Shown | None]]


async def draw_situations(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each as things stand now; None for who may see the alert no more, or need not."""
    return [await _draw(tx, each.notice, now) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice, now: datetime) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    try:
        return await KINDS[notice.kind](tx, notice, person, now) if person.active else None
    except RuleBroken:
        return None


async def _called(tx: Transaction, notice: Notice, person: Person, now: datetime) -> Shown | None:
    """Ask those who are asked, to the hour it has now; an older round is told no more."""
    seen = await see_readiness_meeting(tx, id=notice.about, by=person)
    needed = seen.own is not None and _stands(seen, now) and _is_latest(notice, seen)
    what = "moved" if seen.meeting.sequence and not _was_asked_late(seen) else "called"
    return readiness_meetings.told(_card(seen, notice), what, say=_say(person)) if needed else None


async def _off(tx: Transaction, notice: Notice, person: Person, _: datetime) -> Shown | None:
    seen = await see_readiness_meeting(tx, id=notice.about, by=person)
    off = seen.meeting.is_off
    return readiness_meetings.told(_card(seen, notice), "off", say=_say(person)) if off else None


async def _linked(tx: Transaction, notice: Notice, person: Person, now: datetime) -> Shown | None:
    """Give those who come the link; or tell who called the meeting that there is none."""
    seen = await see_readiness_meeting(tx, id=notice.about, by=person)
    meeting = seen.meeting
    if not (_stands(seen, now) and _is_latest(notice, seen)) or meeting.link_by is not None:
        return None
    if meeting.link:
        declined = seen.own is not None and seen.own.reply is Reply.DECLINED
        what = "" if declined else "linked"
    else:
        what = "unlinked" if person.id == meeting.called_by else ""
    return readiness_meetings.told(_card(seen, notice), what, say=_say(person)) if what else None


async def _due(tx: Transaction, notice: Notice, person: Person, now: datetime) -> Shown | None:
    """Ask for what this person speaks for, while it is still owed."""
    seen = await see_situation(tx, id=notice.about, by=person, now=now)
    speakers = await speakers_of(tx, seen.alert, await read_roster(tx), now=now)
    owed = [
        each
        for each in seen.lacking
        if round_of(each.due_at) == notice.round and speakers.of(each.party) == person.id
    ]
    if not owed:
        return None
    again = notice.kind is NoticeKind.SITUATION_REMINDER
    return situation_reports.asked(
        seen.alert,
        due_at=owed[0].due_at,
        parties=[each.party for each in owed],
        key="again" if again else "due",
        say=_say(person),
    )


async def _overdue(tx: Transaction, notice: Notice, person: Person, now: datetime) -> Shown | None:
    """Name who owes one, and who speaks for them, with their number where it is known."""
    seen = await see_situation(tx, id=notice.about, by=person, now=now)
    owed = [each for each in seen.lacking if round_of(each.due_at) == notice.round]
    if not owed:
        return None
    roster = await read_roster(tx)
    speakers = await speakers_of(tx, seen.alert, roster, now=now)
    named = {
        each.party: roster.people[who]
        for each in owed
        if (who := speakers.of(each.party)) in roster.people and who is not None
    }
    return situation_reports.overdue(
        seen.alert,
        owed,
        speakers={
            party: f"{each.name} ({each.phone})" if each.phone else each.name
            for party, each in named.items()
        },
        say=_say(person),
    )


async def _offered(tx: Transaction, notice: Notice, person: Person, _: datetime) -> Shown | None:
    """Ask while the offer stands, and it is this very one."""
    alert = await may_read(tx, person, notice.about)
    role = role_of(notice.round)
    offer = (await tx.alert_offers.of(alert.id)).get(role)
    if offer is None or offer.to != person.id or round_of_offer(offer) != notice.round:
        return None
    by = (await tx.people.get(offer.by)).name
    until = offer.at + OFFER_STANDS
    return alert_roles.offered(alert, role, by=by, until=until, say=_say(person))


async def _answered(tx: Transaction, notice: Notice, person: Person, _: datetime) -> Shown | None:
    """Tell what came of it: what the log says last of this role."""
    alert = await may_read(tx, person, notice.about)
    role = role_of(notice.round)
    found = await _outcome(tx, alert, role)
    if found is None:
        return None
    what, name = found
    return alert_roles.answered(alert, role, what, name=name, say=_say(person))


async def _outcome(tx: Transaction, alert: Alert, role: AlertRole) -> tuple[str, str] | None:
    entries = [
        each
        for each in await tx.alert_log.of(alert.id)
        if each.kind is LogKind(role.value) and each.facts.get("what") in _OUTCOMES
    ]
    if not entries:
        return None
    people = await tx.people.of_ids(entries[-1].people)
    return entries[-1].facts["what"], next((each.name for each in people.values()), "–")


_OUTCOMES = frozenset({"accepted", "declined", "lapsed"})
KINDS: Mapping[NoticeKind, Drawn] = {
    NoticeKind.READINESS_MEETING: _called,
    NoticeKind.READINESS_MEETING_OFF: _off,
    NoticeKind.READINESS_MEETING_LINK: _linked,
    NoticeKind.SITUATION_DUE: _due,
    NoticeKind.SITUATION_REMINDER: _due,
    NoticeKind.SITUATION_OVERDUE: _overdue,
    NoticeKind.ALERT_ROLE_OFFERED: _offered,
    NoticeKind.ALERT_ROLE_ANSWERED: _answered,
}


def _card(seen: MeetingSeen, notice: Notice) -> readiness_meetings.MeetingCard:
    return readiness_meetings.MeetingCard(
        meeting=seen.meeting,
        alert=seen.alert,
        own=seen.own,
        names={who: each.name for who, each in seen.people.items()},
        by_mail=notice.medium is Medium.EMAIL,
    )


def _stands(seen: MeetingSeen, now: datetime) -> bool:
    return seen.meeting.takes_answers(now) and seen.alert.is_open


def _is_latest(notice: Notice, seen: MeetingSeen) -> bool:
    return notice.round == seen.meeting.sequence + 1


def _was_asked_late(seen: MeetingSeen) -> bool:
    """Whether they are asked as somebody's substitute: to them, nothing was moved."""
    return seen.own is not None and seen.own.stands_for is not None


def _say(person: Person) -> Say:
    return speak(person.language)
