"""The log, the roles, the lists and the evaluation of an alert: what may be written of it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.alert_audience import default_audience
from domain.alert_log import LogEntry, LogKind, amended, escalated, noted
from domain.alert_roles import AlertRole, Offer, taken_over
from domain.alert_sharings import NAME_AT_MOST, named
from domain.alerts import Alert, AlertState, Level, Situation
from domain.errors import RuleBroken
from domain.escalation import Ask, Climbed, Decision, Reason, Rung
from domain.evaluations import Answered, Evaluation, EvaluationState, Learning, LearningState
from domain.people import Authority, PersonId
from tests.support.action_plans import NOW

ALERT = UUID(int=7)
ANNA, BO, CARL = PersonId("anna"), PersonId("bo"), PersonId("carl")
CPR = "Den unge er 150307-1234"


class TestALine:
    def test_by_hand_says_who_and_when(self) -> None:
        """BER-44."""
        entry = noted(ALERT, " Patruljen er fremme ", by=ANNA, now=NOW)

        assert entry == LogEntry(
            alert=ALERT, kind=LogKind.NOTED, at=NOW, by=ANNA, words="Patruljen er fremme"
        )
        assert "Patruljen" not in repr(entry)

    def test_corrects_another_and_leaves_it_there(self) -> None:
        """BER-44."""
        first = replace(noted(ALERT, "Fremme", by=ANNA, now=NOW), number=4)
        correction = amended(first, "På vej", by=BO, now=NOW)

        assert (correction.kind, correction.amends, correction.words) == (
            LogKind.AMENDED,
            4,
            "På vej",
        )

    @pytest.mark.parametrize(
        ("words", "code"),
        [("  ", "log.empty"), (CPR, "measure.cpr"), ("x" * 601, "measure.too_long")],
    )
    def test_is_short_and_of_no_person(self, words: str, code: str) -> None:
        """BER-51."""
        first = noted(ALERT, "Ro", by=ANNA, now=NOW)
        with pytest.raises(RuleBroken, match=code):
            noted(ALERT, words, by=ANNA, now=NOW)
        with pytest.raises(RuleBroken, match=code):
            amended(first, words, by=ANNA, now=NOW)

    def test_of_a_step_says_who_which_rule_and_how_late(self) -> None:
        """BER-32."""
        due, late = NOW - timedelta(seconds=3), timedelta(seconds=3)
        ask = Ask(rung=Rung.REPEAT, people=(ANNA, BO), due_at=due, late=late)
        decision = Decision(
            ask=ask, climbed=Climbed(authority=Authority.KP, taken=1), reason=Reason.REPEATED
        )

        assert escalated(decision, ask, alert=ALERT, now=NOW) == LogEntry(
            alert=ALERT,
            kind=LogKind.ESCALATED,
            at=NOW,
            by=None,
            facts={"rung": "repeat", "taken": "1"},
            authority=Authority.KP,
            people=(ANNA, BO),
            reason=Reason.REPEATED,
            due_at=due,
            late=late,
        )


class TestARole:
    def alert(self) -> Alert:
        return Alert(
            id=ALERT,
            year=2026,
            number=1,
            level=Level.FULL,
            drill=False,
            template="H1",
            title="Uro",
            situation=Situation(happened="a", where="b", stands="c", done="d"),
            audience=default_audience(frozenset()),
            state=AlertState.ACTIVATED,
            activated_by=ANNA,
            activated_at=NOW,
            leaves_at=NOW,
            coordinator=ANNA,
            log_keeper=ANNA,
        )

    def test_is_taken_over_by_whoever_was_asked(self) -> None:
        """BER-44, BER-45."""
        offer = Offer(alert=ALERT, role=AlertRole.COORDINATOR, to=BO, by=ANNA, at=NOW)
        after = taken_over(self.alert(), offer, by=BO)

        assert (after.coordinator, after.log_keeper) == (BO, ANNA)
        log = taken_over(after, replace(offer, role=AlertRole.LOG_KEEPER), by=BO)
        assert (log.coordinator, log.log_keeper) == (BO, BO)

    def test_is_nobody_elses(self) -> None:
        """BER-45: explicit, and accepted by the receiver."""
        offer = Offer(alert=ALERT, role=AlertRole.COORDINATOR, to=BO, by=ANNA, at=NOW)
        for each, by in ((None, BO), (offer, CARL), (replace(offer, alert=UUID(int=8)), BO)):
            with pytest.raises(RuleBroken, match=r"alert\.not_offered"):
                taken_over(self.alert(), each, by=by)


class TestAList:
    def test_has_a_name_of_no_person(self) -> None:
        """BER-11, BER-51."""
        assert named(" Team Sikker By ") == "Team Sikker By"
        for name, code in (
            (" ", "list.no_name"),
            (CPR, "measure.cpr"),
            ("x" * (NAME_AT_MOST + 1), "measure.too_long"),
        ):
            with pytest.raises(RuleBroken, match=code):
                named(name)


class TestAnEvaluation:
    BEGUN = Evaluation(
        alert=ALERT,
        drill=False,
        owner=ANNA,
        due_on=date(2026, 11, 9),
        answers=(Answered(question="Hvad gik godt?"),),
        begun_at=NOW,
    )

    def test_is_answered_and_finished(self) -> None:
        """BER-61."""
        said = self.BEGUN.answered([Answered(question="Hvad gik godt?", answer=" Kvorum ")])
        done = said.done(by=BO, now=NOW)

        assert said.answers == (Answered(question="Hvad gik godt?", answer="Kvorum"),)
        assert (done.state, done.done_by, done.done_at) == (EvaluationState.DONE, BO, NOW)
        with pytest.raises(RuleBroken, match=r"evaluation\.done"):
            done.answered(said.answers)
        with pytest.raises(RuleBroken, match=r"evaluation\.done"):
            done.done(by=BO, now=NOW)

    def test_is_not_finished_without_a_word(self) -> None:
        with pytest.raises(RuleBroken, match=r"evaluation\.unanswered"):
            self.BEGUN.done(by=BO, now=NOW)

    def test_is_of_no_person(self) -> None:
        """BER-51."""
        with pytest.raises(RuleBroken, match=r"measure\.cpr"):
            self.BEGUN.answered([Answered(question="Hvad gik godt?", answer=CPR)])

    def test_what_is_learned_ends_once_and_names_the_change_it_led_to(self) -> None:
        """BER-61."""
        learning = Learning(
            id=UUID(int=1),
            alert=ALERT,
            words="Ring først",
            owner=BO,
            due_on=date(2026, 12, 1),
            template="H1",
            given_by=ANNA,
            given_at=NOW,
        )
        done = learning.ended(LearningState.DONE, revision=2, now=NOW)

        assert (done.state, done.revision, done.ended_at) == (LearningState.DONE, 2, NOW)
        with pytest.raises(RuleBroken, match=r"learning\.ended"):
            done.ended(LearningState.DROPPED, now=NOW)
