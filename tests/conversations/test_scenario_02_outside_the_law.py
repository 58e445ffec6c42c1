"""Scenario 2 of concern.md §5.4: a housing association's employee, in the local committee."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from dialogs.conversation import VERBS
from domain.cases import CaseState
from domain.people import Membership, Organisation
from localteams import drawn
from storage.action_plan_rows import action_plans, evaluations, measures, sharings
from storage.agenda_rows import decision_tasks, meeting_items, minutes_comments, minutes_versions
from storage.case_rows import actions, cases, countersigns, grants, records
from storage.meeting_rows import (
    busy_halves,
    closed_days,
    committee_meetings,
    efforts,
    meeting_habits,
    meeting_replies,
    school_holidays,
    year_plans,
)
from storage.readiness_rows import (
    alert_decisions,
    alert_log,
    alert_recipients,
    alert_replies,
    alerts,
    readiness_meetings,
    situation_reports,
)
from storage.rows import concern_parts, concerns, relations
from tests.integration.usecases.alarming import SITUATION
from tests.support.acts_agendas import out
from tests.support.acts_alert_ends import runs
from tests.support.case_stories import NAME, WHAT, a_case, an_action, opens
from tests.support.chat import Chat
from tests.support.efforts import PURPOSE, REASON, an_assessed
from tests.support.legal_stories import OFFENCE, wrote
from tests.support.reports import GRAVE, WRITTEN
from tests.support.steering import PROPOSAL, with_steering
from tests.support.town import HELLE, Town
from tests.support.townspeople import VALBY_LOCAL

CONFIDED = (NAME, WHAT, OFFENCE, *WRITTEN)
OF_OTHERS = (
    *(PURPOSE, REASON, PROPOSAL["problem"], "Fælles folder", "Tiltrådt."),
    *(SITUATION.happened, SITUATION.where, SITUATION.done),
)
KEPT = (
    *(cases, records, actions, grants, countersigns, concerns, concern_parts, relations),
    *(
        efforts,
        committee_meetings,
        meeting_replies,
        meeting_items,
        minutes_versions,
        minutes_comments,
        decision_tasks,
    ),
    *(
        alerts,
        alert_recipients,
        alert_replies,
        alert_log,
        alert_decisions,
        situation_reports,
        readiness_meetings,
        action_plans,
        measures,
        sharings,
        evaluations,
    ),
    *(year_plans, school_holidays, closed_days, meeting_habits, busy_halves),
)
A_PERSON = "Bo Havrelygte"  # of a name that a command asks for


def in_the_local_committee() -> Organisation:
    """Give Helle a seat; she is not covered by §115 in it either."""
    seat = Membership(committee=VALBY_LOCAL.code, person=HELLE.id, slot="LU.opt")
    whole = with_steering()
    return replace(whole, memberships=(*whole.memberships, seat))


def every_command(numbers: dict[str, str]) -> list[str]:
    """List all that can be typed, with these numbers and whatever belongs after it."""
    after = {
        "": "",
        **dict.fromkeys([r" \d{1,2}", r" \d{1,3}", r"(?: \d{1,2})?"], " 1"),
        "(?: [1-9][0-9]?)?": " 1",
        " .{2,60}": " deltager",
        " .{2,120}": f" {A_PERSON} deltager",
        " [a-z ]{3,20}": " log",
        ".+": " Vi er på vej",
        r"(?: \d)?": " 1",
        " .{2,80}": f" {A_PERSON}",
        "(?: .{1,200})?": f" {NAME}",
        r" (?:i |to )?\d{4}-\d{4,6}": f" {numbers['case']}",
        " [0-9a-f]{8}": " 00000000",
        " .{6,40}": " 24.12.2026",
        r" 20\d\d \d{1,2}": " 2026 1",
        r"(?: 20\d\d)?": " 2026",
        r"(?: 20\d\d)?(?: \d{1,3})?": " 2026 1",
        r"(?: 20\d\d)?(?: (?:ændringer|changes|mangler|shortfalls))?(?: \d{1,3})?": " 2026",
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
    """A case and a concern of Bo's, an effort of Anna's, and what the steering group minutes.

    And an alert of Lars's, with a plan that runs.
    """
    await town.reorganises(in_the_local_committee())
    concern = await anna.reports(GRAVE)
    case = await a_case(town, state=CaseState.FOLLOW_UP, level=2)
    async with town.remembers() as tx:
        await an_action(tx, case)
        meeting = await out(tx, town.hour.now)
    effort, alert = await an_assessed(town), await runs(town)
    await wrote(town, case)
    await bo.opens(concern)
    await bo.types("ny gruppe")
    await opens(dorte, case)
    assert NAME in await opens(bo, case)
    assert SITUATION.happened in await dorte.types(f"alarm {alert.reference}")
    assert PURPOSE in await dorte.types(f"indsats {effort.reference}")
    assert "Tiltrådt." in await dorte.types(f"referat {meeting.reference}")
    return {
        "concern": concern,
        "case": case.reference,
        "group": "G2026-0001",
        "access": "A2026-0001",
        "effort": effort.reference,
        "committee_meeting": meeting.reference,
        "minutes": meeting.reference,
        "meeting_agenda": meeting.reference,
        "meeting_year": "2026",
        "habits": "KG5",
        **dict.fromkeys(["alert", "shared_plan", "actionplan"], alert.reference),
        "measure": f"{alert.reference} 1",
        "readiness_meeting": f"{alert.reference}/1",
        "template": "H1",
        "measure_kind": "M4",
    }


async def test_every_command_shows_and_changes_nothing(
    town: Town, helle: Chat, numbers: dict[str, str]
) -> None:
    """S115-9, AC-AZ-05: whatever she types, in Danish or in English."""
    before = await kept(town)

    for typed in every_command(numbers):
        told = await helle.types(typed)
        shown = told.replace(typed.partition(" ")[2], "")  # a search says what was looked for
        assert not [words for words in (*CONFIDED, *OF_OTHERS) if words in shown], typed

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
            assert not [words for words in (*CONFIDED, *OF_OTHERS) if words in told], verb
            pressed.add(verb)

    assert {"case.coordinate", "case.close", "concern.open", "concern.take_up"} <= pressed
    assert await kept(town) == before
    assert numbers["case"] not in helle.everything()
