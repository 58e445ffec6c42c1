"""One event, one line of JSON: ids, codes and durations, never what somebody said (AC-LOG)."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import IO

correlation: ContextVar[str] = ContextVar("correlation", default="")

_OUR_ROOMS = frozenset(
    {"bot", "dialogs", "scheduler", "usecases", "cards", "storage", "graph", "domain", "security"}
)
_LOUD = ("aiohttp", "apscheduler", "asyncio", "botbuilder", "botframework", "msal", "msrest")
_SILENT = ("aiohttp.access", "sqlalchemy.engine", "sqlalchemy.pool")
_EVERY_RECORD_HAS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LONGEST = 200
_FRAMES = 20
_security = logging.getLogger("security")


class OneLine(logging.Formatter):
    """Writes a record as one line of JSON.

    What our own rooms log is written as they said it. Of other people's messages only the
    place is kept, because libraries put what they choke on into theirs. Of an exception the
    types, codes and places are kept, never its text or any variable.
    """

    def __init__(self, *, replica: int = 0) -> None:
        super().__init__()
        self._replica = replica

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in _OUR_ROOMS
        place = f"{record.module}:{record.lineno}"
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _said(record) if ours else place,
        }
        if self._replica:
            line["replica"] = self._replica
        if turn := correlation.get():
            line["correlation"] = turn
        if ours:
            line.update(_extras(record))
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = list(_chain(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def security(event: str, *, result: str, actor: str = "", about: str = "") -> None:
    """Log what a security officer looks for: who tried what, on what, and what came of it.

    All four are codes or ids of ours, never words of somebody's (AC-LOG-03).
    """
    _security.info(event, extra={"actor": actor, "about": about, "result": result})


def set_up(*, stream: IO[str] | None = None, replica: int = 0) -> None:
    """Send every log in the process through one careful line, and nothing past it.

    `replica` is the number of this process where there are several, else 0.
    """
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(OneLine(replica=replica))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False
    sys.excepthook = _uncaught


def _uncaught(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("bot").critical("stopped", exc_info=(kind, problem, trace))


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return "a log line that could not be written"


def _extras(record: logging.LogRecord) -> Mapping[str, object]:
    return {
        name: value[:_LONGEST] if isinstance(value, str) else value
        for name, value in vars(record).items()
        if name not in _EVERY_RECORD_HAS and isinstance(value, str | int | float | bool)
    }


def _chain(problem: BaseException) -> Iterator[Mapping[str, object]]:
    seen: BaseException | None = problem
    while seen is not None:
        kind = type(seen)
        told: dict[str, object] = {"type": f"{kind.__module__}.{kind.__qualname__}"}
        code = getattr(seen, "code", None)
        if isinstance(code, str | int):
            told["code"] = str(code)[:_LONGEST]
        told["at"] = [
            f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
            for frame, line in walk_tb(seen.__traceback__)
        ][-_FRAMES:]
        yield told
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
