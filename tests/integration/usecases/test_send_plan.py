"""A version goes to parties and lists, and is handed over outside: BER-48, BER-53."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.alert_log import LogKind
from domain.alert_sharings import ShareWay
from domain.people import Person
from domain.plan_lists import TEAM_SIKKER_BY
from domain.plan_templates import PlanTier
from storage.database import Transaction
from tests.integration.usecases.alarming import LEADERS
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import PlanDesk
from tests.integration.usecases.sharing import (
    BECAUSE,
    DAY,
    HOUR,
    NOW,
    a_list,
    changes,
    finishes,
    handed,
    lists_them,
    reads,
    rows,
)
from tests.support.town import (
    ANNA,
    CARL,
    DORTE,
    KLAUS,
    LARS,
    RUTH,
    VIGGO,
)
from usecases.plan_lists import keep_list, plan_lists, retire_list
from usecases.send_plan import hand_over, send_to_list, send_to_parties


@pytest.fixture
async def planned(desk: Desk) -> PlanDesk:
    return await PlanDesk.of(desk)


class TestSending:
    async def test_gives_the_parties_all_of_it_once(self, planned: PlanDesk) -> None:
        """BER-48: one row for each who got it, with the version."""
        await finishes(planned)

        async def work(tx: Transaction) -> None:
            await send_to_parties(tx, id=planned.id, by=DORTE, now=NOW)

        await planned.desk.does(work)
        await planned.desk.does(work)

        sent = await rows(planned)
        got = {each.person for each in sent}
        assert {each.id for each in (*LEADERS, DORTE)} <= got
        assert not got & {ANNA.id, VIGGO.id, KLAUS.id}
        assert len(sent) == len(got)
        assert {(each.tier, each.number) for each in sent} == {(PlanTier.FULL, 1)}

    async def test_by_a_list_gives_its_people_no_more_than_it_may(self, planned: PlanDesk) -> None:
        """BER-48, BER-55: who is no party reads what they were sent, and never the full plan."""
        await finishes(planned)
        kept = await lists_them(
            planned, tier=PlanTier.EXTERNAL, people=f"{ANNA.name}, {LARS.name}"
        )

        async def work(tx: Transaction) -> None:
            await send_to_list(tx, id=planned.id, to=kept.id, by=DORTE, now=NOW)

        await planned.desk.does(work)

        assert {(e.person, e.tier, e.list) for e in await rows(planned)} == {
            (each.id, PlanTier.EXTERNAL, kept.id) for each in (ANNA, LARS)
        }
        assert (await reads(planned, ANNA)).reader.tier is PlanTier.EXTERNAL
        assert (await reads(planned, ANNA)).names == {}
        assert (await reads(planned, LARS)).reader.tier is PlanTier.FULL

    async def test_shows_who_was_only_sent_one_version_that_one(self, planned: PlanDesk) -> None:
        await finishes(planned)
        kept = await lists_them(planned, tier=PlanTier.ORIENTATION, people=ANNA.name)

        async def work(tx: Transaction) -> None:
            await send_to_list(tx, id=planned.id, to=kept.id, by=DORTE, now=NOW)

        await planned.desk.does(work)
        await changes(planned)
        await finishes(planned)
        assert (await reads(planned, ANNA)).version.number == 1
        assert (await reads(planned, VIGGO)).version.number == 2
        await planned.desk.does(work)
        assert (await reads(planned, ANNA)).version.number == 2

    @pytest.mark.parametrize("by", [LARS, CARL, VIGGO, RUTH], ids=lambda each: str(each.id))
    async def test_is_the_secretariats(self, planned: PlanDesk, by: Person) -> None:
        await finishes(planned)

        async def work(tx: Transaction) -> None:
            await send_to_parties(tx, id=planned.id, by=by, now=NOW)

        assert await planned.desk.refuses(work) == "shared_plan.not_found"


class TestHandingOver:
    async def test_is_noted_with_version_way_and_reason(self, planned: PlanDesk) -> None:
        """BER-48, BER-12: who outside got which version, how, when, and why."""
        await finishes(planned)
        late = NOW + HOUR
        given = replace(handed(planned), at=NOW + timedelta(minutes=30))

        async def work(tx: Transaction) -> None:
            await hand_over(tx, given, by=DORTE, now=late)

        await planned.desk.does(work)
        await planned.desk.does(work)

        [row] = await rows(planned)
        assert (row.outside, row.tier, row.way) == (given.to, PlanTier.EXTERNAL, ShareWay.MAIL)
        assert (row.number, row.at, row.person) == (1, given.at, None)
        [line] = await planned.lines(LogKind.SHARED)
        assert line.words == f"{given.to}: {BECAUSE}"

    async def test_to_team_sikker_by_is_without_names(self, planned: PlanDesk) -> None:
        """BER-48: for the political level and the deprived housing areas."""
        await finishes(planned)
        given = replace(handed(planned), to="Team Sikker By", by_list=TEAM_SIKKER_BY.id)

        async def work(tx: Transaction) -> None:
            assert TEAM_SIKKER_BY in await plan_lists(tx)
            await hand_over(tx, given, by=DORTE, now=NOW)

        await planned.desk.does(work)

        [row] = await rows(planned)
        assert (row.tier, row.list) == (PlanTier.ORIENTATION, TEAM_SIKKER_BY.id)

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"because": " "}, "shared_plan.no_reason"),
            ({"to": " "}, "shared_plan.no_receiver"),
            ({"at": NOW + HOUR}, "shared_plan.to_come"),
            ({"at": NOW - DAY}, "shared_plan.before_version"),
            ({"number": 2}, "shared_plan.moved_on"),
            ({"because": "Om 010190-1234"}, "measure.cpr"),
            ({"by_list": UUID(int=5)}, "list.gone"),
        ],
        ids=str,
    )
    async def test_is_refused_when_it_is_not_in_order(
        self, planned: PlanDesk, changed: dict[str, Any], code: str
    ) -> None:
        await finishes(planned)

        async def work(tx: Transaction) -> None:
            await hand_over(tx, replace(handed(planned), **changed), by=DORTE, now=NOW)

        assert await planned.desk.refuses(work) == code


class TestAList:
    async def test_can_be_changed_and_let_go(self, planned: PlanDesk) -> None:
        kept = await lists_them(planned, tier=PlanTier.EXTERNAL, people=ANNA.name)

        async def let_go(tx: Transaction, seen: int) -> None:
            await retire_list(tx, id=kept.id, seen=seen, by=DORTE, now=NOW)

        assert await planned.desk.refuses(lambda tx: let_go(tx, 0)) == "list.moved_on"
        await planned.desk.does(lambda tx: let_go(tx, 1))
        async with planned.desk.database.transaction() as tx:
            assert [each.name for each in await plan_lists(tx)] == ["Team Sikker By"]

    async def test_of_team_sikker_by_is_the_secretariats_to_change(
        self, planned: PlanDesk
    ) -> None:
        """BER-48: it is there from the beginning, and is theirs like any other."""
        people = replace(
            a_list(tier=PlanTier.ORIENTATION), id=TEAM_SIKKER_BY.id, name=TEAM_SIKKER_BY.name
        )

        async def change(tx: Transaction) -> None:
            await keep_list(tx, people, by=DORTE, now=NOW)

        await planned.desk.does(change)
        assert await planned.desk.refuses(change) == "list.moved_on"
        async with planned.desk.database.transaction() as tx:
            [kept] = await plan_lists(tx)
            assert kept.audience.people == {ANNA.id}
            await retire_list(tx, id=kept.id, seen=1, by=DORTE, now=NOW)
            assert await plan_lists(tx) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"tier": PlanTier.FULL}, "list.no_tier"),
            ({"people": ""}, "list.nobody"),
            ({"people": "Ingen Af Dem"}, "list.no_such_person"),
            ({"name": " "}, "list.no_name"),
        ],
        ids=str,
    )
    async def test_is_refused_when_it_is_not_in_order(
        self, planned: PlanDesk, changed: dict[str, Any], code: str
    ) -> None:
        written = replace(a_list(), **changed)

        async def work(tx: Transaction) -> None:
            await keep_list(tx, written, by=DORTE, now=NOW)

        assert await planned.desk.refuses(work) == code
