"""Who sees which part of a concern group, and for how long (GRP-6, D13, INH-3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases import CaseState
from domain.people import Person
from tests.support.case_stories import a_case
from tests.support.cases import a_case as valby_case
from tests.support.cases import keep_case
from tests.support.chat import Chat
from tests.support.groups import (
    BEGUN,
    SOURCE,
    STORM,
    VIBE,
    across,
    reads_all,
    sees_members,
    storm,
)
from tests.support.groups import FIRST as G
from tests.support.town import ANNA, BO, CARL, DANISH, DENNIS, DORTE, EVA, HELLE, SOFIE, Town
from tests.support.townspeople import (
    GRETE,
    HENRIETTE,
    KASPER,
    LARS,
    LINE,
    ORGANISATION,
    PIA,
    RUTH,
    SANNE,
    STINE,
    SUNE,
)
from tests.support.trail import audited

DOMINANT = DANISH("members.role.dominant")
NOT_FOUND = DANISH("rule.group.not_found")
GENERAL = BEGUN["behaviour"]

# Who, and what they read of a group across Valby and Vanløse: each its own area's members.
SEES: list[tuple[Person, set[str]]] = [
    *((person, {GENERAL, STORM}) for person in (BO, CARL, SOFIE)),
    (EVA, {GENERAL, VIBE}),
    *((person, {GENERAL, STORM, VIBE}) for person in (DORTE, DENNIS)),
    *((person, {GENERAL}) for person in (LINE, LARS)),
    *((person, set()) for person in (ANNA, KASPER, PIA, SANNE, RUTH, GRETE)),
    *((person, set()) for person in (STINE, HENRIETTE, SUNE, HELLE)),
]


class TestWhoSeesWhat:
    @pytest.mark.parametrize(("person", "sees"), SEES, ids=[each.id for each, _ in SEES])
    async def test_is_as_the_table_says(self, town: Town, person: Person, sees: set[str]) -> None:
        """AC-AZ-03, D13: positive and negative, over HTTP."""
        await across(town)

        read = await reads_all(town.chat(person))

        assert {words for words in (GENERAL, STORM, VIBE) if words in read} == sees
        assert (SOURCE in read) is bool(sees & {STORM, VIBE})

    async def test_ends_with_the_seat(self, town: Town, bo: Chat) -> None:
        """domain.md §15.13: at the next request."""
        await across(town)
        await reads_all(bo)
        without = [m for m in ORGANISATION.memberships if m.person != BO.id]
        await town.reorganises(replace(ORGANISATION, memberships=without))

        for said in (f"gruppe {G}", f"medlemmer {G}", f"medlem {G} 1"):
            assert NOT_FOUND in await bo.types(said)

    async def test_names_no_number_of_members(self, town: Town, bo: Chat, dorte: Chat) -> None:
        """GRP-6: never counted; a list of one's own says nothing of how many others there are."""
        await across(town)

        assert "2 ·" not in await sees_members(bo, G)
        assert "2 ·" in await sees_members(dorte, G)

    async def test_puts_every_member_that_is_shown_on_record(
        self, town: Town, sofie: Chat
    ) -> None:
        """SEC-1: who, what and when, and no name."""
        await across(town)
        await reads_all(sofie)

        async with town.remembers() as tx:
            found = await audited(tx, actor=SOFIE.id)
        about = str((await storm(town)).id)
        noted = {(each.action, each.about, each.result) for each in found}
        assert {("member.open", about, "asked"), ("member.open", about, "ok")} <= noted
        assert STORM not in str(found)


