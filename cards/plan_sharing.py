"""How a plan is shared: its way to the steering group, and who got which version."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cards import blocks
from cards.alert_words import drilled, one_line, shortened
from cards.delivery import Button, Part, aside, counted, headed, moment, said, sheet, warned
from cards.forms import message
from cards.own_papers import where
from cards.plain import plain, unmarked
from cards.plan_views import CHECKSUM_SHOWN
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.action_plans import ActionPlan, PlanVersion
from domain.alert_sharings import ShareWay
from domain.exports import Export
from domain.plan_templates import PlanTier
from domain.plan_track import changed_after_approval, checksum

LONGEST_TEXT = 10_000  # characters that can be copied from a card, as they are sent (BER-82)
A_LINE = 100  # characters that each line of it costs besides
MOST_SHARED = 20
LONGEST_RECEIVERS = 300  # characters of the names in one line; all of them are in the log

WAYS = (  # on the page about sharing, in this order
    *("alertshare.finish", "alertshare.orient", "alertshare.ask"),
    *("alertshare.send", "alertshare.text", "alertshare.open", "alertshare.list"),
)


PDFS = {
    PlanTier.ORIENTATION: "alertshare.pdf_no_names",
    PlanTier.EXTERNAL: "alertshare.pdf_external",
}
TEXTS = {
    PlanTier.ORIENTATION: "alertshare.text_no_names",
    PlanTier.EXTERNAL: "alertshare.text",
}


def about_plan(plan: UUID, number: int) -> dict[str, Json]:
    """Say what a button carries: which plan, and the number of the version that was seen."""
    return about("shared_plan", plan, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One line of who got a version: a list, or an organisation, or people by name.

    :param to: whom, in words.
    """

    number: int
    tier: PlanTier
    to: str = field(repr=False)
    way: ShareWay
    by: str = field(repr=False)
    at: datetime


def page(
    plan: ActionPlan, *, reference: str, verdict_by: str, ways: Collection[str], say: Say
) -> Shown:
    """Show how far a plan has come, and what can be done with it now.

    :param verdict_by: who answered for the steering group; empty for who is not told that, nor
        what they remarked.
    """
    title = say("alertshare.page_title", reference=reference)
    return sheet(
        drilled(title, drill=plan.drill, say=say),
        [
            counted(_facts(plan, verdict_by=verdict_by, say=say)),
            *(remark(plan, say) if verdict_by else []),
            *changed(plan, say),
            aside(say("alertshare.goes_on")),
        ],
        say=say,
        actions=_buttons(WAYS, ways, plan, say=say),
    )


def _buttons(
    order: Sequence[str], ways: Collection[str], plan: ActionPlan, *, say: Say
) -> list[Button]:
    data = about_plan(plan.id, len(plan.versions))
    found: list[Button] = [(say(f"button.{each}"), each, data) for each in order if each in ways]
    return found or [(say("button.help"), "help", {})]


def status(plan: ActionPlan, *, say: Say) -> str:
    """Say in one line how far it has come, for the alert's page."""
    if not plan.versions:
        return say("alertshare.status_draft")
    key = "alertshare.status_changed" if is_changed(plan) else "alertshare.status"
    track = say(f"plan_view.track_{plan.track}")
    if changed_after_approval(plan):
        track = say("plan_view.changed", track=track)
    return say(key, number=plan.versions[-1].number, track=track)


def is_changed(plan: ActionPlan) -> bool:
    """Whether the plan says something else than its newest version."""
    return bool(plan.versions) and plan.versions[-1].checksum != checksum(plan)


def version_line(version: PlanVersion, *, say: Say) -> str:
    """Name a version by its number, its checksum and its moment (BER-47)."""
    return say(
        "alertshare.version_line",
        number=version.number,
        checksum=version.checksum[:CHECKSUM_SHOWN],
        when=moment(version.at, say),
    )


def _facts(plan: ActionPlan, *, verdict_by: str, say: Say) -> list[tuple[str, str]]:
    latest = plan.versions[-1] if plan.versions else None
    none = say("alertshare.no_version_yet")
    facts = [
        (say("plan_view.version"), version_line(latest, say=say) if latest else none),
        (say("plan_view.track"), say(f"plan_view.track_{plan.track}")),
    ]
    if plan.asked_by is not None:
        facts.append((say("alertshare.answer_by"), moment(plan.asked_by, say)))
    if plan.verdict is not None:
        answered = say(
            "alertshare.answered_by" if verdict_by else "alertshare.answered",
            track=say(f"plan_view.track_{plan.verdict.track}"),
            number=plan.verdict.version.number,
            by=unmarked(verdict_by),
            when=moment(plan.verdict.at, say),
        )
        facts.append((say("alertshare.answer"), answered))
    return facts


def remark(plan: ActionPlan, say: Say) -> list[Part]:
    if plan.verdict is None or not plan.verdict.remark:
        return []
    return [headed(say("plan_view.remark")), said(unmarked(one_line(plan.verdict.remark)))]


