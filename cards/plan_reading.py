"""One finished version of a plan, as it is read in the chat (BER-47, BER-48)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from cards import blocks
from cards.alert_words import drilled, shortened
from cards.delivery import Button, Part, aside, counted, headed, named, said, sheet, warned
from cards.plain import unmarked
from cards.plan_sharing import about_plan, changed, remark, version_line
from cards.plan_tiers import ALLOWED
from cards.plan_tiers import Part as Told
from cards.plan_views import PlanView
from cards.shown import Shown
from cards.words import Say
from domain.action_plans import ActionPlan, PlanVersion

MOST_ROWS = 20
LONGEST_ROW = 240  # characters; the whole of it is in the document
READING = (
    *("alertshare.approve", "alertshare.remark", "alertshare.return"),
    *("alertshare.pdf", "alertshare.list"),
)


def version(
    view: PlanView,
    plan: ActionPlan,
    shown: PlanVersion,
    *,
    reference: str,
    older: int,
    remarks: bool,
    ways: Collection[str],
    say: Say,
) -> Shown:
    """Show a version as a tier sees it; first what has come since what somebody had before them.

    :param plan: as it is now.
    :param older: the number of the version whose button was pressed, where that is another.
    :param remarks: whether they are told what the steering group remarked.
    """
    newer = say("alertshare.older", was=older, now=shown.number)
    rows = [_row(view, each, say) for each in view.rows[:MOST_ROWS]]
    left = len(view.rows) - MOST_ROWS
    title = say("alertshare.version_title", reference=reference, number=shown.number)
    return sheet(
        drilled(title, drill=view.drill, say=say),
        [
            *([warned(newer)] if older else []),
            named(view.title),
            aside(view.edition),
            counted([(label, unmarked(value)) for label, value in view.facts]),
            *_track(view, plan, shown, remarks=remarks, say=say),
            *_listed(say("plan_view.goal"), view.goal),
            headed(say("plan_view.measures")),
            *rows,
            *([aside(say("alertshare.more_rows", count=left))] if left > 0 else []),
            *(aside(each) for each in view.standing),
        ],
        say=say,
        actions=_at(READING, ways, plan.id, shown.number, say=say),
    )


def _track(
    view: PlanView, plan: ActionPlan, shown: PlanVersion, *, remarks: bool, say: Say
) -> list[Part]:
    """Say exactly which version it is, and what has come of it, as far as the tier allows."""
    allowed = ALLOWED[view.tier].parts
    return [
        *([said(version_line(shown, say=say))] if Told.CHECKSUM in allowed else []),
        *(remark(plan, say) if remarks else []),
        *(changed(plan, say) if Told.TRACK in allowed else []),
    ]


def _at(
    order: Sequence[str], ways: Collection[str], plan: UUID, number: int, *, say: Say
) -> list[Button]:
    data = about_plan(plan, number)
    found: list[Button] = [(say(f"button.{each}"), each, data) for each in order if each in ways]
    return found or [(say("button.help"), "help", {})]


def _row(view: PlanView, row: Sequence[str], say: Say) -> Part:
    told = (f"{head}: {cell}" for head, cell in zip(view.head, row, strict=True) if cell)
    line = shortened(" · ".join(told), at_most=LONGEST_ROW)
    return _plain(say("alertshare.row", line=line))


def _listed(heading: str, lines: Sequence[str]) -> list[Part]:
    if not lines:
        return []
    return [headed(heading), *(_plain(each) for each in lines)]


def _plain(text: str) -> Part:
    return Part(piece=blocks.paragraph(unmarked(text)), words=text)
