"""What those who work on a case see of it: the card, what is due, the history, the menu."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cards import blocks
from cards.delivery import (
    Button,
    Part,
    aside,
    counted,
    for_police,
    headed,
    lined,
    said,
    sheet,
    warned,
)
from cards.forms import message
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.ages import age_years
from domain.areas import area
from domain.case_actions import ActionStatus, CaseAction
from domain.cases import Case, CaseState
from domain.concerns import Concern
from domain.dates import local_date
from domain.people import AreaCode, Authority, PersonId

MOST_SHOWN = 8  # actions, concerns or lines of history on a card
LONGEST = 400  # characters of one answer on the card
OF_HISTORY = 300  # … and of each line of the history

Names = Mapping[PersonId, str]


def here(case: Case) -> dict[str, Json]:
    """Say what a button carries: which case, and which version was seen (AC-CARD-01)."""
    return about("case", case.id, case.version)


def short(text: str, most: int = LONGEST) -> str:
    """Cut what is too long for a card."""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def area_name(code: AreaCode | None, say: Say) -> str:
    return area(code).name if code else say("area.none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What stands on top of a case: where it is, and what to know before reading on."""

    case: Case
    group: str
    partner: str
    lead: str = field(repr=False)
    police: bool
    protected: bool
    asked: Sequence[str] = ()  # kinds of agreement that are waited for


def banners(face: Face, *, say: Say) -> list[Part]:
    """Draw what to know before reading on, and what a colleague is to agree to."""
    marks = [("police", face.police), ("protected", face.protected), ("purpose", True)]
    texts = [say(f"reading.{name}") for name, applies in marks if applies]
    waiting = [warned(say(f"case.waits_for_{kind}")) for kind in face.asked]
    return [Part(piece=blocks.notice(*texts), words="\n".join(texts)), *waiting]


def state(face: Face, *, say: Say) -> list[Part]:
    """Draw where the case stands."""
    case = face.case
    groups = " + ".join(unmarked(each) for each in (face.group, face.partner) if each)
    level = say(f"case.level_{case.level}") if case.level else say("case.no_level")
    follow_up = say.day(case.follow_up_on) if case.follow_up_on else say("case.no_follow_up")
    where = [
        (say("case.state"), say(f"case.state_{case.state}")),
        (say("case.level"), level),
        (say("case.lead"), unmarked(face.lead) or say("case.no_lead")),
        (say("case.follow_up"), follow_up),
        (say("case.group"), groups),
        (say("case.area"), area_name(case.area, say)),
    ]
    if case.state is CaseState.CLOSED and case.close_reason is not None:
        where.append((say("case.closed_because"), say(f"close_reason.{case.close_reason}")))
    return [counted(where)]


def person(identity: Mapping[str, object], *, cpr: str, today: date, say: Say) -> list[Part]:
    """Draw who it is about, without what nobody asked."""
    name = str(identity.get("name") or "") or say("relation.no_name")
    born = str(identity.get("born") or "")
    lines = [
        ("born", _born(born, today=today, say=say) if born else ""),
        ("cpr", cpr),
        *((key, str(identity.get(key) or "")) for key in ("school", "custody", "language")),
    ]
    return [
        Part(piece=blocks.name(name), words=plain(name)),
        *lined([(say(f"case.{key}"), short(value)) for key, value in lines if value]),
    ]


def _born(born: str, *, today: date, say: Say) -> str:
    day = date.fromisoformat(born)
    return say("case.born_on", date=f"{day:%d.%m.%Y}", age=age_years(day, today))


def due(lines: Sequence[str], *, say: Say) -> list[Part]:
    """Draw what is due next."""
    return [headed(say("case.due")), *map(said, lines)] if lines else []


def due_lines(case: Case, actions: Sequence[CaseAction], *, today: date, say: Say) -> list[str]:
    """Name what is due: a follow-up, a lead, actions that are late."""
    late = sum(each.is_overdue(today) for each in actions)
    lines = {
        say("case.due_coordination"): case.coordinated_at is None,
        say("case.due_lead"): case.lead is None,
        say("case.due_follow_up"): case.follow_up_on is not None and case.follow_up_on <= today,
        say("case.due_actions", count=late): late > 0,
    }
    running = case.state is not CaseState.CLOSED
    return [line for line, applies in lines.items() if applies and running]


