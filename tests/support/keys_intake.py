"""The text keys of intake that are put together, and what can stand in their blanks."""

from collections.abc import Iterable, Mapping

from domain.ages import AgeBand
from domain.concern_ends import Elsewhere, NoBasis
from domain.correcting import CPR_FACT, IDENTITY_FACTS
from domain.notices import NoticeKind
from scheduler.draw_intake import KINDS

NOTICES: frozenset[NoticeKind] = frozenset(KINDS)


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "band.{}": _filled("band.{}", AgeBand),
    "correction.then_{}": _filled("correction.then_{}", AgeBand),
    "fact.{}": _filled("fact.{}", [*IDENTITY_FACTS, CPR_FACT]),
    "joined.{}_body": _filled("joined.{}_body", ["opened", "linked"]),
    "joined.{}_title": _filled("joined.{}_title", ["opened", "linked"]),
    "matching.by_{}": _filled("matching.by_{}", ["number", "name", "birthday"]),
    "matching.elsewhere_{}": _filled("matching.elsewhere_{}", ["runs", "was", "maybe"]),
    "matching.{}": _filled("matching.{}", ["same", "alike", "nobody", "open", "closed"]),
    "reject.guidance_{}": _filled("reject.guidance_{}", NoBasis),
    "search.{}": _filled("search.{}", ["open", "ended"]),
    "send_on.guidance_{}": _filled("send_on.guidance_{}", Elsewhere),
}
