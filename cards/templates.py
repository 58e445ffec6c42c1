"""Templates of readiness as the Secretariat sees them: the list, one, its editions (BER-39)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_OID, UUID, uuid5

from cards import blocks
from cards.alert_words import shortened
from cards.delivery import Button, Part, aside, headed, lined, named, said, sheet, warned
from cards.plain import plain, unmarked
from cards.plan_views import party_name
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.dates import local_date
from domain.plan_templates import Catalogue, Data, MeasureKind, Override, PlanKind, Span, Template
from domain.template_lines import (
    written_items,
    written_phases,
    written_shares,
)

WHICH = "which"  # the input that says which template is meant
MOST_EDITIONS = 10
LONGEST_BECAUSE = 200
EDITS = (
    *("template.what", "template.measures", "template.frame", "template.lists"),
    *("template.more", "template.list"),
)
_LINES = {
    "distribution": written_shares,
    "cadence": written_phases,
    "reports": written_items,
    "meetings": written_items,
    "goal": written_items,
    "agenda": written_items,
    "close_down": written_items,
    "evaluation": written_items,
}


def template_id(code: str) -> UUID:
    """Name a template by an id, so that a button can carry it."""
    return uuid5(NAMESPACE_OID, f"readiness template/{code}")


def about_template(template: Template) -> dict[str, Json]:
    """Say what a button carries: which template, and which edition was seen (AC-CARD-01)."""
    return about("template", template_id(template.code), template.revision)


def listed(catalogue: Catalogue, *, say: Say) -> Shown:
    """List every template by kind; one that is out of use says so."""
    parts: list[Part] = []
    titles: dict[str, str] = {}
    for kind in PlanKind:
        parts.append(headed(say(f"template_page.kind_{kind}")))
        for each in sorted(catalogue.templates.values(), key=lambda one: _by_code(one.code)):
            if each.kind is kind:
                titles[each.code] = f"{each.code}. {plain(each.title)}"
                parts.append(said(_line(each, say)))
    which = blocks.choice_input(
        WHICH,
        say("template_page.which"),
        titles,
        value="",
        hint=say("template_page.choose"),
        narrow=True,
    )
    return sheet(
        say("template_page.list_title"),
        [
            *parts,
            Part(piece=which, words=""),
            aside(say("template_page.typing")),
        ],
        say=say,
        actions=[
            (say("button.template.pick"), "template.pick", {}),
            (say("button.measure_kind.list"), "measure_kind.list", {}),
            (say("button.calendar.list"), "calendar.list", {}),
            (say("button.drill.list"), "drill.list", {}),
        ],
        asking="template.pick",
    )


def _by_code(code: str) -> tuple[str, int, str]:
    digits = code[1:]
    return code[:1], int(digits) if digits.isdecimal() else 0, code


def _line(template: Template, say: Say) -> str:
    level = say(f"template_page.level_{int(template.level)}") if template.level else ""
    return say(
        "template_page.line" if template.in_use else "template_page.line_unused",
        code=f"**{template.code}**",
        title=unmarked(template.title),
        level=f" · {level}" if level else "",
        label=template.label,
    )


def opened(
    template: Template,
    written: Mapping[str, Data],
    *,
    measures: Mapping[str, MeasureKind],
    top: Sequence[Part] = (),
    say: Say,
) -> Shown:
    """Show all that a template says, and what can be changed in it."""
    here = about_template(template)
    return sheet(
        say("template_page.title", code=template.code, label=template.label),
        [
            *top,
            named(template.title),
            *([] if template.in_use else [warned(say("template_page.unused"))]),
            *lined(list(_facts(template, written, measures, say))),
            aside(say("template_page.running")),
        ],
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, {} if verb == "template.list" else here)
            for verb in EDITS
        ],
    )


def _facts(
    template: Template, written: Mapping[str, Data], measures: Mapping[str, MeasureKind], say: Say
) -> Iterator[tuple[str, str]]:
    level, span = template.level, template.period
    told = {
        "kind": say(f"template_page.kind_{template.kind}"),
        "trigger": template.trigger,
        "level": say(f"template_page.level_{int(level)}") if level else "",
        "parties": ", ".join(party_name(each, say=say) for each in template.parties),
        "externals": ", ".join(template.externals),
        "period": _span(span, say) if span else "",
        "steering": say(f"template_steering.{template.steering}"),
        "measures": _on_lines("\n".join(_planned(template, measures, say))),
        **{name: _on_lines(write(written.get(name, []))) for name, write in _LINES.items()},
        "rehearses": ", ".join(template.rehearses),
        "becomes": template.becomes,
    }
    for name, words in told.items():
        if words:
            yield say(f"template_field.{name}"), words


def _planned(template: Template, measures: Mapping[str, MeasureKind], say: Say) -> Iterator[str]:
    for each in template.measures:
        yield say(
            "template_page.measure_first" if each.first_day else "template_page.measure",
            code=each.kind,
            title=measures[each.kind].title,
            deadline=str(each.deadline),
        )


def known_measures(measures: Mapping[str, MeasureKind], *, say: Say) -> str:
    """Name every measure that is in use, for who types codes."""
    kinds = "; ".join(f"{each.code} {each.title}" for each in measures.values() if each.in_use)
    return say("template_page.known_measures", measures=kinds)


def _span(span: Span, say: Say) -> str:
    return say("template_page.from_to", begins=str(span.begins), ends=str(span.ends))


def _on_lines(words: str) -> str:
    """Begin a list on a line of its own."""
    return f"\n{words}" if words else ""


def more(template: Template, *, say: Say) -> Shown:
    """Offer what is done more rarely with a template."""
    use = "template.unuse" if template.in_use else "template.use"
    verbs = ("template.sharing", "template.text", "template.editions", "template.copy", use)
    return sheet(
        say("template_page.title", code=template.code, label=template.label),
        [named(template.title), said(say("template_page.more"))],
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_template(template))
            for verb in (*verbs, "template.open")
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Who changed which fields of a template; and the alert it was learned from, if any."""

    override: Override
    fields: Sequence[str] = field(repr=False)
    by: str = field(repr=False)
    reference: str = field(repr=False)


def editions(template: Template, kept: Sequence[Edition], *, say: Say) -> Shown:
    """List who changed what in a template, when, why, and from which alert it was learned."""
    told = told_editions(kept, version=template.version, say=say)
    open_: Button = (say("button.template.open"), "template.open", about_template(template))
    return sheet(
        say("template_page.editions_title", code=template.code),
        told or [said(say("template_page.no_editions"))],
        say=say,
        actions=[open_],
    )


def told_editions(kept: Sequence[Edition], *, version: int, say: Say) -> list[Part]:
    """Tell the latest changes, a line for each, and how many there are before them."""
    parts = [said(_edition(each, version=version, say=say)) for each in kept[:MOST_EDITIONS]]
    left = len(kept) - MOST_EDITIONS
    return [*parts, *([aside(say("template_page.and_more", count=left))] if left > 0 else [])]


def _edition(edition: Edition, *, version: int, say: Say) -> str:
    override = edition.override
    because = shortened(override.because, at_most=LONGEST_BECAUSE)
    return say(
        "template_page.edition",
        label=f"**{version}.{override.revision}**",
        day=say.day(local_date(override.at)),
        name=unmarked(edition.by),
        fields=", ".join(say(f"template_field.{each}") for each in edition.fields),
        because=f" · {unmarked(because)}" if because else "",
        alert=f" · {edition.reference}" if edition.reference else "",
    )
