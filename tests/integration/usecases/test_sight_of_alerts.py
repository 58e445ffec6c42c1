"""Who gets how much of an alert: the same in the chat, on the board, on paper, at a meeting."""

from collections.abc import Awaitable
from uuid import UUID, uuid4

import pytest

from cards.delivery import phone
from dialogs import alert_logbook, plan_pages
from dialogs.alert_acts import OFFER
from dialogs.presses import Aim
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.exports import OF_ALERTS
from domain.exports import ExportKind as K
from domain.parties import Party
from domain.people import Person
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.reporting import CALM, Reporting, an_alert
from tests.support.town import (
    BO,
    CARL,
    DANISH,
    DORTE,
    KASPER,
    LARS,
    LIV,
    SOFIE,
    SUNE,
    VIGGO,
    uncovered,
)
from usecases.export_alert import papers_for, permit_paper
from usecases.keep_alert_log import read_log
from usecases.read_action_plan import see_plan
from usecases.read_readiness_meeting import see_agenda, see_readiness_meeting
from usecases.report_situation import report_situation, see_situation
from usecases.see_board import see_board, see_closer

LOG = frozenset({"log", "board log"})
REPORTS = frozenset({"situation", "board reports", "board", "agenda"})
ACTS = frozenset({"who joins", "silent"})
PLAN = frozenset({"plan"})
NOTHING = frozenset[str]()

ANYBODYS = frozenset({K.ALERT_PLAN, K.ALERT_FIGURES, K.ALERT_CAP})
OWNERS = frozenset({K.ALERT_CARDS, K.ALERT_MEASURES})
PEOPLE = frozenset({K.ALERT_CALL_LIST, K.ALERT_RECIPIENTS, K.ALERT_LOG_PDF, K.ALERT_LOG_HTML}) | {
    K.ALERT_LOG_TEXT,
    K.ALERT_LOG_CSV,
}
WHOLE = frozenset(OF_ALERTS)

# Who, what they read of an alert with a plan, and which papers of it they may have.
MATRIX = {
    "coordinator": (LARS, LOG | REPORTS | ACTS | PLAN, WHOLE),
    "leader": (CARL, LOG | REPORTS | ACTS | PLAN, WHOLE),
    "Secretariat": (DORTE, LOG | REPORTS | ACTS | PLAN, WHOLE),
    "steering group": (VIGGO, LOG | REPORTS | ACTS, ANYBODYS | PEOPLE),
    "alerted of a party": (BO, REPORTS | PLAN, ANYBODYS | OWNERS),
    "alerted, and invited": (LIV, REPORTS | PLAN | {"who joins"}, ANYBODYS | OWNERS),
    "coordinator, uncovered": (uncovered(LARS), NOTHING, ANYBODYS),
    "leader, uncovered": (uncovered(CARL), NOTHING, ANYBODYS),
    "invited, uncovered": (uncovered(LIV), NOTHING, ANYBODYS),
    "alerted, uncovered": (uncovered(BO), NOTHING, ANYBODYS),
}


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    """An alert at level 3: Sofie joins and reports, Liv is invited; Kasper has not answered."""
    alerted = await an_alert(desk)
    await alerted.joins(SOFIE)

    async def reports(tx: Transaction) -> None:
        await report_situation(
            tx,
            id=uuid4(),
            alert=ALERT,
            party=Party(SOFIE.authority.value),
            situation=CALM,
            by=SOFIE,
            now=alerted.now,
        )

    await alerted.does(reports)
    return alerted


async def read_by(alerted: Reporting, by: Person, meeting: UUID) -> frozenset[str]:
    """Name what somebody gets to read, each by the way they would."""
    now, plan = alerted.now, await alerted.plan()
    async with alerted.desk.database.transaction() as tx:
        closer = await see_closer(tx, id=ALERT, by=by, now=now)
        board = await see_board(tx, by=by, now=now)
        agenda = await see_agenda(tx, id=meeting, by=by)
        turn = Turn(person=by, at=now, in_private=True)
        answers = await OFFER.verbs["alert.answers"].take(tx, turn, Aim(id=ALERT, version=0))
        got = {
            "log": await _may(read_log(tx, id=ALERT, by=by)),
            "plan": await _may(see_plan(tx, id=plan.id, by=by, now=now)),
            "situation": await _may(see_situation(tx, id=ALERT, by=by, now=now)),
            "board log": bool(closer.log),
            "board reports": bool(closer.reports),
            "board": bool(board.reports),
            "agenda": bool(agenda.latest),
            "who joins": [each.person for each in agenda.joining] == [SOFIE.id],
            "silent": KASPER.name in answers.words,
        }
        assert got["who joins"] is agenda.meeting.named is bool(agenda.meeting.attendances)
        assert alert_logbook.reads(closer.seen) is got["log"]
        assert plan_pages.reads_plan(closer.seen) is got["plan"]
        assert got["silent"] is (phone(KASPER, DANISH) in answers.words)
        assert DANISH("authority.KP") in answers.words
    return frozenset(what for what, is_had in got.items() if is_had)


async def _may(asked: Awaitable[object]) -> bool:
    try:
        await asked
    except RuleBroken:
        return False
    return True


class TestWhoSeesAnAlert:
    @pytest.mark.parametrize("role", MATRIX)
    async def test_reads_by_every_way_what_is_theirs(self, alerted: Reporting, role: str) -> None:
        """BER-48, BER-52, BER-53, BER-55: one rule, however they come to it."""
        by, reads, _ = MATRIX[role]
        meeting = await alerted.calls(LARS, SOFIE, LIV)

        assert await read_by(alerted, by, meeting.id) == reads

    @pytest.mark.parametrize("role", MATRIX)
    async def test_gets_on_paper_what_they_read(self, alerted: Reporting, role: str) -> None:
        """BER-53, BER-55: no paper says more than the chat."""
        by, _, papers = MATRIX[role]
        async with alerted.desk.database.transaction() as tx:
            _, offered = await papers_for(tx, alert=ALERT, by=by, now=alerted.now)
            had = {
                kind
                for kind in OF_ALERTS
                if await _may(permit_paper(tx, alert=ALERT, kind=kind, by=by, now=alerted.now))
            }

        assert had == set(offered) == papers

    async def test_of_somebody_else_gets_nothing(self, alerted: Reporting) -> None:
        """BER-52: default deny."""
        meeting = await alerted.calls(LARS, SOFIE)
        async with alerted.desk.database.transaction() as tx:
            for asked in (
                read_log(tx, id=ALERT, by=SUNE),
                see_situation(tx, id=ALERT, by=SUNE, now=alerted.now),
                see_closer(tx, id=ALERT, by=SUNE, now=alerted.now),
                see_readiness_meeting(tx, id=meeting.id, by=SUNE),
            ):
                assert not await _may(asked)
