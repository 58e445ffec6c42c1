"""Figures across alerts: incidents by area and month, and drills beside what was real (BER-67)."""

from cards.board import View, frame
from cards.board_alert import drawn
from cards.figures.comparison import drill_beside_live
from cards.figures.incidents import incidents_figure
from cards.words import Say
from domain.alert_figures import Compared, Incidents


def figures_page(
    incidents: Incidents, drills: Incidents, compared: tuple[Compared, ...], *, say: Say
) -> View:
    """Give what the page draws; drills are in figures of their own (BER-63)."""
    figures = [
        incidents_figure(incidents, drill=False, id="incidents", say=say),
        incidents_figure(drills, drill=True, id="incidents-drills", say=say),
        drill_beside_live(compared, id="beside", say=say),
    ]
    return {
        **frame(say=say),
        "title": say("board.figures"),
        "lead": say("board.figures_lead"),
        "figures": [drawn(each) for each in figures],
    }
