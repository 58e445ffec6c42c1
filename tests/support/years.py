"""Years of case work: the house, its clock, its register, and young people to be worried for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from domain.cases import Case
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Judged, Sensitive
from domain.people import Person
from domain.periods import moment
from scheduler.follow_ages import follow_ages
from storage.database import Database, Transaction
from storage.rows import metadata
from tests.support.town import MONDAY_NOON
from tests.support.townspeople import ORGANISATION

Made = TypeVar("Made")
Work = Callable[[Transaction], Awaitable[Made]]
NIGHT = time(0, 5)
LATELY = 3


@dataclass(frozen=True, kw_only=True)
class Youth:
    """Somebody concerns are about; the words are looked for where they must not be."""

    name: str
    born: date
    cpr: str

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, self.cpr, f"{self.name} er set ved stationen")


YOUTHS = (
    Youth(name="Storm Klitfjord", born=date(2011, 5, 4), cpr="0405115000"),
    Youth(name="Vibe Tusindfryd", born=date(2008, 8, 31), cpr="3108085000"),
    Youth(name="Sirius Bølgeskum", born=date(2008, 3, 30), cpr="3003085000"),
)

NOTED = ("audit", "turns", "outbox", "job_runs", "relations", "counters")


def judged(*, sensitive: bool = False) -> Judged:
    return Judged(
        part_of_ssp=True,
        reasonable=True,
        necessary=True,
        reason="Gruppen kan ikke hjælpe uden.",
        sensitive=frozenset({Sensitive.HEALTH}) if sensitive else frozenset(),
        heightened_reason="Uden det kan ingen finde det rette tilbud." if sensitive else "",
    )


@dataclass(kw_only=True)
class Years:
    """The house, its clock, and what a story remembers of it by itself.

    `near` is who said they are near to which concern or case; `uncovered` and `gone` who is
    not covered, or has left; `seatless` who has lost every seat; `sent` what was done lately.
    """

    database: Database
    now: datetime = MONDAY_NOON
    near: set[tuple[str, UUID]] = field(default_factory=set)
    uncovered: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    seatless: set[str] = field(default_factory=set)
    sent: list[Work[object]] = field(default_factory=list)

    # how it is done

    async def does(self, work: Work[Made]) -> Made | None:
        """Do something a minute later, as a turn does it; None when the rules say no."""
        self.now += timedelta(minutes=1)
        try:
            async with self.database.transaction() as tx:
                return await work(tx)
        except RuleBroken:
            return None

    async def sends(self, work: Work[Made]) -> Made | None:
        """Do something that changes what is so, and remember it, to be sent again."""
        made = await self.does(work)
        if made is not None:
            self.sent = [*self.sent[-LATELY:], work]
        return made

    async def repeats(self, work: Work[object]) -> str:
        """Do again what was done; give the rule that says no, or nothing when none does."""
        try:
            async with self.database.transaction() as tx:
                await work(tx)
        except RuleBroken as reason:
            return reason.code
        return ""

    async def who(self, person: Person) -> Person:
        """Give somebody as the register has them now."""
        async with self.database.transaction() as tx:
            return await tx.people.get(person.id)

    async def register(self) -> None:
        """Load the register as the story has changed it."""
        organisation = replace(
            ORGANISATION,
            people=[
                replace(
                    each,
                    s115_covered=each.s115_covered and each.id not in self.uncovered,
                    active=each.id not in self.gone,
                )
                for each in ORGANISATION.people
            ],
            memberships=[
                each
                for each in ORGANISATION.memberships
                if each.person not in self.seatless | self.gone
            ],
        )
        async with self.database.transaction() as tx:
            await tx.organisation.replace(organisation)

    async def passes(self, days: int) -> None:
        """Let days go by; each night ages are followed."""
        for _ in range(days):
            self.now += timedelta(days=1)
        night = moment(local_date(self.now), NIGHT)
        await follow_ages(self.database, now=max(night, self.now))

    async def anew(self, case: Case) -> Case:
        async with self.database.transaction() as tx:
            return (await tx.cases.of_ids([case.id]))[case.id]

    async def everything(self) -> dict[str, list[str]]:
        """Give every row there is, but for those that note that somebody asked."""
        async with self.database.transaction() as tx:
            return {
                table.name: sorted(map(str, (await tx.connection.execute(select(table))).all()))
                for table in metadata.sorted_tables
                if not table.name.startswith(NOTED)
            }
