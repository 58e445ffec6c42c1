"""The cards of a case with the most on them that there can be, and the worst of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from cards import case_actions, case_letters, case_views, cases, closing, countersigns, meetings
from cards import playbooks as playbook_cards
from cards.presses import about
from domain.action_catalogue import CATALOGUE
from domain.case_actions import ActionStatus, CaseAction, DropReason
from domain.case_meetings import CaseMeeting, ItemState, Point, Why
from domain.case_transitions import Obstacle
from domain.cases import Case, CaseState, CloseReason
from domain.concerns import Concern, Status
from domain.coordination import LifeArea, Seen
from domain.countersigns import LASTS, Countersign, CountersignKind, CountersignState
from domain.data_classes import DataClass
from domain.journal import Note
from domain.levels import CRITERIA
from domain.notices import NoticeKind
from domain.people import AreaCode, Authority, PersonId
from domain.records import Record, RecordKind
from tests.cards.guests import Gallery
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.town import BO, MONDAY_NOON, SOFIE, VALBY_GROUP

LONG = (NASTY + " ") * 30
MANY = 60
CASE = Case(
    id=UUID(int=1),
    reference="2026-0042",
    subject=UUID(int=2),
    state=CaseState.FOLLOW_UP,
    group=VALBY_GROUP.code,
    area=AreaCode("VAL"),
    opened_at=MONDAY_NOON,
    opened_by=BO.id,
    last_event_at=MONDAY_NOON,
    level=3,
    follow_up_on=date(2026, 3, 1),
)
NAMES: Mapping[PersonId, str] = {BO.id: NASTY, SOFIE.id: NASTY}


def _record(kind: RecordKind, content: Mapping[str, object]) -> Record:
    return Record(
        id=uuid4(),
        matter=CASE.id,
        key="2",
        kind=kind,
        data_class=DataClass.VIEW,
        by=BO.id,
        at=MONDAY_NOON,
        content=content,
    )


def _action(number: int) -> CaseAction:
    status = list(ActionStatus)[number % len(ActionStatus)]
    done, dropped = status is ActionStatus.DONE, status is ActionStatus.DROPPED
    return CaseAction(
        id=UUID(int=number),
        case=CASE.id,
        authority=list(Authority)[number % len(Authority)],
        owner=SOFIE.id,
        due_on=date(2026, 2, 1) + timedelta(days=number),
        agreed_by=BO.id,
        agreed_at=MONDAY_NOON,
        what=LONG,
        status=ActionStatus.DONE
        if done
        else ActionStatus.DROPPED
        if dropped
        else ActionStatus.OPEN,
        result=LONG if done or dropped else "",
        dropped_as=DropReason.OTHER if dropped else None,
        ended_at=MONDAY_NOON if done or dropped else None,
    )


def _concern(number: int) -> Concern:
    return Concern(
        id=UUID(int=number),
        reference=f"B2026-{number:04}",
        reporter=BO.id,
        status=Status.LINKED,
        group=VALBY_GROUP.code,
        owner=BO.id,
        area=AreaCode("VAL"),
        level=2,
        urgent=False,
        reasons=(),
        submitted_at=MONDAY_NOON,
        take_up_by=MONDAY_NOON,
    )


def _meeting() -> CaseMeeting:
    return CaseMeeting(
        id=UUID(int=5), group=VALBY_GROUP.code, begun_by=BO.id, begun_at=MONDAY_NOON
    )


def _asked(kind: CountersignKind) -> Countersign:
    return Countersign(
        id=UUID(int=4),
        kind=kind,
        about=CASE.id,
        seen=1,
        asked_by=BO.id,
        asked_at=MONDAY_NOON,
        expires_at=MONDAY_NOON + LASTS,
    )


def _letters(gallery: Gallery) -> None:
    say = gallery.say
    for kind in case_actions.LETTERS:
        shown = case_actions.letter(_action(3), kind, reference=CASE.reference, say=say)
        gallery.hang(f"notice {kind}", shown)
    for kind in case_letters.LETTERS:
        gallery.hang(f"notice {kind}", case_letters.letter(CASE, kind, days=42, say=say))
    for kind in (NoticeKind.MEETING_OWN, NoticeKind.MEETING_DECIDED):
        shown = meetings.letter(_meeting(), kind, group=NASTY, count=3, say=say)
        gallery.hang(f"notice {kind}", shown)
    given = replace(_asked(CountersignKind.MERGE), state=CountersignState.GIVEN)
    for kind in (NoticeKind.COUNTERSIGN_ASKED, NoticeKind.COUNTERSIGN_ANSWERED):
        shown = countersigns.letter(given, kind, reference=CASE.reference, say=say)
        gallery.hang(f"notice {kind}", shown)


def cases_at_their_fullest(gallery: Gallery) -> None:
    """Hang every card of a case with the most and the worst there can be on it."""
    say, today = gallery.say, MONDAY_NOON.date()
    face = cases.Face(
        case=replace(CASE, state=CaseState.CLOSED, close_reason=CloseReason.MOVED_AWAY),
        group=NASTY,
        partner=NASTY,
        lead=NASTY,
        police=True,
        protected=True,
        asked=[CountersignKind.CLOSE_CASE, CountersignKind.EXEMPT_INFORMING],
    )
    actions = [_action(n) for n in range(1, MANY)]
    codes = [each.code for each in CRITERIA] + ["other"]
    identity = {
        "name": NASTY,
        "born": "2011-05-04",
        "school": LONG,
        "custody": LONG,
        "language": NASTY,
    }
    seen = dict.fromkeys(LifeArea, Seen.YES)
    parts = [
        *cases.banners(face, say=say),
        *cases.person(identity, cpr="040511-••••", today=today, say=say),
        *cases.due(cases.due_lines(CASE, actions, today=today, say=say), say=say),
        *cases.state(face, say=say),
        *cases.actions(actions, names=NAMES, today=today, say=say),
        *case_views.level(
            _record(
                RecordKind.LEVEL,
                {"to": 4, "codes": codes, "unconfirmed": ["L2.c"], "reason": LONG},
            ),
            names=NAMES,
            say=say,
        ),
        *case_views.view(
            _record(
                RecordKind.VIEW,
                {"risks": seen, "protections": seen, "risk_words": LONG, "protection_words": LONG},
            ),
            say=say,
        ),
        *case_views.child_view(
            _record(RecordKind.CHILD_VIEW, {"heard": False, "words": LONG}), say=say
        ),
        *cases.concerns([_concern(n) for n in range(1, MANY)], say=say),
    ]
    more = (say("button.case.more"), "case.more", {**cases.here(CASE), "page": "1"})
    gallery.hang("fullest case", cases.case_card(CASE, parts, buttons=[more], say=say))
    gallery.hang(
        "fullest actions",
        case_actions.listed(
            CASE,
            actions,
            names=NAMES,
            may_add=True,
            today=today,
            reader=Authority.KP,
            say=say,
        ),
    )
    lines = [cases.Line(day=today, what=NASTY, by=NASTY, words=LONG) for _ in range(20)]
    gallery.hang(
        "fullest history", cases.history(CASE, lines, left_out=MANY, reader=Authority.KP, say=say)
    )
    gallery.hang("every obstacle", closing.guards(CASE, list(Obstacle), say=say))
    places = [
        meetings.Place(
            point=Point(about=CASE.id, reference="2026-0042", is_concern=False, why=tuple(Why))
            if n % 5
            else None,
            version=1,
        )
        for n in range(MANY)
    ]
    gallery.hang("fullest agenda", meetings.agenda(NASTY, places, buttons=[], say=say))
    outcomes = [
        meetings.Outcome(place=each, state=state, notes=dict.fromkeys(Note, 3))
        for each, state in zip(places, list(ItemState) * MANY, strict=False)
    ]
    meeting = _meeting()
    gallery.hang(
        "fullest meeting",
        meetings.overview(meeting, outcomes, group=NASTY, skipped=2, goes_on=True, say=say),
    )
    gallery.hang(
        "an item with everybody",
        meetings.item(
            meeting,
            places[1],
            group=NASTY,
            number=2,
            items=MANY,
            people=[NASTY] * 12,
            say=say,
        ),
    )
    for kind in CountersignKind:
        asked = _asked(kind)
        told = countersigns.Asked(reference="2026-0042", lines=[(NASTY, LONG)])
        gallery.hang(
            f"asked to {kind}",
            countersigns.question(
                asked, told, asker=NASTY, is_own=False, reader=Authority.KP, say=say
            ),
        )
        refused = replace(asked, state=CountersignState.REFUSED)
        gallery.hang(f"refused to {kind}", countersigns.answered(refused, say=say))
    group = ("KG5", NASTY, {"agenda": str(UUID(int=6))})
    gallery.hang("several groups", meetings.choose_group([group] * 6, say=say))
    _letters(gallery)
    here = about("playbook", UUID(int=3), 1)
    gallery.hang(
        "fullest playbook",
        playbook_cards.playbook(
            3,
            LONG,
            CATALOGUE,
            top=[],
            buttons=[(say("button.playbook.write"), "playbook.write", here)],
            say=say,
        ),
    )
