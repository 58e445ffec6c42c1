"""Handing over who coordinates an alert and who keeps its log: offered, then accepted (BER-45)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.people import PersonId

OFFER_STANDS = timedelta(hours=1)  # then it is withdrawn, and the role stays where it is


class AlertRole(StrEnum):
    """What one person at a time does for an alert."""

    COORDINATOR = "coordinator"  # tovholder (BER-45)
    LOG_KEEPER = "log_keeper"  # logfører (BER-44)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A role that somebody is asked to take over; until they do, nothing has changed."""

    alert: UUID
    role: AlertRole
    to: PersonId
    by: PersonId
    at: datetime


def is_old(offer: Offer, *, now: datetime) -> bool:
    """Whether nobody has answered it in time."""
    return now >= offer.at + OFFER_STANDS


def taken_over(alert: Alert, offer: Offer | None, *, by: PersonId) -> Alert:
    """Let the one who was asked have the role.

    :raises RuleBroken: `alert.not_offered`, when somebody else was asked meanwhile, or nobody
    """
    if offer is None or (offer.alert, offer.to) != (alert.id, by):
        raise RuleBroken("alert.not_offered")
    if offer.role is AlertRole.COORDINATOR:
        return replace(alert, coordinator=by)
    return replace(alert, log_keeper=by)
