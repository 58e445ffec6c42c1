"""From a concern to a case, by card and by keyboard, and what its reporter hears of it (CON-5)."""

import asyncio

from domain.concerns import Status
from tests.support.chat import Chat, verbs
from tests.support.reports import NAME, REPORT
from tests.support.town import BO, DANISH, DORTE, EVA, SOFIE, Town

CPR = "0405114003"
NUMBERED = {**REPORT, "cpr": CPR}
IN_VANLOESE = {**NUMBERED, "area": "VAN"}
GUIDED = "Tal med skolens ledelse om en fælles plan."


async def case_number(town: Town, reference: str) -> str:
    """Find the number of the case that a concern is part of."""
    concern = await town.concern(reference)
    assert concern.case is not None
    async with town.remembers() as tx:
        case = await tx.cases.find(concern.case)
    assert case is not None
    return case.reference


async def test_a_facilitator_opens_a_case_by_card(town: Town, anna: Chat, bo: Chat) -> None:
    reference = await anna.reports(NUMBERED)
    await bo.opens(reference)

    offered = await bo.presses("concern.to_case")
    assert DANISH("matching.nobody") in offered
    opened = await bo.presses("concern.open_case")

    assert await case_number(town, reference) in opened
    assert (await town.concern(reference)).status is Status.LINKED
    assert NAME not in opened


async def test_a_member_opens_a_case_by_keyboard(town: Town, anna: Chat) -> None:
    reference = await anna.reports(NUMBERED)
    sofie = town.chat(SOFIE)
    await sofie.opens(reference)

    opened = await sofie.types(f"opret sag {reference}")

    assert await case_number(town, reference) in opened


async def test_it_is_done_in_english_too(anna: Chat, bo: Chat) -> None:
    reference = await anna.reports(NUMBERED)
    await bo.types("english")
    await bo.opens(reference)

    assert "known" in await bo.types(f"to case {reference}")
    assert "has been opened" in await bo.types(f"open case {reference}")


async def test_a_second_concern_joins_the_case_of_the_same_number(
    town: Town, anna: Chat, bo: Chat
) -> None:
    first, second = await anna.reports(NUMBERED), await anna.reports(NUMBERED)
    for reference in (first, second):
        await bo.opens(reference)
    await bo.types(f"opret sag {first}")
    number = await case_number(town, first)

    assert DANISH("matching.same") in await bo.types(f"til sag {second}")
    assert "concern.open_case" not in data_of_buttons(bo)
    joined = await bo.presses("concern.join")

    assert number in joined
    assert await case_number(town, second) == number


async def test_it_can_be_put_in_a_case_by_its_number(town: Town, anna: Chat, bo: Chat) -> None:
    unnumbered = {key: value for key, value in REPORT.items() if key != "cpr"}
    first, second = await anna.reports(unnumbered), await anna.reports(unnumbered)
    for reference in (first, second):
        await bo.opens(reference)
    await bo.types(f"opret sag {first}")
    number = await case_number(town, first)

    assert DANISH("matching.alike") in await bo.types(f"til sag {second}")
    assert number in await bo.types(f"læg {second} i {number}")


