"""A concern from its first word to the facilitator, by keyboard and by cards."""

from dialogs.progress import Progress
from tests.support.chat import Chat, reference_in
from tests.support.reports import HOPE, NAME, NECESSARY, OBSERVED, PROTECTED_BY, REPORT, WRITTEN
from tests.support.town import DANISH, MONDAY_NOON, VALBY_GROUP, Town

SAFE = ("danger", "notified", "notified_why", "relation")


async def test_a_concern_typed_by_keyboard_reaches_the_facilitator(anna: Chat, bo: Chat) -> None:
    """CON-3, CON-7: everything that can be clicked can be typed."""
    # Is everybody safe?
    asked = await anna.types("Bekymring")
    assert DANISH("concern.danger.label") in asked
    await anna.types("nej")
    await anna.types("3")
    await anna.types("Socialforvaltningen kender allerede familien")
    asked = await anna.types("nej")

    # Who is it about?
    assert DANISH("concern.name.label") in asked
    await anna.types(NAME)
    await anna.types("spring over")
    asked = await anna.types("4.5.2011")
    assert DANISH("concern.protected.label") in asked
    await anna.types("nej")
    await anna.types("Valby")
    await anna.types("spring over")
    await anna.types("spring over")
    asked = await anna.types("nej")

    # What was seen, and which signs are there?
    assert DANISH("concern.happened_on.label") in asked
    await anna.types("27.02.2026")
    await anna.types("spring over")
    await anna.types("spring over")
    await anna.types(OBSERVED)
    await anna.types("1")
    asked = await anna.types("nej")
    assert DANISH("concern.step.criteria") in asked
    await anna.types("1")
    for _ in ("Signs of level 2", "3", "4", "and others"):
        asked = await anna.types("spring over")
    assert DANISH("concern.level.label") in asked
    asked = await anna.types("ok")

    # What pulls which way, and what is hoped for?
    for _ in range(4):
        asked = await anna.types("spring over")
    assert DANISH("concern.step.protection") in asked
    await anna.types(PROTECTED_BY)
    for _ in range(3):
        await anna.types("spring over")
    asked = await anna.types(HOPE)

    # May it be shared, who knows, and who is asking?
    assert DANISH("concern.c1.label") in asked
    for _ in range(3):
        await anna.types("ja")
    await anna.types(NECESSARY)
    await anna.types("ingen af dem")
    await anna.types("ikke endnu")
    await anna.types("spring over")
    reviewed = await anna.types("nej")
    assert DANISH("form.hint_review").replace("*", "") in reviewed.replace("*", "")
    thanked = await anna.types("send")

    # Anna has a number; Bo is told that a concern waits, and opens it
    reference = reference_in(thanked)
    assert DANISH("concern.received_group", group=VALBY_GROUP.name) in thanked
    assert DANISH("task.waiting_title", reference=reference) in bo.last()
    read = await bo.opens(reference)
    assert all(words in read for words in WRITTEN)


async def test_a_concern_filled_in_by_cards_reaches_the_facilitator(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """CON-3, CON-7: a task for the facilitator, and a neutral ping for the group."""
    await anna.presses("concern.begin")
    await anna.fills(REPORT)
    reviewed = anna.last()
    assert all(words in reviewed for words in WRITTEN)
    assert DANISH("concern.goes_to_group", group=VALBY_GROUP.name) in reviewed

    thanked = await anna.presses("form.send")

    reference = reference_in(thanked)
    assert DANISH("task.waiting_title", reference=reference) in bo.last()
    assert not [words for words in WRITTEN if words in bo.everything()]
    ping = DANISH("task.ping", reference=reference, area="Valby")
    assert town.channel()[-1] == ping
    await bo.presses("concern.open")
    read = await bo.presses("concern.clear")
    assert all(words in read for words in WRITTEN)


async def test_the_receipt_says_that_it_is_no_notification_and_not_whether_they_are_known(
    anna: Chat,
) -> None:
    """CON-4, CON-5: the same words, also for somebody reported before."""
    await anna.types("bekymring")
    await anna.fills(REPORT)
    first = await anna.presses("form.send")
    await anna.types("bekymring")
    await anna.fills(REPORT)
    second = await anna.presses("form.send")

    assert DANISH("concern.received_not_a_notification") in first
    assert second == first.replace(reference_in(first), reference_in(second))


async def test_a_form_is_finished_after_the_bot_was_started_again(
    town: Town, anna: Chat, bo: Chat
) -> None:
    await anna.types("bekymring")
    await anna.fills({key: REPORT[key] for key in (*SAFE, "name", "born")})
    before = anna.form()

    await town.restarts()
    await anna.presses_on(before, "form.next", protected="no", area="VAL", interpreter="no")
    await town.restarts()
    await anna.fills(REPORT)
    await town.restarts()
    reference = reference_in(await anna.types("send"))

    assert NAME in await bo.opens(reference)


async def test_a_form_put_away_is_taken_up_again_on_another_device(anna: Chat) -> None:
    """What was written on the card is kept, also where it is not yet complete."""
    await anna.types("bekymring")
    await anna.presses("form.next", danger="no", notified="made")
    saved = await anna.presses("form.save", notified_on="2026-02-20", relation="no")
    assert DANISH("form.saved_title") in saved
    told = await anna.types("hvad nu?")
    assert DANISH("unknown.title") in told

    resumed = await anna.types("fortsæt")

    assert DANISH("concern.step.safety") in resumed
    phone = anna.form()
    values = {each.get("id"): each.get("value") for each in phone["body"]}
    assert values["notified_on"] == "2026-02-20"
    assert values["relation"] == "no"
    assert DANISH("concern.step.person") in await anna.presses("form.next")


async def test_simply_writing_what_one_is_worried_about_offers_the_form(
    town: Town, anna: Chat
) -> None:
    """concern.md §4.7: suggestions rest on the person's own words and are never set silently."""
    offered = await anna.types("En 14-årig dreng i Valby har meget fravær og virker ked af det")
    assert DANISH("offer.title") in offered

    await anna.presses("form.resume")
    asked = await anna.fills({key: REPORT[key] for key in SAFE})

    because = DANISH("form.quoted", word="14-årig")
    assert DANISH("form.suggestion", because=because, value="14") in asked
    async with town.remembers() as tx:
        draft = await tx.drafts.of(anna.person.id, now=MONDAY_NOON)
    assert draft is not None
    assert "age_about" not in Progress.of(draft).answers


async def test_what_was_written_to_begin_with_can_be_deleted_again(town: Town, anna: Chat) -> None:
    await anna.types("En 14-årig dreng i Valby har meget fravær og virker ked af det")

    told = await anna.presses("form.discard")

    assert DANISH("offer.discarded_title") in told
    async with town.remembers() as tx:
        assert await tx.drafts.of(anna.person.id, now=MONDAY_NOON) is None
