"""A town whose leader group in Valby has people of all five authorities, and an alert there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from domain.alert_audience import default_audience
from domain.alert_log import LogEntry
from domain.alerts import Alert, Level, Recipient, Situation
from domain.delivery import DeliveryState
from domain.notices import NoticeKind
from domain.people import (
    AreaCode,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Person,
    Seat,
)
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.support.town import (
    BENTE,
    CARL,
    KASPER,
    LARS,
    LINE,
    MONDAY_NOON,
    ORGANISATION,
    SOFIE,
    VIGGO,
)
from usecases.activate_alert import Order, activate_alert

ALERT = UUID("a1000000-0000-4000-8000-000000000001")
VALBY, VANLOESE = AreaCode("VAL"), AreaCode("VAN")
HERE, THERE, WHOLE_CITY = frozenset({VALBY}), frozenset({VANLOESE}), frozenset[AreaCode]()
SECONDS = timedelta(seconds=1)
LEFT = MONDAY_NOON + 10 * SECONDS
SITUATION = Situation(
    happened="Slagsmål mellem to grupper",
    where="Ved stationen",
    stands="Uroligt",
    done="Politiet er på stedet",
)
ORDER = Order(
    id=ALERT,
    level=Level.COORDINATION,
    drill=False,
    template="H1",
    title="Uro ved stationen",
    situation=SITUATION,
    audience=default_audience(HERE),
    anyway=True,
)
STEERING = Committee(
    code=CommitteeCode("SG"), type=CommitteeType.STEERING, name="SSP-styregruppen"
)
LEADS = CommitteeCode("LG3")
LEADERS = (LARS, SOFIE, CARL, KASPER, BENTE)
REGISTER = replace(
    ORGANISATION,
    committees=(*ORGANISATION.committees, STEERING),
    memberships=(
        *ORGANISATION.memberships,
        *(
            Membership(committee=LEADS, person=each.id, slot=f"LG.x{at}", seat=Seat.MEMBER)
            for at, each in enumerate(LEADERS[1:])
        ),
        Membership(committee=LEADS, person=LINE.id, slot="LG.3", seat=Seat.SUBSTITUTE),
        Membership(committee=STEERING.code, person=VIGGO.id, slot="SG.1", seat=Seat.CHAIR),
    ),
)


@dataclass(frozen=True, kw_only=True)
class AlertDesk:
    """A desk at which readiness is activated; it looks at what is left behind."""

    desk: Desk

    async def opens(self) -> None:
        async def work(tx: Transaction) -> None:
            await tx.organisation.replace(REGISTER)

        await self.desk.does(work)

    async def activates(
        self, order: Order = ORDER, *, by: Person = LARS, after: timedelta = timedelta()
    ) -> Alert:
        async with self.desk.database.transaction() as tx:
            return await activate_alert(tx, order, by=by, now=MONDAY_NOON + after)

    async def refuses(self, order: Order = ORDER, *, by: Person = LARS) -> str:
        """Give the code of the refusal, having seen that nothing is left of it."""

        async def work(tx: Transaction) -> None:
            await activate_alert(tx, order, by=by, now=MONDAY_NOON)

        return await self.desk.refuses(work)

    async def alert(self, id: UUID = ALERT) -> Alert:
        async with self.desk.database.transaction() as tx:
            found = await tx.alerts.find(id)
        assert found is not None
        return found

    async def recipients(self, id: UUID = ALERT) -> list[Recipient]:
        async with self.desk.database.transaction() as tx:
            return await tx.recipients.of(id)

    async def log(self, id: UUID = ALERT) -> Sequence[LogEntry]:
        async with self.desk.database.transaction() as tx:
            return await tx.alert_log.of(id)

    async def states(
        self, kind: NoticeKind = NoticeKind.ALERT, *, id: UUID = ALERT
    ) -> dict[str, DeliveryState]:
        """Say how it stands with everybody who is told of it in Teams."""
        async with self.desk.database.transaction() as tx:
            standings = await tx.standings.each(id, kind=kind, now=MONDAY_NOON)
        return {str(each.person): each.state for each in standings}

    async def leaves(self, *, to: Sequence[Person] | None = None, after: timedelta) -> set[str]:
        """Let what is due leave, and be delivered to these, or all; the rest is given back."""
        due = await self.desk.due(after=after)
        chosen = {each.id for each in to} if to is not None else None
        now = MONDAY_NOON + after
        async with self.desk.database.transaction() as tx:
            taken = [each for each in due if chosen is None or each.notice.person in chosen]
            await tx.outbox.settle_all([(each, "activity", now) for each in taken])
            await tx.outbox.release_all([(each, now) for each in due if each not in taken])
        return {str(each.notice.person) for each in taken}
