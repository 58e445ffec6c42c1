"""What stands in a document of a concern or a case: notes, what was said, what was agreed."""

from collections.abc import Mapping, Sequence

from cards.document import Section
from cards.kept_words import answers
from cards.words import Say
from domain.case_actions import CaseAction
from domain.concerns import Addition, Parts
from domain.dates import local_date
from domain.journal import NoteEvent
from domain.people import Authority, PersonId
from domain.records import Record
from domain.withholding import is_hidden

Names = Mapping[PersonId, str]


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
    answered = [pair for content in said.values() for pair in answers(content, say)]
    added = [(f"{local_date(each.at):%d.%m.%Y}", each.text) for each in additions]
    return [
        (say("document.concern"), answered),
        *([(say("document.added"), added)] if added else []),
    ]
