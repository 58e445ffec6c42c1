"""An alert as a message by the Common Alerting Protocol, CAP 1.2 of OASIS (BER-70)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cards.alert_words import drilled, one_line, shortened, standing_lines, toast
from cards.words import Say
from cards.xml_words import for_xml
from domain.alert_papers import CapKind, CapMessage
from domain.alerts import Alert, Level
from domain.areas import area
from domain.people import Language
from domain.plan_templates import PlanTier

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LONGEST_HEADLINE = 160  # CAP 1.2 §3.2.2: what a telephone shows
GEOCODE = "SSP-København lokalområde"
_SENDER = re.compile(r"[^\s,<&]{1,200}")  # §3.2.1: no spaces, commas, < or &

PATTERNS = (_SENDER,)


class _Weight(NamedTuple):
    """How CAP says how much it matters."""

    response: str
    urgency: str
    severity: str


_BY_LEVEL: Mapping[Level, _Weight] = {
    Level.ORIENTATION: _Weight("Monitor", "Expected", "Minor"),
    Level.COORDINATION: _Weight("Prepare", "Immediate", "Moderate"),
    Level.FULL: _Weight("Execute", "Immediate", "Severe"),
}
_CLEAR = _Weight("AllClear", "Past", "Minor")
_CANCELLED = _Weight("None", "Past", "Minor")
_LANGUAGES: Mapping[Language, str] = {Language.DA: "da-DK", Language.EN: "en-GB"}


def cap_xml(message: CapMessage, *, sender: str, say: Say) -> bytes:
    """Write the message; it is restricted, whoever it is for.

    :param sender: names us all over the world, such as an Internet domain.
    :raises ValueError: when CAP does not take the sender; when the first message refers to
        another, or a later one to none
    """
    if not _SENDER.fullmatch(sender):
        raise ValueError("a CAP sender has no spaces, commas, < or &")
    if (message.kind is CapKind.ALERT) is bool(message.references):
        raise ValueError("a CAP update or cancel refers to what it changes, an alert to nothing")
    alert = message.alert
    root = Element("alert", xmlns=NAMESPACE)
    _add(root, "identifier", _identifier(alert, message.number))
    _add(root, "sender", sender)
    _add(root, "sent", cap_time(message.sent))
    _add(root, "status", "Exercise" if alert.drill else "Actual")
    _add(root, "msgType", message.kind)
    _add(root, "scope", "Restricted")
    _add(root, "restriction", _drilled(alert, say(f"cap.restriction_{message.tier}"), say=say))
    if alert.drill or message.note:
        _add(root, "note", _drilled(alert, message.note, say=say))
    if message.references:
        _add(
            root,
            "references",
            " ".join(
                f"{sender},{_identifier(alert, each.number)},{cap_time(each.sent)}"
                for each in message.references
            ),
        )
    _add(root, "incidents", alert.reference)
    _add_info(root, message, say=say)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def cap_time(at: datetime) -> str:
    """Write a moment in UTC, which CAP wants as -00:00 and never as Z (CAP 1.2 §3.3.2)."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}-00:00"


def _add_info(root: Element, message: CapMessage, *, say: Say) -> None:
    alert, weight = message.alert, _weight(message)
    info = SubElement(root, "info")
    _add(info, "language", _LANGUAGES[say.language])
    _add(info, "category", "Safety")
    _add(info, "event", _drilled(alert, say("cap.event", level=int(alert.level)), say=say))
    _add(info, "responseType", weight.response)
    _add(info, "urgency", weight.urgency)
    _add(info, "severity", weight.severity)
    _add(info, "certainty", "Observed")
    _add(info, "audience", say(f"cap.audience_{message.tier}"))
    _add(info, "effective", cap_time(message.sent))
    _add(info, "onset", cap_time(alert.activated_at))
    if message.expires is not None:
        _add(info, "expires", cap_time(message.expires))
    _add(info, "senderName", say("cap.sender_name"))
    _add(info, "headline", shortened(_headline(message, say=say), at_most=LONGEST_HEADLINE))
    if message.tier is not PlanTier.EXTERNAL:
        _add(info, "description", _drilled(alert, _description(alert, say=say), say=say))
    danger, no_names = standing_lines(say)
    _add(info, "instruction", _drilled(alert, f"{danger} {no_names}", say=say))
    _add_area(info, alert, say=say)


def _weight(message: CapMessage) -> _Weight:
    if message.kind is CapKind.CANCEL:
        return _CANCELLED
    return _CLEAR if message.all_clear else _BY_LEVEL[message.alert.level]


def _headline(message: CapMessage, *, say: Say) -> str:
    alert = message.alert
    said = toast(
        level=alert.level, areas=alert.audience.areas, title=alert.title, drill=False, say=say
    )
    if message.kind is CapKind.CANCEL:
        said = say("cap.cancelled", headline=said)
    elif message.all_clear:
        said = say("cap.all_clear", headline=said)
    return _drilled(alert, said, say=say)


def _description(alert: Alert, *, say: Say) -> str:
    told = alert.situation
    return say(
        "cap.description",
        happened=_sentence(told.happened),
        where=_sentence(told.where),
        stands=_sentence(told.stands),
        done=_sentence(told.done),
    )


def _add_area(info: Element, alert: Alert, *, say: Say) -> None:
    codes = sorted(alert.audience.areas)
    place = SubElement(info, "area")
    names = ", ".join(area(code).name for code in codes)
    _add(place, "areaDesc", names or say("cap.whole_city"))
    for code in codes:
        geocode = SubElement(place, "geocode")
        _add(geocode, "valueName", GEOCODE)
        _add(geocode, "value", code)


def _identifier(alert: Alert, number: int) -> str:
    return f"{alert.reference}-{number}"


def _drilled(alert: Alert, text: str, *, say: Say) -> str:
    return drilled(text, drill=alert.drill, say=say)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = for_xml(text)


def _sentence(text: str) -> str:
    """Give words to which the catalogue puts a full stop."""
    return one_line(text).rstrip(". ")
