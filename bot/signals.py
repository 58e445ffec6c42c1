"""What can be counted and measured of the bot, for Prometheus: numbers under closed words only.

A label is never an id, a name or a text. Whatever is not in the vocabulary is counted as
`other`, so that nothing confided can become a label and no stranger can make series.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Self

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from domain.delivery import OPEN, DeliveryState
from domain.microsoft import Service
from domain.notices import NoticeKind, Tier
from domain.troubles import QUIET, Trouble, TroubleCode
from graph.calls import End
from graph.needs import Need

OTHER = "other"
LATE = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)  # seconds
LONG = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5)  # seconds
KINDS = frozenset(kind.value for kind in NoticeKind)
TIERS: Mapping[int, str] = MappingProxyType({int(tier): tier.name.lower() for tier in Tier})
ENDS = frozenset(
    {
        "delivered",
        "retried",
        "throttled",
        "blocked",
        "app_missing",
        "unknown",
        "given_up",
        "unresolved",
        "cancelled",
    }
)
RESULTS = frozenset({"answered", "refused", "failed"})


class TurnKind(StrEnum):
    """What Teams called about."""

    MESSAGE = "message"  # something typed
    INVOKE = "invoke"  # a button pressed
    OTHER = "other"

    @classmethod
    def of(cls, type: str) -> Self:
        """Tell from an activity's type."""
        return cls(type) if type in _TURNS else cls(OTHER)


_TURNS = frozenset(TurnKind)


class Signals:
    """The bot's metrics, in a registry of their own."""

    def __init__(self) -> None:
        disable_created_metrics()
        self._registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._delivered = Counter(
            "ssp_delivered",
            "Messages that Teams or the mail server took.",
            ["kind", "tier"],
            registry=registry,
        )
        self._late = Histogram(
            "ssp_delivery_lateness_seconds",
            "From when a message was due to when it was taken.",
            ["tier"],
            buckets=LATE,
            registry=registry,
        )
        self._ended = Counter(
            "ssp_sends", "Attempts to send, by what came of them.", ["result"], registry=registry
        )
        self._throttled = Counter(
            "ssp_throttled", "Times that Teams asked the whole bot to wait.", registry=registry
        )
        self._paused = Counter(
            "ssp_paused_seconds", "Time the whole bot was asked to wait.", registry=registry
        )
        self._turns = Histogram(
            "ssp_turn_seconds",
            "From a call of Teams to our answer.",
            ["kind", "result"],
            buckets=LONG,
            registry=registry,
        )
        self._faults = Counter(
            "ssp_turn_faults",
            "Turns that broke: the person was given a code to report.",
            registry=registry,
        )
        self._graph = Histogram(
            "ssp_graph_seconds",
            "From a call of Microsoft Graph to its answer.",
            ["service", "end"],
            buckets=LONG,
            registry=registry,
        )
        self._queue = Gauge(
            "ssp_outbox_notices",
            "What waits in the outbox, the same on every replica.",
            ["state", "tier"],
            registry=registry,
        )
        self._overdue = Gauge(
            "ssp_outbox_oldest_overdue_seconds",
            "How long the oldest message has been due; 0 when none is.",
            registry=registry,
        )
        self._pace = Gauge(
            "ssp_pace_per_second",
            "Messages a second that all replicas together now allow themselves.",
            registry=registry,
        )
        self._clean = Gauge(
            "ssp_audit_clean_timestamp_seconds",
            "When an audit last found no trouble; 0 before the first.",
            registry=registry,
        )
        self._trouble = Gauge(
            "ssp_trouble", "1 while the auditor finds this trouble.", ["code"], registry=registry
        )
        self._of = cache(lambda family, **labels: family.labels(**labels))
        self._begin_at_nothing()

    def _begin_at_nothing(self) -> None:
        """Show every series from the start, so that the first event is seen as a rise."""
        for result in ENDS:
            self._ended.labels(result=result)
        for code in TroubleCode:
            self._trouble.labels(code=code)
        for tier in TIERS.values():
            self._late.labels(tier=tier)
            for kind in KINDS:
                self._delivered.labels(kind=kind, tier=tier)
        for service in Service:
            for end in End:
                self._graph.labels(service=service, end=end)
        for kind in TurnKind:
            for result in RESULTS:
                self._turns.labels(kind=kind, result=result)

    def delivered(self, kind: str, tier: int, late: timedelta) -> None:
        """Count a message that was taken, this long after it was due."""
        name = TIERS.get(tier, OTHER)
        self._of(self._delivered, kind=_known(kind, KINDS), tier=name).inc()
        self._of(self._late, tier=name).observe(max(0.0, late.total_seconds()))

    def ended(self, result: str) -> None:
        """Count an attempt to send, by what came of it: one of `ENDS`."""
        self._of(self._ended, result=_known(result, ENDS)).inc()

    def throttled(self, paused_for: timedelta) -> None:
        """Count that Teams asked the whole bot to wait."""
        self._throttled.inc()
        self._paused.inc(max(0.0, paused_for.total_seconds()))

    def turn(self, kind: str, took: timedelta, result: str) -> None:
        """Note how long a call of Teams took, and which of `RESULTS` it had."""
        self._turns.labels(kind=TurnKind.of(kind), result=_known(result, RESULTS)).observe(
            took.total_seconds()
        )

    def asked_graph(self, need: Need, end: End, took: timedelta) -> None:
        """Note how long a call of Microsoft Graph took, and how it ended."""
        self._graph.labels(service=need.service, end=end).observe(took.total_seconds())

    def turn_broke(self) -> None:
        """Count a turn that was answered with an apology and a code."""
        self._faults.inc()

    def queued(
        self,
        depths: Mapping[tuple[DeliveryState, Tier], int],
        *,
        oldest_overdue: timedelta,
        pace: float,
    ) -> None:
        """Show what waits.

        :param depths: how many, by open state and tier; what it does not name is none.
        :param oldest_overdue: how long the oldest has been due.
        :param pace: messages a second that all replicas together now allow themselves.
        """
        for state in OPEN:
            for tier in Tier:
                labelled = self._queue.labels(state=state.value, tier=TIERS[tier])
                labelled.set(depths.get((state, tier), 0))
        self._overdue.set(max(0.0, oldest_overdue.total_seconds()))
        self._pace.set(pace)

    def audited(self, troubles: Sequence[Trouble], at: datetime) -> None:
        """Show what an audit found; when it found nothing, that is the heartbeat (BER-78)."""
        found = {trouble.code for trouble in troubles}
        for code in TroubleCode:
            self._trouble.labels(code=code).set(code in found)
        if found <= QUIET:
            self._clean.set(at.timestamp())

    def written(self) -> bytes:
        """Write everything as Prometheus reads it (text format 0.0.4)."""
        return generate_latest(self._registry)


def _known(said: str, vocabulary: Collection[str]) -> str:
    return said if said in vocabulary else OTHER
