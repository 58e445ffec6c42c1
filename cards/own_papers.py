"""One's own papers: where each is once it is made, and the list of them in the tab."""

from collections.abc import Sequence

from cards.alert_words import drilled
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.alerts import Alert
from domain.dates import local_date
from domain.exports import OF_ALERTS, Export, ExportKind

Line = tuple[Export, str]  # a paper, and the number of its meeting or alert if it has one


def where(export: Export, *, say: Say) -> list[str]:
    """Say where a paper is handed out, and that it lies in the folder too; or why it is not made.

    In the folder it lies for who has the folder only.
    """
    if export.why_not:
        return [say(f"export.not_made_{export.why_not}")]
    lies = [say("own_papers.in_folder", file=unmarked(export.file))] if export.file else []
    return [say("own_papers.in_tab"), *lies]


def asked_for(export: Export, *, drill: bool = False, say: Say) -> Shown:
    """Say that a document is being made, or where it is already (BER-62)."""
    body = where(export, say=say) if export.laid_at else [say("paper_ask.body")]
    return message(
        drilled(say("paper_ask.title"), drill=drill, say=say),
        *body,
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def paper_ready(reference: str, export: Export, *, drill: bool = False, say: Say) -> Shown:
    """Tell who asked where the document is, or why it was not made."""
    how = "refused" if export.why_not else "ready"
    return message(
        drilled(say(f"paper_ask.{how}_title", reference=reference), drill=drill, say=say),
        *where(export, say=say),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def alert_paper_ready(alert: Alert, export: Export, *, say: Say) -> Shown:
    """Tell who asked where a paper of an alert is, or why it was not made (BER-62)."""
    how = "refused" if export.why_not else "ready"
    title = say(f"paper_ask.{how}_title", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        *where(export, say=say),
        say=say,
        actions=[
            (say("button.alert.open"), "alert.open", about("alert", alert.id, alert.version))
        ],
    )


def calendar_ready(export: Export, *, say: Say) -> Shown:
    """Tell who asked where the file of their own meetings is, or why it was not made."""
    how = "refused" if export.why_not else "laid"
    good_for = [] if export.why_not else [say("my_meetings.calendar_good_for")]
    return message(
        say(f"my_meetings.calendar_{how}_title"),
        *where(export, say=say),
        *good_for,
        say=say,
        actions=[(say("button.my_meetings.list"), "my_meetings.list", {})],
    )


def papers_list(papers: Sequence[Line], *, say: Say) -> dict[str, object]:
    """Give what the tab lists: what each is, and the id by which it is fetched."""
    return {
        "title": say("own_papers.title"),
        "lead": say("own_papers.lead" if papers else "own_papers.none"),
        "rows": [
            {
                "id": str(export.id),
                "words": _called(export, reference, say=say),
                "when": say("own_papers.asked", day=say.day(local_date(export.at))),
            }
            for export, reference in papers
        ],
    }


def _called(export: Export, reference: str, *, say: Say) -> str:
    if export.kind in OF_ALERTS:
        return say("own_papers.of_alert", reference=reference, what=alert_paper(export.kind, say))
    return say(f"own_papers.kind.{export.kind}", reference=reference)


def alert_paper(kind: ExportKind, say: Say) -> str:
    """Name a paper of an alert."""
    return say(f"board_paper.{kind}")
