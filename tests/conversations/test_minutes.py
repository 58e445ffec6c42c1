"""Minutes of the committees: final when approved, corrected in the open."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.minutes import MinutesState, Receiver
from domain.people import Person
from tests.support import acts_agendas as acts
from tests.support.chat import Chat, verbs
from tests.support.steering import (
    a_spring,
    until,
    with_steering,
)
from tests.support.town import (
    DANISH,
    DORTE,
    GRETE,
    HENRIETTE,
    LARS,
    RUTH,
    STINE,
    Town,
)


class TestMinutesOfTheSteeringGroup:
    async def test_are_final_in_the_database_too(self, town: Town) -> None:
        """MTG-26: no statement changes or removes what was approved, whoever sends it."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.approved(tx, town.hour.now)
        refused = []
        for statement in (
            "UPDATE data.minutes_versions SET content = '{}'",
            "UPDATE data.minutes_versions SET state = 'draft'",
            "DELETE FROM data.minutes_versions",
        ):
            with pytest.raises(DBAPIError, match="final"):
                async with town.remembers() as tx:
                    await tx.connection.execute(text(statement))
            refused.append(statement)

        async with town.remembers() as tx:
            minutes = await tx.minutes.latest(meeting.id)
        assert len(refused) == 3
        assert minutes is not None
        assert minutes.state is MinutesState.APPROVED

    async def test_are_corrected_by_a_version_with_an_approval_of_its_own(
        self, town: Town
    ) -> None:
        """MTG-26, SGF-4: until then the approved one is what the others read.

        The chair alone corrects nothing: the members are asked anew, and given their time.
        """
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.approved(tx, town.hour.now)
        dorte, henriette, grete = map(town.chat, (DORTE, HENRIETTE, GRETE))
        number = meeting.reference
        early = DANISH("rule.minutes.members_first")

        await dorte.types(f"ret referat {number}")
        told = await dorte.presses("form.next", words="Beløbet var forkert")
        assert DANISH("minutes.correction_begun") in told
        await dorte.types(f"referat punkt {number} 1")
        await dorte.presses("minutes.decide")
        await dorte.presses("form.next", words="Tiltrådt for 10.000 kr.")
        assert "10.000" not in await grete.types(f"referat {number}")
        await dorte.types(f"udsend referat {number}")
        await dorte.types(f"luk kommentarer {number}")
        assert "10.000" not in await grete.types(f"referat {number}")
        assert early in await henriette.types(f"godkend referat {number}")
        await town.passes(timedelta(days=1))
        assert DANISH("minutes.approved_now") in await henriette.types(f"godkend referat {number}")

        assert "10.000" in await grete.types(f"referat {number}")
        async with town.remembers() as tx:
            versions = await tx.minutes.of_meeting(meeting.id)
        assert [each.items[0].decision for each in versions] == [
            "Tiltrådt.",
            "Tiltrådt for 10.000 kr.",
        ]

    async def test_offer_the_chair_no_word_that_would_be_refused(self, town: Town) -> None:
        """SGF-4: the members approve first, and the chair notes it once their time is over."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.closed(tx, town.hour.now)
        henriette, number = town.chat(HENRIETTE), meeting.reference

        await henriette.types(f"referat {number}")
        offered = verbs(henriette.card(henriette.messages()[-1]))
        assert "minutes.agree" in offered
        assert "minutes.approve" not in offered
        await town.passes(timedelta(days=60))
        await henriette.types(f"referat {number}")

        assert DANISH("minutes.approved_now") in await henriette.presses("minutes.approve")

    async def test_go_to_whom_the_committee_has_chosen(self, town: Town) -> None:
        """SGF-4: who the other relevant actors are is data."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.closed(tx, town.hour.now)
        dorte, lars, ruth, grete = map(town.chat, (DORTE, LARS, RUTH, GRETE))
        henriette = town.chat(HENRIETTE)

        await dorte.types(f"referat til {meeting.reference}")
        await dorte.presses("form.next", receivers=Receiver.SECRETARIAT.value)
        for each in (lars, ruth, henriette):
            await each.types(f"enig {meeting.reference}")

        assert DANISH("rule.committee_meeting.not_found") in await grete.types(
            f"referat {meeting.reference}"
        )
        async with town.remembers() as tx:
            minutes = await tx.minutes.latest(meeting.id)
        assert minutes is not None
        assert GRETE.id not in minutes.sent_to
        assert DORTE.id in minutes.sent_to

    async def test_take_no_comment_that_is_begun_after_they_were_closed(self, town: Town) -> None:
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.closed(tx, town.hour.now)

        told = await town.chat(LARS).types(f"kommentar {meeting.reference}")

        assert DANISH("rule.minutes.not_out") in told

    async def test_ask_everybody_anew_when_they_were_taken_back(self, town: Town) -> None:
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.closed(tx, town.hour.now)
        dorte, lars, ruth, henriette = map(town.chat, (DORTE, LARS, RUTH, HENRIETTE))
        number = meeting.reference

        await lars.types(f"enig {number}")
        await ruth.types(f"enig {number}")
        await dorte.types(f"hent referat tilbage {number}")
        assert DANISH("rule.minutes.not_to_approve") in await henriette.types(f"enig {number}")
        await dorte.types(f"udsend referat {number}")
        await dorte.types(f"luk kommentarer {number}")
        await henriette.types(f"enig {number}")

        async with town.remembers() as tx:
            minutes = await tx.minutes.latest(meeting.id)
            agreed = await tx.minutes.agreed(meeting.id, 1)
        assert minutes is not None
        assert minutes.state is MinutesState.APPROVAL
        assert agreed == {HENRIETTE.id}

    async def test_take_in_what_was_let_in_after_they_were_begun(self, town: Town) -> None:
        meeting = await a_spring(town)
        dorte, henriette = town.chat(DORTE), town.chat(HENRIETTE)
        async with town.remembers() as tx:
            await acts.accepted(tx, town.hour.now, meeting.id)
        await until(town, meeting.day, 8)
        await dorte.types(f"skriv referat {meeting.reference}")
        await henriette.types(f"hastepunkt {meeting.reference}")
        await henriette.fills({"kind": "orientation", "title": "Ny lov vedtaget i går"})
        await henriette.fills({"because": "Loven gælder fra i morgen"})
        await henriette.presses("form.send")

        await dorte.types(f"skriv referat {meeting.reference}")

        assert "Ny lov vedtaget i går" in await dorte.types(f"referat {meeting.reference}")


