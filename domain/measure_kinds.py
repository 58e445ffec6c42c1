"""The catalogue of measures, as it ships and as the Secretariat has it: read, and written."""

import re
from collections.abc import Collection, Mapping

from domain.errors import RuleBroken
from domain.parties import Party
from domain.plan_templates import Data, MeasureKind, Override, merged
from domain.plan_times import Anchor, Relative, When, read_when
from domain.template_fields import Fields, TemplateFlawed

INVESTIGATION = "M20"  # never a measure: § 115 gives no basis for it
_CODE = re.compile(r"M[0-9]{1,3}")
_INVESTIGATES = re.compile(r"efterforsk|afhør|ransag|aflyt|anhold", re.IGNORECASE)
_FIELDS = ("code", "title", "party", "for_each", "assists", "deadline", "daily", "wordless")
_AT_ONCE = read_when("T")


def is_of_measure(override: Override) -> bool:
    """Whether a change is of a measure of the catalogue; all others are of a template."""
    return _CODE.fullmatch(override.template) is not None


def kinds_from(
    shipped: Data, changes: Collection[Override], problems: list[RuleBroken]
) -> dict[str, MeasureKind]:
    """Read what ships, and lay what the Secretariat has changed or added over it (BER-39)."""
    file = Fields(shipped, about="measures", known=("measures",), problems=problems)
    kinds: dict[str, MeasureKind] = {}
    for entry in file.records("measures", known=_FIELDS):
        kind = _kind(entry, revision=0)
        if kind.code in kinds:
            entry.note(RuleBroken("template.twice", about=entry.about, measure=kind.code))
        kinds[kind.code] = kind
    for each in changes:
        ships = written_kind(kinds[each.template]) if each.template in kinds else {}
        laid = {**merged(ships, each.changes), "code": each.template}
        kinds[each.template] = _laid(laid, revision=each.revision, problems=problems)
    return kinds


def read_kind(data: Mapping[str, Data], *, revision: int) -> MeasureKind:
    """Read one measure as it would be, before it is kept.

    :raises TemplateFlawed: with every problem in it.
    """
    problems: list[RuleBroken] = []
    kind = _laid(data, revision=revision, problems=problems)
    if problems:
        raise TemplateFlawed(problems)
    return kind


def written_kind(kind: MeasureKind) -> dict[str, Data]:
    """Write all that is said of a measure; reading that gives the same measure."""
    written: dict[str, Data] = {
        "code": kind.code,
        "title": kind.title,
        "for_each": _yes(said=kind.for_each),
        "assists": kind.assists,
        "deadline": str(kind.deadline),
        "daily": _yes(said=kind.daily),
        "wordless": _yes(said=kind.wordless),
        "in_use": _yes(said=kind.in_use),
    }
    return written if kind.party is None else {**written, "party": kind.party.value}


def parties_of(entry: Fields, name: str) -> tuple[Party, ...]:
    """Read who takes part; somebody outside SSP is no party, and told where they belong."""
    said = entry.texts(name) if name == "parties" else (entry.text(name),)
    for each in said:
        if each and each not in {party.value for party in Party}:
            known = ", ".join(Party)
            entry.note(RuleBroken("template.no_party", about=entry.about, said=each, known=known))
    return tuple(dict.fromkeys(Party(each) for each in said if each in {*Party}))


def _laid(data: Mapping[str, Data], *, revision: int, problems: list[RuleBroken]) -> MeasureKind:
    about = str(data.get("code", "?"))
    known = (*_FIELDS, "in_use")
    entry = Fields(dict(data), about=about, known=known, problems=problems)
    return _kind(entry, revision=revision)


def _kind(entry: Fields, *, revision: int) -> MeasureKind:
    entry.about = entry.text_if_any("code") or entry.about
    each = entry.yes("for_each")
    deadline = entry.read("deadline", read_when) or _AT_ONCE
    if not entry.has("deadline"):
        entry.note(RuleBroken("template.no_deadline", about=entry.about, measure=entry.about))
    if not _follows_the_start(deadline):
        entry.note(RuleBroken("template.from_start", about=entry.about))
    kind = MeasureKind(
        code=entry.text("code"),
        revision=revision,
        title=entry.text("title"),
        party=None if each else next(iter(parties_of(entry, "party")), None),
        deadline=deadline,
        assists=entry.text_if_any("assists"),
        daily=entry.yes("daily"),
        wordless=entry.yes("wordless"),
        in_use=entry.yes("in_use") or not entry.has("in_use"),
    )
    if kind.code == INVESTIGATION or _INVESTIGATES.search(f"{kind.title} {kind.assists}"):
        entry.note(RuleBroken("template.investigation", about=entry.about))
    return kind


def _follows_the_start(deadline: When) -> bool:
    """Whether it is so long after the activation: the catalogue knows no other day."""
    return (
        isinstance(deadline, Relative) and deadline.anchor is Anchor.START and deadline.count >= 0
    )


def _yes(*, said: bool) -> str:
    return "ja" if said else "nej"
