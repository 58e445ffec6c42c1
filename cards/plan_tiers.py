"""Which parts of a plan each kind of reader may see: in full, without names, reduced (BER-48).

What a tier shows is a list of what is allowed. Whatever is not on it, is not shown: a field that a
plan gets later is seen by nobody before somebody puts it on a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.plan_templates import PlanTier


class Part(StrEnum):
    """What can be told of a plan, in the order it is told."""

    REFERENCE = "reference"
    KIND = "kind"
    LEVEL = "level"
    AREAS = "areas"
    PARTIES = "parties"
    STARTS = "starts"
    PERIOD = "period"
    VERSION = "version"
    CHECKSUM = "checksum"
    TRACK = "track"
    TEMPLATE = "template"
    PROGRESS = "progress"
    EXTERNALS = "externals"
    DISTRIBUTION = "distribution"
    MADE_BY = "made_by"
    VERDICT_BY = "verdict_by"
    REMARK = "remark"


class Column(StrEnum):
    """What can be told of a measure."""

    CODE = "code"
    TITLE = "title"
    PARTY = "party"
    ASSISTS = "assists"
    OWNER = "owner"
    SUBSTITUTE = "substitute"
    DUE = "due"
    DUE_DAY = "due_day"
    STATE = "state"
    TARGET_GROUP = "target_group"
    PLACE = "place"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What one tier sees.

    :param normal: whether it is told by what normal operation is known.
    :param every: whether all measures are told; else those that belong to the young people's own
        cases (M3), and those that were dropped, are left out.
    """

    parts: tuple[Part, ...]
    columns: tuple[Column, ...]
    normal: bool
    every: bool


ALLOWED: Mapping[PlanTier, Allowed] = {
    PlanTier.FULL: Allowed(
        parts=tuple(Part),
        columns=tuple(each for each in Column if each is not Column.DUE_DAY),
        normal=True,
        every=True,
    ),
    PlanTier.ORIENTATION: Allowed(
        parts=(
            *(Part.REFERENCE, Part.KIND, Part.LEVEL, Part.AREAS, Part.PARTIES, Part.STARTS),
            *(Part.PERIOD, Part.VERSION, Part.CHECKSUM, Part.TRACK, Part.PROGRESS),
            *(Part.EXTERNALS, Part.DISTRIBUTION),
        ),
        columns=(
            *(Column.CODE, Column.TITLE, Column.PARTY, Column.ASSISTS, Column.DUE),
            *(Column.STATE, Column.TARGET_GROUP, Column.PLACE),
        ),
        normal=True,
        every=True,
    ),
    PlanTier.EXTERNAL: Allowed(
        parts=(
            *(Part.REFERENCE, Part.KIND, Part.LEVEL, Part.AREAS, Part.PARTIES),
            *(Part.PERIOD, Part.VERSION),
        ),
        columns=(Column.TITLE, Column.PARTY, Column.DUE_DAY),
        normal=False,
        every=False,
    ),
}
