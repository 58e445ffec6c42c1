"""Minutes: their states, who was there, and the tasks they give."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.attending import attended
from domain.committee_meetings import Invitation, Presence, Reply
from domain.decision_tasks import DecisionTask, TaskState, late, reminders
from domain.errors import RuleBroken
from domain.minutes import Attended, Minutes, MinutesState
from domain.notices import NoticeKind
from domain.people import CommitteeCode, Membership, Person, PersonId, Seat
from tests.support.town import LARS, MONDAY_NOON, OLE, PER, RUTH
from tests.unit.test_meeting_items import an_item

MEETING = UUID(int=99)
COMMITTEE = CommitteeCode("SG")


def begun() -> Minutes:
    return Minutes(meeting=MEETING, number=1, made_by=LARS.id, made_at=MONDAY_NOON).with_items(
        [an_item(1), an_item(2)]
    )


def complete() -> Minutes:
    minutes = begun()
    for each in minutes.items:
        minutes = minutes.decided(each.id, "Tiltrådt", seen=1)
    return minutes.with_attendance([was(LARS)])


def was(person: Person) -> Attended:
    return Attended(
        person=person.id,
        name=person.name,
        function=person.function,
        authority=person.authority,
        slot="SG.2",
        how=Presence.PRESENT,
    )


def final() -> Minutes:
    waiting = complete().sent_to_members(MinutesState.APPROVAL, at=MONDAY_NOON)
    return waiting.approved(by=LARS.id, agreed=[LARS.id], sent_to=[RUTH.id], at=MONDAY_NOON)


class TestMinutes:
    def test_are_not_sent_before_every_item_has_its_words(self) -> None:
        with pytest.raises(RuleBroken, match="unfinished"):
            begun().sent_to_members(MinutesState.COMMENTS, at=MONDAY_NOON)
        with pytest.raises(RuleBroken, match="unfinished"):
            replace(complete(), attended=()).sent_to_members(MinutesState.COMMENTS, at=MONDAY_NOON)

        assert (
            complete().sent_to_members(MinutesState.COMMENTS, at=MONDAY_NOON).state
            is MinutesState.COMMENTS
        )

    def test_are_mended_while_they_are_out_for_comments(self) -> None:
        out = complete().sent_to_members(MinutesState.COMMENTS, at=MONDAY_NOON)

        assert out.decided(UUID(int=1), "Tiltrådt i maj", seen=2).items[0].version == 3

    def test_refuse_what_rests_on_an_older_decision(self) -> None:
        with pytest.raises(RuleBroken, match=r"minuted\.moved_on"):
            complete().decided(UUID(int=1), "Afvist", seen=1)

    @pytest.mark.parametrize("state", [MinutesState.APPROVAL, MinutesState.APPROVED])
    def test_never_change_once_they_wait_for_approval(self, state: MinutesState) -> None:
        """MTG-26."""
        minutes = replace(complete(), state=state)

        with pytest.raises(RuleBroken, match="closed"):
            minutes.decided(UUID(int=1), "Andet", seen=2)
        with pytest.raises(RuleBroken, match="closed"):
            minutes.with_attendance([])
        with pytest.raises(RuleBroken, match="closed"):
            minutes.with_items([an_item(3)])

    def test_are_approved_only_when_comments_are_closed(self) -> None:
        """SGF-4."""
        out = complete().sent_to_members(MinutesState.COMMENTS, at=MONDAY_NOON)

        with pytest.raises(RuleBroken, match="not_to_approve"):
            out.approved(by=LARS.id, agreed=[], sent_to=[], at=MONDAY_NOON)
        assert out.closed_for_comments(at=MONDAY_NOON).state is MinutesState.APPROVAL

    def test_are_corrected_by_a_version_of_its_own(self) -> None:
        """MTG-26."""
        corrected = final().corrected(why=" Forkert beløb ", by=RUTH.id, at=MONDAY_NOON)

        assert (corrected.number, corrected.state) == (2, MinutesState.DRAFT)
        assert corrected.why == "Forkert beløb"
        assert (corrected.approved_at, corrected.agreed, corrected.sent_to) == (None, (), ())
        with pytest.raises(RuleBroken, match="not_approved"):
            corrected.corrected(why="igen", by=RUTH.id, at=MONDAY_NOON)


def seat(person: Person, slot: str, kind: Seat = Seat.MEMBER) -> tuple[Membership, Person]:
    return Membership(committee=COMMITTEE, person=person.id, slot=slot, seat=kind), person


SEATS = [seat(LARS, "SG.2"), seat(RUTH, "SG.6"), seat(OLE, "SG.6", Seat.SUBSTITUTE)]


def asked(person: Person, stands_for: Person | None = None) -> dict[PersonId, Invitation]:
    return {
        person.id: Invitation(
            meeting=MEETING,
            person=person.id,
            slot="SG.6",
            reply=Reply.COMING,
            stands_for=None if stands_for is None else stands_for.id,
            asked_at=MONDAY_NOON,
        )
    }


class TestAttendance:
    """MTG-26: afbud, suppleant for whom, udeblevet, indkaldt."""

    def test_names_whom_a_substitute_stood_in_for(self) -> None:
        rows = attended(SEATS, {}, present=[LARS.id, OLE.id], excused=[RUTH.id])

        assert [(each.person, each.how, each.stands_for_name) for each in rows] == [
            (LARS.id, Presence.PRESENT, ""),
            (RUTH.id, Presence.EXCUSED, ""),
            (OLE.id, Presence.SUBSTITUTE, RUTH.name),
        ]

    def test_says_who_was_called_and_did_not_come(self) -> None:
        invited = {**asked(LARS), **asked(RUTH), **asked(OLE, RUTH)}
        rows = attended(SEATS, invited, present=[LARS.id], excused=[RUTH.id])

        assert [(each.how, each.stands_for_name) for each in rows[2:]] == [
            (Presence.CALLED, RUTH.name)
        ]

    def test_leaves_out_a_substitute_nobody_asked(self) -> None:
        rows = attended(SEATS, {}, present=[RUTH.id], excused=[])

        assert [(each.person, each.how) for each in rows] == [
            (LARS.id, Presence.ABSENT),
            (RUTH.id, Presence.PRESENT),
        ]

    def test_calls_nobody_absent_who_was_not_asked(self) -> None:
        """Who got their seat after the meeting; somebody who was there all the same is noted."""
        there = attended(SEATS, asked(RUTH), present=[LARS.id], excused=[])
        away = attended(SEATS, asked(RUTH), present=[RUTH.id], excused=[])

        assert [(each.person, each.how) for each in there] == [
            (LARS.id, Presence.PRESENT),
            (RUTH.id, Presence.ABSENT),
        ]
        assert [each.person for each in away] == [RUTH.id]

    def test_gives_each_of_two_substitutes_another_member(self) -> None:
        seats = [*SEATS, seat(LARS, "SG.6"), seat(PER, "SG.6", Seat.SUBSTITUTE)]
        rows = attended(seats[1:], {}, present=[OLE.id, PER.id], excused=[])

        stood = {each.person: each.stands_for for each in rows if each.stands_for}
        assert stood == {OLE.id: RUTH.id, PER.id: LARS.id}


TASK = DecisionTask(
    id=UUID(int=5),
    meeting=MEETING,
    item=None,
    committee=COMMITTEE,
    owner=LARS.id,
    words="Tryk folderen",
    due_on=date(2026, 3, 16),
    state=TaskState.OPEN,
    given_by=RUTH.id,
    given_at=MONDAY_NOON,
)


class TestATask:
    def test_is_reminded_of_before_and_on_the_day(self) -> None:
        told = reminders(TASK, now=MONDAY_NOON)

        assert [(each.kind, each.due_at) for each in told] == [
            (NoticeKind.TASK_GIVEN, MONDAY_NOON),
            (NoticeKind.TASK_SOON, datetime(2026, 3, 13, 7, tzinfo=UTC)),
            (NoticeKind.TASK_DUE, datetime(2026, 3, 16, 7, tzinfo=UTC)),
        ]
        hurried = reminders(replace(TASK, due_on=date(2026, 3, 2)), now=MONDAY_NOON)
        assert [each.kind for each in hurried] == [NoticeKind.TASK_GIVEN]

    @pytest.mark.parametrize(("days", "round"), [(6, None), (7, 1), (13, 1), (14, 2), (70, 10)])
    def test_is_reminded_of_once_for_each_week_it_is_late(
        self, days: int, round: int | None
    ) -> None:
        now = MONDAY_NOON + timedelta(days=14 + days)
        told = late(TASK, now=now)

        assert (told.round if told else None) == round
        assert late(replace(TASK, state=TaskState.DONE), now=now) is None

    def test_is_done_once(self) -> None:
        with pytest.raises(RuleBroken, match="ended"):
            TASK.done(at=MONDAY_NOON).done(at=MONDAY_NOON)
