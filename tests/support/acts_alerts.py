"""Who may do what with an alert in Valby that Lars sent to himself and the Secretariat."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from domain.alerts import Alert, Audience, Level
from domain.people import Authority, CommitteeType
from tests.integration.usecases.alarming import ALERT, HERE, ORDER
from tests.support.acts import Staged, act
from tests.support.town import DORTE, LARS, Town
from usecases.activate_alert import activate_alert
from usecases.keep_alert_lists import WrittenAlertList, keep_alert_list
from usecases.pause_alert import pause_alert

A_MINUTE = timedelta(minutes=1)
LEADS = ("leader", "leader of SSP+", "secretariat", "steward", "head")
KEEPS = ("secretariat", "head")
LARS_ONLY = replace(
    ORDER.audience,
    types=frozenset({CommitteeType.LEADER}),
    authorities=frozenset({Authority.BUF}),  # of another, its manager would be asked at once
)


async def sent(town: Town, *, level: Level = Level.COORDINATION, drill: bool = False) -> Alert:
    """Let Lars alert himself and the Secretariat; it has not left yet."""
    async with town.remembers() as tx:
        first = await tx.alerts.find(ALERT) is None
        order = replace(
            ORDER,
            id=ALERT if first else uuid4(),
            level=level,
            drill=drill,
            audience=LARS_ONLY,
            another=True,
        )
        return await activate_alert(tx, order, by=LARS, now=town.hour.now)


def with_an_alert(alert: Alert) -> Staged:
    """Carry an alert as its buttons do."""
    return Staged(
        carried={"alert": str(alert.id), "version": alert.version}, number=alert.reference
    )


async def waiting(town: Town) -> Staged:
    """A full effort that leaves in ten seconds."""
    return with_an_alert(await sent(town, level=Level.FULL))


async def left(town: Town) -> Staged:
    """An alert that has been delivered."""
    alert = await sent(town)
    await town.passes(A_MINUTE)
    return with_an_alert(alert)


async def paused(town: Town) -> Staged:
    """An alert that has been delivered, and does not escalate."""
    alert = await sent(town)
    await town.passes(A_MINUTE)
    async with town.remembers() as tx:
        held = await pause_alert(
            tx,
            id=alert.id,
            by=LARS,
            length=60 * A_MINUTE,
            because="Vi ringer",
            now=town.hour.now,
        )
    return with_an_alert(held)


async def a_list(town: Town) -> Staged:
    """A list that Dorte has made."""
    written = WrittenAlertList(
        id=UUID(int=11),
        seen=0,
        name="Ledere i Valby",
        audience=Audience(
            areas=HERE,
            authorities=frozenset(Authority),
            types=frozenset({CommitteeType.LEADER}),
        ),
        people="",
    )
    async with town.remembers() as tx:
        kept = await keep_alert_list(tx, written, by=DORTE, now=town.hour.now)
    return Staged(carried={"alert_list": str(kept.id), "version": kept.version})


ACTS = {
    "alert.open": act(left, *LEADS),
    "alert.more": act(left, *LEADS, page="1"),
    "alert.answers": act(left, *LEADS),
    "alert.undo": act(waiting, *LEADS),
    "alert.send_now": act(waiting, *LEADS),
    "alert.correct": act(left, *LEADS),
    "alert.call_off": act(left, *LEADS),
    "alert.pause": act(left, *LEADS),
    "alert.resume": act(paused, *LEADS),
    "alert.raise": act(left, *LEADS),
    "alert.lower": act(left, *LEADS),
    "alertlist.open": act(a_list, *KEEPS),
    "alertlist.change": act(a_list, *KEEPS),
    "alertlist.retire": act(a_list, *KEEPS),
}
