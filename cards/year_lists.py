"""The lists of a year: what a plan changes, where people are missing, and the meetings by day."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from cards.delivery import Button, Part, aside, counted, headed, said, sheet
from cards.plain import unmarked
from cards.shown import Json, Shown
from cards.words import Say
from cards.year_plans import Names, about_plan, button, of_year
from domain.committee_meetings import CommitteeMeeting
from domain.exports import Export
from domain.people import CommitteeCode
from domain.plan_changes import Change, ChangeKind, Place
from domain.plan_changes import counted as count_of
from domain.plan_runs import PlanRun, ShortSeat
from domain.year_plan import YearPlan

ON_A_PAGE = 20
MOST_NUMBERS = 6

T = TypeVar("T")


def pages(lines: Sequence[object]) -> int:
    """Say how many pages so many lines fill; nothing fills one."""
    return max(1, -(-len(lines) // ON_A_PAGE))


def page_of(lines: Sequence[T], page: int) -> Sequence[T]:
    """Give a page, counted from 1; one beyond the last is the last."""
    at = min(max(page, 1), pages(lines))
    return lines[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]


def _turning(
    verb: str, data: Mapping[str, Json], page: int, lines: Sequence[object], *, say: Say
) -> list[Button]:
    """Make the buttons to the page before and the page after, where there are such."""
    found: list[Button] = []
    for key, to in (("button.yearplan.back", page - 1), ("button.yearplan.more", page + 1)):
        if 1 <= to <= pages(lines):
            found.append((say(key), verb, {**data, "page": str(to)}))
    return found


def _place(page: int, lines: Sequence[object], *, say: Say) -> list[Part]:
    all_of_them = pages(lines)
    return [aside(say("yearplan.page", page=page, of=all_of_them))] if all_of_them > 1 else []


def _typed(key: str, year: int, lines: Sequence[object], *, say: Say) -> list[Part]:
    """Say how a page is asked for in words, where there is more than one."""
    return [aside(say(key, year=year))] if pages(lines) > 1 else []


def when(place: Place, *, say: Say) -> str:
    return say("yearplan.when", day=say.day(place.day), time=f"{place.starts:%H.%M}")


def change(each: Change, *, say: Say) -> str:
    """Say one change in a line."""
    return say(
        f"yearplan.line_{each.kind}",
        before="" if each.before is None else when(each.before, say=say),
        after="" if each.after is None else when(each.after, say=say),
    )


def _grouped(
    lines: Sequence[T], code: Callable[[T], CommitteeCode], text: Callable[[T], str], names: Names
) -> list[Part]:
    """Put lines under the name of their committee."""
    parts: list[Part] = []
    for committee, theirs in groupby(lines, key=code):
        parts.append(headed(names.committee(committee)))
        parts += [said(text(each)) for each in theirs]
    return parts


def changes(
    run: PlanRun,
    found: Sequence[Change],
    names: Names,
    *,
    page: int,
    mark: str,
    may_approve: bool,
    say: Say,
) -> Shown:
    """Show what a plan would change, committee by committee, before anybody approves it (MTG-10).

    :param mark: the letters of exactly these changes, which the press sends along.
    """
    page = min(max(page, 1), pages(found))
    count = count_of(found)
    here = about_plan(run)
    approve: list[Button] = []
    if may_approve:
        approve = [
            (say("button.yearplan.approve"), "yearplan.approve", {**here, "shown": mark}),
        ]
    return sheet(
        say("yearplan.changes_title", year=run.year),
        [
            counted([(say(f"yearplan.kind.{kind}"), str(count[kind])) for kind in ChangeKind]),
            *([] if found else [said(say("yearplan.no_changes"))]),
            *_grouped(
                page_of(found, page),
                lambda each: each.committee,
                lambda each: change(each, say=say),
                names,
            ),
            *_place(page, found, say=say),
            *([said(say("yearplan.approve_note"))] if approve else []),
            *(
                [aside(say("yearplan.changes_typing", year=run.year, mark=mark))]
                if approve
                else []
            ),
            *_typed("yearplan.changes_typing_only", run.year, found, say=say),
        ],
        say=say,
        actions=[
            *_turning("yearplan.changes", here, page, found, say=say),
            *approve,
            button("yearplan.open", here, say=say),
        ],
    )


def my_changes(
    run: PlanRun, found: Sequence[Change], names: Names, *, page: int, say: Say
) -> Shown:
    """Show somebody what was changed for them."""
    page = min(max(page, 1), pages(found))
    return sheet(
        say("yearplan.mine_title", year=run.year),
        [
            *([] if found else [said(say("yearplan.mine_none"))]),
            *_grouped(
                page_of(found, page),
                lambda each: each.committee,
                lambda each: change(each, say=say),
                names,
            ),
            *_place(page, found, say=say),
        ],
        say=say,
        actions=[
            *_turning("yearplan.mine", of_year(run.year), page, found, say=say),
            button("yearplan.list", of_year(run.year), say=say),
        ],
    )


def told(run: PlanRun, found: Sequence[Change], *, say: Say) -> Shown:
    """Tell somebody that the plan is out: how much it changes for them, and no more."""
    count = count_of(found)
    return sheet(
        say("yearplan.told_title", year=run.year),
        [
            said(say("yearplan.told_body", count=len(found))),
            counted(
                [
                    (say(f"yearplan.kind.{kind}"), str(count[kind]))
                    for kind in ChangeKind
                    if count[kind]
                ]
            ),
        ],
        say=say,
        actions=[
            button("yearplan.mine", of_year(run.year), say=say),
            button("yearplan.list", of_year(run.year), say=say),
        ],
    )


def shortfalls(
    run: PlanRun,
    plan: YearPlan,
    found: Sequence[ShortSeat],
    names: Names,
    *,
    page: int,
    say: Say,
) -> Shown:
    """List each slot that would have too few, and at which meetings (MTG-7)."""
    days = {(each.committee, each.number): each.day for each in plan.meetings}
    by_slot: dict[tuple[CommitteeCode, str, int], list[int]] = {}
    for each in found:
        by_slot.setdefault((each.committee, each.slot, each.short), []).append(each.number)
    lines = sorted(by_slot.items())
    page = min(max(page, 1), pages(lines))

    def text(line: tuple[tuple[CommitteeCode, str, int], list[int]]) -> str:
        (code, slot, short), numbers = line
        dates = [f"{days[code, number]:%d.%m.}" for number in numbers]
        left = len(dates) - MOST_NUMBERS
        more = f" {say('yearplan.short_more', count=left)}" if left > 0 else ""
        return say(
            "yearplan.short_line",
            slot=say("yearplan.short_leading") if slot == LEADING else slot,
            short=short,
            count=len(numbers),
            dates=", ".join(dates[:MOST_NUMBERS]) + more,
        )

    here = about_plan(run)
    return sheet(
        say("yearplan.short_title", year=run.year),
        [
            said(say("yearplan.short_body")),
            *_grouped(page_of(lines, page), lambda line: line[0][0], text, names),
            *_place(page, lines, say=say),
        ],
        say=say,
        actions=[
            *_turning("yearplan.shortfalls", here, page, lines, say=say),
            button("yearplan.open", here, say=say),
        ],
    )


LEADING = "leading"  # the slot of whoever leads a meeting


def year(
    year: int,
    meetings: Sequence[CommitteeMeeting],
    names: Names,
    *,
    everything: bool,
    page: int,
    say: Say,
) -> Shown:
    """List a year's meetings by day: one's own, or for who plans, everybody's."""
    page = min(max(page, 1), pages(meetings))
    parts: list[Part] = [] if everything else [said(say("yearplan.list_own"))]
    if not meetings:
        parts.append(said(say("yearplan.list_none", year=year)))
    for month, theirs in groupby(page_of(meetings, page), key=lambda each: each.day.month):
        parts.append(headed(say(f"yearplan.month.{month}")))
        parts += [said(_meeting(each, names, say=say)) for each in theirs]
    here = of_year(year)
    return sheet(
        say("yearplan.list_title", year=year),
        [
            *parts,
            *_place(page, meetings, say=say),
            *_typed("yearplan.list_typing", year, meetings, say=say),
        ],
        say=say,
        actions=[
            *_turning("yearplan.list", here, page, meetings, say=say),
            (say("button.yearplan.year", year=year + 1), "yearplan.list", of_year(year + 1)),
            *([button("yearplan.see", here, say=say)] if everything else []),
        ],
    )


def _meeting(meeting: CommitteeMeeting, names: Names, *, say: Say) -> str:
    return say(
        "yearplan.meeting",
        day=say.day(meeting.day),
        time=f"{meeting.starts:%H.%M}",
        name=names.committee(meeting.committee),
        place=f" · {unmarked(meeting.place)}" if meeting.place else "",
        reference=meeting.reference,
    )


def papers_asked(year: int, *, say: Say) -> Shown:
    return sheet(
        say("yearplan.papers_title", year=year),
        [said(say("yearplan.papers_body"))],
        say=say,
        actions=[button("yearplan.list", of_year(year), say=say)],
    )


def papers_laid(year: int, export: Export, *, say: Say) -> Shown:
    """Say where the plan lies on paper, or why it does not."""
    files = (export.file or "").split()
    how = "laid" if files else "not_made"
    why = "yearplan.papers_laid_body" if files else f"export.not_made_{export.why_not}"
    return sheet(
        say(f"yearplan.papers_{how}_title", year=year),
        [said(say(why)), *(said(unmarked(each)) for each in files)],
        say=say,
        actions=[button("yearplan.see", of_year(year), say=say)],
    )
