"""Agendas and minutes of the other committees, and what goes wrong on the way."""

import asyncio
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.committee_meetings import CommitteeMeeting
from domain.minutes import MinutesState, Receiver
from tests.support import acts_agendas as acts
from tests.support.chat import Chat, verbs
from tests.support.steering import (
    ITEM,
    PROPOSAL,
    a_meeting,
    a_spring,
    plan,
    until,
    with_steering,
)
from tests.support.town import (
    DANISH,
    DORTE,
    GRETE,
    HENRIETTE,
    LARS,
    RUTH,
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

    async def test_is_laid_as_a_document_whose_name_says_nothing(
        self, town: Town, bo: Chat, sofie: Chat, tmp_path: Path
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
            await sofie.types(f"dagsorden {kind} {first.reference}")
        await until(town, date(2026, 3, 3))

        names = await asyncio.to_thread(os.listdir, tmp_path)
        assert sorted(each.rpartition(".")[2] for each in names) == ["docx", "pdf"]
        assert all(each.startswith(f"{first.reference}-dagsorden-") for each in names)
        assert all(each in sofie.everything() for each in names)


class TestMinutesOfTheSteeringGroup:
    async def test_are_final_in_the_database_too(self, town: Town) -> None:
        """MTG-26: no statement changes or removes what was approved, whoever sends it."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.approved(tx, town.hour.now)
        refused = []
        for statement in (
            "UPDATE data.minutes_versions SET content = '{}'",
            "UPDATE data.minutes_versions SET state = 'draft'",
            "DELETE FROM data.minutes_versions",
        ):
            with pytest.raises(DBAPIError, match="final"):
                async with town.remembers() as tx:
                    await tx.connection.execute(text(statement))
            refused.append(statement)

        async with town.remembers() as tx:
            minutes = await tx.minutes.latest(meeting.id)
        assert len(refused) == 3
        assert minutes is not None
        assert minutes.state is MinutesState.APPROVED

    async def test_are_corrected_by_a_version_with_an_approval_of_its_own(
        self, town: Town
    ) -> None:
        """MTG-26: until then the approved one is what the others read."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.approved(tx, town.hour.now)
        dorte, henriette, grete = map(town.chat, (DORTE, HENRIETTE, GRETE))
        number = meeting.reference

        await dorte.types(f"ret referat {number}")
        told = await dorte.presses("form.next", words="Beløbet var forkert")
        assert DANISH("minutes.correction_begun") in told
        await dorte.types(f"referat punkt {number} 1")
        await dorte.presses("minutes.decide")
        await dorte.presses("form.next", words="Tiltrådt for 10.000 kr.")
        assert "10.000" not in await grete.types(f"referat {number}")
        await dorte.types(f"udsend referat {number}")
        await dorte.types(f"luk kommentarer {number}")
        assert "10.000" not in await grete.types(f"referat {number}")
        assert DANISH("minutes.approved_now") in await henriette.types(f"godkend referat {number}")

        assert "10.000" in await grete.types(f"referat {number}")
        async with town.remembers() as tx:
            versions = await tx.minutes.of_meeting(meeting.id)
        assert [each.items[0].decision for each in versions] == [
            "Tiltrådt.",
            "Tiltrådt for 10.000 kr.",
        ]

    async def test_go_to_whom_the_committee_has_chosen(self, town: Town) -> None:
        """SGF-4: who the other relevant actors are is data."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.closed(tx, town.hour.now)
        dorte, henriette, grete = map(town.chat, (DORTE, HENRIETTE, GRETE))

        await dorte.types(f"referat til {meeting.reference}")
        await dorte.presses("form.next", receivers=Receiver.SECRETARIAT.value)
        await henriette.types(f"godkend referat {meeting.reference}")

        assert DANISH("rule.committee_meeting.not_found") in await grete.types(
            f"referat {meeting.reference}"
        )
        async with town.remembers() as tx:
            minutes = await tx.minutes.latest(meeting.id)
        assert minutes is not None
        assert GRETE.id not in minutes.sent_to
        assert DORTE.id in minutes.sent_to

    async def test_ask_everybody_anew_when_they_were_taken_back(self, town: Town) -> None:
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.closed(tx, town.hour.now)
        dorte, lars, ruth, henriette = map(town.chat, (DORTE, LARS, RUTH, HENRIETTE))
        number = meeting.reference

        await lars.types(f"enig {number}")
        await ruth.types(f"enig {number}")
        await dorte.types(f"hent referat tilbage {number}")
        assert DANISH("rule.minutes.not_to_approve") in await henriette.types(f"enig {number}")
        await dorte.types(f"udsend referat {number}")
        await dorte.types(f"luk kommentarer {number}")
        await henriette.types(f"enig {number}")

        async with town.remembers() as tx:
            minutes = await tx.minutes.latest(meeting.id)
            agreed = await tx.minutes.agreed(meeting.id, 1)
        assert minutes is not None
        assert minutes.state is MinutesState.APPROVAL
        assert agreed == {HENRIETTE.id}

    async def test_take_in_what_was_let_in_after_they_were_begun(self, town: Town) -> None:
        meeting = await a_spring(town)
        dorte, henriette = town.chat(DORTE), town.chat(HENRIETTE)
        async with town.remembers() as tx:
            await acts.accepted(tx, town.hour.now, meeting.id)
        await until(town, meeting.day, 8)
        await dorte.types(f"skriv referat {meeting.reference}")
        await henriette.types(f"hastepunkt {meeting.reference}")
        await henriette.fills({"kind": "orientation", "title": "Ny lov vedtaget i går"})
        await henriette.fills({"because": "Loven gælder fra i morgen"})
        await henriette.presses("form.send")

        await dorte.types(f"skriv referat {meeting.reference}")

        assert "Ny lov vedtaget i går" in await dorte.types(f"referat {meeting.reference}")


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
