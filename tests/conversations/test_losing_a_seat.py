"""Coming meetings follow who sits in the committee, and who stands in (MTG-28, MTG-25)."""

from datetime import date, timedelta

import pytest

from domain.committee_meetings import Attendance, Presence
from tests.support.chat import Chat
from tests.support.own_meetings import a_meeting, asked, away, standing_in, substitute
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DANISH,
    HELLE,
    LARS,
    LINE,
    SOFIE,
    STINE,
    VALBY_GROUP,
    Town,
)
from usecases.stand_ins import stand_ins

TUESDAY = date(2026, 3, 10)  # a week and a day after the Monday the stories begin
A_WEEK = timedelta(days=7)


class TestLosingASeat:
    @pytest.fixture
    def stine(self, town: Town) -> Chat:
        return town.chat(STINE)

    async def test_ends_coming_invitations_and_keeps_past_attendance(
        self, town: Town, stine: Chat, carl: Chat
    ) -> None:
        """MTG-28: in the same moment; how somebody was at a meeting is not rewritten."""
        held = await a_meeting(town, date(2026, 2, 24), asks=(CARL,))
        coming = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE, ANNA))
        async with town.remembers() as tx:
            await tx.organisation.seat(substitute(ANNA, slot="KG.5"))
            await tx.committee_meetings.uninvite(coming.id, [ANNA.id])
            await tx.committee_meetings.invite([standing_in(town, coming, ANNA, CARL)])
            await tx.committee_meetings.note_attendance(
                held.id,
                [
                    Attendance(
                        meeting=held.id,
                        person=CARL.id,
                        slot="KG.5",
                        how=Presence.PRESENT,
                        noted_by=BO.id,
                        noted_at=town.hour.now,
                    )
                ],
            )

        await stine.types("udvalg KG5")
        await stine.presses("seat.take")
        await stine.fills({"held": f"{CARL.id}/member"})
        await stine.presses("form.send")

        assert await asked(town, coming) == {SOFIE.id}  # and nobody stands in for him
        assert await asked(town, held) == {CARL.id}
        async with town.remembers() as tx:
            [attended] = await tx.committee_meetings.attendance(held.id)
        assert (attended.person, attended.how) == (CARL.id, Presence.PRESENT)
        assert DANISH("my_meetings.none") in await carl.types("mine møder")

    async def test_and_getting_one_asks_to_what_others_are_asked_to(
        self, town: Town, stine: Chat
    ) -> None:
        """MTG-28: future invitations are updated; where nobody is asked yet, nobody is."""
        coming = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE))
        silent = await a_meeting(town, TUESDAY + A_WEEK)

        await stine.types("udvalg KG5")
        await stine.presses("seat.give")
        await stine.fills(
            {
                "name": "anna",
                "person": ANNA.id,
                "slot": "KG.4",
                "seat": "member",
                "leader": LARS.id,
            }
        )
        await stine.presses("form.send")

        assert await asked(town, coming) == {CARL.id, SOFIE.id, ANNA.id}
        assert await asked(town, silent) == set()


class TestWhoStandsIn:
    async def test_is_a_substitute_of_the_same_slot_who_is_there_that_day(
        self, town: Town
    ) -> None:
        """REP-0, MTG-25: Anna and Line stand in for KG.3; Anna is away."""
        async with town.remembers() as tx:
            for person in (ANNA, LINE):
                await tx.organisation.seat(substitute(person))
            await tx.organisation.seat(substitute(HELLE, slot="KG.1"))
            await tx.absences.add(away(town, ANNA, TUESDAY))

        async with town.remembers() as tx:
            on_tuesday = await stand_ins(tx, committee=VALBY_GROUP.code, slot="KG.3", day=TUESDAY)
            a_week_on = await stand_ins(
                tx, committee=VALBY_GROUP.code, slot="KG.3", day=TUESDAY + A_WEEK
            )
            of_the_police = await stand_ins(
                tx,
                committee=VALBY_GROUP.code,
                slot="KG.3",
                day=TUESDAY + A_WEEK,
                authority=CARL.authority,
            )

        assert [each.id for each in on_tuesday] == [LINE.id]
        assert [each.id for each in a_week_on] == [ANNA.id, LINE.id]
        assert of_the_police == []
