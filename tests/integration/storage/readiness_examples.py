"""Alerts and recipients that fill in whatever a test does not care about."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from domain.alert_audience import default_audience
from domain.alerts import (
    Alert,
    AlertState,
    Level,
    Recipient,
    Situation,
    Why,
)
from domain.notices import Tier
from domain.people import Authority, PersonId
from tests.integration.storage.examples import ANNA, BO, MONDAY_NOON, VALBY

HERE = frozenset({VALBY})
SITUATION = Situation(happened="Slagsmål", where="Torvet", stands="Uroligt", done="Patrulje")


def alert(number: int = 1, **changes: object) -> Alert:
    made = Alert(
        id=uuid4(),
        year=2026,
        number=number,
        level=Level.COORDINATION,
        drill=False,
        template="H1",
        title="Uro på torvet",
        situation=SITUATION,
        audience=default_audience(HERE),
        state=AlertState.ACTIVATED,
        activated_by=ANNA.id,
        activated_at=MONDAY_NOON,
        leaves_at=MONDAY_NOON + timedelta(seconds=10),
        coordinator=ANNA.id,
        log_keeper=BO.id,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def recipient(of: Alert, person: str, **changes: object) -> Recipient:
    made = Recipient(
        alert=of.id,
        person=PersonId(person),
        authority=Authority.BUF,
        areas=HERE,
        tier=Tier.ALERT_LEADERS,
        why=Why.AUDIENCE,
        added_at=MONDAY_NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
