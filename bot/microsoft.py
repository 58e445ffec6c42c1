"""Microsoft 365, put together: one Graph, and what is done with it without anyone asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import aiohttp

from bot.credentials import fetch_for_graph
from bot.settings import Settings
from domain.periods import Daily
from graph.client import Graph
from graph.clouds import HOSTS
from graph.directory import Directory
from graph.tokens import Tokens
from scheduler.chores import Chore
from scheduler.courier import Courier
from scheduler.follow_directory import LOOK_EVERY, DirectoryFollower, ask_directory
from scheduler.link_meetings import MakeLink
from scheduler.timetable import Job
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Microsoft:
    """What of Microsoft 365 is connected; without Graph none of it is."""

    graph: Graph | None = None
    mail: Courier[str] | None = None
    make_link: MakeLink | None = None


def open_microsoft(
    settings: Settings, *, session: aiohttp.ClientSession, real: Callable[[], datetime]
) -> Microsoft:
    """Put together what the settings ask for. Nothing is called yet.

    :param real: the true hour, which tokens are judged by.
    """
    if not settings.graph:
        return Microsoft()
    graph = Graph(
        session=session,
        tokens=Tokens(fetch_for_graph(settings, session), now=real),
        base=settings.local_graph or HOSTS[settings.cloud].graph_base,
    )
    return Microsoft(graph=graph)


def microsoft_jobs(
    microsoft: Microsoft,
    *,
    settings: Settings,
    database: Database,
    wake: Callable[[], None],
    now: Callable[[], datetime],
) -> list[Job]:
    """List the jobs that keep Microsoft 365 as we want it; none where it is not connected.

    :param wake: called when somebody is to hear of something, so that it leaves at once.
    """
    if microsoft.graph is None:
        return []
    jobs: list[Job] = []
    if settings.graph_directory:
        follower = DirectoryFollower(database, Directory(microsoft.graph), now=now, wake=wake)
        jobs.append(Job(name="follow-directory", when=LOOK_EVERY, run=follower.run))
    return jobs


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
    return chores
