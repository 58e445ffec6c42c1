"""The administrator's errand: line by line what works, what is missing, and what to do."""

import asyncio
import subprocess
import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.check_microsoft import MicrosoftRefused, check_microsoft
from bot.clock import utc_now
from bot.settings import Settings
from localgraph.server import LocalGraph, running
from tests.support.certificates import certified
from tests.support.door import ENVIRONMENT
from tests.support.line import SECRET, Line, a_line
from tests.support.repository import ROOT

MAILBOX = "ssp-sekretariat@kbh.example"
CATALOGUE_ID = "5c1f6d0e-8f6d-4d0a-9b6b-3f2f1a7c9e44"

_CONSENT = (
    "Giv den som Application permission i Entra: App registrations, botten, API permissions, og"
    " giv admin consent."
)
_INSTALL = "TeamsAppInstallation.ReadWriteSelfForUser.All"
MISSING = {
    "GroupMember.Read.All": (
        "MANGLER Grupper i Entra: Tilladelsen GroupMember.Read.All mangler."
        f" {_CONSENT} Kode: Authorization_RequestDenied."
    ),
    "User.Read.All": (
        "MANGLER Personer i Entra: Tilladelsen User.Read.All mangler."
        f" {_CONSENT} Kode: Authorization_RequestDenied."
    ),
    "Calendars.ReadWrite": (
        "MANGLER Møder i Outlook: Ingen adgang til postkassen. Giv botten rollen"
        " Application Calendars.ReadWrite til netop GRAPH_MAILBOX i Exchange (RBAC for"
        " Applications). Det kan tage over en time, før det virker. Kode: ErrorAccessDenied."
    ),
    _INSTALL: (
        f"MANGLER Installation i Teams: Tilladelsen {_INSTALL} mangler."
        f" {_CONSENT} Kode: Forbidden."
    ),
}


@dataclass(kw_only=True)
class Errand:
    """The errand, the two stand-ins it asks, and what it said."""

    settings: Settings
    graph: LocalGraph
    line: Line
    capture: pytest.CaptureFixture[str]

    async def says(self, *, yes: bool = False) -> list[str]:
        """Run it; what is wrong at the end is its last line."""
        with suppress(MicrosoftRefused):
            await check_microsoft(self.settings, Namespace(yes=yes))
        return self.capture.readouterr().out.splitlines()

    async def fails(self) -> str:
        with pytest.raises(MicrosoftRefused) as refused:
            await check_microsoft(self.settings, Namespace(yes=False))
        return str(refused.value)


@pytest.fixture
async def errand(capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Errand]:
    async with a_line() as line, running(LocalGraph(mailboxes=[MAILBOX])) as graph:
        graph.directory.add_person("box", "SSP-sekretariatet", MAILBOX)
        teams = line.teams
        settings = Settings.from_environment(
            {
                **ENVIRONMENT,
                "BOT_APP_PASSWORD": SECRET,
                "LOCAL_OPENID_METADATA": f"{teams.base_url}/.well-known/openid-configuration",
                "LOCAL_CONNECTOR": teams.service_url,
                "GRAPH": "yes",
                "GRAPH_MAILBOX": MAILBOX,
                "GRAPH_DIRECTORY": "yes",
                "TEAMS_APP_ID": CATALOGUE_ID,
                "LOCAL_GRAPH": graph.base_url,
            }
        )
        yield Errand(settings=settings, graph=graph, line=line, capture=capsys)


async def test_says_that_all_is_well(errand: Errand) -> None:
    assert await errand.says() == [
        "OK Adgangsbevis fra Entra til Teams",
        "OK Adgangsbevis fra Entra til Microsoft Graph",
        "OK Grupper i Entra",
        "OK Personer i Entra",
        "OK Møder i Outlook",
        (
            "IKKE PRØVET E-mail: det kan kun prøves ved at sende en mail; kør igen med --yes, så"
            " sendes én fra postkassen til den selv."
        ),
        "OK Installation i Teams",
        "Alt, der er slået til, virker.",
    ]
    assert errand.graph.log.wrong == []


