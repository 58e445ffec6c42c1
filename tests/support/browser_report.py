"""What a teacher tells in the browser, whatever day it is there."""

import time
from collections.abc import Mapping
from datetime import date

from tests.support.reports import REPORT

STEPS = (
    *("safety", "person", "about", "concern", "criteria", "level"),
    *("risk", "protection", "gate", "informing", "sender"),
)
# The browser tests run on the real clock: the young person is always 14.
TURNED_14 = date(time.gmtime().tm_year - 14, 1, 1)


def report(**other: str) -> Mapping[str, str]:
    return {**REPORT, "born": TURNED_14.isoformat(), **other}
