"""A meeting of a committee: called, answered, moved, cancelled; nobody is told twice."""

from datetime import timedelta

import pytest

from domain.people import Membership, Seat
from tests.support.chat import Chat
from tests.support.meet_steps import CALLED, calls, gives_a_substitute, moves
from tests.support.steering import MEETS, a_spring, until
from tests.support.town import BO, DANISH, EVA, HELLE, PIA, SANNE, SOFIE, VALBY_GROUP, Town
from tests.support.townspeople import VALBY_LOCAL

A_DAY = timedelta(days=1)


async def proposes_and_sends(bo: Chat, reference: str) -> None:
    """Let there be one item, and the final agenda out."""
    await bo.types(f"punkt {reference}")
    await bo.fills({"kind": "decision", "title": "Sommerens åbningstider", "words": "Hvornår?"})
    await bo.presses("form.send")
    await bo.presses("item.accept")
    await bo.types(f"udsend endelig {reference}")


class TestCalling:
    async def test_asks_everybody_in_the_committee_and_nobody_else(
        self, bo: Chat, carl: Chat, eva: Chat, reference: str
    ) -> None:
        """Issue 5, item 8: one card each, which says when and where and no more (MTG-20)."""
        assert "Indkaldelse: Koordinationsgruppe Vest" in carl.last()
        assert "Dag: tirsdag 24. marts 2026\nTid: kl. 09.00–10.30" in carl.last()
        assert "sommeren" not in carl.last()
        assert "Indkaldelse" not in eva.everything()
        assert "Indkaldelse" not in bo.everything()

        page = await bo.types(f"møde {reference}")

        assert "Dit svar: Deltager" in page
        assert "Københavns Politi · politifaglig forebygger · 0 af 1" in page

    async def test_says_first_what_speaks_against_the_hour(self, bo: Chat, carl: Chat) -> None:
        """People in two meetings, a day off, early or late: said before anybody is told."""
        await bo.types("indkald")
        read = await bo.presses("form.next", **{**CALLED, "day": "2026-04-03", "starts": "17:00"})

        assert "fredag 3. april 2026 er en fridag" in read
        assert "uden for kl. 8.30–16" in read
        assert "3. april" not in carl.everything()

        read = await bo.presses("form.next", despite="yes")

        assert "Koordinationsgruppe Vest er indkaldt" in read
        assert "3. april" in carl.last()

    @pytest.mark.parametrize("day", ["2026-05-01", "2026-06-05", "2026-12-24", "2026-12-31"])
    async def test_says_that_offices_are_closed_though_it_is_no_holiday(
        self, bo: Chat, day: str
    ) -> None:
        """MTG-6: the same days as the year is planned on."""
        await bo.types("indkald")

        assert "er en fridag" in await bo.presses("form.next", **{**CALLED, "day": day})

    async def test_takes_a_typed_yes_for_an_answer_to_that(self, bo: Chat) -> None:
        await bo.types("indkald")
        read = await bo.presses("form.next", **{**CALLED, "starts": "17:00"})
        assert "uden for kl. 8.30–16" in read

        assert "Koordinationsgruppe Vest er indkaldt" in await bo.types("ja")

    async def test_says_how_many_are_in_another_meeting_at_that_hour(
        self, bo: Chat, reference: str
    ) -> None:
        await bo.types("indkald")
        read = await bo.presses("form.next", **{**CALLED, "starts": "10:30"})

        assert "7 fra udvalget er til møde i Koordinationsgruppe Vest på samme tid." in read
        assert reference not in read

    async def test_is_led_by_the_facilitator_who_calls(
        self, town: Town, bo: Chat, reference: str
    ) -> None:
        """SGF-5: so that somebody can admit what comes up after the final agenda."""
        await proposes_and_sends(bo, reference)

        await bo.types(f"hastepunkt {reference}")
        await bo.fills({"kind": "orientation", "title": "Ny lov vedtaget i går"})
        await bo.fills({"because": "Loven gælder fra i morgen"})

        assert DANISH("item.admitted") in await bo.presses("form.send")
        async with town.remembers() as tx:
            called = await tx.committee_meetings.by_reference(reference)
        assert called is not None
        assert called.led_by == BO.id

    async def test_takes_no_hour_that_has_passed(self, bo: Chat) -> None:
        await bo.types("indkald")
        read = await bo.presses("form.next", **{**CALLED, "day": "2026-03-02"})

        assert "Den tid er forbi" in read

    @pytest.mark.parametrize("seat", [Seat.CHAIR, Seat.FACILITATOR])
    async def test_is_for_who_leads_a_committee_of_whatever_kind(
        self, town: Town, seat: Seat
    ) -> None:
        """Of their own committee, and of no other."""
        own = Membership(committee=VALBY_LOCAL.code, person=SOFIE.id, slot="LU.1", seat=seat)
        async with town.remembers() as tx:
            await tx.organisation.seat(own)
        sofie = town.chat(SOFIE)

        await sofie.types("indkald")
        refused = await sofie.presses("form.next", **CALLED)
        called = await sofie.presses("form.next", **{**CALLED, "committee": VALBY_LOCAL.code})

        assert "er indkaldt" not in refused
        assert f"{VALBY_LOCAL.name} er indkaldt" in called

    async def test_is_not_for_a_member(self, carl: Chat) -> None:
        assert "Sekretariatet" in await carl.types("indkald")


