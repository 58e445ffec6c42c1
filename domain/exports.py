"""Documents made of a matter: asked for with a reason, laid in a folder, sent from there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.people import PersonId


class ExportKind(StrEnum):
    """What the document is for."""

    FILING = "filing"  # into an authority's records system (NOT-2)
    CASE = "case"  # to somebody who may have it, by a secure mailbox (NOT-3)
    ACCESS = "access"  # to the person it is about (ACC-3)
    AGENDA_PDF = "agenda_pdf"  # of a committee's meeting, to somebody who reads it
    AGENDA_DOCX = "agenda_docx"
    MINUTES_PDF = "minutes_pdf"
    MINUTES_DOCX = "minutes_docx"
    CALENDAR = "calendar"  # of one meeting, to who reads it
    READINESS_CALENDAR = "readiness_calendar"  # of a readiness meeting, to who sees its alert
    OWN_CALENDAR = "own_calendar"  # of somebody's own coming meetings, to them
    PLAN_FULL = "plan_full"  # an action plan, to a party
    PLAN_ORIENTATION = "plan_orientation"  # without names
    PLAN_EXTERNAL = "plan_external"  # reduced, to be handed over to somebody outside SSP
    YEAR_PLAN = "year_plan"  # of the year's meetings, to who plans them
    REGISTER = "register"  # of people and committees, to the Secretariat
    # of an alert, to who may see it (BER-70)
    ALERT_PLAN = "alert_plan"
    ALERT_CARDS = "alert_cards"
    ALERT_CALL_LIST = "alert_call_list"
    ALERT_FIGURES = "alert_figures"
    ALERT_LOG_PDF = "alert_log_pdf"
    ALERT_LOG_HTML = "alert_log_html"
    ALERT_LOG_TEXT = "alert_log_text"
    ALERT_LOG_CSV = "alert_log_csv"
    ALERT_RECIPIENTS = "alert_recipients"
    ALERT_MEASURES = "alert_measures"
    ALERT_JSON = "alert_json"
    ALERT_CAP = "alert_cap"


AGENDAS: Final = frozenset({ExportKind.AGENDA_PDF, ExportKind.AGENDA_DOCX})
OF_ALERTS: Final = tuple(each for each in ExportKind if each.startswith("alert_"))
LOGS: Final = frozenset(each for each in OF_ALERTS if each.startswith("alert_log"))
LIES_FOR: Final = timedelta(days=14)  # where documents are laid, or handed out


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A document somebody asked for; what is in it is read when it is written.

    `about` is the journal task, the case, the request for access, the meeting, the plan, the
    alert or the year of meetings; `reason` the record of why. What needs no reason has its own id
    there, and what is about no matter has it as `about` too. `laid_at` is when it was ready,
    `file` what it is called in the folder where it lies there, `why_not` why it was not made.
    """

    id: UUID
    kind: ExportKind
    about: UUID
    reason: UUID
    by: PersonId
    at: datetime
    laid_at: datetime | None = None
    file: str | None = None
    why_not: str | None = None
