"""Work out everything that waits for somebody, right now, from how things stand."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.access import can
from domain.duties import Duty, in_order
from domain.matters import Matter, MatterKind
from domain.people import Person
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.access_duties import actions_without_owner, glasses_to_review
from usecases.agenda_duties import (
    decision_tasks,
    items_waiting,
    minutes_to_approve,
    minutes_to_write,
)
from usecases.alert_end_duties import alert_ends_waiting
from usecases.case_duties import cases_without_lead
from usecases.concern_duties import concerns_waiting, concerns_without_case
from usecases.effort_duties import efforts_waiting
from usecases.group_duties import groups_to_review, labels_to_confirm
from usecases.intake_duties import corrections_unread
from usecases.legal_duties import families_to_tell, notes_to_file, recusals_waiting
from usecases.measure_duties import measures_waiting
from usecases.meet_duties import meetings_to_answer
from usecases.plus_duties import cases_to_assess, handovers_to_answer, outcomes_to_ask
from usecases.situation_duties import situations_owed
from usecases.work_duties import cases_to_coordinate, countersigns_waiting, own_actions
from usecases.yearplan_duties import year_plans_waiting

Provider = Callable[[Transaction, Actor, datetime], Awaitable[Iterable[Duty]]]

# Each says what waits for one person; whether they may know of it is asked here, for all alike.
PROVIDERS: tuple[Provider, ...] = (
    concerns_waiting,
    concerns_without_case,
    cases_without_lead,
    measures_waiting,
    alert_ends_waiting,
    situations_owed,
    own_actions,
    cases_to_coordinate,
    countersigns_waiting,
    corrections_unread,
    actions_without_owner,
    glasses_to_review,
    groups_to_review,
    labels_to_confirm,
    families_to_tell,
    notes_to_file,
    recusals_waiting,
    cases_to_assess,
    handovers_to_answer,
    outcomes_to_ask,
    efforts_waiting,
    decision_tasks,
    items_waiting,
    minutes_to_write,
    minutes_to_approve,
    meetings_to_answer,
    year_plans_waiting,
)


async def duties_of(tx: Transaction, person: Person, *, now: datetime) -> list[Duty]:
    """List what waits for somebody, what is due first coming first.

    What they are recused from, or may no longer do, is not among it.
    """
    actor = await permit.actor_of(tx, person)
    if not person.active:
        return []
    found = [duty for provider in PROVIDERS for duty in await provider(tx, actor, now)]
    matters = await _matters(tx, found, now=now)
    return in_order(duty for duty in found if _is_theirs(duty, actor, matters))


def _is_theirs(duty: Duty, actor: Actor, matters: Mapping[UUID, Matter]) -> bool:
    if duty.matter is None or duty.action is None:
        return actor.person.s115_covered
    return duty.id in matters and can(actor, duty.action, matters[duty.id])


async def _matters(
    tx: Transaction, duties: Sequence[Duty], *, now: datetime
) -> dict[UUID, Matter]:
    """Find the matters of many duties in a few looks."""
    about = {kind: {each.id for each in duties if each.matter is kind} for kind in MatterKind}
    cases = await tx.cases.of_ids(about[MatterKind.CASE])
    concerns = [await tx.concerns.find(each) for each in about[MatterKind.CONCERN]]
    meetings = [
        await tx.committee_meetings.find(each) for each in sorted(about[MatterKind.MEETING])
    ]
    efforts = [await tx.efforts.find(each) for each in sorted(about[MatterKind.EFFORT])]
    groups = [await tx.matters.of_group(each, now=now) for each in about[MatterKind.GROUP]]
    return {
        **await tx.matters.of_cases(list(cases.values()), now=now),
        **await tx.matters.of_concerns([each for each in concerns if each], now=now),
        **{group.id: group for group in groups if group},
        **await tx.matters.of_meetings([each for each in meetings if each]),
        **{each.id: await tx.matters.of_effort(each) for each in efforts if each},
    }
