"""Everything that is logged, at its most talkative."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.logs import OneLine


@dataclass(frozen=True, kw_only=True)
class Logs:
    """Everything that was logged, as the bot writes it and as any other handler would."""

    written: io.StringIO
    raw: io.StringIO


@contextmanager
def listening() -> Iterator[Logs]:
    logs = Logs(written=io.StringIO(), raw=io.StringIO())
    careful, plain = logging.StreamHandler(logs.written), logging.StreamHandler(logs.raw)
    careful.setFormatter(OneLine())
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler in (careful, plain):
        root.addHandler(handler)
    try:
        yield logs
    finally:
        root.setLevel(level)
        for handler in (careful, plain):
            root.removeHandler(handler)
