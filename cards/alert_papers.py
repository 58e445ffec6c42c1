"""What can be had of an alert, as it is offered in the chat; and the way to the board."""

from collections.abc import Sequence

from cards import blocks
from cards.alert_words import drilled, standing_lines
from cards.alerts import about_alert
from cards.delivery import Part, aside, said, sheet
from cards.own_papers import alert_paper
from cards.shown import Shown
from cards.words import Say
from domain.alerts import Alert
from domain.exports import ExportKind

CHOSEN = "paper"  # the input that says which paper is wanted


def offered(alert: Alert, kinds: Sequence[ExportKind], *, say: Say) -> Shown:
    """Let somebody choose a paper of an alert."""
    choices = {each.value: alert_paper(each, say) for each in kinds}
    asked = blocks.choice_input(
        CHOSEN, say("alertpaper.which"), choices, value=kinds[0].value, narrow=True
    )
    title = say("alertpaper.title", reference=alert.reference)
    data = about_alert(alert)
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            said(say("board.papers_lead")),
            Part(piece=asked, words=""),
            said(say("alertpaper.typed", reference=alert.reference)),
            aside(standing_lines(say)[1]),
        ],
        say=say,
        asking="alertpaper.ask",
        actions=[
            (say("button.alertpaper.ask"), "alertpaper.ask", data),
            (say("button.alert.back"), "alert.open", data),
        ],
    )


def board(link: str, *, alert: Alert | None = None, say: Say) -> Shown:
    """Lead to the board, or to one alert on it.

    :param link: empty where we do not know our own place in Teams.
    """
    title = say("board.title")
    if alert is not None:
        title = drilled(
            say("alertpaper.board_of", reference=alert.reference), drill=alert.drill, say=say
        )
    body = say("alertpaper.board_body")
    return Shown(
        words=f"{title}\n{body}",
        summary=title,
        card=blocks.card(
            blocks.heading(title),
            blocks.paragraph(body),
            say=say,
            summary=title,
            actions=[
                *([blocks.link(say("button.board.link"), link)] if link else []),
                blocks.button(say("button.alert.list"), "alert.list", {}, inputs=False),
            ],
        ),
    )
