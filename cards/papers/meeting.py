"""A meeting's agenda and its minutes: one paper, with or without what came of it (MTG-27)."""

from collections.abc import Iterator
from datetime import datetime

from cards.papers.blocks import Block, Facts, Grid, Heading, Links, Paper, Words
from cards.papers.docx import as_docx
from cards.papers.pdf import as_pdf
from cards.words import Say
from domain.papers import Attendance, MeetingPaper, PaperItem, Participant, ProposalPart

_NUMBERED = {ProposalPart.RECOMMENDATION}


def agenda_pdf(paper: MeetingPaper, *, final: bool, made_at: datetime, say: Say) -> bytes:
    return as_pdf(agenda(paper, final=final, say=say), made_at=made_at)


def agenda_docx(paper: MeetingPaper, *, final: bool, made_at: datetime, say: Say) -> bytes:
    return as_docx(agenda(paper, final=final, say=say), made_at=made_at)


def minutes_pdf(paper: MeetingPaper, *, approved: bool, made_at: datetime, say: Say) -> bytes:
    return as_pdf(minutes(paper, approved=approved, say=say), made_at=made_at)


def minutes_docx(paper: MeetingPaper, *, approved: bool, made_at: datetime, say: Say) -> bytes:
    return as_docx(minutes(paper, approved=approved, say=say), made_at=made_at)


def agenda(paper: MeetingPaper, *, final: bool, say: Say) -> Paper:
    """Write the agenda: whom it is for and what is on it, and nothing of what came of it."""
    kind = say("paper.agenda_final" if final else "paper.agenda_provisional")
    return _paper(paper, kind=kind, held=False, say=say)


def minutes(paper: MeetingPaper, *, approved: bool, say: Say) -> Paper:
    """Write the same with who came and what was decided (SGF-4)."""
    kind = say("paper.minutes_approved" if approved else "paper.minutes_draft")
    return _paper(paper, kind=kind, held=True, say=say)


def _paper(paper: MeetingPaper, *, kind: str, held: bool, say: Say) -> Paper:
    title = say("paper.title", kind=kind, committee=paper.committee)
    return Paper(
        title=title,
        subject=f"{kind} {paper.reference}",
        author=say("paper.author"),
        page=say("paper.page"),
        language=say.language,
        blocks=[
            Heading(level=1, text=title),
            _about(paper, say=say),
            Heading(level=2, text=say("paper.participants")),
            _participants(paper, held=held, say=say),
            Heading(level=2, text=say("paper.items")),
            *_items(paper, held=held, say=say),
        ],
    )


def _about(paper: MeetingPaper, *, say: Say) -> Facts:
    hours = say("paper.hours", starts=f"{paper.starts:%H.%M}", ends=f"{paper.ends:%H.%M}")
    return Facts(
        rows=(
            (say("paper.reference"), paper.reference),
            (say("paper.day"), say.day(paper.day)),
            (say("paper.time"), hours),
            (say("paper.place"), paper.place),
            (say("paper.leader"), paper.leader),
        )
    )


def _participants(paper: MeetingPaper, *, held: bool, say: Say) -> Block:
    if not paper.participants:
        return Words(text=say("paper.no_participants"))
    head = (say("paper.name"), say("paper.function"), say("paper.authority"))
    rows = [
        (who.name, who.function, say(f"authority.{who.authority}")) for who in paper.participants
    ]
    if not held:
        return Grid(head=head, rows=tuple(rows), widths=(4, 4, 4))
    came = [attendance(who, say=say) for who in paper.participants]
    return Grid(
        head=(*head, say("paper.attendance")),
        rows=tuple((*row, how) for row, how in zip(rows, came, strict=True)),
        widths=(4, 4, 4, 4),
    )


def attendance(who: Participant, *, say: Say) -> str:
    """Tell how it went with somebody, as Danish minutes do: for whom a substitute came."""
    if who.attendance is None:
        return say("paper.attendance_unknown")
    if who.stands_for and who.attendance in {Attendance.ATTENDED, Attendance.CALLED}:
        return say(f"paper.attendance_{who.attendance}_for", member=who.stands_for)
    return say(f"paper.attendance_{who.attendance}")


def _items(paper: MeetingPaper, *, held: bool, say: Say) -> Iterator[Block]:
    if not paper.items:
        yield Words(text=say("paper.no_items"))
    for number, item in enumerate(paper.items, start=1):
        yield Heading(level=3, text=f"{number}. {item.title}")
        yield Facts(rows=((say("paper.kind"), _kind(item, say=say)),))
        yield Words(text=item.text)
        yield from _proposal(item, say=say)
        if held:
            yield from _outcome(item, say=say)


def _outcome(item: PaperItem, *, say: Say) -> Iterator[Block]:
    yield Heading(level=4, text=say(f"paper.outcome_{item.kind}"))
    yield Words(text=item.decision or say("paper.no_outcome"))
    if item.tasks:
        head = (say("paper.task"), say("paper.task_owner"), say("paper.task_due"))
        rows = [(task.words, task.owner, say.day(task.due_on)) for task in item.tasks]
        yield Grid(head=head, rows=tuple(rows), widths=(6, 3, 3))


def _kind(item: PaperItem, *, say: Say) -> str:
    kind = say(f"paper.kind_{item.kind}")
    return say("paper.sudden", kind=kind) if item.sudden else kind


def _proposal(item: PaperItem, *, say: Say) -> Iterator[Block]:
    for part in ProposalPart:
        if text := item.proposal.get(part, "").strip():
            yield Heading(level=4, text=say(f"paper.proposal_{part}"))
            yield Words(text=_recommended(text, say=say) if part in _NUMBERED else text)
    if item.annexes:
        yield Heading(level=4, text=say("paper.annexes"))
        yield Links(links=tuple((annex.title, annex.url) for annex in item.annexes))


def _recommended(text: str, *, say: Say) -> str:
    """Give each thing that is recommended its number, as the municipality's proposals do."""
    lines = filter(None, (line.strip() for line in text.splitlines()))
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    return "\n".join([say("paper.recommended"), *numbered])
