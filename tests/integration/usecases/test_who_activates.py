"""Who may activate readiness, and where; everybody else hears whom to call (BER-01, BER-02)."""

from dataclasses import replace

import pytest

from domain.alert_audience import default_audience
from domain.errors import RuleBroken
from domain.people import AreaCode, Person
from tests.integration.usecases.alarming import (
    LEADERS,
    ORDER,
    THERE,
    WHOLE_CITY,
    AlertDesk,
)
from tests.integration.usecases.desk import Desk
from tests.support.town import (
    CARL,
    DENNIS,
    DORTE,
    EVERYBODY,
    HENRIETTE,
    LARS,
    MONDAY_NOON,
    RUTH,
    STEEN,
    STINE,
    SUNE,
    VIGGO,
)
from usecases.activate_alert import activate_alert

MAY = {*LEADERS, RUTH, VIGGO, DORTE, DENNIS, STINE, STEEN, HENRIETTE}
IN_THE_CITY = {VIGGO, DORTE, DENNIS, STINE, STEEN, HENRIETTE}


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


class TestWhoActivates:
    @pytest.mark.parametrize("person", EVERYBODY, ids=lambda each: each.id)
    async def test_is_a_leader_or_of_the_secretariat(
        self, readiness: AlertDesk, person: Person
    ) -> None:
        """BER-01: everybody else is refused, and an administrator is everybody else."""
        if person in MAY:
            assert (await readiness.activates(by=person)).activated_by == person.id
        else:
            assert await readiness.refuses(by=person) == "alert.not_entitled"

    async def test_is_told_whom_to_call_when_it_is_not_them(self, readiness: AlertDesk) -> None:
        """BER-01: the refusal names somebody, and what it was goes on record."""
        async with readiness.desk.database.transaction() as tx:
            with pytest.raises(RuleBroken, match=r"alert\.not_entitled") as refusal:
                await activate_alert(tx, ORDER, by=SUNE, now=MONDAY_NOON)
        facts = refusal.value.facts
        assert DORTE.name in str(facts["who"])
        assert facts["about"] == "office.activate_emergency"

    @pytest.mark.parametrize("by", [LARS, CARL, DORTE, VIGGO, RUTH], ids=lambda each: each.id)
    @pytest.mark.parametrize(
        ("areas", "code"), [(THERE, "alert.other_area"), (WHOLE_CITY, "alert.whole_city")]
    )
    async def test_leads_there_or_in_the_whole_city(
        self, readiness: AlertDesk, by: Person, areas: frozenset[AreaCode], code: str
    ) -> None:
        """BER-02: a leader group's member needs the Secretariat for what is not theirs.

        Those who lead SSP+ may in every area, but not in all of them at once.
        """
        order = replace(ORDER, audience=default_audience(areas))
        if by in IN_THE_CITY or (by is RUTH and areas):
            assert (await readiness.activates(order, by=by)).audience.areas == areas
        else:
            assert await readiness.refuses(order, by=by) == code
