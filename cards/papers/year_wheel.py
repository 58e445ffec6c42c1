"""The year as a wheel (årshjul): a ring per kind of committee, a dot per meeting."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from html import escape
from math import cos, pi, sin

from cards.plain import plain
from cards.words import Say
from domain.papers import YearMeeting, YearPaper
from domain.people import CommitteeCode, CommitteeType

SIZE = 1000
CENTRE = SIZE / 2
OUTSIDE, INSIDE = 440.0, 120.0  # the rings lie between these
MONTHS_AT = 468.0
DOT = 3.6
LEAST_ROOM = 2  # a ring is as wide as for so many committees, at least
_HEADER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
    ' aria-labelledby="wheel-title wheel-desc" fill="currentColor"'
    ' font-family="Segoe UI, Arial, sans-serif">'
)


def year_wheel(paper: YearPaper, *, say: Say) -> str:
    """Draw the wheel in the colour of the text around it, so that it is seen on dark and light."""
    return "\n".join(
        [
            _HEADER.format(size=SIZE),
            f'<title id="wheel-title">{escape(say("wheel.title", year=paper.year))}</title>',
            f'<desc id="wheel-desc">{escape(in_words(paper, say=say))}</desc>',
            *_months(paper, say=say),
            *_rings(paper),
            *_dots(paper, say=say),
            *_legend(paper, say=say),
            _text(str(paper.year), CENTRE, CENTRE, size=64),
            "</svg>",
        ]
    )


def in_words(paper: YearPaper, *, say: Say) -> str:
    """Say what the wheel shows to who does not see it: how many meetings of each kind."""
    kinds = {committee.code: committee.type for committee in paper.committees}
    held = Counter(kinds[meeting.committee] for meeting in paper.meetings)
    types = " ".join(
        say("wheel.type", type=say(f"wheel.type_{kind}"), meetings=held[kind])
        for kind in CommitteeType
        if kind in kinds.values()
    )
    return say("wheel.desc", meetings=len(paper.meetings), year=paper.year, types=types)


def meeting_in_words(meeting: YearMeeting, paper: YearPaper, *, say: Say) -> str:
    """Say whose meeting it is and when."""
    names = {committee.code: committee.name for committee in paper.committees}
    begins = datetime.combine(meeting.day, meeting.starts)
    return say(
        "wheel.meeting",
        committee=plain(names[meeting.committee]),
        date=say.day(meeting.day),
        starts=f"{begins:%H.%M}",
        ends=f"{begins + timedelta(minutes=meeting.minutes):%H.%M}",
    )


def _months(paper: YearPaper, *, say: Say) -> Iterator[str]:
    for month in range(1, 13):
        first = date(paper.year, month, 1)
        (x1, y1), (x2, y2) = (_at(first, radius) for radius in (INSIDE, OUTSIDE + 8))
        yield (
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor"'
            ' stroke-opacity=".3"/>'
        )
        x, y = _at(first + timedelta(days=14), MONTHS_AT)
        yield _text(say(f"wheel.month_{month}"), x, y, size=24)


def _rings(paper: YearPaper) -> Iterator[str]:
    for kind, (outer, inner) in _bands(paper).items():
        yield (
            f'<circle cx="{CENTRE}" cy="{CENTRE}" r="{outer:.1f}" fill="none"'
            ' stroke="currentColor" stroke-opacity=".45"/>'
        )
        yield (
            f'<text x="{CENTRE + 3}" y="{CENTRE - (outer + inner) / 2:.1f}" font-size="13"'
            f' dominant-baseline="central">{kind}</text>'
        )
    yield (
        f'<circle cx="{CENTRE}" cy="{CENTRE}" r="{INSIDE}" fill="none" stroke="currentColor"'
        ' stroke-opacity=".45"/>'
    )


def _legend(paper: YearPaper, *, say: Say) -> Iterator[str]:
    for line, kind in enumerate(_bands(paper)):
        told = escape(say(f"wheel.type_{kind}"))
        yield f'<text x="4" y="{18 + 18 * line}" font-size="15">{kind} {told}</text>'


def _dots(paper: YearPaper, *, say: Say) -> Iterator[str]:
    lanes = _lanes(paper)
    for meeting in sorted(paper.meetings, key=lambda each: (each.day, each.committee)):
        x, y = _at(meeting.day, lanes[meeting.committee])
        told = escape(meeting_in_words(meeting, paper, say=say))
        yield f'<circle cx="{x}" cy="{y}" r="{DOT}"><title>{told}</title></circle>'


def _bands(paper: YearPaper) -> Mapping[CommitteeType, tuple[float, float]]:
    """Give each kind of committee its ring, the wider the more committees there are of it."""
    sizes = Counter(committee.type for committee in paper.committees)
    rooms = {kind: max(LEAST_ROOM, sizes[kind]) for kind in CommitteeType if sizes[kind]}
    unit = (OUTSIDE - INSIDE) / (sum(rooms.values()) or 1)
    bands, outer = {}, OUTSIDE
    for kind, room in rooms.items():
        bands[kind] = (outer, outer - room * unit)
        outer -= room * unit
    return bands


def _lanes(paper: YearPaper) -> Mapping[CommitteeCode, float]:
    """Give each committee its own distance from the middle, inside the ring of its kind."""
    lanes: dict[CommitteeCode, float] = {}
    for kind, (outer, inner) in _bands(paper).items():
        codes = [committee.code for committee in paper.committees if committee.type is kind]
        step = (outer - inner) / len(codes)
        lanes |= {code: outer - step * (place + 0.5) for place, code in enumerate(codes)}
    return lanes


def _text(text: str, x: float, y: float, *, size: int) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="middle" dominant-baseline="central"'
        f' font-size="{size}">{escape(text)}</text>'
    )


def _at(day: date, radius: float) -> tuple[float, float]:
    """Give the point of a day: the year begins on top and goes the way the clock goes."""
    first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    turned = ((day - first).days + 0.5) / (after - first).days * 2 * pi
    return round(CENTRE + radius * sin(turned), 1), round(CENTRE - radius * cos(turned), 1)
