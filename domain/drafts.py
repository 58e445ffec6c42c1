"""A form somebody has begun and not yet sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.notices import Notice, NoticeKind
from domain.people import PersonId

LIVES = timedelta(days=14)  # domain.md §16 retention: drafts
REMIND_AFTER = timedelta(days=10)  # concern.md §4.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One person's unfinished form, found among those of its owner only.

    `about` is the object of a form that is about one: a person has one draft for each form
    and object. What they type is an answer in the one that `listens`, if any does.
    `body` holds what was answered (JSON values only) and is sealed at rest.
    `revision` counts the stored versions, so that two devices cannot overwrite each other.
    """

    id: UUID
    owner: PersonId
    flow: str
    step: str
    revision: int
    began_at: datetime
    body: Mapping[str, object] = field(repr=False)
    about: UUID | None = None
    listens: bool = True

    @property
    def expires_at(self) -> datetime:
        return self.began_at + LIVES


def reminder(draft: Draft) -> Notice:
    """Promise one reminder of a draft; it falls away when the draft has (concern.md §4.6)."""
    return Notice(
        kind=NoticeKind.DRAFT_REMINDER,
        about=draft.id,
        due_at=draft.began_at + REMIND_AFTER,
        person=draft.owner,
    )