def actions(agreed: Sequence[CaseAction], *, names: Names, today: date, say: Say) -> list[Part]:
    """Draw what was agreed, the open ones first."""
    if not agreed:
        return [headed(say("action.list")), aside(say("action.none"))]
    shown = agreed[:MOST_SHOWN]
    left = len(agreed) - len(shown)
    return [
        headed(say("action.list")),
        *(
            part
            for number, each in enumerate(shown, start=1)
            for part in one_action(each, number=number, names=names, today=today, say=say)
        ),
        *([aside(say("action.and_more", count=left))] if left else []),
    ]


def one_action(
    action: CaseAction, *, number: int, names: Names, today: date, say: Say
) -> list[Part]:
    """Draw one action in two lines: what, then who, by when and how it went."""
    state = "late" if action.is_overdue(today) else action.status.value
    line = say(
        f"action.line_{state}",
        owner=unmarked(names.get(action.owner, "")),
        authority=say(f"authority.{action.authority}"),
        date=say.day(action.due_on),
    )
    came = _came_of(action, say)
    return [
        *lined([(f"{number}", short(action.what))]),
        aside(line),
        *lined([(say("action.result"), came)] if came else []),
    ]


def _came_of(action: CaseAction, say: Say) -> str:
    if action.status is ActionStatus.DROPPED and action.dropped_as is not None:
        why = say(f"drop_reason.{action.dropped_as}")
        return f"{why}. {short(action.result)}".strip()
    return short(action.result)


def concerns(found: Sequence[Concern], *, say: Say) -> list[Part]:
    """List the concerns in a case; each is opened by itself, with its own question."""
    if not found:
        return []
    lines = [
        say(
            "case.concern_line",
            reference=each.reference,
            date=f"{local_date(each.submitted_at):%d.%m.%Y}",
            state=say(f"reading.state_{each.status.value}"),
        )
        for each in found[-MOST_SHOWN:]
    ]
    return [
        headed(say("case.concerns")),
        *map(said, lines),
        aside(say("case.concern_typing", reference=found[-1].reference)),
    ]


def case_card(case: Case, parts: Sequence[Part], *, buttons: Sequence[Button], say: Say) -> Shown:
    return sheet(say("case.title", reference=case.reference), parts, say=say, actions=buttons)


def menu(case: Case, *, buttons: Sequence[Button], say: Say) -> Shown:
    """Show one page of what else can be done."""
    return message(
        say("case.menu_title", reference=case.reference),
        say("case.menu_body"),
        say=say,
        actions=list(buttons),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a case's history."""

    day: date
    what: str = field(repr=False)
    by: str = field(repr=False)
    words: str = field(default="", repr=False)


def history(
    case: Case, lines: Sequence[Line], *, left_out: int, reader: Authority, say: Say
) -> Shown:
    """Show what has happened, the latest first."""
    parts = [
        part
        for line in lines
        for part in (
            *lined(
                [(f"{line.day:%d.%m.%Y}", f"{line.what} ({line.by})" if line.by else line.what)]
            ),
            *(
                [Part(piece=blocks.aside(short(line.words, OF_HISTORY)), words=plain(line.words))]
                if line.words
                else []
            ),
        )
    ]
    more = [aside(say("case.history_more", count=left_out))] if left_out else []
    return sheet(
        say("case.history_title", reference=case.reference),
        [*for_police(reader, say), *(parts or [aside(say("case.history_none"))]), *more],
        say=say,
        actions=[(say("button.case.open"), "case.open", here(case))],
    )


def relation_question(reference: str, data: Mapping[str, Json], *, name: str, say: Say) -> Shown:
    """Ask for a near relation before anything is read (INH-2). Only the name is shown."""
    who = name or say("relation.no_name")
    typing = say("relation.typing", reference=reference)
    return sheet(
        say("relation.title", reference=reference),
        [
            said(say("relation.body")),
            Part(piece=blocks.name(who), words=f"{plain(who)}\n{typing}"),
            aside(say("relation.why")),
        ],
        say=say,
        actions=[
            (say("relation.no"), "case.clear", data),
            (say("relation.yes"), "case.step_aside", data),
        ],
    )
