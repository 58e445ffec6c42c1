"""Who may press what on a template of readiness, and on a line of the calendar of plans."""

from dataclasses import replace
from uuid import uuid4

from cards.action_plans import about_plan
from cards.measure_kinds import about_kind
from cards.plan_calendar import about_row
from cards.templates import about_template
from tests.support.action_plans import plan
from tests.support.acts import Staged, act
from tests.support.acts_sharing import SECRETARIAT
from tests.support.town import DORTE, Town
from usecases.keep_measure_kinds import use_kind
from usecases.keep_templates import catalogue_now, use_template

KEEPS = ("secretariat", "head")


async def _staged(town: Town, code: str) -> Staged:
    async with town.remembers() as tx:
        template = (await catalogue_now(tx)).templates[code]
    return Staged(carried=about_template(template), number=code)


async def a_template(town: Town) -> Staged:
    return await _staged(town, "H1")


async def a_drill(town: Town) -> Staged:
    return await _staged(town, "Ø1")


async def out_of_use(town: Town) -> Staged:
    async with town.remembers() as tx:
        await use_template(tx, "H5", seen=0, in_use=False, by=DORTE, now=town.hour.now)
    return await _staged(town, "H5")


async def _kind(town: Town, code: str) -> Staged:
    async with town.remembers() as tx:
        kind = (await catalogue_now(tx)).measures[code]
    return Staged(carried=about_kind(kind), number=code)


async def a_kind(town: Town) -> Staged:
    return await _kind(town, "M17")


async def an_unused_kind(town: Town) -> Staged:
    """M17, which no template names as it ships."""
    async with town.remembers() as tx:
        await use_kind(tx, "M17", seen=0, in_use=False, by=DORTE, now=town.hour.now)
    return await a_kind(town)


async def an_example(town: Town) -> Staged:
    """The first line of the calendar, as it comes with the bot."""
    async with town.remembers() as tx:
        rows = await tx.plan_calendar.rows()
    return Staged(carried=about_row(next(each for each in rows if not each.confirmed)))


async def a_plan_ahead(town: Town) -> Staged:
    """Let the calendar grow one; a demonstration can become grave disturbances."""
    grown = replace(plan("B5", starts_at=town.hour.now), id=uuid4(), row=uuid4(), alert=None)
    measures = tuple(replace(each, id=uuid4()) for each in grown.measures)
    async with town.remembers() as tx:
        await tx.action_plans.add(replace(grown, measures=measures))
    return Staged(carried=about_plan(grown))


ACTS = {
    "template.open": act(a_template, *KEEPS),
    "template.more": act(a_template, *KEEPS),
    "template.editions": act(a_template, *KEEPS),
    "template.what": act(a_template, *KEEPS),
    "template.measures": act(a_template, *KEEPS),
    "template.frame": act(a_template, *KEEPS),
    "template.sharing": act(a_template, *KEEPS),
    "template.lists": act(a_template, *KEEPS),
    "template.text": act(a_template, *KEEPS),
    "template.copy": act(a_template, *KEEPS),
    "template.unuse": act(a_template, *KEEPS),
    "template.use": act(out_of_use, *KEEPS),
    "measure_kind.open": act(a_kind, *KEEPS),
    "measure_kind.change": act(a_kind, *KEEPS),
    "measure_kind.editions": act(a_kind, *KEEPS),
    "measure_kind.unuse": act(a_kind, *KEEPS),
    "measure_kind.use": act(an_unused_kind, *KEEPS),
    "actionplan.becomes": act(a_plan_ahead, *SECRETARIAT),
    "drill.begin": act(a_drill, *KEEPS),
    "calendar.change": act(an_example, *KEEPS),
    "calendar.confirm": act(an_example, *KEEPS),
    "calendar.remove": act(an_example, *KEEPS),
}
