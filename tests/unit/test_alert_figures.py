"""What the figures count: answers over time, and how each authority stands towards its quorum."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.alert_figures import curves, stands_of
from domain.alerts import QUORUM, Recipient, Reply
from domain.people import Authority
from tests.support.alerts_written import LEFT_AT, a_recipient, answers, recipients

UNTIL = LEFT_AT + timedelta(minutes=30)
PEOPLE = st.lists(
    st.builds(
        a_recipient,
        st.integers(min_value=0, max_value=99),
        st.sampled_from(Authority),
        reply=st.none() | st.sampled_from(Reply),
        after=st.integers(min_value=-5, max_value=60),
    ),
    max_size=30,
    unique_by=lambda each: each.person,
)


class TestACurve:
    def test_counts_those_who_answered_at_the_same_moment_at_once(self) -> None:
        people = [
            a_recipient(each, Authority.KP, reply=Reply.RECEIVED, after=3) for each in range(4)
        ]

        assert curves(people, answers=answers(people), left_at=LEFT_AT, until=UNTIL)[
            Authority.KP
        ].steps == ((timedelta(minutes=3), 4),)

    @given(PEOPLE)
    def test_only_climbs_and_never_above_how_many_were_asked(
        self, people: list[Recipient]
    ) -> None:
        for curve in curves(
            people, answers=answers(people), left_at=LEFT_AT, until=UNTIL
        ).values():
            counts = [count for _, count in curve.steps]
            times = [after for after, _ in curve.steps]
            assert counts == sorted(set(counts))
            assert times == sorted(set(times))
            assert curve.answered <= curve.total

    @given(PEOPLE)
    def test_asks_everybody_once(self, people: list[Recipient]) -> None:
        drawn = curves(people, answers=answers(people), left_at=LEFT_AT, until=UNTIL)

        assert sum(each.total for each in drawn.values()) == len(people)


class TestHowAnAuthorityStands:
    def test_is_enough_when_enough_are_joining(self) -> None:
        """BER-24."""
        stands = stands_of(recipients(), QUORUM)

        assert [each.authority for each in stands if each.is_met] == [
            *(Authority.SOF, Authority.BUF, Authority.KP)
        ]

    def test_counts_only_those_whose_answer_counts(self) -> None:
        """BER-24."""
        joining = a_recipient(1, Authority.KP, reply=Reply.JOINING, after=1)
        [stands] = stands_of([replace(joining, quorum=False)], {Authority.KP: 1})

        assert (stands.joining, stands.is_met) == (0, False)
        assert stands.replies[Reply.JOINING] == 1

    def test_is_enough_where_nothing_is_required(self) -> None:
        assert [each.is_met for each in stands_of([a_recipient(1, Authority.KFO)], {})] == [True]

    @given(PEOPLE)
    def test_has_everybody_in_exactly_one_column(self, people: list[Recipient]) -> None:
        assert sum(each.people for each in stands_of(people, QUORUM)) == len(people)
