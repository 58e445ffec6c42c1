"""Plan templates and the catalogue of measures, as data that has been looked through (BER-39)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.alerts import Level
from domain.parties import Party
from domain.people import PersonId
from domain.plan_cadence import NOBODY_REPORTS, Cadence
from domain.plan_times import When

Data = str | list["Data"] | dict[str, "Data"]
"""What a template is written as: words, lists and fields; numbers and hours are words too."""


class PlanKind(StrEnum):
    """What a plan is for; searching finds it by either Danish word (readiness.md §5.0)."""

    ACUTE = "acute"  # handleplan
    KNOWN = "known"  # beredskabsplan: known in advance
    DRILL = "drill"  # øvelse


class PlanTier(StrEnum):
    """How much of a plan somebody gets (BER-48)."""

    FULL = "full"  # the parties
    ORIENTATION = "orientation"  # without names
    EXTERNAL = "external"  # reduced


class Steering(StrEnum):
    """What the steering group is asked for (BER-46)."""

    ORIENTATION = "orientation"
    APPROVAL = "approval"


class CardRole(StrEnum):
    """Whose action card it is (readiness.md §5.4)."""

    SECRETARIAT = "secretariat"
    SSP_LEADER = "ssp_leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureKind:
    """A measure that can be in a plan: M1 … M19; M20, investigation, never is one (S115).

    :param revision: counts the Secretariat's changes of it.
    :param party: who is responsible; none where each party is, for itself.
    :param assists: who helps, in words; who is outside SSP is only ever here.
    :param daily: done today, it is due again tomorrow, until the period ends.
    :param wordless: only done or not done is kept, since the rest belongs to the young people's
        own cases (M3).
    :param in_use: whether it is offered; plans that have it keep it when it is not.
    """

    code: str
    revision: int = 0
    title: str = field(repr=False)
    party: Party | None
    deadline: When
    assists: str = field(default="", repr=False)
    daily: bool = False
    wordless: bool = False
    in_use: bool = True

    @property
    def for_each(self) -> bool:
        return self.party is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeasure:
    """A measure in a template.

    :param first_day: to be done in the first 24 hours.
    """

    kind: str
    deadline: When
    first_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Who else gets the plan, in which version, and on which condition if any (BER-48)."""

    to: str = field(repr=False)
    tier: PlanTier
    when: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when a plan is meant to run."""

    begins: When
    ends: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists of readiness.md §5.4; a template that says nothing of its own has these."""

    goal: tuple[str, ...] = field(repr=False)
    agenda: tuple[str, ...] = field(repr=False)
    questions: tuple[str, ...] = field(repr=False)  # of a situation report
    close_down: tuple[str, ...] = field(repr=False)
    normal: tuple[str, ...] = field(repr=False)  # what normalisation is known by (BER-58)
    evaluation: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCard:
    """What somebody does first, step by step."""

    role: CardRole
    title: str = field(repr=False)
    steps: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a plan is made from.

    :param version: of what ships with the bot; `revision` counts the Secretariat's changes.
    :param level: none for a drill, which has whatever level is practised.
    :param externals: who outside SSP is suggested; each only by a reasoned choice (BER-12).
    :param at_once: the steering group hears of it when it begins, not when the plan is finished.
    :param period: none where somebody must set it (BER-56).
    :param meetings: when a readiness meeting is suggested.
    :param rehearses: the templates that a drill can practise.
    :param becomes: the template of the alert, if what was planned for goes wrong.
    """

    code: str
    version: int
    revision: int = 0
    kind: PlanKind
    title: str = field(repr=False)
    trigger: str = field(repr=False)
    level: Level | None
    parties: tuple[Party, ...]
    externals: tuple[str, ...] = field(default=(), repr=False)
    measures: tuple[PlannedMeasure, ...]
    distribution: tuple[Share, ...] = ()
    steering: Steering = Steering.ORIENTATION
    at_once: bool = False
    period: Span | None = None
    cadence: Cadence = NOBODY_REPORTS
    meetings: tuple[When, ...] = ()
    lists: Lists = field(repr=False)
    rehearses: tuple[str, ...] = ()
    becomes: str = ""
    in_use: bool = True

    @property
    def label(self) -> str:
        """Which edition it is: the version that shipped, and the changes made to it since."""
        return f"{self.version}.{self.revision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What the Secretariat changed in a template, or a template of its own; kept as JSON.

    A measure of the catalogue is changed, and added, the same way.

    :param template: its code, H1; of a measure that measure's, M4.
    :param changes: fields as they are written in the file; None takes a field away.
    :param because: why, as somebody put it.
    :param alert: from which it was learned, where that is so (BER-61).
    """

    template: str
    revision: int
    changes: Mapping[str, Data | None] = field(repr=False)
    by: PersonId
    at: datetime
    because: str = field(default="", repr=False)
    alert: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that plans are made from, at one moment."""

    measures: Mapping[str, MeasureKind]
    templates: Mapping[str, Template]
    lists: Lists
    cards: Mapping[CardRole, ActionCard]

    def offered(self, kind: PlanKind) -> Sequence[Template]:
        """List the templates of a kind that are in use."""
        return [each for each in self.templates.values() if each.kind is kind and each.in_use]

    def addable(self) -> Mapping[str, MeasureKind]:
        """Give the measures that are in use, by code: what can be put into a plan."""
        return {code: each for code, each in self.measures.items() if each.in_use}


def merged(shipped: Mapping[str, Data], changes: Mapping[str, Data | None]) -> dict[str, Data]:
    """Lay changes over what shipped: whole fields, and what nobody changed stays as it ships."""
    laid = {**shipped, **changes}
    return {name: value for name, value in laid.items() if value is not None}


def rehearsing(drill: Template, template: Template) -> Template:
    """Practise another template in a drill: its measures, parties and level, the drill's hours."""
    return replace(
        drill,
        level=template.level,
        parties=template.parties,
        measures=template.measures,
        lists=replace(drill.lists, goal=template.lists.goal),
    )


def practised(template: Template, catalogue: Catalogue, *, code: str = "") -> Template:
    """Give what a plan is made of: for a drill of a plan, what it practises (BER-63).

    :param code: which of those it can practise; the first, unless somebody chose.
    """
    if not template.rehearses:
        return template
    return rehearsing(template, catalogue.templates[code or template.rehearses[0]])
