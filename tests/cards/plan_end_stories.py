"""The stories of a plan of the calendar: reminded of, run out, put off, refused, ended."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from cards import action_plans, plan_ends
from cards.action_plans import about_plan
from domain.action_plans import ActionPlan
from domain.alert_log import DecisionKind, Resolution
from domain.areas import AREAS
from domain.notices import NoticeKind
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.action_plans import plan
from tests.support.acts_alert_ends import BECAUSE
from tests.support.town import BO, DORTE, EVA
from usecases.run_action_plan import release_plan, set_period

DAY = timedelta(days=1)
PERIOD = 7 * DAY
GROWN = UUID("90000000-0000-4000-8000-0000000000e1")
LONG = (NASTY * 60)[:600]


async def plan_end_stories(gallery: Gallery) -> None:
    """Put one in force, and let it end; Eva sits in the steering group by then."""
    gallery.confided |= {BECAUSE}
    running = await _in_force(gallery)
    for kind, after in (
        (NoticeKind.PLAN_PERIOD_ENDS, PERIOD - DAY),
        (NoticeKind.PLAN_EXPIRED, PERIOD + DAY),
    ):
        await gallery.letter(kind, GROWN, DORTE, after=after)
    dorte = gallery.guest(DORTE, "plan ends")
    await dorte.sends("actionplan.open", about_plan(running))
    await _asks(dorte, days=20)
    await _asks(dorte, days=200)
    await gallery.letter(NoticeKind.PLAN_EXTENSION_ASKED, GROWN, EVA)
    await _answered(gallery)
    gallery.now += 220 * DAY
    dorte = gallery.guest(DORTE, "plan has ended")
    await dorte.types("beredskabsplaner")
    await dorte.sends("actionplan.open", about_plan(await _now(gallery)))
    await dorte.presses("planend.close")
    await dorte.presses("form.next")
    await dorte.fills({"because": BECAUSE})
    await dorte.presses("actionplan.open")
    await dorte.types("forlæng beredskabsplan 999")
    await gallery.guest(BO, "plan ends").types("forlængelser")
    gallery.now -= 220 * DAY
    _at_their_fullest(gallery, running)


async def _in_force(gallery: Gallery) -> ActionPlan:
    now = gallery.now
    grown = replace(plan("B5", starts_at=now), id=GROWN, row=uuid4(), alert=None, made_by=None)
    async with gallery.database.transaction() as tx:
        await tx.action_plans.add(
            replace(grown, measures=tuple(replace(each, id=uuid4()) for each in grown.measures))
        )
        await set_period(tx, id=GROWN, period_end=now + PERIOD, by=DORTE, now=now)
        return await release_plan(tx, id=GROWN, by=DORTE, now=now)


async def _now(gallery: Gallery) -> ActionPlan:
    async with gallery.database.transaction() as tx:
        found = await tx.action_plans.find(GROWN)
    assert found is not None
    return found


async def _asks(dorte: Guest, *, days: int) -> None:
    await dorte.sends("planend.extend", about_plan(await _now(dorte.gallery)))
    await dorte.presses("form.next")
    until = (dorte.gallery.now + days * DAY).date().isoformat()
    await dorte.fills({"until": until, "because": BECAUSE})
    dorte.gallery.now += timedelta(minutes=1)
    await dorte.presses("actionplan.open")


async def _answered(gallery: Gallery) -> None:
    """Let the steering group say no, and then yes."""
    eva = gallery.guest(EVA, "plan ends")
    await eva.types("forlængelser")
    await eva.presses("planend.refuse")
    await eva.presses("form.next")
    await eva.fills({"because": BECAUSE})
    await gallery.letter(NoticeKind.PLAN_EXTENSION_ANSWERED, GROWN, DORTE)
    await eva.types("forlængelser")
    await _asks(gallery.guest(DORTE, "asks again"), days=210)
    eva = gallery.guest(EVA, "plan ends again")
    await eva.types("forlængelser")
    await eva.presses("planend.agree")
    await gallery.letter(NoticeKind.PLAN_EXTENSION_ANSWERED, GROWN, DORTE)


def _at_their_fullest(gallery: Gallery, running: ActionPlan) -> None:
    """Show as much as there can be, in a drill."""
    asked = Resolution(
        id=UUID(int=5),
        kind=DecisionKind.EXTENSION_ASKED,
        words=LONG,
        by=DORTE.id,
        at=gallery.now,
        until=gallery.now + 100 * DAY,
    )
    full = replace(
        running,
        drill=True,
        title=NASTY[:80],
        areas=frozenset(each.code for each in AREAS),
        decisions=(asked,),
        measures=(),
    )
    gallery.hang(
        "extensions of plans at their fullest", plan_ends.asked([full] * 9, say=gallery.say)
    )
    closed = replace(asked, kind=DecisionKind.CLOSED)
    ended = replace(full, closed_at=gallery.now, decisions=(closed,))
    page = action_plans.page(
        [], ended, reference="B5", ways=(), back=(), now=gallery.now, say=gallery.say
    )
    gallery.hang("an ended plan at its fullest", page)
    told = plan_ends.told(
        full,
        NoticeKind.PLAN_EXTENSION_ASKED,
        decision=asked,
        by=NASTY,
        ways=["planend.agree", "planend.refuse"],
        say=gallery.say,
    )
    gallery.hang("extension of a plan at its fullest", told)
