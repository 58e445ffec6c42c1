"""Settings that cannot be used, and what the bot says of them instead of starting."""

from collections.abc import Mapping

import pytest

from bot.settings import Settings, SettingsProblem

LOCAL = {
    "LOCAL_OPENID_METADATA": "http://127.0.0.1:3979/.well-known/openid-configuration",
    "LOCAL_CONNECTOR": "http://127.0.0.1:3979/connector/",
}


def problems(env: Mapping[str, str]) -> str:
    """Say what is wrong; a test in which nothing is fails."""
    with pytest.raises(SettingsProblem) as problem:
        Settings.from_environment(env)
    return str(problem.value)
