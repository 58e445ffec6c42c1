"""What a bench says: one JSON line for each figure, and whether its goal was met."""

import json
import sys
from collections.abc import Mapping

MISSED: list[str] = []


def tell(
    name: str,
    value: float,
    unit: str,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    beside: Mapping[str, float] | None = None,
) -> None:
    """Print one figure; `beside` is what was measured in the same run to compare it with."""
    ok = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    figure: dict[str, object] = {"name": name, "value": round(value, 4), "unit": unit, "ok": ok}
    if at_most is not None:
        figure["goal"] = f"<= {at_most:.4g}"
    if at_least is not None:
        figure["goal"] = f">= {at_least:.4g}"
    if beside:
        figure["beside"] = {what: round(number, 4) for what, number in beside.items()}
    if not ok:
        MISSED.append(name)
    sys.stdout.write(json.dumps(figure) + "\n")
    sys.stdout.flush()


def note(said: str) -> None:
    """Say something to whoever watches; it is no figure."""
    sys.stderr.write(said + "\n")


def end() -> int:
    """Give the exit code: 1 when a goal was missed."""
    return 1 if MISSED else 0
