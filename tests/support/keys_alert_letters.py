"""The text keys of alerts' letters that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.alert_calls import BY_VOICE, REPLY, VIA
from cards.alert_letters import Occasion
from cards.alert_steering import TOLD
from domain.alerts import Reply, Via, Why
from domain.notices import NoticeKind

ENDS = ("false", "over")
NOTICES = frozenset(
    {
        NoticeKind.ALERT,
        NoticeKind.ALERT_CORRECTED,
        NoticeKind.ALERT_FALSE,
        NoticeKind.ALERT_STEERING,
        NoticeKind.ALERT_CALL_LIST,
    }
)

PATTERNS: Mapping[str, set[str]] = {
    "alert_call.{}": {f"alert_call.{each}" for each in (REPLY, VIA)},
    "alert_call.body_{}": {"alert_call.body_all", "alert_call.body_of"},
    "alert_call.so_far_{}": {"alert_call.so_far_none", "alert_call.so_far_received"},
    "alert_call.via_{}": {f"alert_call.via_{each}" for each in BY_VOICE},
    "alert_letter.answered_{}": {f"alert_letter.answered_{each}" for each in Via},
    "alert_letter.ended_{}": {f"alert_letter.ended_{each}" for each in ENDS},
    "alert_letter.next_{}": {f"alert_letter.next_{each}" for each in Reply},
    "alert_letter.reply_{}": {f"alert_letter.reply_{each}" for each in Reply},
    "alert_letter.title_{}": {f"alert_letter.title_{each}" for each in (*Occasion, *ENDS)},
    "alert_letter.why_{}": {f"alert_letter.why_{each}" for each in Why},
    "alert_steering.body_{}": {f"alert_steering.body_{each}" for each in TOLD.values()},
    "alert_steering.title_{}": {f"alert_steering.title_{each}" for each in TOLD.values()},
    "log_line.reply_{}": {f"log_line.reply_{each}" for each in Reply},
    "log_line.via_{}": {f"log_line.via_{each}" for each in Via},
    "alert_letter.why_{}_for": {
        f"alert_letter.why_{each}_for" for each in (Why.MANAGER, Why.SUBSTITUTE)
    },
}
