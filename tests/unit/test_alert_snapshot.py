"""What is seen of an alert before it is sent, and what is frozen then (BER-05, BER-29)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alert_audience import (
    DEFAULT_AUTHORITIES,
    members,
    recipients,
)
from domain.alert_preview import Channel, Reached, preview
from domain.alert_snapshot import freeze
from domain.alerts import QUORUM, Audience, Level
from domain.delivery import DeliveryState, Known
from domain.escalation import LADDER, Candidate, Snapshot
from domain.leadership import Roster
from domain.people import (
    Authority,
    Membership,
    Office,
)
from domain.reachability import Lack
from domain.year_plan_json import as_json, of_json
from tests.support.audiences import (
    ADDRESS,
    ALERT,
    AUDIENCES,
    BUF,
    COMMITTEES,
    DEFAULT,
    DORTE,
    FAR,
    HERE,
    KFO,
    LEADER,
    MANAGER,
    MANAGERS_OWN,
    MEMBER,
    MEMBERSHIPS,
    PEOPLE,
    PROBATION,
    ROSTER,
    SEATS,
    SOF,
    STAND_IN,
    TEACHER,
    TINGBJERG,
    VALBY,
    names,
)
from tests.support.examples import MONDAY_NOON


class TestThePreview:
    def test_says_how_many_are_reached_by_authority_area_and_channel(self) -> None:
        """BER-05: with the names of the unreachable, and a red line for whom nobody answers."""
        blocked = Known(
            address=ADDRESS, blocked_why=DeliveryState.BLOCKED.value, heard_at=MONDAY_NOON
        )
        heard = Known(address=ADDRESS, blocked_why=None, heard_at=MONDAY_NOON)
        mailed = [
            replace(each, email="t@ssp.example") if each.id == TEACHER.id else each
            for each in PEOPLE
        ]
        roster = Roster.of(people=mailed, committees=COMMITTEES, memberships=SEATS)

        seen = preview(
            DEFAULT,
            roster,
            known={LEADER.id: heard, DORTE.id: heard, TEACHER.id: blocked},
            away={DORTE.id},
            now=MONDAY_NOON,
        )

        assert seen.total == 4
        assert seen.authorities == {
            SOF: Reached(reachable=1, total=3),
            BUF: Reached(reachable=0, total=1),
        }
        assert seen.areas == {
            VALBY: Reached(reachable=1, total=3),
            None: Reached(reachable=0, total=1),
        }
        assert seen.channels == {Channel.TEAMS: 2, Channel.EMAIL: 1, Channel.NONE: 1}
        assert [(each.id, lack) for each, lack in seen.unreachable] == [
            (MEMBER.id, Lack.APP_MISSING),
            (TEACHER.id, Lack.BLOCKED),
        ]
        assert names(*seen.away) == [DORTE.id]
        assert seen.red == [each for each in Authority if each in DEFAULT_AUTHORITIES - {SOF}]

    @given(AUDIENCES, MEMBERSHIPS)
    def test_adds_up(self, audience: Audience, memberships: list[Membership]) -> None:
        """BER-05: to everybody, in each way of counting that counts each once."""
        roster = Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=memberships)

        seen = preview(audience, roster, known={}, away=(), now=MONDAY_NOON)

        assert seen.total == len(members(audience, roster)) == sum(seen.channels.values())
        assert sum(each.total for each in seen.authorities.values()) == seen.total
        assert len(seen.unreachable) == seen.total
        assert set(seen.red) == DEFAULT_AUTHORITIES


class TestWhatIsFrozen:
    def test_is_whom_escalation_may_ask_and_in_which_order(self) -> None:
        """BER-27, BER-29: the substitute of the area before the one from elsewhere."""
        taken = freeze(DEFAULT, ROSTER, level=Level.COORDINATION, left_at=MONDAY_NOON)

        assert taken.asked[SOF] == (LEADER.id,)
        assert taken.substitutes[SOF] == (
            Candidate(
                person=STAND_IN.id,
                authority=SOF,
                areas=HERE,
                instead_of=frozenset({LEADER.id}),
            ),
            Candidate(person=FAR.id, authority=SOF, areas=frozenset({TINGBJERG})),
            Candidate(
                person=MANAGERS_OWN.id,
                authority=SOF,
                instead_of=frozenset({MANAGER.id}),
                leads=False,
            ),
        )
        assert taken.managers == {SOF: (MANAGER.id,)}
        assert taken.phone_keepers == (DORTE.id,)
        assert (taken.quorum, taken.ladder) == (QUORUM, LADDER)

    def test_wants_nobody_at_level_one(self) -> None:
        """BER-24: an orientation needs no answer."""
        taken = freeze(DEFAULT, ROSTER, level=Level.ORIENTATION, left_at=MONDAY_NOON)

        assert (taken.quorum, taken.ladder) == ({}, ())

    @pytest.mark.parametrize(
        ("audience", "wanted"),
        [
            (replace(DEFAULT, authorities=frozenset({SOF})), {SOF}),
            (replace(DEFAULT, authorities=frozenset({SOF, KFO})), {SOF}),
            (Audience(people=frozenset({TEACHER.id, PROBATION.id})), {BUF}),
            (Audience(offices=frozenset({Office.SEK})), set()),
        ],
    )
    def test_wants_an_answer_of_the_authorities_that_are_meant(
        self, audience: Audience, wanted: set[Authority]
    ) -> None:
        """BER-24: who has been left out, and probation, need not answer."""
        taken = freeze(audience, ROSTER, level=Level.FULL, left_at=MONDAY_NOON)

        assert taken.quorum.keys() == wanted

    @given(AUDIENCES, MEMBERSHIPS, st.sampled_from(Level))
    def test_survives_being_kept_as_json(
        self, audience: Audience, memberships: list[Membership], level: Level
    ) -> None:
        """BER-29"""
        roster = Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=memberships)
        taken = freeze(audience, roster, level=level, left_at=MONDAY_NOON)

        assert of_json(as_json(taken), Snapshot) == taken
        assert of_json(as_json(audience), Audience) == audience

    @given(AUDIENCES, MEMBERSHIPS)
    def test_names_everybody_of_their_own_authority(
        self, audience: Audience, memberships: list[Membership]
    ) -> None:
        """BER-27: nobody stands in for another authority; whose answer counts is in the rows."""
        roster = Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=memberships)
        taken = freeze(audience, roster, level=Level.FULL, left_at=MONDAY_NOON)
        rows = recipients(audience, roster, alert=ALERT, now=MONDAY_NOON)

        for authority, candidates in taken.substitutes.items():
            for each in candidates:
                assert each.authority is roster.authority_of(each.person) is authority
                assert {roster.authority_of(head) for head in each.instead_of} <= {authority}
        asked = {each for people in taken.asked.values() for each in people}
        assert {each.person for each in rows if each.quorum} == asked
        assert {each.authority for each in rows} <= set(taken.authorities())
        assert asked <= taken.people()
