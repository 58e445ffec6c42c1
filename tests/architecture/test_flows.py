"""Promises about the forms, the buttons, and who may read what was confided (house.md 6.13)."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from cards.presses import VERSION
from cards.words import speak
from dialogs import engine
from dialogs.conversation import VERBS
from dialogs.flow import Flow
from dialogs.registry import FLOWS
from domain.people import Language
from tests.support.repository import python_files, shown
from tests.support.walks import every_walk

ALL_FLOWS = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
PRESSED = {name for name, verb in VERBS.items() if not verb.typed_only}
ANSWERED = engine.VERBS | PRESSED
ROOTS = {name.split(".")[0] for name in ANSWERED} - {"help"}
VERB = re.compile(rf"(?:{'|'.join(sorted(ROOTS))})\.[a-z_]*[a-z]|help")

# What opens confided words, and the only files that may ask for it: they ask who is asking first.
CONFIDED = {
    ("concerns", "read"): {
        "usecases/gather_person.py",
        "usecases/handle_concern.py",
        "usecases/known_people.py",
        "usecases/make_document.py",
        "usecases/reveal_cpr.py",
    },
    ("concerns", "additions"): {
        "usecases/follow_concern.py",
        "usecases/gather_person.py",
        "usecases/handle_concern.py",
        "usecases/make_document.py",
    },
    ("relations", "recusal_reason"): {
        "usecases/decide_recusal.py",
    },
    ("records", "of_keys"): {
        "usecases/gather_person.py",
    },
    ("records", "read"): {
        "usecases/birth_dates.py",
        "usecases/earlier_registrations.py",
        "usecases/correct_fact.py",
        "usecases/follow_concern.py",
        "usecases/keep_members.py",
        "usecases/keep_plan.py",
        "usecases/known_people.py",
        "usecases/make_document.py",
        "usecases/merge_people.py",
        "usecases/note_notification.py",
        "usecases/read_case.py",
        "usecases/reveal_cpr.py",
        "usecases/search_people.py",
        "usecases/see_group.py",
        "usecases/see_members.py",
        "usecases/take_into_case.py",
        "usecases/withhold.py",
    },
    ("records", "find"): {
        "usecases/break_glass.py",
        "usecases/bring_in.py",
        "usecases/decide_recusal.py",
        "usecases/exempt_informing.py",
        "usecases/make_document.py",
        "usecases/merge_people.py",
        "usecases/read_case.py",
    },
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
    def test_of_several_steps_ends_with_a_look_at_what_will_be_sent(self, flow: Flow) -> None:
        """concern.md §4.1 rule 7; what fits on one card is seen as it is sent."""
        looks = [step.key for step in flow.steps if step.review]

        assert looks == ([flow.steps[-1].key] if len(flow.steps) > 1 else [])

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
        """A string of that shape may be the key of a sentence instead."""
        texts = speak(Language.DA).keys()
        unanswered = {v: where for v, where in _offered().items() if v not in ANSWERED | texts}

        assert not unanswered

    def test_is_answered_in_one_place(self) -> None:
        assert not engine.VERBS & VERBS.keys()

    def test_carries_nothing_under_a_name_that_is_an_input_of_its_card(self) -> None:
        assert not [
            name
            for name, verb in VERBS.items()
            if verb.asks & {*verb.carries, VERSION, *([verb.about.name] if verb.about else [])}
        ]


class TestAWord:
    def test_that_is_typed_means_one_thing(self) -> None:
        """The same word may go with the numbers of different things."""
        said = Counter(
            (verb.about.reference if verb.about else "", word, verb.rest != "" and not verb.about)
            for verb in VERBS.values()
            for word in verb.words
        )

        assert [each for each, times in said.items() if times > 1] == []

    def test_that_stands_alone_is_none_of_a_forms_own(self) -> None:
        own = set[str]().union(*engine.WORDS.values(), engine.YES, engine.NO)
        alone = {w for verb in VERBS.values() if verb.about is None for w in verb.words}

        assert not own & alone

    def test_is_written_as_it_is_compared(self) -> None:
        words = [word for verb in VERBS.values() for word in verb.words]

        assert [w for w in words if w != " ".join(w.split()).casefold()] == []

    def test_with_a_number_goes_with_a_thing_that_has_one(self) -> None:
        assert [
            name for name, v in VERBS.items() if v.words and v.about and not v.about.reference
        ] == []

    def test_that_nobody_can_press_is_typed(self) -> None:
        assert [name for name, verb in VERBS.items() if verb.typed_only and not verb.words] == []


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
