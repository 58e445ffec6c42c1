"""The fortnightly meeting from the cases: the agenda, each item in turn, and what comes of it."""

import asyncio
from datetime import date, timedelta

from domain.case_meetings import Why
from domain.cases import CaseState
from domain.data_classes import DataClass
from localteams.drawn import buttons
from tests.support.case_stories import (
    CONFIDED,
    COORDINATED,
    NAME,
    a_case,
    an_action,
    is_near,
    opens,
)
from tests.support.chat import Chat, data_of, verbs
from tests.support.organisation_changes import with_member_facilitating
from tests.support.reports import REPORT
from tests.support.town import CARL, DANISH, ORGANISATION, SOFIE, VALBY_GROUP, VANLOESE_GROUP, Town
from tests.support.trail import audited

PAST = date(2026, 2, 27)


def why(*reasons: Why) -> str:
    return ", ".join(DANISH(f"meeting.why_{each}") for each in reasons)


async def begins(who: Chat, present: str = "bo,carl,sofie") -> str:
    await who.types("dagsorden")
    await who.presses("meeting.begin")
    return await who.presses("form.next", present=present)


class TestTheAgenda:
    async def test_is_made_of_what_waits_and_names_nobody(
        self, town: Town, anna: Chat, bo: Chat, carl: Chat
    ) -> None:
        """CON-8, AC-OUT-05."""
        concern = await anna.reports(REPORT)
        new = await a_case(town, lead=SOFIE.id)
        due = await a_case(town, state=CaseState.FOLLOW_UP, follow_up_on=PAST)
        late = await a_case(
            town, state=CaseState.FOLLOW_UP, follow_up_on=date(2026, 4, 1), lead=SOFIE.id
        )
        quiet = await a_case(
            town, state=CaseState.FOLLOW_UP, follow_up_on=date(2026, 4, 1), lead=SOFIE.id
        )
        async with town.remembers() as tx:
            await an_action(tx, late, due_on=PAST)

        for who in (bo, carl):
            told = await who.types("dagsorden")

            assert f"{concern} · {why(Why.NEW_CONCERN)}" in told
            assert f"{new.reference} · {why(Why.NEW_CASE)}" in told
            assert f"{due.reference} · {why(Why.FOLLOW_UP, Why.NO_LEAD)}" in told
            assert f"{late.reference} · {why(Why.OVERDUE_ACTION)}" in told
            assert quiet.reference not in told
            assert NAME not in told
        assert "meeting.begin" in verbs(bo.card(bo.messages()[-1]))
        assert "meeting.begin" not in verbs(carl.card(carl.messages()[-1]))

    async def test_has_a_neutral_place_for_whoever_is_recused(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """INH-3."""
        case = await a_case(town)
        await is_near(town, CARL, case)

        assert case.reference in await bo.types("dagsorden")
        told = await carl.types("dagsorden")

        assert case.reference not in told
        assert DANISH("meeting.neutral") in told

    async def test_is_of_ones_own_group_only(self, town: Town, eva: Chat, anna: Chat) -> None:
        case = await a_case(town)

        assert case.reference not in await eva.types("dagsorden")
        assert DANISH("agenda.no_meetings") in await anna.types("dagsorden")

    async def test_of_several_groups_is_chosen_first(self, town: Town, bo: Chat) -> None:
        await town.reorganises(with_member_facilitating(ORGANISATION, VANLOESE_GROUP, bo.person))
        case = await a_case(town, group=VANLOESE_GROUP.code)

        asked = await bo.types("dagsorden")

        assert VALBY_GROUP.name in asked
        assert VANLOESE_GROUP.name in asked
        card = bo.card(bo.messages()[-1])
        data = [each["data"] for each in buttons(card) if each["title"] == VANLOESE_GROUP.code]
        assert case.reference in await bo.forges("meeting.agenda_of", data[0])


class TestAMeeting:
    async def test_takes_each_item_in_turn_and_records_what_is_decided_on_the_spot(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        first, second = await a_case(town), await a_case(town)

        told = await begins(bo)
        assert DANISH("meeting.place", number=1, items=2) in told
        assert first.reference in told
        await opens(bo, first)
        await bo.presses("case.coordinate")
        await bo.fills({key: text for key, text in COORDINATED.items() if key != "people"})
        await bo.presses("form.next", people="bo,sofie")
        await bo.fills(COORDINATED)
        await bo.presses("form.send")
        assert SOFIE.name not in sofie.last()
        assert DANISH("action.agreed_title", reference=first.reference) not in sofie.everything()
        await bo.types(f"sag {first.reference}")
        await bo.presses("meeting.stand")
        told = await bo.presses("meeting.next")
        assert second.reference in told
        told = await bo.presses("meeting.skip")
        assert DANISH("meeting.through_body") in told
        told = await bo.presses("meeting.end")

        assert DANISH("meeting.over_body") in told
        assert DANISH("note.n4_held") in told
        assert DANISH("meeting.item_skipped") in told
        assert DANISH("meeting.own_one_title", group=VALBY_GROUP.name, count=1) in sofie.last()
        assert not [words for words in CONFIDED if words in sofie.last()]
        async with town.remembers() as tx:
            [action] = await tx.actions.of_case(first.id)
            records = await tx.records.read([first.id], frozenset(DataClass))
        assert action.meeting is not None
        assert {each.meeting for each in records if each.meeting} == {action.meeting}

    async def test_goes_on_after_a_restart_in_the_middle(self, town: Town, bo: Chat) -> None:
        await a_case(town)
        second = await a_case(town)
        await begins(bo)
        await bo.presses("meeting.next")

        await town.restarts()

        await bo.types("dagsorden")
        told = await bo.presses("meeting.stand")
        assert DANISH("meeting.place", number=2, items=2) in told
        assert second.reference in told

    async def test_is_one_however_many_begin_it_and_wherever_they_press(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-CARD-05: two facilitators, two devices."""
        await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, SOFIE))
        for _ in range(3):
            await a_case(town)
        forms = []
        for who in (bo, sofie):
            await who.types("dagsorden")
            await who.presses("meeting.begin")
            forms.append(who.form())

        await asyncio.gather(
            *(
                who.presses_on(form, "form.next", present="bo,sofie")
                for _ in range(5)
                for who, form in zip((bo, sofie), forms, strict=True)
            )
        )
        async with town.remembers() as tx:
            [meeting] = await tx.meetings.running_in([VALBY_GROUP.code])
        await bo.types("dagsorden")
        card = bo.card(bo.messages()[-1])
        await bo.presses_on(card, "meeting.stand")
        here = bo.card(bo.card_with("meeting.next"))
        answers = await asyncio.gather(
            *(who.presses_on(here, "meeting.next") for _ in range(10) for who in (bo, sofie))
        )

        moved = DANISH("meeting.place", number=2, items=3)
        assert sum(moved in each for each in answers) == 1
        assert sum(DANISH("rule.meeting.moved_on") in each for each in answers) == 19
        async with town.remembers() as tx:
            items = await tx.meetings.items(meeting.id)
        assert [each.state for each in items] == ["done", "waiting", "waiting"]

    async def test_shows_a_neutral_place_to_a_facilitator_who_is_recused_and_notes_who_left(
        self, town: Town, bo: Chat
    ) -> None:
        """INH-3."""
        case = await a_case(town)
        await is_near(town, bo.person, case)

        told = await begins(bo)

        assert DANISH("meeting.neutral") in told
        assert case.reference not in told
        await bo.presses("meeting.next")
        async with town.remembers() as tx:
            left = await audited(tx, action="meeting.left")
        assert [(each.actor, each.about) for each in left] == [(bo.person.id, str(case.id))]

    async def test_can_go_back_and_take_what_was_skipped(self, town: Town, bo: Chat) -> None:
        first, second = await a_case(town), await a_case(town)
        await begins(bo)
        assert second.reference in await bo.presses("meeting.skip")

        assert first.reference in await bo.presses("meeting.back")
        await bo.presses("meeting.skip")
        await bo.presses("meeting.next")
        assert first.reference in await bo.presses("meeting.skipped")

    async def test_that_nobody_ended_is_ended_in_the_night(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        await town.passes(timedelta(days=1))
        case = await a_case(town)
        await begins(bo)
        await opens(bo, case)
        await bo.types(f"ny handling {case.reference}")
        await bo.presses("form.next", what="Ring til klubben", owner="sofie", due="2026-03-20")

        await town.passes(timedelta(days=1))
        await town.passes(timedelta(minutes=5))

        own = DANISH("meeting.own_one_title", group=VALBY_GROUP.name, count=1)
        assert own in sofie.everything()
        async with town.remembers() as tx:
            assert await tx.meetings.going_on() == []

    async def test_ended_is_over(self, town: Town, bo: Chat) -> None:
        await a_case(town)
        await begins(bo)
        assert DANISH("meeting.so_far") in await bo.presses("meeting.sum_up")
        card = bo.card(bo.card_with("meeting.end"))
        await bo.presses("meeting.end")

        assert DANISH("rule.meeting.ended") in await bo.forges(
            "meeting.next", data_of(card, "meeting.end")
        )
        assert DANISH("rule.meeting.ended") in await bo.presses_on(card, "meeting.end")
