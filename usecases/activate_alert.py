"""Activate readiness: first look whom it would reach, then all of it in one go, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.activation import leaves_at, similar
from domain.alert_audience import in_order, members, recipients
from domain.alert_log import LogEntry, LogKind
from domain.alert_preview import AlertPreview, preview
from domain.alert_snapshot import freeze
from domain.alerts import SIMILAR_WITHIN, Alert, AlertState, Audience, Level, Situation
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.escalation import begin
from domain.leadership import Roster
from domain.notices import Notice, NoticeKind
from domain.people import Authority, Person, PersonId
from domain.plan_lists import STEERING_GROUP
from domain.plan_measures import person_free
from domain.plan_templates import Catalogue, PlanKind
from domain.situations import in_order as answered
from storage.database import Transaction
from usecases.climb_ladder import climb_ladders, write_down
from usecases.make_action_plan import drafted, made_of
from usecases.permit_alert import permit_activation, record
from usecases.read_readiness import readiness_catalogue, readiness_rules
from usecases.read_roster import read_roster
from usecases.suspend_drills import suspend_drills
from usecases.tell_alerted import tell_steering

LOCK = "alert"
LONGEST_TITLE = 60  # it is in the notification (BER-17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants activated.

    :param id: made when the form was opened: pressed twice, it is the same.
    :param rehearses: the template a drill of a whole plan practises; the first it can, if none.
    :param anyway: also where nobody of a default authority can be reached (BER-05).
    :param another: also where a similar alert is open (BER-08).
    """

    id: UUID
    level: Level
    drill: bool
    template: str
    title: str = field(repr=False)
    situation: Situation = field(repr=False)
    audience: Audience
    rehearses: str = ""
    anyway: bool = False
    another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is shown before an alert is sent (BER-05, BER-08).

    :param similar: the open alert to which this may belong.
    :param leaves_at: when it would leave if it were confirmed now.
    """

    reached: AlertPreview
    similar: Alert | None
    leaves_at: datetime


async def preview_alert(tx: Transaction, order: Order, *, by: Person, now: datetime) -> Looked:
    """Look whom it would reach; nothing is sent, and nobody notices.

    :raises RuleBroken: as `activate_alert`, but for what can be insisted on.
    """
    await permit_activation(tx, by, order.audience.areas)
    checked = _in_order(order, readiness_catalogue(await tx.template_overrides.latest()))
    return Looked(
        reached=await _reached(tx, order, await read_roster(tx), now=now),
        similar=await _similar(tx, checked, now=now),
        leaves_at=_leaves_at(order, now=now),
    )


async def activate_alert(tx: Transaction, order: Order, *, by: Person, now: datetime) -> Alert:
    """Activate readiness: alert, recipients, ladders, notices, plan and log; or none of it.

    Nothing leaves before `leaves_at`, and nothing of it needs Graph (BER-09). Activated twice,
    it is activated once.

    :raises RuleBroken: `alert.not_entitled`, `.other_area`, `.whole_city` for who may not;
        `alert.no_title`, `.no_template`, `.externals_reason`, `situation.unanswered`,
        `measure.cpr` and `measure.too_long` for what is not in order; `alert.nobody`;
        `alert.similar` (`reference`) and `alert.red` (`authorities`) unless insisted on.
    """
    await permit_activation(tx, by, order.audience.areas)
    await tx.counters.count(LOCK, "activated")  # whoever activates at the same moment waits here
    activated = await tx.alerts.find(order.id)
    if activated is not None:
        return activated
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    order = _in_order(order, catalogue)
    roster = await read_roster(tx)
    red = await _insisted_on(tx, order, roster, now=now)
    alert = await _alert(tx, order, by=by, now=now)
    await suspend_drills(tx, alert, now=now)
    await tx.alerts.add(alert)
    alerted = await _addressed(tx, alert, roster, now=now)
    entries = [_activated(alert, order, red=red)]
    if catalogue.templates[alert.template].at_once:
        group = members(STEERING_GROUP, roster)
        entries += await tell_steering(tx, alert, group, alerted=alerted, by=by, now=now)
    if alert.level is Level.FULL:
        template = catalogue.templates[alert.template]
        plan = drafted(
            alert,
            template,
            catalogue=catalogue,
            roster=roster,
            by=by.id,
            rehearses=order.rehearses,
            now=now,
        )
        await tx.action_plans.add(plan)
        entries.append(made_of(plan, alert))
    entries += await climb_ladders(
        tx, alert, await tx.escalations.of(alert.id), mail=False, now=now
    )
    await write_down(tx, entries)
    await record(tx, alert, "alert.activate", by=by, now=now)
    return alert


def _leaves_at(order: Order, *, now: datetime) -> datetime:
    hours = readiness_rules().hours
    return leaves_at(order.level, now=now, hours=hours)


def _in_order(order: Order, catalogue: Catalogue) -> Order:
    """Look through what was written; a template that is a drill makes it one (BER-63)."""
    title = person_free(order.title, at_most=LONGEST_TITLE)
    if not title:
        raise RuleBroken("alert.no_title")
    template = catalogue.templates.get(order.template)
    if template is None or not template.in_use:
        raise RuleBroken("alert.no_template")
    if order.rehearses and order.rehearses not in template.rehearses:
        raise RuleBroken("alert.no_template")
    return replace(
        order,
        title=title,
        situation=answered(order.situation),
        audience=in_order(order.audience),
        drill=order.drill or template.kind is PlanKind.DRILL,
    )


async def _reached(
    tx: Transaction, order: Order, roster: Roster, *, now: datetime
) -> AlertPreview:
    """Look whom it would reach on the day it would leave."""
    return preview(
        order.audience,
        roster,
        known=await tx.addresses.known(),
        away=await tx.absences.away(local_date(_leaves_at(order, now=now))),
        now=now,
    )


async def _similar(tx: Transaction, order: Order, *, now: datetime) -> Alert | None:
    recent = await tx.alerts.open(drill=order.drill, since=now - SIMILAR_WITHIN)
    return similar(
        recent, areas=order.audience.areas, level=order.level, drill=order.drill, now=now
    )


async def _insisted_on(
    tx: Transaction, order: Order, roster: Roster, *, now: datetime
) -> Sequence[Authority]:
    """Let pass what is in the way only once somebody has seen it; name who is not reached."""
    alike = None if order.another else await _similar(tx, order, now=now)
    if alike is not None:
        raise RuleBroken("alert.similar", reference=alike.reference)
    reached = await _reached(tx, order, roster, now=now)
    if not reached.total:
        raise RuleBroken("alert.nobody")
    if reached.red and not order.anyway:
        raise RuleBroken("alert.red", authorities=", ".join(reached.red))
    return reached.red


async def _alert(tx: Transaction, order: Order, *, by: Person, now: datetime) -> Alert:
    year = local_date(now).year
    return Alert(
        id=order.id,
        year=year,
        number=await tx.alerts.next_number(year),
        level=order.level,
        drill=order.drill,
        template=order.template,
        title=order.title,
        situation=order.situation,
        audience=order.audience,
        state=AlertState.PLANNING if order.level is Level.FULL else AlertState.ACTIVATED,
        activated_by=by.id,
        activated_at=now,
        leaves_at=_leaves_at(order, now=now),
        coordinator=by.id,
        log_keeper=by.id,
    )


async def _addressed(
    tx: Transaction, alert: Alert, roster: Roster, *, now: datetime
) -> Sequence[PersonId]:
    """Put everybody on the list, freeze the ladders, and promise to tell who is not away then."""
    rows = recipients(alert.audience, roster, alert=alert.id, now=now)
    rules = readiness_rules()
    snapshot = freeze(
        alert.audience,
        roster,
        level=alert.level,
        left_at=alert.leaves_at,
        quorum=rules.quorum,
        ladder=rules.ladder,
    )
    away = await tx.absences.away(local_date(alert.leaves_at))
    await tx.recipients.add(rows)
    await tx.escalations.begin(
        alert.id, snapshot, [begin(snapshot, each) for each in snapshot.authorities()]
    )
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.ALERT,
                about=alert.id,
                due_at=alert.leaves_at,
                person=each.person,
                tier=each.tier,
            )
            for each in rows
            if each.person not in away
        ]
    )
    return [each.person for each in rows]


def _activated(alert: Alert, order: Order, *, red: Sequence[Authority]) -> LogEntry:
    """Begin the log: what was sent, and what somebody insisted on (BER-05, BER-08)."""
    facts = {
        "level": str(alert.level.value),
        "template": alert.template,
        "leaves_at": alert.leaves_at.isoformat(),
        "red": ",".join(red),
        "another": "yes" if order.another else "",
        "beyond": str(len(alert.audience.externals) or ""),
    }
    return LogEntry(
        alert=alert.id,
        kind=LogKind.ACTIVATED,
        at=alert.activated_at,
        by=alert.activated_by,
        words="\n".join([told_in(alert), *told_beyond(alert.audience)]),
        facts={name: fact for name, fact in facts.items() if fact},
    )


def told_in(alert: Alert) -> str:
    """Keep what an alert said: the log holds it when the alert says something else (BER-18)."""
    said = alert.situation
    parts = (alert.title, said.happened, said.where, said.stands, said.done, said.needs)
    return "\n".join(each for each in parts if each)


def told_beyond(audience: Audience) -> list[str]:
    """Name the others who are to hear of it, and why (BER-12)."""
    if not audience.externals:
        return []
    return [", ".join(audience.externals), audience.externals_because]