class TestATaskWhoseOwnerIsGone:
    async def test_goes_to_who_keeps_the_meeting(self, town: Town) -> None:
        """ROLE-03: the Secretariat keeps the steering group's; the letter says no more than it."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.out(tx, town.hour.now)
        dorte, lars, stine = map(town.chat, (DORTE, LARS, STINE))
        number = meeting.reference
        assert duty(number) in await lars.types("mine opgaver")

        await leaves_the_register(stine, LARS)

        assert DANISH("given_task.passed_on_title", reference=number) in dorte.everything()
        assert "Tryk folderen" not in dorte.everything()
        assert duty(number) in await dorte.types("mine opgaver")
        assert DORTE.name in await dorte.presses("task.open")
        assert DANISH("given_task.is_done") in await dorte.types(f"udført {number} 1")

    async def test_is_sent_out_as_theirs_when_it_stood_in_a_draft(self, town: Town) -> None:
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.a_draft(tx, town.hour.now)
        dorte, stine = map(town.chat, (DORTE, STINE))

        await leaves_the_register(stine, LARS)
        assert duty(meeting.reference) not in await dorte.types("mine opgaver")
        await dorte.types(f"udsend referat {meeting.reference}")

        assert DANISH("given_task.given_title", reference=meeting.reference) in dorte.everything()
        async with town.remembers() as tx:
            minutes = await acts.latest(tx, meeting)
        [task] = minutes.items[0].tasks
        assert task.owner == DORTE.name


def duty(number: str) -> str:
    return DANISH("duty.decision_task", reference=f"**{number}**")


async def leaves_the_register(steward: Chat, person: Person) -> None:
    await steward.types(f"rolle {person.name}")
    await steward.presses("role.take")
    await steward.fills({"post": "register"})
    await steward.presses("form.send")
