"""The year of meetings as the tab shows it: the wheel, and a list by month."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from cards.papers.year_wheel import year_wheel
from cards.words import Say
from domain.committee_meetings import CommitteeMeeting
from domain.papers import YearPaper
from domain.people import CommitteeCode

COLUMNS = ("day", "hour", "committee", "number")


def year_page(
    paper: YearPaper, meetings: Sequence[CommitteeMeeting], *, today: date, say: Say
) -> dict[str, object]:
    """Give what the page draws; it writes no sentence of its own.

    The list says in words all that the wheel says in dots.
    """
    names = {each.code: each.name for each in paper.committees}
    return {
        "title": say("year_page.title", year=paper.year),
        "lead": say("year_page.lead", meetings=len(meetings), committees=len(names))
        if meetings
        else say("year_page.none", year=paper.year),
        "calendar": say("year_page.calendar"),
        "before": {"year": paper.year - 1, "words": say("year_page.before", year=paper.year - 1)},
        "after": {"year": paper.year + 1, "words": say("year_page.after", year=paper.year + 1)},
        "wheel": year_wheel(paper, say=say) if meetings else "",
        "list": say("year_page.list"),
        "columns": [say(f"year_page.column.{key}") for key in COLUMNS],
        "months": [
            {
                "title": say(f"wheel.month_{month}"),
                "meetings": [_row(each, names, today=today, say=say) for each in of_month],
            }
            for month, of_month in groupby(meetings, key=lambda each: each.day.month)
        ],
    }


def _row(
    meeting: CommitteeMeeting, names: dict[CommitteeCode, str], *, today: date, say: Say
) -> dict[str, object]:
    return {
        "day": say.day(meeting.day),
        "hour": f"{meeting.starts:%H.%M}",
        "committee": names.get(meeting.committee, meeting.committee),
        "number": meeting.reference,
        "past": meeting.day < today,
    }
