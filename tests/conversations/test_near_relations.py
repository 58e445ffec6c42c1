"""Who is near to somebody takes part in no phase, and sees nothing (INH)."""

import pytest

from tests.support.chat import Chat, verbs
from tests.support.organisation_changes import with_member_facilitating
from tests.support.reports import CARL_IS_NEAR, GRAVE, REPORT
from tests.support.town import DANISH, ORGANISATION, VALBY_GROUP, Town

NO_SUCH = "B2026-9999"


class TestAColleagueNamedAsNear:
    async def test_is_told_nothing_when_the_others_are(
        self, anna: Chat, carl: Chat, sofie: Chat
    ) -> None:
        """INH-4, scenario 1 of concern.md §5.4."""
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})

        assert reference in sofie.everything()
        assert reference not in carl.everything()

    async def test_reads_what_is_said_of_a_concern_that_does_not_exist(
        self, anna: Chat, carl: Chat, sofie: Chat
    ) -> None:
        """INH-3, AC-CARD-02: by keyboard, by a colleague's card, and on the lists."""
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})
        card = sofie.card(sofie.card_with("concern.open"))
        missing = await carl.types(f"åbn {NO_SUCH}")
        waiting, mine = await carl.types("nye bekymringer"), await carl.types("mine bekymringer")

        assert DANISH("rule.concern.not_found") in missing
        assert await carl.types(f"åbn {reference}") == missing
        assert await carl.types(f"nej {reference}") == missing
        assert f"\n{await carl.presses_on(card, 'concern.open')}" == missing
        assert DANISH("waiting.none") in waiting
        assert DANISH("concern.mine_none") in mine

    async def test_who_facilitates_has_the_duty_go_elsewhere(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        near = {"relation": "another", "relation_names": "bo  havrelygte"}

        reference = await anna.reports({**REPORT, **near})

        assert (await town.concern(reference)).owner == dennis.person.id
        assert reference not in bo.everything()
        assert DANISH("waiting.none") in await bo.types("nye bekymringer")

    async def test_whose_name_nobody_knows_is_looked_for_by_the_secretariat(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        near = {"relation": "another", "relation_names": "Kurt Ukendtsen"}

        reference = await anna.reports({**REPORT, **near})

        assert (await town.concern(reference)).group is None
        assert reference not in bo.everything()
        assert DANISH("route.unknown_relation") in await dennis.opens(reference)


class TestTheQuestion:
    async def test_comes_before_anything_is_read(self, anna: Chat, bo: Chat) -> None:
        """INH-2: the name alone is shown, for it is what the question is about."""
        reference = await anna.reports(REPORT)

        asked = await bo.presses("concern.open")

        assert DANISH("relation.title", reference=reference) in asked
        assert REPORT["name"] in asked
        assert REPORT["observed"] not in asked

    @pytest.mark.parametrize("verb", ["concern.take_up", "concern.reroute"])
    async def test_cannot_be_gone_around(
        self, town: Town, anna: Chat, bo: Chat, verb: str
    ) -> None:
        reference = await anna.reports(REPORT)
        about = bo.card(bo.card_with("concern.open"))["actions"][0]["data"]
        before = await town.concern(reference)

        told = await bo.forges(verb, about)

        assert REPORT["observed"] not in told
        assert await town.concern(reference) == before

    async def test_answered_with_yes_hands_the_duty_on_at_once(
        self, town: Town, anna: Chat, bo: Chat, sofie: Chat
    ) -> None:
        """INH-4, AC-AZ-08: in the same transaction, to the other facilitator."""
        await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, sofie.person))
        reference = await anna.reports(REPORT)
        await bo.presses("concern.open")

        told = await bo.presses("concern.step_aside")

        assert DANISH("handled.stepped_aside_body") in told
        concern = await town.concern(reference)
        assert (concern.owner, concern.group) == (sofie.person.id, VALBY_GROUP.code)
        assert DANISH("task.waiting_title", reference=reference) in sofie.last()
        assert DANISH("rule.concern.not_found") in await bo.types(f"åbn {reference}")

    async def test_answered_with_yes_by_the_only_facilitator_goes_to_the_secretariat(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        """INH-2, INH-4: and the Secretariat is told that there is something to decide."""
        reference = await anna.reports(REPORT)

        await bo.types(f"ja {reference}")

        assert (await town.concern(reference)).owner == dennis.person.id
        assert DANISH("task.no_receiver_title", reference=reference) in dennis.everything()
        assert DANISH("recusal.waits_title", reference=reference) in dennis.everything()

    async def test_answered_with_yes_after_taking_it_up_hands_it_on_too(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.take_up")

        await bo.types(f"inhabil {reference}")

        concern = await town.concern(reference)
        assert (concern.owner, concern.taken_up_by) == (dennis.person.id, None)
        assert reference in await dennis.types("nye bekymringer")

    async def test_answered_by_a_member_leaves_the_duty_where_it_is(
        self, town: Town, anna: Chat, bo: Chat, carl: Chat
    ) -> None:
        reference = await anna.reports(GRAVE)
        await carl.presses("concern.open")

        await carl.presses("concern.step_aside")

        assert (await town.concern(reference)).owner == bo.person.id
        assert DANISH("rule.concern.not_found") in await carl.types(f"åbn {reference}")


async def test_what_was_cleared_is_not_cleared_again_after_stepping_aside(
    anna: Chat, bo: Chat
) -> None:
    """INH-5: who stepped aside cannot let themselves in again."""
    reference = await anna.reports(REPORT)
    await bo.opens(reference)
    reading = bo.card(bo.card_with("concern.take_up"))
    assert "concern.step_aside" in verbs(reading)
    await bo.presses("concern.step_aside")

    told = await bo.types(f"nej {reference}")

    assert DANISH("rule.concern.not_found") in told
    assert DANISH("rule.concern.not_found") in await bo.presses_on(reading, "concern.take_up")
