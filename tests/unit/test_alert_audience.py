"""Whom an alert is for: the union of its audience, each once (BER-11, BER-12)."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given

from domain.alert_audience import (
    DEFAULT_AUTHORITIES,
    counted,
    default_audience,
    in_order,
    members,
    recipients,
)
from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.leadership import Roster
from domain.notices import Tier
from domain.people import (
    Authority,
    Membership,
)
from tests.support.audiences import (
    ALERT,
    AUDIENCES,
    BUF,
    COMMITTEES,
    DEFAULT,
    DORTE,
    KFO,
    LEADER,
    MEMBER,
    MEMBERSHIPS,
    PEOPLE,
    PLUS,
    PROBATION,
    ROSTER,
    SEATS,
    SOF,
    STAND_IN,
    TEACHER,
    TINGBJERG,
    WHOLE_CITY,
    names,
    sits,
)
from tests.support.examples import MONDAY_NOON


class TestTheAudience:
    @given(AUDIENCES, MEMBERSHIPS)
    def test_is_a_union_in_which_everybody_is_once(
        self, audience: Audience, memberships: list[Membership]
    ) -> None:
        """BER-11: whatever is combined, and whatever seats they hold."""
        roster = Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=memberships)

        rows = recipients(audience, roster, alert=ALERT, now=MONDAY_NOON)

        told = Counter(each.person for each in rows)
        assert set(told.values()) <= {1}
        assert audience.people <= told.keys()
        assert {each.id for each in PEOPLE if each.offices & audience.offices} <= told.keys()
        assert told.keys() - audience.people <= {each.person for each in memberships} | {DORTE.id}
        assert all(each.tier.is_alert for each in rows)

    @given(AUDIENCES, AUDIENCES, MEMBERSHIPS)
    def test_never_shrinks_when_more_is_named(
        self, one: Audience, other: Audience, memberships: list[Membership]
    ) -> None:
        """BER-11: committees, kinds, people and roles are added to each other."""
        roster = Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=memberships)
        both = replace(
            one,
            committees=one.committees | other.committees,
            types=one.types | other.types,
            people=one.people | other.people,
            offices=one.offices | other.offices,
        )

        assert set(members(one, roster)) <= set(members(both, roster))

    def test_is_by_default_five_authorities_and_the_secretariat(self) -> None:
        """BER-12: probation is off, one tap away."""
        assert {SOF, BUF, Authority.KP, Authority.KFF, Authority.BIF} == DEFAULT_AUTHORITIES
        assert members(DEFAULT, ROSTER) == names(DORTE, LEADER, MEMBER, TEACHER)

        tapped = replace(DEFAULT, authorities=DEFAULT.authorities | {KFO})

        assert members(tapped, ROSTER) == names(DORTE, LEADER, MEMBER, PROBATION, TEACHER)

    def test_of_the_whole_city_has_those_who_lead_ssp_plus(self) -> None:
        """BER-12"""
        assert PLUS.id in members(default_audience(WHOLE_CITY), ROSTER)

    def test_of_another_area_has_nobody_from_here(self) -> None:
        assert members(default_audience(frozenset({TINGBJERG})), ROSTER) == names(DORTE)

    def test_has_nobody_who_has_left(self) -> None:
        gone = [replace(each, active=each.id != LEADER.id) for each in PEOPLE]
        roster = Roster.of(people=gone, committees=COMMITTEES, memberships=SEATS)
        named = replace(DEFAULT, people=frozenset({LEADER.id}))

        assert LEADER.id not in members(named, roster)

    @pytest.mark.parametrize(
        ("externals", "because", "refused"),
        [
            (("Team Sikker By",), "", True),
            (("Team Sikker By",), "  ", True),
            (("Team Sikker By",), "Udsat boligområde", False),
            ((), "", False),
        ],
    )
    def test_has_externals_only_for_a_reason(
        self, externals: tuple[str, ...], because: str, *, refused: bool
    ) -> None:
        """BER-12: `konkret vurdering`."""
        audience = replace(DEFAULT, externals=externals, externals_because=because)
        if not refused:
            assert in_order(audience) == audience
            return
        with pytest.raises(RuleBroken) as why:
            in_order(audience)
        assert why.value.code == "alert.externals_reason"

    def test_hears_of_it_leaders_first(self) -> None:
        """BER-12: and the Secretariat counts for no authority, nor do those below a leader."""
        rows = recipients(DEFAULT, ROSTER, alert=ALERT, now=MONDAY_NOON)

        assert {each.person: (each.tier, each.quorum) for each in rows} == {
            LEADER.id: (Tier.ALERT_LEADERS, True),
            MEMBER.id: (Tier.ALERT_GROUPS, False),
            TEACHER.id: (Tier.ALERT_GROUPS, True),  # nobody leads for that authority here
            DORTE.id: (Tier.ALERT, False),
        }

    def test_counts_a_substitute_who_is_in_it_for_something_else(self) -> None:
        """BER-24: who stands in for a leader can join for them."""
        roster = Roster.of(
            people=PEOPLE, committees=COMMITTEES, memberships=[*SEATS, sits(STAND_IN, "KG1")]
        )

        assert counted(DEFAULT, roster)[SOF] == (LEADER.id, STAND_IN.id)
