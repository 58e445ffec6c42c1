"""The Secretariat's lists of whom alerts can be sent to (BER-11)."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.alert_sharings import DistributionList
from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.people import Authority, CommitteeType, Person
from tests.integration.usecases.alarming import AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import ANNA, DORTE, LARS, MONDAY_NOON
from usecases.keep_alert_lists import (
    WrittenAlertList,
    alert_lists,
    keep_alert_list,
    retire_alert_list,
)
from usecases.prepare_alert import people_listed, prepare_alert

LIST = UUID(int=21)
WRITTEN = WrittenAlertList(
    id=LIST,
    seen=0,
    name="Chefer og Anna",
    audience=Audience(authorities=frozenset(Authority), types=frozenset({CommitteeType.STEERING})),
    people=f"{ANNA.name}, ",
)


@pytest.fixture
async def office(desk: Desk) -> Desk:
    await AlertDesk(desk=desk).opens()
    return desk


async def keeps(
    office: Desk, written: WrittenAlertList = WRITTEN, *, by: Person = DORTE
) -> DistributionList:
    async with office.database.transaction() as tx:
        return await keep_alert_list(tx, written, by=by, now=MONDAY_NOON)


async def test_a_list_is_offered_to_who_activates_until_it_is_taken_out_of_use(
    office: Desk,
) -> None:
    kept = await keeps(office)
    changed = await keeps(office, replace(WRITTEN, seen=kept.version, name="Chefer"))

    async with office.database.transaction() as tx:
        offered = (await prepare_alert(tx, by=LARS)).lists
        people = await people_listed(tx, offered[LIST])
        await retire_alert_list(tx, id=LIST, seen=changed.version, by=DORTE, now=MONDAY_NOON)
        after = (await prepare_alert(tx, by=LARS)).lists

    assert offered[LIST].name == "Chefer"
    assert ANNA.id in people
    assert len(people) == 2  # and the chair of the steering group
    assert after == {}


@pytest.mark.parametrize(
    ("written", "by", "code"),
    [
        (WRITTEN, LARS, "office.secretariat_only"),
        (replace(WRITTEN, name=" "), DORTE, "list.no_name"),
        (replace(WRITTEN, audience=Audience(), people=""), DORTE, "list.nobody"),
        (replace(WRITTEN, people="Ingen Der Hedder Det"), DORTE, "list.no_such_person"),
        (replace(WRITTEN, seen=3), DORTE, "list.moved_on"),
    ],
    ids=["not the Secretariat", "no name", "nobody", "no such person", "an old version"],
)
async def test_a_list_is_refused(
    office: Desk, written: WrittenAlertList, by: Person, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        await keeps(office, written, by=by)

    assert refused.value.code == code
    async with office.database.transaction() as tx:
        assert await alert_lists(tx, by=DORTE) == []
