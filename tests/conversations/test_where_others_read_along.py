"""Group chats and channels: neutral words, nothing stored, nothing repeated (AC-OUT-08)."""

import pytest
from sqlalchemy import func, select

from dialogs.conversation import VERBS
from localteams.state import Conversation
from storage.rows import concerns, draft_starts, drafts
from tests.support.chat import Chat
from tests.support.reports import REPORT
from tests.support.town import DANISH, TEAM, Town

EVERY_COMMAND = sorted(
    {word for verb in VERBS.values() if not verb.about for word in verb.words}
    | {f"{word} B2026-0001" for verb in VERBS.values() if verb.about for word in verb.words}
    | {"En 14-årig dreng i Valby har meget fravær og er ked af det", "Max Myrekær", "ja"}
)
NEUTRAL = DANISH("private.body")


@pytest.fixture
def channel(town: Town) -> Conversation:
    return town.teams.world.conversation(TEAM)


async def rows(town: Town) -> int:
    async with town.remembers() as tx:
        return sum(
            [
                (await tx.connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in (drafts, draft_starts, concerns)
            ]
        )


async def test_every_command_in_a_channel_is_answered_neutrally(
    town: Town, anna: Chat, bo: Chat, channel: Conversation
) -> None:
    await anna.reports(REPORT)
    before = await rows(town)

    for words in EVERY_COMMAND:
        answers = await town.teams.says(bo.person.aad_id, f"@SSP København {words}", where=channel)
        read = [bo.reads(answer) for answer in answers]

        assert len(read) == 1
        assert NEUTRAL in read[0]
        assert words == "" or words not in read[0].replace(NEUTRAL, "")
        assert answers[0].summary == NEUTRAL
    assert await rows(town) == before


async def test_every_command_in_a_group_chat_is_answered_neutrally(
    town: Town, anna: Chat, bo: Chat
) -> None:
    await anna.reports(REPORT)
    before = await rows(town)
    group = await town.teams.acts.make_group(anna.person.aad_id, [bo.person.aad_id])
    [introduction] = [each for each in town.teams.messages(group) if each.sender is None]
    assert "B2026" not in introduction.text

    for words in EVERY_COMMAND:
        answers = await town.teams.says(anna.person.aad_id, f"@SSP København {words}", where=group)

        assert [NEUTRAL in anna.reads(answer) for answer in answers] == [True]
    assert await rows(town) == before


async def test_a_stranger_in_a_channel_reads_the_same_as_everybody(
    town: Town, ulla: Chat, channel: Conversation
) -> None:
    """Whether somebody is in the register is nothing for others to read."""
    [answer] = await town.teams.says(ulla.person.aad_id, "@SSP København bekymring", where=channel)

    assert NEUTRAL in ulla.reads(answer)


async def test_somebody_elses_card_pressed_in_a_group_chat_does_nothing(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """AC-CARD-08: the facilitator's own card, forwarded to where others read along."""
    reference = await anna.reports(REPORT)
    card = bo.card(bo.card_with("concern.open"))
    group = await town.teams.acts.make_group(bo.person.aad_id, [anna.person.aad_id])
    [message] = [each for each in town.teams.messages(group) if each.sender is None]
    before = await town.concern(reference)

    pressed = await town.teams.presses(bo.person.aad_id, message, "concern.open", card=card)

    assert pressed.card is not None
    assert NEUTRAL in str(pressed.card)
    assert reference not in str(pressed.card)
    assert await town.concern(reference) == before


async def test_what_is_written_without_a_mention_is_not_even_heard(
    town: Town, bo: Chat, channel: Conversation
) -> None:
    assert await town.teams.says(bo.person.aad_id, "bekymring", where=channel) == []
