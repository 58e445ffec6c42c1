"""The page and what it draws with."""

import asyncio
from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent
PAGE = HERE / "page"
VENDOR = HERE / "node_modules"


def routes() -> list[web.RouteDef]:
    return [
        web.get("/", lambda _: _send(PAGE, "index.html")),
        web.get("/page/{path:.+}", lambda request: _send(PAGE, request.match_info["path"])),
        web.get("/vendor/{path:.+}", lambda request: _send(VENDOR, request.match_info["path"])),
    ]


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
