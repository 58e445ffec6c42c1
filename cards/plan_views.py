"""A plan as each kind of reader may see it, made of what their tier allows (BER-48, BER-53)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cards.alert_words import all_places, drilled, one_line, standing_lines
from cards.delivery import moment
from cards.plan_tiers import ALLOWED, Column, Part
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.dates import local_date
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import Measure, MeasureState, by_due
from domain.plan_progress import progress
from domain.plan_templates import PlanTier
from domain.plan_track import changed_after_approval, checksum

CHECKSUM_SHOWN = 8  # characters of it
_NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan as one tier sees it; what is shown or sent is made of this and not of the plan.

    :param edition: which version it is, and for whom, as it stands at the foot of a page.
    :param normal: by what normal operation is known; empty for who is not told.
    """

    tier: PlanTier
    drill: bool
    title: str = field(repr=False)
    edition: str = field(repr=False)
    facts: tuple[tuple[str, str], ...] = field(repr=False)
    goal: tuple[str, ...] = field(repr=False)
    normal: tuple[str, ...] = field(repr=False)
    head: tuple[str, ...] = field(repr=False)
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    standing: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    plan: ActionPlan
    reference: str = field(repr=False)
    names: Mapping[PersonId, str] = field(repr=False)
    now: datetime
    say: Say

    def name(self, person: PersonId | None) -> str:
        return one_line(self.names.get(person, _NONE)) if person else _NONE


def plan_view(
    plan: ActionPlan,
    *,
    tier: PlanTier,
    reference: str,
    names: Mapping[PersonId, str],
    now: datetime,
    say: Say,
) -> PlanView:
    """Take from a plan what a tier may see.

    :param reference: of its alert, or of the row in the calendar.
    """
    allowed = ALLOWED[tier]
    told = _Told(plan=plan, reference=reference, names=names, now=now, say=say)
    title = say("plan_view.title", title=one_line(plan.title))
    measures = [
        each
        for each in by_due(plan.measures)
        if allowed.every or not (each.wordless or each.state is MeasureState.DROPPED)
    ]
    return PlanView(
        tier=tier,
        drill=plan.drill,
        title=drilled(title, drill=plan.drill, say=say),
        edition=drilled(
            say(
                "plan_view.edition",
                reference=reference,
                version=version_of(plan, say=say),
                tier=say(f"plan_view.tier_{tier}"),
            ),
            drill=plan.drill,
            say=say,
        ),
        facts=tuple(
            (say(f"plan_view.{part}"), said)
            for part in allowed.parts
            if (said := _PARTS[part](told))
        ),
        goal=tuple(map(one_line, plan.lists.goal)),
        normal=tuple(map(one_line, plan.lists.normal)) if allowed.normal else (),
        head=tuple(say(f"plan_view.column_{each}") for each in allowed.columns),
        columns=allowed.columns,
        rows=tuple(
            tuple(_COLUMNS[column](_One(measure=each, told=told)) for column in allowed.columns)
            for each in measures
        ),
        standing=standing_lines(say),
    )


def as_text(view: PlanView, *, say: Say) -> str:
    """Write what a tier sees as plain lines, for a letter or to be compared."""
    return (
        "\n".join(
            [
                view.title,
                view.edition,
                *view.standing,
                "",
                *(f"{label}: {value}" for label, value in view.facts),
                "",
                *_listed(say("plan_view.goal"), view.goal),
                say("plan_view.measures"),
                *(_row(view, row) for row in view.rows),
                "",
                *_listed(say("plan_view.normal"), view.normal),
            ]
        ).rstrip("\n")
        + "\n"
    )


def _listed(heading: str, lines: tuple[str, ...]) -> list[str]:
    return [heading, *(f"• {each}" for each in lines), ""] if lines else []


def _row(view: PlanView, row: tuple[str, ...]) -> str:
    told = (f"{head}: {cell}" for head, cell in zip(view.head, row, strict=True) if cell)
    return f"• {' | '.join(told)}"


def version_of(plan: ActionPlan, *, say: Say) -> str:
    """Say which version it is; what was changed since the latest one is a draft again."""
    if not plan.versions:
        return say("plan_view.draft")
    latest = plan.versions[-1]
    key = "plan_view.numbered" if latest.checksum == checksum(plan) else "plan_view.draft_after"
    return say(key, number=latest.number)


