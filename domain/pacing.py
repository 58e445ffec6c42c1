"""How fast we may send: a pace that adapts to what Teams takes, and limits per conversation.

Microsoft says 50 requests a second for an app in a tenant; older pages say 30 (teams.md §5).
So nobody knows, and the pace is found out: it falls when Teams throttles and climbs back.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MOST = 50.0  # messages a second that no setting may exceed
SLOWEST = 9.5
HORIZON = timedelta(milliseconds=250)  # slots given out ahead: what a crash leaves unresolved
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

KEPT = 0.93  # of what Teams was seen to take in a second, or of the pace that was too fast
CLIMB = 0.002
REMEMBERED = timedelta(seconds=10)  # how long the best second counts
RESTED = timedelta(seconds=1)  # a silence this long ends a run: its windows are empty again
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=1)
FEW = 10  # messages in a minute, of which a share says nothing
CLOCKS_DIFFER = timedelta(minutes=1)  # what replicas' clocks may; by more, one was set back

# teams.md §5: what one bot may send in one conversation
LANE_LIMITS = (
    (7, timedelta(seconds=1)),
    (8, timedelta(seconds=2)),
    (60, timedelta(seconds=30)),
    (1_800, timedelta(hours=1)),
)
LANE_WINDOW = max(window for _, window in LANE_LIMITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How things stand for all replicas together; rates are messages a second."""

    rate: float
    next_free_at: datetime
    run_began_at: datetime  # since when we have sent without a rest
    climbed_at: datetime  # up to when `rate` has climbed
    paused_until: datetime
    fell_at: datetime  # when Teams last throttled us
    fell_from: float  # the pace that was then too fast
    refused: datetime  # when the first message that it refused had begun
    best: float = 0.0  # the most that Teams was seen to take in one second
    best_before: float = 0.0  # … before it throttled us
    throttled: int = 0  # times in a row, without a message taken in between
    spare: float = 0.0  # calls without a slot that there is room for
    spare_at: datetime
    counted_from: datetime
    taken: int = 0  # messages since then
    turned_away: int = 0  # … and refusals for being too fast
    share: float = 0.0  # of refusals among all, in the minute before

    @classmethod
    def fresh(cls, *, rate: float, now: datetime) -> "Pace":
        """Begin at a pace, with nothing known yet."""
        return cls(
            rate=rate,
            next_free_at=now - RESTED,
            run_began_at=now,
            climbed_at=now,
            paused_until=now,
            fell_at=now - MINUTE,
            fell_from=rate,
            refused=now,
            spare_at=now,
            counted_from=now,
        )


def believed(pace: Pace, *, now: datetime) -> Pace:
    """Begin anew, at the same rate, where what has been is still to come: a clock was set back."""
    latest = max(pace.counted_from, pace.fell_at, pace.next_free_at)
    return pace if latest <= now + CLOCKS_DIFFER else Pace.fresh(rate=pace.rate, now=now)


def slots(
    pace: Pace, *, wanted: int, most: float, now: datetime
) -> tuple[Pace, Sequence[datetime]]:
    """Give out the next free instants for as many messages, none while paused.

    They lie 1/rate apart and at most HORIZON ahead, whoever asks.

    :param most: the pace it may climb to.
    """
    if now < pace.paused_until:
        return pace, ()
    pace = _climbed(pace, most=most, now=now)
    first = max(now, pace.next_free_at)
    rested = max(first - pace.next_free_at, _pause_after(pace)) >= RESTED
    gap = SECOND / pace.rate
    room = math.floor((now + HORIZON - first) / gap) + 1 if first <= now + HORIZON else 0
    given = [first + number * gap for number in range(min(wanted, room))]
    if given:
        run_began_at = first if rested else pace.run_began_at
        pace = replace(pace, next_free_at=given[-1] + gap, run_began_at=run_began_at)
    return pace, given


def _pause_after(pace: Pace) -> timedelta:
    """Tell how long the pause was that ended the run, if one did."""
    ended = pace.run_began_at < pace.paused_until
    return pace.paused_until - pace.fell_at if ended else timedelta()


