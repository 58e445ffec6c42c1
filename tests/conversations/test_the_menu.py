"""The menus that Teams shows beside the text field: what they offer, the bot does."""

import pytest

from cards.words import Say, speak
from dialogs.conversation import EVERYTHING, VERBS
from domain.people import Language
from manifest.package import MANIFEST, Json, files_for, read
from tests.support.chat import Chat
from tests.support.manifest_changes import INSTALLATION

FILES = files_for(INSTALLATION)
LANGUAGES = pytest.mark.parametrize("language", Language, ids=lambda language: language.value)


def menu(language: Language) -> list[str]:
    """List the commands of the personal chat as people see them in a language."""
    [personal] = [
        each
        for each in read(FILES, MANIFEST)["bots"][0]["commandLists"]
        if each["scopes"] == ["personal"]
    ]
    english: Json = read(FILES, "en.json")
    return [
        command["title"]
        if language is Language.DA
        else english[f"bots[0].commandLists[0].commands[{number}].title"]
        for number, command in enumerate(personal["commands"])
    ]


async def reads(bo: Chat, language: Language) -> Say:
    """Let Bo read a language, whatever the menu has made of it meanwhile."""
    await bo.types("dansk" if language is Language.DA else "english")
    return speak(language)


@LANGUAGES
async def test_each_command_is_answered_written_small_or_large(
    bo: Chat, language: Language
) -> None:
    """Criterion 5 of a good Teams bot: all listed commands work, in capitals too."""
    for title in menu(language):
        for typed in (title, title.upper(), title.lower()):
            say = await reads(bo, language)
            answer = await bo.types(typed)

            assert answer
            assert say("unknown.title") not in answer, typed
            assert say("refusal.title") not in answer or title in {"Fortsæt", "Continue"}, typed


@LANGUAGES
async def test_a_menu_in_one_language_is_answered_to_who_reads_the_other(
    bo: Chat, language: Language
) -> None:
    """Teams shows the menu in the language of the client, and the bot speaks the person's own."""
    other = Language.EN if language is Language.DA else Language.DA
    for title in menu(other):
        say = await reads(bo, language)
        answer = await bo.types(title)

        assert say("unknown.title") not in answer, title


@LANGUAGES
def test_the_help_names_each_command_of_the_menu(language: Language) -> None:
    told = "\n".join(map(speak(language), EVERYTHING.helps))

    assert [title for title in menu(language) if f"**{title.casefold()}**" not in told] == []


@LANGUAGES
def test_each_command_of_the_menu_is_a_word_of_its_own_language(language: Language) -> None:
    """A title that only the other language's readers would type is a mistake of ours."""
    first = {
        verb.words[0 if language is Language.DA else 1]
        for verb in VERBS.values()
        if verb.words[1:]
    }
    own = {"english"}  # it is called the same for everybody who looks for it

    assert [title for title in menu(language) if title.casefold() not in first | own] == []
