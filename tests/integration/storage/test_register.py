"""The register: who there is, and who sits where."""

from collections.abc import Collection
from dataclasses import fields, replace

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from domain.people import AreaCode, Authority, Language, Office, Person, PersonId
from storage.database import Database
from tests.integration.storage.examples import (
    ANNA,
    BO,
    GROUP,
    KG5,
    LOCAL,
    REGISTER,
    VALBY,
)

MAY = {"s115_covered", "active", "offices"}
KNOWN = {"name", "authority", "function", "email", "phone"}
OURS = {"id", "aad_id", "language"}  # which have ways of their own, or never change


def _somebody_else(person: Person) -> Person:
    """Give an entry under the same id with every other field different."""
    return Person(
        id=person.id,
        aad_id="aad-other",
        name="Åse Übel",
        authority=Authority.KP,
        function="forebygger",
        email="aase@example.org",
        phone="87 65 43 21",
        s115_covered=not person.s115_covered,
        active=not person.active,
        language=Language.EN,
        offices=frozenset({Office.DPO, Office.SYS}),
    )


def _with(person: Person, other: Person, names: Collection[str]) -> Person:
    return replace(person, **{name: getattr(other, name) for name in names})


class TestPeople:
    async def test_are_known_by_id_and_by_their_name_in_teams(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)

            assert await tx.people.get(BO.id) == BO
            assert await tx.people.of_aad(ANNA.aad_id) == ANNA
            assert await tx.people.of_aad("somebody else") is None
            assert await tx.people.of_office(Office.SEK) == [BO]
            assert await tx.people.of_office(Office.DPO) == []
            assert await tx.people.count() == 2
            with pytest.raises(NoResultFound):
                await tx.people.get(PersonId("nobody"))

    @pytest.mark.parametrize(
        "typed", ["Bo Ørsted Hansen", "bo  ØRSTED hansen ", "hansen", "han bo", "ørst"]
    )
    async def test_are_found_by_what_people_type(self, database: Database, typed: str) -> None:
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)

            assert await tx.people.named(typed) == [BO]

    @pytest.mark.parametrize(
        "typed", ["", "  ", "%", "_", "\0", "\ud800", "bo anna", "Ørsted Bo Jensen"]
    )
    async def test_are_not_found_by_less(self, database: Database, typed: str) -> None:
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)

            assert await tx.people.named(typed) == []

    async def test_are_kept_as_they_are_said_to_be_in_two_halves(self, database: Database) -> None:
        """What somebody may, and what is known of them: neither write touches the other's half."""
        other = _somebody_else(ANNA)
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)

        async with database.transaction() as tx:
            await tx.people.save(other)
        async with database.transaction() as tx:
            halfway = await tx.people.get(ANNA.id)
            await tx.people.describe(other)
        async with database.transaction() as tx:
            whole = await tx.people.get(ANNA.id)
            untouched = await tx.people.get(BO.id)

        assert halfway == _with(ANNA, other, MAY)
        assert whole == _with(ANNA, other, MAY | KNOWN)
        assert {each.name for each in fields(Person)} - MAY - KNOWN == OURS
        assert untouched == BO

    async def test_are_found_by_the_name_they_have_now(self, database: Database) -> None:
        other = replace(ANNA, name="Åse Übel")
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)
            await tx.people.describe(other)

        async with database.transaction() as tx:
            assert await tx.people.named("åse übel") == [other]
            assert await tx.people.named(ANNA.name) == []

    async def test_are_what_the_register_says_when_it_is_loaded_anew(
        self, database: Database
    ) -> None:
        """Every field of everybody in it, whatever it was before."""
        other = _somebody_else(ANNA)
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)
        async with database.transaction() as tx:
            await tx.organisation.replace(replace(REGISTER, people=(other, BO)))

        async with database.transaction() as tx:
            assert await tx.people.get(ANNA.id) == other
            assert await tx.people.of_aad(ANNA.aad_id) is None

    async def test_with_exactly_the_name_come_first(self, database: Database) -> None:
        ann = replace(ANNA, id=PersonId("0"), aad_id="0", name="Anna Æbelø Holm")
        async with database.transaction() as tx:
            await tx.organisation.replace(replace(REGISTER, people=(ann, ANNA, BO)))

            assert await tx.people.named("anna æbelø") == [ANNA, ann]

    async def test_who_left_are_known_but_meant_no_more(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)
            await tx.people.deactivate(BO.id)

            assert await tx.people.of_aad(BO.aad_id) == replace(BO, active=False)
            assert await tx.people.named("Bo") == []
            assert await tx.people.of_office(Office.SEK) == []
            assert [person for _, person in await tx.organisation.members(KG5)] == [ANNA]


class TestOrganisation:
    async def test_knows_its_committees_and_who_sits_in_them(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)

            assert await tx.organisation.committees() == [GROUP, LOCAL]
            assert await tx.organisation.committee(KG5) == GROUP
            assert await tx.organisation.group_of_area(VALBY) == KG5
            assert await tx.organisation.group_of_area(AreaCode("AL")) is None
            assert await tx.organisation.members(KG5) == [
                (REGISTER.memberships[0], BO),
                (REGISTER.memberships[1], ANNA),
            ]
            assert await tx.organisation.memberships_of(ANNA.id) == [REGISTER.memberships[1]]
            assert await tx.organisation.institutions(VALBY) == list(REGISTER.institutions)

    async def test_a_new_register_keeps_what_is_ours(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.organisation.replace(REGISTER)
            await tx.people.set_language(ANNA.id, Language.EN)
            await tx.organisation.set_team(KG5, "19:team")

        async with database.transaction() as tx:
            await tx.organisation.replace(
                replace(REGISTER, people=(ANNA,), memberships=(), committees=(GROUP,))
            )

            assert (await tx.people.get(ANNA.id)).language is Language.EN
            assert await tx.people.get(BO.id) == replace(BO, active=False)
            assert await tx.organisation.committee_of_team("19:team") == replace(
                GROUP, team_id="19:team"
            )
            assert await tx.organisation.committee_of_team("19:other") is None
            assert len(await tx.organisation.committees()) == 1

    async def test_a_seat_for_somebody_unknown_is_refused(self, database: Database) -> None:
        with pytest.raises(IntegrityError):
            async with database.transaction() as tx:
                await tx.organisation.replace(replace(REGISTER, people=(ANNA,)))

        async with database.transaction() as tx:
            assert await tx.people.count() == 0