def spent(pace: Pace, *, count: int, most: float, now: datetime) -> Pace:
    """Take account of calls that went ahead without a slot, because somebody was waiting.

    What lies between the pace and the ceiling is for them; only what goes beyond takes slots.
    """
    room = pace.rate * max(0.0, MOST / most - 1)
    spare = min(room, pace.spare + room * max(0.0, (now - pace.spare_at) / SECOND))
    pace = replace(pace, spare=max(0.0, spare - count), spare_at=now)
    beyond = max(0.0, count - spare)
    if not beyond:
        return pace
    rested = now - pace.next_free_at >= RESTED
    return replace(
        pace,
        run_began_at=now if rested else pace.run_began_at,
        next_free_at=max(now, pace.next_free_at) + beyond * SECOND / pace.rate,
    )


def counted(pace: Pace, *, taken: int = 0, turned_away: int = 0, now: datetime) -> Pace:
    """Note how many messages Teams took, and how many it refused for being too fast."""
    if now - pace.counted_from >= MINUTE:
        pace = replace(pace, counted_from=now, taken=0, turned_away=0, share=_share(pace, now))
    return replace(
        pace,
        throttled=0 if taken else pace.throttled,
        taken=pace.taken + taken,
        turned_away=pace.turned_away + turned_away,
    )


def _share(pace: Pace, now: datetime) -> float:
    """Tell which share was refused in the minute that ends; 0 when that says little."""
    total = pace.taken + pace.turned_away
    says_little = total < FEW or now - pace.counted_from >= 2 * MINUTE
    return 0.0 if says_little else pace.turned_away / total


def refused_share(pace: Pace, *, now: datetime) -> float:
    """Tell which share of what we sent in the last whole minute was too fast (BER-79)."""
    return counted(pace, now=now).share if now - pace.counted_from < 2 * MINUTE else 0.0


def throttled(
    pace: Pace, *, begun_at: datetime, retry_after: timedelta | None, jitter: float, now: datetime
) -> Pace:
    """Fall back and pause, because Teams refused a message begun at `begun_at` with a 429.

    The new pace is what Teams has been seen to take: in the second before that message it took
    all that had begun. It never falls to less than half at once, for one refusal may be chance.
    Refusals of messages that had begun before the fall belong to the same event.

    :param retry_after: how long Teams asks for; without it we wait longer each time in a row.
    :param jitter: from 0 to 1.
    """
    if begun_at > pace.fell_at:
        best = pace.best if now - pace.fell_at < REMEMBERED else 0.0
        pace = replace(
            pace,
            fell_at=now,
            fell_from=pace.rate,
            refused=begun_at,
            best_before=best,
            throttled=pace.throttled + 1,
        )
    wait = retry_after or _pause(pace.throttled, jitter)
    pace = replace(pace, paused_until=max(pace.paused_until, now + wait), climbed_at=now + wait)
    return _fallen(replace(pace, refused=min(pace.refused, begun_at)))


def stopped(pace: Pace, *, until: datetime) -> Pace:
    """Send nothing before then."""
    return replace(pace, paused_until=max(pace.paused_until, until))


def _pause(times: int, jitter: float) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(max(times, 1) - 1, 6)), LONGEST_PAUSE) * (0.5 + jitter)


def _fallen(pace: Pace) -> Pace:
    run = max(timedelta(), min(SECOND, pace.refused - pace.run_began_at))
    best = max(pace.best_before, pace.fell_from * (run / SECOND))
    rate = min(KEPT * pace.fell_from, max(KEPT * best, pace.fell_from / 2))
    return replace(pace, best=best, rate=max(min(SLOWEST, pace.fell_from), rate))


def _climbed(pace: Pace, *, most: float, now: datetime) -> Pace:
    passed = max(timedelta(), now - pace.climbed_at)
    rate = min(most, pace.rate * (1 + CLIMB * passed.total_seconds()))
    return replace(pace, rate=rate, climbed_at=max(now, pace.climbed_at))


def lane_free_at(begun: Sequence[datetime], *, now: datetime) -> datetime:
    """Say when the next message may begin in a conversation where these had begun.

    :param begun: in order, the latest last.
    """
    waits = [
        begun[-count] + window
        for count, window in LANE_LIMITS
        if len(begun) >= count and begun[-count] + window > now
    ]
    return max(waits, default=now)
