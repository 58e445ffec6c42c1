"""What is kept, in plain words: every key under a label, every code of ours as a sentence."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from cards.delivery import moment
from cards.words import Say
from domain.areas import AREAS

AREA_NAMES: Mapping[str, str] = {each.code: each.name for each in AREAS}
_AN_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_A_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_A_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(\+\d{2}:\d{2}|Z)")

# Where the words for a label lie, and those for a code under a key, before the answers of forms.
LABELS: Final = (
    "document.field.{}",
    "concern.{}.label",
    "enquiry.{}.label",
    "inform.who.{}",
    "focus.{}",
    "life_area.{}",
)
ANY_KEY: Final = ("authority.{}", "choice.{}", "criterion.{}", "plus.criterion.{}")
BY_KEY: Mapping[str, tuple[str, ...]] = {
    "action_state": ("document.action_{}",),
    "addressee": ("inform.who.{}",),
    "addressees": ("inform.who.{}",),
    "case_state": ("case.state_{}",),
    "classes": ("data_class.{}", "document.value.classes.{}"),
    "close_reason": ("close_reason.{}",),
    "consent": ("plan.consent.{}",),
    "decision": ("objection.decision.{}", "document.value.decision.{}"),
    "fact": ("document.field.{}", "concern.{}.label"),
    "failed": ("document.value.failed.{}",),
    "from": ("case.level_{}",),
    "ground": ("correction.ground.{}",),
    "how": ("inform.how.{}",),
    "informed": ("concern.informed.{}", "document.value.state.{}"),
    "kind": ("access_kind.{}", "document.value.kind.{}", "record.{}"),
    "label": ("members.role.{}",),
    "leads_to": ("member_view.leads_to.{}",),
    "level": ("case.level_{}",),
    "notified": ("notification.state.{}",),
    "protections": ("seen.{}",),
    "purpose": ("document.value.purpose.{}",),
    "reason": ("close_reason.{}", "{}"),
    "reconvicted_24m": ("outcome.reconvicted.{}",),
    "request": ("objection.request.{}",),
    "risks": ("seen.{}",),
    "role": ("members.role.{}",),
    "sensitive": ("concern.sensitive.{}",),
    "started_12m": ("outcome.started.{}",),
    "started_type": ("outcome.started_type.{}",),
    "state": ("document.value.state.{}",),
    "status_24m": ("outcome.status.{}",),
    "to": ("case.level_{}",),
    "verdict": ("assess.verdict.{}",),
}


def answers(content: Mapping[str, object], say: Say) -> list[tuple[str, str]]:
    """Give each answer under the question it was given to, or under what we call it."""
    return [
        (label(key, say), text)
        for key, value in content.items()
        if (text := in_words(key, value, say))
    ]


def label(key: str, say: Say) -> str:
    """Name what is kept under a key; never by the key itself."""
    return _first((each.format(key) for each in LABELS), say) or say("document.unnamed")


def in_words(key: str, value: object, say: Say) -> str:
    """Say an answer: an option by its title, a date as people write it, or what was written.

    An id of ours says nothing to anybody, and is left out.
    """
    if isinstance(value, Mapping):
        named = ((str(name), in_words(key, each, say)) for name, each in value.items())
        return "\n".join(f"{label(name, say)}: {text}" for name, text in named if text)
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, (in_words(key, each, say) for each in value)))
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say("choice.yes" if value else "choice.no")
    return _said(key, str(value), say)


def _said(key: str, written: str, say: Say) -> str:
    if _AN_ID.fullmatch(written):
        return ""
    return _dated(written, say) or said(key, written, say) or written


def _dated(written: str, say: Say) -> str | None:
    try:
        if _A_DAY.fullmatch(written):
            return say.day(date.fromisoformat(written))
        if _A_MOMENT.fullmatch(written):
            return moment(datetime.fromisoformat(written), say)
    except ValueError:  # somebody's own words, and no date there is
        return None
    return None


def said(key: str, code: str, say: Say) -> str | None:
    """Say one of our codes in words; None for what is no code, but somebody's own words."""
    if key == "area":
        return AREA_NAMES.get(code) or _first([f"area.{code}"], say)
    if key == "note":
        return _first([f"note.{code.replace('.', '_').lower()}"], say)
    if key == "age":
        bands = [_first([f"document.value.age.{each}"], say) for each in code.split("->")]
        return " → ".join(each for each in bands if each) or None
    places = (*BY_KEY.get(key, ()), f"concern.{key}.{{}}", *ANY_KEY)
    return _first((each.format(code) for each in places), say)


def _first(keys: Iterable[str], say: Say) -> str | None:
    return next((say(key) for key in keys if say.has(key)), None)
