"""The text keys of papers that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.year_page import COLUMNS
from domain.exports import OF_ALERTS
from domain.papers import Attendance, ItemKind, ProposalPart
from domain.people import CommitteeType
from scheduler.lay_kinds import HANDED_OUT

STOOD_IN = (Attendance.ATTENDED, Attendance.CALLED)

PATTERNS: Mapping[str, set[str]] = {
    "own_papers.kind.{}": {
        f"own_papers.kind.{kind}" for kind in HANDED_OUT if kind not in OF_ALERTS
    },
    "board_paper.{}": {f"board_paper.{kind}" for kind in OF_ALERTS},
    "paper_ask.{}_title": {"paper_ask.ready_title", "paper_ask.refused_title"},
    "paper.attendance_{}": {f"paper.attendance_{each}" for each in Attendance},
    "paper.attendance_{}_for": {f"paper.attendance_{each}_for" for each in STOOD_IN},
    "paper.kind_{}": {f"paper.kind_{kind}" for kind in ItemKind},
    "paper.outcome_{}": {f"paper.outcome_{kind}" for kind in ItemKind},
    "paper.proposal_{}": {f"paper.proposal_{part}" for part in ProposalPart},
    "year_page.column.{}": {f"year_page.column.{key}" for key in COLUMNS},
    "wheel.month_{}": {f"wheel.month_{month}" for month in range(1, 13)},
    "wheel.type_{}": {f"wheel.type_{kind}" for kind in CommitteeType},
}
