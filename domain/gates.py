"""The gate of §115 that every disclosure passes first (domain.md S115-8)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.errors import RuleBroken
from domain.people import CommitteeCode, Office, PersonId

GATE_VERSION = 1

REASON_AT_MOST = 500  # characters
HEIGHTENED_REASON_AT_LEAST = 20  # characters (concern.md field 5.6)

Recipient = CommitteeCode | PersonId | Office


class Condition(StrEnum):
    """The three conditions that must all hold (S115-2)."""

    PART_OF_SSP = "part_of_ssp"
    REASONABLE = "reasonable"
    NECESSARY = "necessary"


class Sensitive(StrEnum):
    """Kinds of data for which the assessment is stricter (S115-3)."""

    HEALTH = "health"
    RELIGION = "religion"
    ETHNICITY = "ethnicity"
    POLITICS = "politics"
    SEX_LIFE = "sex_life"
    TRADE_UNION = "trade_union"
    BIOMETRIC = "biometric"


class Purpose(StrEnum):
    """Why data may be disclosed at all; "for orientation" is no purpose (S115-11)."""

    CRIME_PREVENTION = "crime_prevention"


ADMINISTRATION: Final = "ADMINISTRATION"  # why something is done in which nothing is disclosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What somebody answered to the questions of the gate, before it opens (S115-8)."""

    part_of_ssp: bool
    reasonable: bool
    necessary: bool
    reason: str = field(repr=False)
    sensitive: frozenset[Sensitive] = field(repr=False)
    heightened_reason: str = field(default="", repr=False)

    @property
    def failed(self) -> tuple[Condition, ...]:
        """Name the conditions that do not hold, in the order of the law."""
        return failed_conditions(
            part_of_ssp=self.part_of_ssp, reasonable=self.reasonable, necessary=self.necessary
        )

    def opens_to(
        self, recipients: Collection[Recipient], *, by: PersonId, at: datetime, task: str = ""
    ) -> "Gate":
        """Open the gate to these recipients.

        :raises RuleBroken: as a gate does that must not be open.
        """
        return Gate(
            part_of_ssp=self.part_of_ssp,
            reasonable=self.reasonable,
            necessary=self.necessary,
            reason=self.reason,
            sensitive=self.sensitive,
            heightened_reason=self.heightened_reason,
            recipients=frozenset(recipients),
            task=task,
            by=by,
            at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Somebody's judgement that these recipients need this; a gate that exists is open.

    `task` is what they are to do with it; whoever handles a concern has that for a task.

    :raises RuleBroken: `gate.condition_failed` with the failed ones as `which`,
        `gate.reason_missing`, `gate.reason_too_long` with `at_most`,
        `gate.heightened_reason_missing` with `at_least`, or `gate.recipient_missing`
    """

    part_of_ssp: bool
    reasonable: bool
    necessary: bool
    reason: str = field(repr=False)
    sensitive: frozenset[Sensitive] = field(repr=False)
    heightened_reason: str = field(default="", repr=False)
    recipients: frozenset[Recipient]
    by: PersonId
    at: datetime
    task: str = field(default="", repr=False)
    purpose: Purpose = Purpose.CRIME_PREVENTION
    gate_version: int = GATE_VERSION

    def __post_init__(self) -> None:
        failed = failed_conditions(
            part_of_ssp=self.part_of_ssp, reasonable=self.reasonable, necessary=self.necessary
        )
        if failed:
            raise RuleBroken("gate.condition_failed", which=failed)
        if not self.reason.strip():
            raise RuleBroken("gate.reason_missing")
        if len(self.reason) > REASON_AT_MOST:
            raise RuleBroken("gate.reason_too_long", at_most=REASON_AT_MOST)
        if self.sensitive and len(self.heightened_reason.strip()) < HEIGHTENED_REASON_AT_LEAST:
            raise RuleBroken("gate.heightened_reason_missing", at_least=HEIGHTENED_REASON_AT_LEAST)
        if not self.recipients:
            raise RuleBroken("gate.recipient_missing")


def failed_conditions(
    *, part_of_ssp: bool, reasonable: bool, necessary: bool
) -> tuple[Condition, ...]:
    """Name the conditions that do not hold, in the order of the law."""
    holds = {
        Condition.PART_OF_SSP: part_of_ssp,
        Condition.REASONABLE: reasonable,
        Condition.NECESSARY: necessary,
    }
    return tuple(condition for condition, it_holds in holds.items() if not it_holds)
