"""An alert in Valby whose five leaders have it: to meet, to report and to write about."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from cards.shown import Shown
from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry
from domain.alerts import Level, Reply, Situation
from domain.notices import NoticeKind
from domain.people import Person
from domain.readiness_meetings import ReadinessMeeting
from scheduler.draw_notices import draw
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk, Work
from tests.support.town import DORTE, LARS, MONDAY_NOON, SOFIE
from usecases.answer_alert import answer_alert
from usecases.call_readiness_meeting import call_readiness_meeting

AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOON = MONDAY_NOON + A_MINUTE  # the letters have left
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting"
CPR = "Det er 010190-1234"
CALM = Situation(
    happened="Der har været slagsmål",
    where="Ved stationen",
    stands="Der er ro nu",
    done="Gadeplansmedarbejdere er på stedet",
    needs="En hal til i aften",
)


@dataclass(kw_only=True)
class Reporting:
    """What is done about the alert, one transaction at a time."""

    desk: Desk
    now: datetime = field(default=NOON)

    async def opens(self, *, level: Level = Level.FULL, drill: bool = False) -> None:
        alerts = AlertDesk(desk=self.desk)
        await alerts.opens()
        await alerts.activates(replace(ORDER, level=level, drill=drill))

    async def does(self, work: Work) -> None:
        await self.desk.does(work)

    async def refuses(self, work: Work) -> str:
        return await self.desk.refuses(work)

    async def joins(self, *people: Person) -> None:
        for each in people:
            async with self.desk.database.transaction() as tx:
                await answer_alert(
                    tx, id=ALERT, by=each, reply=Reply.JOINING, mail=False, now=self.now
                )

    async def calls(
        self,
        *people: Person,
        by: Person = DORTE,
        link: str = LINK,
        place: str = "",
        makes_links: bool = False,
        after: timedelta = AN_HOUR,
        id: UUID | None = None,
    ) -> ReadinessMeeting:
        async with self.desk.database.transaction() as tx:
            return await call_readiness_meeting(
                tx,
                id=id or uuid4(),
                alert=ALERT,
                begins_at=self.now + after,
                place=place,
                link=link,
                people=[each.id for each in people or (LARS, SOFIE)],
                by=by,
                makes_links=makes_links,
                now=self.now,
            )

    async def told(self, kind: NoticeKind) -> dict[str, Shown | None]:
        """Claim what is due of a kind, and draw it; by whom it is for."""
        async with self.desk.database.transaction() as tx:
            due = await tx.outbox.claim(now=self.now, lease=2 * A_MINUTE, at_most=200)
            mine = [each for each in due if each.notice.kind is kind]
            shown = await draw(tx, mine, checks={}, now=self.now)
            await tx.outbox.settle_all([(each, "activity", self.now) for each in mine])
            await tx.outbox.release_all([(each, self.now) for each in due if each not in mine])
        return {str(each.notice.person): card for each, card in zip(mine, shown, strict=True)}

    async def log(self) -> list[LogEntry]:
        async with self.desk.database.transaction() as tx:
            return await tx.alert_log.of(ALERT)

    async def plan(self) -> ActionPlan:
        async with self.desk.database.transaction() as tx:
            return (await tx.action_plans.of_alert(ALERT))[0]


async def an_alert(desk: Desk, *, drill: bool = False, level: Level = Level.FULL) -> Reporting:
    reporting = Reporting(desk=desk)
    await reporting.opens(drill=drill, level=level)
    return reporting


def read(shown: Shown | None) -> str:
    assert shown is not None
    return shown.words


async def meeting_in(tx: Transaction, id: UUID) -> ReadinessMeeting:
    found = await tx.readiness_meetings.find(id)
    assert found is not None
    return found
