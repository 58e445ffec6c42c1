"""Whoever loses a right while a form is open cannot go on with it: it is asked at every press."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from dialogs.conversation import VERBS
from domain.people import Person
from storage.database import Transaction
from storage.readiness_rows import alert_recipients, alerts
from storage.rows import metadata
from tests.support.acts import ROLES, Staged
from tests.support.chat import Card, Chat, data_of
from tests.support.every_act import BEGINS, EVERY_ACT, together
from tests.support.town import DANISH, LARS, MONDAY_NOON, Town, uncovered

UNWATCHED = {"turns", "people", "addresses", "data_keys", "shown_cards", "drafts", "relations"}
KEPT = {"memberships", *UNWATCHED}
ABOUT_NOBODY = {"committee_meeting", "item", "minutes", "minuted"}
"""Things in which nobody is confided: §115 is not asked for them."""

Losing = Callable[[Transaction, Person, Staged], Awaitable[None]]


async def cover(tx: Transaction, person: Person, _: Staged) -> None:
    await _part_in_alerts(tx, person)
    await tx.people.save(uncovered(person))


async def seats_and_offices(tx: Transaction, person: Person, _: Staged) -> None:
    await _part_in_alerts(tx, person)
    await tx.organisation.unseat(person.id)
    await tx.people.save(replace(person, offices=frozenset()))
    for grant in await tx.grants.of_person(person.id, now=MONDAY_NOON):
        await tx.grants.end(grant.id, at=MONDAY_NOON)


async def _part_in_alerts(tx: Transaction, person: Person) -> None:
    """Be as if never alerted: whoever was goes on seeing it, without cover and seat (BER-52)."""
    await tx.connection.execute(
        delete(alert_recipients).where(alert_recipients.c.person == person.id)
    )
    for held in (alerts.c.activated_by, alerts.c.coordinator, alerts.c.log_keeper):
        await tx.connection.execute(
            update(alerts).where(held == person.id).values({held.name: LARS.id})
        )


async def being_free_to(tx: Transaction, person: Person, staged: Staged) -> None:
    """Be recused, by a colleague who knows that they are near."""
    thing = next(iter(staged.carried))
    about = UUID(str(staged.carried[thing]))
    case = await tx.cases.find(about)
    key = str(case.subject if case else about)
    await tx.relations.recuse(about, person.id, "near", MONDAY_NOON, key=key)


def _needs_cover(verb: str) -> bool:
    thing = VERBS[verb].about
    return thing is not None and thing.name not in ABOUT_NOBODY


def _can_be_recused(verb: str) -> bool:
    thing = VERBS[verb].about
    return thing is not None and thing.name in {"case", "concern", "group"}


def _alike(verbs: Iterable[str]) -> list[list[str]]:
    """Put the forms together that the same person may open about the same thing."""
    return together(
        *(
            ((act.scene, act.before, act.allowed), verb)
            for verb, act in ((verb, EVERY_ACT[verb]) for verb in sorted(verbs))
        )
    )


LOST: list[tuple[list[str], Losing]] = [
    *((verbs, cover) for verbs in _alike(filter(_needs_cover, BEGINS))),
    *(
        (verbs, seats_and_offices)
        for verbs in _alike(verb for verb in BEGINS if EVERY_ACT[verb].allowed != {"reporter"})
    ),
    *((verbs, being_free_to) for verbs in _alike(filter(_can_be_recused, BEGINS))),
]


def test_every_form_about_something_is_tried() -> None:
    assert len(BEGINS) > 30
    assert {"case.set_level", "glass.break_case", "role.give"} <= BEGINS


async def written(town: Town) -> Mapping[str, list[str]]:
    """Everything that going on could have changed."""
    async with town.remembers() as tx:
        return {
            table.name: sorted(map(str, await tx.connection.execute(select(table))))
            for table in metadata.sorted_tables
            if table.name not in KEPT and not table.name.startswith("audit")
        }


async def begun(
    town: Town, verbs: Sequence[str]
) -> tuple[Person, Chat, Staged, Mapping[str, Card]]:
    """Let somebody who may open the forms, and keep what the button of each carries."""
    act = EVERY_ACT[verbs[0]]
    person = ROLES[min(act.allowed)]
    who = town.chat(person)
    staged = await act.before(town, who, await act.scene(town))
    cards = {}
    for verb in verbs:
        each = EVERY_ACT[verb]
        if VERBS[verb].typed_only:
            await who.types(f"{VERBS[verb].words[0]} {staged.number}{each.rest}")
        else:
            await who.forges(verb, {**staged.carried, **each.asks})
        cards[verb] = data_of(who.form(), "form.next")
    assert len({card["draft"] for card in cards.values()}) == len(verbs)
    return person, who, staged, cards


@pytest.mark.parametrize(
    ("verbs", "loses"), LOST, ids=[f"{verbs[0]}-{loses.__name__}" for verbs, loses in LOST]
)
async def test_a_form_ends_with_the_right_to_it(
    town: Town, verbs: list[str], loses: Losing
) -> None:
    """AC-CARD-06, AC-AZ-07, §15.13: nothing is written, and nothing of it is said."""
    person, who, staged, cards = await begun(town, verbs)
    async with town.remembers() as tx:
        await loses(tx, person, staged)
    before, wrong = await written(town), []

    for verb, card in cards.items():
        told = await who.forges("form.next", card)
        thing = VERBS[verb].about
        assert thing is not None
        if DANISH(f"rule.{thing.name}.not_found") not in told:
            wrong.append(f"{verb}: {person.name} reads {told!r}")
        if await written(town) != before:
            wrong.append(f"{verb}: something was written")
            before = await written(town)
    async with town.remembers() as tx:
        left = await tx.drafts.all_of(person.id, now=town.hour.now)

    assert not wrong, "\n".join(wrong)
    assert left == []
