"""What an administrator reads when Microsoft 365 says no: what is missing, and what to do."""

from collections.abc import Sequence

from cards.plain import unmarked
from cards.words import Say
from domain.dates import COPENHAGEN, local_date
from domain.microsoft import PERMISSIONS, Amiss, Refusal, Service


def service(which: Service, *, say: Say) -> str:
    return say(f"microsoft.service.{which}")


def what(amiss: Amiss, *, of: Service, say: Say) -> str:
    """Say what is amiss; which permission is missing depends on the service."""
    return say(f"microsoft.what.{amiss}", permission=PERMISSIONS[of])


def what_to_do(amiss: Amiss, *, of: Service, say: Say) -> str:
    return say(f"microsoft.do.{amiss}", permission=PERMISSIONS[of])


def refusals(them: Sequence[Refusal], *, say: Say) -> list[str]:
    """Write a line for each service that refuses us."""
    return [
        say(
            "microsoft.line",
            service=service(each.service, say=say),
            since=_moment(each, say),
            what=what(each.amiss, of=each.service, say=say),
            do=what_to_do(each.amiss, of=each.service, say=say),
            code=unmarked(each.code),
        )
        for each in them
    ]


def _moment(refusal: Refusal, say: Say) -> str:
    time = refusal.since.astimezone(COPENHAGEN)
    return say("trouble.moment", date=say.day(local_date(refusal.since)), time=f"{time:%H.%M}")
