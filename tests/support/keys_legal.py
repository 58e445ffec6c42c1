"""The text keys about legal decisions that are put together, and what can be in their blanks."""

from collections.abc import Iterable, Mapping

from cards.recusals import CODES
from domain.case_actions import ActionStatus
from domain.gates import Condition
from domain.grants import GrantKind
from domain.informings import Addressee, InformState
from domain.journal import Note, TaskState, WhyNot
from domain.records import RecordKind
from domain.sharing import TO_PARTICIPANTS
from scheduler.draw_legal import KINDS
from usecases.note_notification import Notified

NOTICES = frozenset(KINDS)
_LENT = (GrantKind.AD_HOC, GrantKind.ESCALATION)


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "gate.failed_{}": _filled("gate.failed_{}", Condition),
    "data_class.{}": _filled("data_class.{}", TO_PARTICIPANTS),
    "grant.line_{}": _filled("grant.line_{}", _LENT),
    "grant.told_{}_title": _filled("grant.told_{}_title", _LENT),
    "recusal.line_{}": _filled("recusal.line_{}", ("open", "upheld")),
    "recusal.reason_{}": _filled("recusal.reason_{}", CODES),
    "recusal.told_{}_title": _filled("recusal.told_{}_title", ("lifted", "upheld")),
    "recusal.told_{}_body": _filled("recusal.told_{}_body", ("lifted", "upheld")),
    "inform.who.{}": _filled("inform.who.{}", Addressee),
    "inform.line_{}": _filled("inform.line_{}", (*InformState, "late")),
    "inform.words_{}": _filled("inform.words_{}", ("youth", "custody")),
    "inform.due_{}_title": _filled("inform.due_{}_title", ("telling", "review")),
    "inform.due_{}_body{}": {
        f"inform.due_{what}_body{late}" for what in ("telling", "review") for late in ("", "_late")
    },
    "journal.line_{}": _filled("journal.line_{}", ("open", "late", "filed")),
    "journal.state_{}": _filled("journal.state_{}", TaskState),
    "journal.why_not.{}": _filled("journal.why_not.{}", WhyNot),
    "journal.{}_title": _filled("journal.{}_title", ("due", "late")),
    "journal.{}_body": _filled("journal.{}_body", ("due", "late")),
    "export.not_made_{}": _filled("export.not_made_{}", ("no_folder", "not_permitted", "failed")),
    "note.{}": {f"note.{each.replace('.', '_').lower()}" for each in Note},
    "record.{}": _filled("record.{}", RecordKind),
    "document.title_{}": _filled("document.title_{}", ("filing", "case")),
    "document.action_{}": _filled("document.action_{}", ActionStatus),
    "notification.state.{}": _filled("notification.state.{}", Notified),
}
