"""What a notice of the year plan says at the hour it is sent, as things stand then."""

from collections.abc import Sequence

from cards import year_lists, year_plans
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.plan_runs import PlanRun, PlanState
from storage.database import Transaction
from usecases.ask_plan import may_plan
from usecases.ask_year_papers import year_on
from usecases.publish_plan import changes_for

KINDS = frozenset(
    {
        NoticeKind.YEAR_PLAN_READY,
        NoticeKind.YEAR_PLAN_PUBLISHED,
        NoticeKind.YEAR_PAPERS_LAID,
    }
)
READY = frozenset({PlanState.PROPOSED, PlanState.IMPOSSIBLE, PlanState.ANSWERED, PlanState.FAILED})


async def draw_yearplan(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each for the one person it is for."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not person.active:
        return None
    if notice.kind is NoticeKind.YEAR_PAPERS_LAID:
        return await _papers(tx, notice, person)
    run = await tx.year_plans.find(notice.about)
    if run is None:
        return None
    if notice.kind is NoticeKind.YEAR_PLAN_READY:
        return await _ready(tx, run, person)
    return await _published(tx, run, person)


async def _ready(tx: Transaction, run: PlanRun, person: Person) -> Shown | None:
    """Tell whoever may still plan, while nobody has decided about it."""
    if run.state not in READY or not await may_plan(tx, person):
        return None
    return year_plans.ready(run, say=speak(person.language))


async def _published(tx: Transaction, run: PlanRun, person: Person) -> Shown | None:
    """Tell whom it changes something for, while it is in force."""
    found = await changes_for(tx, run, person)
    if run.state is not PlanState.PUBLISHED or not found:
        return None
    return year_lists.told(run, found, say=speak(person.language))


async def _papers(tx: Transaction, notice: Notice, person: Person) -> Shown | None:
    export = await tx.exports.find(notice.about)
    if export is None or not await may_plan(tx, person):
        return None
    files = (export.file or "").split()
    return year_lists.papers_laid(year_on(export.about), files, say=speak(person.language))
