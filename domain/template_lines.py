"""Parts of a template as lines of words, as the Secretariat reads and types them (BER-39)."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.errors import RuleBroken
from domain.plan_templates import Data, PlanTier
from domain.plan_times import read_hour, read_when

FIRST_DAY = "første døgn"
TIERS: Mapping[str, PlanTier] = MappingProxyType(
    {"fuld": PlanTier.FULL, "orientering": PlanTier.ORIENTATION, "ekstern": PlanTier.EXTERNAL}
)
_TIER_WORDS = {tier: word for word, tier in TIERS.items()}
_MEASURE = re.compile(
    r"(?P<code>[a-zæøå]{1,2}[0-9]{1,3})(?:[ :,]{1,3}(?P<deadline>.{1,60}?))?"
    rf"(?P<first>[ ,:]{{1,3}}(?:{FIRST_DAY}|first day))?",
    re.IGNORECASE,
)
_HOURS = r"(?P<at>[0-9]{1,2}[.:][0-9]{2}(?:(?:,| og) ?[0-9]{1,2}[.:][0-9]{2}){0,5})"
_PHASE = re.compile(
    r"hver (?:(?P<count>[0-9]{1,2})\. )?(?P<unit>time|dag)"
    rf"(?: kl\. ?{_HOURS})?(?: i (?P<lasting>[0-9]{{1,3}}) dage?)?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"[0-9]{1,2}[.:][0-9]{2}")
_BULLET = re.compile(r"^(?:[-\*•–]|[0-9]{1,2}[.)]) ")


def items(text: str) -> list[str]:
    """Split what was written into its lines; marks of a list are not part of them."""
    said = (_BULLET.sub("", " ".join(line.split())) for line in text.splitlines())
    return [each for each in said if each]


def written_items(said: Data) -> str:
    return "\n".join(str(each) for each in said) if isinstance(said, list) else ""


def written_measures(said: Data) -> str:
    """Write `M1: T+4 timer, første døgn`, a line for each."""
    return _lines(said, _measure)


def read_measures(text: str) -> list[Data]:
    """Read the measures of a template.

    :raises RuleBroken: `template.measure_line`, or what `read_when` refuses
    """
    return [_read_measure(line) for line in items(text)]


def written_shares(said: Data) -> str:
    """Write `Styregruppen; orientering; hvis det rammer et boligområde`, a line for each."""
    return _lines(said, _share)


def read_shares(text: str) -> list[Data]:
    """Read who else gets a plan.

    :raises RuleBroken: `template.share_line`
    """
    return [_read_share(line) for line in items(text)]


def written_phases(said: Data) -> str:
    """Write `hver 2. time i 1 dag`, or `hver dag kl. 10.00`, a line for each."""
    return _lines(said, _phase)


def read_phases(text: str) -> list[Data]:
    """Read how often each authority reports.

    :raises RuleBroken: `template.phase_line` or `plan_time.impossible`
    """
    return [_read_phase(line) for line in items(text)]


def read_times(text: str) -> list[Data]:
    """Read moments, a line for each.

    :raises RuleBroken: what `read_when` refuses
    """
    return [str(read_when(line)) for line in items(text)]


def _lines(said: Data, write: Callable[[Mapping[str, Data]], str]) -> str:
    records = said if isinstance(said, list) else []
    return "\n".join(write(each) for each in records if isinstance(each, dict))


def _measure(said: Mapping[str, Data]) -> str:
    first = f", {FIRST_DAY}" if said.get("first_day") == "ja" else ""
    deadline = f": {said['deadline']}" if "deadline" in said else ""
    return f"{said['measure']}{deadline}{first}"


def _read_measure(line: str) -> Data:
    found = _MEASURE.fullmatch(line)
    if found is None:
        raise RuleBroken("template.measure_line", line=line)
    written: dict[str, Data] = {"measure": found["code"].upper()}
    if found["deadline"]:
        written["deadline"] = str(read_when(found["deadline"]))
    return {**written, "first_day": "ja" if found["first"] else "nej"}


def _share(said: Mapping[str, Data]) -> str:
    when = f"; {said['when']}" if said.get("when") else ""
    return f"{said['to']}; {_TIER_WORDS[PlanTier(str(said['tier']))]}{when}"


def _read_share(line: str) -> Data:
    to, tier, when, *more = (*(each.strip() for each in line.split(";")), "", "", "")
    if not to or tier.casefold() not in TIERS or any(more):
        raise RuleBroken("template.share_line", line=line)
    return {"to": to, "tier": TIERS[tier.casefold()].value, "when": when}


def _phase(said: Mapping[str, Data]) -> str:
    by_hours = "hours" in said
    count, unit = (said["hours"], "time") if by_hours else (said.get("days", "1"), "dag")
    hours = said.get("at", [])
    at = f" kl. {' og '.join(map(str, hours))}" if isinstance(hours, list) and hours else ""
    lasting = str(said.get("lasting", ""))
    days = "dag" if lasting == "1" else "dage"
    return (
        f"hver {unit if count == '1' else f'{count}. {unit}'}{at}"
        f"{f' i {lasting} {days}' if lasting else ''}"
    )


def _read_phase(line: str) -> Data:
    found = _PHASE.fullmatch(line)
    by_hours = found is not None and found["unit"].casefold() == "time"
    if found is None or by_hours == bool(found["at"]):
        raise RuleBroken("template.phase_line", line=line)
    count = str(int(found["count"] or 1))
    written: dict[str, Data] = {"days": "1" if by_hours else count}
    if by_hours:
        written["hours"] = count
    else:
        hours = _HOUR.findall(found["at"])
        written["at"] = [f"{read_hour(each):%H.%M}" for each in hours]
    if found["lasting"]:
        written["lasting"] = str(int(found["lasting"]))
    return written
