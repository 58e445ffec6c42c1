"""Lines of the log in words: who, which rule, when it was due, and how late (BER-32, BER-44)."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from cards.alert_log_lines import line_of
from cards.words import Say
from domain.alert_log import LogEntry, LogKind, amended, escalated, noted
from domain.alerts import Reply, Via
from domain.escalation import Ask, Climbed, Decision, Reason, Rung
from domain.people import Authority, PersonId
from tests.support.alerts_written import LEFT_AT, NOW
from tests.support.catalogue import BOTH, DANISH

ALERT = UUID("80000000-0000-4000-8000-000000000001")
ANNA, BO, GONE = PersonId("anna"), PersonId("bo"), PersonId("gone")
NAMES: Mapping[PersonId, str] = {ANNA: "Anna Bregnekær", BO: "Bo Havrelygte"}


def an_escalation(*people: PersonId) -> LogEntry:
    ask = Ask(
        rung=Rung.SUBSTITUTES,
        people=people,
        due_at=LEFT_AT + timedelta(minutes=10),
        late=timedelta(seconds=3, milliseconds=900),
    )
    decision = Decision(
        ask=ask,
        climbed=Climbed(authority=Authority.BUF, taken=2),
        reason=Reason.SUBSTITUTES_ASKED,
    )
    return escalated(decision, ask, alert=ALERT, now=LEFT_AT + timedelta(minutes=10, seconds=3))


class TestAnEscalation:
    def test_says_who_which_rule_when_it_was_due_and_how_late(self) -> None:
        """BER-32: who, rule, due, actual, lateness in seconds."""
        line = line_of(an_escalation(ANNA, BO), names=NAMES, say=DANISH)

        assert line.by == "SSP-botten"
        assert line.at == LEFT_AT + timedelta(minutes=10, seconds=3)
        assert line.words == (
            "Eskalering: BUF. Suppleanter. Suppleanter er spurgt. "
            "Gælder Anna Bregnekær, Bo Havrelygte. "
            "Frist 02-11-2026 12.10.00 (UTC+0100), 3 sekunder for sent"
        )

    def test_counts_who_has_been_deleted_since(self) -> None:
        line = line_of(an_escalation(ANNA, GONE), names=NAMES, say=DANISH)

        assert "Gælder Anna Bregnekær, 1 uden navn" in line.words
        assert GONE not in line.words


class TestALineByHand:
    def test_is_what_was_written(self) -> None:
        """BER-44."""
        line = line_of(noted(ALERT, "Der er ro.", by=ANNA, now=NOW), names=NAMES, say=DANISH)

        assert (line.by, line.words, line.corrects) == ("Anna Bregnekær", "Der er ro.", None)

    def test_that_corrects_another_points_to_it(self) -> None:
        """BER-44: corrections are new lines."""
        first = LogEntry(alert=ALERT, number=4, kind=LogKind.NOTED, at=NOW, by=ANNA, words="To")
        line = line_of(amended(first, "Tre", by=BO, now=NOW), names=NAMES, say=DANISH)

        assert (line.words, line.corrects) == ("Tre", 4)

    def test_of_somebody_deleted_has_an_author_still(self) -> None:
        line = line_of(noted(ALERT, "Ja", by=GONE, now=NOW), names=NAMES, say=DANISH)

        assert line.by == "En, som er slettet"


@BOTH
@pytest.mark.parametrize("kind", LogKind)
def test_every_kind_of_line_has_words(say: Say, kind: LogKind) -> None:
    entry = LogEntry(alert=ALERT, number=1, kind=kind, at=NOW, by=None)

    assert line_of(entry, names={}, say=say).words == say(f"log_line.{kind}")


class TestAnAnswer:
    @BOTH
    @pytest.mark.parametrize("reply", Reply)
    @pytest.mark.parametrize("via", Via)
    def test_says_which_it_was_and_how_it_came(self, say: Say, reply: Reply, via: Via) -> None:
        """BER-21, BER-44."""
        entry = LogEntry(
            alert=ALERT,
            kind=LogKind.REPLIED if via is Via.TEAMS else LogKind.CONFIRMED,
            at=NOW,
            by=ANNA,
            facts={"reply": reply.value, "via": via.value},
            authority=Authority.BUF,
            people=(BO,),
        )
        line = line_of(entry, names=NAMES, say=say)

        assert say(f"log_line.reply_{reply}") in line.words
        assert say(f"log_line.via_{via}") in line.words

    def test_that_was_sent_says_to_how_many_and_over_what_warning(self) -> None:
        """BER-05, BER-18."""
        entry = LogEntry(
            alert=ALERT,
            kind=LogKind.UPDATED,
            at=NOW,
            by=ANNA,
            facts={"told": "7", "red": "KP, BIF"},
        )
        line = line_of(entry, names=NAMES, say=DANISH)

        assert "Sendt til 7" in line.words
        assert "KP, BIF" in line.words
