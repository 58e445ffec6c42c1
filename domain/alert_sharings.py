"""Who got what of an alert, and when: versions of the plan, C3, word to one's own staff."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plan_measures import person_free
from domain.plan_templates import PlanTier

NAME_AT_MOST = 80  # characters


class ShareKind(StrEnum):
    """What was shared."""

    PLAN = "plan"  # a version of the plan (BER-48)
    BRIEFED = "briefed"  # an SSP leader has told their own staff (BER-49)
    C3 = "c3"  # a person has sent it by C3; the bot never does (BER-50)


class ShareWay(StrEnum):
    """How it got there."""

    TEAMS = "teams"
    MAIL = "mail"
    C3 = "c3"
    PHONE = "phone"
    BY_HAND = "by_hand"  # printed, or sent by a person in a way of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """One receiver of one thing: who got which version when. It is never changed or removed.

    :param alert: none for a plan that the calendar grew, and nothing has come of.
    :param number: and `checksum`: which version of the plan it was; none for a draft.
    :param person: who got it; for `BRIEFED`, the leader who says that they have told theirs; for
        `C3`, who sent it.
    :param outside: the organisation that got it, where it was none of our people.
    :param list: the distribution list by which they got it.
    :param words: the text as it was sent, where that was written for the purpose.
    """

    id: UUID
    kind: ShareKind
    alert: UUID | None
    plan: UUID | None = None
    number: int | None = None
    checksum: str = ""
    tier: PlanTier | None = None
    person: PersonId | None = None
    outside: str = field(default="", repr=False)
    list: UUID | None = None
    way: ShareWay
    words: str = field(default="", repr=False)
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionList:
    """An audience under a name, such as Team Sikker By, and how much those get (BER-11, BER-48).

    :param tier: none for a list that alerts are sent to.
    :param version: 0 until it is kept.
    """

    id: UUID
    name: str = field(repr=False)
    audience: Audience
    tier: PlanTier | None = None
    in_use: bool = True
    by: PersonId
    at: datetime
    version: int = 0


def named(name: str) -> str:
    """Let a list's name pass.

    :raises RuleBroken: `list.no_name`, `measure.cpr` or `measure.too_long`
    """
    said = person_free(name, at_most=NAME_AT_MOST)
    if not said:
        raise RuleBroken("list.no_name")
    return said
