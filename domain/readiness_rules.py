"""What holds for every alert and can be set without code: who, how many, how soon (BER-02 …)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.activation import Hours
from domain.alerts import Quorum
from domain.errors import RuleBroken
from domain.escalation import LADDER, Step
from domain.people import Authority
from domain.plan_templates import Data
from domain.plan_times import read_hour

MOST_OF_AN_AUTHORITY = 20  # people who must join
FIELDS = {"own_areas_only", "quorum", "ladder", "hours"}
LATEST = timedelta(hours=24)  # of a rung; whoever wants it later wants no ladder


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRules:
    """The rules as they are set; an alert freezes those it needs when it is activated (BER-29).

    :param own_areas_only: whether members of a leader group need somebody else for other areas
        and the whole city (BER-02).
    :param quorum: how many of each authority must be joining (BER-24).
    :param ladder: when which rung is climbed (BER-25).
    :param hours: when an orientation may disturb (BER-30).
    """

    own_areas_only: bool
    quorum: Quorum
    ladder: Sequence[Step]
    hours: Hours


def read_rules(data: Data) -> ReadinessRules:
    """Read the rules as they are written.

    :raises ValueError: naming what cannot be read; nobody is alerted by rules that are guessed.
    """
    if not isinstance(data, dict) or data.keys() != {
        "own_areas_only",
        "quorum",
        "ladder",
        "hours",
    }:
        raise ValueError("rules.yaml: own_areas_only, quorum, ladder and hours, and nothing else")
    return ReadinessRules(
        own_areas_only=_yes_or_no(data["own_areas_only"]),
        quorum=_quorum(data["quorum"]),
        ladder=_ladder(data["ladder"]),
        hours=_hours(data["hours"]),
    )


def _yes_or_no(data: Data) -> bool:
    if data not in {"ja", "nej"}:
        raise ValueError("rules.yaml: own_areas_only is ja or nej")
    return data == "ja"


def _quorum(data: Data) -> Mapping[Authority, int]:
    written = data if isinstance(data, dict) else {}
    try:
        read = {Authority(name): int(str(count)) for name, count in written.items()}
    except ValueError:
        raise ValueError("rules.yaml: quorum is a number for each authority") from None
    if not read or not all(0 <= each <= MOST_OF_AN_AUTHORITY for each in read.values()):
        raise ValueError(f"rules.yaml: quorum is 0 to {MOST_OF_AN_AUTHORITY} for each authority")
    return read


def _ladder(data: Data) -> tuple[Step, ...]:
    try:
        after = [timedelta(minutes=int(str(each))) for each in data or ()]
    except ValueError:
        raise ValueError("rules.yaml: ladder is minutes") from None
    grows = all(a < b for a, b in zip([timedelta(), *after], after, strict=False))
    if len(after) != len(LADDER) or not grows or after[-1] > LATEST:
        raise ValueError(f"rules.yaml: ladder is {len(LADDER)} growing numbers of minutes")
    return tuple(Step(rung=rung.rung, after=at) for rung, at in zip(LADDER, after, strict=True))


def _hours(data: Data) -> Hours:
    try:
        opens, closes = (read_hour(str(each)) for each in data or ())
    except (ValueError, RuleBroken):
        raise ValueError("rules.yaml: hours are two such as 07.00") from None
    if opens >= closes:
        raise ValueError("rules.yaml: hours begin before they end")
    return Hours(opens=opens, closes=closes)
