"""What the Secretariat changes in templates, in a real database: BER-29, BER-39, BER-61."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.alerts import Level
from domain.errors import RuleBroken
from domain.evaluations import LearningState
from domain.plan_templates import Data, Override
from domain.template_fields import TemplateFlawed
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.learnings import LEARNED
from tests.support.town import DORTE, HENRIETTE, LARS, MONDAY_NOON
from usecases.keep_templates import (
    change_template,
    copy_template,
    see_editions,
    see_template,
    use_template,
)

AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def changes(
    tx: Transaction, *, seen: int = 0, learning: UUID | None = None, **laid: Data | None
) -> None:
    await change_template(
        tx, "H1", seen=seen, laid=laid, learning=learning, by=DORTE, now=MONDAY_NOON + AN_HOUR
    )


async def test_a_running_alert_keeps_what_it_began_with(readiness: AlertDesk) -> None:
    """BER-29: neither its plan nor its ladder hears of a change of the template."""
    full = replace(ORDER, level=Level.FULL)
    await readiness.activates(full)
    async with readiness.desk.database.transaction() as tx:
        before = (await tx.action_plans.of_alert(ALERT), await tx.escalations.snapshot(ALERT))

    async with readiness.desk.database.transaction() as tx:
        await changes(tx, measures=[{"measure": "M12", "deadline": "T+1 timer"}], level="1")

    async with readiness.desk.database.transaction() as tx:
        assert before == (
            await tx.action_plans.of_alert(ALERT),
            await tx.escalations.snapshot(ALERT),
        )
        changed = (await see_template(tx, "H1", by=DORTE)).template
    assert changed.level is Level.ORIENTATION
    assert [each.kind for each in changed.measures] == ["M12"]


async def test_a_change_that_answers_a_learning_refers_to_its_alert(readiness: AlertDesk) -> None:
    """BER-61: the edition says from which alert it was learned, and the task is done."""
    await readiness.activates()
    async with readiness.desk.database.transaction() as tx:
        await tx.learnings.add(LEARNED)
        seen = await see_template(tx, "H1", by=DORTE)
        assert [each.id for each in seen.learnings] == [LEARNED.id]

        await changes(tx, learning=LEARNED.id, title="Opgør")

    async with readiness.desk.database.transaction() as tx:
        [edition] = await see_editions(tx, "H1", by=HENRIETTE)
        learned = await tx.learnings.find(LEARNED.id)
        assert not (await see_template(tx, "H1", by=DORTE)).learnings
    assert (edition.override.alert, edition.override.because) == (ALERT, "")
    assert edition.fields == ["title"]
    assert learned is not None
    assert (learned.state, learned.revision) == (LearningState.DONE, 1)


async def test_back_to_what_ships_leaves_nothing_changed(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        ships = (await see_template(tx, "H1", by=DORTE)).template
        await changes(tx, title="Opgør", goal=["Ro"])
        await changes(tx, seen=1, title=ships.title, goal=None)
        back = (await see_template(tx, "H1", by=DORTE)).template
        [latest, first] = await see_editions(tx, "H1", by=DORTE)

    assert replace(back, revision=0) == ships
    assert latest.override.changes == {}
    assert sorted(first.override.changes) == ["goal", "title"]


async def test_what_is_wrong_is_refused_whole(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        with pytest.raises(TemplateFlawed) as flawed:
            await changes(tx, level="7", parties=["BUF"], measures=[{"measure": "M2"}])
        assert not await tx.template_overrides.of("H1")

    codes = {each.code for each in flawed.value.problems}
    assert codes >= {"template.number", "template.nobody"}


async def test_code_kind_and_version_are_not_changed_by_what_is_pasted(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        await changes(tx, code="H9", kind="drill", version="7", title="Opgør")
        template = (await see_template(tx, "H1", by=DORTE)).template

    assert (template.code, template.kind, template.label) == ("H1", "acute", "1.1")


async def test_nothing_changed_and_somebody_else_are_refused(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        ships = await see_template(tx, "H1", by=DORTE)
        with pytest.raises(RuleBroken, match=r"template\.unchanged"):
            await changes(tx, title=ships.template.title)
        with pytest.raises(RuleBroken, match=r"template\.not_found"):
            await change_template(
                tx, "H1", seen=0, laid={"title": "Opgør"}, by=LARS, now=MONDAY_NOON
            )
        with pytest.raises(RuleBroken, match=r"template\.moved_on"):
            await changes(tx, seen=9, title="Opgør")


async def test_a_copy_is_numbered_on_and_waits_to_be_taken_in_use(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        first = await copy_template(tx, "B4", title="Fastelavn", by=DORTE, now=MONDAY_NOON)
        second = await copy_template(tx, "B4", title="Halloween", by=DORTE, now=MONDAY_NOON)
        taken = await use_template(tx, second.code, seen=1, in_use=True, by=DORTE, now=MONDAY_NOON)

    assert (first.code, second.code) == ("B7", "B8")
    assert not first.in_use
    assert taken.in_use
    assert taken.becomes == "H8"


async def test_a_learning_of_another_template_is_not_answered(readiness: AlertDesk) -> None:
    await readiness.activates()
    async with readiness.desk.database.transaction() as tx:
        await tx.learnings.add(replace(LEARNED, id=uuid4(), template="H2"))
        [other] = await tx.learnings.about("H2")
        with pytest.raises(RuleBroken, match=r"learning\.ended"):
            await changes(tx, learning=other.id, title="Opgør")


async def test_what_does_not_fit_any_more_holds_nothing_up(readiness: AlertDesk) -> None:
    """BER-29's spirit: a release may take a measure away that a change of ours still names."""
    stale = Override(
        template="H1",
        revision=1,
        changes={"measures": [{"measure": "M98"}]},
        by=DORTE.id,
        at=MONDAY_NOON,
    )
    async with readiness.desk.database.transaction() as tx:
        await tx.template_overrides.add(stale)

    alert = await readiness.activates(replace(ORDER, level=Level.FULL))

    async with readiness.desk.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(alert.id)
        assert (await see_template(tx, "H1", by=DORTE)).left_out
        await changes(tx, title="Opgør")
        assert not (await see_template(tx, "H1", by=DORTE)).left_out
        editions = await see_editions(tx, "H1", by=DORTE)
    assert plan.template_label == "1.0"
    assert [each.override.revision for each in editions] == [2, 1]
