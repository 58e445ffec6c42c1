"""What must not be seen stays unseen: in a value that is printed, in a comparison, in the code."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from tests.support.repository import python_files, shown, text_files
from tests.support.rooms import modules

# Values whose every word is ours: the forms, the rules, the register's own names, the settings.
OURS = {
    *("Area", "Committee", "Criterion", "Institution", "Problem", "Slot", "AreaFindings"),
    *("Choice", "Diversion", "Field", "Flow", "Several", "Step", "Text", "Job", "Settings"),
    *("Hosts", "Microsoft", "MicrosoftSettings", "Probe"),
    *("Contribution", "Entry", "Offer", "Thing", "Verb", "Vocabulary", "Way", "Written", "_Event"),
}
# Ids, codes and headings in values that also hold what somebody said.
CODES = {
    *("Concern.reference", "Concern.reasons", "Route.reasons", "Suggestion.because"),
    *("Draft.flow", "Draft.step", "Progress.asking", "Press.verb", "Turn.chat_link"),
    *("Turn.board_link", "PartysCard.reference"),
    *("Address.conversation_id", "Address.service_url", "Address.tenant_id", "Place.team_id"),
    *("GiveUp.why", "StopAll.why", "Unreachable.why", "Known.blocked_why", "Taken.activity"),
    *("Period.key", "Chore.name"),
    *("Refusal.code", "Refusal.request_id", "_Heard.code", "_Heard.request_id"),
    *("Case.reference", "ConcernGroup.reference", "Matter.reference", "Duty.reference"),
    *("Asked.reference", "Document.reference", "MemberPage.reference", "Point.reference"),
    *("Question.reference", "Waiting.reference", "Wanted.reference"),
    *("NewMeasure.kind", "Placed.reference"),
    *("Record.key", "Found.key", "Filing.key", "Fact.key", "Countersign.terms"),
    *(
        "Export.file",
        "Erased.files",
        "Export.why_not",
        "Document.mailbox",
        "Match.how",
        "Face.asked",
    ),
    *("Face.group", "Face.partner", "MeetingSeen.group", "OpenedCase.group"),
    *("OpenedCase.partner", "OpenedAction.may", "Reading.ways"),
    *("GroupPage.ways", "MemberPage.ways"),
    *("Fact.quarter", "Fact.detail", "CaseAction.focus"),
    *("Event.action", "Event.about", "Event.result", "Event.purpose", "Anchor.accepted"),
    *("Link.about", "Link.event", "ShownCard.activity", "ShownCard.conversation"),
    "SentLetter.activity",
    *("ShownCard.service_url", "Line.waits", "AccessRequest.reference"),
    *("Piece.heading", "Piece.about", "LookUp.action", "LookUp.purpose", "Page.mailbox"),
    *("Membership.slot", "Person.aad_id", "Identity.aad_id"),
    *("Post.slot", "SeatChange.slot"),
    *("Identity.tenant_id", "Identity.service_url"),
    *("Key.kid", "Key.issuer", "Key.modulus", "Key.endorsements"),
    *("Place.schema", "Place.table", "Place.row", "Place.column"),
    *("Reading.group", "Shown.summary", "Mail.summary", "Asked.label", "Letter.language"),
    *("CommitteeMeeting.reference", "CommitteeMeeting.place", "Invitation.slot"),
    *("Attendance.slot", "Attendance.short", "ExpectedSlot.code", "Seated.slot", "SeatNeed.slot"),
    *("MeetingCard.committee", "MeetingCard.ways", "Shortfall.slot"),
    *("SchoolHoliday.name", "SchoolHoliday.source", "Bound.options", "Bound.rhythms"),
    *("Effort.reference", "CalendarEntry.reference", "MeetingPaper.reference"),
    *("Template.code", "Template.becomes", "Template.rehearses", "Override.template"),
    *("MeasureKind.code", "PlannedMeasure.kind", "Catalogue.measures", "Catalogue.templates"),
    *("ActionPlan.template", "ActionPlan.template_label", "PlanVersion.checksum"),
    *(
        "Alert.template",
        "Order.template",
        "Order.rehearses",
        "Learning.template",
        "Evaluation.figures",
    ),
    *("BoardLine.reference", "Sharing.checksum"),
    *("Measure.kind", "Clash.free", "Clash.overlapping", "CalendarRow.template"),
    *("Page.title", "Page.place", "Page.intro", "Page.hint", "Page.here", "Page.correctable"),
    "Page.finish",
    *("Attendee.kind", "ActualEvent.transaction", "Held.name"),
    *("OutlookEvent.fingerprint", "OutlookEvent.trouble"),
    *("Account.aad_id", "Difference.aad_id", "DirectorySight.missing"),
    *("DirectorySight.seen_before", "GroupSight.group", "GroupSight.members", "GroupSight.left"),
    *("GroupChange.group", "GroupChange.came", "GroupChange.left", "GroupLink.group"),
    *("GroupsRead.groups", "DirectoryState.trouble", "DirectoryState.figures"),
    *("ReadingPlan.known", "Told.missing"),
}
SECRET = re.compile(r"(?:^|_)(?:secret|password|proof|mac|digest|nonce|signature|seal)s?$")
IN_THE_CODE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}"  # a key
    r"|(?<![\w/+])[0-9]{1,4}:[A-Za-z0-9+/]{43}=(?!=)"  # MASTER_KEYS, INDEX_KEYS
    r"|\beyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}"  # a token
)


def _values() -> Iterator[type]:
    for module in modules():
        for value in vars(module).values():
            if not isinstance(value, type) or value.__module__ != module.__name__:
                continue
            if value.__name__ not in OURS and "__dataclass_fields__" in vars(value):
                yield value


@pytest.mark.parametrize("value", [*_values()], ids=lambda value: value.__qualname__)
def test_a_value_that_is_printed_shows_ids_and_codes_only(value: type) -> None:
    """AC-LOG-04: a field that can hold words is hidden, or known to hold none of somebody's."""
    hints = get_type_hints(value)
    told = {
        f"{value.__name__}.{each.name}"
        for each in fields(value)
        if each.repr and _holds_words(hints[each.name])
    }

    assert told <= CODES


def _holds_words(kind: object) -> bool:
    if get_origin(kind) is Callable:
        return False
    return kind in {str, bytes, object, Any} or any(map(_holds_words, get_args(kind)))


def test_a_secret_is_compared_in_constant_time() -> None:
    """AC-CRYPT-08: with `compare_digest`, never with `==`."""
    compared = [
        f"{shown(file)}:{line}"
        for file, code in python_files().items()
        if shown(file).split("/")[0] not in {"tests", "bench"}
        for line in _compares_a_secret(code)
    ]

    assert not compared


@pytest.mark.parametrize("code", ["given == self.secret", "proof != row.proof", "mac in (a, b)"])
def test_a_careless_comparison_would_be_found(code: str) -> None:
    assert [*_compares_a_secret(code)] == [1]


def _compares_a_secret(code: str) -> Iterator[int]:
    """List the lines where something of such a name is compared and not merely looked for."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Compare) and not isinstance(node.ops[0], ast.Is | ast.IsNot):
            for side in (node.left, *node.comparators):
                if SECRET.search(getattr(side, "attr", getattr(side, "id", ""))):
                    yield node.lineno
                    break


def test_no_secret_lies_in_the_repository() -> None:
    """AC-CRYPT-07."""
    assert not [shown(file) for file, text in text_files().items() if IN_THE_CODE.search(text)]
