"""The short forms around a readiness meeting: call, move, cancel, and note what was decided."""

from collections.abc import Sequence
from datetime import date

from cards import readiness_meetings as cards
from cards.alert_words import drilled, one_line
from cards.meet import hour
from cards.plan_views import party_name
from cards.shown import Shown
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, ComingDay, Offered, SeveralOffered
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.things_readiness import READINESS_MEETING
from dialogs.turns import Turn
from domain.alerts import Alert
from domain.data_classes import DataClass
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_measures import AT_MOST, MeasureState
from domain.plan_times import read_hour
from domain.readiness_meetings import (
    LONGEST_LINK,
    LONGEST_PLACE,
    ReadinessMeeting,
    begins,
    day_of,
    hour_of,
    suggested,
)
from storage.database import Transaction
from usecases import call_readiness_meeting as calling
from usecases.decide_at_meeting import decide_at_meeting, permit_deciding
from usecases.read_readiness import readiness_catalogue
from usecases.read_readiness_meeting import (
    AgendaSeen,
    MeetingSeen,
    planned_hours,
    see_readiness_meeting,
)

FACT = DataClass.METADATA
CLOCK = Text(at_most=5, shape=r"(?:[01]?\d|2[0-3])[.:][0-5]\d", shape_problem="alertmeet.hour")
_WHEN = (
    Field(key="day", kind=ComingDay(), data=FACT),
    Field(key="starts", kind=CLOCK, data=FACT),
    Field(key="place", kind=Text(least=2, at_most=LONGEST_PLACE), data=FACT, optional=True),
    Field(key="link", kind=Text(least=9, at_most=LONGEST_LINK), data=FACT, optional=True),
)


def card_of(seen: MeetingSeen, turn: Turn, *, ways: Sequence[str] = ()) -> cards.MeetingCard:
    """Lay out what one person reads of a meeting; who can answer no more is not asked to."""
    open_ = seen.meeting.takes_answers(turn.at) and seen.alert.is_open
    return cards.MeetingCard(
        meeting=seen.meeting,
        alert=seen.alert,
        own=seen.own if open_ else None,
        asked=seen.attendances,
        names={who: each.name for who, each in seen.people.items()},
        ways=ways,
    )


def agenda_card(seen: AgendaSeen, turn: Turn) -> cards.AgendaCard:
    """Fill in what is known: who, the situation, each authority, measures, the period."""
    say, alert = turn.say, seen.meeting.alert
    said = alert.situation
    names = [seen.names.get(each.person, "–") for each in seen.joining]
    joining = ", ".join(names) or say("alertmeet.nobody")
    known = [
        *([(say("alertmeet.joining"), joining)] if seen.meeting.named else []),
        (say("alertmeet.log_keeper"), seen.names.get(alert.log_keeper, "–")),
        (say("alertmeet.situation"), f"{one_line(said.happened)} · {one_line(said.stands)}"),
        *(
            (party_name(party, say=say), one_line(report.situation.stands))
            for party, report in seen.latest.items()
        ),
        *(
            (say(f"authority.{each.authority}"), cards.joins(each, say=say))
            for each in seen.stands
            if Party(each.authority) not in seen.latest
        ),
    ]
    plan = seen.plan
    if plan is not None:
        done = sum(1 for each in plan.measures if each.state is MeasureState.DONE)
        late = sum(1 for each in plan.measures if each.is_overdue(turn.at))
        told = say("alertmeet.progress", done=done, all=len(plan.measures), late=late)
        known.append((say("alertmeet.measures"), told))
    if plan is not None and plan.period_end is not None:
        known.append((say("alertmeet.period"), say.day(day_of(plan.period_end))))
    return cards.AgendaCard(
        meeting=card_of(seen.meeting, turn),
        points=seen.points,
        known=known,
        decisions=[each.words for each in seen.decisions],
    )


def _names(people: dict[PersonId, Person], turn: Turn) -> dict[str, str]:
    return {
        who: f"{each.name} ({turn.say(f'authority.{each.authority}')})"
        for who, each in people.items()
    }


async def _load_call(tx: Transaction, asking: Asking) -> Given:
    """Suggest the template's hour or one from now, and who has said that they join."""
    turn = asking.turn
    alert = await calling.permit_calling(tx, turn.person, asking.about, now=turn.at)
    can_come = await calling.invitable(tx, alert)
    at = suggested(turn.at, planned=await planned_hours(tx, alert))
    return Given(
        title=_title(alert, turn),
        version=alert.version,
        offers={"people": _names(dict(can_come.people), turn)},
        known={
            "day": day_of(at).isoformat(),
            "starts": hour(hour_of(at), turn.say),
            "people": [*can_come.chosen],
        },
    )


def _title(alert: Alert, turn: Turn) -> str:
    return drilled(alert.reference, drill=alert.drill, say=turn.say)


