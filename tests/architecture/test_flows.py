"""Promises about the forms, the buttons, and who may read what was confided (house.md 6.13)."""

import ast
import re
from collections.abc import Iterator

import pytest

from dialogs import concern_care, conversation, engine, trials
from dialogs.conversation import FLOWS
from dialogs.flow import Flow
from tests.support.repository import python_files, shown
from tests.support.walks import every_walk

ALL_FLOWS = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
PLACES = (engine.VERBS, concern_care.ACTIONS, trials.ACTIONS, conversation.BUTTONS)
ANSWERED = frozenset[str]().union(*PLACES)
VERB = re.compile(
    r"(?:concern|enquiry|addition|form|reminders|trial|call_list|notice)\.[a-z_]+|help"
)

# What opens confided words, and the only files that may ask for it: they ask who is asking first.
CONFIDED = {
    ("concerns", "read"): {"usecases/handle_concern.py"},
    ("concerns", "additions"): {"usecases/handle_concern.py", "usecases/follow_concern.py"},
    ("relations", "recusal_reason"): set[str](),
    ("records", "read"): set[str](),
    ("records", "find"): set[str](),
}


def trees(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for file, text in python_files().items():
        if (name := shown(file)).split("/")[0] in rooms:
            yield name, ast.parse(text)


class TestAForm:
    @ALL_FLOWS
    def test_can_be_walked_to_its_end_by_every_answer(self, flow: Flow) -> None:
        for going in every_walk(flow):
            places = [flow.steps.index(step) for step in going.steps]
            assert places == sorted(set(places))
            assert going.diverted or going.steps[-1] is flow.steps[-1]

    @ALL_FLOWS
    def test_has_no_step_and_no_question_that_nobody_comes_to(self, flow: Flow) -> None:
        walks = list(every_walk(flow))

        assert {s.key for going in walks for s in going.steps} == {s.key for s in flow.steps}
        assert {
            field.key
            for going in walks
            for step, answers in going.stops
            for field in step.fields_shown(answers)
        } == flow.fields().keys()

    @ALL_FLOWS
    def test_ends_with_a_look_at_what_will_be_sent(self, flow: Flow) -> None:
        """concern.md §4.1 rule 7."""
        assert [step.key for step in flow.steps if step.review] == [flow.steps[-1].key]

    @ALL_FLOWS
    def test_asks_every_question_once(self, flow: Flow) -> None:
        keys = [field.key for step in flow.steps for field in step.fields]

        assert len(keys) == len(set(keys))

    @ALL_FLOWS
    def test_has_no_question_that_looks_like_what_every_button_carries(self, flow: Flow) -> None:
        """A press brings its answers beside the draft and the revision."""
        assert not flow.fields().keys() & {"draft", "revision", "step", "verb"}


class TestAButton:
    def test_of_a_card_is_answered(self) -> None:
        unanswered = {verb: where for verb, where in _offered().items() if verb not in ANSWERED}

        assert not unanswered

    def test_that_is_answered_is_on_some_card(self) -> None:
        begun = {f"{name}.begin" for name in FLOWS}  # put together where a draft is cancelled

        assert not ANSWERED - _offered().keys() - begun

    def test_is_answered_in_one_place(self) -> None:
        assert sum(map(len, PLACES)) == len(ANSWERED)

    def test_that_can_be_typed_with_a_reference_is_one(self) -> None:
        assert conversation.BY_REFERENCE.keys() <= concern_care.ACTIONS.keys()


def _offered() -> dict[str, str]:
    """List the verbs on our buttons: strings of that shape that are not asked of the catalogue."""
    return {
        node.value: f"{file}:{node.lineno}"
        for file, tree in trees("cards", "dialogs", "scheduler")
        for node in _in_verb_position(tree, everywhere=file.startswith("cards/"))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VERB.fullmatch(node.value)
    }


def _in_verb_position(tree: ast.Module, *, everywhere: bool) -> Iterator[ast.AST]:
    """A button is `(say(…), verb)`, and in the cards' own files also what leads to one."""
    if everywhere:
        said = {
            id(argument)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"say", "has"}
            for argument in ast.walk(node)
        }
        yield from (node for node in ast.walk(tree) if id(node) not in said)
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Call):
            yield from node.elts[1:2]


class TestWhatWasConfided:
    @pytest.mark.parametrize(("store", "method"), CONFIDED)
    def test_is_read_by_nobody_but_the_use_cases_that_ask_who_is_asking(
        self, store: str, method: str
    ) -> None:
        """domain.md §15.2: there is no other way to the parts of a concern, or to a record."""
        readers = {
            file
            for file, tree in trees("bot", "cards", "dialogs", "scheduler", "usecases")
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr == method
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == store
        }

        assert readers == CONFIDED[store, method]

    def test_is_reached_through_the_transaction_only(self) -> None:
        """A repository under another name, or the tables themselves, would go unseen above."""
        rooms = ("bot", "cards", "dialogs", "scheduler", "usecases", "graph")
        hidden = {
            *("storage.concerns", "storage.rows", "storage.keys", "storage.relations"),
            *("storage.records", "storage.case_rows", "storage.plan_rows"),
        }
        behind = {
            file
            for file, tree in trees(*rooms)
            for node in ast.walk(tree)
            if (isinstance(node, ast.ImportFrom) and node.module in hidden)
            or (isinstance(node, ast.Import) and hidden & {each.name for each in node.names})
            or _is_of_tx(node, "connection", "keys")
            or (isinstance(node, ast.Assign) and _is_of_tx(node.value, "concerns", "records"))
        }

        assert not behind


def _is_of_tx(node: ast.AST, *names: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in names
        and isinstance(node.value, ast.Name)
        and node.value.id == "tx"
    )
