"""The jobs of readiness: what climbs, reminds, asks, links and redraws without anyone asking."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from scheduler.ask_situations import ASK_EVERY, ask_situations
from scheduler.escalate_alerts import ESCALATE_EVERY, escalate_alerts
from scheduler.link_meetings import LINK_EVERY, MakeLink, link_meetings
from scheduler.redraw_alerts import REDRAW_EVERY, Update, redraw_alerts
from scheduler.remind_measures import REMIND_EVERY, remind_measures
from scheduler.tend_periods import TEND_EVERY, tend_periods
from scheduler.timetable import Job
from storage.database import Database


def alert_jobs(
    database: Database,
    *,
    mail: bool,
    make_link: MakeLink | None,
    update: Update,
    wake: Callable[[], None],
    now: Callable[[], datetime],
) -> list[Job]:
    """List them.

    :param mail: whether e-mail is a second channel (BER-25).
    :param make_link: makes links to meetings in Teams; None until Microsoft Graph is connected.
    :param update: redraws a card in Teams.
    :param wake: called when somebody is to hear of something, so that it leaves at once.
    """

    async def at_once(done: Awaitable[int]) -> None:
        if await done:
            wake()

    return [
        Job(
            name="escalate-alerts",
            when=ESCALATE_EVERY,
            run=lambda: at_once(escalate_alerts(database, mail=mail, now=now())),
        ),
        Job(
            name="remind-measures",
            when=REMIND_EVERY,
            run=lambda: at_once(remind_measures(database, now=now())),
        ),
        Job(
            name="tend-periods",
            when=TEND_EVERY,
            run=lambda: at_once(tend_periods(database, now=now())),
        ),
        Job(
            name="ask-situations",
            when=ASK_EVERY,
            run=lambda: at_once(ask_situations(database, now=now())),
        ),
        Job(
            name="link-meetings",
            when=LINK_EVERY,
            run=lambda: at_once(link_meetings(database, make_link, now=now())),
        ),
        Job(
            name="redraw-alerts",
            when=REDRAW_EVERY,
            run=lambda: redraw_alerts(database, update, now=now),
        ),
    ]
