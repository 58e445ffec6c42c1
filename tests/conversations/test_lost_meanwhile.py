"""Whoever loses a right while a form is open cannot go on with it: it is asked at every press."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from dialogs.conversation import VERBS
from dialogs.engine import begins
from domain.people import Person
from storage.database import Transaction
from storage.rows import metadata
from tests.support.acts import ROLES, Staged
from tests.support.chat import Chat, data_of
from tests.support.every_act import EVERY_ACT
from tests.support.town import DANISH, MONDAY_NOON, Town, uncovered

OF_A_FORM = f"{begins.__qualname__}.<locals>.take"
BEGINS = sorted(
    name for name in EVERY_ACT if getattr(VERBS[name].take, "__qualname__", "") == OF_A_FORM
)
UNWATCHED = {"turns", "people", "addresses", "data_keys", "shown_cards", "drafts", "relations"}
KEPT = {"memberships", *UNWATCHED}

Losing = Callable[[Transaction, Person, Staged], Awaitable[None]]


async def cover(tx: Transaction, person: Person, _: Staged) -> None:
    await tx.people.save(uncovered(person))


async def seats_and_offices(tx: Transaction, person: Person, _: Staged) -> None:
    await tx.organisation.unseat(person.id)
    await tx.people.save(replace(person, offices=frozenset()))
    for grant in await tx.grants.of_person(person.id, now=MONDAY_NOON):
        await tx.grants.end(grant.id, at=MONDAY_NOON)


async def being_free_to(tx: Transaction, person: Person, staged: Staged) -> None:
    """Be recused, by a colleague who knows that they are near."""
    thing = next(iter(staged.carried))
    about = UUID(str(staged.carried[thing]))
    case = await tx.cases.find(about)
    key = str(case.subject if case else about)
    await tx.relations.recuse(about, person.id, "near", MONDAY_NOON, key=key)


def _can_be_recused(verb: str) -> bool:
    thing = VERBS[verb].about
    return thing is not None and thing.name in {"case", "concern", "group"}


LOST: list[tuple[str, Losing]] = [
    *((verb, cover) for verb in BEGINS),
    *((verb, seats_and_offices) for verb in BEGINS if EVERY_ACT[verb].allowed != {"reporter"}),
    *((verb, being_free_to) for verb in BEGINS if _can_be_recused(verb)),
]


def test_every_form_about_something_is_tried() -> None:
    assert len(BEGINS) > 30
    assert {"case.set_level", "glass.break_case", "role.give"} <= set(BEGINS)


async def written(town: Town) -> Mapping[str, list[str]]:
    """Everything that going on could have changed."""
    async with town.remembers() as tx:
        return {
            table.name: sorted(map(str, await tx.connection.execute(select(table))))
            for table in metadata.sorted_tables
            if table.name not in KEPT and not table.name.startswith("audit")
        }


async def begun(town: Town, verb: str) -> tuple[Person, Chat, Staged]:
    """Let somebody who may open the form."""
    act = EVERY_ACT[verb]
    person = ROLES[min(act.allowed)]
    who = town.chat(person)
    staged = await act.before(town, who, await act.scene(town))
    if VERBS[verb].typed_only:
        await who.types(f"{VERBS[verb].words[0]} {staged.number}{act.rest}")
    else:
        await who.forges(verb, {**staged.carried, **act.asks})
    return person, who, staged


@pytest.mark.parametrize(
    ("verb", "loses"), LOST, ids=[f"{verb}-{loses.__name__}" for verb, loses in LOST]
)
async def test_a_form_ends_with_the_right_to_it(town: Town, verb: str, loses: Losing) -> None:
    """AC-CARD-06, AC-AZ-07, §15.13: nothing is written, and nothing of it is said."""
    person, who, staged = await begun(town, verb)
    card = data_of(who.form(), "form.next")
    async with town.remembers() as tx:
        await loses(tx, person, staged)
    before = await written(town)

    told = await who.forges("form.next", card)

    thing = VERBS[verb].about
    assert thing is not None
    assert DANISH(f"rule.{thing.name}.not_found") in told
    assert await written(town) == before
    async with town.remembers() as tx:
        assert await tx.drafts.all_of(person.id, now=town.hour.now) == []
