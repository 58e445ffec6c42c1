"""Look at a readiness meeting: when, where, who comes, and its agenda (BER-41, BER-42)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_board import AuthorityStands
from domain.alert_figures import stands_of
from domain.alert_log import AlertDecision
from domain.alert_tiers import sees_reports
from domain.alerts import Alert, Recipient, Reply
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_times import resolve
from domain.readiness_meetings import Attendance, ReadinessMeeting
from domain.roles import Actor
from domain.situations import SituationReport
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_alert import held_by
from usecases.read_alert import may_read
from usecases.read_readiness import readiness_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSeen:
    """A readiness meeting as one person sees it.

    :param named: whether they are told by name who comes: who is asked, who acts on the alert
        and who keeps its log (BER-52); never an external (BER-53).
    :param attendances: who is asked; empty for who is not told.
    :param own: their own place, if they are asked.
    :param calls: whether they may call, move and cancel one.
    """

    meeting: ReadinessMeeting
    alert: Alert
    named: bool
    attendances: Sequence[Attendance]
    own: Attendance | None
    calls: bool
    people: Mapping[PersonId, Person] = field(repr=False)

    @property
    def reference(self) -> str:
        return reference_of(self.alert, self.meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSeen:
    """What a readiness meeting goes through, filled in with what is known (BER-42).

    :param joining: empty for who is not told by name.
    :param latest: what the parties reported; as the decisions, empty for externals (BER-53).
    """

    meeting: MeetingSeen
    points: Sequence[str] = field(repr=False)
    joining: Sequence[Recipient]
    stands: Sequence[AuthorityStands]
    plan: ActionPlan | None
    latest: Mapping[Party, SituationReport]
    decisions: Sequence[AlertDecision]
    names: Mapping[PersonId, str] = field(repr=False)


def reference_of(alert: Alert, meeting: ReadinessMeeting) -> str:
    """Name it as it is typed: R2026-0001/1."""
    return f"{alert.reference}/{meeting.number}"


async def see_readiness_meeting(tx: Transaction, *, id: UUID, by: Person) -> MeetingSeen:
    """Look at a meeting, for who may see the alert it is about.

    :raises RuleBroken: `readiness_meeting.not_found`
    """
    meeting = await tx.readiness_meetings.find(id)
    if meeting is None:
        raise _not_found(id)
    try:
        alert = await may_read(tx, by, meeting.alert)
    except RuleBroken:
        raise _not_found(id) from None
    return await view_of(tx, meeting, alert, by)


async def view_of(
    tx: Transaction, meeting: ReadinessMeeting, alert: Alert, by: Person
) -> MeetingSeen:
    """Lay a meeting out for somebody, whatever they may."""
    asked = await tx.readiness_meetings.attendances(meeting.id)
    actor = await actor_of(tx, by)
    own = next((each for each in asked if each.person == by.id), None)
    named = by.s115_covered and (own is not None or _works_on(actor, alert))
    return MeetingSeen(
        meeting=meeting,
        alert=alert,
        named=named,
        attendances=asked if named else (),
        own=own,
        calls=may(actor, OfficeAction.CALL_READINESS_MEETING),
        people=await tx.people.of_ids(
            {each.person for each in asked} | {meeting.called_by, alert.log_keeper}
        ),
    )


def _works_on(actor: Actor, alert: Alert) -> bool:
    leads = actor.person.id in {alert.coordinator, alert.log_keeper}
    return leads or held_by(actor).covers(alert.audience.areas)


async def see_agenda(tx: Transaction, *, id: UUID, by: Person) -> AgendaSeen:
    """Lay out what a meeting goes through: the plan's own list, or its template's.

    :raises RuleBroken: `readiness_meeting.not_found`
    """
    seen = await see_readiness_meeting(tx, id=id, by=by)
    alert = seen.alert
    recipients = await tx.recipients.of(alert.id)
    ladders = await tx.escalations.of(alert.id)
    plan = next(iter(await tx.action_plans.of_alert(alert.id)), None)
    reports = sees_reports(by)
    latest = await tx.situations.latest([alert.id] if reports else [])
    joining = [each for each in recipients if seen.named and each.reply is Reply.JOINING]
    named = {each.person for each in joining} | {alert.log_keeper, alert.coordinator}
    return AgendaSeen(
        meeting=seen,
        points=plan.lists.agenda if plan else await _points(tx, alert),
        joining=joining,
        stands=stands_of(recipients, {each.climbed.authority: each.required for each in ladders}),
        plan=plan,
        latest=latest.get(alert.id, {}),
        decisions=await tx.alert_decisions.of(alert.id) if reports else [],
        names={who: each.name for who, each in (await tx.people.of_ids(named)).items()},
    )


async def _points(tx: Transaction, alert: Alert) -> Sequence[str]:
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    return catalogue.templates[alert.template].lists.agenda


async def planned_hours(tx: Transaction, alert: Alert) -> list[datetime]:
    """Work out when the alert's template says that one meets, from the activation (BER-41)."""
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    template = catalogue.templates.get(alert.template)
    hours = template.meetings if template else ()
    return [resolve(each, start=alert.activated_at) for each in hours]


def _not_found(id: UUID) -> RuleBroken:
    return RuleBroken("readiness_meeting.not_found", about=str(id))


async def meetings_of(tx: Transaction, alert: UUID, *, now: datetime) -> list[ReadinessMeeting]:
    """List the meetings of an alert that are still to be held or under way, the next first."""
    held = await tx.readiness_meetings.of_alert(alert)
    return sorted(
        (each for each in held if each.takes_answers(now)), key=lambda each: each.begins_at
    )
