"""What stands in a document of a concern or a case: notes, what was said, what was agreed."""

from collections.abc import Mapping, Sequence

from cards.document import Section
from cards.words import Say
from domain.areas import AREAS
from domain.case_actions import CaseAction
from domain.concerns import Addition, Parts
from domain.dates import local_date
from domain.journal import NoteEvent
from domain.people import Authority, PersonId
from domain.records import Record
from domain.withholding import is_hidden

Names = Mapping[PersonId, str]
AREA_NAMES: Mapping[str, str] = {each.code: each.name for each in AREAS}


def notes(noted: Sequence[NoteEvent], *, names: Names, say: Say) -> Section:
    """Tell what happened, in order (NOT-4)."""
    return say("document.notes"), [
        (
            f"{local_date(each.at):%d.%m.%Y}",
            say(
                "document.note",
                code=each.note.code,
                what=say(f"note.{each.note.replace('.', '_').lower()}"),
                by=names.get(each.by, "") if each.by else say("journal.by_time"),
            ),
        )
        for each in noted
    ]


def records(
    found: Sequence[Record], *, names: Names, reader: Authority, say: Say
) -> list[Section]:
    """Tell what the records say, each under its kind, its day and who wrote it."""
    return [
        (
            say(
                "document.record",
                kind=say(f"record.{each.kind}"),
                date=f"{local_date(each.at):%d.%m.%Y}",
                by=names.get(each.by, "") if each.by else "",
            ),
            [(say("document.withheld_label"), say("withheld.line"))]
            if is_hidden(each, reader)
            else answers(each.content, say),
        )
        for each in found
    ]


def actions(agreed: Sequence[CaseAction], *, names: Names, say: Say) -> Section:
    """Tell who was to do what, by when, and what came of it (CASE-5)."""
    return say("document.actions"), [
        (
            say(
                "document.action",
                owner=names.get(each.owner, ""),
                authority=say(f"authority.{each.authority}"),
                date=f"{each.due_on:%d.%m.%Y}",
                state=say(f"document.action_{each.status}"),
            ),
            "\n".join(filter(None, [each.what, each.result])),
        )
        for each in agreed
    ]


def parts(said: Parts, additions: Sequence[Addition], *, say: Say) -> list[Section]:
    """Tell what a concern says, in the words of its form."""
    answers = [pair for content in said.values() for pair in answers(content, say)]
    added = [(f"{local_date(each.at):%d.%m.%Y}", each.text) for each in additions]
    return [
        (say("document.concern"), answers),
        *([(say("document.added"), added)] if added else []),
    ]


def answers(content: Mapping[str, object], say: Say) -> list[tuple[str, str]]:
    """Give each answer under the question it was given to, where the question is ours."""
    return [
        (_label(key, say), text)
        for key, value in content.items()
        if (text := _text(key, value, say))
    ]


def _label(key: str, say: Say) -> str:
    if say.has(f"document.field.{key}"):
        return say(f"document.field.{key}")
    for asked in (f"concern.{key}.label", f"enquiry.{key}.label"):
        if say.has(asked):
            return say(asked)
    return key


def _titles(key: str, code: str) -> list[str]:
    """Name what says one of our codes in words."""
    said = {
        "authority": f"authority.{code}",
        "addressee": f"inform.who.{code}",
        "state": f"case.state_{code}",
        "note": f"note.{code.replace('.', '_').lower()}",
    }
    return [said[key]] if key in said else []


def _text(key: str, value: object, say: Say) -> str:
    """Say an answer in words: an option by its title, several of them, or what was written."""
    if isinstance(value, Mapping):
        return "\n".join(
            f"{_label(str(name), say)}: {_text(str(name), each, say)}"
            for name, each in value.items()
        )
    if isinstance(value, list | tuple):
        return "\n".join(_text(key, each, say) for each in value)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say("choice.yes" if value else "choice.no")
    return _said(key, str(value), say)


def _said(key: str, code: str, say: Say) -> str:
    """Say one of our codes in words, or what somebody wrote as they wrote it."""
    options = (f"concern.{key}.{code}", f"choice.{code}", f"criterion.{code}")
    for option in (*_titles(key, code), *options):
        if say.has(option):
            return say(option)
    return AREA_NAMES.get(code, code) if key == "area" else code
