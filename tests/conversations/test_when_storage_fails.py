"""Something unforeseen at every point of a turn: a kind word with a code, and nothing lost."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import text

from tests.support.breaking import breaking
from tests.support.chat import Chat, reference_in
from tests.support.reports import OBSERVED, REPORT, answers_of, draft_of
from tests.support.town import DANISH, Town

LEAST = len(["BEGIN", "turn", "draft", "answer", "COMMIT"])
CODE = re.compile(r"koden ([0-9A-F]{6})\.")


async def at_every_point(
    take: Callable[[], Awaitable[str]], *, then: Callable[[], Awaitable[None]]
) -> str:
    """Take the same turn until the database no longer fails in it: at its first step, its
    second, and so on; `then` looks at what each failure has left. Give the last answer.
    """
    failed = 0
    while True:
        with breaking(at=failed + 1, secret=OBSERVED):
            read = await take()
        if not owned_up_to(read):
            break
        failed += 1
        assert OBSERVED not in read
        await then()
    assert failed > LEAST
    return read


def owned_up_to(read: str) -> bool:
    return DANISH("fault.title") in read and CODE.search(read) is not None


async def test_at_every_point_of_a_step_nothing_of_the_draft_is_lost(
    town: Town, anna: Chat
) -> None:
    """AC-IN-07."""
    await anna.types("bekymring")
    await anna.fills(REPORT)
    await anna.presses("form.correct", step="concern")
    draft, answers, card = await draft_of(town, anna), await answers_of(town, anna), anna.form()

    async def nothing_is_lost() -> None:
        assert await draft_of(town, anna) == draft
        assert await answers_of(town, anna) == answers

    read = await at_every_point(
        lambda: anna.presses_on(card, "form.next", place="Ved kiosken"), then=nothing_is_lost
    )

    assert DANISH("concern.step.review") in read
    assert (await answers_of(town, anna))["place"] == "Ved kiosken"


async def test_at_every_point_of_sending_all_is_stored_or_nothing(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """AC-IN-07, house.md §5.1: after each failure the draft can still be sent, once."""
    await anna.types("bekymring")
    await anna.fills(REPORT)
    draft, review = await draft_of(town, anna), anna.form()

    async def nothing_is_sent() -> None:
        assert await draft_of(town, anna) == draft
        async with town.remembers() as tx:
            assert await tx.concerns.of_reporter(anna.person.id) == []
            assert await tx.outbox.next_due() == reminded

    async with town.remembers() as tx:
        reminded = await tx.outbox.next_due()
    thanked = await at_every_point(
        lambda: anna.presses_on(review, "form.send"), then=nothing_is_sent
    )

    reference = reference_in(thanked)
    assert (await anna.types("mine bekymringer")).count("**B2026") == 1
    await town.passes(timedelta(minutes=10))
    assert bo.everything().count(DANISH("task.waiting_title", reference=reference)) == 1


async def test_at_every_point_of_a_typed_answer_the_person_is_answered(
    town: Town, anna: Chat
) -> None:
    """AC-IN-07: by keyboard too."""
    await anna.types("bekymring")

    async def nothing_is_answered() -> None:
        assert await answers_of(town, anna) == {}

    read = await at_every_point(lambda: anna.types("nej"), then=nothing_is_answered)

    assert DANISH("concern.notified.label") in read


async def test_when_even_the_explanation_fails_the_person_is_answered(anna: Chat) -> None:
    """A refusal is explained in a second transaction; that one may fail as well."""
    read = ""
    for point in range(1, 40):
        with breaking(at=point, secret=OBSERVED) as weak:
            read = await anna.types("åbn B2026-0001")
        if weak.asked < weak.at:
            break
        assert owned_up_to(read) or DANISH("rule.concern.not_found") in read

    assert DANISH("rule.concern.not_found") in read


async def test_the_way_on_from_a_fault_leads_back_into_the_form(anna: Chat) -> None:
    await anna.types("bekymring")
    await anna.types("nej")
    with breaking(at=2):
        assert owned_up_to(await anna.types("3"))

    told = await anna.presses("form.resume")

    assert DANISH("concern.notified.label") in told


async def test_an_operator_reads_why_the_bot_is_not_ready(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """AC-BAK-03: a code where the watch looks and in the log, and no details."""
    async with town.remembers() as tx:
        await tx.connection.execute(text("UPDATE data.alembic_version SET version_num = '0000'"))

    address = f"http://{town.settings.host}:{town.settings.port}/readyz"
    async with aiohttp.ClientSession() as outside, outside.get(address) as answer:
        told = answer.status, await answer.json()

    assert told == (503, {"ready": False, "why": ["migrations"]})
    assert [vars(each)["why"] for each in caplog.records if each.message == "not ready"] == [
        "migrations"
    ]
