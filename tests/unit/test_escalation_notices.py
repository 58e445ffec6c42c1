"""Whom a climbed ladder tells, by what, and never before the alert itself (BER-06, BER-25)."""

from datetime import datetime, timedelta

import pytest

from domain.escalation import Ask, Climbed, Decision, Reason, Rung
from domain.escalation_notices import authority_of_round, call_list_round, notices
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import Authority, PersonId
from tests.support.alerts_written import LEFT_AT, an_alert

ANNA, BO = PersonId("anna"), PersonId("bo")
A_SECOND = timedelta(seconds=1)


def told(rung: Rung, *, taken: int, now: datetime = LEFT_AT, mail: bool = True) -> list[Notice]:
    ask = Ask(rung=rung, people=(ANNA, BO), due_at=now, late=timedelta())
    climbed = Climbed(authority=Authority.KFF, taken=taken)
    decision = Decision(ask=ask, climbed=climbed, reason=Reason.REPEATED)
    return notices(decision, ask, alert=an_alert(), mail=mail, now=now)


class TestARepeat:
    def test_has_a_round_of_its_own_each_time(self) -> None:
        """BER-25: a ladder may repeat twice, and is heard twice."""
        keys = [each.dedupe_key for taken in (1, 2) for each in told(Rung.REPEAT, taken=taken)]

        assert len(set(keys)) == len(keys) == 2 * 2 * len(Medium)
        assert all(each.round > 1 for each in told(Rung.REPEAT, taken=1))

    def test_goes_by_teams_alone_without_mail(self) -> None:
        media = {each.medium for each in told(Rung.REPEAT, taken=1, mail=False)}

        assert media == {Medium.TEAMS}


@pytest.mark.parametrize("rung", [Rung.SUBSTITUTES, Rung.MANAGER])
def test_who_is_new_hears_it_for_the_first_time(rung: Rung) -> None:
    """BER-13: the board counts the first message of each recipient."""
    assert [
        (each.kind, each.person, each.round, each.medium, each.tier)
        for each in told(rung, taken=2)
    ] == [(NoticeKind.ALERT, who, 1, Medium.TEAMS, Tier.ALERT_LEADERS) for who in (ANNA, BO)]


class TestACallList:
    def test_is_told_for_each_authority_by_itself(self) -> None:
        """BER-25: the ladders are independent of each other."""
        (first, _) = told(Rung.CALL_LIST, taken=4)

        assert first.kind is NoticeKind.ALERT_CALL_LIST
        assert authority_of_round(first.round) is Authority.KFF

    def test_can_be_told_apart_by_its_round(self) -> None:
        assert [authority_of_round(call_list_round(each)) for each in Authority] == list(Authority)


@pytest.mark.parametrize("rung", Rung)
def test_nothing_leaves_before_the_alert_does(rung: Rung) -> None:
    """BER-06: who is away is replaced at once, and their substitute hears it with the others."""
    early, late = LEFT_AT - 5 * A_SECOND, LEFT_AT + A_SECOND

    assert {each.due_at for each in told(rung, taken=1, now=early)} == {LEFT_AT}
    assert {each.due_at for each in told(rung, taken=1, now=late)} == {late}
