"""The stories of an action plan: made, let run, carried out, late; and as full as it can be."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import action_plans as cards
from cards import measure_letters, measures
from cards.delivery import Button
from cards.measures import Placed
from domain.alerts import Level
from domain.measure_reminders import ReminderKind
from domain.notices import NoticeKind
from domain.parties import Party
from domain.plan_measures import Measure, MeasureState
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.integration.usecases.alarming import ORDER
from tests.support.action_plans import plan as a_plan
from tests.support.acts_alerts import LARS_ONLY
from tests.support.town import ANNA, DORTE, HENRIETTE, LARS, RUTH
from usecases.activate_alert import activate_alert

ALERT = UUID("a1000000-0000-4000-8000-000000000055")
PLACE = "Torvet ved Valby Station"
NOTE = "Ring til hallen først"
WHY = "Hallen er lukket hele ugen"
LONG = (NASTY * 60)[:600]
DAYS = timedelta(days=1)


async def action_plan_stories(gallery: Gallery) -> None:
    """Make a plan, let it run, carry it out, and hear of what is late."""
    gallery.confided |= {PLACE, NOTE, WHY}
    number = await _alerted(gallery)
    await _made(gallery, number)
    plan = await _plan(gallery)
    await gallery.letter(NoticeKind.MEASURES_GIVEN, plan, LARS)
    await gallery.letter(NoticeKind.MEASURES_DUE, plan, DORTE, after=30 * DAYS)
    await _carried_out(gallery, number)
    await _changed(gallery, number)
    await _many_at_once(gallery, number)
    _at_their_fullest(gallery)


async def _alerted(gallery: Gallery) -> str:
    order = replace(ORDER, id=ALERT, audience=LARS_ONLY, level=Level.COORDINATION, drill=True)
    async with gallery.database.transaction() as tx:
        alert = await activate_alert(tx, replace(order, another=True), by=LARS, now=gallery.now)
    return alert.reference


async def _plan(gallery: Gallery) -> UUID:
    async with gallery.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(ALERT)
    return plan.id


async def _made(gallery: Gallery, number: str) -> None:
    await gallery.guest(RUTH, "no plan yet").types(f"handleplan {number}")
    lars = gallery.guest(LARS, "makes a plan")
    await lars.types(f"alarm {number}")
    await lars.types(f"vælg skabelon {number}")
    await lars.types(f"handleplan {number}")
    await lars.presses("actionplan.make")
    await lars.presses("actionplan.period")
    await lars.presses("form.next", until_on="i går")
    until = (gallery.now + 60 * DAYS).date().isoformat()
    await lars.presses("form.next", until_on=until, until_at="16.00")
    await lars.presses("actionplan.release")
    await lars.types(f"sæt i drift {number}")
    await lars.presses("actionplan.share")
    await gallery.guest(RUTH, "outside").types(f"handleplan {number}")
    await gallery.guest(ANNA, "stranger").types(f"handleplan {number}")


async def _carried_out(gallery: Gallery, number: str) -> None:
    lars = gallery.guest(LARS, "carries out")
    await lars.types("hjælp handleplan")
    await lars.types("hjælp tiltag")
    await lars.types("mine tiltag")
    await lars.presses("measure.open", measure=str(await _own(gallery)))
    for verb in ("measure.start", "measure.unable", "measure.done", "measure.take_back"):
        await lars.presses(verb)
    await gallery.letter(NoticeKind.MEASURE_UNABLE, await _own(gallery), HENRIETTE)
    dorte = gallery.guest(DORTE, "looks on")
    await dorte.types(f"tiltag {number}")
    await dorte.presses("measure.pick")
    await dorte.presses("measure.pick", number="2")
    await dorte.presses("measure.drop")
    await _sends(dorte, reason=WHY)
    await gallery.guest(ANNA, "nothing of her own").types("mine tiltag")


async def _own(gallery: Gallery) -> UUID:
    async with gallery.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(ALERT)
    return next(each.id for each in plan.measures if each.owner == LARS.id and each.waits)


async def _sends(guest: Guest, **answers: str) -> None:
    """See a form of one card blank, and send it."""
    await guest.presses("form.next")
    await guest.fills(answers)


async def _changed(gallery: Gallery, number: str) -> None:
    dorte = gallery.guest(DORTE, "changes one")
    async with gallery.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(ALERT)
    at = next(
        at for at, each in enumerate(plan.measures, 1) if each.party is Party.BUF and each.waits
    )
    await dorte.types(f"ret tiltag {number} {at}")
    lars = gallery.guest(LARS, "changes it too")
    await lars.types(f"ret tiltag {number} {at}")
    await lars.presses("form.next", place=PLACE)
    await dorte.presses("form.next", note=NOTE)
    await dorte.presses("form.next")
    dorte = gallery.guest(DORTE, "adds one")
    await dorte.types(f"nyt tiltag {number}")
    soon = (gallery.now + DAYS).date().isoformat()
    await _sends(dorte, what="M12:BUF", due_on=soon, due_at="14.30", place=PLACE)


async def _many_at_once(gallery: Gallery, number: str) -> None:
    dorte = gallery.guest(DORTE, "many at once")
    await dorte.types(f"fordel tiltag {number}")
    await _sends(dorte, party="SEK", owner=DORTE.id)
    await dorte.types(f"flyt frister {number}")
    await _sends(dorte, party="all", amount="2", unit="hours", way="later")
    gallery.confided -= {"2", "14.30", "16.00", "i går"}


def _at_their_fullest(gallery: Gallery) -> None:
    """Show as many measures as a plan has, with all that can be said of each."""
    say, now = gallery.say, gallery.now
    plan = a_plan("H1", starts_at=now - 2 * DAYS, drill=True)
    full = [_full(each) for each in plan.measures]
    plan = replace(plan, title=NASTY[:60], measures=tuple(full))
    names = {each: NASTY for one in full for each in (one.owner, one.substitute) if each}
    placed = [
        Placed(measure=each, plan=plan, number=at, reference="R2027-1234", names=names)
        for at, each in enumerate(full, start=1)
    ]
    back: Button = (say("button.measure.list"), "measure.list", {})
    gallery.hang(
        "measure at its fullest",
        measures.page(placed[0], ways=measures.WAYS[:5], back=back, now=now, say=say),
    )
    gallery.hang("list of measures at its fullest", measures.mine(placed * 2, now=now, say=say))
    gallery.hang("given at its fullest", measure_letters.given(placed, now=now, say=say))
    gallery.hang("given one", measure_letters.given(placed[:1], now=now, say=say))
    reminded = dict.fromkeys(ReminderKind, placed)
    gallery.hang(
        "reminder at its fullest",
        measure_letters.due(reminded, reader=LARS.id, drill=True, now=now, say=say),
    )
    gallery.hang(
        "page of a plan at its fullest",
        cards.listed(
            placed,
            plan,
            number=2,
            reference="R2027-1234",
            ways=cards.LIST_WAYS,
            now=now,
            say=say,
        ),
    )


def _full(measure: Measure) -> Measure:
    return replace(
        measure,
        state=MeasureState.UNDER_WAY,
        title=LONG[:120],
        assists=LONG[:120],
        target_group=LONG[:120],
        place=LONG[:120],
        note=LONG,
        reason=LONG,
    )
