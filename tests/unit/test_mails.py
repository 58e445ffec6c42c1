"""Letters that are written otherwise by e-mail: nothing in them asks for a press (BER-16)."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from cards import alert_calls, trials
from cards.mails import LONGEST_SUBJECT, Mail, mailed
from cards.shown import Shown
from cards.words import Say
from domain.alert_calls import Silent
from domain.delivery import DeliveryState
from domain.notices import NoticeKind
from domain.people import PersonId
from domain.trials import Audience, Trial
from tests.support.catalogue import BOTH, DANISH
from tests.support.examples import MONDAY_NOON
from tests.support.town import SOFIE
from tests.unit.test_alert_letters import ALERT, OWN

PRESSES = re.compile(r"\*[a-zæøåA-ZÆØÅ]|\b[Tt]ryk\b|\b[Pp]ress\b")
TRIAL = Trial(
    id=UUID(int=7),
    begun_by=PersonId("dorte"),
    begun_at=MONDAY_NOON,
    audience=Audience.EVERYBODY,
)


def _trial(say: Say) -> Mail:
    return mailed(trials.letter(TRIAL, by_mail=True, say=say), NoticeKind.TRIAL, say=say)


def _call_list(say: Say) -> Mail:
    silent = [Silent(person=SOFIE, recipient=OWN)]
    shown = alert_calls.to_call(ALERT, silent, by_mail=True, say=say)
    return mailed(shown, NoticeKind.ALERT_CALL_LIST, say=say)


def _unreached(say: Say) -> Mail:
    shown = alert_calls.unreached(ALERT, [(SOFIE, DeliveryState.BLOCKED)], say=say)
    return mailed(shown, NoticeKind.UNREACHED_TOLD, say=say)


@BOTH
@pytest.mark.parametrize("write", [_trial, _call_list, _unreached])
def test_a_letter_by_mail_asks_for_no_press(say: Say, write: Callable[[Say], Mail]) -> None:
    mail = write(say)

    assert not PRESSES.search(mail.words)
    assert say("mail.automatic") in mail.words
    assert mail.language is say.language


def test_who_is_to_be_telephoned_is_named_with_a_number() -> None:
    assert SOFIE.name in _call_list(DANISH).words
    assert SOFIE.phone in _unreached(DANISH).words


def test_what_somebody_wrote_is_no_part_of_the_page() -> None:
    """AC-OUT-01: nor does what keeps Teams from reading it as marks stay in it."""
    shown = Shown(words="T\n<b>a</b> \\*x\\* **B** & [y](https://z.example)", summary="T")

    mail = mailed(shown, NoticeKind.TRIAL, say=DANISH)

    assert "<b>" not in mail.html
    assert "&lt;b&gt;a&lt;/b&gt; *x* B &amp; [y](https://z.example)" in mail.html


def test_a_subject_is_one_short_line() -> None:
    mail = mailed(Shown(words="x", summary="æ\nø " * 200), NoticeKind.DIGEST, say=DANISH)

    assert "\n" not in mail.summary
    assert len(mail.summary) == LONGEST_SUBJECT
