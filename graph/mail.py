"""Letters from the Secretariat's mailbox: one call each, and no second try from here (BER-16)."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from graph.calls import Call, Sends, path
from graph.client import Graph
from graph.needs import Need

# Says to programs that answer by themselves that nobody waits for it (MS-OXCMAIL 2.1.3.2.20).
QUIET: Final = "x-auto-response-suppress"
ALL: Final = "All"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one e-mail says, in words and as a page.

    :param calendar: an iCalendar file with a method, that goes along as an invitation.
    """

    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    language: str
    calendar: bytes | None = field(default=None, repr=False)


class Mailbox:
    """Sends from one mailbox, as the application that was let into it."""

    def __init__(self, graph: Graph, *, address: str) -> None:
        self._graph = graph
        self._address = address

    async def send(self, letter: Letter, *, to: str) -> str:
        """Send once; give the id of the request. That it is taken is all that is known then.

        :raises GraphRefused: when it was not taken.
        :raises GraphSilent: when nobody knows.
        """
        whole = letter.calendar is not None
        answer = await self._graph.call(
            Call(
                need=Need.MAIL,
                method="POST",
                path=path("users", self._address, "sendMail"),
                body=None if whole else _message(letter, to),
                text=self._mime(letter, to) if whole else None,
                sends=Sends.AT_ONCE,
                hurried=True,
            )
        )
        named = {name.lower(): value for name, value in answer.headers.items()}
        return named.get("request-id", "")[:64]

    def _mime(self, letter: Letter, to: str) -> str:
        """Write it as a whole mail: only so does a calendar become an invitation (RFC 6047).

        The calendar is one of the ways to read the letter, and the best one.
        """
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self._address
        mail["To"] = to
        mail["Subject"] = letter.subject
        mail["Auto-Submitted"] = "auto-generated"
        mail[QUIET] = ALL
        mail["Content-Language"] = letter.language
        mail.set_content(letter.text)
        mail.add_alternative(letter.html, subtype="html")
        calendar = (letter.calendar or b"").decode()
        mail.add_alternative(
            calendar, subtype="calendar", params={"method": _method(calendar)}, cte="base64"
        )
        return b64encode(mail.as_bytes()).decode()


def _message(letter: Letter, to: str) -> Mapping[str, Any]:
    return {
        "message": {
            "subject": letter.subject,
            "body": {"contentType": "html", "content": letter.html},
            "toRecipients": [{"emailAddress": {"address": to}}],
            "internetMessageHeaders": [{"name": QUIET, "value": ALL}],
        },
        "saveToSentItems": False,
    }


def _method(calendar: str) -> str:
    """Read whether it asks, or takes back."""
    lines = calendar.splitlines()
    return next(line.removeprefix("METHOD:") for line in lines if line.startswith("METHOD:"))
