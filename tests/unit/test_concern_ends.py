"""What becomes of a concern once somebody has looked at it (CASE-2, CON-9 to CON-11, AREA-7)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concern_ends import (
    Elsewhere,
    NoBasis,
    ask_withdrawal,
    decide_withdrawal,
    link,
    reject,
    returned,
    send_elsewhere,
)
from domain.concerns import (
    SOMEBODYS_DUTY,
    WITHDRAWAL_ASKED,
    WITHDRAWAL_KEPT,
    Concern,
    Parts,
    Receivers,
    Status,
)
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.identities import Identity, may_be_same, same_name
from domain.people import AreaCode, CommitteeCode, PersonId

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CASE = UUID(int=7)
BO = PersonId("bo")
VALBY = CommitteeCode("KG5")

STEPS: Mapping[str, Callable[[Concern], Concern]] = {
    "link": lambda each: link(each, case=CASE, by=BO, now=NOW),
    "reject": lambda each: reject(each, reason=NoBasis.NO_TASK, now=NOW),
    "send elsewhere": lambda each: send_elsewhere(each, to=Elsewhere.MUNICIPALITY, now=NOW),
    "ask": ask_withdrawal,
    "give back": lambda each: decide_withdrawal(each, give_back=True, now=NOW),
    "keep": lambda each: decide_withdrawal(each, give_back=False, now=NOW),
}


def concern(status: Status = Status.TAKEN_UP, *, reasons: tuple[str, ...] = ()) -> Concern:
    return Concern(
        id=uuid4(),
        reference="B2026-0001",
        reporter=PersonId("anna"),
        status=status,
        group=VALBY,
        owner=BO,
        area=AreaCode("VAL"),
        level=1,
        urgent=False,
        reasons=("route.area", *reasons),
        submitted_at=NOW,
        take_up_by=NOW + timedelta(days=14),
        opened_at=NOW,
    )


class TestAConcern:
    @pytest.mark.parametrize("status", sorted(SOMEBODYS_DUTY - {Status.TRIAGE}))
    def test_becomes_part_of_a_case_taken_up_or_not(self, status: Status) -> None:
        linked = STEPS["link"](concern(status))

        assert (linked.status, linked.case, linked.taken_up_by) == (Status.LINKED, CASE, BO)

    @given(st.sampled_from(Status), st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
    def test_moves_only_as_the_table_says(self, status: Status, steps: list[str]) -> None:
        """§15.4: from an end nothing leads on but the reporter's own addition."""
        here = concern(status)
        for step in steps:
            try:
                there = STEPS[step](here)
            except RuleBroken:
                continue
            assert (here.status, there.status) in MOVES
            assert (there.ended_at is None) == (there.status not in ENDS)
            here = there

    def test_that_the_triage_has_is_given_to_a_group_first(self) -> None:
        with pytest.raises(RuleBroken, match=r"concern\.in_triage"):
            STEPS["link"](replace(concern(Status.TRIAGE), group=None))

    def test_is_asked_for_once_and_decided_once(self) -> None:
        """CON-9."""
        asked = ask_withdrawal(concern())
        with pytest.raises(RuleBroken, match=r"concern\.asked_already"):
            ask_withdrawal(asked)
        kept = decide_withdrawal(asked, give_back=False, now=NOW)

        assert (WITHDRAWAL_ASKED in asked.reasons, WITHDRAWAL_ASKED in kept.reasons) == (
            True,
            False,
        )
        assert kept.status is Status.TAKEN_UP
        assert WITHDRAWAL_KEPT in kept.reasons
        with pytest.raises(RuleBroken, match=r"concern\.not_asked"):
            decide_withdrawal(kept, give_back=True, now=NOW)
        assert WITHDRAWAL_KEPT not in ask_withdrawal(kept).reasons

    def test_that_nobody_has_read_is_taken_back_at_once_instead(self) -> None:
        with pytest.raises(RuleBroken, match=r"concern\.take_back_now"):
            ask_withdrawal(replace(concern(Status.SUBMITTED), opened_at=None))

    def test_comes_back_as_a_duty_when_its_reporter_adds_to_it(self) -> None:
        """CON-10."""
        ended = STEPS["reject"](concern())
        again = returned(ended, Receivers(group=VALBY, owner=PersonId("eva")), now=NOW)
        twice = returned(again, Receivers(group=None, owner=PersonId("dorte")), now=NOW)

        assert (again.status, again.owner, again.ended_at) == (Status.SUBMITTED, "eva", None)
        assert again.take_up_by > NOW
        assert twice.status is Status.TRIAGE
        assert twice.reasons.count("route.returned") == 1


ENDS = {Status.REJECTED, Status.REDIRECTED, Status.WITHDRAWN}
MOVES = (
    {(each, each) for each in SOMEBODYS_DUTY | {Status.LINKED}}  # asking, and being told no
    | {(each, end) for each in SOMEBODYS_DUTY for end in ENDS | {Status.LINKED}}
    | {(Status.LINKED, Status.WITHDRAWN)}
)


class TestWhoItIsAbout:
    @pytest.mark.parametrize(
        ("told", "number", "born"),
        [
            ({"born": "2011-05-04"}, "", date(2011, 5, 4)),
            ({}, "040511-4003", date(2011, 5, 4)),
            ({"born": "2011-05-05", "born_check": "cpr"}, "0405114003", date(2011, 5, 4)),
            ({"born": "2011-05-05", "born_check": "typed"}, "0405114003", date(2011, 5, 5)),
            ({"born": "2011-05-05", "born_check": "unknown"}, "0405114003", None),
            ({}, "", None),
        ],
    )
    def test_has_the_birthday_that_counts(
        self, told: dict[str, object], number: str, born: date | None
    ) -> None:
        parts: Parts = {DataClass.IDENTITY: told, DataClass.CPR: {"cpr": number}}
        who = Identity.of(parts)

        assert who.born == born
        assert who.told.get("born") == (born.isoformat() if born else told.get("born"))

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("Max Myrekær", "max  myrekaer", True),
            ("Max Myrekær", "Max Ali Myrekær", True),
            ("Max Myrekær", "Maxim Myrekær", False),
            ("", "Max", False),
        ],
    )
    def test_has_the_same_name_as_somebody(self, one: str, other: str, *, same: bool) -> None:
        assert same_name(one, other) is same_name(other, one) is same

    def test_is_never_somebody_with_another_number(self) -> None:
        max_, numbered = _who(None), _who("0405114003")

        assert may_be_same(max_, numbered)
        assert may_be_same(numbered, numbered)
        assert not may_be_same(numbered, _who("0405114011"))


def _who(cpr: str | None) -> Identity:
    return Identity(name="Max", born=date(2011, 5, 4), cpr=cpr, told={})
