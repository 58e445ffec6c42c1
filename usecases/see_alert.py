"""Look at an alert: what it says, who was alerted, what they answered, and who one is to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_board import AuthorityStands
from domain.alert_figures import stands_of
from domain.alerts import Alert, Recipient
from domain.people import Person, PersonId
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_alert import held_by
from usecases.read_alert import may_read, readable

SECRETARIAT = frozenset({Role.SEK, Role.STEW, Role.HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSeen:
    """An alert as one person sees it now.

    :param own: their own row among those who were alerted.
    :param acts: whether they may act on it: its coordinator, and who may activate there.
    :param plan: the plan that was made last.
    :param people: whom the page names.
    """

    alert: Alert
    by: Person
    actor: Actor
    acts: bool
    own: Recipient | None
    recipients: Sequence[Recipient]
    stands: Sequence[AuthorityStands]
    plan: ActionPlan | None
    people: Mapping[PersonId, Person] = field(repr=False)
    now: datetime

    @property
    def is_open(self) -> bool:
        return self.alert.is_open

    @property
    def has_left(self) -> bool:
        """Whether those who were alerted have it, or have had it: it can be undone no more."""
        return self.now >= self.alert.leaves_at

    @property
    def in_secretariat(self) -> bool:
        return bool(standing(self.actor) & SECRETARIAT)

    @property
    def steers(self) -> bool:
        """Whether they sit in the steering group."""
        return Role.SGM in standing(self.actor)

    def name(self, person: PersonId) -> str:
        return self.people[person].name if person in self.people else ""


async def see_alert(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> AlertSeen:
    """Look at an alert, as it is now.

    :raises RuleBroken: `alert.not_found`
    """
    alert = await may_read(tx, by, id)
    actor = await actor_of(tx, by)
    recipients = await tx.recipients.of(id)
    ladders = await tx.escalations.of(id)
    plans = await tx.action_plans.of_alert(id)
    return AlertSeen(
        alert=alert,
        by=by,
        actor=actor,
        acts=alert.coordinator == by.id or held_by(actor).covers(alert.audience.areas),
        own=next((each for each in recipients if each.person == by.id), None),
        recipients=recipients,
        stands=stands_of(recipients, {each.climbed.authority: each.required for each in ladders}),
        plan=next(iter(plans), None),
        people=await tx.people.of_ids(
            {alert.coordinator, alert.log_keeper, alert.activated_by}
            | {each.person for each in recipients}
        ),
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsSeen:
    """The open alerts somebody may read, the newest first, and whether they may start one."""

    alerts: Sequence[Alert]
    may_start: bool


async def see_alerts(tx: Transaction, *, by: Person) -> AlertsSeen:
    """List the open alerts somebody may read; drills after what is real."""
    held = held_by(await actor_of(tx, by))
    open_ = [*await tx.alerts.open(drill=False), *await tx.alerts.open(drill=True)]
    return AlertsSeen(alerts=await readable(tx, by, open_), may_start=held.at_all)