async def test_another_groups_case_is_not_shown_and_the_secretariat_is_told(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """CON-5, §14: known in another group, and no more than that."""
    theirs, ours = await anna.reports(IN_VANLOESE), await anna.reports(NUMBERED)
    eva, dorte = town.chat(EVA), town.chat(DORTE)
    await eva.opens(theirs)
    await eva.types(f"opret sag {theirs}")
    number = await case_number(town, theirs)
    await bo.opens(ours)

    told = await bo.types(f"til sag {ours}")
    assert DANISH("matching.elsewhere_runs") in told
    await bo.presses("concern.pass_to_known")
    await town.passes(town.settings.deliver_every)

    assert number not in bo.everything()
    assert theirs not in bo.everything()
    assert DANISH("task.match_title", reference=ours) in dorte.everything()
    assert DANISH("case_match.title", reference=number) in eva.everything()


async def test_its_reporter_cannot_learn_whether_the_person_was_known(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """AC-AZ-06: the same words, whatever the group found."""
    seen: list[str] = []
    for _ in range(2):
        reference = await anna.reports(NUMBERED)
        await bo.opens(reference)
        await bo.types(f"opret sag {reference}")
        await bo.types(f"læg {reference} i 2026-0001")
        await town.passes(town.settings.deliver_every)
        seen.append(anna.last().replace(reference, "B"))
        assert (await town.concern(reference)).status is Status.LINKED

    assert seen[0] == seen[1]
    assert "taget op" in seen[0]


async def test_twenty_presses_at_once_make_one_case(town: Town, anna: Chat, bo: Chat) -> None:
    """AC-CARD-05."""
    reference = await anna.reports(NUMBERED)
    await bo.opens(reference)
    concern = await town.concern(reference)
    carried = {"concern": str(concern.id), "version": concern.version}

    told = await asyncio.gather(*(bo.forges("concern.open_case", carried) for _ in range(20)))

    number = await case_number(town, reference)
    opened = [each for each in told if DANISH("joined.opened_title", reference=number) in each]
    assert len(opened) >= 1
    async with town.remembers() as tx:
        assert await tx.cases.by_reference("2026-0002") is None


async def test_it_is_rejected_with_guidance_that_its_reporter_opens(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """CON-11."""
    reference = await anna.reports(REPORT)
    await bo.opens(reference)
    await bo.presses("concern.reject")
    await bo.fills({"reason": "not_necessary", "guidance": GUIDED})
    assert DANISH("reject.done_title") in await bo.presses("form.send")
    await town.passes(town.settings.deliver_every)

    assert GUIDED not in anna.everything()
    assert GUIDED in await anna.presses("concern.answer")
    rejected = await town.concern(reference)
    ended = town.hour.now - town.settings.deliver_every
    assert (rejected.status, rejected.ended_at) == (Status.REJECTED, ended)
    assert "reject.not_necessary" in rejected.reasons


async def test_it_is_referred_by_keyboard_with_the_standard_words(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """AREA-7."""
    reference = await anna.reports(REPORT)
    await bo.opens(reference)
    await bo.types(f"henvis {reference}")
    await bo.types("1")
    await bo.types("spring over")
    await bo.types("næste")
    assert DANISH("send_on.done_title") in await bo.types("send")

    assert DANISH("send_on.guidance_municipality") in await anna.types(f"svar på {reference}")
    assert (await town.concern(reference)).status is Status.REDIRECTED


async def test_what_is_added_to_a_rejected_concern_brings_it_back(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """CON-10."""
    reference = await anna.reports(REPORT)
    await bo.opens(reference)
    await bo.presses("concern.reject")
    await bo.fills({"reason": "no_task", "guidance": ""})
    await bo.presses("form.send")

    await anna.types(f"tilføj {reference}")
    await anna.types("Nu er der set et våben.")
    await anna.types("send")

    assert reference in await bo.types("nye bekymringer")
    back = await town.concern(reference)
    assert (back.status, back.owner, back.ended_at) == (Status.SUBMITTED, BO.id, None)


async def test_the_group_decides_when_it_is_asked_back_after_it_was_read(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """CON-9."""
    reference = await anna.reports(REPORT)
    await bo.opens(reference)
    await anna.types(f"bed om tilbage {reference}")
    asked = await anna.types("Det var en misforståelse fra min side.")
    assert DANISH("ask_back.done_title") in asked
    await town.passes(town.settings.deliver_every)
    assert DANISH("task.asked_back_title", reference=reference) in bo.everything()

    assert "misforståelse" in await bo.types(f"åbn {reference}")
    await bo.presses("concern.keep")
    await town.passes(town.settings.deliver_every)
    assert "beholder" in anna.last()
    await anna.types(f"bed om tilbage {reference}")
    await anna.types("Jeg havde forvekslet to elever.")
    await bo.types(f"giv tilbage {reference}")

    given = await town.concern(reference)
    assert given.status is Status.WITHDRAWN
    assert given.ended_at is not None


def data_of_buttons(chat: Chat) -> set[str]:
    """Name what can be pressed on the latest card."""
    return verbs(chat.card(chat.messages()[-1]))
