"""The Secretariat notes a colleague away who cannot do it here, such as the police (BER-28)."""

from datetime import date, timedelta

import pytest

from domain.committee_meetings import Reply
from domain.people import Person
from tests.support.chat import Chat
from tests.support.own_meetings import a_meeting
from tests.support.town import BO, CARL, DANISH, DORTE, PER, Town
from tests.support.trail import audited

FIRST, LAST = date(2026, 3, 3), date(2026, 3, 6)
NOTED = DANISH("absence_for.noted", since=DANISH.day(FIRST), until=DANISH.day(LAST))
DAYS = {"from_on": str(FIRST), "to_on": str(LAST)}


async def notes(dorte: Chat) -> str:
    await dorte.types(f"fravær for {PER.name}")
    await dorte.presses("absence.note")
    return await dorte.presses("form.next", **DAYS)


async def test_is_away_as_if_they_had_said_so_themselves(town: Town, dorte: Chat) -> None:
    said = await notes(dorte)

    assert DANISH("absence_for.done_title") in said
    assert NOTED in await dorte.presses("absence.show")
    own = DANISH("absence.noted", since=DANISH.day(FIRST), until=DANISH.day(LAST))
    assert own in await town.chat(PER).types("fravær")
    async with town.remembers() as tx:
        assert await tx.absences.away(FIRST) == {PER.id}
        [line] = await audited(tx, action="absence.note_absence")
    assert (line.actor, line.about) == (DORTE.id, PER.id)


async def test_is_missed_at_a_meeting_like_anybody_who_is_away(town: Town, dorte: Chat) -> None:
    """MTG-25: whoever notes it."""
    meeting = await a_meeting(town, FIRST + timedelta(days=1), asks=(PER,))
    await notes(dorte)

    async with town.remembers() as tx:
        own = await tx.committee_meetings.invitation(meeting.id, PER.id)
    assert own is not None
    assert own.reply is Reply.SUBSTITUTE


async def test_is_back_when_the_secretariat_says_so(town: Town, dorte: Chat) -> None:
    await notes(dorte)
    await dorte.types(f"fravær for {PER.name}")

    assert DANISH("absence_for.none") in await dorte.presses("absence.recall")
    async with town.remembers() as tx:
        assert await tx.absences.away(FIRST) == frozenset()
        assert [each.about for each in await audited(tx, action="absence.end_absence")] == [PER.id]


async def test_is_chosen_where_a_name_fits_several(dorte: Chat) -> None:
    assert DANISH("role.found") in await dorte.types("fravær for er")
    assert DANISH("role.found_none") in await dorte.types("fravær for ingen af os")


@pytest.mark.parametrize("person", [BO, CARL])
async def test_is_for_the_secretariat_alone(town: Town, person: Person) -> None:
    said = await town.chat(person).types(f"fravær for {PER.name}")

    assert DANISH("rule.office.secretariat_only", who="{}").split("{}")[0] in said
    assert PER.name not in said
