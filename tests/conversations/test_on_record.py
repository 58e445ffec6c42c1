"""What is on record of who looked at what, and what who handles a concern is told (SEC-1)."""

from collections import Counter
from dataclasses import replace

import pytest

from domain.concerns import REMIND_AFTER
from tests.support.chat import Chat, reference_in
from tests.support.legal_stories import reroutes
from tests.support.organisation_changes import (
    with_member_facilitating,
    without_secretariat,
)
from tests.support.reports import CARL_IS_NEAR, GRAVE, REPORT
from tests.support.town import ANNA, DANISH, DENNIS, ORGANISATION, VALBY_GROUP, Town
from tests.support.trail import audited


async def on_record(town: Town, chat: Chat) -> list[tuple[str, str]]:
    """List what somebody did with concerns, and what came of it, in order."""
    async with town.remembers() as tx:
        events = await audited(tx, actor=chat.person.id)
    return [(each.action, each.result) for each in events]


class TestTheRecord:
    async def test_knows_who_was_asked_from_who_has_read(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """SEC-1: one press is one line, and the question about a relation is no reading."""
        reference = await anna.reports(REPORT)

        await bo.types(f"åbn {reference}")
        asked = await on_record(town, bo)
        await bo.types(f"nej {reference}")

        assert asked == [("concern.open", "asked")]
        assert await on_record(town, bo) == [*asked, ("concern.open", "ok")]

    async def test_says_that_somebody_stepped_aside_and_not_that_they_read(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        reference = await anna.reports(REPORT)

        await bo.types(f"ja {reference}")

        assert await on_record(town, bo) == [("concern.step_aside", "ok")]

    async def test_is_not_filled_by_cards_that_refresh_themselves(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        await anna.reports(REPORT)
        about = bo.card(bo.card_with("concern.open"))["refresh"]["action"]["data"]

        await bo.forges("concern.stand", about)

        assert await on_record(town, bo) == []


async def test_who_handles_it_knows_who_reported_it(anna: Chat, bo: Chat) -> None:
    """domain.md §14.2 D7, field 7.1: without it nobody could be asked."""
    read = await bo.opens(await anna.reports(REPORT))

    for words in (ANNA.name, ANNA.function, ANNA.email):
        assert words in read


async def test_a_shielded_reporter_is_known_to_the_facilitator_only(
    anna: Chat, bo: Chat, carl: Chat
) -> None:
    """concern.md §4.6."""
    shielded = {"shield": "yes", "shield_why": "Jeg bor i samme opgang"}
    reference = await anna.reports({**REPORT, **shielded})

    assert ANNA.name in await bo.opens(reference)
    read = await carl.opens(reference)
    assert REPORT["observed"] in read
    assert ANNA.name not in read
    assert ANNA.email not in read


class TestAChannel:
    async def test_where_somebody_named_as_near_reads_along_hears_nothing(
        self, town: Town, anna: Chat
    ) -> None:
        """INH-3, scenario 1: the number and the area would tell Carl what he may not know."""
        before = town.channel()

        await anna.reports({**REPORT, **CARL_IS_NEAR})

        assert town.channel() == before

    async def test_hears_of_a_concern_once(
        self, town: Town, anna: Chat, bo: Chat, sofie: Chat, carl: Chat
    ) -> None:
        await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, sofie.person))
        before = town.channel()
        reference = await anna.reports(GRAVE)

        await bo.types(f"ja {reference}")

        assert len(town.channel()) == len(before) + 1
        assert (
            Counter(carl.everything().splitlines())[
                DANISH("task.grave_title", reference=reference)
            ]
            == 1
        )


async def test_everybody_who_steps_aside_is_brought_to_the_secretariat(
    anna: Chat, carl: Chat, sofie: Chat, dorte: Chat, dennis: Chat
) -> None:
    """INH-2: the second is not taken for the first, and no officer's absence hides it."""
    reference = await anna.reports(GRAVE)

    await carl.types(f"ja {reference}")
    await sofie.types(f"ja {reference}")

    for officer in (dorte, dennis):
        titles = officer.everything().splitlines()
        assert titles.count(DANISH("recusal.waits_title", reference=reference)) == 2


async def test_moving_to_a_group_with_nobody_says_where_it_landed(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """CON-7."""
    seats = tuple(each for each in ORGANISATION.memberships if each.committee != "KG6")
    await town.reorganises(replace(ORGANISATION, memberships=seats))
    await bo.opens(await anna.reports(REPORT))

    told = await reroutes(bo, "KG6")

    assert DANISH("reading.triage") in told


async def test_who_sends_an_enquiry_sees_the_receipt_and_nothing_else(
    helle: Chat, dorte: Chat
) -> None:
    """CON-1, S115-5."""
    await helle.types("henvendelse")
    await helle.types("Jeg vil gerne tale med nogen om uroen ved stationen")
    received = await helle.types("send")
    before = len(helle.messages())
    reference = reference_in(received)

    await dorte.opens(reference)
    await dorte.presses("concern.take_up")

    assert len(helle.messages()) == before


async def test_who_steps_aside_is_out_even_where_nobody_is_left_to_take_over(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """INH-2: the door is shut first; whoever is appointed next gets the duty with a reminder."""
    await town.reorganises(without_secretariat(ORGANISATION))
    reference = await anna.reports(REPORT)

    told = await bo.types(f"ja {reference}")

    assert DANISH("handled.stepped_aside_title", reference=reference) in told
    assert DANISH("rule.concern.not_found") in await bo.types(f"åbn {reference}")
    await town.reorganises(ORGANISATION)
    await town.passes(REMIND_AFTER)
    assert (await town.concern(reference)).owner == DENNIS.id


async def test_a_stranger_at_the_door_is_a_security_event(
    ulla: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    """AC-LOG-03, AC-AUTH-11: by their directory id, and nothing they wrote."""
    with caplog.at_level("INFO", logger="security"):
        await ulla.types("åbn B2026-0001")

    [event] = [each for each in caplog.records if each.name == "security"]
    assert event.getMessage() == "access.denied"
    assert vars(event)["actor"] == ulla.person.aad_id
