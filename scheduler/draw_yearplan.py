"""What a notice of the year plan says at the hour it is sent, as things stand then."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cards import year_lists, year_plans
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery
from domain.meeting_years import year_of
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeCode, Person, PersonId
from domain.plan_changes import among
from domain.plan_runs import PlanRun, PlanState
from storage.database import Transaction
from usecases.ask_plan import may_plan
from usecases.publish_plan import concerned

Concerns = Mapping[UUID, Mapping[PersonId, set[CommitteeCode]]]
KINDS = frozenset(
    {
        NoticeKind.YEAR_PLAN_READY,
        NoticeKind.YEAR_PLAN_PUBLISHED,
        NoticeKind.YEAR_PAPERS_LAID,
    }
)
READY = frozenset({PlanState.PROPOSED, PlanState.IMPOSSIBLE, PlanState.ANSWERED, PlanState.FAILED})


async def draw_yearplan(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each for the one person it is for; a plan and whom it concerns are read once."""
    notices = [each.notice for each in deliveries]
    plans = {about: await tx.year_plans.find(about) for about in {each.about for each in notices}}
    found = await tx.people.of_ids([each.person for each in notices if each.person is not None])
    concerns = {
        run.id: await concerned(tx, run)
        for run in plans.values()
        if run is not None and run.state is PlanState.PUBLISHED
    }
    drawn = list[Shown | None]()
    for notice in notices:
        person = None if notice.person is None else found.get(notice.person)
        if person is None or not person.active:
            drawn.append(None)
        elif notice.kind is NoticeKind.YEAR_PAPERS_LAID:
            drawn.append(await _papers(tx, notice, person))
        else:
            drawn.append(await _of_plan(tx, notice, plans[notice.about], person, concerns))
    return drawn


async def _of_plan(
    tx: Transaction, notice: Notice, run: PlanRun | None, person: Person, concerns: Concerns
) -> Shown | None:
    if run is None:
        return None
    say = speak(person.language)
    if notice.kind is NoticeKind.YEAR_PLAN_READY:
        waits = run.state in READY and await may_plan(tx, person)
        return year_plans.ready(run, say=say) if waits else None
    found = among(run.changes, concerns.get(run.id, {}).get(person.id, set()))
    return year_lists.told(run, found, say=say) if found else None


async def _papers(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    export = await tx.exports.find(notice.about)
    if export is None or not await may_plan(tx, person):
        return None
    return year_lists.papers_laid(year_of(export.about), export, say=speak(person.language))
