"""The machine in Azure gives tokens to its own programs: msal asks it, only it is not Azure."""

from collections.abc import AsyncIterator

import pytest

from graph.entra import from_managed_identity
from graph.tokens import TokenRefused
from tests.support.authority import GRAPH, Machine, machine_here

SECRET = "known on this machine only"
OURS = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
SCOPE = f"{GRAPH}/.default"


@pytest.fixture
async def machine(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Machine]:
    identities = {"": "the machine's", OURS: "the bot's"}
    async with machine_here(Machine(secret=SECRET, identities=identities)) as running:
        monkeypatch.setenv("IDENTITY_ENDPOINT", running.address)
        monkeypatch.setenv("IDENTITY_HEADER", SECRET)
        yield running


async def test_the_machine_has_an_identity_of_its_own(machine: Machine) -> None:
    """MTG-18."""
    grant = await from_managed_identity(client_id=None, scope=SCOPE)()

    assert grant.token == "the machine's"
    (asked,) = machine.asked
    assert asked["resource"] == GRAPH
    assert "client_id" not in asked


@pytest.mark.usefixtures("machine")
async def test_the_bot_has_one_that_was_assigned_to_it() -> None:
    """MTG-18."""
    assert (await from_managed_identity(client_id=OURS, scope=SCOPE)()).token == "the bot's"


@pytest.mark.usefixtures("machine")
async def test_an_identity_the_machine_does_not_have_is_refused() -> None:
    with pytest.raises(TokenRefused, match="^noManagedIdentity$"):
        await from_managed_identity(client_id=OURS.replace("0", "1"), scope=SCOPE)()


async def test_who_does_not_know_the_machines_word_is_refused(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_HEADER", "guessed")

    with pytest.raises(TokenRefused, match="^noManagedIdentity$"):
        await from_managed_identity(client_id=None, scope=SCOPE)()
    assert len(machine.asked) == 1
