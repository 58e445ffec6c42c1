"""Somebody known already: their concern joins their case, where that may be said (CON-5)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.cases import CaseState
from domain.concerns import Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from tests.integration.usecases.desk import PARTS, Desk
from tests.integration.usecases.into_cases import (
    LATER,
    MAX,
    NUMBERED,
    VANLOESE,
    cases_of,
    closes,
    known,
    links,
    opens_case,
    reported,
)
from tests.support.town import BO, DORTE, EVA, SOFIE
from usecases.take_into_case import pass_to_known


class TestSomebodyKnown:
    async def test_by_number_has_their_concern_join_the_case(self, desk: Desk) -> None:
        """CON-5: whatever name it was reported under."""
        case = await opens_case(desk, await reported(desk))
        again = await reported(
            desk, {**NUMBERED, DataClass.IDENTITY: {"name": "Maksim M", "born": "2011-05-04"}}
        )
        with pytest.raises(RuleBroken, match=r"concern\.known_here"):
            await opens_case(desk, again)

        joined = await links(desk, again, case)

        assert joined.id == case.id
        assert joined.last_event_at == LATER
        assert (await desk.finds(again)).case == case.id

    async def test_whose_case_is_closed_has_it_opened_again(self, desk: Desk) -> None:
        """CASE-10: the retention clock starts anew."""
        case = await opens_case(desk, await reported(desk))
        await closes(desk, case)

        joined = await links(desk, await reported(desk), case)

        assert (joined.state, joined.closed_at, joined.close_reason) == (
            CaseState.OPEN,
            None,
            None,
        )
        assert joined.last_event_at == LATER

    async def test_by_name_and_birthday_is_only_offered(self, desk: Desk) -> None:
        case = await opens_case(desk, await reported(desk, MAX))
        like = await reported(
            desk, {**PARTS, DataClass.IDENTITY: {"name": "Maxi Myr", "born": "2011-05-04"}}
        )
        twin = await reported(desk, NUMBERED)

        found = await known(desk, like)
        assert [(each.case.id, each.same_name) for each in found.candidates] == [(case.id, False)]
        assert [each.same_name for each in (await known(desk, twin)).candidates] == [True]
        assert (await links(desk, twin, case)).id == case.id  # and the number is kept
        assert (await known(desk, await reported(desk, NUMBERED))).same == (
            await cases_of(desk, case.subject)
        )[0]
        other = await opens_case(desk, like)  # the facilitator says that they are not the same

        assert other.subject != case.subject

    async def test_by_another_number_is_somebody_else(self, desk: Desk) -> None:
        await opens_case(desk, await reported(desk))
        twin = await reported(desk, {**MAX, DataClass.CPR: {"cpr": "0405114011"}})

        assert (await known(desk, twin)).candidates == ()

    async def test_is_looked_at_by_the_facilitator_where_it_is_not_sure(self, desk: Desk) -> None:
        """CON-5: candidates are for the facilitator."""
        await opens_case(desk, await reported(desk, MAX))
        like = await desk.opens(await reported(desk, MAX), SOFIE)

        with pytest.raises(RuleBroken, match=r"concern\.facilitator_looks"):
            await opens_case(desk, like, SOFIE)

    async def test_joins_no_case_that_was_not_offered(self, desk: Desk) -> None:
        """AC-CARD-07."""
        other = await opens_case(
            desk, await reported(desk, {**PARTS, DataClass.IDENTITY: {"name": "Else Brink"}})
        )
        concern = await reported(desk)

        for case in (other, replace(other, id=uuid4())):
            with pytest.raises(RuleBroken, match=r"case\.not_found"):
                await links(desk, concern, case)


class TestSomebodyOfAnotherGroup:
    async def test_is_known_there_and_no_more_is_said(self, desk: Desk) -> None:
        """Decision 0030: neither the group nor the case."""
        theirs = await opens_case(desk, await reported(desk, where=VANLOESE), EVA)
        concern = await reported(desk)

        found = await known(desk, concern)

        assert (found.runs_elsewhere, found.same, found.candidates) == (True, None, ())
        assert theirs.reference not in repr(found)
        with pytest.raises(RuleBroken, match=r"concern\.known_elsewhere"):
            await opens_case(desk, concern)
        with pytest.raises(RuleBroken, match=r"concern\.known_elsewhere"):
            await links(desk, concern, theirs)

    async def test_has_the_concern_brought_there_by_the_secretariat(self, desk: Desk) -> None:
        await opens_case(desk, await reported(desk, where=VANLOESE), EVA)
        concern = await reported(desk)
        await desk.due()

        async with desk.database.transaction() as tx:
            gone = await pass_to_known(
                tx, concern=concern.id, seen=concern.version, by=BO, now=LATER
            )

        assert (gone.status, gone.group) == (Status.TRIAGE, None)
        told = await desk.told(after=timedelta(days=1))
        assert (NoticeKind.CONCERN_MATCH, DORTE.id) in told
        assert (NoticeKind.CASE_MATCH, EVA.id) in told

    async def test_whose_case_there_is_closed_gets_a_case_here(self, desk: Desk) -> None:
        """One running case, and the other group's stays theirs."""
        theirs = await opens_case(desk, await reported(desk, where=VANLOESE), EVA)
        await closes(desk, theirs)
        concern = await reported(desk)

        assert (await known(desk, concern)).was_elsewhere
        case = await opens_case(desk, concern)

        assert case.subject == theirs.subject
        assert case.id != theirs.id
        back = await reported(desk, where=VANLOESE)
        with pytest.raises(RuleBroken, match=r"concern\.known_elsewhere"):
            await links(desk, back, theirs, EVA)

    async def test_that_somebody_steps_aside_from_is_as_far_away(self, desk: Desk) -> None:
        """INH-3: recusal hides the case, for whoever may open a concern about the person too."""
        mine = await opens_case(desk, await reported(desk))
        concern = await reported(desk)
        async with desk.database.transaction() as tx:
            await tx.relations.recuse(
                mine.id, BO.id, "self", LATER, key=str(mine.subject), by=BO.id
            )

        found = await known(desk, concern)

        assert (found.same, found.runs_elsewhere) == (None, True)
