"""What the alert rules watch is there to be watched."""

import re
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.signals import TIERS as TIER_NAMES
from bot.signals import Signals
from domain.notices import Tier
from domain.troubles import TroubleCode
from tests.support.repository import ROOT

RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((ROOT / "docs" / "alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
METRIC = re.compile(r"\b((?:ssp|process|python)_\w+)(?:\{([^}]*)\})?")
MATCHER = re.compile(r'(\w+)="([^"]*)"')
TIERS = re.compile(r'tier=~?"([^"]*)"')


def _names_and_labels() -> tuple[set[str], set[tuple[str, str, str]]]:
    samples = [
        sample
        for family in text_string_to_metric_families(Signals().written().decode())
        for sample in family.samples
    ]
    return {each.name for each in samples}, {
        (each.name, label, value) for each in samples for label, value in each.labels.items()
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_watches_what_exists(rule: dict[str, Any]) -> None:
    names, labels = _names_and_labels()
    watched = METRIC.findall(rule["expr"])

    assert watched or rule["expr"].startswith("up{")
    assert {name for name, _ in watched} <= names
    assert {
        (name, label, value)
        for name, matchers in watched
        for label, value in MATCHER.findall(matchers)
    } <= labels


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_says_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["annotations"]["summary"]
    assert f"| `{rule['alert']}` |" in OPERATIONS


@pytest.mark.parametrize("code", TroubleCode)
def test_every_trouble_of_the_auditor_has_a_rule(code: TroubleCode) -> None:
    assert any(f'ssp_trouble{{code="{code}"}}' in rule["expr"] for rule in RULES)


@pytest.mark.parametrize("tier", [each for each in Tier if each.is_alert])
def test_alerts_that_are_late_are_noticed_whoever_they_are_for(tier: Tier) -> None:
    [rule] = [each for each in RULES if each["alert"] == "SspBotLate"]
    [watched] = TIERS.findall(rule["expr"])

    assert re.fullmatch(watched, TIER_NAMES[tier])


def test_every_metric_is_explained_to_operators() -> None:
    families = text_string_to_metric_families(Signals().written().decode())
    ours = {family.name for family in families if family.name.startswith("ssp_")}

    assert {name for name in ours if f"`{name}" not in OPERATIONS} == set()
