"""A case opened, coordinated, given a level and a lead: what is recorded, and who sees it."""

from datetime import timedelta
from uuid import uuid4

from domain.cases import Case, CaseState
from domain.concerns import Concern, Status
from domain.journal import Note
from tests.support.case_stories import (
    CHILD,
    COORDINATED,
    NAME,
    PROTECTS,
    REASON,
    RISK,
    WHAT,
    a_case,
    an_action,
    anew,
    coordinates,
    is_near,
    opens,
)
from tests.support.chat import Chat, verbs
from tests.support.town import ANNA, CARL, DANISH, LIV, SOFIE, Town

CALMER = "Der er ikke set mere uro omkring ham i to måneder"


async def sets_level_1(who: Chat, case: Case) -> None:
    await opens(who, case)
    await who.types(f"niveau {case.reference}")
    await who.fills({"level": "1", "codes_1": "L1.d", "reason": CALMER})
    await who.presses("form.send")


async def registered(town: Town, case: Case, count: int) -> None:
    """Let there be so many concerns of level 1 in a case."""
    async with town.remembers() as tx:
        for _ in range(count - len(await tx.concerns.in_cases([case.id]))):
            await tx.concerns.add(
                Concern(
                    id=uuid4(),
                    reference=await tx.concerns.next_reference(2026),
                    reporter=ANNA.id,
                    status=Status.LINKED,
                    group=case.group,
                    owner=None,
                    area=case.area,
                    level=1,
                    urgent=False,
                    reasons=(),
                    submitted_at=town.hour.now,
                    take_up_by=town.hour.now,
                    case=case.id,
                ),
                {},
            )


