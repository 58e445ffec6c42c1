"""The cards about sharing a plan with as much on them as there can be."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import alert_briefing, plan_reading
from cards import plan_sharing as cards
from cards.plan_views import plan_view
from domain.action_plans import ActionPlan, PlanTrack, Verdict
from domain.alert_sharings import ShareWay
from domain.areas import AREAS
from domain.briefings import Briefed
from domain.exports import Export, ExportKind
from domain.people import AreaCode, Authority, PersonId
from domain.plan_templates import PlanTier
from domain.plan_track import ask_approval, finish
from tests.cards.guests import Gallery
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.action_plans import plan as a_plan
from tests.support.alerts_written import an_alert
from tests.support.town import DORTE, GRETE

LONG = (NASTY * 60)[:600]
DAYS = timedelta(days=1)


def _full(plan: ActionPlan) -> ActionPlan:
    filled = [
        replace(each, target_group=LONG, place=LONG, note=LONG, assists=LONG)
        for each in plan.measures
    ]
    return replace(
        plan,
        title=NASTY[:60],
        areas=frozenset(AreaCode(each.code) for each in AREAS),
        externals=(NASTY[:80],) * 3,
        measures=(*filled, *filled),
    )


def sharing_extremes(gallery: Gallery) -> None:
    """Show as much of a plan's sharing as there can be."""
    say, now = gallery.say, gallery.now
    full = finish(_full(a_plan("H6", starts_at=now, drill=True)), by=DORTE.id, now=now)
    asked = ask_approval(full, deadline=now + DAYS, now=now)
    said = Verdict(
        version=full.versions[0], track=PlanTrack.REMARKED, by=GRETE.id, at=now, remark=LONG
    )
    plan = replace(asked, verdict=said, title=f"{NASTY[:59]}!")
    names = {each.owner: NASTY for each in plan.measures if each.owner}
    for tier in PlanTier:
        view = plan_view(plan, tier=tier, reference="R2026-0001", names=names, now=now, say=say)
        gallery.hang(
            f"version at its fullest, {tier}",
            plan_reading.version(
                view,
                plan,
                plan.versions[0],
                reference="R2026-0001",
                older=1,
                remarks=tier is PlanTier.ORIENTATION,
                ways=plan_reading.READING,
                say=say,
            ),
        )
    gallery.hang(
        "sharing at its fullest",
        cards.page(plan, reference="R2026-0001", verdict_by=NASTY, ways=cards.WAYS[1:], say=say),
    )
    sent = cards.Sent(
        number=12,
        tier=PlanTier.ORIENTATION,
        to=", ".join([NASTY] * 30),
        way=ShareWay.BY_HAND,
        by=NASTY,
        at=now,
    )
    gallery.hang("sent at its fullest", cards.shared(plan, [sent] * 40, reference="R1", say=say))
    for text in ("\n".join([NASTY] * 100), "\n".join([NASTY] * 1_000)):
        shown = cards.text(plan, text, tier=PlanTier.ORIENTATION, say=say)
        gallery.hang(f"text of {len(text)}", shown)
    refused = Export(
        id=UUID(int=5),
        kind=ExportKind.PLAN_FULL,
        about=plan.id,
        reason=UUID(int=5),
        by=DORTE.id,
        at=now,
        why_not="not_permitted",
    )
    gallery.hang(
        "no paper of a plan", cards.paper_ready(plan, refused, reference="R2026-0001", say=say)
    )
    _fullest_words(gallery)


def _fullest_words(gallery: Gallery) -> None:
    """Show the text for own staff and for C3 of an alert that says all it can."""
    say, now = gallery.say, gallery.now
    alert = an_alert()
    told = replace(alert.situation, happened=LONG, stands=LONG, done=LONG)
    alert = replace(alert, situation=told, title=NASTY[:60])
    leaders = [
        Briefed(leader=PersonId(f"leader-{at}"), authority=Authority.BUF, at=now if at else None)
        for at in range(40)
    ]
    text = alert_briefing.staff_text(
        alert,
        _full(a_plan("H6", starts_at=now)),
        authority=Authority.BUF,
        contact=NASTY,
        say=say,
    )
    card = alert_briefing.BriefingCard(
        alert=alert,
        all=leaders,
        names={each.leader: NASTY for each in leaders},
        text=text,
        may_tick=True,
        may_remind=True,
    )
    gallery.hang("briefing at its fullest", alert_briefing.briefing(card, say=say))
    gallery.hang(
        "briefing of nobody",
        alert_briefing.briefing(replace(card, all=(), text=()), say=say),
    )
    sent = [alert_briefing.SentByC3(by=NASTY, at=now)] * 100
    gallery.hang("C3 at its fullest", alert_briefing.c3(alert, sent, say=say))
