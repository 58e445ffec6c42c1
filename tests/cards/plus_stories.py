"""The stories of SSP+: assessed, handed over, planned, followed up, and every notice of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from cards import plus as cards
from domain.case_actions import ActionStatus, CaseAction
from domain.cases import Case, CaseState
from domain.outcomes import Kpi, KpiKey
from domain.people import Authority
from domain.plus import Focus
from scheduler.draw_plus import KINDS
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.case_stories import put
from tests.support.plus_cases import CHILD_VIEW, DRAFT_PLAN, REASON
from tests.support.plus_steps import is_accepted, is_assessed, is_proposed
from tests.support.plus_stories import SEVENTEEN_AND_A_HALF
from tests.support.town import BO, MONDAY_NOON, PIA, SOFIE, VALBY_GROUP
from usecases.answer_handover import decline_handover
from usecases.follow_ages import follow_age

LONG = (NASTY * 40)[:500]  # as much as the form takes
NAME = "Max Myrekær"


async def plus_stories(gallery: Gallery) -> None:
    """Take somebody from 17½ into SSP+, and see each card at its fullest."""
    gallery.confided |= {NAME, REASON, DRAFT_PLAN, CHILD_VIEW}
    await _assessed(gallery)
    await _answered(gallery)
    await _in_ssp_plus(gallery)
    _notices(gallery)
    _at_their_fullest(gallery)


async def _near_18(gallery: Gallery) -> Case:
    async with gallery.database.transaction() as tx:
        case = await put(
            tx,
            state=CaseState.COORDINATION,
            group=VALBY_GROUP.code,
            born=SEVENTEEN_AND_A_HALF,
            name=NAME,
            level=3,
            lead=None,
            follow_up_on=None,
            now=gallery.now,
        )
        return await follow_age(tx, case, now=gallery.now)


async def _opens(guest: Guest, case: Case) -> None:
    await guest.types(f"sag {case.reference}")
    await guest.presses("case.clear")


async def _assessed(gallery: Gallery) -> None:
    case = await _near_18(gallery)
    bo = gallery.guest(BO, "to assess")
    await _opens(bo, case)
    await bo.presses("plus.assess")
    await bo.presses("form.next", verdict="not_in_target", reason=REASON)
    await _opens_again(bo, case)
    await bo.types(f"inddrag ledere {case.reference}")


async def _opens_again(guest: Guest, case: Case) -> None:
    """Look at all that can be done with a case, page by page."""
    await guest.types(f"sag {case.reference}")
    while "case.more" in guest.verbs:
        await guest.presses("case.more")


async def _answered(gallery: Gallery) -> None:
    case = await _near_18(gallery)
    async with gallery.database.transaction() as tx:
        case = await is_assessed(tx, case, gallery.now)
        case = await is_proposed(tx, case, gallery.now)
    pia = gallery.guest(PIA, "to answer")
    await _opens(pia, case)
    await pia.presses("plus.decline")
    await pia.presses("form.cancel")
    async with gallery.database.transaction() as tx:
        case = await decline_handover(
            tx, case=case.id, seen=case.version, by=PIA, reason=REASON, now=gallery.now
        )
    bo = gallery.guest(BO, "declined")
    await _opens(bo, case)
    await _opens_again(bo, case)
    async with gallery.database.transaction() as tx:
        case = await is_proposed(tx, case, gallery.now)
    await _opens_again(bo, case)
    await bo.types(f"træk overdragelse tilbage {case.reference}")


async def _in_ssp_plus(gallery: Gallery) -> None:
    case = await _near_18(gallery)
    async with gallery.database.transaction() as tx:
        for step in (is_assessed, is_proposed, is_accepted):
            case = await step(tx, case, gallery.now)
    pia = gallery.guest(PIA, "in ssp+")
    await _opens(pia, case)
    await pia.types(f"plan {case.reference}")
    await pia.presses("plus.set_plan")
    await pia.presses("form.next", job=DRAFT_PLAN)
    await pia.types(f"plan {case.reference}")
    await pia.types(f"kif {case.reference}")
    await pia.presses("form.next", kif="active")
    await _opens_again(pia, case)
    await pia.types("ssp+ tal")


CASE = Case(
    id=UUID(int=1),
    reference="2026-000042",
    subject=UUID(int=2),
    state=CaseState.FOLLOW_UP,
    group=VALBY_GROUP.code,
    area=None,
    opened_at=MONDAY_NOON,
    opened_by=BO.id,
    last_event_at=MONDAY_NOON,
)


def _notices(gallery: Gallery) -> None:
    """Draw each notice for who may open the case, and the one that leaders get."""
    for kind in KINDS:
        shown = cards.notice(CASE, kind, may_open=True, say=gallery.say)
        gallery.hang(f"notice {kind}", shown)
    for kind in cards.NUMBER_ONLY:
        shown = cards.notice(CASE, kind, may_open=False, say=gallery.say)
        gallery.hang(f"plus {kind} by number", shown)


def _at_their_fullest(gallery: Gallery) -> None:
    action = CaseAction(
        id=uuid4(),
        case=CASE.id,
        authority=Authority.SOF,
        owner=SOFIE.id,
        due_on=date(2026, 3, 16),
        agreed_by=BO.id,
        agreed_at=MONDAY_NOON,
        what=LONG,
    )
    planned = cards.Planned(
        case=CASE,
        goals=dict.fromkeys(Focus, LONG),
        consent="given",
        actions=[
            replace(action, focus=focus, status=status)
            for focus in Focus
            for status in (*ActionStatus, *ActionStatus)
        ],
        names={SOFIE.id: NASTY},
    )
    gallery.hang(
        "plus plan full", cards.plan(planned, actions=[], reader=Authority.KP, say=gallery.say)
    )
    figures = [
        Kpi(key=key, target=50, n=n, successes=n // 2, unknown=n // 10, immature=3)
        for key, n in zip(KpiKey, (1204, 5, 4), strict=True)
    ]
    gallery.hang("plus figures", cards.figures(figures, say=gallery.say))
