"""What an administrator is told: for every code a reason, and for every reason what to do."""

import pytest

from cards.microsoft import what, what_to_do
from cards.words import speak
from domain.microsoft import PERMISSIONS, Amiss, Service
from domain.people import Language
from graph.calls import GraphRefused, GraphSilent, GraphTrouble
from graph.needs import Need
from graph.troubles import ENTRA, GRAPH, STATUS, amiss, amiss_of

EACH = pytest.mark.parametrize("reason", Amiss)


def _refused(status: int, *codes: str) -> GraphTrouble:
    return GraphRefused(need=Need.CALENDAR, status=status, codes=codes)


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (_refused(0, "AADSTS7000215"), Amiss.SECRET_WRONG),
        (_refused(0, "AADSTS7000222"), Amiss.SECRET_ENDED),
        (_refused(0, "AADSTS700027"), Amiss.CERTIFICATE_UNKNOWN),
        (_refused(0, "AADSTS700016"), Amiss.APP_UNKNOWN),
        (_refused(0, "AADSTS65001"), Amiss.CONSENT_MISSING),
        (_refused(0, "AADSTS90002"), Amiss.TENANT_UNKNOWN),
        (_refused(0, "AADSTS50034"), Amiss.APP_UNKNOWN),
        (_refused(0, "AADSTS999999"), Amiss.OTHER),
        (_refused(0, "notReached"), Amiss.NOT_REACHED),
        (_refused(401, "InvalidAuthenticationToken"), Amiss.TOKEN_REFUSED),
        (_refused(403, "Authorization_RequestDenied"), Amiss.PERMISSION_MISSING),
        (_refused(403, "Forbidden"), Amiss.PERMISSION_MISSING),
        (_refused(403, "ErrorAccessDenied"), Amiss.MAILBOX_CLOSED),
        (_refused(403, "Forbidden", "ErrorAccessDenied", "Unheard"), Amiss.MAILBOX_CLOSED),
        (_refused(404, "ErrorNonExistentMailbox"), Amiss.MAILBOX_MISSING),
        (_refused(507, "ErrorQuotaExceeded"), Amiss.MAILBOX_FULL),
        (_refused(429, "ApplicationThrottled"), Amiss.THROTTLED),
        (GraphSilent(need=Need.MAIL, status=504, codes=[]), Amiss.BROKEN),
        (GraphSilent(need=Need.MAIL, codes=["noAnswer"]), Amiss.BROKEN),
    ],
    ids=str,
)
def test_a_refusal_has_a_reason(trouble: GraphTrouble, reason: Amiss) -> None:
    assert amiss(trouble) is reason


@pytest.mark.parametrize(
    "trouble",
    [
        _refused(0, "stopped"),
        _refused(400, "ErrorInvalidRecipients"),
        _refused(404, "ErrorItemNotFound"),
        _refused(410),
    ],
    ids=str,
)
def test_what_only_the_call_got_wrong_is_not_the_administrators(trouble: GraphTrouble) -> None:
    assert amiss(trouble) is None


def test_a_token_that_was_refused_has_a_reason() -> None:
    assert amiss_of("AADSTS7000229") is Amiss.CONSENT_MISSING
    assert amiss_of("noManagedIdentity") is Amiss.IDENTITY_MISSING
    assert amiss_of("something else") is Amiss.OTHER


def test_every_reason_can_come_about() -> None:
    assert {*ENTRA.values(), *GRAPH.values(), *STATUS.values(), Amiss.OTHER} == set(Amiss)


@EACH
@pytest.mark.parametrize("language", Language)
def test_a_reason_is_said_with_what_to_do(reason: Amiss, language: Language) -> None:
    say = speak(language)
    said = {
        each: (what(reason, of=each, say=say), what_to_do(reason, of=each, say=say))
        for each in Service
    }

    assert all(told.endswith(".") and does.endswith(".") for told, does in said.values())


def test_a_missing_permission_is_named() -> None:
    """MTG-18: whoever gives it has to know which."""
    say = speak(Language.DA)

    for each in Service:
        assert PERMISSIONS[each] in what(Amiss.PERMISSION_MISSING, of=each, say=say)
    closed = what(Amiss.MAILBOX_CLOSED, of=Service.CALENDAR, say=say)
    assert closed == "Ingen adgang til postkassen."
    assert "Application Mail.Send" in what_to_do(Amiss.MAILBOX_CLOSED, of=Service.MAIL, say=say)
