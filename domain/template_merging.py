"""Two people change one template: what both can have, both get (BER-39)."""

from collections.abc import Mapping

from domain.errors import RuleBroken
from domain.plan_templates import Data

Written = Mapping[str, Data]


def changed(before: Written, after: Written) -> frozenset[str]:
    """Name the fields that differ."""
    names = {*before, *after}
    return frozenset(each for each in names if before.get(each) != after.get(each))


def merge(seen: Written, mine: Written, now: Written) -> dict[str, Data]:
    """Lay what somebody changed in what they saw over how it is now.

    :raises RuleBroken: `template.unchanged`, or `template.moved_on` where somebody else has
        changed the same field otherwise meanwhile
    """
    by_me, by_others = changed(seen, mine), changed(seen, now)
    if not by_me:
        raise RuleBroken("template.unchanged")
    if any(mine.get(each) != now.get(each) for each in by_me & by_others):
        raise RuleBroken("template.moved_on")
    kept = {name: value for name, value in now.items() if name not in by_me}
    return {**kept, **{name: mine[name] for name in mine if name in by_me}}
