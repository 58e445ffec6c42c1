"""Somebody who reads English works with the same bot."""

from cards.words import speak
from domain.people import Language
from tests.support.chat import Chat
from tests.support.town import DANISH

ENGLISH = speak(Language.EN)


async def test_the_language_is_changed_by_typing_its_name_and_is_remembered(anna: Chat) -> None:
    """Criterion 17 of a good Teams bot: Danish by default, English second."""
    assert DANISH("help.title") in await anna.types("help")
    assert ENGLISH("language.title") in await anna.types("english")
    assert ENGLISH("help.title") in await anna.types("hjælp")
    assert DANISH("language.title") in await anna.types("dansk")
    assert DANISH("help.title") in await anna.types("help")


async def test_a_form_is_walked_with_english_words(anna: Chat) -> None:
    await anna.types("english")

    assert ENGLISH("concern.danger.label") in await anna.types("concern")
    assert ENGLISH("rule.field.not_an_option") in await anna.types("perhaps")
    await anna.types("yes")
    await anna.types("no, I will send it now")
    assert ENGLISH("concern.step.call_112") in await anna.types("no")
    assert ENGLISH("concern.step.notify") in await anna.types("next")
    assert ENGLISH("concern.step.call_112") in await anna.types("back")
    assert ENGLISH("form.saved_title") in await anna.types("save")
    assert ENGLISH("concern.step.call_112") in await anna.types("continue")


async def test_a_draft_that_was_put_away_can_be_deleted_by_typing(anna: Chat) -> None:
    """The reminder of a draft says that this works."""
    await anna.types("bekymring")
    await anna.types("gem")

    assert DANISH("form.cancel_title") in await anna.types("annullér")
    assert DANISH("form.cancelled_title") in await anna.types("ja")
    assert DANISH("rule.draft.none") in await anna.types("fortsæt")


async def test_cancelling_with_no_draft_is_simply_not_understood(anna: Chat) -> None:
    assert DANISH("unknown.title") in await anna.types("annullér")
