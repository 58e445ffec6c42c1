"""Who was to be reminded on a night that nobody ran is reminded on the next (AC-DATA-01)."""

from datetime import timedelta

import pytest

from domain.dates import local_date
from domain.journal import Note
from domain.notices import NoticeKind
from tests.integration.usecases.desk import Desk
from tests.support.cases import a_case, keep_case
from tests.support.town import BO, MONDAY_NOON
from usecases.remind_legal import remind_of_filing

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("nights", "reminded"),
    [((0, 1, 2), 2), ((3,), 1), ((0, 3, 4), 2), ((1, 9, 10), 2), ((-1,), 0)],
    ids=["none missed", "three missed", "two missed", "a week missed", "too early"],
)
async def test_of_what_is_to_be_filed(desk: Desk, nights: tuple[int, ...], reminded: int) -> None:
    """NOT-5: on its day, the day after and each week then; each once."""
    case = a_case("2026-0001")
    async with desk.database.transaction() as tx:
        await keep_case(tx, case, name="Max Myrekær")
        await tx.journal.note(
            Note.COORDINATED, matter=case.id, source=case.id, by=BO.id, at=MONDAY_NOON
        )
        [task] = await tx.journal.due(by=local_date(MONDAY_NOON + 30 * DAY))
    due = MONDAY_NOON + (task.due_on - local_date(MONDAY_NOON))
    for night in nights:
        async with desk.database.transaction() as tx:
            await remind_of_filing(tx, now=due + night * DAY)

    told = [each.notice for each in await desk.due(after=60 * DAY)]
    assert len([each for each in told if each.kind is NoticeKind.FILING_DUE]) == reminded