def changed(plan: ActionPlan, say: Say) -> list[Part]:
    """Say in a box what differs from what was finished, or approved (BER-47)."""
    if changed_after_approval(plan):
        return [warned(say("alertshare.changed_after_approval"))]
    return [warned(say("alertshare.changed_since"))] if is_changed(plan) else []


def shared(plan: ActionPlan, rows: Sequence[Sent], *, reference: str, say: Say) -> Shown:
    """List who got which version when, the newest first (BER-48)."""
    lines = [_sent(each, say) for each in rows[:MOST_SHARED]]
    left = len(rows) - MOST_SHARED
    title = drilled(say("alertshare.shared_title", reference=reference), drill=plan.drill, say=say)
    return message(
        title,
        *(lines or [say("alertshare.shared_none")]),
        *([say("alertshare.shared_more", count=left)] if left > 0 else []),
        say=say,
        actions=[
            (
                say("button.alertshare.open"),
                "alertshare.open",
                about_plan(plan.id, len(plan.versions)),
            )
        ]
        if plan.versions
        else [(say("button.help"), "help", {})],
    )


def _sent(each: Sent, say: Say) -> str:
    return say(
        "alertshare.shared_line",
        number=each.number,
        tier=say(f"plan_view.tier_{each.tier}"),
        to=unmarked(shortened(one_line(each.to), at_most=LONGEST_RECEIVERS)),
        way=say(f"alertshare.way.{each.way}"),
        when=moment(each.at, say),
        by=unmarked(each.by),
    )


def text(plan: ActionPlan, written: str, *, tier: PlanTier, say: Say) -> Shown:
    """Show a text to be copied for somebody outside SSP; one that is too long is a document."""
    key = say(f"plan_view.tier_{tier}")
    body = [
        Part(piece=blocks.paragraph(unmarked(each)), words=each)
        for each in plain(written).split("\n")
        if each.strip()
    ]
    fits = sum(len(unmarked(each.words)) + A_LINE for each in body) <= LONGEST_TEXT
    title = drilled(say("alertshare.text_title", tier=key), drill=plan.drill, say=say)
    lead = say("alertshare.text_lead" if fits else "alertshare.text_long")
    ways = (PDFS[tier], "alertshare.outside")
    return sheet(
        title,
        [aside(lead), *(body if fits else [])],
        say=say,
        actions=_buttons(ways, ways, plan, say=say),
    )


def sent(
    plan: ActionPlan, *, number: int, people: int, outside: Sequence[str], tier: PlanTier, say: Say
) -> Shown:
    """Say how many got it here, and to whom a person must hand it over."""
    title = say("alertshare.sent_title", number=number)
    names = ", ".join(unmarked(one_line(each)) for each in outside)
    ways = (TEXTS[tier], "alertshare.outside") if outside else ("alertshare.list",)
    return message(
        drilled(title, drill=plan.drill, say=say),
        say("alertshare.sent_body", people=people),
        *([say("alertshare.sent_outside", names=names)] if outside else []),
        say=say,
        actions=_buttons(ways, ways, plan, say=say),
    )


def done(plan: ActionPlan, what: str, *, say: Say, **facts: object) -> Shown:
    """Say that something was done with a plan, and lead back to it."""
    title = say(f"alertshare.{what}_title", **facts)
    return message(
        drilled(title, drill=plan.drill, say=say),
        say(f"alertshare.{what}_body", **facts),
        say=say,
        actions=[
            (
                say("button.alertshare.open"),
                "alertshare.open",
                about_plan(plan.id, len(plan.versions)),
            )
        ],
    )


def paper_asked(plan: ActionPlan, export: Export, *, say: Say) -> Shown:
    """Say that the plan is being made as a document, or where that is."""
    body = where(export, say=say) if export.laid_at else [say("paper_ask.body")]
    ways = ("alertshare.open",)
    return message(
        drilled(say("paper_ask.title"), drill=plan.drill, say=say),
        *body,
        say=say,
        actions=_buttons(ways, ways, plan, say=say),
    )


def paper_ready(plan: ActionPlan, export: Export, *, reference: str, say: Say) -> Shown:
    """Tell who asked where the document is, or why it was not made."""
    how = "refused" if export.why_not else "ready"
    title = say(f"paper_ask.{how}_title", reference=reference)
    ways = ("alertshare.open",)
    return message(
        drilled(title, drill=plan.drill, say=say),
        *where(export, say=say),
        say=say,
        actions=_buttons(ways, ways, plan, say=say),
    )


def told(
    plan: ActionPlan,
    what: str,
    *,
    reference: str,
    number: int,
    say: Say,
    when: datetime | None = None,
) -> Shown:
    """Tell somebody of a version by its number alone (AC-OUT-05); it is read when it is opened."""
    title = say(f"alertshare.told_{what}_title", reference=reference, number=number)
    said_when = {} if when is None else {"when": moment(when, say)}
    data = about_plan(plan.id, number)
    return message(
        drilled(title, drill=plan.drill, say=say),
        say(f"alertshare.told_{what}_body", **said_when),
        say=say,
        actions=[(say("button.alertshare.open"), "alertshare.open", data)],
    )
