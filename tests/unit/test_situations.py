"""Situation reports: what may be written, and who has not reported."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alerts import Situation
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import PersonId
from domain.situations import Missing, SituationReport, in_order, latest, missing
from tests.support.action_plans import NOW, plan

SITUATION = Situation(happened="Slagsmål", where="Torvet", stands="Uroligt", done="Patrulje")
TEN_MINUTES = timedelta(minutes=10)
HOUR = timedelta(hours=1)
REPORT = SituationReport(
    id=UUID(int=1),
    alert=UUID(int=7),
    party=Party.KP,
    situation=SITUATION,
    by=PersonId("anna"),
    at=NOW,
)


class TestWhatIsWritten:
    def test_what_is_needed_may_be_left_out(self) -> None:
        """BER-04, BER-43: four questions, and what is needed."""
        spaced = replace(SITUATION, needs="  Flere vagter ")

        assert in_order(SITUATION) == SITUATION
        assert in_order(spaced) == replace(SITUATION, needs="Flere vagter")

    @pytest.mark.parametrize("question", ["happened", "where", "stands", "done"])
    def test_each_of_the_four_questions_is_answered(self, question: str) -> None:
        """BER-04."""
        with pytest.raises(RuleBroken, match=r"situation\.unanswered"):
            in_order(replace(SITUATION, **{question: " "}))

    @given(
        question=st.sampled_from(["happened", "where", "stands", "done", "needs"]),
        before=st.text(alphabet="abcæøå .,!\n", max_size=20),
        after=st.text(alphabet="abcæøå .,!\n", max_size=20),
        number=st.from_regex(
            r"(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}-?[0-9]{4}", fullmatch=True
        ),
    )
    def test_a_cpr_number_is_refused_in_any_answer(
        self, question: str, before: str, after: str, number: str
    ) -> None:
        """BER-51."""
        with pytest.raises(RuleBroken, match=r"measure\.cpr"):
            in_order(replace(SITUATION, **{question: f"{before}{number}{after}"}))


class TestWhoHasNotReported:
    def test_every_party_owes_the_report_that_is_due(self) -> None:
        """BER-43."""
        due = plan("H1").cadence.reports(start=NOW, end=NOW, until=NOW + 24 * HOUR)
        first = due[0]

        def owes(*reports: SituationReport) -> list[Missing]:
            return missing(
                parties=[Party.KP, Party.BUF], due=due, reports=latest(reports), now=first
            )

        assert missing(parties=[Party.KP], due=due, reports={}, now=NOW) == []
        assert owes() == [Missing(party=each, due_at=first) for each in (Party.KP, Party.BUF)]
        assert owes(REPORT) == [Missing(party=Party.BUF, due_at=first)]
        assert owes(REPORT, replace(REPORT, party=Party.BUF)) == []

    def test_an_early_report_counts_and_an_old_one_does_not(self) -> None:
        """BER-43."""
        due = [NOW + HOUR, NOW + 2 * HOUR]
        at_two = NOW + 2 * HOUR

        def owes(report: SituationReport) -> bool:
            return bool(
                missing(parties=[Party.KP], due=due, reports={Party.KP: report}, now=at_two)
            )

        assert owes(replace(REPORT, at=NOW + HOUR))
        assert not owes(replace(REPORT, at=NOW + HOUR + TEN_MINUTES))
        assert not owes(replace(REPORT, at=at_two + TEN_MINUTES))

    def test_the_latest_of_each_party_is_the_one_that_counts(self) -> None:
        later = replace(REPORT, at=NOW + HOUR)
        other = replace(REPORT, party=Party.BUF)

        assert latest([later, REPORT, other]) == {Party.KP: later, Party.BUF: other}
