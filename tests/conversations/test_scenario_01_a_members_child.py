"""Scenario 1 of concern.md §5.4: the child of the police's member of the group that serves it."""

from datetime import timedelta

from domain.cases import Case
from tests.support.case_stories import opens
from tests.support.chat import Chat
from tests.support.read_everything import NOTHING, reads
from tests.support.reports import CARL_IS_NEAR, GRAVE, NAME
from tests.support.town import BO, DANISH, Town

CPR = "0405114003"
SEARCHES = ("myrekær", "max", CPR)
A_DAY = timedelta(days=1)


async def becomes_a_case(town: Town, who: Chat, concern: str) -> Case:
    """Take a concern up and open a case from it."""
    await who.opens(concern)
    await who.presses("concern.take_up")
    await who.types(f"opret sag {concern}")
    found = await town.concern(concern)
    assert found.case is not None
    async with town.remembers() as tx:
        case = await tx.cases.find(found.case)
    assert case is not None
    return case


async def test_the_member_sees_nothing_and_the_facilitator_gets_the_duty(
    town: Town, anna: Chat, bo: Chat, carl: Chat, sofie: Chat
) -> None:
    """INH-3, INH-4, AC-AZ-04: from the concern to the meeting about the case."""
    channel = town.channel()
    letters = len(carl.messages())

    # Anna reports, of the gravest kind, which is told to every member but the one who is near
    concern = await anna.reports({**GRAVE, **CARL_IS_NEAR, "cpr": CPR})
    assert (await town.concern(concern)).owner == BO.id
    duty = DANISH("duty.concern_waiting", reference=f"**{concern}**")
    assert duty in await bo.types("mine opgaver")
    assert concern in sofie.everything()
    assert town.channel() == channel
    agenda = await carl.types("dagsorden")
    assert DANISH("meeting.neutral") in agenda
    assert concern not in agenda

    # it becomes a case, and a week goes by with all its letters
    case = await becomes_a_case(town, bo, concern)
    for _ in range(8):
        await town.passes(A_DAY)
    assert NAME in await opens(sofie, case)

    # the group takes it at its meeting; Carl is in the room until then
    assert case.reference in await bo.types("dagsorden")
    agenda = await carl.types("dagsorden")
    assert DANISH("meeting.neutral") in agenda
    await bo.types("dagsorden")
    await bo.presses("meeting.begin")
    await bo.presses("form.next", present="bo,carl,sofie")
    agenda += await carl.types("dagsorden")

    read = await reads(carl, case.reference, concern, searches=SEARCHES)
    assert read == await reads(carl, *NOTHING, searches=SEARCHES)
    told = "\n".join([agenda, *(carl.reads(each) for each in carl.messages()[letters:])])
    for word in (case.reference, concern, NAME, CPR):
        assert word not in told
    assert town.channel() == channel
