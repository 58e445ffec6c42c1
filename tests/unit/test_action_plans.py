"""Plans are made of templates in one step, and measures follow their way: BER-33, BER-38."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.action_plans import Owner, added
from domain.alerts import Level
from domain.dates import COPENHAGEN
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import Authority
from domain.plan_measures import (
    MeasureState,
    complete,
    drop,
    hand_on,
    may_edit,
    take_back,
    take_up,
)
from tests.support.action_plans import CATALOGUE, NOW, OWNERS, plan, the
from tests.support.examples import BO, CARL

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CODES = sorted(CATALOGUE.templates)


class TestAPlanFromATemplate:
    """BER-33: in one step."""

    def test_has_each_measure_with_deadline_owner_and_substitute(self) -> None:
        made = plan("H1")

        street = the(made, "M1")
        assert (street.party, street.owner, street.substitute) == (
            Party.SOF,
            "leader-sof",
            "substitute-sof",
        )
        assert street.due_at == NOW + 4 * HOUR
        assert street.state is MeasureState.OPEN
        assert street.first_day

    def test_asks_each_authority_to_tell_its_own_people(self) -> None:
        made = plan("H1")

        told = {each.party for each in made.measures if each.kind == "M12"}

        assert told == {Party.BUF, Party.SOF, Party.KP, Party.KFF, Party.BIF}

    def test_leaves_out_what_nobody_taking_part_does(self) -> None:
        made = plan("H1", parties=(Party.BUF, Party.SEK))

        assert {each.party for each in made.measures} == {Party.BUF, Party.SEK}

    def test_asks_probation_only_when_it_takes_part(self) -> None:
        """BER-12: off by default."""
        assert the(plan("H7"), "M18").party is Party.KFO
        without = tuple(each for each in OWNERS if each is not Party.KFO)
        assert "M18" not in {each.kind for each in plan("H7", parties=without).measures}

    def test_has_a_measure_without_owner_where_nobody_leads(self) -> None:
        made = plan("H1", owners={Party.SOF: Owner(person=BO.id)})

        assert the(made, "M1").owner == BO.id
        assert the(made, "M2").owner is None

    def test_keeps_what_the_template_said_that_day(self) -> None:
        made = plan("H3")

        assert (made.template, made.template_label, made.level) == ("H3", "1.0", Level.FULL)
        assert made.lists == CATALOGUE.templates["H3"].lists

    def test_ends_where_the_template_says(self) -> None:
        ends = plan("H1").period_end

        assert ends is not None
        assert f"{ends.astimezone(COPENHAGEN):%d.%m. %H.%M}" == "30.11. 23.59"

    def test_has_no_end_where_somebody_must_set_it(self) -> None:
        """BER-56: New Year's plan, activated in March."""
        march = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)

        assert plan("H8", starts_at=march).period_end is None
        assert plan("H9").period_end is None

    def test_in_the_night_that_clocks_are_moved_has_its_hours_right(self) -> None:
        evening = datetime(2027, 3, 27, 22, 30, tzinfo=UTC)  # half past eleven on the wall

        made = plan("H1", starts_at=evening)

        assert the(made, "M1").due_at == evening + 4 * HOUR
        assert f"{the(made, 'M1').due_at.astimezone(COPENHAGEN):%H.%M}" == "04.30"

    @pytest.mark.parametrize("code", CODES)
    def test_is_made_of_any_template(self, code: str) -> None:
        made = plan(code, ends_at=NOW + 4 * DAY)

        assert {each.kind for each in made.measures} == {
            each.kind for each in CATALOGUE.templates[code].measures
        }
        assert all(each.owner for each in made.measures)
        assert made.drill == code.startswith("Ø")

    def test_can_be_given_more_measures_by_hand(self) -> None:
        made = added(
            plan("H9"),
            CATALOGUE.measures["M7"],
            party=None,
            owners=OWNERS,
            due_at=NOW + DAY,
            now=NOW,
            id=UUID(int=99),
        )

        assert (the(made, "M7").owner, the(made, "M7").party) == ("leader-buf", Party.BUF)

    def test_is_given_none_of_somebody_who_takes_no_part(self) -> None:
        with pytest.raises(RuleBroken, match="not_a_party"):
            added(
                plan("H9"),
                CATALOGUE.measures["M18"],
                party=None,
                owners=OWNERS,
                due_at=NOW,
                now=NOW,
                id=UUID(int=99),
            )


class TestAMeasure:
    MEASURE = the(plan(), "M1")

    def test_goes_from_open_to_under_way_to_done(self) -> None:
        done = complete(take_up(self.MEASURE), by=BO.id, now=NOW + HOUR)

        assert (done.state, done.ended_at, done.ended_by) == (
            MeasureState.DONE,
            NOW + HOUR,
            BO.id,
        )
        assert done.version == self.MEASURE.version + 2

    def test_is_not_done_twice(self) -> None:
        done = complete(self.MEASURE, by=BO.id, now=NOW)

        with pytest.raises(RuleBroken, match="ended"):
            complete(done, by=CARL.id, now=NOW)

    @pytest.mark.parametrize(
        ("reason", "code"),
        [("  ", "no_reason"), ("Spørg 010203-1234", "cpr"), ("x" * 601, "too_long")],
    )
    def test_is_dropped_with_a_reason_that_names_nobody(self, reason: str, code: str) -> None:
        """BER-51 too."""
        with pytest.raises(RuleBroken, match=f"measure.{code}"):
            drop(self.MEASURE, reason=reason, by=BO.id, now=NOW)

    def test_can_be_taken_back(self) -> None:
        dropped = drop(self.MEASURE, reason="Ikke nødvendigt", by=BO.id, now=NOW)

        back = take_back(dropped, now=NOW + HOUR)

        assert (back.state, back.reason, back.ended_at) == (MeasureState.OPEN, "", None)
        with pytest.raises(RuleBroken, match="waits"):
            take_back(back, now=NOW)

    def test_goes_to_the_substitute_of_who_cannot(self) -> None:
        """BER-34: Kan ikke."""
        handed = hand_on(self.MEASURE)

        assert handed.owner == "substitute-sof"
        with pytest.raises(RuleBroken, match="no_substitute"):
            hand_on(handed)

    def test_of_every_day_is_due_again_until_the_period_ends(self) -> None:
        evening = NOW + 36 * HOUR
        daily = replace(self.MEASURE, daily=True, due_at=NOW + DAY)

        again = complete(daily, by=BO.id, now=NOW + DAY, until=NOW + 3 * DAY)
        last = complete(daily, by=BO.id, now=evening, until=evening + HOUR)

        assert (again.state, again.due_at) == (MeasureState.UNDER_WAY, NOW + 2 * DAY)
        assert last.state is MeasureState.DONE


class TestWhoEdits:
    """BER-38: a party's own people, and the Secretariat."""

    @pytest.mark.parametrize("authority", Authority)
    @pytest.mark.parametrize("party", Party)
    def test_is_the_same_authority(self, party: Party, authority: Authority) -> None:
        allowed = may_edit(party, authority=authority, secretariat=False)

        assert allowed == (party.value == authority.value)
        assert may_edit(party, authority=authority, secretariat=True)
