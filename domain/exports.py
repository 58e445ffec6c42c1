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
    OWN_CALENDAR = "own_calendar"  # of somebody's own coming meetings, to them
    YEAR_PLAN = "year_plan"  # of the year's meetings, to who plans them
    REGISTER = "register"  # of people and committees, to the Secretariat


AGENDAS: Final = frozenset({ExportKind.AGENDA_PDF, ExportKind.AGENDA_DOCX})
LIES_FOR: Final = timedelta(days=14)  # where documents are laid, or handed out


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A document somebody asked for; what is in it is read when it is written.

    `about` is the journal task, the case, the request for access, the meeting or the year of
    meetings; `reason` the record of why. What needs no reason has its own id there, and what is
    about no matter has it as `about` too. `laid_at` is when it was ready, `file` what it is
    called in the folder where it lies there, `why_not` why it was not made.
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
