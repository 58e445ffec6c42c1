"""The text keys about concern groups that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.groups import TASKS
from domain.concern_groups import GroupState, MemberRole
from domain.notices import NoticeKind
from domain.screenings import Target, Verdict

HANDLED = ("begun", "screened", "stepped_aside", "ask_first", "recused", "lifted")
NOTICES: frozenset[NoticeKind] = frozenset(TASKS)


def _filled(pattern: str, *values: str) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "groups.state_{}": _filled("groups.state_{}", *GroupState),
    "groups.verdict_{}": _filled("groups.verdict_{}", *Verdict),
    "groups.target_{}": _filled("groups.target_{}", *Target),
    "groups.{}_title": _filled("groups.{}_title", *TASKS.values(), *HANDLED),
    "groups.{}_body": _filled("groups.{}_body", *TASKS.values(), *HANDLED),
    "members.role.{}": _filled("members.role.{}", *MemberRole),
    "member_view.leads_to.{}": _filled("member_view.leads_to.{}", "case", "group_only", "nothing"),
}
