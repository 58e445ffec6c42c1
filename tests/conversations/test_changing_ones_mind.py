"""Cancel, and answers that close a branch: nothing goes away unasked."""

from tests.support.chat import Chat
from tests.support.reports import OBSERVED, REPORT, answers_of
from tests.support.town import DANISH, Town


async def review(chat: Chat, **changes: str) -> None:
    await chat.types("bekymring")
    await chat.fills({**REPORT, **changes})


class TestCancelling:
    async def test_asks_first_and_then_deletes(self, town: Town, anna: Chat) -> None:
        await review(anna)
        assert DANISH("form.cancel_text") in await anna.presses("form.cancel")

        told = await anna.presses("form.yes")

        assert DANISH("form.cancelled_text") in told
        async with town.remembers() as tx:
            assert await tx.drafts.of(anna.person.id, now=town.hour.now) is None

    async def test_can_be_thought_better_of(self, town: Town, anna: Chat) -> None:
        await review(anna)
        asked = await anna.types("Stop")
        assert DANISH("form.cancel_text") in asked

        told = await anna.types("nej")

        assert DANISH("concern.step.review") in told
        assert (await answers_of(town, anna))["observed"] == OBSERVED

    async def test_is_not_heard_in_a_sentence(self, town: Town, anna: Chat) -> None:
        """concern.md §4.6: only the exact word counts; the sentence is the answer."""
        said = "Stop, råbte han, og fortryd aldrig noget. Hjælp kom først sent."
        await anna.types("bekymring")
        await anna.fills({**REPORT, "observed": "", "happened_on": ""})
        await anna.types("27.02.2026")

        await anna.types(said)

        assert (await answers_of(town, anna))["observed"] == said

    async def test_by_keyboard_does_not_take_another_word_for_yes(
        self, town: Town, anna: Chat
    ) -> None:
        await review(anna)
        await anna.types("annullér")

        told = await anna.types("tja")

        assert DANISH("form.cancel_text") in told
        assert (await answers_of(town, anna))["observed"] == OBSERVED


class TestAnAnswerThatClosesABranch:
    """concern.md §4.1 rule 5: the answers that will be wiped are listed."""

    async def test_names_what_will_go_and_wipes_it_on_yes(self, town: Town, anna: Chat) -> None:
        await review(anna, interpreter="yes", interpreter_language="Arabisk")
        await anna.presses("form.correct", step="about")

        asked = await anna.presses("form.next", interpreter="no")

        assert DANISH("form.closing_text") in asked
        assert DANISH("concern.interpreter_language.label") in asked
        assert (await answers_of(town, anna))["interpreter_language"] == "Arabisk"
        assert DANISH("concern.step.review") in await anna.presses("form.yes")
        answers = await answers_of(town, anna)
        assert answers["interpreter"] == "no"
        assert "interpreter_language" not in answers

    async def test_stays_as_it_was_on_no(self, town: Town, anna: Chat) -> None:
        await review(anna, interpreter="yes", interpreter_language="Arabisk")
        await anna.presses("form.correct", step="about")
        await anna.presses("form.next", interpreter="no")

        await anna.types("nej")

        answers = await answers_of(town, anna)
        assert answers["interpreter"] == "yes"
        assert answers["interpreter_language"] == "Arabisk"

    async def test_is_asked_about_by_keyboard_too(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.presses("form.next", danger="no", notified="made")
        await anna.presses("form.next", notified_on="2026-02-20", relation="no")
        await anna.types("tilbage")
        await anna.types("2")

        asked = await anna.types("3")

        assert DANISH("concern.notified_on.label") in asked
        assert (await answers_of(town, anna))["notified_on"] == "2026-02-20"
        assert DANISH("concern.notified_why.label") in await anna.types("ja")
        assert "notified_on" not in await answers_of(town, anna)
