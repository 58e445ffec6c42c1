"""Situation reports: asked for when due, once; reminded; then the Secretariat hears (BER-43)."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from domain.absences import Absence
from domain.alert_log import LogKind
from domain.alerts import Level, Situation
from domain.dates import local_date
from domain.duties import DutyKind
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import Person
from domain.situations import SituationReport
from scheduler.ask_situations import ask_situations
from storage.database import Transaction
from storage.readiness_rows import alerts
from tests.integration.usecases.alarming import ALERT, ORDER, SITUATION, AlertDesk
from tests.integration.usecases.desk import Desk, Work
from tests.integration.usecases.reporting import (
    A_MINUTE,
    AN_HOUR,
    CALM,
    CPR,
    Reporting,
    an_alert,
    read,
)
from tests.support.town import (
    ANNA,
    BENTE,
    CARL,
    DANISH,
    DENNIS,
    DORTE,
    HENRIETTE,
    KASPER,
    LARS,
    LIV,
    MONDAY_NOON,
    SOFIE,
    uncovered,
)
from usecases.read_duties import duties_of
from usecases.report_situation import report_situation, see_situation

K = NoticeKind
DUE_AT = MONDAY_NOON + 2 * AN_HOUR  # the first of H1's cadence: each second hour of the first day
SPEAKERS = {each.id for each in (LARS, SOFIE, CARL, KASPER, BENTE, DENNIS)}


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    return await an_alert(desk)


def reporting(
    alerted: Reporting,
    by: Person,
    party: Party,
    situation: Situation = CALM,
) -> Work:
    known = uuid4()

    async def reports(tx: Transaction) -> None:
        await report_situation(
            tx,
            id=known,
            alert=ALERT,
            party=party,
            situation=situation,
            by=by,
            now=alerted.now,
        )

    return reports


async def asks(alerted: Reporting) -> None:
    await ask_situations(alerted.desk.database, now=alerted.now)


async def latest(alerted: Reporting) -> dict[Party, SituationReport]:
    async with alerted.desk.database.transaction() as tx:
        seen = await see_situation(tx, id=ALERT, by=DORTE, now=alerted.now)
    return dict(seen.latest)


class TestAReport:
    async def test_is_asked_for_when_it_is_due_and_once(self, alerted: Reporting) -> None:
        """BER-43: the first after two hours, to who leads each party; however often one looks."""
        alerted.now = DUE_AT - A_MINUTE
        await asks(alerted)
        assert await alerted.told(K.SITUATION_DUE) == {}

        alerted.now = DUE_AT
        await asyncio.gather(asks(alerted), asks(alerted))
        letters = await alerted.told(K.SITUATION_DUE)
        assert {*letters} == SPEAKERS
        assert DANISH("sitrep.due_title", reference="R2026-0001") in read(letters["sofie"])
        await asks(alerted)
        assert await alerted.told(K.SITUATION_DUE) == {}

    async def test_is_asked_for_whatever_is_wrong_with_another_alert(
        self, alerted: Reporting
    ) -> None:
        """BER-43, BER-76: each alert is looked after by itself."""
        broken = uuid4()
        other = replace(ORDER, id=broken, level=Level.FULL, drill=True)
        await AlertDesk(desk=alerted.desk).activates(other, after=-A_MINUTE)
        spoils = update(alerts).where(alerts.c.id == broken).values(level=9)
        async with alerted.desk.database.transaction() as tx:
            await tx.connection.execute(spoils)

        alerted.now = DUE_AT
        await asks(alerted)
        async with alerted.desk.database.transaction() as tx:
            due = await tx.outbox.claim(now=DUE_AT, lease=A_MINUTE, at_most=200)
        assert {
            each.notice.person for each in due if each.notice.kind is K.SITUATION_DUE
        } == SPEAKERS

    async def test_is_reminded_of_and_then_the_secretariat_hears(self, alerted: Reporting) -> None:
        """BER-43: the reminder to its owner, then overdue to the Secretariat, each once."""
        alerted.now = DUE_AT
        await asks(alerted)
        await alerted.told(K.SITUATION_DUE)
        for each, party in ((SOFIE, Party.SOF), (CARL, Party.KP), (KASPER, Party.KFF)):
            await alerted.does(reporting(alerted, each, party))

        alerted.now = DUE_AT + 15 * A_MINUTE
        await asks(alerted)
        assert {*await alerted.told(K.SITUATION_REMINDER)} == {LARS.id, BENTE.id, DENNIS.id}
        assert await alerted.told(K.SITUATION_OVERDUE) == {}

        alerted.now = DUE_AT + 30 * A_MINUTE
        for _ in range(2):
            await asks(alerted)
        letters = await alerted.told(K.SITUATION_OVERDUE)
        assert {*letters} == {DORTE.id, DENNIS.id, HENRIETTE.id}
        assert LARS.name in read(letters["dorte"])
        assert SOFIE.name not in read(letters["dorte"])

    async def test_that_is_owed_is_among_ones_own_tasks(self, alerted: Reporting) -> None:
        """BER-43: of who is asked for it, and until it has come."""

        async def owed(person: Person) -> list[tuple[str, date | None]]:
            async with alerted.desk.database.transaction() as tx:
                duties = await duties_of(tx, person, now=alerted.now)
            mine = [each for each in duties if each.kind is DutyKind.SITUATION_OWED]
            return [(each.reference, each.due) for each in mine]

        assert await owed(SOFIE) == []
        alerted.now = DUE_AT
        assert await owed(SOFIE) == [("R2026-0001", local_date(DUE_AT))]
        assert await owed(LIV) == []
        await alerted.does(reporting(alerted, SOFIE, Party.SOF))
        assert await owed(SOFIE) == []

    async def test_that_has_come_meanwhile_is_asked_for_no_more(self, alerted: Reporting) -> None:
        """BER-43: what is queued says nothing when it is sent."""
        alerted.now = DUE_AT
        await asks(alerted)
        await alerted.does(reporting(alerted, SOFIE, Party.SOF))

        assert (await alerted.told(K.SITUATION_DUE))["sofie"] is None

    async def test_is_asked_of_who_takes_part_for_a_leader_who_is_away(
        self, alerted: Reporting
    ) -> None:
        """BER-43: nobody who is away owes one; without anybody, the Secretariat hears."""

        async def away(tx: Transaction) -> None:
            today = MONDAY_NOON.date()
            for each in (LARS, DENNIS, CARL):
                await tx.absences.add(
                    Absence(
                        id=uuid4(),
                        person=each.id,
                        from_on=today,
                        to_on=today,
                        noted_at=MONDAY_NOON,
                    )
                )

        await alerted.does(away)
        alerted.now = DUE_AT + 30 * A_MINUTE
        await asks(alerted)
        due = await alerted.told(K.SITUATION_DUE)
        assert {*due} - SPEAKERS == {LIV.id, DORTE.id}
        assert not {LARS.id, DENNIS.id, CARL.id} & {*due}
        assert DANISH("authority.KP") in read((await alerted.told(K.SITUATION_OVERDUE))["dorte"])

    async def test_is_due_again_in_the_plans_own_rhythm(self, alerted: Reporting) -> None:
        """BER-43: each two hours on the first day, then daily at ten."""
        alerted.now = DUE_AT
        await alerted.does(reporting(alerted, SOFIE, Party.SOF))
        async with alerted.desk.database.transaction() as tx:
            first = await see_situation(tx, id=ALERT, by=SOFIE, now=alerted.now)
            later = await see_situation(
                tx, id=ALERT, by=SOFIE, now=alerted.now + timedelta(days=2)
            )

        assert first.next_at == DUE_AT + 2 * AN_HOUR
        assert later.next_at is not None
        assert later.next_at.hour == 9  # ten in Copenhagen

    async def test_is_asked_for_by_no_plan_and_in_no_alert_that_is_over(self, desk: Desk) -> None:
        """BER-43: cadence per plan; where there is none, nobody is asked."""
        alerted = await an_alert(desk, level=Level.COORDINATION)
        alerted.now = DUE_AT + AN_HOUR
        await asks(alerted)

        assert await alerted.told(K.SITUATION_DUE) == {}
        await alerted.does(reporting(alerted, SOFIE, Party.SOF))
        assert {*await latest(alerted)} == {Party.SOF}


class TestReporting:
    async def test_keeps_the_latest_of_each_and_a_line_of_the_log(
        self, alerted: Reporting
    ) -> None:
        """BER-43: four questions and what is needed; sent twice it is kept once."""
        sends = reporting(alerted, SOFIE, Party.SOF)
        await alerted.does(sends)
        await alerted.does(sends)
        alerted.now += A_MINUTE
        await alerted.does(reporting(alerted, CARL, Party.KP, SITUATION))

        found = await latest(alerted)
        assert {party: each.situation.stands for party, each in found.items()} == {
            Party.SOF: CALM.stands,
            Party.KP: SITUATION.stands,
        }
        lines = [each for each in await alerted.log() if each.kind is LogKind.REPORTED]
        assert [each.by for each in lines] == [SOFIE.id, CARL.id]
        assert CALM.needs in lines[0].words

    async def test_is_for_ones_own_party_and_the_secretariat_for_all(
        self, alerted: Reporting
    ) -> None:
        """BER-43: who telephones has it written by the Secretariat."""
        refused = reporting(alerted, SOFIE, Party.KP)
        assert await alerted.refuses(refused) == "situation.not_yours"
        assert await alerted.refuses(reporting(alerted, ANNA, Party.BUF)) == "alert.not_found"
        await alerted.does(reporting(alerted, DORTE, Party.KP))

        assert {*await latest(alerted)} == {Party.KP}

    async def test_is_read_by_no_external_who_was_alerted(self, alerted: Reporting) -> None:
        """BER-48: their own place in the alert shows them no party's report."""

        async def reads(tx: Transaction) -> None:
            await see_situation(tx, id=ALERT, by=uncovered(SOFIE), now=alerted.now)

        assert await alerted.refuses(reads) == "alert.not_found"

    async def test_names_nobody_and_leaves_nothing_open(self, alerted: Reporting) -> None:
        """BER-43, BER-51."""
        named = reporting(alerted, SOFIE, Party.SOF, replace(CALM, needs=CPR))
        unanswered = reporting(alerted, SOFIE, Party.SOF, replace(CALM, stands=" "))

        assert await alerted.refuses(named) == "measure.cpr"
        assert await alerted.refuses(unanswered) == "situation.unanswered"
