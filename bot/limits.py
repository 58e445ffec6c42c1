"""How much one person, and everyone together, may send in a minute (AC-IN-05)."""

from collections import Counter
from datetime import datetime

from bot.authenticate import Identity
from bot.intake import Activity
from bot.refusals import TooMany

_MINUTE = 60.0
_EVERYONE = ("everyone", "")


class Limits:
    """Counts over a sliding minute: this one, and the share of the last still inside it."""

    def __init__(self, *, person_per_minute: int, tenant_per_minute: int) -> None:
        self._at_most = {"everyone": tenant_per_minute}
        self._person_at_most = person_per_minute
        self._minute = 0
        self._counted: Counter[tuple[str, str]] = Counter()
        self._counted_before: Counter[tuple[str, str]] = Counter()
        self._refused_at: dict[tuple[str, str], float] = {}

    def count(self, activity: Activity, identity: Identity, *, now: datetime) -> None:
        """Count one activity in.

        A card that refreshes itself is nobody's haste: it has a count of its own, so that it
        never stands in the way of what the person does.

        :raises TooMany: when there is no room for it; then it is not counted.
        """
        self._count("refresh" if _refreshes(activity) else "person", identity.aad_id, now=now)

    def count_looking(self, aad_id: str, *, now: datetime) -> None:
        """Count a look of the tab, which looks by itself as a card does.

        :raises TooMany: when there is no room for it; then it is not counted.
        """
        self._count("looking", aad_id, now=now)

    def _count(self, what: str, aad_id: str, *, now: datetime) -> None:
        at = now.timestamp()
        self._turn_to(int(at // _MINUTE))
        person = (what, aad_id)
        for who in (person, _EVERYONE):
            if self._spent(who, at) >= self._at_most.get(who[0], self._person_at_most):
                first = at - self._refused_at.get(who, -_MINUTE) >= _MINUTE
                self._refused_at[who] = at
                raise TooMany(who=aad_id if who is person else "everyone", first=first)
        self._counted.update((person, _EVERYONE))

    def _turn_to(self, minute: int) -> None:
        if minute == self._minute:
            return
        follows = minute == self._minute + 1
        self._counted_before = self._counted if follows else Counter()
        self._counted = Counter()
        self._minute = minute
        since = (minute - 1) * _MINUTE
        self._refused_at = {who: at for who, at in self._refused_at.items() if at >= since}

    def _spent(self, who: tuple[str, str], at: float) -> float:
        still_inside = 1.0 - (at / _MINUTE - self._minute)
        return self._counted[who] + self._counted_before[who] * still_inside


def _refreshes(activity: Activity) -> bool:
    value = activity.get("value")
    return isinstance(value, dict) and value.get("trigger") == "automatic"
