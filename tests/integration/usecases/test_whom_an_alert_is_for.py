"""Whom an alert is for: who is there when it leaves, and who else hears of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from cards.alert_log_lines import line_of
from dialogs.alert_briefing import who_else_hears
from dialogs.turns import Turn
from domain.absences import Absence
from domain.alerts import Level
from domain.dates import local_date
from domain.notices import Medium
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, LEFT, ORDER, SECONDS, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import BO, CARL, DANISH, LARS, MONDAY_NOON, SOFIE
from usecases.activate_alert import preview_alert
from usecases.see_alert import see_alert
from usecases.widen_alerts import widen_alerts


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


class TestAnOrientationThatWaitsForTheMorning:
    async def test_asks_who_is_away_when_it_leaves(self, readiness: AlertDesk) -> None:
        """BER-28, BER-30: not who is away in the evening before."""
        evening = MONDAY_NOON + timedelta(hours=11)
        today, tomorrow = MONDAY_NOON.date(), MONDAY_NOON.date() + timedelta(days=1)

        async def are_away(tx: Transaction) -> None:
            for who, from_on, to_on in (
                (CARL, today, today),
                (SOFIE, tomorrow, tomorrow),
            ):
                await tx.absences.add(
                    Absence(
                        id=uuid4(), person=who.id, from_on=from_on, to_on=to_on, noted_at=evening
                    )
                )

        await readiness.desk.does(are_away)
        order = replace(ORDER, level=Level.ORIENTATION)
        async with readiness.desk.database.transaction() as tx:
            looked = await preview_alert(tx, order, by=LARS, now=evening)
        alert = await readiness.activates(order, after=timedelta(hours=11))

        assert local_date(alert.leaves_at) == tomorrow
        assert [each.id for each in looked.reached.away] == [SOFIE.id]
        told = await readiness.states()
        assert CARL.id in told
        assert SOFIE.id not in told


class TestAnAlertThatHasNotLeft:
    async def test_does_not_go_by_email_either(self, readiness: AlertDesk) -> None:
        """BER-06, BER-79: what can still be undone has not left in any way."""
        alert = await readiness.activates()
        for now, goes in ((alert.leaves_at - SECONDS, False), (alert.leaves_at, True)):
            async with readiness.desk.database.transaction() as tx:
                await widen_alerts(tx, now)
                assert (await tx.outbox.next_due(medium=Medium.EMAIL) is not None) is goes


class TestWhoElseHears:
    async def test_is_in_the_log_with_the_reason(self, readiness: AlertDesk) -> None:
        """BER-12: a concrete assessment is of use where somebody can read it."""
        beyond = replace(
            ORDER.audience, externals=("Team Sikker By",), externals_because="De er på pladsen"
        )
        await readiness.activates(replace(ORDER, audience=beyond))

        first, *_ = await readiness.log()
        assert first.words.endswith("Team Sikker By\nDe er på pladsen")
        assert "Gælder også andre" in line_of(first, names={}, say=DANISH).words

    async def test_is_on_the_page_of_who_acts_and_of_nobody_else(
        self, readiness: AlertDesk
    ) -> None:
        """BER-12"""
        beyond = replace(
            ORDER.audience, externals=("Team Sikker By",), externals_because="De er på pladsen"
        )
        await readiness.activates(replace(ORDER, audience=beyond))

        for reader, words in (
            (
                LARS,
                ["Andre end SSP’s parter: Team Sikker By", "Konkret vurdering: De er på pladsen"],
            ),
            (BO, []),
        ):
            async with readiness.desk.database.transaction() as tx:
                seen = await see_alert(tx, id=ALERT, by=reader, now=LEFT)
                turn = Turn(person=reader, at=LEFT, in_private=True)
                told = await who_else_hears(tx, turn, seen)
            assert [each.words for each in told] == words
