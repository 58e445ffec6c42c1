"""Who may do what in a readiness meeting, and with the reports, log and roles of an alert.

It is for the whole city and to the Secretariat alone, so whoever reads it may do all of it.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from domain.alert_roles import AlertRole
from domain.alerts import Alert, Audience, Reply
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.people import Authority
from tests.integration.usecases.alarming import ORDER
from tests.support.acts import Staged, act
from tests.support.town import DORTE, HENRIETTE, STINE, Town
from usecases.activate_alert import activate_alert
from usecases.answer_alert import answer_alert
from usecases.call_readiness_meeting import call_readiness_meeting
from usecases.hand_over_role import offer_role

A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
OFFICE = ("secretariat", "steward", "head")
TO_THE_OFFICE = Audience(
    authorities=frozenset({Authority.SOF}),
    offices=OF_THE_SECRETARIAT,
    people=frozenset({STINE.id}),
)


async def _sent(town: Town) -> Alert:
    order = replace(ORDER, id=uuid4(), audience=TO_THE_OFFICE, another=True)
    async with town.remembers() as tx:
        alert = await activate_alert(tx, order, by=HENRIETTE, now=town.hour.now)
    await town.passes(A_MINUTE)
    return alert


async def an_alert(town: Town) -> Staged:
    """An alert to the Secretariat, which has left."""
    alert = await _sent(town)
    return Staged(
        carried={"alert": str(alert.id), "version": alert.version}, number=alert.reference
    )


async def a_meeting(town: Town) -> Staged:
    """A meeting about it, to which all of the Secretariat are asked."""
    alert = await _sent(town)
    async with town.remembers() as tx:
        meeting = await call_readiness_meeting(
            tx,
            id=uuid4(),
            alert=alert.id,
            begins_at=town.hour.now + AN_HOUR,
            place="Rådhuset",
            link="",
            people=[DORTE.id, STINE.id, HENRIETTE.id],
            by=HENRIETTE,
            makes_links=False,
            now=town.hour.now,
        )
    await town.settles()
    return Staged(
        carried={"readiness_meeting": str(meeting.id), "version": meeting.sequence},
        number=f"{alert.reference}/{meeting.number}",
    )


async def an_offer(town: Town) -> Staged:
    """Dorte is asked to coordinate it."""
    staged = await an_alert(town)
    async with town.remembers() as tx:
        now, alert = town.hour.now, UUID(str(staged.carried["alert"]))
        await answer_alert(tx, id=alert, by=DORTE, reply=Reply.JOINING, mail=False, now=now)
        await offer_role(
            tx, id=alert, role=AlertRole.COORDINATOR, to=DORTE.id, by=HENRIETTE, now=now
        )
    await town.settles()
    return replace(staged, carried={**staged.carried, "role": AlertRole.COORDINATOR.value})


ACTS = {
    **{
        verb: act(an_alert, *OFFICE)
        for verb in (
            *("alertmeet.show", "alertmeet.call", "alertmeet.decide", "sitrep.begin"),
            *("sitrep.show", "alertlog.show", "alertlog.note", "alertlog.amend"),
            "alertrole.offer",
        )
    },
    "alertlog.page": act(an_alert, *OFFICE, page="1"),
    **{
        f"alertmeet.{verb}": act(a_meeting, *OFFICE)
        for verb in (
            *("open", "coming", "substitute", "decline", "agenda", "calendar"),
            *("move", "cancel"),
        )
    },
    "alertrole.take": act(an_offer, "secretariat"),
    "alertrole.decline": act(an_offer, "secretariat"),
}
