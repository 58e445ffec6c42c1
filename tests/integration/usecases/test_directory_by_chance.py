"""Weeks of administrators, troubles and stewards by chance: nothing is lost, nothing given."""

from datetime import datetime, timedelta
from random import Random

import pytest

from domain.directory import Difference, DifferenceKind
from domain.directory_changes import Decision
from domain.people import Membership, Person
from tests.integration.usecases.desk import Desk
from tests.support.entra_town import GROUPS, EntraTown, an_entra
from tests.support.town import EVERYBODY, MONDAY_NOON, PLUS_GROUP, STINE, VALBY_GROUP
from usecases.decide_directory import decide, to_decide

ROUNDS = 12
FOLLOWED = (VALBY_GROUP, PLUS_GROUP)
OTHERS = [each for each in EVERYBODY if each != STINE]


class Weeks:
    """What an administrator and a data steward do, by chance, and what Entra then is."""

    def __init__(self, entra: EntraTown, chance: Random) -> None:
        self.entra = entra
        self.chance = chance
        self.ever_out: set[str] = set()

    def administers(self) -> None:
        """Change a few things in the tenant; a whole group is emptied now and then."""
        for _ in range(self.chance.randint(0, 4)):
            person, committee = self.chance.choice(OTHERS), self.chance.choice(FOLLOWED)
            inside = person.aad_id in self.members(GROUPS[committee.code])
            match self.chance.choice(["move", "move", "close", "open", "rename", "empty"]):
                case "move" if inside:
                    self._leaves(person, GROUPS[committee.code])
                case "move":
                    self.entra.comes(committee, person)
                case "close":
                    self.entra.graph.directory.change_person(person.aad_id, enabled=False)
                    self.ever_out.add(person.id)
                case "open":
                    self.entra.graph.directory.change_person(person.aad_id, enabled=True)
                case "rename":
                    name = f"{person.name} {self.chance.randint(1, 3)}"
                    self.entra.graph.directory.change_person(person.aad_id, name=name)
                case _ if self.chance.random() < 0.2:
                    for each in EVERYBODY:
                        if each.aad_id in self.members(GROUPS[committee.code]):
                            self._leaves(each, GROUPS[committee.code])

    def _leaves(self, person: Person, group: str) -> None:
        self.entra.graph.directory.leave(group, person.aad_id)
        self.ever_out.add(person.id)

    def members(self, group: str) -> set[str]:
        return set(self.entra.graph.directory.groups[group].members)

    async def troubles(self) -> None:
        """Let Graph be itself: small pages, old tokens, refusals in the middle of a reading."""
        graph = self.entra.graph
        graph.entra.page_size = self.chance.randint(1, 6)
        if self.chance.random() < 0.3:
            graph.directory.groups_feed.expire()
        if self.chance.random() < 0.4:
            status = self.chance.choice([403, 429, 500, 503])
            graph.faults.add(status=status, after=self.chance.randint(0, 12), times=30)
            await self.entra.reads()
            graph.faults.clear()

    async def decides(self) -> None:
        """Agree to some of what waits, and set some of it aside."""
        async with self.entra.database.transaction() as tx:
            for agree in (True, False):
                waiting = await to_decide(tx, by=STINE, agree=agree)
                some = [each.difference.id for each in waiting if self.chance.random() < 0.2]
                await decide(tx, some, agree=agree, by=STINE, now=self.entra.hour())

    async def seats(self) -> set[Membership]:
        async with self.entra.database.transaction() as tx:
            return set(await tx.organisation.all_memberships())


@pytest.mark.parametrize("seed", range(10))
async def test_the_register_follows_and_gives_nothing(desk: Desk, seed: int) -> None:
    now = [MONDAY_NOON]

    def hour() -> datetime:
        return now[0]

    async with an_entra(desk.database, hour=hour) as entra:
        weeks = Weeks(entra, Random(seed))  # noqa: S311
        await entra.links(*FOLLOWED)
        await entra.reads()
        before = await weeks.seats()
        for _ in range(ROUNDS):
            now[0] += timedelta(days=1)
            weeks.administers()
            await weeks.troubles()
            await weeks.decides()
            now[0] += timedelta(hours=3)
            await entra.reads()
            after = await weeks.seats()

            assert after <= before  # APP-2: nobody gets a seat by a group
            before = after
            await _remembers_who_is_in_the_groups(weeks)
            await _tells_only_what_is_so(weeks)
            await _leaves_nobody_in_unseen(weeks)


async def _remembers_who_is_in_the_groups(weeks: Weeks) -> None:
    """Whatever was refused, expired or split over pages, what is remembered is what there is."""
    async with weeks.entra.database.transaction() as tx:
        sights = await tx.directory_mirror.sights(await tx.directory.links())

    assert {each.group: set(each.members) for each in sights} == {
        group: weeks.members(group) for group in GROUPS.values()
    }


async def _tells_only_what_is_so(weeks: Weeks) -> None:
    people = weeks.entra.graph.directory.people
    for each in await weeks.entra.found():
        if each.kind is DifferenceKind.DISABLED:
            assert not people[each.aad_id].enabled
        if each.kind in {DifferenceKind.LEFT_GROUP, DifferenceKind.LEFT_GROUPS}:
            groups = [GROUPS[code] for code in each.committees]
            assert all(each.aad_id not in weeks.members(group) for group in groups)


async def _leaves_nobody_in_unseen(weeks: Weeks) -> None:
    """Who cannot sign in is out, or a data steward knows; who is out, Entra had out at a time."""
    known: set[Difference] = set()
    for decision in (Decision.WAITING, Decision.SET_ASIDE):
        known |= set(await weeks.entra.found(decision))
    told = {each.person for each in known if each.kind is DifferenceKind.DISABLED}
    people = weeks.entra.graph.directory.people
    for person in EVERYBODY:
        active = (await weeks.entra.person(person)).active

        assert not active or people[person.aad_id].enabled or person.id in told
        assert active or person.id in weeks.ever_out
