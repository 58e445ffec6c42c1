"""What is seen of SSP+: its notices, what it was told and answered, its plan and its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards.delivery import Button, Part, aside, for_police, headed, lined, said, sheet
from cards.forms import message
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.case_actions import CaseAction
from domain.cases import Case, PlusType
from domain.notices import NoticeKind
from domain.outcomes import LEAST_SHOWN, Kpi
from domain.people import Authority, PersonId
from domain.plus import Focus
from domain.records import Record

Names = Mapping[PersonId, str]


# What can be done at once, by somebody who has opened the case before.
_ASKS: Mapping[NoticeKind, str] = {
    NoticeKind.PLUS_ASSESS: "plus.assess",
    NoticeKind.OUTCOME_DUE: "plus.outcome",
}
# What people are told who may not read the case.
NUMBER_ONLY: Mapping[NoticeKind, str] = {
    NoticeKind.PLUS_ESCALATED: "leader",
    NoticeKind.HANDOVER_ANSWERED: "handed_over",
    NoticeKind.PLUS_ALONE: "handed_over",
}
MOST_ACTIONS = 3  # of each area on one card
MOST_WORDS = 200  # characters of an action; all of it is on the action's own card


def here(case: Case) -> dict[str, Json]:
    return about("case", case.id, case.version)


def notice(case: Case, kind: NoticeKind, *, may_open: bool, say: Say) -> Shown:
    """Tell somebody that a case needs them, by its number only (AGE-6).

    :param may_open: whether they may read it. Leaders who are brought in may not, nor may a
        group that has handed it over: they hear that it is so, and its number.
    """
    what = say(f"plus_notice.{kind}_body", reference=case.reference)
    buttons: list[Button] = [(say("button.case.open"), "case.open", here(case))]
    if kind in _ASKS:
        buttons.append((say(f"button.{_ASKS[kind]}"), _ASKS[kind], here(case)))
    return message(
        say(f"plus_notice.{kind}_title", reference=case.reference),
        what if may_open else say(f"plus_notice.{NUMBER_ONLY[kind]}_body"),
        say=say,
        actions=buttons if may_open else [],
    )


def assessed(record: Record, *, say: Say) -> list[Part]:
    """Show what the group decided about the target group, and why (AGE-4)."""
    content = record.content
    return [
        headed(say("plus.assessed")),
        *lined(
            [
                (say("plus.verdict"), say(f"assess.verdict.{content['verdict']}")),
                *_criteria(content.get("criteria"), say),
                (say("plus.reason"), str(content["reason"])),
            ]
        ),
    ]


def to_assess(*, escalated: bool, say: Say) -> list[Part]:
    """Say that it waits for the group's decision; no date, which would be the birthday."""
    waits = [headed(say("plus.to_assess")), said(say("plus.to_assess_body"))]
    return [*waits, said(say("plus.escalated"))] if escalated else waits


def proposed(record: Record, *, say: Say) -> list[Part]:
    """Show what SSP+ was told when it was asked (PLUS-2)."""
    content = record.content
    informed = content.get("informed")
    told = [
        (say(f"plus.addressee.{who}"), say(f"plus.informed.{state}"))
        for who, state in (informed.items() if isinstance(informed, dict) else ())
    ]
    return [
        headed(say("plus.proposed")),
        *lined(
            [
                (say("plus.reason"), str(content["reason"])),
                *_criteria(content.get("criteria"), say),
                (say("plus.draft_plan"), str(content["plan"])),
                (say("plus.child_view"), str(content["child_view"])),
                *told,
            ]
        ),
    ]


def declined(record: Record, *, say: Say) -> list[Part]:
    reason = (say("plus.reason"), str(record.content["declined"]))
    return [headed(say("plus.declined")), *lined([reason])]


def kind(case: Case, *, say: Say) -> list[Part]:
    """Show which kind of case in SSP+ it is, and whether the probation service has the person."""
    plus_type = case.plus_type or PlusType.HANDOVER
    return [
        headed("SSP+"),
        *lined(
            [
                (say("plus.type"), say(f"plus_type.plus_type.{plus_type}")),
                (say("plus.kif"), say(f"kif.kif.{case.kif}")),
            ]
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan as it is read: goals, and what is done about each (PLUS-3)."""

    case: Case
    goals: Mapping[Focus, str] = field(repr=False)
    consent: str = field(repr=False)
    actions: Sequence[CaseAction] = field(repr=False)
    names: Names = field(repr=False)


def plan(planned: Planned, *, actions: Sequence[Button], reader: Authority, say: Say) -> Shown:
    """Lay the plan out by its five areas: each goal, and its actions with owner, day, status."""
    parts: list[Part] = []
    for focus in Focus:
        doing = [each for each in planned.actions if each.focus == focus]
        goal = planned.goals.get(focus, "")
        if goal or doing:
            parts += [
                headed(say(f"focus.{focus}")),
                *lined([(say("plan_card.goal"), goal)] if goal else []),
                *lined([_action(each, planned.names, say) for each in doing[:MOST_ACTIONS]]),
                *_left(len(doing) - MOST_ACTIONS, say),
            ]
    if planned.consent:
        parts += lined([(say("plan_card.consent"), say(f"plan.consent.{planned.consent}"))])
    return sheet(
        say("plan_card.title", reference=planned.case.reference),
        [*for_police(reader, say), *(parts or [said(say("plan_card.none"))])],
        say=say,
        actions=[*actions, (say("button.case.open"), "case.open", here(planned.case))],
    )


def _action(action: CaseAction, names: Names, say: Say) -> tuple[str, str]:
    owner = names.get(action.owner, "")
    day, status = say.day(action.due_on), say(f"plan_card.status.{action.status}")
    what = action.what
    words = what if len(what) <= MOST_WORDS else f"{what[:MOST_WORDS].rstrip()} …"
    return f"{owner}, {day} ({status})", words


def _left(count: int, say: Say) -> list[Part]:
    return [aside(say("plan_card.more", count=count))] if count > 0 else []


def figures(found: Sequence[Kpi], *, say: Say) -> Shown:
    """Show the three figures; what is too small to show says so and nothing more (PLUS-7)."""
    parts: list[Part] = []
    for kpi in found:
        parts.append(headed(say(f"kpi.{kpi.key}")))
        if kpi.is_shown():
            met = say("kpi.met" if kpi.is_met else "kpi.not_met", target=kpi.target)
            parts.append(said(say("kpi.share", share=kpi.share, met=met)))
            parts += lined(
                [
                    (say("kpi.n"), str(kpi.n)),
                    (say("kpi.unknown"), _count(kpi.unknown, say)),
                    (say("kpi.immature"), _count(kpi.immature, say)),
                ]
            )
        else:
            parts.append(said(say("kpi.too_few", least=LEAST_SHOWN)))
    return sheet(say("kpi.title"), [*parts, aside(say("kpi.note"))], say=say, actions=[])


def _count(count: int, say: Say) -> str:
    """Write a number in which nobody can be picked out (STAT-3)."""
    return say("kpi.few", least=LEAST_SHOWN) if 0 < count < LEAST_SHOWN else str(count)


def _criteria(codes: object, say: Say) -> list[tuple[str, str]]:
    if not isinstance(codes, list) or not codes:
        return []
    names = "; ".join(say(f"plus.criterion.{code}") for code in codes)
    return [(say("plus.criteria"), names)]
