"""Who may answer an alert, and note what others said: Lars is alerted, Dorte leads it."""

from dataclasses import replace

from domain.alerts import Audience
from domain.people import Authority, CommitteeType
from tests.integration.usecases.alarming import HERE, LEFT, ORDER
from tests.support.acts import Staged, act
from tests.support.town import DORTE, LARS, Town
from usecases.activate_alert import activate_alert

ACTS_ON_IT = ("leader", "leader of SSP+", "secretariat", "steward", "head")
TO_LARS = Audience(
    areas=HERE,
    authorities=frozenset({Authority.BUF}),
    types=frozenset({CommitteeType.LEADER}),
)


async def an_alert(town: Town) -> Staged:
    """Alert Lars, and nobody else."""
    async with town.remembers() as tx:
        alert = await activate_alert(
            tx, replace(ORDER, audience=TO_LARS), by=DORTE, now=town.hour.now
        )
    await town.passes(LEFT - alert.activated_at)
    return Staged(
        carried={"alert": str(alert.id), "version": alert.version}, number=alert.reference
    )


async def an_alert_that_asks(town: Town) -> Staged:
    staged = await an_alert(town)
    return replace(staged, carried={**staged.carried, "reply": "joining"})


ACTS = {
    "alert.reply": act(an_alert_that_asks, "leader"),
    "alert.join": act(an_alert, "leader"),
    "alert.mine": act(an_alert, "leader"),
    "alert.answer": act(an_alert, "leader", rest=" deltager"),
    "alert.silent": act(an_alert, *ACTS_ON_IT),
    "alert.confirm": act(an_alert, *ACTS_ON_IT, person=LARS.id, reply="joining", via="phone"),
    "alert.confirm_named": act(an_alert, *ACTS_ON_IT, rest=f" {LARS.name} deltager"),
}
