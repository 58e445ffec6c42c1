"""The catalogue of measures as the Secretariat sees it: the list, one, its editions (BER-39)."""

from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_OID, UUID, uuid5

from cards import blocks
from cards.delivery import Button, Part, aside, lined, named, said, sheet, warned
from cards.plain import plain, unmarked
from cards.plan_views import party_name
from cards.presses import about
from cards.shown import Json, Shown
from cards.templates import WHICH, Edition, told_editions
from cards.words import Say
from domain.plan_templates import Catalogue, MeasureKind, Template

VERSION = 1  # of what ships: a measure has none of its own
EDITS = ("measure_kind.change", "measure_kind.editions")


def kind_id(code: str) -> UUID:
    """Name a measure of the catalogue by an id, so that a button can carry it."""
    return uuid5(NAMESPACE_OID, f"readiness measure/{code}")


def about_kind(kind: MeasureKind) -> dict[str, Json]:
    """Say what a button carries: which measure, and which edition was seen (AC-CARD-01)."""
    return about("measure_kind", kind_id(kind.code), kind.revision)


def responsible(kind: MeasureKind, *, say: Say) -> str:
    """Name who is responsible: one party, or each for itself."""
    each = say("measure_kind_page.each")
    return each if kind.party is None else party_name(kind.party, say=say)


def listed(catalogue: Catalogue, *, say: Say) -> Shown:
    """List every measure in order; one that is out of use says so."""
    kinds = sorted(catalogue.measures.values(), key=lambda each: int(each.code[1:]))
    which = blocks.choice_input(
        WHICH,
        say("measure_kind_page.which"),
        {each.code: f"{each.code}. {plain(each.title)}" for each in kinds},
        value="",
        hint=say("measure_kind_page.choose"),
        narrow=True,
    )
    return sheet(
        say("measure_kind_page.list_title"),
        [
            *(said(_line(each, say)) for each in kinds),
            aside(say("measure_kind_page.never")),
            Part(piece=which, words=""),
            aside(say("measure_kind_page.typing")),
        ],
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, {})
            for verb in ("measure_kind.pick", "measure_kind.add", "template.list")
        ],
        asking="measure_kind.pick",
    )


def _line(kind: MeasureKind, say: Say) -> str:
    return say(
        "measure_kind_page.line" if kind.in_use else "measure_kind_page.line_unused",
        code=f"**{kind.code}**",
        title=unmarked(kind.title),
        who=say("measure_kind_page.each") if kind.party is None else kind.party.value,
        deadline=str(kind.deadline),
    )


def opened(
    kind: MeasureKind, used_in: Sequence[Template], *, top: Sequence[Part] = (), say: Say
) -> Shown:
    """Show all that is said of a measure, and which templates have it by when."""
    use = "measure_kind.unuse" if kind.in_use else "measure_kind.use"
    here = about_kind(kind)
    actions: list[Button] = [(say(f"button.{verb}"), verb, here) for verb in (*EDITS, use)]
    every: Button = (say("button.measure_kind.list"), "measure_kind.list", {})
    return sheet(
        say("measure_kind_page.title", code=kind.code, label=f"{VERSION}.{kind.revision}"),
        [
            *top,
            named(kind.title),
            *([] if kind.in_use else [warned(say("measure_kind_page.unused"))]),
            *lined(list(_facts(kind, used_in, say))),
            aside(say("measure_kind_page.running")),
        ],
        say=say,
        actions=[*actions, every],
    )


def _facts(kind: MeasureKind, used_in: Sequence[Template], say: Say) -> Iterator[tuple[str, str]]:
    told = {
        "party": responsible(kind, say=say),
        "assists": kind.assists,
        "deadline": str(kind.deadline),
        "daily": say("measure_kind_page.daily") if kind.daily else "",
        "wordless": say("measure_kind_page.wordless") if kind.wordless else "",
        "used_in": used(kind, used_in, say=say),
    }
    for name, words in told.items():
        if words:
            yield say(f"template_field.{name}"), words


def used(kind: MeasureKind, used_in: Sequence[Template], *, say: Say) -> str:
    """Say which templates have it, each with the deadline it has there."""
    deadlines = (
        (each.code, planned.deadline)
        for each in used_in
        for planned in each.measures
        if planned.kind == kind.code
    )
    told = (f"{code} ({deadline})" for code, deadline in deadlines)
    return ", ".join(told) or say("measure_kind_page.nowhere")


def editions(kind: MeasureKind, kept: Sequence[Edition], *, say: Say) -> Shown:
    """List who changed what in a measure, when and why."""
    open_: Button = (say("button.measure_kind.open"), "measure_kind.open", about_kind(kind))
    return sheet(
        say("measure_kind_page.editions_title", code=kind.code),
        told_editions(kept, version=VERSION, say=say)
        or [said(say("measure_kind_page.no_editions"))],
        say=say,
        actions=[open_],
    )
