"""What a reporter can still do, and what becomes of a draft (CON-9, CON-10, concern.md §4.6)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.concerns import Concern, Status
from domain.data_classes import DataClass
from domain.drafts import LIVES, REMIND_AFTER, Draft
from domain.journal import Note, TaskState, WhyNot
from domain.notices import NoticeKind
from domain.people import Person
from domain.retention import Retention
from scheduler.forget_expired import forget_expired
from storage.vault import Shredded
from tests.integration.usecases.desk import Desk, Work, a_draft
from tests.support.town import ANNA, BO, DORTE, HELLE, MONDAY_NOON
from usecases.begin_draft import HOUR, MOST_IN_AN_HOUR, begin_draft
from usecases.file_notes import need_not_file
from usecases.follow_concern import add_to_concern, withdraw_concern
from usecases.handle_concern import open_concern

RETENTION = Retention()
KEPT = RETENTION.withdrawn
ALL = frozenset(DataClass)
MINUTE = timedelta(minutes=1)


async def forgets(desk: Desk, *, now: datetime) -> None:
    await forget_expired(desk.database, RETENTION, now=now)


async def filed(desk: Desk, concern: Concern) -> None:
    """Let the Secretariat say that nothing of it need be filed."""
    async with desk.database.transaction() as tx:
        for task in await tx.journal.tasks(TaskState.OPEN, matters=[concern.id]):
            await need_not_file(
                tx,
                id=task.id,
                seen=task.version,
                why_not=WhyNot.NO_CONTENT,
                by=DORTE,
                now=MONDAY_NOON,
            )


def withdrawing(concern: Concern, by: Person = ANNA) -> Work:
    return lambda tx: withdraw_concern(tx, id=concern.id, by=by, now=MONDAY_NOON)


def adding(concern: Concern, by: Person = ANNA, text: str = "Det er sket igen") -> Work:
    return lambda tx: add_to_concern(
        tx, id=concern.id, addition=uuid4(), by=by, text=text, now=MONDAY_NOON
    )


def reading(concern: Concern, by: Person) -> Work:
    return lambda tx: open_concern(tx, id=concern.id, by=by, no_relation=True, now=MONDAY_NOON)


class TestTakingBack:
    async def test_is_possible_until_somebody_has_read_it(self, desk: Desk) -> None:
        concern = await desk.submits()

        await desk.does(withdrawing(concern))

        assert (await desk.finds(concern)).status is Status.WITHDRAWN

    async def test_is_too_late_once_it_was_opened(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)

        assert await desk.refuses(withdrawing(concern)) == "concern.already_opened"

    async def test_lets_nobody_read_it_any_more(self, desk: Desk) -> None:
        concern = await desk.submits()
        await desk.does(withdrawing(concern))

        assert await desk.refuses(reading(concern, BO)) == "concern.withdrawn"

    async def test_leaves_number_and_times_when_its_month_is_over(self, desk: Desk) -> None:
        """CON-9: the content goes, in backups too; another concern's stays."""
        concern, other = await desk.submits(), await desk.submits()
        await desk.does(withdrawing(concern))
        await filed(desk, concern)

        await forgets(desk, now=MONDAY_NOON + KEPT - MINUTE)
        async with desk.database.transaction() as tx:
            assert await tx.concerns.read(concern.id, ALL)

        for _ in ("once", "and again"):
            await forgets(desk, now=MONDAY_NOON + KEPT)
        async with desk.database.transaction() as tx:
            assert await tx.concerns.read(concern.id, ALL) == {}
            assert await tx.concerns.read(other.id, ALL)
            left = await tx.concerns.find(concern.id)
            with pytest.raises(Shredded):
                await tx.keys.of(str(concern.id))
        assert left is not None
        assert (left.reference, left.status) == (concern.reference, Status.WITHDRAWN)

    async def test_goes_when_it_is_filed_and_not_before(self, desk: Desk) -> None:
        """AC-DATA-02, NOT-5."""
        concern = await desk.submits()
        async with desk.database.transaction() as tx:
            await tx.journal.note(
                Note.RECEIVED, matter=concern.id, source=concern.id, by=ANNA.id, at=MONDAY_NOON
            )
        await desk.does(withdrawing(concern))

        await forgets(desk, now=MONDAY_NOON + 2 * KEPT)
        async with desk.database.transaction() as tx:
            assert await tx.concerns.read(concern.id, ALL)

        await filed(desk, concern)
        await forgets(desk, now=MONDAY_NOON + 2 * KEPT)
        async with desk.database.transaction() as tx:
            assert await tx.concerns.read(concern.id, ALL) == {}

    @pytest.mark.parametrize("by", [BO, DORTE, HELLE])
    async def test_is_for_the_reporter_only(self, desk: Desk, by: Person) -> None:
        concern = await desk.submits()

        assert await desk.refuses(withdrawing(concern, by)) == "concern.not_found"
        assert await desk.refuses(adding(concern, by)) == "concern.not_found"


