"""The log of an alert, its decisions, roles and situation reports, as they are kept."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind, amended, noted
from domain.alert_roles import AlertRole, Offer
from domain.parties import Party
from domain.people import Authority, PersonId
from domain.situations import SituationReport
from storage.database import Database
from tests.integration.storage.examples import A_MINUTE, ANNA, BO, MONDAY_NOON
from tests.integration.storage.readiness_examples import SITUATION, alert


class TestTheLog:
    async def test_only_grows(self, database: Database) -> None:
        """BER-44: a correction is a line of its own."""
        made, other = alert(1), alert(2)
        bot = LogEntry(
            alert=made.id,
            kind=LogKind.ESCALATED,
            at=MONDAY_NOON,
            by=None,
            facts={"rung": "repeat"},
            authority=Authority.KP,
            people=(ANNA.id, BO.id),
            due_at=MONDAY_NOON,
            late=timedelta(seconds=1.25),
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alerts.add(other)
            first = await tx.alert_log.add(bot)
            second = await tx.alert_log.add(
                noted(made.id, "Patruljen er fremme", by=ANNA.id, now=MONDAY_NOON)
            )
            third = await tx.alert_log.add(
                amended(second, "Patruljen er på vej", by=BO.id, now=MONDAY_NOON + A_MINUTE)
            )
            elsewhere = await tx.alert_log.add(noted(other.id, "Ro", by=BO.id, now=MONDAY_NOON))

        assert [each.number for each in (first, second, third, elsewhere)] == [1, 2, 3, 1]
        assert third.amends == 2
        async with database.transaction() as tx:
            assert await tx.alert_log.of(made.id) == [first, second, third]
            assert await tx.alert_log.of(made.id, after=2) == [third]
            assert await tx.alert_log.find(made.id, 2) == second
            assert await tx.alert_log.find(made.id, 4) is None

    async def test_decisions_come_back(self, database: Database) -> None:
        made = alert()
        decision = AlertDecision(
            id=uuid4(),
            alert=made.id,
            kind=DecisionKind.EXTENDED,
            words="To uger mere",
            by=ANNA.id,
            at=MONDAY_NOON,
            until=MONDAY_NOON + timedelta(days=14),
            measure=uuid4(),
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.alert_decisions.add(decision)
            assert not await tx.alert_decisions.add(decision)
            assert await tx.alert_decisions.of(made.id) == [decision]

    async def test_a_role_is_offered_to_one_at_a_time(self, database: Database) -> None:
        """BER-45."""
        made = alert()
        to_bo = Offer(
            alert=made.id, role=AlertRole.COORDINATOR, to=BO.id, by=ANNA.id, at=MONDAY_NOON
        )
        to_carl = replace(to_bo, to=PersonId("carl"))
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alert_offers.offer(to_bo)
            await tx.alert_offers.offer(to_carl)
            assert await tx.alert_offers.of(made.id) == {AlertRole.COORDINATOR: to_carl}
            assert not await tx.alert_offers.close(to_bo)
            assert await tx.alert_offers.close(to_carl)
            assert await tx.alert_offers.of(made.id) == {}

    async def test_the_latest_situation_of_each_party(self, database: Database) -> None:
        """BER-43."""
        made, other = alert(1), alert(2)
        early = SituationReport(
            id=uuid4(),
            alert=made.id,
            party=Party.KP,
            situation=replace(SITUATION, needs="Flere vagter"),
            by=ANNA.id,
            at=MONDAY_NOON,
            due_at=MONDAY_NOON,
        )
        late = replace(early, id=uuid4(), at=MONDAY_NOON + A_MINUTE, due_at=None)
        buf = replace(early, id=uuid4(), party=Party.BUF)
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alerts.add(other)
            for each in (late, early, buf):
                assert await tx.situations.add(each)
            assert not await tx.situations.add(early)

        async with database.transaction() as tx:
            assert (await tx.situations.of(made.id))[-1] == late
            assert await tx.situations.latest([made.id, other.id]) == {
                made.id: {Party.KP: late, Party.BUF: buf},
                other.id: {},
            }
