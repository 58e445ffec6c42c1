"""What a request may ask beside its body: query parameters, their properties, and headers."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from localgraph.wire import Asked, Json

TOKENS = frozenset({"$skiptoken", "$deltatoken"})
"""In links that Graph gave; no client makes them up."""
TOP, FILTER = "$top", "$filter"
MOST_IN_FILTER = 50
PREFERENCE = re.compile(
    r'outlook\.timezone="[^"]+"|outlook\.body-content-type="(?:text|html)"'
    r'|odata\.maxpagesize=\d{1,4}|IdType="ImmutableId"|return=minimal',
    re.IGNORECASE,
)
NAMED = re.compile(r"([A-Za-z]\w*)(?:/\w+)*\s+(?:eq|ne|gt|ge|lt|le|in)\s|\(([A-Za-z]\w*)[/,]")
ADVANCED = re.compile(r"\b(?:ne|not)\b|endswith\(", re.IGNORECASE)
QUOTED = re.compile(r"'(?:[^']|'')*'")


def query_breaches(
    asked: Asked, known: Mapping[str, Json], names: Collection[str], rules: Json
) -> Iterator[str]:
    """Compare a query with the parameters of its operation.

    :param known: the parameters that the contract has, by name.
    :param names: properties and links of what is asked for.
    :param rules: what the documents add.
    """
    followed = bool(TOKENS & asked.query.keys())
    for name, value in asked.query.items():
        if name in TOKENS and known:
            continue
        if name not in known or name in rules.get("unsupported", ()):
            yield f"query: {name} is not for this operation"
        elif not _is(value, known[name]["schema"]["type"]):
            yield f"query: {name} cannot be read"
    for name, parameter in known.items():
        if parameter["required"] and name not in asked.query and not followed:
            yield f"query: {name} is missing"
    top = asked.query.get(TOP, "1")
    if not (top.isdecimal() and 1 <= int(top) <= rules.get("top", 999)):
        yield f"query: {TOP} is out of range"
    for name in _properties(asked.query):
        if names and name not in names:
            yield f"query: there is no property {name}"
    yield from _filter_breaches(QUOTED.sub("''", asked.query.get(FILTER, "")), names, rules)


def _is(value: str, kind: str) -> bool:
    return {
        "integer": value.isdecimal(),
        "boolean": value in {"true", "false"},
    }.get(kind, value != "")


def _properties(query: Mapping[str, str]) -> Iterator[str]:
    """Give the names after `$select`, `$expand` and `$orderby`, but for those in brackets."""
    for name in ("$select", "$expand", "$orderby"):
        for part in re.sub(r"\([^()]*\)", "", query.get(name, "")).split(","):
            if part.strip():
                yield re.split(r"[\s/]", part.strip())[0]


def _filter_breaches(expression: str, names: Collection[str], rules: Json) -> Iterator[str]:
    used = [first or second for first, second in NAMED.findall(expression)]
    allowed = rules.get("filter")
    for name in used:
        if (names and name not in names) or (allowed and name not in allowed):
            yield f"query: {FILTER} cannot use {name}"
    if expression and not used:
        yield f"query: {FILTER} cannot be read"
    if allowed and len(used) > MOST_IN_FILTER:
        yield f"query: {FILTER} names more than {MOST_IN_FILTER} objects"


def header_breaches(asked: Asked, rules: Json, *, directory: bool) -> Iterator[str]:
    """Compare the headers with what the operation needs."""
    kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    wanted = {"application/json", rules.get("text", "application/json")}
    if asked.body is not None and kind not in wanted:
        yield "header: Content-Type does not say what the body is"
    for preference in _parts(asked.headers.get("prefer", "")):
        if not PREFERENCE.fullmatch(preference):
            yield "header: Prefer has a preference that Graph does not know"
    advanced = rules.get("advanced", False) or (directory and _is_advanced(asked.query))
    if advanced and asked.headers.get("consistencylevel", "").lower() != "eventual":
        yield "header: an advanced query needs ConsistencyLevel: eventual"
    if advanced and asked.query.get("$count") != "true":
        yield "query: an advanced query needs $count=true"


def _is_advanced(query: Mapping[str, str]) -> bool:
    """Say whether Entra needs its other index (learn.microsoft.com/graph/aad-advanced-queries)."""
    expression = QUOTED.sub("''", query.get(FILTER, ""))
    return bool(
        {"$search", "$count"} & query.keys()
        or {FILTER, "$orderby"} <= query.keys()
        or ADVANCED.search(expression)
    )


def _parts(header: str) -> Sequence[str]:
    return [part.strip() for part in header.split(",") if part.strip()]
