"""What notices say at the hour they are sent: each kind is drawn where it belongs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby

from cards.delivery import repeated
from cards.mails import mailed
from cards.shown import Shown
from cards.words import Say, speak
from domain.delivery import Delivery
from domain.notices import Medium, NoticeKind
from domain.people import Language
from domain.troubles import TroubleCode
from scheduler.audit import Check
from scheduler.draw_access import KINDS as ACCESS_KINDS
from scheduler.draw_access import draw_access
from scheduler.draw_agendas import KINDS as AGENDA_KINDS
from scheduler.draw_agendas import draw_agendas
from scheduler.draw_ahead import KINDS as AHEAD_KINDS
from scheduler.draw_ahead import draw_ahead
from scheduler.draw_alert_ends import KINDS as END_KINDS
from scheduler.draw_alert_ends import LEARNING_KINDS, draw_alert_ends, draw_learnings
from scheduler.draw_alert_papers import KINDS as ALERT_PAPER_KINDS
from scheduler.draw_alert_papers import draw_alert_papers
from scheduler.draw_alerts import KINDS as ALERT_KINDS
from scheduler.draw_alerts import draw_alerts, draw_call_lists
from scheduler.draw_calendars import with_calendar
from scheduler.draw_cases import KINDS as CASE_KINDS
from scheduler.draw_cases import draw_cases
from scheduler.draw_concerns import draw_concerns
from scheduler.draw_delivery import (
    draw_reachability,
    draw_trials,
    draw_unreached,
    receivers,
)
from scheduler.draw_efforts import KINDS as EFFORT_KINDS
from scheduler.draw_efforts import draw_efforts
from scheduler.draw_everyday import draw_digests, draw_leads_away
from scheduler.draw_groups import KINDS as GROUP_KINDS
from scheduler.draw_groups import draw_groups
from scheduler.draw_intake import KINDS as INTAKE_KINDS
from scheduler.draw_intake import draw_intake
from scheduler.draw_legal import KINDS as LEGAL_KINDS
from scheduler.draw_legal import draw_legal
from scheduler.draw_life_cycle import KINDS as LIFE_KINDS
from scheduler.draw_life_cycle import draw_life_cycle
from scheduler.draw_measures import KINDS as MEASURE_KINDS
from scheduler.draw_measures import draw_measures
from scheduler.draw_meet import KINDS as MEET_KINDS
from scheduler.draw_meet import draw_meet
from scheduler.draw_outlook import KINDS as OUTLOOK_KINDS
from scheduler.draw_outlook import draw_outlook
from scheduler.draw_plan_ends import KINDS as PLAN_END_KINDS
from scheduler.draw_plan_ends import draw_plan_ends
from scheduler.draw_plan_sharing import KINDS as SHARING_KINDS
from scheduler.draw_plan_sharing import draw_plan_sharing
from scheduler.draw_plus import KINDS as PLUS_KINDS
from scheduler.draw_plus import draw_plus
from scheduler.draw_register import KINDS as REGISTER_KINDS
from scheduler.draw_register import draw_register
from scheduler.draw_situations import KINDS as SITUATION_KINDS
from scheduler.draw_situations import draw_situations
from scheduler.draw_suspended import draw_suspended
from scheduler.draw_trouble import draw_trouble
from scheduler.draw_yearplan import KINDS as YEAR_KINDS
from scheduler.draw_yearplan import draw_yearplan
from storage.database import Transaction

Drawer = Callable[[Transaction, Sequence[Delivery]], Awaitable[Sequence[Shown | None]]]
Checks = Mapping[TroubleCode, Check]


async def draw(
    tx: Transaction,
    deliveries: Sequence[Delivery],
    *,
    checks: Checks,
    invites_by: str = "",
    now: datetime,
) -> list[Shown | None]:
    """Draw a batch as things stand now, in its order; None for what is no longer needed.

    Letters that are the same are one value. What may have arrived before says so.

    :param invites_by: the mailbox that invites to meetings by e-mail; empty where none does.
    """
    drawers: Mapping[NoticeKind, Drawer] = {
        NoticeKind.TRIAL: draw_trials,
        **dict.fromkeys(ALERT_KINDS, partial(draw_alerts, now=now)),
        NoticeKind.ALERT_CALL_LIST: draw_call_lists,
        NoticeKind.DRILL_SUSPENDED: draw_suspended,
        NoticeKind.UNREACHED_TOLD: draw_unreached,
        NoticeKind.REACHABILITY: partial(draw_reachability, now=now),
        **dict.fromkeys(LEGAL_KINDS, partial(draw_legal, now=now)),
        **dict.fromkeys(CASE_KINDS, draw_cases),
        **dict.fromkeys(PLUS_KINDS, draw_plus),
        **dict.fromkeys(SHARING_KINDS, draw_plan_sharing),
        **dict.fromkeys(LIFE_KINDS, draw_life_cycle),
        **dict.fromkeys(INTAKE_KINDS, draw_intake),
        **dict.fromkeys(GROUP_KINDS, draw_groups),
        **dict.fromkeys(ACCESS_KINDS, draw_access),
        **dict.fromkeys(AGENDA_KINDS, draw_agendas),
        **dict.fromkeys(ALERT_PAPER_KINDS, draw_alert_papers),
        **dict.fromkeys(EFFORT_KINDS, draw_efforts),
        **dict.fromkeys(MEASURE_KINDS, partial(draw_measures, now=now)),
        **dict.fromkeys(MEET_KINDS, partial(draw_meet, now=now)),
        **dict.fromkeys(OUTLOOK_KINDS, partial(draw_outlook, now=now)),
        **dict.fromkeys(REGISTER_KINDS, partial(draw_register, now=now)),
        **dict.fromkeys(YEAR_KINDS, draw_yearplan),
        **dict.fromkeys(SITUATION_KINDS, partial(draw_situations, now=now)),
        **dict.fromkeys(AHEAD_KINDS, partial(draw_ahead, now=now)),
        **dict.fromkeys(END_KINDS, partial(draw_alert_ends, now=now)),
        **dict.fromkeys(LEARNING_KINDS, draw_learnings),
        **dict.fromkeys(PLAN_END_KINDS, partial(draw_plan_ends, now=now)),
        NoticeKind.DIGEST: partial(draw_digests, now=now),
        NoticeKind.LEAD_AWAY: draw_leads_away,
        NoticeKind.DELIVERY_TROUBLE: partial(_draw_troubles, checks=checks, now=now),
    }
    drawn: dict[int, Shown | None] = {}
    by_kind = sorted(deliveries, key=lambda each: each.notice.kind)
    for kind, of_kind in groupby(by_kind, key=lambda each: each.notice.kind):
        batch = list(of_kind)
        shown = await drawers.get(kind, draw_concerns)(tx, batch)
        for each, letter in zip(batch, shown, strict=True):
            drawn[each.id] = await with_calendar(
                tx, letter, each.notice, invites_by=invites_by, now=now
            )
    marked: dict[int, Shown] = {}
    told = [_marked(drawn[each.id], each, marked) for each in deliveries]
    mails: dict[tuple[int, NoticeKind], Shown] = {}
    return [_mailed(shown, each, mails) for shown, each in zip(told, deliveries, strict=True)]


def _marked(shown: Shown | None, delivery: Delivery, marked: dict[int, Shown]) -> Shown | None:
    """Mark what may have come before, in its own language; the same letter once."""
    if shown is None or not delivery.repeated:
        return shown
    if id(shown) not in marked:
        marked[id(shown)] = repeated(shown, _voice(shown))
    return marked[id(shown)]


def _mailed(
    shown: Shown | None, delivery: Delivery, mails: dict[tuple[int, NoticeKind], Shown]
) -> Shown | None:
    """Write as an e-mail what goes as one; the same letter once."""
    notice = delivery.notice
    if shown is None or notice.medium is not Medium.EMAIL:
        return shown
    same = id(shown), notice.kind
    if same not in mails:
        mails[same] = mailed(shown, notice.kind, say=_voice(shown))
    return mails[same]


def _voice(shown: Shown) -> Say:
    """Speak the language that a letter is written in."""
    return speak(Language(str((shown.card or {}).get("lang", Language.DA))))


async def _draw_troubles(
    tx: Transaction, deliveries: Sequence[Delivery], *, checks: Checks, now: datetime
) -> list[Shown | None]:
    people = await receivers(tx, deliveries)
    return [
        None
        if person is None
        else await draw_trouble(
            tx, each.notice, checks=checks, now=now, say=speak(person.language)
        )
        for each, person in zip(deliveries, people, strict=True)
    ]
