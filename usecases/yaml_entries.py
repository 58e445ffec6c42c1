"""Records of a YAML file, read so that every problem knows its line and whom it concerns."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

import yaml

_NOTHING = "tag:yaml.org,2002:null"
_YES_OR_NO = {"ja": True, "true": True, "yes": True, "nej": False, "false": False, "no": False}

_Word = TypeVar("_Word", bound=StrEnum)


def parsed(text: str) -> yaml.Node:
    """Parse YAML into nodes that know their lines, and build nothing from it.

    :raises ValueError: when it is not YAML, or empty.
    """
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise ValueError(
            f"linje {line}: filen kan ikke læses som YAML ({wrong.problem})"
        ) from wrong
    except yaml.YAMLError as wrong:
        raise ValueError(f"filen kan ikke læses som YAML ({wrong})") from wrong
    if root is None:
        raise ValueError("filen er tom")
    return root


class Entry:
    """One record of the file.

    What cannot be read is noted in `problems`, and a value to go on with is returned: the
    reader must refuse the whole file when there are any.
    """

    def __init__(
        self,
        node: yaml.Node,
        *,
        whose: str,
        fields: Sequence[str],
        problems: list[str],
        called_by: Sequence[str] = (),
    ) -> None:
        self._place = place(node)
        self._whose = whose
        self._problems = problems
        pairs = [(_plain(key), key, value) for key, value in _pairs(node)]
        self._fields = {
            name: value
            for name, _, value in reversed(pairs)
            if name in fields and value.tag != _NOTHING
        }
        names = [_plain(self._fields[key]) for key in called_by if key in self._fields]
        self._whose = next(filter(None, names), whose)
        if not isinstance(node, yaml.MappingNode):
            self._note("her skal stå felter på formen »navn: værdi«")
        self._note_odd([(name, key) for name, key, _ in pairs], fields)

    def text(self, key: str) -> str:
        """Read a field that must be there."""
        said = self._said(key)
        if not said:
            self._note(f"»{key}« mangler")
        return said

    def text_if_any(self, key: str) -> str:
        return self._said(key)

    def word(self, key: str, words: type[_Word]) -> _Word:
        """Read a field that must be one of a few words."""
        found = self.word_if_any(key, words)
        if key not in self._fields:
            self._note(f"»{key}« mangler; skriv {_either(words)}")
        return found or next(iter(words))

    def word_if_any(self, key: str, words: type[_Word]) -> _Word | None:
        return self._known(self._said(key), words, self._fields[key]) if self._said(key) else None

    def yes(self, key: str, *, otherwise: bool) -> bool:
        said = self._said(key).casefold()
        if said and said not in _YES_OR_NO:
            self._note(f"»{key}« skal være ja eller nej, ikke »{said}«", self._fields[key])
        return _YES_OR_NO.get(said, otherwise)

    def texts(self, key: str) -> list[str]:
        """Read a list of single values, none if the field is missing."""
        return [self._scalar(key, node) for node in self._items(key)]

    def words(self, key: str, words: type[_Word]) -> list[_Word]:
        known = (self._known(self._scalar(key, node), words, node) for node in self._items(key))
        return [word for word in known if word is not None]

    def entries(
        self, key: str, fields: Sequence[str], *, called_by: Sequence[str] = ()
    ) -> Iterator["Entry"]:
        """Read a list of records, each known by a `called_by` field or by its parent's name."""
        for node in self._items(key):
            yield Entry(
                node,
                whose=self._whose,
                fields=fields,
                problems=self._problems,
                called_by=called_by,
            )

    def _note_odd(self, keys: Sequence[tuple[str, yaml.Node]], fields: Sequence[str]) -> None:
        seen: set[str] = set()
        for name, key in keys:
            if name not in fields:
                self._note(f"feltet »{name}« kendes ikke; her kan stå {', '.join(fields)}", key)
            elif name in seen:
                self._note(f"»{name}« står der to gange", key)
            seen.add(name)

    def _said(self, key: str) -> str:
        return self._scalar(key, self._fields[key]) if key in self._fields else ""

    def _scalar(self, key: str, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._note(f"»{key}« skal være en enkelt værdi", node)
        return ""

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._fields.get(key)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self._note(f"»{key}« skal være en liste, med - foran hver", node)
        return []

    def _known(self, said: str, words: type[_Word], node: yaml.Node) -> _Word | None:
        if said in {word.value for word in words}:
            return words(said)
        self._note(f"»{said}« kendes ikke; skriv {_either(words)}", node)
        return None

    def _note(self, problem: str, at: yaml.Node | None = None) -> None:
        noted = f"{self._place if at is None else place(at)}, {self._whose}: {problem}"
        if noted not in self._problems:
            self._problems.append(noted)


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _plain(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def place(node: yaml.Node) -> str:
    """Say where in the file something stands, and in which where there are several."""
    line = f"linje {int(node.start_mark.line) + 1}"
    name = str(node.start_mark.name)
    return f"{name}, {line}" if name.endswith(".csv") else line


def _either(words: type[StrEnum]) -> str:
    return ", ".join(words)
