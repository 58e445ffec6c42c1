"""The last button of a short form says what pressing it does, and so does the hint on typing."""

from tests.support import acts_agendas as acts
from tests.support.chat import Card, Chat
from tests.support.meet_steps import calls
from tests.support.steering import with_steering
from tests.support.town import DANISH, LARS, Town


def last_button(card: Card) -> str:
    [title] = [each["title"] for each in card["actions"] if each["verb"] == "form.next"]
    return str(title)


async def test_calls_and_moves_a_meeting(bo: Chat) -> None:
    await bo.types("indkald")
    assert last_button(bo.form()) == "Indkald"
    await bo.types("annullér")
    await bo.types("ja")

    reference = await calls(bo)
    await bo.types(f"flyt {reference}")
    assert last_button(bo.form()) == "Flyt mødet"


async def test_sends_a_comment_on_minutes(town: Town) -> None:
    await town.reorganises(with_steering())
    async with town.remembers() as tx:
        meeting = await acts.out(tx, town.hour.now)
    lars = town.chat(LARS)

    await lars.types(f"kommentar {meeting.reference}")

    assert last_button(lars.form()) == "Send kommentar"


async def test_says_the_same_to_who_types(carl: Chat) -> None:
    await carl.types("fravær")
    assert last_button(carl.form()) == "Notér fravær"

    for day in ("06-03-2026", "03-03-2026"):
        said = await carl.types(day)

    assert DANISH("form.hint_end", finish="Notér fravær") in said


async def test_saves_where_a_form_has_no_word_of_its_own(bo: Chat) -> None:
    await bo.types("optaget")

    assert last_button(bo.form()) == DANISH("button.form.finish")
