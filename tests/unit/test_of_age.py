"""Invariant 11 of §15: night after night, whatever happens by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.assessments import Assessment, Followed, Verdict, decide, is_settled
from domain.plus import is_of_age, is_out_of_age
from tests.unit.test_assessments import BO, looked, noon


@dataclass
class _Story:
    """A running case outside SSP+, night after night, whatever happens by day."""

    born: date = date(2010, 8, 31)
    today: date = date(2027, 12, 1)
    assessment: Assessment | None = None
    answer_awaited: bool = False


class GrowingUp(RuleBasedStateMachine):
    """Invariant 11: at 18 there is always a decision, or the leaders know."""

    def __init__(self) -> None:
        super().__init__()
        self.at = _Story()

    @rule(days=st.integers(min_value=1, max_value=400))
    def nights_pass(self, days: int) -> None:
        self.at.today += timedelta(days=days)
        self._night()

    @rule(born=st.dates(min_value=date(2008, 1, 1), max_value=date(2012, 12, 31)))
    def the_birth_date_is_corrected(self, born: date) -> None:
        self.at.born = born
        self._night()

    @precondition(lambda self: self.at.assessment is not None and self.at.assessment.told)
    @rule(verdict=st.sampled_from(Verdict))
    def it_is_decided(self, verdict: Verdict) -> None:
        assert self.at.assessment is not None
        self.at.assessment = decide(
            self.at.assessment, verdict=verdict, by=BO, now=noon(self.at.today)
        )
        self.at.answer_awaited = verdict is Verdict.IN_TARGET

    @precondition(lambda self: self.at.answer_awaited)
    @rule()
    def ssp_plus_says_no(self) -> None:
        self.at.answer_awaited = False
        self._night()

    @invariant()
    def invariant_11(self) -> None:
        if is_of_age(self.at.born, self.at.today) and not is_out_of_age(
            self.at.born, self.at.today
        ):
            assert is_settled(self.at.assessment)

    @invariant()
    def nobody_is_escalated_who_is_not_of_age(self) -> None:
        if not is_of_age(self.at.born, self.at.today) and self.at.assessment is not None:
            assert self.at.assessment.escalated_at is None

    def _night(self) -> None:
        if self.at.born > self.at.today:
            return
        once = looked(
            self.at.assessment,
            self.at.today,
            born=self.at.born,
            answer_awaited=self.at.answer_awaited,
        )
        again = looked(
            once.assessment,
            self.at.today,
            born=self.at.born,
            answer_awaited=self.at.answer_awaited,
        )
        assert again == Followed(assessment=once.assessment)
        self.at.assessment = once.assessment


TestInvariant11 = GrowingUp.TestCase
