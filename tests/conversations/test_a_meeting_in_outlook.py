"""A meeting called in Teams is in Outlook, and what is answered there is known here."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from localgraph.event import Event
from localgraph.server import LocalGraph, running
from tests.conversations.test_a_meeting_in_the_calendar import fetched
from tests.support.chat import Chat
from tests.support.meet_steps import CALLED, calls, gives_a_substitute, moves
from tests.support.town import ANNA, CARL, DANISH, LIV, Town

SECRET = "Sommerens åbningstider i klubben"
MAILBOX = "ssp-sekretariat@kbh.example"
A_MINUTE = timedelta(minutes=1)
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
async def outlook(town: Town) -> AsyncIterator[LocalGraph]:
    """The Secretariat's mailbox, and the bot begun again with it."""
    async with running(LocalGraph(mailboxes=[MAILBOX], now=lambda: town.hour.now)) as graph:
        await town.stops()
        town.settings = replace(
            town.settings, graph=True, graph_mailbox=MAILBOX, local_graph=graph.base_url
        )
        await town.starts()
        yield graph
        await town.stops()
        assert graph.log.wrong == []


def the_event(outlook: LocalGraph) -> Event:
    (event,) = outlook.calendar.of(MAILBOX)
    return event


async def test_who_is_asked_finds_it_in_outlook_and_answers_there(
    town: Town, outlook: LocalGraph, bo: Chat, carl: Chat
) -> None:
    """MTG-17: and the card shows what they answered, and the way in."""
    reference = await calls(bo)
    await town.passes(A_MINUTE)
    event = the_event(outlook)
    assert outlook.outbox.kinds(CARL.email) == ["invitation"]
    await town.passes(A_MINUTE)
    outlook.outlook.answer(event, CARL.email, "accepted")

    await town.passes(TEN_MINUTES)
    page = await carl.types(f"møde {reference}")

    assert "Dit svar: Deltager" in page
    assert DANISH("meet.join") in page
    assert CALLED["purpose"] not in str([each.body for each in outlook.log.calls])


async def test_no_word_of_its_agenda_goes_there(town: Town, outlook: LocalGraph, bo: Chat) -> None:
    """MTG-20: whatever is on it, and however often the event changes."""
    reference = await calls(bo)
    await bo.types(f"punkt {reference}")
    await bo.fills({"kind": "decision", "title": SECRET, "words": f"Hvad gør vi? {SECRET}"})
    await bo.presses("form.send")
    await bo.presses("item.accept")
    await bo.types(f"udsend endelig {reference}")
    await town.passes(A_MINUTE)
    await moves(bo, reference)
    await town.passes(A_MINUTE)
    await bo.types(f"aflys {reference}")
    await bo.presses("form.next", sure="yes")
    await town.passes(A_MINUTE)

    said = str([(each.path, each.body) for each in outlook.log.calls])
    assert {each.op for each in outlook.log.calls} >= {"events.create", "events.cancel"}
    assert SECRET not in said
    assert CALLED["purpose"] not in said
    assert "SSP-møde: Koordinationsgruppe Vest" in said


async def test_who_declines_there_has_their_substitute_asked(
    town: Town, outlook: LocalGraph, bo: Chat, anna: Chat
) -> None:
    """MTG-25: asked in Teams, and in Outlook, and nobody else hears of it."""
    await gives_a_substitute(town, ANNA.id, "KG.3")
    await calls(bo)
    for _ in range(2):
        await town.passes(A_MINUTE)
    outlook.outbox.clear()
    outlook.outlook.answer(the_event(outlook), LIV.email, "declined")

    await town.passes(TEN_MINUTES)
    await town.passes(A_MINUTE)

    assert "Kan du møde som suppleant?" in anna.everything()
    assert [(each.to, each.kind) for each in outlook.outbox.posts] == [(ANNA.email, "invitation")]


async def test_its_file_has_the_way_in(
    town: Town, outlook: LocalGraph, bo: Chat, carl: Chat
) -> None:
    """MTG-19: who keeps a calendar file gets into the same meeting."""
    reference = await calls(bo)
    await town.passes(A_MINUTE)

    file = await fetched(town, carl, reference)

    assert str(file.walk("VEVENT")[0]["URL"]) == the_event(outlook).join_url


async def test_moved_and_cancelled_here_it_is_so_there(
    town: Town, outlook: LocalGraph, bo: Chat
) -> None:
    """MTG-16."""
    reference = await calls(bo)
    await town.passes(A_MINUTE)
    await moves(bo, reference)
    await town.passes(A_MINUTE)
    assert f"{the_event(outlook).start:%d.%m. %H:%M}" == "25.03. 09:00"

    await bo.types(f"aflys {reference}")
    await bo.presses("form.next", sure="yes")
    await town.passes(A_MINUTE)

    assert outlook.calendar.of(MAILBOX) == []
    assert outlook.outbox.kinds(CARL.email) == ["invitation", "update", "cancellation"]
    assert DANISH("calendar.called_off") in [each.content for each in outlook.outbox.posts]


async def test_deleted_there_it_is_put_back_and_the_secretariat_hears_why(
    town: Town, outlook: LocalGraph, bo: Chat, dorte: Chat
) -> None:
    reference = await calls(bo)
    await town.passes(A_MINUTE)
    for _ in range(2):  # the first night is nobody's: the chore has just become known
        await town.passes(timedelta(hours=24))
    outlook.outlook.delete(the_event(outlook))

    await town.passes(timedelta(hours=24))
    await town.passes(A_MINUTE)

    assert len(outlook.calendar.of(MAILBOX)) == 1
    read = dorte.everything()
    assert read.count("Lagt tilbage i Outlook") == 1
    assert f"{reference} · Koordinationsgruppe Vest" in read
    assert "var slettet. Det holdes tirsdag 24. marts 2026 kl. 09.00." in read
