"""Who is told of measures: owners of what is new to them, and nobody before the plan runs."""

from dataclasses import replace
from datetime import timedelta

from domain.action_plans import ActionPlan
from domain.measure_notices import given, owned, unable
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import complete, drop, take_back
from domain.plan_moves import assign_all, shift_all, with_measure
from domain.plan_times import Relative
from tests.support.action_plans import NOW, plan, running, the
from tests.support.examples import DORTE

NEW = PersonId("new")


def told(now: ActionPlan, was: ActionPlan | None) -> list[str]:
    notices = given(now, was=was, but=DORTE.id, now=NOW)
    assert {each.kind for each in notices} <= {NoticeKind.MEASURES_GIVEN}
    assert {each.about for each in notices} <= {now.id}
    return [str(each.person) for each in notices]


class TestGiving:
    def test_tells_each_owner_once_when_the_plan_begins_to_run(self) -> None:
        """BER-34."""
        begun = running()

        assert told(begun, None) == sorted({str(each.owner) for each in begun.measures})

    def test_tells_nobody_before(self) -> None:
        """BER-40, BER-56: nothing is sent without a human."""
        draft = plan()

        assert told(draft, None) == []
        assert told(assign_all(draft, party=Party.SOF, owner=NEW), draft) == []

    def test_tells_only_who_got_something(self) -> None:
        """BER-35: a deadline that moves, or what is ended, is no news of that kind."""
        begun = running()
        street = the(begun, "M1")
        done = with_measure(begun, complete(street, by=DORTE.id, now=NOW))
        later = Relative(count=1)

        assert told(shift_all(begun, by=later, now=NOW), begun) == []
        assert told(done, begun) == []
        assert told(assign_all(begun, party=Party.SOF, owner=NEW), begun) == ["new"]
        back = with_measure(done, take_back(done.measure(street.id), now=NOW))
        assert told(back, done) == [str(street.owner)]

    def test_does_not_tell_who_gave_it(self) -> None:
        begun = running()

        assert told(assign_all(begun, party=Party.SOF, owner=DORTE.id), begun) == []

    def test_of_a_later_time_is_another_message(self) -> None:
        """The same person hears again when something else becomes theirs."""
        begun = running()
        once = assign_all(begun, party=Party.SOF, owner=NEW)
        twice = assign_all(once, party=Party.KP, owner=NEW)
        [first] = given(once, was=begun, but=DORTE.id, now=NOW)
        [second] = given(twice, was=once, but=DORTE.id, now=NOW)

        assert first.dedupe_key != second.dedupe_key


def test_what_is_ones_own_is_what_waits() -> None:
    begun = running()
    street = the(begun, "M1")
    dropped = with_measure(begun, drop(street, reason="Aflyst", by=DORTE.id, now=NOW))
    assert street.owner is not None

    assert street in owned(begun, street.owner)
    assert street.id not in {each.id for each in owned(dropped, street.owner)}


def test_that_nobody_can_is_told_once_to_each_who_leads() -> None:
    """BER-34."""
    street = the(running(), "M1")
    leaders = [PersonId("a"), PersonId("b"), PersonId("a")]

    notices = unable(street, leaders=leaders, now=NOW + timedelta(hours=1))

    assert [each.person for each in notices] == ["a", "b"]
    again = unable(replace(street, version=2), leaders=leaders, now=NOW)
    assert again[0].dedupe_key not in {each.dedupe_key for each in notices}
