"""The same concern in English: the person's choice of language goes with them."""

from cards.words import speak
from domain.people import Language
from tests.support.chat import Chat, reference_in
from tests.support.reports import HOPE, NAME, NECESSARY, OBSERVED, PROTECTED_BY, REPORT, WRITTEN
from tests.support.town import DANISH, Town

ENGLISH = speak(Language.EN)


async def test_a_concern_clicked_in_english_reaches_a_facilitator_who_reads_danish(
    anna: Chat, bo: Chat
) -> None:
    assert ENGLISH("language.title") in await anna.types("english")
    asked = await anna.types("concern")
    assert ENGLISH("concern.step.safety") in asked
    await anna.fills(REPORT)

    thanked = await anna.presses("form.send")

    reference = reference_in(thanked)
    assert ENGLISH("concern.received_title", reference=reference) in thanked
    assert DANISH("task.waiting_title", reference=reference) in bo.last()
    read = await bo.opens(reference)
    assert all(words in read for words in WRITTEN)


async def test_a_concern_typed_in_english_is_understood(anna: Chat, bo: Chat) -> None:
    for words in ("english", "report", "no", "3", "Social services know the family", "no"):
        asked = await anna.types(words)
    assert ENGLISH("concern.step.person") in asked
    for words in (NAME, "skip", "4 May 2011", "no", "Valby", "skip", "skip", "no"):
        asked = await anna.types(words)
    assert ENGLISH("concern.step.concern") in asked
    for words in ("27.02.2026", "skip", "skip", OBSERVED, "1", "no"):
        asked = await anna.types(words)
    assert ENGLISH("concern.step.criteria") in asked
    for words in ("1", "skip", "skip", "skip", "skip", "ok", "skip", "skip", "skip", "skip"):
        asked = await anna.types(words)
    assert ENGLISH("concern.step.protection") in asked
    for words in (PROTECTED_BY, "skip", "skip", "skip", HOPE, "yes", "yes", "yes", NECESSARY):
        asked = await anna.types(words)
    for words in ("8", "not yet", "skip", "no"):
        asked = await anna.types(words)
    assert ENGLISH("concern.step.review") in asked

    thanked = await anna.types("send")

    assert ENGLISH("concern.received_title", reference=reference_in(thanked)) in thanked
    assert NAME in await bo.opens(reference_in(thanked))


async def test_the_choice_of_language_outlives_a_restart_and_can_be_taken_back(
    town: Town, anna: Chat
) -> None:
    await anna.types("engelsk")
    await town.restarts()
    assert ENGLISH("help.title") in await anna.types("hjælp")

    await anna.types("danish")

    assert DANISH("help.title") in await anna.types("help")


async def test_the_language_can_be_changed_in_the_middle_of_a_form(anna: Chat) -> None:
    await anna.types("bekymring")
    await anna.types("nej")

    await anna.types("english")
    asked = await anna.types("continue")

    assert ENGLISH("concern.notified.label") in asked
