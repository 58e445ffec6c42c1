"""The keys and codes of what is kept, and the texts that say them."""

import ast
from collections.abc import Iterator

from cards.kept_words import BY_KEY
from domain import assessments, correcting, outcomes, screenings
from domain.access_requests import AccessKind, AccessState
from domain.ages import AgeBand
from domain.case_actions import ActionStatus
from domain.cases import CaseState, CloseReason
from domain.concern_groups import MemberRole
from domain.coordination import LifeArea, Seen
from domain.data_classes import DataClass
from domain.exports import ExportKind
from domain.gates import Condition, Purpose, Sensitive
from domain.grants import GrantKind
from domain.handovers import HandoverState
from domain.informings import Addressee, How, InformState
from domain.journal import Note
from domain.people import Authority
from domain.plus import Focus
from domain.records import RecordKind
from tests.support.catalogue import DANISH
from tests.support.recorded import recorded
from tests.support.repository import ROOT
from usecases.note_notification import Notified

# What a record keeps that is an id of ours; it says nothing to anybody, and is left out.
IDS = {"asked_in", "gate", "grant", "handover", "piece", "record"}
# Dictionaries in the use cases that are no record's content.
ELSEWHERE = {
    *("informings", "ja", "nej", "yes", "no", "true", "false"),
    *("committees", "institutions", "people", "coordination group", "leader group"),
    *("finding", "leader", "post"),
    *("accounts", "done", "groups", "guests", "members"),
    *("Det begynder", "Det ophører", "Det rettes", "aad_id", "email", "function", "phone"),
}
# What is written there is laid over a template: about nobody.
OF_TEMPLATES = {
    ROOT / "usecases" / each for each in ("keep_templates.py", "keep_measure_kinds.py")
}
# What the forms of a concern ask, and a person is known by.
AS_FORMS_ASK = {"custody", "language", "name", "protected", "school", "goals"}
OF_PEOPLE = {ExportKind.FILING, ExportKind.CASE, ExportKind.ACCESS}
KEYS_OF_CODES = {*Addressee, *Focus, *LifeArea, *screenings.Verdict, *screenings.Target}
CODES: dict[str, set[str]] = {
    "action_state": {*ActionStatus},
    "addressee": {*Addressee},
    "age": {*AgeBand},
    "authority": {*Authority},
    "case_state": {*CaseState},
    "classes": {*DataClass},
    "close_reason": {*CloseReason},
    "consent": {"given", "not_asked", "refused"},
    "decision": {*correcting.Decision, "lifted", "upheld"},
    "failed": {*Condition},
    "from": {"1", "2", "3", "4"},
    "ground": {*correcting.Ground},
    "how": {*How},
    "informed": {*InformState},
    "kind": {*AccessKind, *OF_PEOPLE, *GrantKind, *RecordKind},
    "label": {*MemberRole},
    "leads_to": {"case", "group_only", "nothing"},
    "level": {"1", "2", "3", "4"},
    "note": {*Note},
    "notified": {*Notified},
    "protections": {*Seen},
    "purpose": {*Purpose},
    "reason": {*CloseReason},
    "reconvicted_24m": {*outcomes.Answer},
    "request": {*correcting.Request},
    "risks": {*Seen},
    "role": {*MemberRole},
    "sensitive": {*Sensitive},
    "started_12m": {*outcomes.Answer},
    "started_type": {*outcomes.Started},
    "state": {*AccessState, *InformState, *HandoverState, "asked"},
    "status_24m": {*outcomes.Status},
    "to": {"1", "2", "3", "4"},
    "verdict": {*assessments.Verdict},
}


def content_keys() -> set[str]:
    """Read from the code every key that a record, or a piece put together, can have."""
    files = {ROOT / "domain" / "screenings.py", *(ROOT / "usecases").glob("*.py")} - OF_TEMPLATES
    trees = [ast.parse(each.read_text(encoding="utf-8")) for each in files]
    return {key for tree in trees for key in _keys(tree)} - IDS - ELSEWHERE


def _keys(tree: ast.Module) -> Iterator[str]:
    in_log_lines = {id(each) for each in _of_log_lines(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and id(node) not in in_log_lines:
            for key in node.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value


def _of_log_lines(tree: ast.Module) -> Iterator[ast.AST]:
    """Give what the log lines of alerts fill in; records keep none of it."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="facts") | ast.Assign(targets=[ast.Name(id="facts")]):
                yield from ast.walk(node.value)
            case ast.FunctionDef(name="_facts" | "of_version"):
                yield from ast.walk(node)
            case _:
                pass


def _at_places() -> set[str]:
    """Name the texts where the codes of a key are looked for, and the labels of keys."""
    codes = {
        place.format(code)
        for key, places in BY_KEY.items()
        for place in places
        for code in CODES.get(key, ())
    }
    keys = content_keys() | KEYS_OF_CODES | AS_FORMS_ASK
    ages = {f"document.value.age.{each}" for each in AgeBand}
    return codes | ages | {f"document.field.{each}" for each in keys}


SAID = _at_places() & DANISH.keys()
LOG_DONE = {f"log.done.{each.partition('.')[2]}" for each in recorded()}
LOG_OF = {f"log.of.{each.partition('.')[0]}" for each in recorded()} & DANISH.keys()
LOG_PURPOSES = {
    f"log.purpose.{each}"
    for each in (
        *Purpose,
        "administration",
        "enquiry",
        "evaluation",
        "none",
        "oversight",
        "retention",
    )
}
