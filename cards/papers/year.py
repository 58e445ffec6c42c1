"""The year's plan as a paper: its wheel, its days month by month, and every meeting by date."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from cards.papers.blocks import Block, Facts, Grid, Heading, Paper, Picture
from cards.papers.docx import as_docx
from cards.papers.pdf import as_pdf
from cards.papers.year_wheel import in_words, year_wheel
from cards.words import Say
from domain.papers import YearMeeting, YearPaper
from domain.people import CommitteeCode

MONTHS = range(1, 13)


def year_plan_pdf(paper: YearPaper, *, made_at: datetime, say: Say) -> bytes:
    return as_pdf(year_plan(paper, say=say), made_at=made_at)


def year_plan_docx(paper: YearPaper, *, made_at: datetime, say: Say) -> bytes:
    return as_docx(year_plan(paper, say=say), made_at=made_at)


def year_plan(paper: YearPaper, *, say: Say) -> Paper:
    title = say("paper.year_title", year=paper.year)
    return Paper(
        title=title,
        subject=title,
        author=say("paper.author"),
        page=say("paper.page"),
        language=say.language,
        landscape=True,
        blocks=[
            Heading(level=1, text=title),
            Facts(
                rows=(
                    (say("paper.year_committees"), str(len(paper.committees))),
                    (say("paper.year_meetings"), str(len(paper.meetings))),
                )
            ),
            Heading(level=2, text=say("paper.year_wheel")),
            Picture(svg=year_wheel(paper, say=say), alt=in_words(paper, say=say)),
            Heading(level=2, text=say("paper.year_months")),
            _month_by_month(paper, say=say),
            Heading(level=2, text=say("paper.year_all")),
            *_by_date(paper, say=say),
        ],
    )


def _month_by_month(paper: YearPaper, *, say: Say) -> Grid:
    months = [say(f"wheel.month_{month}") for month in MONTHS]
    rows = [
        (committee.name, *(_days(paper, committee.code, month) for month in MONTHS))
        for committee in paper.committees
    ]
    return Grid(
        head=(say("paper.committee"), *months), rows=tuple(rows), widths=(6, *(2 for _ in MONTHS))
    )


def _days(paper: YearPaper, committee: CommitteeCode, month: int) -> str:
    days = sorted(
        meeting.day.day
        for meeting in paper.meetings
        if meeting.committee == committee and meeting.day.month == month
    )
    return ", ".join(f"{day}." for day in days)


def _by_date(paper: YearPaper, *, say: Say) -> Iterator[Block]:
    names = {committee.code: committee.name for committee in paper.committees}
    meetings = sorted(paper.meetings, key=lambda each: (each.day, each.starts, each.committee))
    for month, held in groupby(meetings, key=lambda each: each.day.month):
        yield Heading(level=3, text=f"{say(f'wheel.month_{month}')} {paper.year}")
        yield Grid(
            head=(say("paper.day"), say("paper.time"), say("paper.committee")),
            rows=tuple(
                (say.day(each.day), _hours(each, say=say), names[each.committee]) for each in held
            ),
            widths=(4, 2, 6),
        )


def _hours(meeting: YearMeeting, *, say: Say) -> str:
    begins = datetime.combine(meeting.day, meeting.starts)
    ends = begins + timedelta(minutes=meeting.minutes)
    return say("paper.hours", starts=f"{begins:%H.%M}", ends=f"{ends:%H.%M}")
