"""Who reads how much of a version, and gets it as a document: BER-48, BER-55."""

import pytest

from domain.alert_log import LogKind
from domain.exports import ExportKind
from domain.people import Person
from domain.plan_measures import assigned
from domain.plan_moves import with_measure
from domain.plan_templates import PlanTier
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import PlanDesk
from tests.integration.usecases.sharing import (
    NOW,
    finishes,
    reads,
)
from tests.support.town import (
    ANNA,
    CARL,
    DENNIS,
    DORTE,
    HELLE,
    HENRIETTE,
    KLAUS,
    LARS,
    RUTH,
    SOFIE,
    STINE,
    SUNE,
    VIGGO,
)
from usecases.plan_papers import ask_for_plan, write_plan
from usecases.read_shared_plan import read_version
from usecases.see_sharings import see_sharings
from usecases.send_plan import send_to_parties


@pytest.fixture
async def planned(desk: Desk) -> PlanDesk:
    return await PlanDesk.of(desk)


class TestReading:
    @pytest.mark.parametrize(
        ("by", "tier"),
        [
            (LARS, PlanTier.FULL),
            (CARL, PlanTier.FULL),
            (DORTE, PlanTier.FULL),
            (DENNIS, PlanTier.FULL),
            (STINE, PlanTier.FULL),
            (HENRIETTE, PlanTier.FULL),
            (VIGGO, PlanTier.ORIENTATION),
            (RUTH, PlanTier.ORIENTATION),
        ],
        ids=lambda each: str(getattr(each, "id", each)),
    )
    async def test_gives_as_much_as_they_are(
        self, planned: PlanDesk, by: Person, tier: PlanTier
    ) -> None:
        """BER-48, BER-55: names only to who reads all of it."""
        await finishes(planned)
        read = await reads(planned, by)

        assert read.reader.tier is tier
        assert bool(read.names) is (tier is PlanTier.FULL)

    @pytest.mark.parametrize("by", [ANNA, KLAUS, SUNE, HELLE], ids=lambda each: str(each.id))
    async def test_gives_others_nothing(self, planned: PlanDesk, by: Person) -> None:
        """BER-52, BER-55: as if there was no plan."""
        await finishes(planned)

        async def work(tx: Transaction) -> None:
            await read_version(tx, id=planned.id, by=by)

        async def history(tx: Transaction) -> None:
            await see_sharings(tx, id=planned.id, by=by)

        assert await planned.desk.refuses(work) == "shared_plan.not_found"
        assert await planned.desk.refuses(history) == "shared_plan.not_found"

    async def test_ends_with_being_a_party(self, planned: PlanDesk) -> None:
        """BER-55: who got all of it while they had a measure, reads none of it afterwards."""
        measure = await planned.measure("M1")

        async def given(tx: Transaction, owner: Person) -> None:
            held = await tx.action_plans.hold(planned.id)
            assert held is not None
            mine = assigned(held.measure(measure.id), owner=owner.id, substitute=None)
            await tx.action_plans.save(with_measure(held, mine), was=held)

        async def sent(tx: Transaction) -> None:
            await send_to_parties(tx, id=planned.id, by=DORTE, now=NOW)

        async def read(tx: Transaction) -> None:
            await read_version(tx, id=planned.id, by=KLAUS)

        await planned.desk.does(lambda tx: given(tx, KLAUS))
        await finishes(planned)
        await planned.desk.does(sent)
        await planned.desk.does(read)
        await planned.desk.does(lambda tx: given(tx, SOFIE))

        assert await planned.desk.refuses(read) == "shared_plan.not_found"


class TestADocument:
    async def test_is_as_much_as_one_reads_and_is_in_the_log(self, planned: PlanDesk) -> None:
        """BER-55: every export is logged, with its version and tier."""
        await finishes(planned)

        async def work(tx: Transaction) -> None:
            asked = await ask_for_plan(tx, id=planned.id, by=VIGGO, now=NOW)
            assert asked.kind is ExportKind.PLAN_ORIENTATION

        await planned.desk.does(work)
        await planned.desk.does(work)

        [line] = await planned.lines(LogKind.EXPORTED)
        assert (line.by, line.facts["what"], line.facts["version"]) == (
            VIGGO.id,
            "orientation",
            "1",
        )

    async def test_of_less_is_made_for_others_by_the_secretariat(self, planned: PlanDesk) -> None:
        await finishes(planned)

        async def ask(tx: Transaction, by: Person) -> None:
            await ask_for_plan(tx, id=planned.id, tier=PlanTier.EXTERNAL, by=by, now=NOW)

        assert await planned.desk.refuses(lambda tx: ask(tx, LARS)) == "shared_plan.not_found"
        await planned.desk.does(lambda tx: ask(tx, DORTE))

    async def test_is_not_made_for_who_may_not_have_it_any_more(self, planned: PlanDesk) -> None:
        """BER-55: it is read when it is made."""
        await finishes(planned)
        async with planned.desk.database.transaction() as tx:
            export = await ask_for_plan(tx, id=planned.id, by=VIGGO, now=NOW)
        async with planned.desk.database.transaction() as tx:
            assert await write_plan(tx, export) is not None
            await tx.organisation.unseat(VIGGO.id)
        async with planned.desk.database.transaction() as tx:
            assert await write_plan(tx, export) is None
