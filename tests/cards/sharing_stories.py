"""The stories of sharing a plan: approved, sent, handed over; staff briefed, C3 noted."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import plan_sharing as cards
from domain.action_plans import ActionPlan
from domain.alerts import Level
from domain.exports import ExportKind
from domain.notices import NoticeKind
from domain.plan_moves import until
from tests.cards.guests import Gallery, Guest
from tests.cards.sharing_extremes import sharing_extremes
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.integration.usecases.alarming import ORDER
from tests.support.acts_alerts import LARS_ONLY
from tests.support.acts_sharing import WITH_STEERING
from tests.support.town import ANNA, DORTE, GRETE, LARS, RUTH
from usecases.activate_alert import activate_alert

ALERT = UUID("a1000000-0000-4000-8000-000000000066")
REMARK = "Husk forældrene til de yngste"
BECAUSE = "De har nøglerne til klublokalerne"
LIST = "Skoler i Valby"
OUTSIDE = "Boligforeningen Håbet"
LONG = (NASTY * 60)[:600]
DAYS = timedelta(days=1)


async def sharing_stories(gallery: Gallery) -> None:
    """Take one plan to the steering group twice, and then to everybody else."""
    gallery.confided |= {REMARK, BECAUSE}
    number = await _alerted(gallery)
    await _approved(gallery, number)
    await _changed(gallery, number)
    await _lists(gallery)
    await _sent(gallery, number)
    await _handed_over(gallery, number)
    await _briefed(gallery, number)
    await _by_c3(gallery, number)
    gallery.confided -= {"12.00", "11.59", "25.00", LIST, OUTSIDE, ANNA.name, "i går"}
    sharing_extremes(gallery)


async def _alerted(gallery: Gallery) -> str:
    people = tuple(replace(each, language=gallery.language) for each in WITH_STEERING.people)
    order = replace(ORDER, id=ALERT, audience=LARS_ONLY, level=Level.FULL, drill=True)
    async with gallery.database.transaction() as tx:
        await tx.organisation.replace(replace(WITH_STEERING, people=people))
        alert = await activate_alert(tx, replace(order, another=True), by=LARS, now=gallery.now)
    return alert.reference


async def _plan(gallery: Gallery) -> ActionPlan:
    async with gallery.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(ALERT)
    return plan


async def _sends(guest: Guest, **answers: str) -> None:
    """See a form of one card blank, and send it."""
    await guest.presses("form.next")
    await guest.fills(answers)


async def _approved(gallery: Gallery, number: str) -> None:
    await gallery.guest(GRETE, "nothing finished").types(f"færdig plan {number}")
    lars = gallery.guest(LARS, "finishes a plan")
    await lars.types(f"alarm {number}")
    while "alertshare.of" not in lars.verbs:
        await lars.presses("alert.more")
    await lars.presses("alertshare.of")
    await lars.presses("alertshare.finish")
    await lars.types(f"plan færdig {number}")
    dorte = gallery.guest(DORTE, "asks for approval")
    await dorte.types(f"deling {number}")
    await dorte.presses("alertshare.ask")
    await dorte.presses("form.next", day="i går", hour="25.00")
    on = (gallery.now + 2 * DAYS).date().isoformat()
    await dorte.fills({"day": on, "hour": "12.00"})
    plan = (await _plan(gallery)).id
    for kind in (NoticeKind.PLAN_TO_APPROVE, NoticeKind.PLAN_APPROVE_SOON):
        await gallery.letter(kind, plan, GRETE)
    await gallery.letter(NoticeKind.PLAN_APPROVE_LATE, plan, DORTE)
    grete = gallery.guest(GRETE, "approves a plan")
    await grete.types(f"færdig plan {number}")
    await grete.presses("alertshare.return")
    await grete.types("annullér")
    await grete.types(f"færdig plan {number}")
    await grete.presses("alertshare.remark")
    await _sends(grete, remark=REMARK)
    await gallery.letter(NoticeKind.PLAN_DECIDED, plan, DORTE)
    await gallery.guest(GRETE, "said it").types(f"deling {number}")
    await gallery.guest(RUTH, "is not told the remark").types(f"deling {number}")
    await gallery.guest(ANNA, "is told nothing").types(f"færdig plan {number}")


async def _changed(gallery: Gallery, number: str) -> None:
    """Let it say something else than what was approved; and then approve that, too."""
    plan = await _plan(gallery)
    async with gallery.database.transaction() as tx:
        held = await tx.action_plans.hold(plan.id)
        assert held is not None
        assert held.period_end is not None
        await tx.action_plans.save(until(held, held.period_end + DAYS), was=held)
    lars = gallery.guest(LARS, "changes a plan")
    await lars.types(f"deling {number}")
    await lars.presses("alertshare.open")
    await lars.types(f"plan færdig {number}")
    await gallery.guest(DORTE, "orients").types(f"plan til orientering {number}")
    async with gallery.database.transaction() as tx:
        rows = await tx.sharings.of_plan(plan.id)
    newest = next(each for each in reversed(rows) if each.number == 2)
    await gallery.letter(NoticeKind.PLAN_SHARED, newest.id, GRETE)
    dorte = gallery.guest(DORTE, "asks about it")
    await dorte.types(f"plan til godkendelse {number}")
    on = (gallery.now + 2 * DAYS).date().isoformat()
    await dorte.fills({"day": on, "hour": "12.00"})
    grete = gallery.guest(GRETE, "approves it all")
    old = cards.about_plan(plan.id, 1)
    await grete.sends("alertshare.open", old)
    await grete.presses("alertshare.approve")
    await grete.sends("alertshare.approve", old)


async def _lists(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "distribution lists")
    await dorte.types("fordelingslister")
    await dorte.presses("alertshare.new_list")
    await dorte.presses("form.next", people="Ingen Kendt", name=LIST, tier="external")
    gallery.confided -= {"Ingen Kendt"}
    await dorte.fills({"people": ANNA.name, "outside": OUTSIDE, "committees": ""})
    await dorte.presses("alertshare.list_open")
    await dorte.presses("alertshare.list_change")
    await dorte.presses("form.next")
    await dorte.types("fordelingslister")
    await dorte.types("ny fordelingsliste")
    await dorte.fills(
        {
            "name": "Klubber",
            "tier": "orientation",
            "people": "",
            "outside": "",
            "committees": "KG5",
        }
    )
    await dorte.presses("alertshare.list_open")
    await dorte.presses("alertshare.list_retire")
    gallery.confided -= {"Klubber", LIST, OUTSIDE, ANNA.name}


async def _sent(gallery: Gallery, number: str) -> None:
    dorte = gallery.guest(DORTE, "sends a plan")
    await dorte.types(f"deling {number}")
    await dorte.presses("alertshare.send")
    await _sends(dorte, to="parties")
    await dorte.types(f"send plan {number}")
    await dorte.presses("form.next", to="Skoler")
    await dorte.presses("alertshare.text")
    await dorte.presses("alertshare.pdf_external")
    await dorte.types(f"send plan {number}")
    await dorte.presses("form.next", to="Team Sikker By")
    await dorte.presses("alertshare.text_no_names")
    await dorte.presses("alertshare.pdf_no_names")
    anna = gallery.guest(ANNA, "reads what is reduced")
    await anna.types(f"færdig plan {number}")
    await anna.presses("alertshare.pdf")
    async with gallery.database.transaction() as tx:
        [asked, *_] = await tx.exports.waiting([ExportKind.PLAN_EXTERNAL])
    await gallery.letter(NoticeKind.PLAN_PAPER_READY, asked.id, DORTE)


async def _handed_over(gallery: Gallery, number: str) -> None:
    dorte = gallery.guest(DORTE, "hands a plan over")
    await dorte.types(f"plan givet videre {number}")
    await dorte.presses("form.next")
    said = f"{gallery.now + timedelta(hours=1):%H.%M}"
    await dorte.fills(
        {"to": "other", "because": BECAUSE, "way": "mail", "hour": said, "other": OUTSIDE}
    )
    gallery.confided -= {said, OUTSIDE}
    lars = gallery.guest(LARS, "who has it")
    await lars.types(f"hvem har planen {number}")
    await lars.types("hjælp deling")


async def _briefed(gallery: Gallery, number: str) -> None:
    await gallery.guest(DORTE, "briefs nobody").types(f"bagland {number}")
    await gallery.letter(NoticeKind.BRIEFING_ASKED, ALERT, LARS)
    lars = gallery.guest(LARS, "briefs his staff")
    await lars.types(f"bagland {number}")
    await lars.presses("alertshare.remind")
    await lars.presses("alertshare.brief")
    await lars.presses("alertshare.briefed")
    await lars.types(f"alarm {number}")


async def _by_c3(gallery: Gallery, number: str) -> None:
    dorte = gallery.guest(DORTE, "sends by C3")
    await dorte.types(f"c3 {number}")
    await dorte.presses("alertshare.c3_sent")
    await dorte.presses("form.next", hour="25.00")
    said = f"{gallery.now + timedelta(hours=1):%H.%M}"
    await dorte.fills({"hour": said, "who": DORTE.id, "which": "short"})
    gallery.confided -= {said}
    await dorte.types(f"c3 {number}")
