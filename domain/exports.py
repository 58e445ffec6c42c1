"""Documents made of a matter: asked for with a reason, laid in a folder, sent from there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.people import PersonId


class ExportKind(StrEnum):
    """What the document is for."""

    FILING = "filing"  # into an authority's records system (NOT-2)
    CASE = "case"  # to somebody who may have it, by a secure mailbox (NOT-3)
    ACCESS = "access"  # to the person it is about (ACC-3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A document somebody asked for; what is in it is read when it is written.

    `about` is the journal task, the case or the request for access; `reason` the record of
    why. `file` is what it is called in the folder, `why_not` why it is not there.
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
