"""E-mail by Microsoft Graph: what is to be shown, as a letter from the Secretariat's mailbox."""

import json
from dataclasses import asdict

from cards.mails import Mail
from cards.shown import Shown
from domain.delivery import NO_CONNECTION, UNCLEAR, NotDelivered
from graph.calls import GraphRefused, GraphSilent
from graph.mail import Letter, Mailbox
from graph.tokens import NOT_REACHED, SLOW


class MailCourier:
    """Carries e-mail. When to try again is decided by whoever asked, as with Teams."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def write(self, shown: Shown) -> bytes:
        """Write the letter; the same for everybody who is shown the same.

        :raises TypeError: for what was drawn for Teams.
        """
        if not isinstance(shown, Mail):
            raise TypeError("what is sent by e-mail is drawn for it")
        letter = Letter(
            subject=shown.summary,
            text=shown.words,
            html=shown.html,
            language=shown.language.value,
            calendar=shown.calendar,
        )
        return json.dumps({**asdict(letter), "calendar": _text(letter.calendar)}).encode()

    async def deliver(self, letter: bytes, *, to: str) -> str:
        """Deliver once; see `scheduler/courier.py`."""
        read = json.loads(letter)
        calendar = None if read["calendar"] is None else str(read["calendar"]).encode()
        try:
            return await self._mailbox.send(Letter(**{**read, "calendar": calendar}), to=to)
        except GraphSilent as problem:
            raise NotDelivered(status=None, code=UNCLEAR) from problem
        except GraphRefused as problem:
            never_left = not problem.status and problem.code in {NOT_REACHED, SLOW}
            raise NotDelivered(
                status=problem.status or None,
                code=NO_CONNECTION if never_left else problem.code,
                retry_after=problem.retry_after,
            ) from problem


def _text(calendar: bytes | None) -> str | None:
    return None if calendar is None else calendar.decode()
