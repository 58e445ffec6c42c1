"""An alert while the world changes around it: the clock, the register, the templates (§3.4)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.alert_log import LogKind
from domain.alerts import Reply
from domain.dates import COPENHAGEN
from domain.escalation import Reason
from domain.people import Authority, Person, PersonId
from domain.plan_templates import Override
from scheduler.escalate_alerts import escalate_alerts
from tests.integration.usecases.alarming import ALERT, LEFT, REGISTER, SECONDS, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import DORTE, GRETE, KASPER, LARS, LINE, MONDAY_NOON
from usecases.answer_alert import answer_alert

MINUTE = timedelta(minutes=1)
BUF, KFF = Authority.BUF, Authority.KFF
# Noon on a Monday is where the stories begin; these leave just before the clocks change.
SPRING = datetime(2026, 3, 29, 0, 57, tzinfo=UTC)  # 01:57, and at 02:00 it is 03:00
AUTUMN = datetime(2026, 10, 25, 0, 57, tzinfo=UTC)  # 02:57, and at 03:00 it is 02:00


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def ticks(readiness: AlertDesk, at: datetime) -> None:
    await escalate_alerts(readiness.desk.database, mail=False, now=at)


async def steps(readiness: AlertDesk, authority: Authority) -> list[tuple[Reason | None, float]]:
    """Tell the rungs of one authority, and how many minutes after the alert each was taken."""
    left = (await readiness.alert()).leaves_at
    return [
        (each.reason, (each.at - left) / MINUTE)
        for each in await readiness.log()
        if each.kind is LogKind.ESCALATED and each.authority is authority
    ]


async def asked(readiness: AlertDesk) -> set[PersonId]:
    return {each.person for each in await readiness.recipients()}


class TestTheNightTheClocksChange:
    @pytest.mark.parametrize("left", [SPRING, AUTUMN], ids=["spring", "autumn"])
    async def test_five_minutes_are_five_minutes(
        self, readiness: AlertDesk, left: datetime
    ) -> None:
        """BER-25, BER-30: rungs go by elapsed time; the hour that is lost or doubled is none."""
        await readiness.activates(by=DORTE, after=left - MONDAY_NOON - 10 * SECONDS)
        for minutes in (4, 5, 9, 10, 15):
            await ticks(readiness, left + minutes * MINUTE)

        shown = {
            (left + minutes * MINUTE).astimezone(COPENHAGEN).utcoffset() for minutes in (0, 5)
        }
        assert len(shown) == 2  # the clocks did change between the first two rungs
        found = await steps(readiness, BUF)
        assert [minutes for _, minutes in found][:2] == [5, 10]
        assert [reason for reason, _ in found][:2] == [Reason.REPEATED, Reason.SUBSTITUTES_ASKED]


class TestWhatWasFrozen:
    async def test_stays_though_the_committee_is_changed(self, readiness: AlertDesk) -> None:
        """BER-29: who was a substitute when it was activated is asked."""
        await readiness.activates(by=DORTE)
        without_line = [each for each in REGISTER.memberships if each.person != LINE.id]
        async with readiness.desk.database.transaction() as tx:
            await tx.organisation.replace(replace(REGISTER, memberships=tuple(without_line)))
        for minutes in (5, 10):
            await ticks(readiness, LEFT + minutes * MINUTE)

        assert LINE.id in await asked(readiness)

    async def test_goes_past_who_is_deleted_in_the_middle_of_it(
        self, readiness: AlertDesk
    ) -> None:
        """BER-27, BER-29: nobody stands in then, and the next rung does not wait."""
        await readiness.activates(by=DORTE)
        await ticks(readiness, LEFT + 5 * MINUTE)
        async with readiness.desk.database.transaction() as tx:
            await tx.people.deactivate(LINE.id)
            await tx.people.deactivate(KASPER.id)
        await ticks(readiness, LEFT + 10 * MINUTE)

        assert LINE.id not in await asked(readiness)
        reasons = [reason for reason, _ in await steps(readiness, BUF)]
        assert Reason.NO_SUBSTITUTE in reasons
        assert GRETE.id in await asked(readiness)  # the manager of Kasper's authority
        assert all(minutes <= 10 for _, minutes in await steps(readiness, KFF))

    async def test_is_not_what_the_templates_say_today(self, readiness: AlertDesk) -> None:
        """BER-29, BER-39: an edit is for the next alert; the plan of this one stays as it is."""
        await readiness.activates(by=DORTE)
        before = await readiness.alert()
        async with readiness.desk.database.transaction() as tx:
            snapshot = await tx.escalations.snapshot(ALERT)
            await tx.template_overrides.add(
                Override(
                    template="H1",
                    revision=1,
                    changes={"title": "Noget andet"},
                    by=DORTE.id,
                    at=LEFT,
                    because="Læring",
                    alert=None,
                )
            )
        await ticks(readiness, LEFT + 5 * MINUTE)

        async with readiness.desk.database.transaction() as tx:
            assert await tx.escalations.snapshot(ALERT) == snapshot
        assert replace(await readiness.alert(), version=before.version) == before
        assert await steps(readiness, BUF) == [(Reason.REPEATED, 5)]


class TestOnePersonsAnswer:
    async def test_silences_them_and_nobody_else(self, readiness: AlertDesk) -> None:
        """BER-25, BER-26: Lars joins for his authority; Kasper's goes on being asked."""
        await readiness.activates(by=DORTE)
        await answers(readiness, LARS, Reply.JOINING)
        for minutes in (5, 10, 15):
            await ticks(readiness, LEFT + minutes * MINUTE)

        assert await steps(readiness, BUF) == []
        assert [minutes for _, minutes in await steps(readiness, KFF)][:1] == [5]


async def answers(readiness: AlertDesk, who: Person, reply: Reply) -> None:
    async with readiness.desk.database.transaction() as tx:
        await answer_alert(tx, id=ALERT, by=who, reply=reply, mail=False, now=LEFT + MINUTE)
