"""The page and what it draws with."""

import asyncio
from functools import partial
from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent
PAGE = HERE / "page"
VENDOR = HERE / "node_modules"


def routes() -> list[web.RouteDef]:
    return [
        web.get("/", _index),
        web.get("/page/{path:.+}", partial(_file, folder=PAGE)),
        web.get("/vendor/{path:.+}", partial(_file, folder=VENDOR)),
    ]


async def _index(_request: web.Request) -> web.FileResponse:
    return await _send(PAGE, "index.html")


async def _file(request: web.Request, *, folder: Path) -> web.FileResponse:
    return await _send(folder, request.match_info["path"])


async def _send(folder: Path, path: str) -> web.FileResponse:
    """Send a file of the folder, and nothing that lies outside it."""
    wanted = await asyncio.to_thread(_inside, folder, path)
    if wanted is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.FileResponse(wanted, headers=headers)


def _inside(folder: Path, path: str) -> Path | None:
    wanted = (folder / path).resolve()
    return wanted if wanted.is_relative_to(folder.resolve()) and wanted.is_file() else None