class TestNearRelations:
    async def test_are_asked_about_with_names_alone(self, town: Town, sofie: Chat) -> None:
        """INH-2: on first opening."""
        await across(town)

        asked = await sofie.types(f"medlemmer {G}")

        assert DANISH("members.relation_body") in asked
        assert STORM in asked
        assert DOMINANT not in asked
        assert DANISH("groups.ask_first_title", reference=G) in await sofie.types(f"medlem {G} 1")

    @pytest.mark.parametrize("said", ["ja", "inhabil"])
    async def test_hide_the_member_at_once_and_everywhere(
        self, town: Town, carl: Chat, dorte: Chat, said: str
    ) -> None:
        """INH-2, INH-3: the group's general part says nothing of anybody, and stays."""
        await across(town)
        await carl.types(f"medlemmer {G}")
        shown = carl.card(carl.card_with("group.near"))

        told = await carl.types(f"{said} {G} 1")
        await town.passes(timedelta(minutes=1))

        assert DANISH("groups.stepped_aside_title", reference=G) in told
        assert DANISH("groups.recusal_title", reference=G) in dorte.last()
        read = await carl.types(f"medlemmer {G}")
        assert STORM not in read
        assert DANISH("members.none") in read
        assert DANISH("rule.group.choose_member") in await carl.presses_on(
            shown, "group.near", which=str((await storm(town)).id)
        )
        assert GENERAL in await carl.types(f"gruppe {G}")

    async def test_are_not_lifted_by_who_said_so(
        self, town: Town, dorte: Chat, dennis: Chat
    ) -> None:
        """INH-5: only by another person."""
        await across(town)
        await sees_members(dorte, G)
        await sees_members(dennis, G)
        await dorte.types(f"inhabilitet {G} 1")
        await dorte.presses("form.next", who="sofie", reason="De er fætre.")

        answers = []
        for who in (dorte, dennis):
            await who.types(f"ophæv inhabilitet {G} 1")
            answers.append(await who.presses("form.next", who="sofie", reason="Det var en anden."))

        lifted = DANISH("groups.lifted_title", reference=G)
        assert [lifted in each for each in answers] == [False, True]

    async def test_are_lifted_by_the_secretariat_with_a_reason(
        self, town: Town, carl: Chat, dorte: Chat
    ) -> None:
        """INH-5: by another person, with a reason."""
        await across(town)
        await carl.types(f"medlemmer {G}")
        await carl.types(f"ja {G} 1")
        await sees_members(dorte, G)

        await dorte.types(f"ophæv inhabilitet {G} 1")
        told = await dorte.presses("form.next", who=CARL.id, reason="Det var en navnebror.")

        assert DANISH("groups.lifted_title", reference=G) in told
        assert STORM in await carl.types(f"medlemmer {G}")

    async def test_can_be_said_of_a_colleague(self, town: Town, bo: Chat, carl: Chat) -> None:
        """INH-4."""
        await across(town)
        await sees_members(carl, G)
        await bo.types(f"inhabilitet {G} 1")

        await bo.presses("form.next", who=CARL.id, reason="De er fætre.")

        assert STORM not in await carl.types(f"medlemmer {G}")

    async def test_from_a_case_about_the_same_person_hide_them_here_too(
        self, town: Town, bo: Chat, carl: Chat, sofie: Chat
    ) -> None:
        """INH-3: a person recused from a member's case does not see that member."""
        await across(town)
        await sees_members(carl, G)
        case = await a_case(town, state=CaseState.COORDINATION, name=STORM)
        await bo.types(f"sag {case.reference}")
        await bo.types(f"nej {case.reference}")
        async with town.remembers() as tx:
            await tx.relations.recuse(
                case.id, CARL.id, "self", town.hour.now, key=str(case.subject)
            )

        await bo.types(f"knyt {G} 1")
        told = await bo.presses("form.next", reference=case.reference)

        assert DANISH("member_link.done_title") in told
        assert STORM not in await carl.types(f"medlemmer {G}")
        assert STORM in await sees_members(sofie, G)

    async def test_from_a_case_about_somebody_alike_hide_them_from_the_first(
        self, town: Town, carl: Chat, sofie: Chat
    ) -> None:
        """INH-3: a name and birthday that fit a case will do: better too little than too much."""
        async with town.remembers() as tx:
            case = valby_case("2026-0001")
            await keep_case(tx, case, name=STORM, born="2010-05-04")
            await tx.relations.recuse(
                case.id, CARL.id, "self", town.hour.now, key=str(case.subject)
            )

        await across(town)

        assert DANISH("members.none") in await carl.types(f"medlemmer {G}")
        assert STORM in await sofie.types(f"medlemmer {G}")


class TestWhoIsNearToAMemberOfWhomThereIsACase:
    async def test_is_barred_from_the_case_from_when_they_are_linked(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """INH-1, INH-3: it is one person, and in no phase does somebody near take part."""
        await across(town)
        member = await storm(town)
        case = await a_case(town, state=CaseState.COORDINATION, name=STORM, lead=SOFIE.id)
        async with town.remembers() as tx:
            await tx.relations.recuse(member.id, SOFIE.id, "self", town.hour.now)
        await bo.types(f"sag {case.reference}")
        await bo.types(f"nej {case.reference}")

        await bo.types(f"knyt {G} 1")
        await bo.presses("form.next", reference=case.reference)

        assert DANISH("rule.case.not_found") in await sofie.types(f"sag {case.reference}")
        assert case.reference not in await sofie.types("mine sager")
        async with town.remembers() as tx:
            found = await tx.cases.find(case.id)
        assert found is not None
        assert found.lead is None

    async def test_steps_aside_from_both_at_once(self, town: Town, bo: Chat, sofie: Chat) -> None:
        """INH-3: whoever says so of the member says so of the person."""
        await across(town)
        case = await a_case(town, state=CaseState.COORDINATION, name=STORM, lead=SOFIE.id)
        await bo.types(f"sag {case.reference}")
        await bo.types(f"nej {case.reference}")
        await bo.types(f"knyt {G} 1")
        await bo.presses("form.next", reference=case.reference)

        await sofie.types(f"medlemmer {G}")
        await sofie.types(f"træd ud {G} 1")

        assert DANISH("rule.case.not_found") in await sofie.types(f"sag {case.reference}")
        async with town.remembers() as tx:
            found = await tx.cases.find(case.id)
        assert found is not None
        assert found.lead is None
