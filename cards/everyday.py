"""What everybody asks for first: my tasks, my cases, and the leaders' overview."""

from collections.abc import Mapping, Sequence
from datetime import date

from cards.cases import area_name
from cards.forms import message
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.cases import Case
from domain.duties import Duty, Load
from domain.matters import CONFIDED, MatterKind
from domain.overview import Row

MOST_LISTED = 15
MOST_BUTTONS = 4
OPENS: Mapping[MatterKind, str] = {
    **{kind: f"{kind}.open" for kind in CONFIDED},
    MatterKind.MEETING: "meet.open",
    MatterKind.EFFORT: "effort.open",
}
OWN: Mapping[MatterKind, str] = {MatterKind.CASE: "action", MatterKind.MEETING: "task"}

Action = tuple[str, str, dict[str, Json]]


def duties(waiting: Sequence[Duty], *, begun: int, today: date, say: Say) -> Shown:
    """List what waits for somebody: what, which number, and until when."""
    lines = [_line(each, today=today, say=say) for each in waiting[:MOST_LISTED]]
    own = [say("duty.begun", count=begun)] if begun else []
    return message(
        say("duty.title"),
        *(lines or [say("duty.none")]),
        *_more(len(waiting), say),
        *own,
        say=say,
        actions=[*_buttons(waiting, say), (say("button.help"), "help", {})],
        summary=say("duty.title"),
    )


def _line(duty: Duty, *, today: date, say: Say) -> str:
    what = say(f"duty.{duty.kind}", reference=f"**{duty.reference}**")
    if duty.due is None:
        return what
    late = duty.is_overdue(today)
    return say("duty.late" if late else "duty.by", what=what, date=say.day(duty.due))


def _buttons(waiting: Sequence[Duty], say: Say) -> list[Action]:
    """Open what is due first: each matter once, and of one's own actions in a case the first."""
    found: dict[str, Action] = {}
    for each in waiting:
        if each.matter is not None:
            button = _button(each, each.matter, say)
            found.setdefault(button[0], button)
    return list(found.values())[:MOST_BUTTONS]


def _button(duty: Duty, matter: MatterKind, say: Say) -> Action:
    if duty.own is not None:
        own = OWN[matter]
        words = say(f"button.duty.open_{own}", reference=duty.reference)
        return words, f"{own}.open", about(own, duty.own.id, duty.own.version)
    words = say("button.duty.open", reference=duty.reference)
    return words, OPENS[matter], about(matter, duty.id, duty.version)


def digest(load: Load, *, say: Say) -> Shown:
    """Say in the morning how much waits, and nothing of what."""
    title = say("digest.title")
    body = say("digest.body", count=load.duties)
    late = say("digest.late", count=load.overdue)
    return message(
        title,
        " ".join([body, late] if load.overdue else [body]),
        say("digest.pause"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, {}) for verb in ("duty.mine", "reminders.pause")],
    )


def cases(led: Sequence[Case], others: Sequence[Case], *, say: Say) -> Shown:
    """List somebody's running cases by number, area and state only."""
    found = [*led, *others]
    own = [_case(each, say) for each in led[:MOST_LISTED]]
    room = MOST_LISTED - len(own)
    rest = [_case(each, say) for each in others[:room]]
    return message(
        say("my_cases.title"),
        *([_heading("my_cases.led", say), *own] if own else []),
        *([_heading("my_cases.others", say), *rest] if rest else []),
        *([] if found else [say("my_cases.none")]),
        *_more(len(found), say),
        *([say("my_cases.typing")] if found else []),
        say=say,
        actions=[
            *(
                (
                    say("button.duty.open", reference=each.reference),
                    "case.open",
                    about("case", each.id, each.version),
                )
                for each in found[:MOST_BUTTONS]
            ),
            (say("button.duty.mine"), "duty.mine", {}),
        ],
    )


def _heading(key: str, say: Say) -> str:
    return f"**{say(key)}**"


def _case(case: Case, say: Say) -> str:
    return say(
        "my_cases.line",
        reference=case.reference,
        area=area_name(case.area, say),
        state=say(f"case.state_{case.state}"),
    )


def _more(count: int, say: Say) -> list[str]:
    left = count - MOST_LISTED
    return [say("waiting.more", count=left)] if left > 0 else []


def overview(rows: Sequence[Row], *, say: Say) -> Shown:
    """Show the leaders how cases go, by area and level, in numbers that name nobody."""
    return message(
        say("overview.title"),
        *([_row(each, say) for each in rows] or [say("overview.none")]),
        say("overview.few"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def _row(row: Row, say: Say) -> str:
    level = say("overview.level", level=row.level) if row.level else say("overview.no_level")
    where = say("overview.where", area=f"**{area_name(row.area, say)}**", level=level)
    if row.cases is None:
        return say("overview.hidden", where=where)
    few = say("overview.too_few")
    return say(
        "overview.row",
        where=where,
        count=row.cases,
        days=few if row.days is None else f"{row.days:g}".replace(".", ","),
        overdue=few if row.overdue is None else row.overdue,
    )
