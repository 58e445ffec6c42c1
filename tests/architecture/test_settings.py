"""Every setting is documented, and nothing else reads the environment."""

import ast
from dataclasses import MISSING, Field, fields
from datetime import timedelta

import pytest

from bot.settings import Settings
from tests.support.repository import ROOT, python_files, shown

MAY_READ_THE_ENVIRONMENT = {
    "bench/support/crashing.py",
    "bench/support/programs.py",
    "bench/support/senders.py",
    "bench/support/sending.py",
    "bot/settings.py",
    "devtools/house.py",
    "devtools/testing.py",
    "tests/support/databases.py",
}


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_a_setting_has_its_row_in_the_documentation(setting: Field[object]) -> None:
    variable, meaning = setting.metadata["variable"], setting.metadata["meaning"]
    rows = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()

    assert f"| `{variable}` | {_default(setting)} | {meaning} |" in rows


def _default(setting: Field[object]) -> str:
    """Write a default as a person would set it."""
    match setting.default:
        case default if default is MISSING:
            return "**must be set**"
        case "":
            return "–"
        case bool(default):
            return "`yes`" if default else "`no`"
        case timedelta() as default:
            return f"`{default.total_seconds():g}`"
        case tuple() as default:
            return f"`{','.join(default)}`"
        case default:
            return f"`{default}`"


def test_only_the_settings_and_the_dev_tools_read_the_environment() -> None:
    readers = {shown(file) for file, text in python_files().items() if _reads_environment(text)}

    assert readers <= MAY_READ_THE_ENVIRONMENT


def _reads_environment(text: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
        for node in ast.walk(ast.parse(text))
    )
