"""E-mail as the second channel: what it may say, and what follows when it is not taken."""

from datetime import timedelta
from typing import Final

from domain.delivery import (
    LONGEST_WAIT,
    NO_CONNECTION,
    TOO_FAST,
    UNCLEAR,
    DeliveryState,
    GiveUp,
    Retry,
    StopAll,
    Throttled,
    Unreachable,
    Verdict,
)
from domain.notices import NoticeKind

# Told whole by e-mail: what is about no young person, and what somebody without Teams must
# have in hand. Of everything else an e-mail says what its notification says (AC-OUT-05).
ALERTING: Final = frozenset(
    {
        NoticeKind.ALERT,
        NoticeKind.ALERT_CORRECTED,
        NoticeKind.ALERT_FALSE,
        NoticeKind.ALERT_CALL_LIST,
        NoticeKind.UNREACHED_TOLD,
    }
)
ASKING: Final = frozenset(
    {
        NoticeKind.MEET_INVITED,
        NoticeKind.MEET_MOVED,
        NoticeKind.MEET_REMINDER,
        NoticeKind.MEET_STAND_IN,
        NoticeKind.MEET_NOBODY,
        NoticeKind.READINESS_MEETING,
    }
)
WHOLE: Final = (
    ALERTING
    | ASKING
    | {
        NoticeKind.TRIAL,
        NoticeKind.READINESS_MEETING_OFF,
        NoticeKind.READINESS_MEETING_LINK,
        NoticeKind.MEET_CANCELLED,
        NoticeKind.MEET_NOT_NEEDED,
        NoticeKind.AGENDA_SENT,
        NoticeKind.MINUTES_OUT,
        NoticeKind.MINUTES_TO_APPROVE,
        NoticeKind.MINUTES_SENT,
    }
)

# The only mailbox a sending names is our own: a refusal that is not about the message itself is
# about that, and so about every letter. It stops them all, and loses none.
OF_THE_MAILBOX: Final = frozenset({401, 402, 403, 404, 507})
OF_THE_MAILBOX_CODES: Final = frozenset(
    {
        "ErrorAccessDenied",
        "ErrorAccountSuspend",
        "ErrorExceededMessageLimit",
        "ErrorInvalidUser",
        "ErrorMessageSubmissionBlocked",
        "ErrorNonExistentMailbox",
        "ErrorQuotaExceeded",
        "ErrorSendAsDenied",
        "MailboxNotEnabledForRESTAPI",
        "MailboxNotSupportedForRESTAPI",
    }
)
BAD_ADDRESSES: Final = frozenset({"ErrorInvalidRecipients", "ErrorInvalidSmtpAddress"})
LATER: Final = frozenset({408, 412, 503})
NOTHING_SAID: Final = frozenset({NO_CONNECTION, UNCLEAR})

_BAD_ADDRESS: Final = Unreachable(state=DeliveryState.UNKNOWN, why="invalid_recipient")


def mail_verdict(status: int | None, code: str, retry_after: timedelta | None) -> Verdict:
    """Say what becomes of an e-mail that was not taken; see `domain.delivery.verdict`.

    Whether it came to somebody is not known when it is taken either: an address that nobody
    has is answered to our mailbox later, where a person reads it.

    :param code: Graph's; Entra's, without a status, where we were given no token.
    """
    after = None if retry_after is None else min(retry_after, LONGEST_WAIT)
    if status == TOO_FAST:
        return Throttled(after=after)
    if code in BAD_ADDRESSES:
        return _BAD_ADDRESS
    no_token = status is None and code not in NOTHING_SAID
    if no_token or status in OF_THE_MAILBOX or code in OF_THE_MAILBOX_CODES:
        return StopAll(why=f"{status or 'no token'} {code}".strip())
    if status is None or status in LATER:
        return Retry(after=after, unclear=code == UNCLEAR)
    return GiveUp(why=f"{status} {code}".strip())
