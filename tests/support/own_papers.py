"""Somebody's own papers, fetched by HTTP as the tab does it."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import aiohttp

from domain.people import Person
from tests.support.town import TENANT, Town


class Fetched(NamedTuple):
    status: int
    headers: Mapping[str, str]
    content: bytes


async def fetches(town: Town, person: Person, id: str) -> Fetched:
    """Ask for one of them by its id."""
    return await _asks(town, person, f"papers/{id}")


async def papers_of(town: Town, person: Person) -> list[dict[str, str]]:
    """See the list of them: for each its id, what it is, and when it was asked for."""
    seen: dict[str, Any] = json.loads((await _asks(town, person, "views/year")).content)
    rows: list[dict[str, str]] = seen["papers"]["rows"]
    return rows


async def listed(town: Town, person: Person) -> list[str]:
    return [each["id"] for each in await papers_of(town, person)]


async def _asks(town: Town, person: Person, path: str) -> Fetched:
    address = f"http://{town.settings.host}:{town.settings.port}/tab/{path}"
    token = town.teams.tokens.for_a_visitor(person.aad_id, tenant_id=TENANT)
    async with (
        aiohttp.ClientSession() as session,
        session.get(address, headers={"Authorization": f"Bearer {token}"}) as answer,
    ):
        return Fetched(answer.status, answer.headers, await answer.read())
