"""Notices: what somebody must hear, and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from domain.people import CommitteeCode, PersonId


class NoticeKind(StrEnum):
    CONCERN_WAITING = "concern_waiting"  # to the facilitator, or the Secretariat in triage
    CONCERN_GRAVE = "concern_grave"  # to the police's and social services' seats (CON-8)
    CONCERN_REMINDER = "concern_reminder"  # not yet taken up
    CONCERN_OVERDUE = "concern_overdue"  # past the latest first coordination
    CONCERN_PING = "concern_ping"  # the group's channel: reference and area only (CON-7)
    CONCERN_STATUS = "concern_status"  # to the reporter: taken up, redirected …
    CONCERN_ADDED = "concern_added"  # the reporter added information (CON-10)
    CONCERN_NO_RECEIVER = "concern_no_receiver"  # to the Secretariat: nobody in the group can
    RECUSAL_TO_DECIDE = "recusal_to_decide"  # to the Secretariat (INH-2)
    DRAFT_REMINDER = "draft_reminder"  # on day ten, without content


PAUSABLE = frozenset({NoticeKind.CONCERN_REMINDER, NoticeKind.DRAFT_REMINDER})  # teams.md §7.19


class Tier(IntEnum):
    """Who goes first when many notices are due at once."""

    ALERT = 0
    URGENT = 1
    ORDINARY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell one person, or one committee's channel, at `due_at`.

    It carries ids only: what it says is drawn when it is sent, as things stand then.
    The dedupe key makes telling the same thing twice impossible.
    """

    kind: NoticeKind
    about: UUID
    due_at: datetime
    person: PersonId | None = None
    channel: CommitteeCode | None = None
    tier: Tier = Tier.ORDINARY
    round: int = 1

    @property
    def dedupe_key(self) -> str:
        return f"{self.kind}:{self.about}:{self.person or self.channel}:{self.round}"
