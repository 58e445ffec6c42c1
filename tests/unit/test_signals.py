"""What is counted is counted under closed words, and each house counts for itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from bot.signals import ENDS, KINDS, LATE, TIERS, Signals, TurnKind
from domain.delivery import DeliveryState
from domain.notices import NoticeKind, Tier
from domain.troubles import Trouble, TroubleCode
from graph.calls import End
from graph.needs import Need

MONDAY_NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CANARY = "kanariefugl"
HOSTILE = [CANARY, "", "a\nb", 'x"} 1\nssp_up{a="', "31129-1234", "other\x00", "MESSAGE", "ready "]


def _samples(signals: Signals) -> Iterator[Sample]:
    for family in text_string_to_metric_families(signals.written().decode()):
        yield from family.samples


def _value(signals: Signals, name: str, **labels: str) -> float:
    [value] = [
        each.value for each in _samples(signals) if (each.name, each.labels) == (name, labels)
    ]
    return value


def _series(signals: Signals) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    return {(each.name, frozenset(each.labels.items())) for each in _samples(signals)}


class TestAskingGraph:
    def test_counts_what_for_and_how_it_ended(self) -> None:
        signals = Signals()

        signals.asked_graph(Need.CALENDAR, End.THROTTLED, 0.3 * SECOND)

        name = "ssp_graph_seconds"
        assert _value(signals, f"{name}_count", service="calendar", end="throttled") == 1
        assert _value(signals, f"{name}_sum", service="calendar", end="throttled") == 0.3
        assert _value(signals, f"{name}_count", service="mail", end="done") == 0


class TestDelivering:
    def test_counts_what_was_taken_and_how_late_it_was(self) -> None:
        signals = Signals()

        signals.delivered(NoticeKind.CONCERN_GRAVE, Tier.URGENT, 0.3 * SECOND)
        signals.delivered(NoticeKind.CONCERN_GRAVE, Tier.URGENT, 50 * SECOND)

        kind = {"kind": "concern_grave", "tier": "urgent"}
        assert _value(signals, "ssp_delivered_total", **kind) == 2
        late = "ssp_delivery_lateness_seconds"
        assert _value(signals, f"{late}_sum", tier="urgent") == pytest.approx(50.3)
        assert _value(signals, f"{late}_bucket", tier="urgent", le="0.25") == 0
        assert _value(signals, f"{late}_bucket", tier="urgent", le="0.5") == 1
        assert _value(signals, f"{late}_bucket", tier="urgent", le="60.0") == 2

    def test_takes_what_came_before_its_time_as_punctual(self) -> None:
        signals = Signals()

        signals.delivered(NoticeKind.CONCERN_WAITING, Tier.ORDINARY, -SECOND)

        assert _value(signals, "ssp_delivery_lateness_seconds_sum", tier="ordinary") == 0

    @pytest.mark.parametrize("result", sorted(ENDS))
    def test_counts_each_way_it_can_end(self, result: str) -> None:
        signals = Signals()

        signals.ended(result)

        assert _value(signals, "ssp_sends_total", result=result) == 1
        assert sum(each.value for each in _samples(signals) if each.name == "ssp_sends_total") == 1

    def test_knows_every_state_that_a_send_can_lead_to(self) -> None:
        """BER-13."""
        assert {state.value for state in DeliveryState} - ENDS == {
            DeliveryState.READY,
            DeliveryState.SENDING,
            DeliveryState.ACKNOWLEDGED,
        }

    def test_counts_how_often_and_how_long_it_had_to_wait(self) -> None:
        signals = Signals()

        signals.throttled(5 * SECOND)
        signals.throttled(2 * SECOND)

        assert _value(signals, "ssp_throttled_total") == 2
        assert _value(signals, "ssp_paused_seconds_total") == 7


class TestWhatWaits:
    def test_is_shown_by_state_and_tier(self) -> None:
        signals = Signals()

        signals.queued(
            {(DeliveryState.READY, Tier.ALERT): 400, (DeliveryState.SENDING, Tier.ALERT): 8},
            oldest_overdue=90 * SECOND,
            pace=41.5,
        )

        assert _value(signals, "ssp_outbox_notices", state="ready", tier="alert") == 400
        assert _value(signals, "ssp_outbox_notices", state="sending", tier="alert") == 8
        assert _value(signals, "ssp_outbox_notices", state="ready", tier="urgent") == 0
        assert _value(signals, "ssp_outbox_oldest_overdue_seconds") == 90
        assert _value(signals, "ssp_pace_per_second") == 41.5

    def test_is_nothing_when_it_has_gone(self) -> None:
        signals = Signals()
        waiting = {(DeliveryState.UNRESOLVED, Tier.ORDINARY): 3}
        signals.queued(waiting, oldest_overdue=SECOND, pace=45)

        signals.queued({}, oldest_overdue=timedelta(), pace=45)

        labels = {"state": "unresolved", "tier": "ordinary"}
        assert _value(signals, "ssp_outbox_notices", **labels) == 0
        assert _value(signals, "ssp_outbox_oldest_overdue_seconds") == 0


class TestAnAudit:
    def test_that_found_nothing_is_the_heartbeat(self) -> None:
        """BER-78."""
        signals = Signals()

        signals.audited([], MONDAY_NOON)

        clean = "ssp_audit_clean_timestamp_seconds"
        assert _value(signals, clean) == MONDAY_NOON.timestamp()

    def test_that_found_something_stops_the_heartbeat_and_names_it(self) -> None:
        """BER-78."""
        signals = Signals()
        signals.audited([], MONDAY_NOON)

        late = Trouble(code=TroubleCode.OUTBOX_OVERDUE, count=3, since=MONDAY_NOON)
        signals.audited([late], MONDAY_NOON + 60 * SECOND)

        clean = "ssp_audit_clean_timestamp_seconds"
        assert _value(signals, clean) == MONDAY_NOON.timestamp()
        assert _value(signals, "ssp_trouble", code="outbox.overdue") == 1
        assert _value(signals, "ssp_trouble", code="chores.missed") == 0

    def test_that_finds_microsoft_365_refusing_goes_on_beating(self) -> None:
        """Nobody is to restart a bot because an administrator has to allow something."""
        signals = Signals()
        refused = Trouble(code=TroubleCode.MICROSOFT_REFUSED, count=1, since=MONDAY_NOON)

        signals.audited([refused], MONDAY_NOON)

        assert _value(signals, "ssp_trouble", code="microsoft.refused") == 1
        clean = "ssp_audit_clean_timestamp_seconds"
        assert _value(signals, clean) == MONDAY_NOON.timestamp()

    def test_that_finds_it_gone_says_so(self) -> None:
        signals = Signals()
        late = Trouble(code=TroubleCode.CHORES_MISSED, count=1, since=MONDAY_NOON)
        signals.audited([late], MONDAY_NOON)

        signals.audited([], MONDAY_NOON + 60 * SECOND)

        assert _value(signals, "ssp_trouble", code="chores.missed") == 0


class TestLabels:
    @pytest.mark.parametrize("word", HOSTILE)
    @pytest.mark.parametrize(
        "use",
        [
            lambda signals, word: signals.delivered(word, Tier.ALERT, SECOND),
            lambda signals, word: signals.ended(word),
            lambda signals, word: signals.turn(word, SECOND, "answered"),
            lambda signals, word: signals.turn("message", SECOND, word),
        ],
        ids=["kind", "end", "turn", "result"],
    )
    def test_are_never_what_somebody_said(
        self, word: str, use: Callable[[Signals, str], None]
    ) -> None:
        """AC-LOG-01: a word that is not ours is counted as `other`."""
        signals = Signals()
        before = _series(signals)

        use(signals, word)

        new = {label for _, labels in _series(signals) - before for label in labels}
        assert {value for name, value in new if name in {"kind", "result"}} <= (
            {"other"} | KINDS | ENDS | set(TurnKind) | {"answered"}
        )
        assert CANARY not in signals.written().decode()

    def test_do_not_grow_with_strangers(self) -> None:
        signals = Signals()
        signals.ended("a stranger")
        before = _series(signals)

        for number in range(1_000):
            signals.ended(str(number))

        assert _series(signals) == before
        assert _value(signals, "ssp_sends_total", result="other") == 1_001

    def test_of_a_tier_nobody_knows_are_other(self) -> None:
        signals = Signals()

        signals.delivered(NoticeKind.CONCERN_PING, 99, SECOND)

        assert _value(signals, "ssp_delivered_total", kind="concern_ping", tier="other") == 1

    def test_are_there_before_the_first_event(self) -> None:
        """A rise from nothing to one is a rise only if the nothing was seen."""
        signals = Signals()

        for kind in KINDS:
            for tier in TIERS.values():
                assert _value(signals, "ssp_delivered_total", kind=kind, tier=tier) == 0


def test_two_houses_in_one_process_count_apart() -> None:
    ours, theirs = Signals(), Signals()

    ours.ended("delivered")

    assert _value(ours, "ssp_sends_total", result="delivered") == 1
    assert _value(theirs, "ssp_sends_total", result="delivered") == 0


def test_the_process_itself_is_measured() -> None:
    names = {each.name for each in _samples(Signals())}

    assert {"process_resident_memory_bytes", "python_info"} <= names
    assert "python_gc_collections_total" in names


def test_lateness_is_measured_from_a_tenth_of_a_second_to_an_hour() -> None:
    assert (LATE[0], LATE[-1]) == (0.1, 3600)
    assert list(LATE) == sorted(LATE)