async def _call(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    meeting = await calling.call_readiness_meeting(
        tx,
        id=sent.id,
        alert=sent.about,
        begins_at=begins(_day(sent, turn), read_hour(sent.text("starts"))),
        place=sent.text("place"),
        link=sent.text("link"),
        people=[PersonId(each) for each in sent.several("people")],
        by=turn.person,
        makes_links=turn.links,
        now=turn.at,
    )
    return await _changed(tx, meeting, "called", turn)


async def _load_move(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    alert, meeting = await calling.changeable(tx, id=asking.about, by=turn.person, now=turn.at)
    return Given(
        title=_title(alert, turn),
        version=meeting.version,
        known={
            "day": day_of(meeting.begins_at).isoformat(),
            "starts": hour(hour_of(meeting.begins_at), turn.say),
            **({"place": meeting.place} if meeting.place else {}),
            **({"link": meeting.link} if meeting.link else {}),
        },
    )


async def _move(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    meeting = await calling.move_readiness_meeting(
        tx,
        id=sent.about,
        seen=sent.seen,
        begins_at=begins(_day(sent, turn), read_hour(sent.text("starts"))),
        place=sent.text("place"),
        link=sent.text("link"),
        by=turn.person,
        makes_links=turn.links,
        now=turn.at,
    )
    return await _changed(tx, meeting, "moved", turn)


async def _load_cancel(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    alert, meeting = await calling.changeable(tx, id=asking.about, by=turn.person, now=turn.at)
    return Given(title=_title(alert, turn), version=meeting.version)


async def _cancel(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    if not sent.yes("sure"):
        seen = await see_readiness_meeting(tx, id=sent.about, by=turn.person)
        return cards.changed(card_of(seen, turn), "stays", say=turn.say)
    meeting = await calling.cancel_readiness_meeting(
        tx, id=sent.about, seen=sent.seen, by=turn.person, now=turn.at
    )
    return await _changed(tx, meeting, "off", turn)


async def _changed(tx: Transaction, meeting: ReadinessMeeting, what: str, turn: Turn) -> Shown:
    seen = await see_readiness_meeting(tx, id=meeting.id, by=turn.person)
    return cards.changed(card_of(seen, turn), what, say=turn.say)


def _day(sent: Sent, turn: Turn) -> date:
    return sent.day("day") or turn.today


async def _load_decision(tx: Transaction, asking: Asking) -> Given:
    """Offer the measures of the catalogue, where there is a plan that they can go into."""
    turn = asking.turn
    alert = await permit_deciding(tx, turn.person, asking.about)
    plan = next(iter(await tx.action_plans.of_alert(alert.id)), None)
    kinds = readiness_catalogue(await tx.template_overrides.latest()).addable()
    parties = () if plan is None else plan.parties
    measures = {} if plan is None else {each.code: each.title for each in kinds.values()}
    none = {"none": turn.say("alert_decide.measure.none")}
    return Given(
        title=_title(alert, turn),
        version=alert.version,
        offers={
            "measure": none | measures,
            "party": {each: party_name(each, say=turn.say) for each in parties if each.authority},
        },
        known={"measure": "none"},
    )


async def _decide(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    measure = sent.text("measure")
    decision = await decide_at_meeting(
        tx,
        id=sent.id,
        alert=sent.about,
        words=sent.text("words"),
        measure="" if measure == "none" else measure,
        party=Party(sent.text("party")) if sent.text("party") else None,
        by=turn.person,
        now=turn.at,
    )
    alert = await permit_deciding(tx, turn.person, sent.about)
    return cards.decided(alert, became=decision.measure is not None, say=turn.say)


CALL = Flow(
    name="alert_call",
    about=ALERT,
    load=_load_call,
    steps=(
        Step(key="what", fields=(*_WHEN, Field(key="people", kind=SeveralOffered(), data=FACT))),
    ),
    finish=_call,
    keeps_key=False,
)
MOVE = Flow(
    name="alert_move",
    about=READINESS_MEETING,
    load=_load_move,
    steps=(Step(key="when", fields=_WHEN),),
    finish=_move,
    keeps_key=False,
)
CANCEL = Flow(
    name="alert_cancel",
    about=READINESS_MEETING,
    load=_load_cancel,
    steps=(Step(key="sure", fields=(Field(key="sure", kind=YES_NO, data=FACT),)),),
    finish=_cancel,
    keeps_key=False,
)
DECIDE = Flow(
    name="alert_decide",
    about=ALERT,
    load=_load_decision,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="words", kind=Text(least=3, at_most=AT_MOST, lines=True), data=FACT),
                Field(key="measure", kind=Offered(), data=FACT),
                Field(key="party", kind=Offered(), data=FACT, optional=True),
            ),
        ),
    ),
    finish=_decide,
    keeps_key=False,
)
