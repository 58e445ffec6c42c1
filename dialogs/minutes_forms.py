"""The forms of minutes: who was there, what was decided, a task, a comment, a correction."""

from cards.shown import Shown
from dialogs.agreeing import titles
from dialogs.engine import done
from dialogs.fields import Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay, Offered, SeveralOffered
from dialogs.minutes_pages import item_page, minutes_page, seen_minutes
from dialogs.sent import Sent
from dialogs.things_agenda import MINUTED, MINUTES
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.minutes import DISTRIBUTED_TO, MinutesState, Receiver
from domain.people import PersonId
from storage.database import Transaction
from usecases import permit, write_minutes
from usecases.approve_minutes import comment, correct, stamp
from usecases.send_minutes_to import set_receivers


def _words(*, least: int = 2, at_most: int) -> tuple[Step, ...]:
    kind = Text(least=least, at_most=at_most, lines=True)
    return (Step(key="words", fields=(Field(key="words", kind=kind, data=DataClass.METADATA),)),)


async def _load_attendance(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    minutes, meeting = await write_minutes.draft_of(
        tx, id=asking.about, by=turn.person, now=turn.at, action=Action.NOTE_ATTENDANCE
    )
    minutes.must_be_open()
    expected = await write_minutes.expected(tx, meeting)
    people = titles(expected.people.values(), turn.say)
    noted = {"present": expected.present, "excused": expected.excused}
    own = {each: title for each, title in people.items() if each in expected.own}
    return Given(
        title=meeting.reference,
        version=stamp(minutes),
        offers={"present": people, "excused": own},
        known={key: [*each] for key, each in noted.items() if each},
        notes=[turn.say("minutes_attendance.rest")],
    )


async def _attendance(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await write_minutes.note_attendance(
        tx,
        id=sent.about,
        present=[PersonId(each) for each in sent.several("present")],
        excused=[PersonId(each) for each in sent.several("excused")],
        by=turn.person,
        now=turn.at,
    )
    return await minutes_page(tx, turn, sent.about, top="minutes.attendance_noted")


ATTENDANCE = Flow(
    name="minutes_attendance",
    about=MINUTES,
    load=_load_attendance,
    steps=(
        Step(
            key="who",
            fields=(
                Field(key="present", kind=SeveralOffered(), data=DataClass.METADATA),
                Field(
                    key="excused", kind=SeveralOffered(), data=DataClass.METADATA, optional=True
                ),
            ),
        ),
    ),
    finish=_attendance,
    keeps_key=False,
)


async def _load_item(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    minutes, meeting = await write_minutes.minuted(
        tx, item=asking.about, by=turn.person, now=turn.at
    )
    minutes.must_be_open()
    item = minutes.of_item(asking.about)
    number = minutes.place[asking.about]
    return Given(
        title=turn.say("minutes.item_of", reference=meeting.reference, number=number),
        version=item.version,
        known={"words": item.decision} if item.decision else {},
        notes=[turn.say("item.no_names")],
    )


async def _decide(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await write_minutes.decide(
        tx,
        item=sent.about,
        seen=sent.seen,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await item_page(tx, turn, sent.about, top="minutes.decided")


DECIDE = Flow(
    name="minutes_decide",
    about=MINUTED,
    load=_load_item,
    steps=_words(at_most=1500),
    finish=_decide,
    keeps_key=False,
)


async def _load_task(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    minutes, meeting = await write_minutes.minuted(
        tx, item=asking.about, by=turn.person, now=turn.at
    )
    minutes.must_be_open()
    owners = await write_minutes.owners_offered(tx, meeting)
    number = minutes.place[asking.about]
    return Given(
        title=turn.say("minutes.item_of", reference=meeting.reference, number=number),
        version=minutes.of_item(asking.about).version,
        offers={"owner": titles(owners.values(), turn.say)},
        notes=[turn.say("item.no_names")],
    )


async def _add_task(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await write_minutes.add_task(
        tx,
        id=sent.id,
        item=sent.about,
        owner=PersonId(sent.text("owner")),
        words=sent.text("words"),
        due_on=sent.day("due_on") or turn.today,
        by=turn.person,
        now=turn.at,
    )
    return await item_page(tx, turn, sent.about, top="minutes.task_added")


TASK_FORM = Flow(
    name="decision_task",
    about=MINUTED,
    load=_load_task,
    steps=(
        Step(
            key="task",
            fields=(
                Field(
                    key="words",
                    kind=Text(least=3, at_most=500, lines=True),
                    data=DataClass.METADATA,
                ),
                Field(key="owner", kind=Offered(), data=DataClass.METADATA),
                Field(key="due_on", kind=ComingDay(), data=DataClass.METADATA),
            ),
        ),
    ),
    finish=_add_task,
    keeps_key=False,
)


async def _load_minutes(tx: Transaction, asking: Asking) -> Given:
    seen = await seen_minutes(tx, asking.turn, asking.about)
    if seen.minutes.state is not MinutesState.COMMENTS:
        raise RuleBroken("minutes.not_out")
    return Given(title=seen.meeting.reference, version=stamp(seen.minutes))


async def _comment(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await comment(
        tx,
        id=sent.about,
        comment=sent.id,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await minutes_page(tx, turn, sent.about, top="minutes.comment_noted")


COMMENT = Flow(
    name="minutes_comment",
    about=MINUTES,
    load=_load_minutes,
    steps=_words(at_most=1500),
    finish=_comment,
    keeps_key=False,
)


async def _correct(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await correct(
        tx,
        id=sent.about,
        seen=sent.seen,
        why=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await minutes_page(tx, turn, sent.about, top="minutes.correction_begun")


async def _load_correction(tx: Transaction, asking: Asking) -> Given:
    minutes, meeting = await write_minutes.draft_of(
        tx, id=asking.about, by=asking.turn.person, now=asking.turn.at
    )
    return Given(title=meeting.reference, version=stamp(minutes))


CORRECT = Flow(
    name="minutes_correct",
    about=MINUTES,
    load=_load_correction,
    steps=_words(least=3, at_most=500),
    finish=_correct,
    keeps_key=False,
)


async def _load_receivers(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    meeting, _, _ = await permit.meeting(
        tx, turn.person, Action.MANAGE_MEETING, asking.about, now=turn.at
    )
    committee = await tx.organisation.committee(meeting.committee)
    chosen = await tx.minutes.receivers(committee.code)
    now = DISTRIBUTED_TO[committee.type] if chosen is None else chosen
    return Given(
        title=committee.name,
        version=meeting.version,
        known={"receivers": [each.value for each in Receiver if each in now]},
    )


async def _receivers(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await set_receivers(
        tx,
        meeting=sent.about,
        receivers=frozenset(Receiver(each) for each in sent.several("receivers")),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, RECEIVERS, sent, turn)


RECEIVERS = Flow(
    name="minutes_receivers",
    about=COMMITTEE_MEETING,
    load=_load_receivers,
    steps=(
        Step(
            key="receivers",
            fields=(
                Field(
                    key="receivers",
                    kind=Several(names=tuple(Receiver), texts="receiver"),
                    data=DataClass.METADATA,
                ),
            ),
        ),
    ),
    finish=_receivers,
    keeps_key=False,
)
FLOWS = (ATTENDANCE, DECIDE, TASK_FORM, COMMENT, CORRECT, RECEIVERS)
