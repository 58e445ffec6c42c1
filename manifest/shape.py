"""Microsoft's schema, and what it finds wrong in one plain sentence each."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from manifest.package import Json

_SCHEMAS = Path(__file__).parent / "schema"
MANIFEST_SCHEMA = "MicrosoftTeams.schema.json"
LANGUAGE_SCHEMA = "MicrosoftTeams.Localization.schema.json"
_LONGEST_QUOTE = 60
_WRITTEN = {
    "anyHttpUrl": "an address that begins with https://",
    "guid": "a GUID, such as 12345678-90ab-cdef-1234-567890abcdef",
    "hexColor": "a colour, such as #1F3A5F",
    "languageTag": "a language, such as da or en-us",
}
_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a group of fields",
    "string": "a text",
}


def misshapen(content: Json, *, schema: str) -> Iterator[str]:
    """Say what in a file of the package is not as Microsoft's schema of that name wants it."""
    for error in _validator(schema).iter_errors(content):
        yield f"{_place(error) or 'The file'} {_said(error)}."


@cache
def schema(name: str) -> Json:
    """Read one of Microsoft's files."""
    content: Json = json.loads((_SCHEMAS / name).read_text(encoding="utf-8-sig"))
    return content


def quoted(value: object) -> str:
    """Show a value as it stands in the file, but not without end."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]} …"


@cache
def _validator(name: str) -> Draft7Validator:
    # It says draft 4, but its `const` is only understood from draft 6 on.
    return Draft7Validator(schema(name))


def _place(error: ValidationError) -> str:
    """Name the place as the language files do: `bots[0].scopes[1]`."""
    steps = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in error.absolute_path)
    return "".join(steps).removeprefix(".")


def _said(error: ValidationError) -> str:
    rule = _RULES.get(str(error.validator), _somehow)
    return rule(error.instance, error.validator_value, error.schema)


def _is_strange(fields: Json, _: object, shape: Json) -> str:
    strange = (field for field in sorted(fields) if not _is_known(field, shape))
    return f"has {', '.join(strange)}, which Teams does not know"


def _is_known(field: str, shape: Json) -> bool:
    named, patterns = shape.get("properties", {}), shape.get("patternProperties", {})
    return field in named or any(re.search(pattern, field) for pattern in patterns)


def _is_written(value: object, pattern: str, _: object) -> str:
    wanted = next((said for name, said in _WRITTEN.items() if pattern == _pattern(name)), "")
    return f"is {quoted(value)}, and must be {wanted or 'written as Teams wants it'}"


def _pattern(name: str) -> str:
    pattern: str = schema(MANIFEST_SCHEMA)["definitions"][name]["pattern"]
    return pattern


def _somehow(value: object, *_: object) -> str:
    return f"is {quoted(value)}, which Teams does not take there"


# By the schema's keyword: what is said of a value, given what was wanted of it.
_RULES: Mapping[str, Callable[[Any, Any, Any], str]] = {
    "required": lambda fields, wanted, _: (
        f"lacks {', '.join(field for field in wanted if field not in fields)}"
    ),
    "additionalProperties": _is_strange,
    "enum": lambda value, wanted, _: (
        f"is {quoted(value)}, and may only be one of {', '.join(map(str, wanted))}"
    ),
    "const": lambda value, wanted, _: f"is {quoted(value)}, and must be {quoted(wanted)}",
    "type": lambda value, wanted, _: (
        f"is {quoted(value)}, and must be {_KINDS.get(wanted, wanted)}"
    ),
    "maxLength": lambda value, most, _: (
        f"has {len(value)} letters, and Teams takes at most {most}"
    ),
    "maxItems": lambda values, most, _: f"lists {len(values)}, and Teams takes at most {most}",
    "uniqueItems": lambda *_: "lists the same twice",
    "pattern": _is_written,
}
