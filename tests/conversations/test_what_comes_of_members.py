"""What becomes of somebody in a concern group: labels, tasks, measures, a case, an end (GRP-6)."""

from datetime import timedelta

import pytest

from domain.cases import CaseState
from domain.concern_groups import MemberRole
from domain.data_classes import DataClass
from domain.people import Person
from storage.vault import Shredded
from tests.support.case_stories import a_case
from tests.support.chat import Chat, reference_in
from tests.support.groups import FIRST as G
from tests.support.groups import (
    GATE,
    SOURCE,
    STORM,
    VIBE,
    a_group,
    a_member,
    across,
    fills_in,
    reads_all,
    sees_members,
    storm,
)
from tests.support.reports import REPORT
from tests.support.town import CARL, DANISH, EVA, HELLE, Town
from tests.support.townspeople import (
    LINE,
)
from tests.support.trail import audited

DOMINANT = DANISH("members.role.dominant")
CONFIRM = DANISH("duty.group_labels", reference=f"**{G}**")
REPORT_ABOUT_STORM = {**REPORT, "name": STORM, "born": "2010-05-04", "area": "VAL"}


class TestALabel:
    async def test_expires_after_180_days_for_everybody(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """GRP-6: unless confirmed; shown by nobody, and taken out of the register by night."""
        await across(town)
        await sees_members(dorte, G)
        assert DOMINANT in await bo.types(f"medlem {G} 1")

        await town.passes(timedelta(days=180))

        for who in (bo, dorte):
            read = await who.types(f"medlem {G} 1")
            assert STORM in read
            assert DOMINANT not in read
            assert SOURCE not in read
        assert (await storm(town)).role is MemberRole.UNKNOWN
        async with town.remembers() as tx:
            assert len(await audited(tx, action="member.expire_label")) == 2

    async def test_is_a_duty_of_the_areas_facilitator_a_fortnight_before(
        self, town: Town, bo: Chat, eva: Chat, sofie: Chat
    ) -> None:
        await a_member(town, await a_group(town, "VAL", "VAN"))

        await town.passes(timedelta(days=165))
        assert CONFIRM not in await bo.types("mine opgaver")
        await town.passes(timedelta(days=1))
        await town.passes(timedelta(minutes=1))

        told = bo.everything()
        assert DANISH("groups.labels_title", reference=G) in told
        assert STORM not in told.split(DANISH("groups.labels_title", reference=G))[1]
        assert CONFIRM in await bo.types("mine opgaver")
        for who in (eva, sofie):
            assert CONFIRM not in await who.types("mine opgaver")
            assert DANISH("groups.labels_title", reference=G) not in who.everything()

    async def test_that_is_confirmed_counts_again(self, town: Town, bo: Chat) -> None:
        await across(town)
        await town.passes(timedelta(days=170))
        await bo.types(f"medlemsrolle {G} 1")

        told = await bo.presses(
            "form.next", role="dominant", source="Set igen i august.", noted_on="2026-08-01"
        )
        await town.passes(timedelta(days=20))

        assert DANISH("member_role.done_title") in told
        assert CONFIRM not in await bo.types("mine opgaver")
        read = await bo.types(f"medlem {G} 1")
        assert DOMINANT in read
        assert "Set igen i august." in read
        assert SOURCE not in read

    async def test_that_somebody_else_gave_meanwhile_is_not_written_over(
        self, town: Town, bo: Chat
    ) -> None:
        """AC-CARD-04."""
        await across(town)
        await bo.types(f"medlem {G} 1")
        card = bo.card(bo.card_with("member.label"))
        await bo.presses("member.label")
        await bo.presses(
            "form.next", role="other", source="Han er trådt ud.", noted_on="2026-03-01"
        )

        told = await bo.presses_on(card, "member.label")
        told = await bo.presses("form.next", role="dominant", source=SOURCE, noted_on="2026-03-01")

        assert DANISH("member_role.done_title") in told
        assert (await storm(town)).role is MemberRole.DOMINANT


class TestSharing:
    async def shares(self, bo: Chat, to: Person, **more: str) -> str:
        await bo.types(f"del {G} 1")
        return await fills_in(
            bo, {"to": to.id, "task": "Find ham en plads på holdet.", "days": "14", **GATE, **more}
        )

    async def test_shows_one_member_for_a_task_and_for_a_time(
        self, town: Town, bo: Chat, eva: Chat
    ) -> None:
        """GRP-6, AC-AZ-07: by a gate, and to the second."""
        await across(town)
        told = await self.shares(bo, EVA)
        await town.passes(timedelta(minutes=1))

        assert DANISH("member_share.done_title") in told
        assert STORM in await sees_members(eva, G)
        await town.passes(timedelta(days=14) - timedelta(minutes=1, seconds=1))
        assert STORM in await eva.types(f"medlemmer {G}")
        await town.passes(timedelta(seconds=1))
        read = await eva.types(f"medlemmer {G}")
        assert STORM not in read
        assert VIBE in read

    async def test_lets_nobody_write(self, town: Town, bo: Chat) -> None:
        await across(town)
        await self.shares(bo, LINE)
        line = town.chat(LINE)

        assert STORM in await sees_members(line, G)
        for said in ("medlemsrolle", "indsats", "vurder", "del", "fjern"):
            assert DANISH("refusal.title") in await line.types(f"{said} {G} 1"), said

    async def test_does_not_happen_where_a_condition_fails(
        self, town: Town, bo: Chat, eva: Chat
    ) -> None:
        """S115-11: nothing is shared for orientation."""
        await across(town)

        told = await self.shares(bo, EVA, c3="no")

        assert DANISH("gate.shut_title") in told
        assert STORM not in await sees_members(eva, G)

    async def test_is_told_of_each_time(self, town: Town, bo: Chat, eva: Chat) -> None:
        """Also where nothing else has happened in the group since."""
        await across(town)
        await town.passes(timedelta(minutes=1))
        title, told = DANISH("groups.shared_title", reference=G), []
        for _ in range(2):
            before = eva.everything().count(title)
            await self.shares(bo, EVA)
            await town.passes(timedelta(minutes=1))
            told.append(eva.everything().count(title) - before)
            await bo.types(f"stop deling {G} 1")

        assert told == [1, 1]

    async def test_can_be_stopped(self, town: Town, bo: Chat, eva: Chat) -> None:
        await across(town)
        await self.shares(bo, EVA)
        await sees_members(eva, G)

        await bo.types(f"stop deling {G} 1")

        assert STORM not in await eva.types(f"medlemmer {G}")

    async def test_is_not_offered_to_who_is_not_covered_or_has_to_stand_back(
        self, town: Town, bo: Chat
    ) -> None:
        await across(town)
        member = await storm(town)
        async with town.remembers() as tx:
            await tx.relations.recuse(member.id, EVA.id, "self", town.hour.now, key=member.key)

        await bo.types(f"del {G} 1")

        offered = str(bo.form())
        assert LINE.name in offered
        for person in (EVA, HELLE, CARL):
            assert person.name not in offered


class TestWhatComesOfAMember:
    async def test_a_measure_is_read_by_those_who_see_the_member(
        self, town: Town, bo: Chat, sofie: Chat, eva: Chat
    ) -> None:
        """GRP-2: measures towards individuals."""
        await across(town)
        await bo.types(f"indsats {G} 1")
        await bo.presses("form.next", what="Fritidspas til bokseklubben")

        assert "Fritidspas til bokseklubben" in await reads_all(sofie)
        assert "Fritidspas til bokseklubben" not in await reads_all(eva)

    async def test_a_view_of_risk_and_protection_may_lead_to_a_case(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """GRP-4, GRP-6: making a case is an act of its own, with its own gate."""
        await across(town)
        await bo.types(f"vurder {G} 1")
        told = await bo.presses(
            "form.next", risk="De ældre henter ham.", protective="Hans træner.", leads_to="case"
        )
        assert DANISH("member_view.done_title") in told
        read = await reads_all(sofie)
        assert "De ældre henter ham." in read

        await sofie.types(f"opret sag {G} 1")
        await sofie.fills(REPORT_ABOUT_STORM)
        reference = reference_in(await sofie.presses("form.send"))

        assert STORM in await bo.opens(reference)
        async with town.remembers() as tx:
            assert not await tx.cases.running()  # the group's facilitator decides about that

    async def test_taken_out_is_seen_by_nobody(self, town: Town, bo: Chat, dorte: Chat) -> None:
        await across(town)
        await sees_members(dorte, G)
        await bo.types(f"fjern {G} 1")
        await bo.presses("form.next", reason="Han er flyttet.")

        assert DANISH("members.none") in await bo.types(f"medlemmer {G}")
        assert STORM not in await dorte.types(f"medlemmer {G}")

    async def test_deleted_takes_their_words_along(self, town: Town, bo: Chat) -> None:
        """AC-CRYPT-04: by destroying one key, also when the member is whom a case is about."""
        await across(town)
        member = await storm(town)
        case = await a_case(town, state=CaseState.COORDINATION, name=STORM)
        await bo.types(f"sag {case.reference}")
        await bo.types(f"nej {case.reference}")
        await bo.types(f"knyt {G} 1")
        await bo.presses("form.next", reference=case.reference)

        async with town.remembers() as tx:
            linked = await tx.groups.member(member.id)
            assert linked is not None
            assert await tx.records.read([member.id], set(DataClass))
            assert not await tx.keys.has(str(member.id))
            await tx.keys.destroy(linked.key)
            with pytest.raises(Shredded):
                await tx.records.read([member.id], set(DataClass))

    async def test_linked_already_is_not_linked_to_another(self, town: Town, bo: Chat) -> None:
        """What is sealed with the key of the first person stays readable."""
        await across(town)
        first = await a_case(town, state=CaseState.COORDINATION, name=STORM)
        second = await a_case(town, state=CaseState.COORDINATION, name=VIBE)
        for case in (first, second):
            await bo.types(f"sag {case.reference}")
            await bo.types(f"nej {case.reference}")
        await bo.types(f"knyt {G} 1")
        await bo.presses("form.next", reference=first.reference)

        await bo.types(f"knyt {G} 1")
        told = await bo.presses("form.next", reference=second.reference)

        assert DANISH("rule.group.linked_already") in told
        async with town.remembers() as tx:
            assert await tx.keys.has(str(first.subject))
            assert await tx.records.read([first.id], set(DataClass))
