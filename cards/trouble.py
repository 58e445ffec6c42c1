"""What the Secretariat sees when something is late: what, since when, and what to do."""

from datetime import datetime

from cards.forms import message
from cards.microsoft import refusals
from cards.shown import Shown
from cards.words import Say
from domain.dates import COPENHAGEN, local_date
from domain.troubles import Trouble


def trouble(trouble: Trouble, *, say: Say) -> Shown:
    """Tell of a trouble as it stands now, without a word of whom or what it is about."""
    since = _moment(trouble.since, say)
    return message(
        say(f"trouble.{trouble.code}.title"),
        say(f"trouble.{trouble.code}.body", count=trouble.count, since=since),
        *refusals(trouble.refusals, say=say),
        say(f"trouble.{trouble.code}.do", code=trouble.code),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def _moment(moment: datetime, say: Say) -> str:
    time = moment.astimezone(COPENHAGEN)
    return say("trouble.moment", date=say.day(local_date(moment)), time=f"{time:%H.%M}")
