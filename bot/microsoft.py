"""Microsoft 365, put together: one Graph, and what is done with it without anyone asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

import aiohttp

from bot.chats import opener
from bot.connector import Connector
from bot.credentials import fetch_for_graph
from bot.mail import MailCourier
from bot.settings import Settings
from domain.directory_few import Few
from domain.periods import Daily
from graph.apps import Apps
from graph.calendar import Calendar
from graph.client import Graph, Note, Watch, unnoted, unwatched
from graph.clouds import HOSTS
from graph.directory import Directory
from graph.mail import Mailbox
from graph.tokens import Tokens
from scheduler.chores import Chore
from scheduler.courier import Courier
from scheduler.follow_directory import LOOK_EVERY, DirectoryFollower, ask_directory
from scheduler.install_app import INSTALL_EVERY, install_app
from scheduler.keep_outlook import KEEP_EVERY, keep_outlook, teams_links
from scheduler.link_meetings import MakeLink
from scheduler.note_microsoft import NOTE_EVERY, MicrosoftNotes
from scheduler.read_outlook_replies import READ_EVERY, read_outlook_replies
from scheduler.reconcile_outlook import reconcile_outlook
from scheduler.timetable import Job
from storage.database import Database

TOKEN_REST: Final = timedelta(minutes=1)  # Entra said no: it will not say yes a second later


@dataclass(frozen=True, slots=True, kw_only=True)
class Microsoft:
    """What of Microsoft 365 is connected; without Graph none of it is."""

    graph: Graph | None = None
    notes: MicrosoftNotes | None = None
    calendar: Calendar | None = None
    mail: Courier[str] | None = None
    make_link: MakeLink | None = None

    def stop(self) -> None:
        """Keep no job waiting for Microsoft 365 any more; what was begun goes on another day."""
        if self.graph is not None:
            self.graph.stop()


def graph_base(settings: Settings) -> str:
    """Give Graph's address with its version."""
    return settings.local_graph or HOSTS[settings.cloud].graph_base


def invites_by(settings: Settings) -> str:
    """Name the mailbox that invites by e-mail; empty where Outlook does it, or nobody."""
    return "" if settings.graph_calendar else settings.graph_mailbox


def open_graph(
    settings: Settings,
    *,
    session: aiohttp.ClientSession,
    real: Callable[[], datetime],
    watch: Watch = unwatched,
    note: Note = unnoted,
) -> Graph:
    """Make the way out to Graph. Nothing is called yet.

    :param real: the true hour, which tokens are judged by.
    """
    return Graph(
        session=session,
        tokens=Tokens(fetch_for_graph(settings, session), now=real, rest=TOKEN_REST),
        base=graph_base(settings),
        watch=watch,
        note=note,
    )


def open_microsoft(
    settings: Settings,
    *,
    session: aiohttp.ClientSession,
    database: Database,
    now: Callable[[], datetime],
    real: Callable[[], datetime],
    watch: Watch = unwatched,
) -> Microsoft:
    """Put together what the settings ask for. Nothing is called yet.

    :param now: the hour of the house, which meetings are held by.
    :param real: the true hour, which tokens are judged by.
    """
    if not settings.graph:
        return Microsoft()
    notes = MicrosoftNotes(database, now=now)
    graph = open_graph(settings, session=session, real=real, watch=watch, note=notes.hear)
    if not settings.graph_mailbox:
        return Microsoft(graph=graph, notes=notes)
    mail = MailCourier(Mailbox(graph, address=settings.graph_mailbox))
    if not settings.graph_calendar:
        return Microsoft(graph=graph, notes=notes, mail=mail)
    calendar = Calendar(graph, mailbox=settings.graph_mailbox)
    return Microsoft(
        graph=graph,
        notes=notes,
        calendar=calendar,
        mail=mail,
        make_link=teams_links(database, calendar, now=now),
    )


def microsoft_jobs(
    microsoft: Microsoft,
    *,
    connector: Connector,
    settings: Settings,
    database: Database,
    wake: Callable[[], None],
    now: Callable[[], datetime],
) -> list[Job]:
    """List the jobs that keep Microsoft 365 as we want it; none where it is not connected.

    :param wake: called when somebody is to hear of something, so that it leaves at once.
    """
    if microsoft.graph is None or microsoft.notes is None:
        return []
    jobs = [Job(name="note-microsoft", when=NOTE_EVERY, run=microsoft.notes.run)]
    if settings.graph_directory:
        follower = DirectoryFollower(
            database,
            Directory(microsoft.graph),
            now=now,
            wake=wake,
            few=Few(most=settings.directory_at_once),
        )
        jobs.append(Job(name="follow-directory", when=LOOK_EVERY, run=follower.run))
    if settings.teams_app_id:
        jobs.append(_installing(microsoft.graph, connector, settings, database, now))
    if (calendar := microsoft.calendar) is not None:
        jobs += [
            Job(
                name="keep-outlook",
                when=KEEP_EVERY,
                run=lambda: keep_outlook(database, calendar, wake=wake, now=now),
            ),
            Job(
                name="read-outlook-replies",
                when=READ_EVERY,
                run=lambda: read_outlook_replies(database, calendar, wake=wake, now=now),
            ),
        ]
    return jobs


def _installing(
    graph: Graph,
    connector: Connector,
    settings: Settings,
    database: Database,
    now: Callable[[], datetime],
) -> Job:
    """Put the app into people's Teams."""
    apps = Apps(graph, base=graph_base(settings), app_id=settings.teams_app_id)
    open_chat = opener(database, connector, app_id=settings.app_id, tenant_id=settings.tenant_id)

    async def run() -> None:
        await install_app(database, apps, open_chat, now=now)

    return Job(name="install-app", when=INSTALL_EVERY, run=run)


def microsoft_chores(
    microsoft: Microsoft, *, settings: Settings, database: Database
) -> Sequence[Chore]:
    """List what is done with Microsoft 365 once a night, or once a day."""
    if microsoft.graph is None:
        return []
    chores: list[Chore] = []
    if settings.graph_directory:
        chores.append(
            Chore(
                name="ask-directory",
                when=Daily(at=time(5, 50)),
                matters_for=timedelta(days=1),
                run=lambda _, now: ask_directory(database, now=now),
            )
        )
    if (calendar := microsoft.calendar) is not None:
        chores.append(
            Chore(
                name="reconcile-outlook",
                when=Daily(at=time(2, 40)),
                matters_for=timedelta(days=1),
                run=lambda _, now: _reconcile(database, calendar, now),
            )
        )
    return chores


async def _reconcile(database: Database, calendar: Calendar, now: datetime) -> None:
    await reconcile_outlook(database, calendar, now=now)
