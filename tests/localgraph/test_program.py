"""The stand-in as a program of its own."""

import asyncio
import json
import sys
from pathlib import Path

from aiohttp import ClientSession

from tests.localgraph.tenant import BOX, METTE, TOKEN
from tests.support.repository import ROOT

PEOPLE = {
    "people": [{"id": "mette", "name": "Mette Holm", "mail": METTE}],
    "groups": [{"id": "lokal", "name": "Lokaludvalg", "members": ["mette"]}],
    "apps": [{"id": "app-1", "external_id": "a3f0"}],
}


async def test_it_answers_until_it_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(PEOPLE), encoding="utf-8")
    arguments = ("-m", "localgraph", "--port", "0", "--people", str(file), "--mailbox", BOX)
    program = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None

    try:
        url = (await program.stdout.readline()).decode().strip()
        async with ClientSession(headers=TOKEN) as session:
            members = await _read(session, f"{url}/groups/lokal/members?$select=displayName")
            apps = await _read(session, f"{url}/appCatalogs/teamsApps")
            elsewhere = await session.get(f"{url}/users/{METTE}/calendar")
    finally:
        program.terminate()

    assert [each["displayName"] for each in members] == ["Mette Holm"]
    assert [each["externalId"] for each in apps] == ["a3f0"]
    assert elsewhere.status == 403
    assert await program.wait() == 0


async def _read(session: ClientSession, url: str) -> list[dict[str, object]]:
    async with session.get(url) as answer:
        body = await answer.json()
    return list(body["value"])
