"""What follows when Graph does not take an e-mail (BER-14, BER-16)."""

from datetime import timedelta

import pytest

from domain.delivery import (
    LONGEST_WAIT,
    NO_CONNECTION,
    UNCLEAR,
    DeliveryState,
    GiveUp,
    Retry,
    StopAll,
    Throttled,
    Unreachable,
    Verdict,
)
from domain.mailing import mail_verdict

SOON = timedelta(seconds=7)


@pytest.mark.parametrize(
    ("status", "code", "follows"),
    [
        (429, "ApplicationThrottled", Throttled(after=SOON)),
        (429, "heldBack", Throttled(after=SOON)),
        (503, "", Retry(after=SOON)),
        (None, NO_CONNECTION, Retry(after=SOON)),
        (None, UNCLEAR, Retry(after=SOON, unclear=True)),
        (None, "AADSTS700027", StopAll(why="no token AADSTS700027")),
        (401, "InvalidAuthenticationToken", StopAll(why="401 InvalidAuthenticationToken")),
        (403, "ErrorAccessDenied", StopAll(why="403 ErrorAccessDenied")),
        (404, "ErrorInvalidUser", StopAll(why="404 ErrorInvalidUser")),
        (507, "ErrorQuotaExceeded", StopAll(why="507 ErrorQuotaExceeded")),
        (400, "ErrorExceededMessageLimit", StopAll(why="400 ErrorExceededMessageLimit")),
        (
            400,
            "ErrorInvalidRecipients",
            Unreachable(state=DeliveryState.UNKNOWN, why="invalid_recipient"),
        ),
        (400, "ErrorSchemaValidation", GiveUp(why="400 ErrorSchemaValidation")),
        (413, "", GiveUp(why="413")),
    ],
)
def test_what_becomes_of_an_email(status: int | None, code: str, follows: Verdict) -> None:
    assert mail_verdict(status, code, SOON) == follows


def test_no_email_waits_longer_than_an_hour_because_graph_said_so() -> None:
    assert mail_verdict(429, "", timedelta(days=2)) == Throttled(after=LONGEST_WAIT)
