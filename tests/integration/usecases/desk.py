"""Use cases done one transaction at a time, as a turn does them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from domain.concerns import Concern, Parts
from domain.data_classes import DataClass
from domain.delivery import Delivery
from domain.drafts import Draft
from domain.errors import RuleBroken
from domain.gates import Judged
from domain.notices import NoticeKind
from domain.people import AreaCode, Person
from storage.database import Database, Transaction
from storage.rows import metadata
from tests.support.town import ANNA, HELLE, MONDAY_NOON
from usecases.handle_concern import open_concern
from usecases.submit_concern import Reported, submit_concern
from usecases.submit_enquiry import submit_enquiry

CONFIDED = "Han er set ved stationen hver aften i en uge"
REPORTED = Reported(
    born=date(2011, 5, 4),
    name_known=True,
    area=AreaCode("VAL"),
    elsewhere=False,
    level=1,
    criteria=frozenset({"L1.a"}),
)
JUDGED = Judged(
    part_of_ssp=True,
    reasonable=True,
    necessary=True,
    reason="Skolen kan ikke løse det alene",
    sensitive=frozenset(),
)
PARTS: Parts = {
    DataClass.IDENTITY: {"name": "Max Myrekær"},
    DataClass.TEXT: {"observed": CONFIDED},
    DataClass.SENSITIVE: {"sensitive": ["none"]},
    DataClass.REPORTER: {"shield": "no"},
}

Work = Callable[[Transaction], Awaitable[object]]


def a_draft(owner: Person = ANNA, *, now: datetime = MONDAY_NOON) -> Draft:
    return Draft(
        id=uuid4(),
        owner=owner.id,
        flow="concern",
        step="safety",
        revision=1,
        began_at=now,
        body={"answers": {"observed": CONFIDED}},
    )


@dataclass(frozen=True, kw_only=True)
class Desk:
    database: Database

    async def submits(
        self,
        reporter: Person = ANNA,
        *,
        id: UUID | None = None,
        reported: Reported = REPORTED,
        judged: Judged = JUDGED,
        now: datetime = MONDAY_NOON,
    ) -> Concern:
        async with self.database.transaction() as tx:
            return await submit_concern(
                tx,
                id=id or uuid4(),
                reporter=reporter,
                reported=reported,
                judged=judged,
                parts=PARTS,
                now=now,
            )

    async def enquires(self, sender: Person = HELLE) -> Concern:
        async with self.database.transaction() as tx:
            parts = {DataClass.TEXT: {"matter": CONFIDED}}
            return await submit_enquiry(
                tx, id=uuid4(), sender=sender, parts=parts, now=MONDAY_NOON
            )

    async def opens(self, concern: Concern, by: Person) -> Concern:
        """Let somebody without a near relation read a concern; give it as it then is."""
        async with self.database.transaction() as tx:
            opened = await open_concern(
                tx, id=concern.id, by=by, no_relation=True, now=MONDAY_NOON
            )
            assert opened is not None
            return opened.concern

    async def finds(self, concern: Concern) -> Concern:
        async with self.database.transaction() as tx:
            found = await tx.concerns.find(concern.id)
            assert found is not None
            return found

    async def due(self, *, after: timedelta = timedelta(0)) -> list[Delivery]:
        """Claim everything that is due by then."""
        async with self.database.transaction() as tx:
            return await tx.outbox.claim(
                now=MONDAY_NOON + after, lease=timedelta(minutes=2), at_most=100
            )

    async def told(self, *, after: timedelta = timedelta(0)) -> set[tuple[NoticeKind, str]]:
        """Claim what is due by then, and say who is to hear what."""
        return {
            (each.notice.kind, str(each.notice.person or each.notice.channel))
            for each in await self.due(after=after)
        }

    async def does(self, work: Work) -> None:
        async with self.database.transaction() as tx:
            await work(tx)

    async def refuses(self, work: Work) -> str:
        """Do what a rule refuses; give its code, having seen that nothing of it is left."""
        before = await self._everything()
        try:
            await self.does(work)
        except RuleBroken as refusal:
            assert await self._everything() == before
            return refusal.code
        raise AssertionError("nothing refused it")

    async def _everything(self) -> dict[str, list[object]]:
        async with self.database.transaction() as tx:
            return {
                table.fullname: sorted(await tx.connection.execute(table.select()), key=repr)
                for table in metadata.sorted_tables
            }
