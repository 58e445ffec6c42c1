"""A plan of the calendar that the Secretariat has let run, and what is done until its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from cards.plan_states import stands
from cards.shown import Shown
from domain.action_plans import ActionPlan
from domain.alert_log import Resolution
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from scheduler.draw_plan_ends import KINDS, draw_plan_ends
from scheduler.tend_periods import tend_periods
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import A_MINUTE, BECAUSE
from tests.integration.usecases.test_plans_known_in_advance import A_WEEK, GROWN
from tests.support.town import DENNIS, DORTE, MONDAY_NOON, VIGGO
from usecases.end_plan import answer_plan_extension, close_plan, extend_plan
from usecases.extend_period import Extension

DAY, HOUR, A_SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
ENDS = GROWN.starts_at + A_WEEK
OFFICE = sorted([DENNIS.id, DORTE.id])


@dataclass(kw_only=True)
class Grown:
    """A plan of the calendar that the Secretariat has let run, and what time it is."""

    desk: Desk
    now: datetime = MONDAY_NOON

    async def plan(self) -> ActionPlan:
        async with self.desk.database.transaction() as tx:
            found = await tx.action_plans.find(GROWN.id)
        assert found is not None
        return found

    async def stands(self) -> str:
        return stands(await self.plan(), now=self.now)

    async def ticks(self, at: datetime) -> int:
        self.now = at
        return await tend_periods(self.desk.database, now=at)

    async def told(self, at: datetime) -> Mapping[NoticeKind, list[PersonId]]:
        """Say who has something about its end to hear by then, as it is drawn then."""
        await self.ticks(at)
        drawn = await self.drawn()
        return {
            kind: sorted(person for each, person, _ in drawn if each is kind) for kind in KINDS
        }

    async def drawn(self) -> list[tuple[NoticeKind, PersonId, Shown]]:
        due = await self.desk.due(after=self.now - MONDAY_NOON)
        ours = [each for each in due if each.notice.kind in KINDS]
        async with self.desk.database.transaction() as tx:
            shown = await draw_plan_ends(tx, ours, now=self.now)
            await tx.outbox.settle_all([(each, "activity", self.now) for each in due])
        return [
            (each.notice.kind, each.notice.person, card)
            for each, card in zip(ours, shown, strict=True)
            if card is not None and each.notice.person is not None
        ]

    async def extends(
        self, until: datetime, *, by: Person = DORTE, because: str = BECAUSE
    ) -> Resolution:
        self.now += A_MINUTE
        async with self.desk.database.transaction() as tx:
            wanted = Extension(id=uuid4(), until=until, because=because)
            return await extend_plan(tx, id=GROWN.id, wanted=wanted, by=by, now=self.now)

    async def answers(self, *, agrees: bool, because: str = "", by: Person = VIGGO) -> ActionPlan:
        self.now += A_MINUTE
        async with self.desk.database.transaction() as tx:
            return await answer_plan_extension(
                tx,
                id=GROWN.id,
                decision=uuid4(),
                agrees=agrees,
                because=because,
                by=by,
                now=self.now,
            )

    async def closes(self, *, by: Person = DORTE, because: str = BECAUSE) -> ActionPlan:
        async with self.desk.database.transaction() as tx:
            return await close_plan(
                tx, id=GROWN.id, decision=uuid4(), because=because, by=by, now=self.now
            )
