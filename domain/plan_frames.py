"""What a plan keeps of its template beside the measures: reports, distribution and lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from domain.errors import RuleBroken
from domain.plan_cadence import Cadence, Phase
from domain.plan_templates import Data, Lists, PlanTier, Share
from domain.plan_times import read_hour, read_when
from domain.template_fields import Fields, TemplateFlawed

LISTS = ("goal", "agenda", "questions", "close_down", "normal", "evaluation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a plan keeps of its template beside the measures."""

    cadence: Cadence
    distribution: tuple[Share, ...]
    externals: tuple[str, ...] = field(repr=False)
    lists: Lists


def read_frame(data: Mapping[str, Data]) -> Frame:
    """Read what `written_frame` wrote.

    :raises TemplateFlawed: when somebody else wrote it.
    """
    problems: list[RuleBroken] = []
    known = ("cadence", "reports", "distribution", "externals", "lists")
    entry = Fields(dict(data), about="plan", known=known, problems=problems)
    frame = Frame(
        cadence=cadence_of(entry),
        distribution=distribution_of(entry),
        externals=entry.texts("externals"),
        lists=lists_from(data.get("lists", {}), problems),
    )
    if problems:
        raise TemplateFlawed(problems)
    return frame


def lists_from(data: Data, problems: list[RuleBroken]) -> Lists:
    """Read the lists of readiness.md §5.4; each must have something in it."""
    file = Fields(data, about="lists", known=LISTS, problems=problems)
    for each in LISTS:
        if not file.items(each):
            file.note(RuleBroken("template.missing", about=file.about, field=each))
    return Lists(**{each: file.texts(each) for each in LISTS})


def distribution_of(entry: Fields) -> tuple[Share, ...]:
    """Read who else gets the plan."""
    return tuple(
        Share(to=each.text("to"), tier=each.word("tier", PlanTier), when=each.text_if_any("when"))
        for each in entry.records("distribution", known=("to", "tier", "when"))
    )


def cadence_of(entry: Fields) -> Cadence:
    """Read how often each authority reports."""
    phases = []
    for each in entry.records("cadence", known=("hours", "days", "at", "lasting")):
        if not each.has("hours") and not each.items("at"):
            each.note(RuleBroken("template.missing", about=each.about, field="at"))
        hours = each.number("hours", least=0, most=24, otherwise=0)
        lasting = each.number("lasting", least=0, most=365, otherwise=0)
        phases.append(
            Phase(
                every=timedelta(hours=hours) if hours else None,
                days=each.number("days", least=1, most=31, otherwise=1),
                at=each.reads("at", read_hour),
                lasting=lasting or None,
            )
        )
    return Cadence(phases=tuple(phases), moments=entry.reads("reports", read_when))
