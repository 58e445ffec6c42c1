"""From Microsoft's codes to what an administrator has to do: a table, and nothing clever."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from domain.microsoft import Amiss
from graph.asking import NO_ANSWER
from graph.calls import HELD_BACK, STOPPED, GraphTrouble
from graph.entra import NO_IDENTITY
from graph.tokens import NOT_ANSWERED, NOT_REACHED, NOT_TRUSTED, SLOW

# Entra's numbers: learn.microsoft.com/entra/identity-platform/reference-error-codes
ENTRA: Final[Mapping[str, Amiss]] = MappingProxyType(
    {
        "AADSTS7000215": Amiss.SECRET_WRONG,
        "AADSTS7000216": Amiss.SECRET_WRONG,
        "AADSTS7000218": Amiss.SECRET_WRONG,
        "AADSTS7000222": Amiss.SECRET_ENDED,
        "AADSTS700027": Amiss.CERTIFICATE_UNKNOWN,
        "AADSTS700021": Amiss.CERTIFICATE_UNKNOWN,
        "AADSTS700023": Amiss.CERTIFICATE_UNKNOWN,
        "AADSTS50012": Amiss.CERTIFICATE_UNKNOWN,
        "AADSTS50027": Amiss.CERTIFICATE_UNKNOWN,
        "AADSTS700024": Amiss.CLOCK_WRONG,
        "AADSTS50013": Amiss.CLOCK_WRONG,
        "AADSTS700016": Amiss.APP_UNKNOWN,
        "AADSTS50034": Amiss.APP_UNKNOWN,
        "AADSTS700038": Amiss.APP_UNKNOWN,
        "AADSTS7000112": Amiss.APP_DISABLED,
        "AADSTS90002": Amiss.TENANT_UNKNOWN,
        "AADSTS900021": Amiss.TENANT_UNKNOWN,
        "AADSTS900023": Amiss.TENANT_UNKNOWN,
        "AADSTS65001": Amiss.CONSENT_MISSING,
        "AADSTS650052": Amiss.CONSENT_MISSING,
        "AADSTS650057": Amiss.CONSENT_MISSING,
        "AADSTS7000229": Amiss.CONSENT_MISSING,
        "AADSTS50105": Amiss.CONSENT_MISSING,
        "AADSTS53003": Amiss.BLOCKED,
        "AADSTS530004": Amiss.BLOCKED,
        "AADSTS500011": Amiss.CLOUD_WRONG,
        "AADSTS900382": Amiss.CLOUD_WRONG,
        "AADSTS1002012": Amiss.CLOUD_WRONG,
        NO_IDENTITY: Amiss.IDENTITY_MISSING,
        NOT_ANSWERED: Amiss.NOT_REACHED,
        NOT_REACHED: Amiss.NOT_REACHED,
        NOT_TRUSTED: Amiss.NOT_TRUSTED,
        SLOW: Amiss.NOT_REACHED,
    }
)

# Graph's codes: learn.microsoft.com/graph/errors, and those of Exchange behind it.
GRAPH: Final[Mapping[str, Amiss]] = MappingProxyType(
    {
        "InvalidAuthenticationToken": Amiss.TOKEN_REFUSED,
        "Authorization_IdentityNotFound": Amiss.CONSENT_MISSING,
        "Authorization_RequestDenied": Amiss.PERMISSION_MISSING,
        "AadPremiumLicenseRequired": Amiss.LICENCE_MISSING,
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant": Amiss.LICENCE_MISSING,
        "PaymentRequired": Amiss.LICENCE_MISSING,
        "ErrorAccessDenied": Amiss.MAILBOX_CLOSED,
        "ErrorInvalidUser": Amiss.MAILBOX_MISSING,
        "ErrorNonExistentMailbox": Amiss.MAILBOX_MISSING,
        "MailboxNotEnabledForRESTAPI": Amiss.MAILBOX_MISSING,
        "MailboxNotSupportedForRESTAPI": Amiss.MAILBOX_MISSING,
        "ErrorQuotaExceeded": Amiss.MAILBOX_FULL,
        "ErrorSendAsDenied": Amiss.SENDING_STOPPED,
        "ErrorAccountSuspend": Amiss.SENDING_STOPPED,
        "ErrorExceededMessageLimit": Amiss.SENDING_STOPPED,
        "ErrorMessageSubmissionBlocked": Amiss.SENDING_STOPPED,
        HELD_BACK: Amiss.THROTTLED,
        NO_ANSWER: Amiss.BROKEN,
    }
)

STATUS: Final[Mapping[int, Amiss]] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: Amiss.TOKEN_REFUSED,
        HTTPStatus.PAYMENT_REQUIRED: Amiss.LICENCE_MISSING,
        HTTPStatus.FORBIDDEN: Amiss.PERMISSION_MISSING,
        HTTPStatus.TOO_MANY_REQUESTS: Amiss.THROTTLED,
        HTTPStatus.INTERNAL_SERVER_ERROR: Amiss.BROKEN,
        HTTPStatus.BAD_GATEWAY: Amiss.BROKEN,
        HTTPStatus.SERVICE_UNAVAILABLE: Amiss.BROKEN,
        HTTPStatus.GATEWAY_TIMEOUT: Amiss.BROKEN,
        HTTPStatus.INSUFFICIENT_STORAGE: Amiss.MAILBOX_FULL,
    }
)


def amiss(trouble: GraphTrouble) -> Amiss | None:
    """Say what an administrator has to look at; None where it is only the call that was wrong.

    The innermost code that we know decides, then the status. What went wrong before Graph was
    reached is always somebody's to look at.
    """
    if trouble.code == STOPPED:
        return None
    for code in reversed(trouble.codes):
        if found := ENTRA.get(code) or GRAPH.get(code):
            return found
    return STATUS.get(trouble.status, None if trouble.status else Amiss.OTHER)


def amiss_of(code: str) -> Amiss:
    """Say what is amiss where we were given no token."""
    return ENTRA.get(code, Amiss.OTHER)
