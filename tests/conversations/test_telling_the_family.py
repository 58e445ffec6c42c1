"""The family is told, or two authorities weigh why not; nobody is forgotten: INF-4 to INF-7."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from domain.cases import Case
from domain.informings import Addressee, InformState
from domain.journal import Note
from domain.records import RecordKind
from tests.support.case_stories import NAME, a_case, anew, opens
from tests.support.chat import Chat, verbs
from tests.support.legal_stories import (
    EXEMPT,
    SERIOUS,
    WEIGHED,
    noted,
    recorded,
    to_be_told,
)
from tests.support.plus_stories import comes
from tests.support.town import DANISH, MONDAY_NOON, Town
from usecases.inform_family import unanswered

DAY = timedelta(days=1)
TOLD = {"on": "2026-03-02", "how": "meeting", "told_by": "Sofie Tangmose"}
STILL = "Han truer stadig dem, han tror har sagt noget"


async def left(town: Town, id: UUID) -> list[Addressee]:
    """Name those who stand in the way of closing (INF-6)."""
    case = await anew(town, id)
    async with town.remembers() as tx:
        return list(await unanswered(tx, case, town.hour.now.date()))


async def looks_at(town: Town, who: Chat, case: Case, addressee: Addressee) -> str:
    """Open one of them from the list, by the button that names them."""
    await who.types(f"orientering {case.reference}")
    async with town.remembers() as tx:
        noted = await tx.informings.of_case(case.id)
    [one] = [each for each in noted if each.addressee is addressee]
    return await who.forges("inform.open", {"inform": str(one.id), "version": one.version})


async def exempted_by_two(town: Town, bo: Chat, carl: Chat) -> Case:
    """Leave a mother untold for ninety days, as Bo asks and Carl agrees."""
    case = await a_case(town)
    await to_be_told(town, case)
    for who in (bo, carl):
        await opens(who, case)
    await bo.types(f"undtag {case.reference}")
    await bo.fills(EXEMPT)
    await bo.presses("form.send")
    await carl.types("medunderskriv")
    await carl.presses("countersign.open")
    await carl.presses("countersign.give")
    return case


def line(name: str, who: Addressee) -> str:
    return DANISH(f"inform.line_{name}", who=DANISH(f"inform.who.{who}"), date="", authority="")


def buttons(who: Chat) -> set[str]:
    return verbs(who.card(who.messages()[-1]))


class TestEachOfThem:
    async def test_is_pending_from_the_first_day(self, town: Town, bo: Chat) -> None:
        """INF-4: no silent default."""
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)

        read = await bo.types(f"orientering {case.reference}")

        for each in Addressee:
            assert DANISH(f"inform.who.{each}") in read
        assert "onsdag 1. april 2026" in read  # thirty days on (INF-5)
        assert await left(town, case.id) == list(Addressee)

    async def test_is_told_and_it_is_written_who_when_and_how(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)
        await looks_at(town, bo, case, Addressee.YOUTH)
        await bo.presses("inform.told")
        await bo.presses("form.next", **TOLD)

        assert await left(town, case.id) == [Addressee.CUSTODY_1, Addressee.CUSTODY_2]
        [told] = await recorded(town, case, RecordKind.INFORM)
        assert told.content["how"] == "meeting"
        assert await noted(town, case) == [Note.INFORMED]
        assert line("informed", Addressee.YOUTH) in await bo.types(f"sag {case.reference}")

    async def test_is_planned_by_one_authority_within_the_time_there_is(
        self, town: Town, bo: Chat
    ) -> None:
        """INF-5, INF-7."""
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)
        await looks_at(town, bo, case, Addressee.YOUTH)
        await bo.presses("inform.plan")
        late = await bo.presses("form.next", authority="BUF", by_day="2026-04-02")
        await bo.presses("form.next", authority="BUF", by_day="2026-03-20")

        assert DANISH("rule.inform.planned_too_late", latest="01.04.2026") in late
        assert Addressee.YOUTH not in await left(town, case.id)
        assert await noted(town, case) == [Note.INFORMING_PLANNED]
        town.hour.now = MONDAY_NOON + 19 * DAY  # the plan has run out
        assert Addressee.YOUTH in await left(town, case.id)

    async def test_may_not_be_there(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)
        await looks_at(town, bo, case, Addressee.CUSTODY_2)

        told = await bo.presses("inform.nobody")

        assert line("nobody", Addressee.CUSTODY_2) in told
        assert await left(town, case.id) == [Addressee.YOUTH, Addressee.CUSTODY_1]

    async def test_is_the_young_person_alone_from_eighteen(self, town: Town, bo: Chat) -> None:
        """INF-4."""
        case = await a_case(town, born=date(2008, 3, 2))
        await to_be_told(town, case)
        await opens(bo, case)

        assert await left(town, case.id) == [Addressee.YOUTH]
        assert DANISH("inform.who.custody_1") not in await bo.types(
            f"orientering {case.reference}"
        )

    async def test_is_given_words_and_never_a_message_by_us(self, town: Town, bo: Chat) -> None:
        """INF-7."""
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)
        await looks_at(town, bo, case, Addressee.YOUTH)

        words = await bo.presses("inform.words")

        assert DANISH("inform.words_youth") in words
        assert NAME not in words


class TestAnExemption:
    async def test_takes_two_of_different_authorities(
        self, town: Town, bo: Chat, sofie: Chat, carl: Chat
    ) -> None:
        """AC-ROLE-04: Sofie is of social services as Bo is; Carl is the police's."""
        case = await a_case(town)
        await to_be_told(town, case)
        for who in (bo, sofie, carl):
            await opens(who, case)
        await bo.types(f"undtag {case.reference}")
        await bo.fills(EXEMPT)
        await bo.presses("form.send")
        assert Addressee.CUSTODY_1 in await left(town, case.id)

        assert "countersign.open" not in buttons(sofie)
        await carl.types("medunderskriv")
        read = await carl.presses("countersign.open")
        await carl.presses("countersign.give")

        assert SERIOUS in read
        assert WEIGHED in read
        assert await left(town, case.id) == [Addressee.YOUTH, Addressee.CUSTODY_2]
        async with town.remembers() as tx:
            exempted = (await tx.informings.of_case(case.id))[1]
        assert (exempted.state, exempted.decided_by, exempted.second_by) == (
            InformState.EXEMPTED,
            "bo",
            "carl",
        )
        assert await noted(town, case) == [Note.EXEMPTED]

    async def test_ends_on_its_day_of_review(self, town: Town, bo: Chat, carl: Chat) -> None:
        """INF-5: at the latest ninety days on."""
        case = await exempted_by_two(town, bo, carl)

        town.hour.now = MONDAY_NOON + 90 * DAY
        assert Addressee.CUSTODY_1 not in await left(town, case.id)
        town.hour.now = MONDAY_NOON + 91 * DAY
        assert Addressee.CUSTODY_1 in await left(town, case.id)

    async def test_is_not_for_longer(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)
        await bo.types(f"undtag {case.reference}")

        refused = await bo.presses("form.next", **{**EXEMPT, "review_on": "2026-06-01"})

        assert "søndag 31. maj 2026" in refused

    async def test_is_looked_at_again_and_ends_when_its_reason_does(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """INF-5: when the reason falls away, inform."""
        case = await exempted_by_two(town, bo, carl)
        async with town.remembers() as tx:
            exempted = (await tx.informings.of_case(case.id))[1]
        about = {"inform": str(exempted.id), "version": exempted.version}
        await bo.forges("inform.reassess", about)
        await bo.presses("form.next", still_holds="yes", reason=STILL)
        assert Addressee.CUSTODY_1 not in await left(town, case.id)

        async with town.remembers() as tx:
            exempted = (await tx.informings.of_case(case.id))[1]
        await bo.forges("inform.reassess", {**about, "version": exempted.version})
        await bo.presses("form.next", still_holds="no", reason=STILL)

        assert Addressee.CUSTODY_1 in await left(town, case.id)
        async with town.remembers() as tx:
            pending = (await tx.informings.of_case(case.id))[1]
        assert pending.due_on == MONDAY_NOON.date() + 14 * DAY


class TestAReminder:
    async def test_comes_on_day_14_and_25_and_on_the_last_by_number_only(
        self, town: Town, bo: Chat
    ) -> None:
        """INF-5, AC-OUT-05."""
        case = await a_case(town)
        title = DANISH("inform.due_telling_title", reference=case.reference)
        await town.passes(timedelta(minutes=1))  # a new house sends nothing of before its time
        await to_be_told(town, case)
        came = []
        for passed in range(1, 33):
            before = bo.everything().count(title)
            await comes(town, MONDAY_NOON + passed * DAY)
            if bo.everything().count(title) > before:
                came.append(passed)

        assert came == [14, 25, 30]
        assert NAME not in bo.last()

    async def test_stops_when_they_are_told(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await town.passes(timedelta(minutes=1))
        await to_be_told(town, case)
        async with town.remembers() as tx:
            for each in await tx.informings.of_case(case.id):
                await tx.informings.save(replace(each, state=InformState.INFORMED))

        for _ in range(15):
            await town.passes(DAY)

        title = DANISH("inform.due_telling_title", reference=case.reference)
        assert title not in bo.everything()


class TestClosing:
    async def test_is_impossible_while_somebody_is_pending(self, town: Town, bo: Chat) -> None:
        """INF-6."""
        case = await a_case(town)
        await to_be_told(town, case)
        await opens(bo, case)

        told = await bo.types(f"luk {case.reference}")

        assert DANISH("closing.inform_pending") in told
        assert "form.next" not in buttons(bo)
        assert (await anew(town, case)).closed_at is None