class TestAnswering:
    async def test_asks_the_substitute_of_the_same_slot_at_once(
        self, bo: Chat, carl: Chat, per: Chat, reference: str
    ) -> None:
        """MTG-25."""
        read = await carl.presses("meet.substitute")

        assert "Afbud – Per Ravhjort er spurgt" in read
        assert "Kan du møde som suppleant?" in per.last()

        assert "suppleant for Carl Dybdahl" in await per.presses("meet.coming")
        page = await bo.types(f"møde {reference}")
        assert "Københavns Politi · politifaglig forebygger · 1 af 1" in page
        assert "Per Ravhjort: \nsuppleant for Carl Dybdahl" in page

    @pytest.mark.usefixtures("reference")
    async def test_asks_the_next_where_the_first_cannot_come(
        self, town: Town, sofie: Chat
    ) -> None:
        for person in (PIA, SANNE):
            await gives_a_substitute(town, person.id, "KG.1")
        first, second = town.chat(PIA), town.chat(SANNE)
        await sofie.presses("meet.substitute")
        assert "Kan du møde som suppleant?" in first.last()
        assert "suppleant" not in second.everything()

        await first.presses("meet.decline")

        assert "Kan du møde som suppleant?" in second.last()

    async def test_lets_the_substitute_go_when_the_member_comes_after_all(
        self, carl: Chat, per: Chat, reference: str
    ) -> None:
        await carl.presses("meet.substitute")
        await per.presses("meet.coming")

        await carl.presses("meet.coming")

        assert "Du behøver ikke møde" in per.last()
        assert "ikke indkaldt til det møde" in await per.types(f"deltager {reference}")

    async def test_twice_asks_nobody_twice(self, carl: Chat, per: Chat, reference: str) -> None:
        await carl.types(f"suppleant {reference}")
        await carl.types(f"suppleant {reference}")

        assert len([m for m in per.messages() if "Kan du møde" in per.reads(m)]) == 1

    async def test_can_be_changed_until_it_begins(
        self, town: Town, carl: Chat, reference: str
    ) -> None:
        await carl.types(f"afbud {reference}")
        assert "Dit svar: Deltager" in await carl.types(f"deltager {reference}")

        await town.passes(23 * A_DAY)

        assert "begyndt, holdt eller aflyst" in await carl.types(f"afbud {reference}")

    async def test_to_an_hour_it_no_longer_has_is_no_answer(
        self, bo: Chat, carl: Chat, reference: str
    ) -> None:
        """AC-CARD-04: the card in Carl's hand is of the old hour."""
        card = carl.card(carl.card_with("meet.coming"))
        await moves(bo, reference)

        read = await carl.presses_on(card, "meet.coming")

        assert "Mødet er ændret, siden du så det" in read

    async def test_is_open_to_somebody_whom_section_115_does_not_cover(
        self, town: Town, bo: Chat
    ) -> None:
        """S115-9: no case data is in it; people from a housing plan sit in committees too."""
        async with town.remembers() as tx:
            await tx.organisation.seat(
                Membership(committee=VALBY_GROUP.code, person=HELLE.id, slot="KG.opt")
            )
        reference = await calls(bo)
        helle = town.chat(HELLE)

        assert "Indkaldelse" in helle.last()
        assert "Dit svar: Deltager" in await helle.presses("meet.coming")
        assert reference in await helle.types(f"møde {reference}")


