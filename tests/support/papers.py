"""Examples of papers, and what stands in the files made of them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import docx

from demo.committees import COMMITTEES
from domain.papers import (
    Annex,
    Attendance,
    ItemKind,
    MeetingPaper,
    PaperItem,
    PaperTask,
    Participant,
    ProposalPart,
    YearMeeting,
    YearPaper,
)
from domain.people import Authority

MADE_AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
HELD_ON = date(2027, 3, 10)

PARTICIPANTS = (
    Participant(
        name="Anna Bregnekær",
        function="Skoleleder",
        authority=Authority.BUF,
        attendance=Attendance.ATTENDED,
    ),
    Participant(
        name="Carl Ulvesti",
        function="Sektionsleder",
        authority=Authority.KP,
        attendance=Attendance.DECLINED,
    ),
    Participant(
        name="Dina Kildemark",
        function="Sektionsleder",
        authority=Authority.KP,
        attendance=Attendance.ATTENDED,
        stands_for="Carl Ulvesti",
    ),
    Participant(
        name="Erik Langvad",
        function="Bydelsleder",
        authority=Authority.KFF,
        attendance=Attendance.ABSENT,
    ),
    Participant(
        name="Fie Rosted",
        function="Bibliotekschef",
        authority=Authority.KFF,
        attendance=Attendance.CALLED,
        stands_for="Erik Langvad",
    ),
)
ITEMS = (
    PaperItem(
        kind=ItemKind.DECISION,
        title="Aftenåbent i fritidscentrene",
        text="Der har været uro ved stationen.",
        proposal={
            ProposalPart.MANAGERS: "Drøftet den 3. februar; chefgruppen støtter.",
            ProposalPart.RECOMMENDATION: "at to centre holder åbent\nat det evalueres",
            ProposalPart.PROBLEM: "Unge samles uden voksne.",
        },
        annexes=(
            Annex(title="Tal for 2026", url="https://ssp.example/tal?a=1&b=2"),
            Annex(title="Et kort", url="file:kort.pdf"),
        ),
        decision="Indstillingen blev tiltrådt.",
        tasks=(
            PaperTask(owner="Bo Havrelygte", words="Skrive til centrene", due_on=date(2027, 4, 1)),
        ),
    ),
    PaperItem(
        kind=ItemKind.ORIENTATION,
        title="Nyt fra politiet",
        decision="Taget til efterretning.",
        sudden=True,
    ),
)


def a_meeting(
    *,
    items: tuple[PaperItem, ...] = ITEMS,
    participants: tuple[Participant, ...] = PARTICIPANTS,
    place: str = "Rådhuset",
) -> MeetingPaper:
    return MeetingPaper(
        reference="M2027-0042",
        committee="Ledergruppe 3",
        day=HELD_ON,
        starts=time(9),
        minutes=90,
        place=place,
        leader="Bo Havrelygte",
        participants=participants,
        items=items,
    )


def a_year(year: int = 2027) -> YearPaper:
    """Let each committee meet every fourth week, on a weekday of its own."""
    return YearPaper(
        year=year,
        committees=COMMITTEES,
        meetings=tuple(
            YearMeeting(
                committee=committee.code,
                day=date.fromisocalendar(year, 2, 1) + timedelta(days=each % 5, weeks=week),
                starts=time(9),
                minutes=90,
            )
            for each, committee in enumerate(COMMITTEES)
            for week in range(0, 48, 4)
        ),
    )


def lines_of(file: bytes) -> Iterator[str]:
    """Read a Word document from top to bottom: its paragraphs, and each row of its tables."""
    for part in docx.Document(BytesIO(file)).iter_inner_content():
        if hasattr(part, "rows"):
            yield from (" | ".join(cell.text for cell in row.cells) for row in part.rows)
        elif part.text:
            yield part.text


def kinds_in_pdf(file: bytes) -> list[str]:
    """Name what the tags of a PDF call its parts, such as H1 and TH."""
    return [kind.decode() for kind in re.findall(rb"/S ?/(\w+)", file)]
