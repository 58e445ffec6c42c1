"""What a notice says at the hour it is sent: as things stand then, or nothing (AC-OUT-05)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from cards.shown import Shown
from cards.words import speak
from domain.concerns import WAITING, Concern, Status
from domain.delivery import Delivery
from domain.drafts import LIVES, Draft, reminder
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeCode, Language, Person
from scheduler.draw_notices import draw
from tests.integration.usecases.desk import CONFIDED, REPORTED, Desk, a_draft
from tests.support.organisation_changes import with_people, without_seat
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DANISH,
    DENNIS,
    DORTE,
    MONDAY_NOON,
    ORGANISATION,
    SOFIE,
)
from usecases.begin_draft import begin_draft
from usecases.pass_duty_on import pass_duty_on

TASKS = {
    NoticeKind.CONCERN_WAITING: ("waiting", BO),
    NoticeKind.CONCERN_GRAVE: ("grave", CARL),
    NoticeKind.CONCERN_REMINDER: ("reminder", BO),
    NoticeKind.CONCERN_OVERDUE: ("overdue", BO),
    NoticeKind.CONCERN_ADDED: ("more", BO),
    NoticeKind.CONCERN_NO_RECEIVER: ("no_receiver", DORTE),
}
EACH_TASK = pytest.mark.parametrize("kind", TASKS)


def notice_of(concern: Concern, kind: NoticeKind, to: Person | None = None) -> Notice:
    person = to or (TASKS[kind][1] if kind in TASKS else ANNA)
    return Notice(kind=kind, about=concern.id, due_at=MONDAY_NOON, person=person.id)


def ping_of(concern: Concern) -> Notice:
    return Notice(
        kind=NoticeKind.CONCERN_PING,
        about=concern.id,
        due_at=MONDAY_NOON,
        channel=CommitteeCode("KG5"),
    )


async def drawn(desk: Desk, notice: Notice) -> Shown | None:
    async with desk.database.transaction() as tx:
        [shown] = await draw(tx, [delivery_of(notice)], checks={}, now=MONDAY_NOON)
        return shown


def delivery_of(notice: Notice) -> Delivery:
    return Delivery(id=1, notice=notice, attempts=1, claims=1)


async def becomes(desk: Desk, concern: Concern, status: Status) -> None:
    await desk.does(lambda tx: tx.concerns.save(replace(concern, status=status)))


class TestATask:
    @EACH_TASK
    async def test_names_the_concern_and_nothing_of_it(self, desk: Desk, kind: NoticeKind) -> None:
        concern = await desk.submits(reported=replace(REPORTED, level=4))

        shown = await drawn(desk, notice_of(concern, kind))

        assert shown is not None
        title = DANISH(f"task.{TASKS[kind][0]}_title", reference=concern.reference)
        assert shown.summary == title
        assert CONFIDED not in f"{shown}{shown.words}{shown.card}"
        assert "Max" not in f"{shown.words}{shown.card}"

    @EACH_TASK
    async def test_is_not_sent_about_what_was_taken_back(
        self, desk: Desk, kind: NoticeKind
    ) -> None:
        concern = await desk.submits()
        await becomes(desk, concern, Status.WITHDRAWN)

        shown = await drawn(desk, notice_of(concern, kind))

        assert shown is None

    @EACH_TASK
    async def test_is_not_sent_about_what_was_taken_up_but_for_news_of_it(
        self, desk: Desk, kind: NoticeKind
    ) -> None:
        concern = await desk.submits()
        await becomes(desk, concern, Status.TAKEN_UP)

        shown = await drawn(desk, notice_of(concern, kind))

        assert (shown is not None) is (kind is NoticeKind.CONCERN_ADDED)

    @EACH_TASK
    @pytest.mark.parametrize("change", ["left", "no cover", "no seat and office"])
    async def test_is_not_sent_to_who_lost_access_meanwhile(
        self, desk: Desk, kind: NoticeKind, change: str
    ) -> None:
        """§15.13, §15.2."""
        concern = await desk.submits()
        to = TASKS[kind][1]
        changed = {
            "left": with_people(ORGANISATION, replace(to, active=False)),
            "no cover": with_people(ORGANISATION, replace(to, s115_covered=False)),
            "no seat and office": with_people(
                without_seat(ORGANISATION, to), replace(to, offices=frozenset())
            ),
        }[change]
        await desk.does(lambda tx: tx.organisation.replace(changed))

        assert await drawn(desk, notice_of(concern, kind)) is None

    @EACH_TASK
    async def test_is_not_sent_to_who_is_recused_or_reported_it(
        self, desk: Desk, kind: NoticeKind
    ) -> None:
        to = TASKS[kind][1]
        own = await desk.submits(to)
        near = await desk.submits()
        await desk.does(lambda tx: tx.relations.recuse(near.id, to.id, "self", MONDAY_NOON))

        assert await drawn(desk, notice_of(own, kind)) is None
        assert await drawn(desk, notice_of(near, kind)) is None

    @EACH_TASK
    async def test_is_not_sent_of_a_concern_that_is_not_there_or_to_nobody(
        self, desk: Desk, kind: NoticeKind
    ) -> None:
        concern = await desk.submits()

        assert await drawn(desk, notice_of(replace(concern, id=uuid4()), kind)) is None
        assert await drawn(desk, replace(notice_of(concern, kind), person=None)) is None

    async def test_is_written_in_the_language_of_who_reads_it(self, desk: Desk) -> None:
        concern = await desk.submits()
        await desk.does(lambda tx: tx.people.set_language(BO.id, Language.EN))

        shown = await drawn(desk, notice_of(concern, NoticeKind.CONCERN_WAITING))

        assert shown is not None
        english = speak(Language.EN)
        assert shown.summary == english("task.waiting_title", reference=concern.reference)

    async def test_of_an_owner_who_lost_access_goes_to_the_next(self, desk: Desk) -> None:
        concern = await desk.submits()
        left = with_people(ORGANISATION, replace(BO, s115_covered=False))
        await desk.does(lambda tx: tx.organisation.replace(left))

        await drawn(desk, notice_of(concern, NoticeKind.CONCERN_WAITING))

        assert (await desk.finds(concern)).owner == DENNIS.id


class TestAPing:
    async def test_says_reference_and_area_only(self, desk: Desk) -> None:
        """CON-7."""
        concern = await desk.submits(reported=replace(REPORTED, level=4))

        shown = await drawn(desk, ping_of(concern))

        words = DANISH("task.ping", reference=concern.reference, area="Valby")
        assert shown == Shown(words=words, summary=words)

    @pytest.mark.parametrize("status", sorted(set(Status) - WAITING))
    async def test_is_not_sent_when_nothing_waits(self, desk: Desk, status: Status) -> None:
        concern = await desk.submits()
        await becomes(desk, concern, status)

        assert await drawn(desk, ping_of(concern)) is None

    async def test_is_not_sent_to_a_group_that_no_longer_has_it(self, desk: Desk) -> None:
        concern = await desk.submits()
        elsewhere = replace(concern, group=CommitteeCode("KG6"))
        await desk.does(lambda tx: tx.concerns.save(elsewhere))

        assert await drawn(desk, ping_of(concern)) is None


class TestAStatus:
    async def test_tells_the_reporter_where_it_stands(self, desk: Desk) -> None:
        concern = await desk.submits()
        await becomes(desk, concern, Status.TAKEN_UP)

        shown = await drawn(desk, notice_of(concern, NoticeKind.CONCERN_STATUS))

        assert shown is not None
        assert DANISH("concern.status_title", reference=concern.reference) in shown.words
        assert BO.name not in shown.words

    async def test_is_not_sent_of_what_they_took_back_or_when_they_have_left(
        self, desk: Desk
    ) -> None:
        back, other = await desk.submits(), await desk.submits()
        await becomes(desk, back, Status.WITHDRAWN)

        assert await drawn(desk, notice_of(back, NoticeKind.CONCERN_STATUS)) is None
        await desk.does(lambda tx: tx.people.deactivate(ANNA.id))
        assert await drawn(desk, notice_of(other, NoticeKind.CONCERN_STATUS)) is None


class TestADraftsReminder:
    async def begun(self, desk: Desk) -> Draft:
        async with desk.database.transaction() as tx:
            return await begin_draft(tx, a_draft())

    async def test_says_until_when_it_is_kept_and_nothing_of_it(self, desk: Desk) -> None:
        draft = await self.begun(desk)

        shown = await drawn(desk, reminder(draft))

        assert shown is not None
        assert CONFIDED not in f"{shown.words}{shown.card}"
        assert shown.summary == DANISH("draft_reminder.title")
        assert "form.resume" in str(shown.card)
        assert f"{MONDAY_NOON + LIVES:%d}" in shown.words

    async def test_is_not_sent_of_a_draft_that_is_gone_or_another(self, desk: Desk) -> None:
        draft = await self.begun(desk)
        promised = reminder(draft)

        assert await drawn(desk, replace(promised, about=uuid4())) is None
        assert await drawn(desk, replace(promised, person=None)) is None
        assert await drawn(desk, replace(promised, person=SOFIE.id)) is None
        await desk.does(lambda tx: tx.drafts.close(draft, keep_key=False))
        assert await drawn(desk, promised) is None


class TestNotReached:
    @pytest.mark.parametrize(
        "kind",
        [
            NoticeKind.CONCERN_WAITING,
            NoticeKind.CONCERN_REMINDER,
            NoticeKind.CONCERN_NO_RECEIVER,
        ],
    )
    async def test_a_duty_goes_to_the_next(self, desk: Desk, kind: NoticeKind) -> None:
        concern = await desk.submits()

        notice = notice_of(concern, kind, BO)
        await desk.does(lambda tx: pass_duty_on(tx, notice, now=MONDAY_NOON))

        assert (await desk.finds(concern)).owner == DENNIS.id

    @pytest.mark.parametrize("kind", [NoticeKind.CONCERN_STATUS, NoticeKind.CONCERN_ADDED])
    async def test_news_goes_nowhere_else(self, desk: Desk, kind: NoticeKind) -> None:
        concern = await desk.submits()

        notice = notice_of(concern, kind, BO)
        await desk.does(lambda tx: pass_duty_on(tx, notice, now=MONDAY_NOON))

        assert await desk.finds(concern) == concern

    async def test_the_last_in_turn_keeps_it_and_an_operator_hears_of_it(
        self, desk: Desk, caplog: pytest.LogCaptureFixture
    ) -> None:
        nobody = [replace(each, s115_covered=False) for each in (DORTE, DENNIS)]
        register = with_people(ORGANISATION, *nobody)
        await desk.does(lambda tx: tx.organisation.replace(register))
        concern = await desk.submits()

        notice = notice_of(concern, NoticeKind.CONCERN_WAITING)
        await desk.does(lambda tx: pass_duty_on(tx, notice, now=MONDAY_NOON))

        assert (await desk.finds(concern)).owner == BO.id
        [record] = caplog.records
        assert str(concern.id) in record.getMessage()
