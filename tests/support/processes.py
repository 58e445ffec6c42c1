"""The bot as a process of its own, where a story needs one that can be killed."""

import asyncio
import base64
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from devtools.environment import ROOT, python

STARTS_WITHIN = 30.0  # seconds


@asynccontextmanager
async def a_process(settings: Settings) -> AsyncIterator[Process]:
    """Run the bot as it is run for real, until the block ends or somebody kills it.

    :raises TimeoutError: when it does not say that it is ready.
    """
    process = await asyncio.create_subprocess_exec(
        python(), "-m", "bot", cwd=ROOT, env=_environment(settings), stdout=PIPE
    )
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            await _ready(process)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def _ready(process: Process) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        if b'"event":"ready"' in line:
            return
    raise AssertionError("the bot ended before it was ready")


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url,
        "BOT_APP_ID": settings.app_id,
        "BOT_APP_PASSWORD": settings.app_password,
        "BOT_TENANT_ID": settings.tenant_id,
        "MASTER_KEYS": _written(settings.master_keys[1]),
        "INDEX_KEYS": _written(settings.index_keys[1]),
        "PORT": str(settings.port),
        "LOCAL_OPENID_METADATA": settings.local_openid_metadata,
        "LOCAL_CONNECTOR": settings.local_connector,
    }


def _written(key: bytes) -> str:
    return f"1:{base64.b64encode(key).decode()}"
