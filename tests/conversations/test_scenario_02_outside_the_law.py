"""Scenario 2 of concern.md §5.4: a housing association's employee, in the local committee."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from dialogs.conversation import VERBS
from domain.cases import CaseState
from domain.people import Membership, Organisation
from localteams import drawn
from storage.case_rows import actions, cases, countersigns, grants, records
from storage.rows import concern_parts, concerns, relations
from tests.support.case_stories import NAME, WHAT, a_case, an_action, opens
from tests.support.chat import Chat
from tests.support.legal_stories import OFFENCE, wrote
from tests.support.reports import GRAVE, WRITTEN
from tests.support.town import HELLE, ORGANISATION, Town
from tests.support.townspeople import VALBY_LOCAL

CONFIDED = (NAME, WHAT, OFFENCE, *WRITTEN)
KEPT = (cases, records, actions, grants, countersigns, concerns, concern_parts, relations)
A_PERSON = "Bo Havrelygte"  # of a name that a command asks for


def in_the_local_committee() -> Organisation:
    """Give Helle a seat; she is not covered by §115 in it either."""
    seat = Membership(committee=VALBY_LOCAL.code, person=HELLE.id, slot="LU.opt")
    return replace(ORGANISATION, memberships=(*ORGANISATION.memberships, seat))


def every_command(numbers: dict[str, str]) -> list[str]:
    """List all that can be typed, with these numbers and whatever belongs after it."""
    after = {
        "": "",
        r" \d{1,2}": " 1",
        r"(?: \d)?": " 1",
        " .{2,80}": f" {A_PERSON}",
        "(?: .{1,200})?": f" {NAME}",
        r" (?:i |to )?\d{4}-\d{4,6}": f" {numbers['case']}",
    }
    return [
        f"{word} {numbers[verb.about.name]}{after[verb.rest]}"
        if verb.about
        else f"{word}{after[verb.rest]}"
        for verb in VERBS.values()
        for word in verb.words
    ]


async def kept(town: Town) -> list[list[str]]:
    async with town.remembers() as tx:
        return [
            sorted(map(repr, (await tx.connection.execute(select(table))).all())) for table in KEPT
        ]


@pytest.fixture
async def numbers(town: Town, anna: Chat, bo: Chat, dorte: Chat) -> dict[str, str]:
    """A concern and a case in Bo's group, which he has open, and a request for access."""
    await town.reorganises(in_the_local_committee())
    concern = await anna.reports(GRAVE)
    case = await a_case(town, state=CaseState.FOLLOW_UP, level=2)
    async with town.remembers() as tx:
        await an_action(tx, case)
    await wrote(town, case)
    await bo.opens(concern)
    await bo.types("ny gruppe")
    await opens(dorte, case)
    assert NAME in await opens(bo, case)
    return {
        "concern": concern,
        "case": case.reference,
        "group": "G2026-0001",
        "access": "A2026-0001",
    }


async def test_every_command_shows_and_changes_nothing(
    town: Town, helle: Chat, numbers: dict[str, str]
) -> None:
    """S115-9, AC-AZ-05: whatever she types, in Danish or in English."""
    before = await kept(town)

    for typed in every_command(numbers):
        told = await helle.types(typed)
        shown = told.replace(typed.partition(" ")[2], "")  # a search says what was looked for
        assert not [words for words in CONFIDED if words in shown], typed

    assert await kept(town) == before


async def test_a_forwarded_card_shows_and_changes_nothing(
    town: Town, bo: Chat, helle: Chat, numbers: dict[str, str]
) -> None:
    """AC-CARD-08: each button of each card that Bo has in his chat."""
    before = await kept(town)
    pressed: set[str] = set()
    for card in map(bo.card, bo.messages()):
        for button in drawn.buttons(card):
            verb = str(button.get("verb"))
            if button.get("type") != "Action.Execute" or verb.startswith("form."):
                continue
            told = await helle.forges(verb, button.get("data", {}))
            assert not [words for words in CONFIDED if words in told], verb
            pressed.add(verb)

    assert {"case.coordinate", "case.close", "concern.open", "concern.take_up"} <= pressed
    assert await kept(town) == before
    assert numbers["case"] not in helle.everything()
