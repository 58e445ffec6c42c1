"""What the Secretariat changes in the catalogue of measures, in a real database: BER-39."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.alerts import Level
from domain.errors import RuleBroken
from domain.parties import Party
from domain.plan_templates import Data, Override
from domain.template_fields import TemplateFlawed
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import FULL, PlanDesk
from tests.support.town import DORTE, HENRIETTE, LARS, MONDAY_NOON
from usecases.change_measure import NewMeasure, add_measure, addable
from usecases.keep_measure_kinds import (
    add_kind,
    change_kind,
    see_kind,
    see_kind_editions,
    use_kind,
)
from usecases.keep_templates import catalogue_now, change_template, see_template
from usecases.permit_action_plan import find_plan

AN_HOUR = timedelta(hours=1)
NEW: dict[str, Data | None] = {
    "title": "Lys i skolegården",
    "party": "BUF",
    "for_each": "nej",
    "deadline": "T+6 timer",
}


async def changes(tx: Transaction, *, seen: int = 0, **laid: Data | None) -> None:
    await change_kind(
        tx, "M4", seen=seen, laid=laid, because="Erfaring", by=DORTE, now=MONDAY_NOON
    )


async def adds(tx: Transaction) -> str:
    return (await add_kind(tx, laid=NEW, by=DORTE, now=MONDAY_NOON)).code


async def titles(tx: Transaction) -> dict[str, str]:
    [plan] = await tx.action_plans.of_alert(ALERT)
    return {each.kind: each.title for each in plan.measures}


async def test_templates_and_plans_read_the_catalogue_as_it_was_changed(desk: Desk) -> None:
    """BER-39, BER-29: from now on; a plan that was made keeps the measure as it was."""
    planning = await PlanDesk.of(desk, FULL)
    async with desk.database.transaction() as tx:
        before = await titles(tx)
        await changes(tx, title="Besøg i hjemmet", party="SOF", deadline="T+24 timer")

    async with desk.database.transaction() as tx:
        assert await titles(tx) == before
        [planned] = [
            each
            for each in (await see_template(tx, "H1", by=DORTE)).template.measures
            if each.kind == "M4"
        ]
    again = replace(FULL, id=uuid4(), another=True)
    alert = await planning.readiness.activates(again, after=AN_HOUR)
    async with desk.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(alert.id)
    [measure] = [each for each in plan.measures if each.kind == "M4"]

    assert str(planned.deadline) == "T+24 timer"
    assert (measure.title, measure.party) == ("Besøg i hjemmet", Party.SOF)
    assert measure.due_at == MONDAY_NOON + AN_HOUR + timedelta(hours=24)


async def test_each_edition_says_who_changed_what_and_why(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        await changes(tx, title="Besøg i hjemmet")
        await changes(tx, seen=1, party=None, for_each="ja")
        seen = await see_kind(tx, "M4", by=HENRIETTE)
        latest, first = await see_kind_editions(tx, "M4", by=HENRIETTE)

    assert (seen.kind.revision, seen.kind.party) == (2, None)
    assert {each.code for each in seen.used_in} == {"H1", "H7"}
    assert (first.fields, first.override.by, first.override.because) == (
        ["title"],
        DORTE.id,
        "Erfaring",
    )
    assert latest.fields == ["for_each", "party"]


async def test_two_at_once_both_get_what_they_can_have(desk: Desk) -> None:
    """BER-39, BER-37: another field is put together, the same one is asked about."""
    async with desk.database.transaction() as tx:
        await changes(tx, title="Besøg i hjemmet")
        await changes(tx, deadline="T+24 timer")
        with pytest.raises(RuleBroken, match=r"template\.moved_on"):
            await changes(tx, title="Hjemmebesøg straks")
        with pytest.raises(RuleBroken, match=r"template\.moved_on"):
            await changes(tx, seen=9, title="Hjemmebesøg straks")
        with pytest.raises(RuleBroken, match=r"template\.unchanged"):
            await changes(tx, seen=2, title="Besøg i hjemmet")
        kind = (await see_kind(tx, "M4", by=DORTE)).kind

    assert (kind.title, str(kind.deadline)) == ("Besøg i hjemmet", "T+24 timer")


@pytest.mark.parametrize(
    ("laid", "code"),
    [
        ({"title": "Efterforskning af slagsmålet"}, "investigation"),
        ({"title": "Afhøringer i klassen"}, "investigation"),
        ({"assists": "KP, som ransager kælderen"}, "investigation"),
        ({"title": ""}, "missing"),
        ({"title": "Ring til 010203-1234"}, "cpr"),
        ({"party": "Hovedstadens Beredskab"}, "no_party"),
        ({"deadline": "snart"}, "time"),
        ({"deadline": None}, "no_deadline"),
        ({"deadline": "S+1 dage"}, "from_start"),
        ({"deadline": "T-1 timer"}, "from_start"),
        ({"deadline": "2. januar"}, "from_start"),
        ({"daily": "måske"}, "yes_or_no"),
    ],
)
async def test_what_is_wrong_is_refused_whole(
    desk: Desk, laid: dict[str, Data | None], code: str
) -> None:
    """BER-39: as in a template, and investigation is no measure by any name."""
    async with desk.database.transaction() as tx:
        with pytest.raises(TemplateFlawed, match=rf"template\.{code}"):
            await change_kind(tx, "M4", seen=0, laid=laid, by=DORTE, now=MONDAY_NOON)
        with pytest.raises(TemplateFlawed, match=rf"template\.{code}"):
            await add_kind(tx, laid={**NEW, **laid}, by=DORTE, now=MONDAY_NOON)
        assert not await tx.template_overrides.latest()


async def test_no_template_in_use_is_left_with_what_it_cannot_live_with(desk: Desk) -> None:
    """BER-39: the templates that would not hang together are named."""
    async with desk.database.transaction() as tx:
        with pytest.raises(TemplateFlawed) as flawed:
            await changes(tx, party="KFO")
        assert not await tx.template_overrides.latest()

    [broken] = flawed.value.problems
    assert (broken.code, broken.facts["about"]) == ("template.nobody", "H1")


async def test_a_new_measure_goes_into_templates_and_plans(desk: Desk) -> None:
    """BER-39: M21 is after M20, which never is one; a plan is then made with it."""
    readiness = AlertDesk(desk=desk)
    await readiness.opens()
    async with desk.database.transaction() as tx:
        assert await adds(tx) == "M21"
        assert await adds(tx) == "M22"
        with_it: list[Data] = [{"measure": "M21"}, {"measure": "M2"}]
        await change_template(
            tx, "H1", seen=0, laid={"measures": with_it}, by=DORTE, now=MONDAY_NOON
        )
    await readiness.activates(replace(ORDER, level=Level.FULL))

    async with desk.database.transaction() as tx:
        assert (await titles(tx))["M21"] == "Lys i skolegården"


async def test_what_is_retired_is_offered_no_more_and_stays_where_it_is(desk: Desk) -> None:
    """BER-39: plans that have it keep it; a template in use must let it go first."""
    planning = await PlanDesk.of(desk, FULL)
    async with desk.database.transaction() as tx:
        code = await adds(tx)
        new = NewMeasure(id=uuid4(), kind=code, party=None, due_at=MONDAY_NOON + AN_HOUR)
        await add_measure(tx, new, plan=planning.id, by=LARS, now=MONDAY_NOON)
        with pytest.raises(RuleBroken, match=r"measure_kind\.used") as used:
            await use_kind(tx, "M4", seen=0, in_use=False, by=DORTE, now=MONDAY_NOON)
        assert used.value.facts["templates"] == "H1, H7"
        await use_kind(tx, code, seen=1, in_use=False, by=DORTE, now=MONDAY_NOON)

    async with desk.database.transaction() as tx:
        assert (await titles(tx))[code] == "Lys i skolegården"
        offered = await addable(tx, await find_plan(tx, LARS, planning.id))
        assert code not in {kind.code for kind, _ in offered}
        with pytest.raises(RuleBroken, match=r"measure\.unknown"):
            await add_measure(
                tx, replace(new, id=uuid4()), plan=planning.id, by=LARS, now=MONDAY_NOON
            )
        with pytest.raises(TemplateFlawed, match=r"template\.retired"):
            await change_template(
                tx, "H1", seen=0, laid={"measures": [{"measure": code}]}, by=DORTE, now=MONDAY_NOON
            )
        back = await use_kind(tx, code, seen=2, in_use=True, by=DORTE, now=MONDAY_NOON)
    assert (back.in_use, back.revision) == (True, 3)


async def test_it_is_for_the_secretariat(desk: Desk) -> None:
    """BER-52: to others it is not there."""
    async with desk.database.transaction() as tx:
        with pytest.raises(RuleBroken, match=r"measure_kind\.not_found"):
            await change_kind(tx, "M4", seen=0, laid={"title": "Mit"}, by=LARS, now=MONDAY_NOON)
        with pytest.raises(RuleBroken, match=r"office\.secretariat_only"):
            await add_kind(tx, laid=NEW, by=LARS, now=MONDAY_NOON)


async def test_what_does_not_fit_any_more_holds_nothing_up(desk: Desk) -> None:
    """BER-29's spirit: what hangs together stays, what a release made stale is left out."""
    stale = Override(
        template="M4", revision=1, changes={"party": "XX"}, by=DORTE.id, at=MONDAY_NOON
    )
    async with desk.database.transaction() as tx:
        code = await adds(tx)
        laid: dict[str, Data | None] = {"measures": [{"measure": code}]}
        await change_template(tx, "H1", seen=0, laid=laid, by=DORTE, now=MONDAY_NOON)
        await tx.template_overrides.add(stale)

        catalogue = await catalogue_now(tx)
        assert [each.kind for each in catalogue.templates["H1"].measures] == [code]
        assert catalogue.measures["M4"].party is Party.KP
        assert (await see_kind(tx, "M4", by=DORTE)).left_out
        await changes(tx, seen=1, title="Besøg", party="KP")
        seen = await see_kind(tx, "M4", by=DORTE)
        editions = await see_kind_editions(tx, "M4", by=DORTE)

    assert (seen.left_out, seen.kind.title) == (False, "Besøg")
    assert [each.override.revision for each in editions] == [2, 1]
