"""Situation reports: how it stands, as each party sees it, and who has not said so (BER-43)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from domain.alerts import Situation
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import person_free


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationReport:
    """What one party said of the situation; it is never changed, a newer one takes its place.

    :param due_at: which report it was, where the plan's cadence asked for one.
    """

    id: UUID
    alert: UUID
    party: Party
    situation: Situation
    by: PersonId
    at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A report that a party owes, and since when."""

    party: Party
    due_at: datetime


def in_order(situation: Situation) -> Situation:
    """Let the four questions pass when they are answered, and hold no CPR number (BER-04, 51).

    Only what is needed may be left empty.

    :raises RuleBroken: `situation.unanswered`, `measure.cpr` or `measure.too_long`
    """
    said = {each.name: person_free(getattr(situation, each.name)) for each in fields(situation)}
    if not all(words for name, words in said.items() if name != "needs"):
        raise RuleBroken("situation.unanswered")
    return Situation(**said)


def latest(reports: Iterable[SituationReport]) -> Mapping[Party, SituationReport]:
    """Give the latest report of each party."""
    return {each.party: each for each in sorted(reports, key=lambda report: report.at)}


def missing(
    *,
    parties: Collection[Party],
    due: Iterable[datetime],
    reports: Mapping[Party, SituationReport],
    now: datetime,
) -> list[Missing]:
    """List who has not reported since the report before the last one fell due.

    Reporting early counts, and what was left out before that is not asked for any more.

    :param due: when reports are due: `Cadence.reports`.
    :param reports: the latest of each party.
    """
    passed = sorted(each for each in due if each <= now)
    if not passed:
        return []
    return [
        Missing(party=each, due_at=passed[-1])
        for each in parties
        if not _has_reported(reports.get(each), passed)
    ]


def _has_reported(report: SituationReport | None, passed: list[datetime]) -> bool:
    if report is None:
        return False
    return len(passed) == 1 or report.at > passed[-2]
