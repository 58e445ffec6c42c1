"""Word to one's own staff, and what was sent by C3: BER-49, BER-50."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from cards.board_alert import alert_page
from domain.absences import Absence
from domain.alert_log import LogKind
from domain.alert_sharings import ShareKind
from domain.briefings import Briefed
from domain.dates import local_date
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import Person
from domain.plan_measures import MeasureState
from scheduler.alert_papers import looked
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, LEADERS
from tests.integration.usecases.desk import Desk, Work
from tests.integration.usecases.planning import PlanDesk
from tests.support.town import (
    ANNA,
    CARL,
    DANISH,
    DENNIS,
    DORTE,
    LARS,
    LINE,
    LIV,
    MONDAY_NOON,
    SOFIE,
    VIGGO,
)
from usecases.brief_staff import BriefingSeen, brief_staff, remind_to_brief, see_briefing
from usecases.brief_staff import unbriefed as not_told
from usecases.note_c3 import C3Sent, note_c3, see_c3
from usecases.see_board import see_closer

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOW = MONDAY_NOON + HOUR
LEADING = {each.id for each in LEADERS}


@pytest.fixture
async def planned(desk: Desk) -> PlanDesk:
    return await PlanDesk.of(desk)


def briefing(by: Person) -> Work:
    async def work(tx: Transaction) -> None:
        await brief_staff(tx, id=ALERT, by=by, now=NOW)

    return work


async def sees(planned: PlanDesk, by: Person) -> BriefingSeen:
    async with planned.desk.database.transaction() as tx:
        return await see_briefing(tx, id=ALERT, by=by)


async def unbriefed(planned: PlanDesk) -> set[str]:
    async with planned.desk.database.transaction() as tx:
        alert = await tx.alerts.find(ALERT)
        assert alert is not None
        return set(await not_told(tx, alert))


class TestBriefing:
    async def test_shows_who_has_not_told_their_staff(self, planned: PlanDesk) -> None:
        """BER-49."""
        assert await unbriefed(planned) == LEADING
        await planned.desk.does(briefing(CARL))

        assert await unbriefed(planned) == LEADING - {CARL.id}
        seen = await sees(planned, LARS)
        assert {each.leader: each.at for each in seen.all}[CARL.id] == NOW
        assert seen.mine == {LARS.id}

    async def test_is_counted_for_each_leader_on_the_board(self, planned: PlanDesk) -> None:
        """BER-49, BER-66: one leader who has told theirs does not speak for the other."""
        await planned.desk.does(briefing(CARL))
        async with planned.desk.database.transaction() as tx:
            closer = await see_closer(tx, id=ALERT, by=LARS, now=NOW)
        waiting = {each.leader for each in closer.briefed if each.at is None}
        assert waiting == await unbriefed(planned)

        other = Briefed(leader=LIV.id, authority=CARL.authority, at=None)
        two = replace(closer, briefed=[*closer.briefed, other])
        facts = alert_page(looked(two), now=NOW, say=DANISH)["facts"]
        assert isinstance(facts, list)
        assert f"{CARL.authority}: 1 af 2" in dict(facts)[DANISH("board.briefed")].split(", ")

    async def test_is_done_once_and_its_measure_with_it(self, planned: PlanDesk) -> None:
        """BER-49: M12 of their own authority, and of no other."""
        await planned.desk.does(briefing(CARL))
        await planned.desk.does(briefing(CARL))

        states = {e.party: e.state for e in (await planned.plan()).measures if e.kind == "M12"}
        assert states.pop(Party.KP) is MeasureState.DONE
        assert set(states.values()) == {MeasureState.OPEN}
        [line] = await planned.lines(LogKind.BRIEFED)
        assert (line.by, line.authority, dict(line.facts)) == (
            CARL.id,
            CARL.authority,
            {"measure": "M12"},
        )

    @pytest.mark.parametrize(
        ("by", "code"),
        [
            (LIV, "alert.not_found"),
            (DORTE, "alert.not_found"),
            (VIGGO, "alert.not_found"),
            (ANNA, "alert.not_found"),
        ],
        ids=lambda each: str(getattr(each, "id", each)),
    )
    async def test_is_the_leaders_own(self, planned: PlanDesk, by: Person, code: str) -> None:
        assert await planned.desk.refuses(briefing(by)) == code

    async def test_asks_only_those_who_have_not(self, planned: PlanDesk) -> None:
        """Asked twice within the hour, it is once."""
        await planned.desk.does(briefing(CARL))

        async def work(tx: Transaction) -> None:
            await remind_to_brief(tx, id=ALERT, by=LARS, now=NOW)

        await planned.desk.does(work)
        await planned.desk.does(work)

        asked = await planned.told(NoticeKind.BRIEFING_ASKED, after=HOUR)
        assert asked == sorted(LEADING - {CARL.id})

    async def test_is_not_asked_for_by_who_was_only_alerted(self, planned: PlanDesk) -> None:
        async def work(tx: Transaction) -> None:
            await remind_to_brief(tx, id=ALERT, by=LIV, now=NOW)

        assert await planned.desk.refuses(work) == "alert.not_yours"


async def test_a_substitute_tells_the_staff_of_who_is_away(desk: Desk) -> None:
    """BER-28, BER-49: Lars is away, and Line was alerted in his place."""
    today = local_date(MONDAY_NOON)
    async with desk.database.transaction() as tx:
        away = Absence(
            id=UUID(int=9), person=LARS.id, from_on=today, to_on=today, noted_at=MONDAY_NOON
        )
        await tx.absences.add(away)
    planned = await PlanDesk.of(desk, by=DORTE)

    assert (await sees(planned, LINE)).mine == {LARS.id}
    await planned.desk.does(briefing(LINE))

    assert LARS.id not in await unbriefed(planned)


def c3(*, who: Person = DENNIS, before: timedelta = 5 * MINUTE, id: int = 3) -> C3Sent:
    return C3Sent(id=UUID(int=id), alert=ALERT, who=who.id, at=NOW - before, words="BEREDSKAB")


def noting(sent: C3Sent, *, by: Person = DORTE) -> Work:
    async def work(tx: Transaction) -> None:
        await note_c3(tx, sent, by=by, now=NOW)

    return work


class TestC3:
    async def test_is_noted_with_who_and_when(self, planned: PlanDesk) -> None:
        """BER-50: a person sent it; the measure (M19) is done by that."""
        assert (await planned.measure("M19")).state is MeasureState.OPEN
        await planned.desk.does(noting(c3()))
        await planned.desk.does(noting(c3()))

        async with planned.desk.database.transaction() as tx:
            [row] = await tx.sharings.of_alert(ALERT, kind=ShareKind.C3)
            seen = await see_c3(tx, id=ALERT, by=LARS)
        assert (row.person, row.by, row.at) == (DENNIS.id, DORTE.id, NOW - 5 * MINUTE)
        assert list(seen.people.values()) == [DENNIS.name]
        assert (await planned.measure("M19")).state is MeasureState.DONE
        [line] = await planned.lines(LogKind.C3)
        assert line.people == (DENNIS.id,)

    async def test_is_never_sent_by_the_bot(self, planned: PlanDesk) -> None:
        """BER-50: nothing is put out, and nothing claims that it was, before somebody says so."""
        before = await planned.desk.due(after=HOUR)
        await planned.desk.does(noting(c3()))

        assert {each.notice.kind for each in before} == {NoticeKind.ALERT}
        assert [each.notice.kind for each in await planned.desk.due(after=HOUR)] == []

    async def test_can_be_sent_again_later(self, planned: PlanDesk) -> None:
        await planned.desk.does(noting(c3()))
        await planned.desk.does(noting(c3(id=4, before=MINUTE)))

        assert len(await planned.lines(LogKind.C3)) == 2

    @pytest.mark.parametrize(
        ("sent", "by", "code"),
        [
            (c3(before=-MINUTE), DORTE, "c3.to_come"),
            (c3(before=3 * HOUR), DORTE, "c3.before_alert"),
            (c3(who=SOFIE), DORTE, "c3.nobody"),
            (c3(), LIV, "alert.not_yours"),
            (c3(), ANNA, "alert.not_found"),
        ],
        ids=["to come", "before", "nobody", "not yours", "not found"],
    )
    async def test_is_refused_when_it_is_not_in_order(
        self, planned: PlanDesk, sent: C3Sent, by: Person, code: str
    ) -> None:
        assert await planned.desk.refuses(noting(sent, by=by)) == code
