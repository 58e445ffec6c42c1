"""What a year is planned around, as it is shown: holidays, closed days, habits, busy halves."""

from collections.abc import Mapping, Sequence
from datetime import date

from cards import blocks
from cards.delivery import Button, Part, aside, said, sheet, warned
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.meeting_year import ClosedDay, Habits, KeptHoliday
from domain.people import Committee, CommitteeCode

MOST_LISTED = 30
WHICH = "which"  # the input that says which line is meant


def days(from_on: date, to_on: date, *, say: Say) -> str:
    """Write a stretch of days; a single one as itself."""
    if from_on == to_on:
        return say.day(from_on)
    return say("yearplan.from_to", since=say.day(from_on), until=say.day(to_on))


def holidays(
    year: int, kept: Sequence[KeptHoliday], *, may: bool, say: Say, top: str = ""
) -> Shown:
    """Show the table of a year with its sources; without one it says so (CAL-3)."""
    parts: list[Part] = [said(top)] if top else []
    if not kept:
        parts.append(warned(say("holiday.none", year=year)))
    for number, each in enumerate(kept[:MOST_LISTED], start=1):
        line = say(
            "holiday.line",
            number=number,
            name=unmarked(each.name),
            days=days(each.from_on, each.to_on, say=say),
        )
        parts.append(said(line))
    parts += [
        aside(say("holiday.written_in", source=unmarked(source)))
        for source in dict.fromkeys(each.source for each in kept)
    ]
    if kept:
        parts.append(aside(say("holiday.guide")))
    actions: list[Button] = []
    if may:
        titles = {
            str(each.id): f"{number}. {plain(each.name)}" for number, each in enumerate(kept, 1)
        }
        parts += _which(titles, say("holiday.which"), say("holiday.choose"))
        parts.append(aside(say("holiday.typing", year=year)))
        actions.append((say("button.holiday.add"), "holiday.add", {}))
        if kept:
            actions.append((say("button.holiday.pick"), "holiday.pick", {}))
    following = {"year": str(year + 1)}
    actions += [
        (say("button.holiday.next", year=year + 1), "holiday.list", following),
        (say("button.closed_day.list"), "closed_day.list", {"year": str(year)}),
    ]
    return sheet(
        say("holiday.title", year=year), parts, say=say, actions=actions, asking="holiday.pick"
    )


def _which(titles: Mapping[str, str], label: str, hint: str) -> list[Part]:
    if not titles:
        return []
    piece = blocks.choice_input(WHICH, label, titles, value="", hint=hint, narrow=True)
    return [Part(piece=piece, words="")]


def holiday(kept: KeptHoliday, *, say: Say) -> Shown:
    """Show one line, and what can be done with it."""
    here = about("holiday", kept.id, kept.version)
    return sheet(
        say("holiday.one_title"),
        [
            said(unmarked(kept.name)),
            said(days(kept.from_on, kept.to_on, say=say)),
            aside(say("holiday.written_in", source=unmarked(kept.source))),
        ],
        say=say,
        actions=[
            (say("button.holiday.change"), "holiday.change", here),
            (say("button.holiday.remove"), "holiday.remove", here),
            (say("button.holiday.list"), "holiday.list", {"year": str(kept.from_on.year)}),
        ],
    )


def closed(year: int, kept: Sequence[ClosedDay], *, may: bool, say: Say, top: str = "") -> Shown:
    """Show the days that are closed beside weekends and public holidays."""
    parts: list[Part] = [said(top)] if top else []
    parts.append(said(say("closed_day.body" if kept else "closed_day.none", year=year)))
    parts += [
        said(say("closed_day.line", day=say.day(each.day), why=unmarked(each.why)))
        for each in kept[:MOST_LISTED]
    ]
    actions: list[Button] = []
    if may:
        titles = {each.day.isoformat(): say.day(each.day) for each in kept}
        parts += _which(titles, say("closed_day.which"), say("closed_day.choose"))
        parts.append(aside(say("closed_day.typing")))
        actions.append((say("button.closed_day.add"), "closed_day.add", {}))
        if kept:
            actions.append((say("button.closed_day.reopen"), "closed_day.reopen", {}))
    actions.append((say("button.holiday.list"), "holiday.list", {"year": str(year)}))
    return sheet(
        say("closed_day.title", year=year),
        parts,
        say=say,
        actions=actions,
        asking="closed_day.reopen",
    )


def habits(
    committees: Sequence[Committee],
    kept: Mapping[CommitteeCode, Habits],
    *,
    say: Say,
    top: str = "",
) -> Shown:
    """List what committees want of their year where it is not what their type says."""
    own = [each for each in committees if each.code in kept]
    parts: list[Part] = [said(top)] if top else []
    parts.append(said(say("habits.body" if own else "habits.none")))
    parts += [said(line(each, kept[each.code], say=say)) for each in own[:MOST_LISTED]]
    titles = {str(each.code): plain(each.name) for each in committees}
    parts += _which(titles, say("habits.which"), say("habits.choose"))
    parts.append(aside(say("habits.typing", code=committees[0].code)))
    return sheet(
        say("habits.title"),
        parts,
        say=say,
        actions=[
            (say("button.habits.pick"), "habits.pick", {}),
            (say("button.help"), "help", {}),
        ],
        asking="habits.pick",
    )


def line(committee: Committee, own: Habits, *, say: Say) -> str:
    """Say a committee's habits in one line."""
    said_ = [
        say(f"yearplan.policy.{own.policy}") if own.policy else "",
        say("habits.for_minutes", count=own.minutes) if own.minutes else "",
        say("habits.rather", halves=halves(own.preferred, say=say)) if own.preferred else "",
        say("habits.not_on", halves=halves(own.barred, say=say)) if own.barred else "",
        say("habits.meets_at", place=unmarked(own.place)) if own.place else "",
    ]
    what = "; ".join(each for each in said_ if each) or say("habits.as_type")
    return say("habits.line", name=f"**{unmarked(committee.name)}**", what=what)


def halves(codes: Sequence[str], *, say: Say) -> str:
    return ", ".join(say(f"half_day.{each}") for each in codes)


def busy(codes: Sequence[str], *, say: Say) -> Shown:
    """Confirm when somebody is busy."""
    words = halves(codes, say=say)
    return sheet(
        say("busy.done_title"),
        [
            said(say("busy.done_body", halves=words) if codes else say("busy.done_never")),
            aside(say("busy.soft")),
        ],
        say=say,
        actions=[
            (say("button.busy.begin"), "busy.begin", {}),
            (say("button.yearplan.list"), "yearplan.list", {}),
        ],
    )