def _checksum(told: _Told) -> str:
    versions = told.plan.versions
    return versions[-1].checksum[:CHECKSUM_SHOWN] if versions else ""


def _track(told: _Told) -> str:
    said = told.say(f"plan_view.track_{told.plan.track}")
    if changed_after_approval(told.plan):
        return told.say("plan_view.changed", track=said)
    return said


def _progress(told: _Told) -> str:
    stands = progress(told.plan.measures, now=told.now)
    return told.say(
        "plan_view.progress_of", done=stands.done, all=stands.all, overdue=stands.overdue
    )


def _distribution(told: _Told) -> str:
    say = told.say
    shares = (
        say(
            "plan_view.share",
            to=one_line(each.to),
            tier=say(f"plan_view.tier_{each.tier}"),
            when=f", {one_line(each.when)}" if each.when else "",
        )
        for each in told.plan.distribution
    )
    return "; ".join(shares)


def party_name(party: Party, *, say: Say) -> str:
    authority = party.authority
    return say(f"authority.{authority}") if authority else say("printed.secretariat")


def _parties(told: _Told) -> str:
    """Name them, with the letters that stand at their measures."""
    say = told.say
    return ", ".join(
        say("plan_view.party", name=party_name(each, say=say), code=each)
        for each in told.plan.parties
    )


def _period(told: _Told) -> str:
    end = told.plan.period_end
    return moment(end, told.say) if end else told.say("plan_view.no_period")


def _verdict_by(told: _Told) -> str:
    verdict = told.plan.verdict
    return f"{told.name(verdict.by)}, {moment(verdict.at, told.say)}" if verdict else ""


_PARTS: Mapping[Part, Callable[[_Told], str]] = {
    Part.REFERENCE: lambda told: told.reference,
    Part.KIND: lambda told: told.say(f"plan_view.kind_{told.plan.kind}"),
    Part.LEVEL: lambda told: str(int(told.plan.level)) if told.plan.level else "",
    Part.AREAS: lambda told: all_places(told.plan.areas, say=told.say),
    Part.PARTIES: _parties,
    Part.STARTS: lambda told: moment(told.plan.starts_at, told.say),
    Part.PERIOD: _period,
    Part.VERSION: lambda told: version_of(told.plan, say=told.say),
    Part.CHECKSUM: _checksum,
    Part.TRACK: _track,
    Part.TEMPLATE: lambda told: f"{told.plan.template} {told.plan.template_label}",
    Part.PROGRESS: _progress,
    Part.EXTERNALS: lambda told: ", ".join(map(one_line, told.plan.externals)),
    Part.DISTRIBUTION: _distribution,
    Part.MADE_BY: lambda told: told.name(told.plan.made_by),
    Part.VERDICT_BY: _verdict_by,
    Part.REMARK: lambda told: one_line(told.plan.verdict.remark) if told.plan.verdict else "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """One measure, and what is known of the plan it is in."""

    measure: Measure
    told: _Told

    def state(self) -> str:
        overdue = self.measure.is_overdue(self.told.now)
        return self.told.say(f"figure.measure_{'overdue' if overdue else self.measure.state}")

    def words(self) -> str:
        told = (one_line(self.measure.note), one_line(self.measure.reason))
        return "; ".join(filter(None, told))


_COLUMNS: Mapping[Column, Callable[[_One], str]] = {
    Column.CODE: lambda one: one.measure.kind,
    Column.TITLE: lambda one: one_line(one.measure.title),
    Column.PARTY: lambda one: one.measure.party.value,
    Column.ASSISTS: lambda one: one_line(one.measure.assists),
    Column.OWNER: lambda one: one.told.name(one.measure.owner),
    Column.SUBSTITUTE: lambda one: one.told.name(one.measure.substitute),
    Column.DUE: lambda one: moment(one.measure.due_at, one.told.say),
    Column.DUE_DAY: lambda one: one.told.say.day(local_date(one.measure.due_at)),
    Column.STATE: _One.state,
    Column.TARGET_GROUP: lambda one: one_line(one.measure.target_group),
    Column.PLACE: lambda one: one_line(one.measure.place),
    Column.WORDS: _One.words,
}
