"""Microsoft's clouds: whole, apart from each other, and known to Microsoft's own library."""

from dataclasses import astuple
from urllib.parse import urlsplit

import pytest
from msal.authority import WELL_KNOWN_AUTHORITY_HOSTS

from graph.clouds import HOSTS, Cloud

EACH = pytest.mark.parametrize("cloud", Cloud)


@EACH
def test_a_cloud_is_reached_over_tls_only(cloud: Cloud) -> None:
    assert {urlsplit(each).scheme for each in astuple(HOSTS[cloud])} == {"https"}


@EACH
def test_who_gives_its_tokens_is_known_to_msal(cloud: Cloud) -> None:
    """Or msal would ask the global cloud about it first."""
    assert urlsplit(HOSTS[cloud].entra).hostname in WELL_KNOWN_AUTHORITY_HOSTS


@EACH
def test_a_token_is_for_all_that_was_allowed_and_for_one_service(cloud: Cloud) -> None:
    hosts = HOSTS[cloud]

    assert hosts.graph_scope == f"{hosts.graph}/.default"
    assert hosts.bot_scope == f"{hosts.bot}/.default"
    assert hosts.graph_base == f"{hosts.graph}/v1.0"


def test_no_two_clouds_share_a_graph() -> None:
    assert len({hosts.graph for hosts in HOSTS.values()}) == len(Cloud)


def test_danish_authorities_are_in_the_global_one() -> None:
    hosts = HOSTS[Cloud.GLOBAL]

    assert hosts.entra == "https://login.microsoftonline.com"
    assert hosts.graph_base == "https://graph.microsoft.com/v1.0"
    assert hosts.bot_scope == "https://api.botframework.com/.default"
    assert hosts.bot_keys == "https://login.botframework.com/v1/.well-known/openidconfiguration"
