"""Items and agendas of the committees, and what goes wrong on the way."""

import asyncio
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.committee_meetings import CommitteeMeeting
from tests.support.chat import Chat, verbs
from tests.support.meet_steps import calls
from tests.support.steering import (
    ITEM,
    PROPOSAL,
    a_meeting,
    a_spring,
    plan,
    until,
)
from tests.support.town import (
    DANISH,
    LARS,
    VALBY_GROUP,
    Town,
)

MEETS, LATER = date(2026, 3, 24), date(2026, 4, 7)
KG_ITEM = {"kind": "decision", "title": "Sommerens åbningstider", "words": "Skal vi samle dem?"}


async def two_meetings(town: Town) -> tuple[CommitteeMeeting, CommitteeMeeting]:
    """Let Bo's group meet twice."""
    now = town.hour.now
    first, second = (
        a_meeting(VALBY_GROUP, day, number, called_at=now)
        for number, day in ((11, MEETS), (12, LATER))
    )
    async with town.remembers() as tx:
        await plan(tx, first, second, now=now)
    return first, second


async def proposes(who: Chat, number: str, **changed: str) -> str:
    await who.types(f"punkt {number}")
    await who.fills({**KG_ITEM, **changed})
    return await who.presses("form.send")


class TestAnItem:
    async def test_goes_back_with_words_is_mended_and_accepted(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        first, _ = await two_meetings(town)
        assert DANISH("item.proposed") in await proposes(sofie, first.reference)

        await bo.presses("item.open")
        await bo.presses("item.return")
        told = await bo.presses("form.next", words="Skriv hvilke klubber")
        assert DANISH("item.sent_back") in told
        assert DANISH("agenda.answered_returned_title", committee=VALBY_GROUP.name) in sofie.last()
        assert "Skriv hvilke klubber" not in sofie.last()
        duty = DANISH("duty.item_returned", reference=f"**{first.reference}**")
        assert duty in await sofie.types("mine opgaver")
        assert "Skriv hvilke klubber" in await sofie.presses("item.open")
        await sofie.presses("item.change")
        await sofie.fills({**KG_ITEM, "words": "Klub Øst og Klub Vest"})
        told = await sofie.presses("form.send")
        assert DANISH("item.changed") in told
        await bo.types(f"vis punkt {first.reference} 1")
        assert DANISH("item.accepted") in await bo.presses("item.accept")

    async def test_is_taken_once_however_often_and_late_it_is_pressed(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-04: a double press, and a card that shows what was."""
        first, _ = await two_meetings(town)
        await proposes(sofie, first.reference)
        await bo.presses("item.open")
        old = bo.card(bo.card_with("item.accept"))
        await bo.presses("item.accept")

        again = await bo.presses_on(old, "item.accept")
        moved = await bo.presses_on(old, "item.move")

        assert DANISH("rule.item.moved_on") in again
        assert DANISH("rule.item.moved_on") in moved

    async def test_is_sent_once_however_often_it_is_pressed(self, town: Town, sofie: Chat) -> None:
        first, _ = await two_meetings(town)
        await sofie.types(f"punkt {first.reference}")
        await sofie.fills(KG_ITEM)
        send = sofie.form()
        await sofie.presses("form.send")
        await sofie.presses_on(send, "form.send")

        async with town.remembers() as tx:
            assert len(await tx.meeting_items.of_meeting(first.id)) == 1

    async def test_names_nobody_by_a_cpr_number_and_links_only_to_what_is_closed(
        self, town: Town, sofie: Chat
    ) -> None:
        first, _ = await two_meetings(town)
        await sofie.types(f"punkt {first.reference}")

        cpr = await sofie.presses("form.next", **{**KG_ITEM, "title": "Om 750311-5000"})
        link = await sofie.presses("form.next", **{**KG_ITEM, "annexes": "http://x.example/a"})
        secret = await sofie.presses(
            "form.next", **{**KG_ITEM, "annexes": "https://x.example/a?sig=1"}
        )

        assert DANISH("rule.field.cpr") in cpr
        assert DANISH("rule.annex.not_https") in link
        assert DANISH("rule.annex.with_secret") in secret

    async def test_that_is_not_taken_on_goes_to_the_next_meeting(
        self, town: Town, bo: Chat, sofie: Chat, carl: Chat
    ) -> None:
        """MTG-24: what is late or was not accepted is not on the final agenda."""
        first, second = await two_meetings(town)
        await proposes(sofie, first.reference)
        await proposes(carl, first.reference, title="Fælles kursus")
        await bo.presses("item.open")
        await bo.presses("item.accept")
        await bo.types(f"udsend endelig {first.reference}")

        seen = await carl.types(f"dagsorden {first.reference}")
        assert "Fælles kursus" in seen
        assert KG_ITEM["title"] not in seen
        assert DANISH("agenda.answered_proposed_title", committee=VALBY_GROUP.name) in (
            sofie.everything()
        )
        assert KG_ITEM["title"] in await sofie.types(f"dagsorden {second.reference}")
        assert DANISH("rule.agenda.sent") in await bo.types(f"udsend endelig {first.reference}")

    async def test_of_the_last_meeting_comes_with_the_next_that_is_called(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """MTG-24: a cancelled meeting's items are on no meeting's agenda until there is one."""
        first, second = await two_meetings(town)
        await proposes(sofie, first.reference)
        for each in (second, first):
            await bo.types(f"aflys {each.reference}")
            await bo.presses("form.next", sure="yes")
        waits = DANISH("agenda.answered_waits_title", committee=VALBY_GROUP.name)
        assert waits in sofie.everything()

        third = await calls(bo)

        assert DANISH("agenda.answered_proposed_title", committee=VALBY_GROUP.name) in (
            sofie.everything()
        )
        assert KG_ITEM["title"] in await bo.types(f"dagsorden {third}")
        await bo.presses("item.open")
        await bo.presses("item.accept")
        await bo.types(f"udsend endelig {third}")
        assert KG_ITEM["title"] in await sofie.types(f"dagsorden {third}")

    async def test_is_put_in_order_and_taken_back(self, town: Town, bo: Chat, sofie: Chat) -> None:
        first, _ = await two_meetings(town)
        for title in ("Første sag", "Anden sag"):
            await proposes(sofie, first.reference, title=title)
            await bo.presses("item.open")
            await bo.presses("item.accept")

        await bo.types(f"vis punkt {first.reference} 2")
        await bo.presses("item.up")
        seen = await sofie.types(f"dagsorden {first.reference}")
        assert seen.index("Anden sag") < seen.index("Første sag")
        await sofie.types(f"vis punkt {first.reference} 1")
        assert DANISH("item.taken_back") in await sofie.presses("item.withdraw")
        assert "Anden sag" not in await bo.types(f"dagsorden {first.reference}")


class TestTheAgenda:
    async def test_that_is_sent_is_the_one_that_was_seen(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-04: another item was put on it while the card lay there."""
        first, _ = await two_meetings(town)
        await proposes(sofie, first.reference)
        await bo.presses("item.open")
        await bo.presses("item.accept")
        await bo.types(f"dagsorden {first.reference}")
        old = bo.card(bo.card_with("agenda.final"))
        await proposes(sofie, first.reference, title="Fælles kursus")
        await bo.presses("item.open")
        await bo.presses("item.accept")

        refused = await bo.presses_on(old, "agenda.final")

        assert DANISH("rule.meeting_agenda.moved_on") in refused
        async with town.remembers() as tx:
            assert await tx.agendas.of_meeting(first.id) == []
        assert "Fælles kursus" in await bo.presses("agenda.show")
        await bo.presses("agenda.final")
        async with town.remembers() as tx:
            [sent] = await tx.agendas.of_meeting(first.id)
        assert [each.title for each in sent.items] == [KG_ITEM["title"], "Fælles kursus"]

    async def test_of_the_cases_leads_on_to_the_committees(self, town: Town, bo: Chat) -> None:
        first, _ = await two_meetings(town)

        await bo.types("dagsorden")
        told = await bo.presses("agenda.mine")

        assert first.reference in told
        assert "agenda.show" in verbs(bo.card(bo.messages()[-1]))

    async def test_is_asked_for_by_number_or_named_wrong(self, town: Town, bo: Chat) -> None:
        first, _ = await two_meetings(town)

        assert DANISH("agenda.none") in await bo.types(f"dagsorden {first.reference}")
        missing = DANISH("rule.committee_meeting.not_found")
        assert missing in await bo.types("dagsorden M2026-9999")
        assert DANISH("rule.item.no_such_number") in await bo.types(
            f"vis punkt {first.reference} 7"
        )
        assert DANISH("rule.agenda.not_sent") in await bo.types(f"dagsorden pdf {first.reference}")
        assert DANISH("rule.agenda.empty") in await bo.types(f"udsend endelig {first.reference}")

    async def test_that_is_final_early_asks_nobody_for_items_any_more(
        self, town: Town, bo: Chat, sofie: Chat, carl: Chat
    ) -> None:
        first, _ = await two_meetings(town)
        await proposes(sofie, first.reference)
        await bo.presses("item.open")
        await bo.presses("item.accept")
        await bo.types(f"udsend endelig {first.reference}")

        await until(town, date(2026, 3, 18))

        assert DANISH("agenda.letter_final_title", committee=VALBY_GROUP.name) in carl.everything()
        assert DANISH("meet.call_title", committee=VALBY_GROUP.name) not in carl.everything()

    async def test_is_laid_as_a_document_whose_name_says_nothing(
        self, town: Town, bo: Chat, sofie: Chat, dorte: Chat, tmp_path: Path
    ) -> None:
        """MTG-20, MTG-27."""
        first, _ = await two_meetings(town)
        await proposes(sofie, first.reference)
        await bo.presses("item.open")
        await bo.presses("item.accept")
        await bo.types(f"udsend endelig {first.reference}")
        town.settings = replace(town.settings, export_folder=str(tmp_path))
        await town.restarts()

        for kind in ("pdf", "docx"):
            await dorte.types(f"dagsorden {kind} {first.reference}")
        await until(town, date(2026, 3, 3))

        names = await asyncio.to_thread(os.listdir, tmp_path)
        assert sorted(each.rpartition(".")[2] for each in names) == ["docx", "pdf"]
        assert all(each.startswith(f"{first.reference}-dagsorden-") for each in names)
        assert all(each in dorte.everything() for each in names)


async def test_a_proposal_after_its_hour_is_too_late(town: Town) -> None:
    """MTG-24: also when the press comes from a form that was begun in time."""
    meeting = await a_spring(town)
    lars = town.chat(LARS)
    await until(town, date(2026, 3, 31))
    await lars.types(f"punkt {meeting.reference}")
    await lars.fills({**ITEM, **PROPOSAL})
    await until(town, date(2026, 4, 1))

    told = await lars.presses("form.send")

    assert DANISH("rule.item.too_late") in told
    assert "form.send" not in verbs(lars.card(lars.messages()[-1]))
    async with town.remembers() as tx:
        assert await tx.meeting_items.of_meeting(meeting.id) == []
