"""The stories of readiness meetings, situation reports, the log and roles that are handed over."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import (
    alert_log_pages,
    alert_roles,
    readiness_meeting_lists,
    readiness_meetings,
    situation_reports,
)
from cards.alert_log_lines import line_of
from domain.alert_log import LogEntry, LogKind
from domain.alert_roles import AlertRole
from domain.alerts import Alert, Level, Situation
from domain.committee_meetings import Reply
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.parties import Party
from domain.people import Person, PersonId
from domain.readiness_meetings import Attendance, ReadinessMeeting
from domain.situations import Missing, SituationReport
from scheduler.draw_notices import draw
from tests.cards.guests import Gallery
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.integration.usecases.alarming import ORDER
from tests.support.acts_situations import TO_THE_OFFICE
from tests.support.town import DENNIS, DORTE, LARS, SOFIE
from usecases.activate_alert import activate_alert
from usecases.ask_for_situations import REMIND_AFTER, round_of
from usecases.hand_over_role import offer_role
from usecases.hand_over_role import round_of as round_of_offer

A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting"
LONG = (NASTY * 60)[:600]
CALM = {
    "happened": "Der har været slagsmål",
    "where": "Ved stationen",
    "stands": "Der er ro nu",
    "done": "Gadeplan er på stedet",
    "needs": "En hal til i aften",
}


async def situation_stories(gallery: Gallery) -> None:
    """Meet about one alert, report how it stands, write in its log, hand it over."""
    await gallery.guest(SOFIE, "in no alert").types("situationsmelding")
    await gallery.guest(SOFIE, "in no log").types("log: Der er ro nu")
    alert = await _alarmed(gallery)
    await _meets(gallery, alert)
    await _reports(gallery, alert)
    await _writes(gallery, alert)
    await _hands_over(gallery, alert)
    _at_their_fullest(gallery, alert)


async def _alarmed(gallery: Gallery) -> Alert:
    audience = replace(TO_THE_OFFICE, people=frozenset({LARS.id, SOFIE.id}))
    order = replace(
        ORDER, id=UUID(int=4191), level=Level.FULL, audience=audience, another=True, drill=True
    )
    gallery.now += AN_HOUR
    async with gallery.database.transaction() as tx:
        return await activate_alert(tx, order, by=DORTE, now=gallery.now - A_MINUTE)


async def _letter(
    gallery: Gallery, kind: NoticeKind, about: UUID, to: Person, *, round: int
) -> None:
    notice = Notice(kind=kind, about=about, due_at=gallery.now, person=to.id, round=round)
    async with gallery.database.transaction() as tx:
        delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
        [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
    gallery.hang(f"notice {kind}", shown)


async def _meets(gallery: Gallery, alert: Alert) -> None:
    dorte = gallery.guest(DORTE, "calls people together")
    await dorte.types(f"beredskabsmøde {alert.reference}")
    await dorte.presses("alertmeet.call")
    await dorte.presses("form.next")
    day = (gallery.now + timedelta(days=1)).date().isoformat()
    when = {"day": day, "starts": "13.05"}
    people = f"{DORTE.id},{LARS.id},{SOFIE.id}"
    await dorte.presses("form.next", **when, place="", link="", people=people)
    await dorte.presses("form.next", **when, place=NASTY[:80], link="nej", people=people)
    await dorte.presses("form.next", **when, place=NASTY[:80], link=LINK, people=people)
    await dorte.presses("alertmeet.open")
    gallery.confided.discard(LINK)  # a button leads there
    async with gallery.database.transaction() as tx:
        [meeting] = await tx.readiness_meetings.of_alert(alert.id)
    for verb in ("alertmeet.agenda", "alertmeet.open"):
        await dorte.presses(verb)
    await gallery.letter(NoticeKind.READINESS_MEETING, meeting.id, LARS)
    await gallery.letter(NoticeKind.READINESS_MEETING_LINK, meeting.id, LARS)
    lars = gallery.guest(LARS, "answers a meeting")
    await lars.types(f"møde {alert.reference}/1")
    for verb in readiness_meetings.REPLIES:
        await lars.presses(verb)
    await lars.presses("alertmeet.calendar")
    await lars.types(f"alarm {alert.reference}")
    await dorte.types(f"beslutning {alert.reference}")
    await dorte.presses("form.next", words="", measure="none", party="")
    await dorte.presses("form.next", words=NASTY, measure="M13", party="")
    await dorte.presses("alertmeet.decide")
    await dorte.presses("form.next", words="Vi ses igen i morgen", measure="none", party="")
    await dorte.types(f"flyt {alert.reference}/1")
    await dorte.presses("form.next", day=day, starts="14.05", place="Rådhuset", link="")
    await _letter(gallery, NoticeKind.READINESS_MEETING, meeting.id, LARS, round=2)
    await dorte.types(f"aflys {alert.reference}/1")
    await dorte.presses("form.next", sure="no")
    await dorte.types(f"aflys {alert.reference}/1")
    await dorte.presses("form.next", sure="yes")
    await gallery.letter(NoticeKind.READINESS_MEETING_OFF, meeting.id, LARS)
    await gallery.guest(LARS, "a meeting is off").types(f"møde {alert.reference}/1")
    await gallery.guest(LARS, "no meeting").types(f"beredskabsmøde {alert.reference}")


async def _reports(gallery: Gallery, alert: Alert) -> None:
    due = alert.activated_at + 2 * AN_HOUR
    gallery.now = max(gallery.now, due + REMIND_AFTER)
    while gallery.now < due + 2 * REMIND_AFTER:
        gallery.now += A_MINUTE
    async with gallery.database.transaction() as tx:
        [plan, *_] = await tx.action_plans.of_alert(alert.id)
        latest = plan.cadence.reports(start=plan.starts_at, end=plan.ends_at, until=gallery.now)[
            -1
        ]
    for kind, to in (
        (NoticeKind.SITUATION_DUE, DORTE),
        (NoticeKind.SITUATION_REMINDER, DORTE),
        (NoticeKind.SITUATION_OVERDUE, DENNIS),
    ):
        await _letter(gallery, kind, alert.id, to, round=round_of(latest))
    sofie = gallery.guest(SOFIE, "says how it stands")
    await sofie.types(f"situationsbillede {alert.reference}")
    await sofie.presses("sitrep.begin")
    await sofie.presses("form.next", party="SOF", **{**CALM, "stands": ""})
    await sofie.presses("form.next", party="SOF", **CALM)
    dorte = gallery.guest(DORTE, "writes it for others")
    await dorte.types(f"situationsmelding {alert.reference}")
    await dorte.presses("form.next", party="SEK", **dict.fromkeys(CALM, LONG))
    await dorte.types(f"situationsbillede {alert.reference}")
    await dorte.types(f"alarm {alert.reference}")
    await dorte.types("situationsmelding")


async def _writes(gallery: Gallery, alert: Alert) -> None:
    sofie = gallery.guest(SOFIE, "writes in the log")
    await sofie.types("log: Brandvæsenet er på vej")
    await sofie.presses("form.next", alert=str(alert.id), words="Brandvæsenet er på vej")
    await sofie.presses("alertlog.note")
    await sofie.presses("form.next", words="")
    await sofie.presses("form.next", words=LONG)
    await sofie.confides("Jeg er på vej derned nu")
    await sofie.presses("form.resume")
    await sofie.confides("En ung på 14 år slås med de andre i Valby")
    await sofie.types("annullér")
    await sofie.types("ja")
    dorte = gallery.guest(DORTE, "corrects the log")
    await dorte.types(f"ret logbog {alert.reference}")
    await dorte.presses("form.next", line="1", words="Det var ved hallen")
    await dorte.types(f"logbog {alert.reference}")
    await dorte.presses("alertlog.page", page="2")


async def _hands_over(gallery: Gallery, alert: Alert) -> None:
    dorte = gallery.guest(DORTE, "hands over")
    await dorte.types(f"overdrag {alert.reference}")
    await dorte.presses("form.next")
    await dorte.presses("form.next", role="coordinator", to=DENNIS.id)
    async with gallery.database.transaction() as tx:
        asked = (await tx.alert_offers.of(alert.id))[AlertRole.COORDINATOR]
    about = round_of_offer(asked)
    await _letter(gallery, NoticeKind.ALERT_ROLE_OFFERED, alert.id, DENNIS, round=about)
    dennis = gallery.guest(DENNIS, "takes over")
    gallery.now = asked.at + A_MINUTE
    await dennis.types(f"overtag {alert.reference}")
    await _letter(gallery, NoticeKind.ALERT_ROLE_ANSWERED, alert.id, DORTE, round=about)
    async with gallery.database.transaction() as tx:
        await offer_role(
            tx,
            id=alert.id,
            role=AlertRole.LOG_KEEPER,
            to=DENNIS.id,
            by=DORTE,
            now=gallery.now,
        )
    await dennis.types(f"overtag ikke {alert.reference}")


def _at_their_fullest(gallery: Gallery, alert: Alert) -> None:
    """See what no story comes to: no link, nobody to ask, long lines, every outcome."""
    say = gallery.say
    meeting = ReadinessMeeting(
        id=UUID(int=4192),
        alert=alert.id,
        number=12,
        begins_at=gallery.now,
        place=NASTY[:80],
        link_by=gallery.now,
        called_by=DORTE.id,
        called_at=gallery.now,
    )
    asked = [
        Attendance(
            meeting=meeting.id,
            person=PersonId(f"p{at}"),
            reply=[*Reply][at % 4],
            stands_for=PersonId("p1") if at == 3 else None,
            asked_at=gallery.now,
        )
        for at in range(240)
    ]
    names = {each.person: f"{NASTY} {each.person}" for each in asked}
    card = readiness_meetings.MeetingCard(
        meeting=meeting,
        alert=alert,
        own=asked[3],
        asked=asked,
        names=names,
        ways=("alertmeet.agenda", "alertmeet.move", "alertmeet.cancel"),
    )
    gallery.hang("meeting at its fullest", readiness_meetings.page(card, say=say))
    gallery.hang("meeting unlinked", readiness_meetings.told(card, "unlinked", say=say))
    gallery.hang(
        "meetings of an alert",
        readiness_meeting_lists.listed([card] * 5, ways=["alertmeet.call"], say=say),
    )
    owed = [Missing(party=each, due_at=gallery.now) for each in Party]
    gallery.hang(
        "everybody owes a report",
        situation_reports.overdue(
            alert, owed, speakers=dict.fromkeys([*Party][:3], NASTY), say=say
        ),
    )
    gallery.hang("which alert", situation_reports.choose([alert] * 9, say=say))
    report = SituationReport(
        id=UUID(int=4193),
        alert=alert.id,
        party=Party.BUF,
        situation=Situation(happened=LONG, where=LONG, stands=LONG, done=LONG, needs=LONG),
        by=LARS.id,
        at=gallery.now,
    )
    picture = situation_reports.Picture(
        alert=alert,
        parties=[*Party],
        latest={each: replace(report, party=each) for each in Party},
        lacking=owed,
        next_at=gallery.now,
        names={},
    )
    gallery.hang(
        "agenda at its fullest",
        readiness_meetings.agenda(
            readiness_meetings.AgendaCard(
                meeting=card,
                points=[NASTY] * 10,
                known=[(each, LONG) for each in Party] * 2,
                decisions=[LONG] * 60,
            ),
            say=say,
        ),
    )
    gallery.hang(
        "situation at its fullest", situation_reports.picture(picture, reports=True, say=say)
    )
    lines = [
        line_of(
            LogEntry(
                alert=alert.id, number=at, kind=LogKind.NOTED, at=gallery.now, by=None, words=LONG
            ),
            names={},
            say=say,
        )
        for at in range(1, 30)
    ]
    gallery.hang(
        "log at its fullest", alert_log_pages.page(alert, lines, number=2, writes=True, say=say)
    )
    gallery.hang("log empty", alert_log_pages.page(alert, [], number=1, writes=False, say=say))
    for role in AlertRole:
        for what in ("accepted", "declined", "lapsed"):
            shown = alert_roles.answered(alert, role, what, name=NASTY, say=say)
            gallery.hang(f"{role} {what}", shown)