class TestOpening:
    async def test_asks_about_a_near_relation_first_and_shows_only_the_name(
        self, town: Town, bo: Chat
    ) -> None:
        """INH-2."""
        case = await a_case(town)

        asked = await bo.types(f"sag {case.reference}")

        assert DANISH("relation.title", reference=case.reference) in asked
        assert NAME in asked
        assert DANISH("case.state") not in asked

    async def test_shows_the_police_what_it_may_not_be_used_for(
        self, town: Town, carl: Chat, sofie: Chat
    ) -> None:
        """S115-10."""
        case = await a_case(town)

        assert DANISH("reading.police") in await opens(carl, case)
        assert DANISH("reading.police") not in await opens(sofie, case)

    async def test_shows_the_police_so_wherever_they_read_of_the_case(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """S115-10: every view, not the case's own card alone."""
        case = await a_case(town)
        async with town.remembers() as tx:
            await an_action(tx, case, owner=CARL)
        await opens(bo, case)
        await opens(carl, case)

        for who, expected in ((carl, True), (bo, False)):
            read = {
                said: await who.types(f"{said} {case.reference}")
                for said in ("historik", "handlinger", "plan")
            }
            await who.types(f"handlinger {case.reference}")
            read["one action"] = await who.presses("action.open")
            found = {said: DANISH("reading.police") in shown for said, shown in read.items()}
            assert found == dict.fromkeys(read, expected)

    async def test_offers_each_only_what_they_may_do_now(
        self, town: Town, bo: Chat, sofie: Chat, dorte: Chat
    ) -> None:
        case = await a_case(town)
        for who in (bo, sofie, dorte):
            await opens(who, case)

        assert "case.close" in verbs(bo.card(bo.card_with("case.more")))
        assert "case.close" not in verbs(sofie.card(sofie.card_with("case.more")))
        assert "case.coordinate" not in verbs(dorte.card(dorte.messages()[-1]))


class TestACoordination:
    async def test_is_recorded_whole_and_read_again(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """CASE-4."""
        case = await a_case(town)

        told = await coordinates(bo, case)

        assert DANISH("coordination.done_title") in told
        assert DANISH("coordination.inform_undecided") in told
        assert "inform.list" in verbs(bo.card(bo.messages()[-1]))
        now = await anew(town, case)
        assert (now.state, now.level) == (CaseState.FOLLOW_UP, 2)
        assert now.follow_up_on == town.hour.now.date() + timedelta(days=28)
        read = await opens(sofie, case)
        for words in (RISK, PROTECTS, REASON, CHILD, WHAT):
            assert words in read

    async def test_says_of_what_only_some_can_know_whether_one_of_them_took_part(
        self, town: Town, bo: Chat
    ) -> None:
        """LVL-4: with the police at the table it is confirmed, without it is not."""
        with_police, without = await a_case(town), await a_case(town)
        await coordinates(bo, with_police)
        await coordinates(bo, without, {**COORDINATED, "people": "bo,liv", "owner_1": "liv"})

        assert DANISH("level.unconfirmed") not in await bo.types(f"sag {with_police.reference}")
        assert DANISH("level.unconfirmed") in await bo.types(f"sag {without.reference}")

    async def test_ends_with_an_action_or_with_a_reason_for_none(
        self, town: Town, bo: Chat
    ) -> None:
        """CASE-5."""
        case = await a_case(town)
        why = "Skolen er i gang med det, der skal til"
        none = {key: text for key, text in COORDINATED.items() if not key.endswith("_1")}

        await coordinates(bo, case, {**none, "agree": "none", "why_none": why})

        async with town.remembers() as tx:
            assert await tx.actions.of_case(case.id) == []
        assert why in await bo.types(f"historik {case.reference}")

    async def test_is_noted_once_with_all_that_came_of_it(self, town: Town, bo: Chat) -> None:
        """NOT-4, invariant 5."""
        case = await a_case(town)

        await coordinates(bo, case)

        async with town.remembers() as tx:
            noted = [each.note for each in await tx.journal.notes(matters=[case.id])]
        assert sorted(noted) == sorted(
            [
                Note.COORDINATION_BEGUN,
                Note.LEVEL_SET,
                Note.ACTION_AGREED,
                Note.COORDINATED,
                Note.PLANNED,
            ]
        )

    async def test_does_not_offer_whoever_is_recused_to_take_part(
        self, town: Town, bo: Chat
    ) -> None:
        """INH-3, AC-CARD-07."""
        case = await a_case(town)
        await is_near(town, CARL, case)
        await opens(bo, case)

        asked = await bo.types(f"koordinér {case.reference}")

        assert SOFIE.name in asked
        assert CARL.name not in asked

    async def test_of_what_a_colleague_has_changed_meanwhile_is_not_recorded_over_it(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-04."""
        case = await a_case(town)
        await opens(bo, case)
        await bo.types(f"koordinér {case.reference}")
        await bo.fills(COORDINATED)
        await sets_level_1(sofie, case)

        told = await bo.presses("form.send")

        assert DANISH("rule.case.moved_on") in told
        assert (await anew(town, case)).level == 1


class TestALevel:
    async def test_changed_by_itself_leaves_the_one_before_in_the_history(
        self, town: Town, bo: Chat
    ) -> None:
        """LVL-3."""
        case = await a_case(town)
        await coordinates(bo, case)

        await sets_level_1(bo, case)

        assert (await anew(town, case)).level == 1
        told = await bo.types(f"historik {case.reference}")
        assert REASON in told
        assert CALMER in told

    async def test_follows_from_earlier_registrations_as_a_hint_and_no_more(
        self, town: Town, bo: Chat
    ) -> None:
        """LVL-2: from two earlier ones on; which they were is not told."""
        case = await a_case(town)
        hint = DANISH("level.follows", criterion=DANISH("criterion.L2.a"))
        await opens(bo, case)
        for count in (2, 3):
            await registered(town, case, count)
            told = await bo.types(f"niveau {case.reference}")
            await bo.presses("form.cancel")
            await bo.presses("form.yes")

            assert (hint in told) is (count > 2)
        assert (await anew(town, case)).level is None


class TestALead:
    async def test_is_appointed_and_asked_anew_whether_they_are_near(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """CASE-6, INH-2."""
        case = await a_case(town)
        await opens(sofie, case)
        await opens(bo, case)
        await bo.types(f"tovholder {case.reference}")

        await bo.presses("form.next", lead="sofie")

        assert (await anew(town, case)).lead == SOFIE.id
        assert DANISH("case.lead_title", reference=case.reference) in sofie.last()
        asked = await sofie.types(f"sag {case.reference}")
        assert DANISH("relation.title", reference=case.reference) in asked

    async def test_is_of_an_authority_that_has_a_duty_in_cases(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await opens(bo, case)

        asked = await bo.types(f"tovholder {case.reference}")

        assert LIV.name in asked
        assert "Bente" not in asked
