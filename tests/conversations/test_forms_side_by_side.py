"""Short forms beside a long one: nothing is lost, and words go to the form shown last."""

from datetime import timedelta

import pytest

from domain.people import Person
from localteams import drawn
from tests.support.case_stories import a_case, anew, opens
from tests.support.chat import Chat
from tests.support.reports import CARL_IS_NEAR, REPORT, answers_of
from tests.support.town import BO, DANISH, SOFIE, Town, uncovered

LEVEL_BEGUN, CONCERN_BEGUN = DANISH("level.begun"), DANISH("concern.begun")
REASON = "Han er set med de ældre ved stationen hver aften i en uge"


async def forms_of(town: Town, person: Person) -> list[str]:
    async with town.remembers() as tx:
        drafts = await tx.drafts.all_of(person.id, now=town.hour.now)
    return [draft.flow for draft in drafts]


def picks(who: Chat) -> list[dict[str, str]]:
    """Give what the buttons carry that pick one of several forms."""
    buttons = drawn.buttons(who.card(who.card_with("draft.pick")))
    return [each["data"] for each in buttons if each.get("verb") == "draft.pick"]


@pytest.fixture
async def two_forms(town: Town, bo: Chat) -> str:
    """Bo has begun to report a concern, and then to set a level; give the number of the case."""
    case = await a_case(town, level=1)
    await opens(bo, case)
    await bo.types("bekymring")
    await bo.types("nej")
    await bo.types(f"niveau {case.reference}")
    return case.reference


@pytest.mark.usefixtures("two_forms")
class TestAShortForm:
    async def test_listens_to_what_is_typed_while_the_other_waits(
        self, town: Town, bo: Chat
    ) -> None:
        told = await bo.types("2")

        assert DANISH("level.step.why") in told
        assert await forms_of(town, BO) == ["level", "concern"]

    async def test_leaves_the_other_as_it_was_and_lets_nobody_listen_when_it_ends(
        self, town: Town, bo: Chat
    ) -> None:
        await bo.types("annullér")
        await bo.types("ja")

        assert DANISH("unknown.body_draft") in await bo.types("Der er noget andet")
        assert DANISH("concern.notified.label") in await bo.types("fortsæt")
        assert await forms_of(town, BO) == ["concern"]

    async def test_is_one_of_two_to_go_on_with(self, bo: Chat) -> None:
        told = await bo.types("fortsæt")

        assert DANISH("begun.title") in told
        assert LEVEL_BEGUN in told
        assert CONCERN_BEGUN in told
        assert DANISH("concern.notified.label") in await bo.types("fortsæt 2")
        assert DANISH("begun.title") in await bo.types("fortsæt 7")

    async def test_gives_way_again_when_the_others_card_is_pressed(self, bo: Chat) -> None:
        await bo.types("fortsæt 2")

        told = await bo.types("nej, det er der ikke brug for")

        assert DANISH("rule.field.not_an_option") in told
        assert DANISH("concern.notified.label") in told

    async def test_is_picked_by_its_button_too(self, bo: Chat) -> None:
        await bo.types("fortsæt")

        first, _ = picks(bo)

        assert DANISH("level.step.level") in await bo.presses("draft.pick", **first)

    async def test_of_somebody_else_cannot_be_picked(self, bo: Chat, carl: Chat) -> None:
        """AC-CARD-02."""
        await bo.types("fortsæt")
        first, _ = picks(bo)

        assert DANISH("form.gone_text") in await carl.forges("draft.pick", first)

    async def test_is_not_begun_twice_about_the_same(
        self, town: Town, bo: Chat, two_forms: str
    ) -> None:
        await bo.types("2")

        assert DANISH("level.step.why") in await bo.types(f"niveau {two_forms}")
        assert await forms_of(town, BO) == ["level", "concern"]

    async def test_about_another_case_stands_beside_the_first(self, town: Town, bo: Chat) -> None:
        other = await a_case(town, name="Sif Lyngager")
        await opens(bo, other)
        await bo.types(f"niveau {other.reference}")

        assert sorted(await forms_of(town, BO)) == ["concern", "level", "level"]
        assert other.reference in await bo.types("fortsæt")


class TestWhatAFormIsAbout:
    async def test_that_changed_meanwhile_is_looked_at_again_before_it_is_sent(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-04: nothing is written over, and nothing that was written is lost."""
        case = await a_case(town, level=1)
        for who, level in ((bo, "3"), (sofie, "2")):
            await opens(who, case)
            await who.types(f"niveau {case.reference}")
            await who.fills({"level": level, f"codes_{level}": f"L{level}.b", "reason": REASON})
        await sofie.presses("form.send")

        refused = await bo.presses("form.send")
        assert DANISH("rule.case.moved_on") in refused
        assert REASON in refused
        assert (await anew(town, case)).level == 2

        await bo.presses("form.send")
        assert (await anew(town, case)).level == 3

    async def test_that_is_out_of_reach_by_then_takes_the_form_with_it(
        self, town: Town, sofie: Chat
    ) -> None:
        """AC-CARD-06: permission lost between open and submit."""
        case = await a_case(town, level=1)
        await opens(sofie, case)
        await sofie.types(f"niveau {case.reference}")
        async with town.remembers() as tx:
            await tx.people.save(uncovered(SOFIE))

        told = await sofie.types("2")

        assert DANISH("rule.case.not_found") in told
        assert await forms_of(town, SOFIE) == []
        assert (await anew(town, case)).level == 1

    async def test_is_no_longer_there_for_who_stepped_aside(self, town: Town, sofie: Chat) -> None:
        """AC-CARD-06: recused between open and submit."""
        case = await a_case(town, level=1)
        await opens(sofie, case)
        await sofie.types(f"niveau {case.reference}")
        async with town.remembers() as tx:
            await tx.relations.recuse(
                case.id, SOFIE.id, "self", town.hour.now, key=str(case.subject)
            )

        await sofie.types("2")

        assert await forms_of(town, SOFIE) == []
        assert (await anew(town, case)).level == 1


async def test_many_short_forms_in_an_hour_are_work_and_no_flood(town: Town, bo: Chat) -> None:
    case = await a_case(town, level=1)
    await opens(bo, case)

    for _ in range(8):
        told = await bo.types(f"niveau {case.reference}")
        assert DANISH("level.step.level") in told
        await bo.types("annullér")
        await bo.types("ja")


async def test_a_draft_of_a_short_form_is_reminded_of_by_nobody(town: Town, bo: Chat) -> None:
    case = await a_case(town, level=1)
    await opens(bo, case)
    await bo.types(f"niveau {case.reference}")

    await town.passes(timedelta(days=11))

    assert DANISH("draft_reminder.title") not in bo.everything()


async def test_a_sentence_that_begins_like_a_search_is_an_answer_where_one_is_asked_for(
    town: Town, anna: Chat
) -> None:
    said = "Søg hjælp, sagde han til sin træner, og så gik han"
    await anna.types("bekymring")
    await anna.fills({**REPORT, **CARL_IS_NEAR, "observed": "", "happened_on": ""})
    await anna.types("27.02.2026")

    await anna.types(said)

    assert (await answers_of(town, anna))["observed"] == said