class TestAdding:
    async def test_is_told_to_who_has_the_concern_each_time(self, desk: Desk) -> None:
        concern = await desk.submits()
        await desk.due()

        for text in ("Det er sket igen", "Og igen"):
            await desk.does(adding(concern, text=text))

        async with desk.database.transaction() as tx:
            kept = await tx.concerns.additions(concern.id)
        assert sorted(each.text for each in kept) == ["Det er sket igen", "Og igen"]
        due = [each.notice for each in await desk.due()]
        assert [(each.kind, each.person) for each in due] == [
            (NoticeKind.CONCERN_ADDED, BO.id)
        ] * 2

    async def test_is_possible_after_it_was_taken_up(self, desk: Desk) -> None:
        concern = await desk.submits()
        taken = replace(concern, status=Status.TAKEN_UP, taken_up_by=BO.id)
        await desk.does(lambda tx: tx.concerns.save(taken))

        await desk.does(adding(concern))

        assert (NoticeKind.CONCERN_ADDED, "bo") in await desk.told()

    async def test_is_not_possible_to_one_that_was_taken_back(self, desk: Desk) -> None:
        concern = await desk.submits()
        await desk.does(withdrawing(concern))

        assert await desk.refuses(adding(concern)) == "concern.withdrawn"

    async def test_is_not_possible_without_cover(self, desk: Desk) -> None:
        """domain.md §14.1: missing cover wins over every role, the reporter's too."""
        enquiry = await desk.enquires(HELLE)

        assert await desk.refuses(adding(enquiry, HELLE)) == "concern.not_found"


def beginning(draft: Draft) -> Work:
    return lambda tx: begin_draft(tx, draft)


def closing(draft: Draft) -> Work:
    return lambda tx: tx.drafts.close(draft, keep_key=False)


class TestADraft:
    async def test_is_reminded_of_on_its_tenth_day(self, desk: Desk) -> None:
        await desk.does(beginning(a_draft()))

        assert await desk.told(after=REMIND_AFTER - MINUTE) == set()
        assert await desk.told(after=REMIND_AFTER) == {(NoticeKind.DRAFT_REMINDER, "anna")}

    async def test_begun_too_often_in_an_hour_has_to_wait(self, desk: Desk) -> None:
        """AC-IN-05."""
        for draft in [a_draft() for _ in range(MOST_IN_AN_HOUR)]:
            await desk.does(beginning(draft))
            await desk.does(closing(draft))

        assert await desk.refuses(beginning(a_draft())) == "draft.too_many"
        await desk.does(beginning(a_draft(now=MONDAY_NOON + HOUR + MINUTE)))
        await desk.does(beginning(a_draft(BO)))

    async def test_is_one_at_a_time(self, desk: Desk) -> None:
        await desk.does(beginning(a_draft()))

        assert await desk.refuses(beginning(a_draft())) == "draft.already_open"

    async def test_is_wiped_with_its_key_when_its_time_is_over(self, desk: Desk) -> None:
        """AC-DATA-07: what is left in a backup cannot be read either."""
        draft, kept = a_draft(), a_draft(BO, now=MONDAY_NOON + MINUTE)
        await desk.does(beginning(draft))
        await desk.does(beginning(kept))

        await forgets(desk, now=MONDAY_NOON + LIVES - MINUTE)
        async with desk.database.transaction() as tx:
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) == draft

        for _ in ("once", "and again"):
            await forgets(desk, now=MONDAY_NOON + LIVES)
        async with desk.database.transaction() as tx:
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) is None
            assert await tx.drafts.of(BO.id, now=MONDAY_NOON) == kept
            with pytest.raises(Shredded):
                await tx.keys.of(str(draft.id))
