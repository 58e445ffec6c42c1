"""The administrator's errand that tries Microsoft 365, and says line by line what is missing.

Nothing is changed: a token is asked for, and one harmless call made for each permission that the
settings need. Sending can only be tried by sending: that is done when it is asked for.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.connector import open_session
from bot.credentials import fetch_for, fetch_for_graph, proof_ends
from bot.microsoft import open_graph
from bot.settings import Settings
from cards.microsoft import service, what, what_to_do
from cards.words import Say, speak
from domain.dates import local_date
from domain.microsoft import Amiss, Service
from domain.people import Language
from graph.calls import Call, GraphTrouble, Json, path
from graph.client import Graph
from graph.needs import Need
from graph.tokens import Fetch, TokenRefused
from graph.troubles import amiss, amiss_of
from scheduler.checks import SOON

Tell = Callable[[str], None]


class MicrosoftRefused(Exception):
    """Something that is switched on does not work; what, was said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One service: why it is not tried, or the call that shows whether it is allowed."""

    service: Service
    call: Call | None = None
    why: str = ""


async def check_microsoft(settings: Settings, asked: argparse.Namespace) -> None:
    """Try everything that is switched on.

    :raises MicrosoftRefused: when something of it does not work.
    """
    say = speak(Language.DA)
    missing = await _check(settings, say=say, tell=_print, now=utc_now(), sends=bool(asked.yes))
    if missing:
        raise MicrosoftRefused(say("microsoft.check.amiss", count=missing))
    _print(say("microsoft.check.all_well" if settings.graph else "microsoft.check.off"))


async def _check(settings: Settings, *, say: Say, tell: Tell, now: datetime, sends: bool) -> int:
    """Say what works, and count what does not."""
    missing = 0
    if (ends := proof_ends(settings)) is not None:
        line, ended = _certificate(ends, say=say, now=now)
        tell(line)
        missing += ended
    async with open_session() as session:
        missing += await _try_token("bot_token", fetch_for(settings, session), say, tell)
        if not settings.graph:
            return missing
        if await _try_token("token", fetch_for_graph(settings, session), say, tell):
            return missing + 1
        graph = open_graph(settings, session=session, real=utc_now)
        for probe in _probes(settings, sends=sends, say=say):
            missing += await _try(graph, probe, say, tell)
    return missing


async def _try_token(which: str, fetch: Fetch, say: Say, tell: Tell) -> int:
    try:
        await fetch()
    except TokenRefused as refused:
        found = amiss_of(refused.code)
        tell(_no(f"{which}_no", found, refused.code, Service.PEOPLE, say))
        return 1
    tell(say(f"microsoft.check.{which}_ok"))
    return 0


async def _try(graph: Graph, probe: Probe, say: Say, tell: Tell) -> int:
    name = service(probe.service, say=say)
    if probe.call is None:
        tell(say("microsoft.check.not_tried", service=name, why=probe.why))
        return 0
    try:
        await graph.call(probe.call)
    except GraphTrouble as trouble:
        found = amiss(trouble) or Amiss.OTHER
        code = trouble.code or str(trouble.status)
        tell(_no("no", found, code, probe.service, say))
        return 1
    tell(say("microsoft.check.ok", service=name))
    return 0


def _no(key: str, found: Amiss, code: str, of: Service, say: Say) -> str:
    return say(
        f"microsoft.check.{key}",
        service=service(of, say=say),
        what=what(found, of=of, say=say),
        do=what_to_do(found, of=of, say=say),
        code=code,
    )


def _probes(settings: Settings, *, sends: bool, say: Say) -> Iterator[Probe]:
    """Name a harmless call for each permission that the settings need."""
    mailbox, app = settings.graph_mailbox, settings.teams_app_id
    one: Mapping[str, str] = {"$top": "1", "$select": "id"}
    if settings.graph_directory:
        latest = {"$select": "id", "$deltatoken": "latest"}
        yield Probe(
            service=Service.GROUPS, call=_read(Need.GROUPS, "groups", "delta", params=latest)
        )
        yield Probe(service=Service.PEOPLE, call=_read(Need.PEOPLE, "users", params=one))
    else:
        why = say("microsoft.check.no_directory")
        yield Probe(service=Service.GROUPS, why=why)
        yield Probe(service=Service.PEOPLE, why=why)
    if mailbox:
        yield Probe(
            service=Service.CALENDAR,
            call=_read(Need.CALENDAR, "users", mailbox, "calendar", params={"$select": "id"}),
        )
        yield (
            Probe(service=Service.MAIL, call=_mail(mailbox, say=say))
            if sends
            else Probe(service=Service.MAIL, why=say("microsoft.check.would_send"))
        )
    else:
        why = say("microsoft.check.no_mailbox")
        yield Probe(service=Service.CALENDAR, why=why)
        yield Probe(service=Service.MAIL, why=why)
    if app and mailbox:
        yield Probe(
            service=Service.INSTALL,
            call=_read(
                Need.INSTALL,
                *("users", mailbox, "teamwork", "installedApps"),
                params={"$expand": "teamsApp", "$filter": f"teamsApp/id eq '{app}'"},
            ),
        )
    else:
        yield Probe(
            service=Service.INSTALL,
            why=say("microsoft.check.no_mailbox" if app else "microsoft.check.no_app"),
        )


def _read(need: Need, *parts: str, params: Mapping[str, str]) -> Call:
    return Call(need=need, method="GET", path=path(*parts), params=params)


def _mail(mailbox: str, *, say: Say) -> Call:
    """Write a mail from the mailbox to itself."""
    message: Json = {
        "subject": say("microsoft.check.mail_subject"),
        "body": {"contentType": "text", "content": say("microsoft.check.mail_body")},
        "toRecipients": [{"emailAddress": {"address": mailbox}}],
    }
    return Call(
        need=Need.MAIL,
        method="POST",
        path=path("users", mailbox, "sendMail"),
        body={"message": message, "saveToSentItems": False},
    )


def _certificate(ends: datetime, *, say: Say, now: datetime) -> tuple[str, int]:
    """Say how long the certificate holds; 1 when it no longer does."""
    left, day = ends - now, say.day(local_date(ends))
    if left < timedelta():
        return say("microsoft.check.certificate_ended", date=day), 1
    key = "certificate_soon" if left < SOON else "certificate"
    return say(f"microsoft.check.{key}", date=day, days=left.days), 0


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
