"""What administrators and the Secretariat hear when every service of Microsoft 365 says no."""

from cards.trouble import trouble
from domain.microsoft import Amiss, Refusal, Service
from domain.troubles import Trouble, TroubleCode
from tests.cards.guests import Gallery

EVERY_SERVICE = {
    Service.GROUPS: (Amiss.PERMISSION_MISSING, "Authorization_RequestDenied"),
    Service.PEOPLE: (Amiss.CONSENT_MISSING, "AADSTS7000229"),
    Service.CALENDAR: (Amiss.MAILBOX_CLOSED, "ErrorAccessDenied"),
    Service.MAIL: (Amiss.SENDING_STOPPED, "ErrorMessageSubmissionBlocked"),
    Service.INSTALL: (Amiss.OTHER, "[x](https://x.example) **Forbidden**"),
}


def microsoft_stories(gallery: Gallery) -> None:
    """Let all refuse us at once, one with a code as nobody writes them."""
    refusals = [
        Refusal(service=each, amiss=amiss, code=code, since=gallery.now, seen_at=gallery.now)
        for each, (amiss, code) in EVERY_SERVICE.items()
    ]
    refused = Trouble(
        code=TroubleCode.MICROSOFT_REFUSED,
        count=len(refusals),
        since=gallery.now,
        refusals=refusals,
    )
    gallery.hang("every service refuses", trouble(refused, say=gallery.say))
