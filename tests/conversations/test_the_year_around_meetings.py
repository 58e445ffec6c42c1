"""What a year is planned around: holidays, closed days, habits, busy people (CAL-3)."""

from datetime import date

from domain.committee_meetings import DeadlineKind
from domain.dates import local_date
from domain.year_plan import Policy
from tests.support.chat import Chat
from tests.support.meet_steps import calls
from tests.support.town import DANISH, HENRIETTE, VALBY_GROUP, Town
from usecases.keep_year_calendar import holidays_of


class TestSchoolHolidays:
    async def test_of_2027_come_with_the_house_and_say_where_they_are_written(
        self, anna: Chat
    ) -> None:
        """CAL-3: the table is read by everybody."""
        told = await anna.types("skoleferier 2027")

        assert "Påskeferie · mandag 22. marts 2027 til mandag 29. marts 2027" in told
        assert "kirkebjergskole.aula.dk" in told

    async def test_of_a_year_nobody_has_noted_are_not_made_up(self, anna: Chat) -> None:
        told = await anna.types("skoleferier 2028")

        assert DANISH("holiday.none", year=2028) in told

    async def test_are_added_changed_and_removed_by_the_secretariat(
        self, dorte: Chat, town: Town
    ) -> None:
        await dorte.types("ny skoleferie")
        told = await dorte.fills(
            {
                "name": "Grundlovsuge",
                "from_on": "2028-06-05",
                "to_on": "2028-06-09",
                "source": "Skolens hjemmeside",
            }
        )
        assert "Grundlovsuge · mandag 5. juni 2028 til fredag 9. juni 2028" in told

        await dorte.types("ret skoleferie 2028 1")
        await dorte.presses("holiday.change")
        told = await dorte.presses("form.next", to_on="2028-06-07")
        assert "til onsdag 7. juni 2028" in told

        await dorte.types("ret skoleferie 2028 1")
        told = await dorte.presses("holiday.remove")
        assert DANISH("holiday.none", year=2028) in told
        async with town.remembers() as tx:
            assert await holidays_of(tx, 2028) == []

    async def test_that_a_colleague_has_changed_are_not_removed_by_an_old_card(
        self, dorte: Chat, dennis: Chat, town: Town
    ) -> None:
        """AC-CARD-04."""
        await dorte.types("ret skoleferie 2027 2")
        old = dorte.card(dorte.messages()[-1])
        await dennis.types("ret skoleferie 2027 2")
        await dennis.presses("holiday.change")
        await dennis.presses("form.next", name="Vinterferie, uge 7")

        told = await dorte.presses_on(old, "holiday.remove")

        assert DANISH("rule.holiday.moved_on") in told
        async with town.remembers() as tx:
            assert "Vinterferie, uge 7" in [each.name for each in await holidays_of(tx, 2027)]

    async def test_that_end_before_they_begin_are_not_taken(self, dorte: Chat) -> None:
        await dorte.types("ny skoleferie")
        told = await dorte.fills(
            {
                "name": "Omvendt",
                "from_on": "2028-06-09",
                "to_on": "2028-06-05",
                "source": "Ingen steder",
            }
        )

        assert DANISH("rule.holiday.backwards") in told

    async def test_are_not_changed_by_others(self, anna: Chat) -> None:
        told = await anna.types("ny skoleferie")

        assert "Det kan kun SSP Sekretariatet" in told

    async def test_typed_with_a_typing_error_show_the_table(self, dorte: Chat) -> None:
        told = await dorte.types("ret skoleferie 2027 99")

        assert DANISH("rule.holiday.none_chosen") in told


class TestAClosedDay:
    async def test_is_closed_and_opened_by_keyboard(self, dorte: Chat) -> None:
        await dorte.types("ny lukkedag")
        await dorte.types("24.06.2026")
        told = await dorte.types("Sankthans på Rådhuset")
        assert "onsdag 24. juni 2026 er lukket" in told

        told = await dorte.types("åbn lukkedag 24.06.2026")
        assert "onsdag 24. juni 2026 er åben igen" in told
        told = await dorte.types("åbn lukkedag 24.06.2026")
        assert DANISH("rule.closed_day.gone") in told

    async def test_takes_what_falls_due_on_it_or_is_counted_over_it_along(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """SGF-10, MTG-25: of a meeting that was called before anybody knew of it."""
        number = await calls(bo)  # Tuesday the 24th
        before = await due_days(town, number)

        await dorte.types("ny lukkedag")
        await dorte.types("20.03.2026")
        await dorte.types("Flytning af Rådhuset")
        closed = await due_days(town, number)
        await dorte.types("åbn lukkedag 20.03.2026")

        final, check = DeadlineKind.FINAL, DeadlineKind.ATTENDANCE
        assert (before[final], before[check]) == (date(2026, 3, 20), date(2026, 3, 19))
        assert (closed[final], closed[check]) == (date(2026, 3, 19), date(2026, 3, 18))
        assert await due_days(town, number) == before


async def due_days(town: Town, number: str) -> dict[DeadlineKind, date]:
    async with town.remembers() as tx:
        meeting = await tx.committee_meetings.by_reference(number)
        assert meeting is not None
        due = await tx.committee_meetings.deadlines(meeting.id)
    return {each.kind: local_date(each.due_at) for each in due}


class TestHabits:
    async def test_are_set_by_the_groups_own_facilitator(self, bo: Chat, town: Town) -> None:
        await bo.types("mødevaner kg5")
        told = await bo.presses(
            "form.next",
            policy="hold",
            minutes="90",
            preferred="2a",
            barred="5p",
            place="Valby Kulturhus",
        )

        assert DANISH("habits.set", name=VALBY_GROUP.name) in told
        async with town.remembers() as tx:
            own = await tx.year_calendar.habits_of(VALBY_GROUP.code)
        assert (own.policy, own.minutes, own.preferred, own.barred, own.place) == (
            Policy.HOLD,
            90,
            ("2a",),
            ("5p",),
            "Valby Kulturhus",
        )

    async def test_of_another_group_are_not_ones_own_to_set(self, bo: Chat) -> None:
        told = await bo.types("mødevaner kg6")

        assert DANISH("rule.habits.not_found") in told

    async def test_that_leave_no_half_day_are_not_taken(self, dorte: Chat) -> None:
        await dorte.types("mødevaner kg5")
        told = await dorte.presses(
            "form.next", policy="type", barred="1a,1p,2a,2p,3a,3p,4a,4p,5a,5p"
        )

        assert DANISH("rule.habits.never") in told

    async def test_are_listed_for_the_head_by_committee(self, town: Town) -> None:
        henriette = town.chat(HENRIETTE)
        await henriette.types("mødevaner")
        await henriette.presses("habits.pick", which="LG3")
        await henriette.presses("form.next", policy="pause", barred="1a")

        told = await henriette.types("mødevaner")

        assert (
            "**Ledergruppe Vest**: Holder pause i skoleferierne; aldrig mandag formiddag" in told
        )


async def test_everybody_says_for_themselves_when_they_are_busy(anna: Chat, town: Town) -> None:
    await anna.types("optaget")
    told = await anna.presses("form.next", halves="1a,3p")
    assert "mandag formiddag, onsdag eftermiddag" in told
    async with town.remembers() as tx:
        assert (await tx.year_calendar.busy())[anna.person.id] == ("1a", "3p")

    await anna.types("optaget")
    await anna.presses("form.next", halves="")

    async with town.remembers() as tx:
        assert anna.person.id not in await tx.year_calendar.busy()
