"""Templates written down as they are read: for a form to edit, and for a plan to keep (BER-39)."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import timedelta

from domain.action_plans import ActionPlan
from domain.plan_cadence import Cadence, Phase
from domain.plan_templates import Data, Lists, PlannedMeasure, Share, Template

_HOUR = timedelta(hours=1)


def written_template(template: Template, *, shared: Lists) -> dict[str, Data]:
    """Write all that a template says; reading that gives the same template.

    :param shared: the lists of everybody; what a template has of its own is written.
    """
    written: dict[str, Data] = {
        "code": template.code,
        "version": str(template.version),
        "kind": template.kind.value,
        "title": template.title,
        "trigger": template.trigger,
        "parties": [each.value for each in template.parties],
        "externals": [*template.externals],
        "measures": [_measure(each) for each in template.measures],
        "distribution": [_share(each) for each in template.distribution],
        "steering": template.steering.value,
        "at_once": _yes(said=template.at_once),
        **_cadence(template.cadence),
        "meetings": [str(each) for each in template.meetings],
        **_own(template.lists, shared),
        "rehearses": [*template.rehearses],
        "becomes": template.becomes,
        "in_use": _yes(said=template.in_use),
    }
    if template.level is not None:
        written["level"] = str(int(template.level))
    if template.period is not None:
        span = template.period
        written["period"] = {"begins": str(span.begins), "ends": str(span.ends)}
    return written


def changes_of(
    written: Mapping[str, Data], *, shipped: Mapping[str, Data]
) -> dict[str, Data | None]:
    """Say what of a template differs from what ships: that alone is kept as an override."""
    changed: dict[str, Data | None] = {
        name: value for name, value in written.items() if shipped.get(name) != value
    }
    return {**changed, **{name: None for name in shipped if name not in written}}


def written_frame(plan: ActionPlan) -> dict[str, Data]:
    """Write what a plan keeps of its template beside the measures; `read_frame` reads it."""
    return {
        **_cadence(plan.cadence),
        "distribution": [_share(each) for each in plan.distribution],
        "externals": [*plan.externals],
        "lists": {name: [*items] for name, items in _lists(plan.lists)},
    }


def _measure(planned: PlannedMeasure) -> Data:
    return {
        "measure": planned.kind,
        "deadline": str(planned.deadline),
        "first_day": _yes(said=planned.first_day),
    }


def _share(share: Share) -> Data:
    return {"to": share.to, "tier": share.tier.value, "when": share.when}


def _cadence(cadence: Cadence) -> dict[str, Data]:
    return {
        "cadence": [_phase(each) for each in cadence.phases],
        "reports": [str(each) for each in cadence.moments],
    }


def _phase(phase: Phase) -> Data:
    written: dict[str, Data] = {"days": str(phase.days)}
    if phase.every is not None:
        written["hours"] = str(phase.every // _HOUR)
    if phase.at:
        written["at"] = [f"{each:%H.%M}" for each in phase.at]
    if phase.lasting is not None:
        written["lasting"] = str(phase.lasting)
    return written


def _own(lists: Lists, shared: Lists) -> dict[str, Data]:
    return {name: [*items] for name, items in _lists(lists) if items != getattr(shared, name)}


def _lists(lists: Lists) -> Iterable[tuple[str, tuple[str, ...]]]:
    return [(each.name, getattr(lists, each.name)) for each in fields(Lists)]


def _yes(*, said: bool) -> str:
    return "ja" if said else "nej"
