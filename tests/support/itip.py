"""A reader of calendar files of our own, and the tables of RFC 5545 and 5546 as a check.

It shares no code with the package that writes the files, and runs on every machine.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LINE_OCTETS = 75
ONE, AT_MOST_ONE, SOME, NONE = (1, 1), (0, 1), (1, 10_000), (0, 0)
Bounds = tuple[int, int]

_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_LINE = re.compile(rf"([A-Z0-9-]+)((?:;[A-Z0-9-]+={_VALUE}(?:,{_VALUE})*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:]*)')
_LOCAL = re.compile(r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])[0-5]\d[0-5]\d")
_DATES = {"DTSTART", "DTEND"}

# How often each property may stand in a VEVENT, by method (RFC 5546 §3.2.1, §3.2.2, §3.2.5).
EVENT: Mapping[str, Bounds] = {
    **dict.fromkeys(("UID", "DTSTAMP", "ORGANIZER"), ONE),
    **dict.fromkeys(("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE"), AT_MOST_ONE),
    **dict.fromkeys(("DTSTART", "DTEND", "DURATION"), AT_MOST_ONE),
}
BY_METHOD: Mapping[str, Mapping[str, Bounds]] = {
    "PUBLISH": {**EVENT, "DTSTART": ONE, "SUMMARY": ONE, "ATTENDEE": NONE},
    "REQUEST": {**EVENT, "DTSTART": ONE, "SUMMARY": ONE, "ATTENDEE": SOME},
    "CANCEL": {**EVENT, "SEQUENCE": ONE},
}
CALENDAR: Mapping[str, Bounds] = {
    **dict.fromkeys(("PRODID", "VERSION", "METHOD"), ONE),
    "CALSCALE": AT_MOST_ONE,
}
STATUSES: Mapping[str, set[str]] = {
    "PUBLISH": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "REQUEST": {"TENTATIVE", "CONFIRMED"},
    "CANCEL": {"CANCELLED"},
}


@dataclass(slots=True, kw_only=True)
class Component:
    """A part of a calendar file: its properties in order, and the parts in it."""

    name: str
    properties: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for each, _, value in self.properties if each == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def parameters(self, name: str) -> Mapping[str, str]:
        return next(parameters for each, parameters, _ in self.properties if each == name)

    def of(self, name: str) -> list["Component"]:
        return [part for part in self.parts if part.name == name]


def read(file: bytes) -> Component:
    """Read one calendar.

    :raises ValueError: when a line or the nesting is not RFC 5545's.
    """
    stack = [Component(name="")]
    for line in _unfolded(file):
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"not a content line: {line[:40]}")
        name, written, value = found.groups()
        if name == "BEGIN":
            stack.append(Component(name=value))
        elif name == "END":
            done = stack.pop()
            if done.name != value or not stack:
                raise ValueError(f"END:{value} ends nothing")
            stack[-1].parts.append(done)
        else:
            parameters = {key: text.strip('"') for key, text in _PARAMETER.findall(written)}
            stack[-1].properties.append((name, parameters, value))
    if len(stack) > 1 or len(stack[0].parts) != 1 or stack[0].properties:
        raise ValueError("not one whole calendar")
    return stack[0].parts[0]


def faults(file: bytes) -> list[str]:
    """Say what is wrong with a calendar file; nothing where it is well."""
    try:
        calendar = read(file)
    except ValueError as problem:
        return [str(problem)]
    return [*_lines(file), *_calendar(calendar)]


def _unfolded(file: bytes) -> Sequence[str]:
    text = file.decode()
    if not text.endswith("\r\n"):
        raise ValueError("the last line has no end")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def _lines(file: bytes) -> Iterator[str]:
    for line in file.split(b"\r\n"):
        if len(line) > LINE_OCTETS:
            yield "a line is longer than 75 octets"
        if b"\n" in line or b"\r" in line:
            yield "a line does not end with CRLF"


def _calendar(calendar: Component) -> Iterator[str]:
    yield from _counted(calendar, CALENDAR)
    if calendar.name != "VCALENDAR" or calendar.first("VERSION") != "2.0":
        yield "not a calendar of version 2.0"
    method = calendar.first("METHOD")
    if method not in BY_METHOD:
        yield f"no method {method} for an event"
        return
    zones = {zone.first("TZID") for zone in calendar.of("VTIMEZONE")}
    if not calendar.of("VEVENT") and method != "PUBLISH":
        yield "no event"
    for event in calendar.of("VEVENT"):
        yield from _counted(event, BY_METHOD[method])
        yield from _event(event, method, zones)


def _event(event: Component, method: str, zones: set[str]) -> Iterator[str]:
    if event.all("DTEND") and event.all("DURATION"):
        yield "DTEND and DURATION"
    if (status := event.first("STATUS")) and status not in STATUSES[method]:
        yield f"STATUS {status} in {method}"
    if not event.first("SEQUENCE").isdecimal():
        yield "SEQUENCE is no number"
    for name, parameters, value in event.properties:
        if name in _DATES and not _LOCAL.fullmatch(value):
            yield f"{name} is no local time"
        if name in _DATES and parameters.get("TZID") not in zones:
            yield f"{name} is in a zone the file does not tell"
        if name in {"ORGANIZER", "ATTENDEE"} and not value.startswith("mailto:"):
            yield f"{name} is no address"
    if not re.fullmatch(r"\d{8}T\d{6}Z", event.first("DTSTAMP")):
        yield "DTSTAMP is not in UTC"
    if event.all("DTEND") and event.first("DTEND") <= event.first("DTSTART"):
        yield "it ends before it begins"


def _counted(component: Component, bounds: Mapping[str, Bounds]) -> Iterator[str]:
    held = Counter(name for name, _, _ in component.properties)
    for name, (least, most) in bounds.items():
        if not least <= held[name] <= most:
            yield f"{name} stands {held[name]} times in {component.name}"
