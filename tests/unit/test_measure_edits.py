"""Two people change one measure: nobody's words are overwritten, BER-37."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.measure_edits import Clash, MeasureEdit, Terms, edited, terms_of
from domain.people import PersonId
from domain.plan_measures import Measure, complete
from tests.support.action_plans import NOW, plan, the
from tests.support.examples import BO

HOUR = timedelta(hours=1)
MEASURE = the(plan(), "M1")
BEFORE = terms_of(MEASURE)

people = st.none() | st.sampled_from(["bo", "carl", "sofie"]).map(PersonId)
words = st.sampled_from(["", "Ved stationen", "I klubben", "Ved skolen"])
terms = st.builds(
    Terms,
    owner=people,
    substitute=people,
    due_at=st.sampled_from([MEASURE.due_at, NOW + 9 * HOUR, NOW + 10 * HOUR]),
    target_group=words,
    place=words,
    note=words,
)


def edit(to: Terms, *, on: Measure = MEASURE) -> MeasureEdit:
    return MeasureEdit(measure=on.id, seen=on.version, was=terms_of(on), to=to)


def written(to: Terms) -> Measure:
    done = edited(MEASURE, edit(to), now=NOW)
    assert isinstance(done, Measure)
    return done


def clashed(first: Terms, second: Terms) -> Clash:
    clash = edited(written(first), edit(second), now=NOW)
    assert isinstance(clash, Clash)
    return clash


class TestAnEdit:
    def test_is_written_where_nobody_was_first(self) -> None:
        changed = written(replace(BEFORE, place=" Ved stationen ", owner=BO.id))

        assert (changed.place, changed.owner) == ("Ved stationen", BO.id)
        assert (changed.version, changed.due_at) == (MEASURE.version + 1, MEASURE.due_at)

    def test_of_the_deadline_counts_half_way_from_then(self) -> None:
        moved = edited(MEASURE, edit(replace(BEFORE, due_at=NOW + 9 * HOUR)), now=NOW + 3 * HOUR)

        assert isinstance(moved, Measure)
        assert moved.given_at == NOW + 3 * HOUR

    @pytest.mark.parametrize(
        "to",
        [
            replace(BEFORE, target_group="010203 1234"),
            replace(BEFORE, place="010203-1234"),
            replace(BEFORE, note="se 0102031234"),
        ],
    )
    def test_with_a_cpr_number_is_refused(self, to: Terms) -> None:
        """BER-51."""
        with pytest.raises(RuleBroken, match="measure.cpr"):
            edited(MEASURE, edit(to), now=NOW)

    def test_has_no_words_where_they_belong_to_the_young_peoples_cases(self) -> None:
        screening = the(plan("H1"), "M3")
        to = replace(terms_of(screening), note="To grupper")

        with pytest.raises(RuleBroken, match="wordless"):
            edited(screening, edit(to, on=screening), now=NOW)

    def test_of_what_is_done_is_refused(self) -> None:
        done = complete(MEASURE, by=BO.id, now=NOW)

        with pytest.raises(RuleBroken, match="ended"):
            edited(done, edit(BEFORE, on=done), now=NOW)


class TestTheLater:
    def test_is_shown_what_both_changed(self) -> None:
        clash = clashed(replace(BEFORE, place="I klubben"), replace(BEFORE, place="Ved skolen"))

        assert clash.overlapping == {"place"}
        assert clash.current.place == "I klubben"
        assert clash.rebased() is None

    def test_can_add_what_only_they_changed_at_a_press(self) -> None:
        clash = clashed(
            replace(BEFORE, place="I klubben"), replace(BEFORE, place="Ved skolen", note="To")
        )

        again = clash.rebased()
        assert again is not None
        both = edited(clash.current, again, now=NOW)

        assert isinstance(both, Measure)
        assert (both.place, both.note) == ("I klubben", "To")

    def test_has_nothing_to_do_where_both_said_the_same(self) -> None:
        clash = clashed(replace(BEFORE, note="To"), replace(BEFORE, note="To"))

        assert (clash.overlapping, clash.free) == (frozenset(), frozenset())

    @given(terms, terms)
    def test_never_overwrites_and_never_loses_silently(self, first: Terms, second: Terms) -> None:
        clash = clashed(first, second)
        theirs = terms_of(clash.current)

        again = clash.rebased()
        after = theirs if again is None else again.to

        for name in (each.name for each in fields(Terms)):
            was, one, other, then = (
                getattr(each, name) for each in (BEFORE, theirs, second, after)
            )
            if one != was:
                assert then == one
            elif other != was:
                assert then == other
            else:
                assert then == was
            assert (name in clash.overlapping) == (one not in {was, other} and other != was)