class TestMovingAndCancelling:
    async def test_moving_asks_everybody_anew_and_lets_the_substitute_go(
        self, town: Town, bo: Chat, carl: Chat, per: Chat, reference: str
    ) -> None:
        """Issue 5, item 8; everyone concerned is told, and nobody else."""
        sofie, eva = town.chat(SOFIE), town.chat(EVA)
        await carl.presses("meet.substitute")
        await per.presses("meet.coming")
        await sofie.presses("meet.coming")

        await moves(bo, reference)

        assert "Flyttet: mødet i Koordinationsgruppe Vest" in sofie.last()
        assert "Dag: onsdag 25. marts 2026\nTid: kl. 10.00–11.30" in sofie.last()
        assert "Du behøver ikke møde" in per.last()
        assert "Flyttet" not in eva.everything()
        assert "Dit svar: ikke svaret endnu" in await sofie.types(f"møde {reference}")

    async def test_says_which_agendas_come_too_late_for_the_new_day(
        self, town: Town, dorte: Chat
    ) -> None:
        """SGF-1, SGF-3: four and two weeks ahead; ten days on, neither can be."""
        meeting = await a_spring(town)
        near = {"day": "2026-03-12", "starts": "09:00"}
        late = (
            "Den foreløbige dagsorden bliver ikke sendt: dens frist er forbi.",
            "Den endelige dagsorden bliver sendt senere, end den skal.",
        )
        await dorte.types(f"flyt {meeting.reference}")

        first = await dorte.presses("form.next", **near)
        done = await dorte.presses("form.next", **near, despite="yes")

        assert all(each in first for each in late)
        assert "er flyttet" not in first
        assert "er flyttet" in done
        assert all(each in done for each in late)

    async def test_says_nothing_of_agendas_that_are_sent_or_can_be(
        self, town: Town, dorte: Chat
    ) -> None:
        """SGF-1: the provisional one is out; the final one still has its two weeks."""
        meeting = await a_spring(town)
        await until(town, MEETS - 28 * A_DAY)
        await dorte.types(f"flyt {meeting.reference}")

        done = await dorte.presses("form.next", day="2026-04-13", starts="10:00")

        assert "er flyttet" in done
        assert "Den foreløbige" not in done

    async def test_cancelling_tells_those_who_count_on_it(
        self, bo: Chat, carl: Chat, reference: str
    ) -> None:
        await bo.types(f"aflys {reference}")
        assert "er aflyst" in await bo.presses("form.next", sure="yes")

        assert "Aflyst: mødet i Koordinationsgruppe Vest" in carl.last()
        assert "Mødet er aflyst." in await carl.types(f"møde {reference}")

    async def test_nobody_else_can(self, carl: Chat, eva: Chat, reference: str) -> None:
        for chat in (carl, eva):
            for word in ("flyt", "aflys"):
                assert "findes ikke" in await chat.types(f"{word} {reference}")
        assert await eva.types(f"møde {reference}") == await eva.types("møde M2026-0999")