async def test_changes_nothing_and_sends_nothing(errand: Errand) -> None:
    await errand.says()

    assert {call.method for call in errand.graph.log.calls} == {"GET"}
    assert errand.graph.outbox.posts == []


async def test_sends_one_mail_from_the_mailbox_to_itself_when_that_is_wanted(
    errand: Errand,
) -> None:
    assert "OK E-mail" in await errand.says(yes=True)

    (mail,) = errand.graph.outbox.posts
    assert (mail.mailbox, mail.to) == (MAILBOX, MAILBOX)


@pytest.mark.parametrize(("permission", "line"), MISSING.items())
async def test_names_the_permission_that_is_missing(
    errand: Errand, permission: str, line: str
) -> None:
    """MTG-18."""
    errand.graph.gate.consent_only(*MISSING.keys() - {permission})

    assert line in await errand.says()
    assert await errand.fails() == "Antal, der mangler: 1."


async def test_says_that_the_mailbox_is_not_ours(errand: Errand) -> None:
    """MTG-18: the wrong mailbox, and no storm."""
    errand.graph.gate.mailboxes = {"somebody.elses@kbh.example"}

    assert "Ingen adgang til postkassen." in "\n".join(await errand.says())
    assert len(errand.graph.log.of("calendar.get")) == 1


async def test_without_a_token_asks_for_nothing_else(errand: Errand) -> None:
    errand.settings = replace(errand.settings, app_password="another")
    lines = await errand.says()

    assert [line.split(":")[0] for line in lines] == [
        "MANGLER Adgangsbevis til Teams",
        "MANGLER Adgangsbevis fra Entra",
    ]
    assert errand.graph.log.calls == []


async def test_says_what_is_not_switched_on(errand: Errand) -> None:
    errand.settings = replace(
        errand.settings, graph_mailbox="", graph_directory=False, teams_app_id=""
    )

    assert [line for line in await errand.says() if line.startswith("IKKE")] == [
        "IKKE PRØVET Grupper i Entra: GRAPH_DIRECTORY er ikke sat til yes.",
        "IKKE PRØVET Personer i Entra: GRAPH_DIRECTORY er ikke sat til yes.",
        "IKKE PRØVET Møder i Outlook: GRAPH_MAILBOX er ikke sat.",
        "IKKE PRØVET E-mail: GRAPH_MAILBOX er ikke sat.",
        "IKKE PRØVET Installation i Teams: TEAMS_APP_ID er ikke sat.",
    ]


@pytest.mark.parametrize(
    ("left", "begins"),
    [
        (timedelta(days=365), "OK Certifikatet gælder til og med "),
        (timedelta(days=10), "SNART Certifikatet udløber "),
        (timedelta(days=-1), "MANGLER Certifikatet udløb "),
    ],
)
async def test_says_how_long_the_certificate_holds(
    errand: Errand, left: timedelta, begins: str
) -> None:
    ends: datetime = (utc_now() + left).astimezone(UTC).replace(microsecond=0)
    errand.settings = replace(
        errand.settings, app_password="", app_certificate=certified(ends=ends).pem
    )

    assert (await errand.says())[0].startswith(begins)


async def test_ends_with_one_and_plain_words_as_a_process() -> None:
    """Nobody answers: that is said as everything else, and scripts see it too."""
    nowhere = "http://127.0.0.1:9/"
    local = {"LOCAL_OPENID_METADATA": nowhere, "LOCAL_CONNECTOR": nowhere}
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "check-microsoft"],
        cwd=ROOT,
        env={**ENVIRONMENT, **local},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stdout == (
        "MANGLER Adgangsbevis til Teams: Vi kan ikke komme i forbindelse med Microsoft. Åbn for"
        " udgående trafik på port 443 til Microsofts adresser; de står i docs/operations.md."
        " Kode: notReached.\n"
    )
    assert ended.stderr == "Antal, der mangler: 1.\n"
