"""Alerts, who is alerted, and their ladders: what is kept comes back as it was."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.alerts import (
    AlertState,
    Reply,
    Via,
)
from domain.errors import RuleBroken
from domain.escalation import begin
from domain.notices import Tier
from domain.people import Authority, PersonId
from storage.database import Database
from tests.integration.storage.examples import A_MINUTE, BO, MONDAY_NOON
from tests.integration.storage.readiness_examples import alert, recipient
from tests.support import escalating


class TestAlerts:
    async def test_come_back_as_they_were(self, database: Database) -> None:
        real, drill = alert(1), alert(2, drill=True, activated_at=MONDAY_NOON + A_MINUTE)
        over = alert(3, state=AlertState.CLOSED)
        async with database.transaction() as tx:
            for each in (real, drill, over):
                assert await tx.alerts.add(each)
            assert not await tx.alerts.add(real)

        async with database.transaction() as tx:
            assert await tx.alerts.find(real.id) == real
            assert await tx.alerts.hold(drill.id) == drill
            assert await tx.alerts.by_number(2026, 3) == over
            assert await tx.alerts.open(drill=False) == [real]
            assert await tx.alerts.open(drill=True) == [drill]
            assert await tx.alerts.open(drill=False, since=MONDAY_NOON + A_MINUTE) == []
            month = {"since": MONDAY_NOON, "before": MONDAY_NOON + A_MINUTE}
            assert {each.id for each in await tx.alerts.activated(drill=False, **month)} == {
                real.id,
                over.id,
            }

    async def test_an_outdated_version_is_refused(self, database: Database) -> None:
        made = alert()
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            saved = await tx.alerts.save(replace(made, state=AlertState.PLANNING))

            assert saved.version == 2
            assert await tx.alerts.find(made.id) == saved
            with pytest.raises(RuleBroken, match="alert.moved_on"):
                await tx.alerts.save(made)

    async def test_a_drill_is_never_turned_live(self, database: Database) -> None:
        """BER-63: nor the reverse, whatever is said."""
        made = alert(drill=True)
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alerts.save(replace(made, drill=False))
            found = await tx.alerts.find(made.id)
            assert found is not None
            assert found.drill

        with pytest.raises(DBAPIError, match="kept as it was written"):
            async with database.transaction() as tx:
                await tx.connection.execute(text("UPDATE data.alerts SET drill = false"))

    async def test_numbers_are_counted_by_the_year(self, database: Database) -> None:
        async with database.transaction() as tx:
            assert [await tx.alerts.next_number(year) for year in (2026, 2026, 2027)] == [1, 2, 1]


class TestRecipients:
    async def test_are_there_once(self, database: Database) -> None:
        """BER-11."""
        made = alert()
        leader, member = (
            recipient(made, "leader"),
            recipient(made, "member", tier=Tier.ALERT_GROUPS, quorum=False),
        )
        other = recipient(made, "other", authority=Authority.KP, stands_for=PersonId("leader"))
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.recipients.add([]) == frozenset()
            assert await tx.recipients.add([member, leader]) == {"leader", "member"}
            assert await tx.recipients.add([leader, other]) == {"other"}

        async with database.transaction() as tx:
            assert await tx.recipients.of(made.id) == [leader, other, member]
            assert await tx.recipients.of(made.id, authority=Authority.KP) == [other]
            assert await tx.recipients.find(made.id, member.person) == member
            assert await tx.recipients.find(made.id, BO.id) is None
            assert await tx.alerts.open_to(member.person, drill=False) == [made]
            assert await tx.alerts.open_to(member.person, drill=True) == []
            assert await tx.alerts.open_to(BO.id, drill=False) == []

    async def test_answer_and_change_their_answer(self, database: Database) -> None:
        """BER-21, BER-23."""
        made, later = alert(), MONDAY_NOON + A_MINUTE
        leader = PersonId("leader")
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.recipients.add([recipient(made, "leader")])

            async def answers(
                person: PersonId, reply: Reply, via: Via, by: PersonId, now: datetime
            ) -> bool:
                return await tx.recipients.answer(made.id, person, reply, via=via, by=by, now=now)

            assert await answers(leader, Reply.RECEIVED, Via.TEAMS, leader, MONDAY_NOON)
            assert not await answers(leader, Reply.RECEIVED, Via.TEAMS, leader, later)
            assert not await answers(BO.id, Reply.RECEIVED, Via.TEAMS, BO.id, MONDAY_NOON)
            assert await answers(leader, Reply.JOINING, Via.PHONE, BO.id, later)

        async with database.transaction() as tx:
            assert await tx.recipients.find(made.id, leader) == recipient(
                made,
                "leader",
                reply=Reply.JOINING,
                replied_at=later,
                via=Via.PHONE,
                via_person=BO.id,
            )
            assert await tx.recipients.answers(made.id) == [
                (leader, Reply.RECEIVED, MONDAY_NOON),
                (leader, Reply.JOINING, later),
            ]


class TestLadders:
    async def test_are_frozen(self, database: Database) -> None:
        """BER-29."""
        made, snapshot = alert(), escalating.frozen()
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            with pytest.raises(LookupError):
                await tx.escalations.snapshot(made.id)
            ladders = [begin(snapshot, each) for each in snapshot.authorities()]
            await tx.escalations.begin(made.id, snapshot, ladders)

        async with database.transaction() as tx:
            assert await tx.escalations.snapshot(made.id) == snapshot
            found = await tx.escalations.of(made.id)
            assert {each.climbed.authority: each.climbed for each in found} == {
                each.authority: each for each in ladders
            }
            assert {each.climbed.authority: each.required for each in found} == {
                each: snapshot.quorum.get(each, 0) for each in snapshot.authorities()
            }
        with pytest.raises(DBAPIError):
            async with database.transaction() as tx:
                await tx.connection.execute(text("UPDATE data.alert_snapshots SET snapshot = ''"))

    async def test_are_climbed_by_one_at_a_time(self, database: Database) -> None:
        """BER-76: none skipped, and none twice."""
        made, snapshot = alert(), escalating.frozen()
        first = snapshot.left_at + 5 * A_MINUTE
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.escalations.begin(made.id, snapshot, [begin(snapshot, Authority.BUF)])

            assert await tx.escalations.next_due() == first
            assert await tx.escalations.due(first - A_MINUTE, at_most=9) == []
            assert await tx.escalations.due(first, at_most=9) == [(made.id, Authority.BUF)]
            assert await tx.escalations.overdue(before=first) == (1, first)
            early = first - A_MINUTE
            assert await tx.escalations.claim(made.id, Authority.BUF, now=early) is None
            ladder = await tx.escalations.claim(made.id, Authority.BUF, now=first)
            assert ladder is not None
            climbed = replace(
                ladder.climbed,
                taken=1,
                next_at=first + 5 * A_MINUTE,
                nobody_for=frozenset({PersonId("BUF leader")}),
            )
            kept = await tx.escalations.keep(ladder, climbed)
            assert await tx.escalations.hold(made.id, Authority.BUF) == kept
            assert await tx.escalations.hold(made.id, Authority.KP) is None
            with pytest.raises(RuleBroken, match="alert.moved_on"):
                await tx.escalations.keep(ladder, climbed)
            assert await tx.escalations.claim(made.id, Authority.BUF, now=first) is None

    async def test_wait_while_it_is_paused_and_end_with_it(self, database: Database) -> None:
        """BER-31, BER-26."""
        made, snapshot = alert(), escalating.frozen()
        first, resumes = snapshot.left_at + 5 * A_MINUTE, snapshot.left_at + 30 * A_MINUTE
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.escalations.begin(made.id, snapshot, [begin(snapshot, Authority.BUF)])
            paused = await tx.alerts.save(replace(made, paused_until=resumes))

            assert await tx.escalations.due(first, at_most=9) == []
            assert await tx.escalations.claim(made.id, Authority.BUF, now=first) is None
            assert await tx.escalations.next_due() == resumes
            assert await tx.escalations.overdue(before=first) == (0, None)
            assert await tx.escalations.overdue(before=resumes) == (1, resumes)
            assert await tx.escalations.due(resumes, at_most=9) == [(made.id, Authority.BUF)]
            await tx.alerts.save(replace(paused, state=AlertState.CLOSED))
            assert await tx.escalations.due(resumes, at_most=9) == []
            assert await tx.escalations.next_due() is None
