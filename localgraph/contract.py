"""Microsoft's contract: what each request must look like, and each answer.

`contract/graph-v1.0.json` is Microsoft's own; `contract/documented.json` adds what the pages of
Microsoft Learn say in words: required fields, limits, and what a query may not ask.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from localgraph.asking import header_breaches, query_breaches
from localgraph.controls import broken, good
from localgraph.operations import ENTRA, OPERATIONS
from localgraph.wire import Asked, Json

FOLDER = Path(__file__).parent / "contract"
HOME = "urn:microsoft-graph"
BATCH = "batch"
BIND = "@odata.bind"


class Contract:
    """Says how a request, or an answer, is not as Microsoft describes it."""

    def __init__(self, described: Json, documented: Json) -> None:
        self._schemas: Json = described["components"]["schemas"]
        self._paths: Json = described["paths"]
        self._documented = documented
        registry: Registry[Any] = Registry()
        self._registry = registry.with_resource(HOME, DRAFT202012.create_resource(described))

    def request(self, op: str, asked: Asked) -> list[str]:
        """Say what is wrong with a request; `op` is one of ours, or `batch`."""
        rules: Json = self._documented.get(op, {})
        own = self._own(op)
        known = {each["name"]: each for each in own.get("parameters", ()) if each["in"] == "query"}
        directory = op != BATCH and OPERATIONS[op].service == ENTRA
        return [
            *query_breaches(asked, known, self._names(own), rules),
            *header_breaches(asked, rules, directory=directory),
            *self._body_breaches(asked.body, own, rules),
        ]

    def answer(self, op: str, body: Json | None) -> list[str]:
        """Say what is wrong with an answer that is no refusal."""
        schema = _schema(self._own(op)["responses"]["2XX"])
        if schema is None or body is None:
            return []
        return self._breaches(Draft202012Validator, schema, body)

    def plain(self, op: str, asked: Asked) -> Asked:
        """Write the parameters of an action as the contract does: Graph takes `message` too."""
        schema = _schema(self._own(op).get("requestBody", {}))
        if schema is None or not isinstance(asked.body, dict):
            return asked
        names = {
            name[0].lower() + name[1:]: name for name in self._schemas[_key(schema)]["properties"]
        }
        return replace(
            asked, body={names.get(name, name): value for name, value in asked.body.items()}
        )

    def _own(self, op: str) -> Json:
        if op == BATCH:
            return {}
        operation = OPERATIONS[op]
        own: Json = self._paths[operation.path][operation.method.lower()]
        return own

    def _names(self, own: Json) -> frozenset[str]:
        """Give the names of properties and links that an answer can have."""
        schema = _schema(own.get("responses", {}).get("2XX", {}))
        if schema is None:
            return frozenset()
        inner = self._schemas[_key(schema)]["properties"].get("value", {}).get("items")
        thing = self._schemas[_key(inner or schema)]
        kinds = [self._schemas[_key(kind)] for kind in thing.get("anyOf", ())] or [thing]
        return frozenset(
            name
            for kind in kinds
            for part in ("properties", "x-navigation")
            for name in kind.get(part, ())
        )

    def _body_breaches(self, body: object, own: Json, rules: Json) -> Iterator[str]:
        schema, said = _schema(own.get("requestBody", {})), rules.get("body")
        if schema is None and said is None:
            if body is not None:
                yield "body: there is none in this request"
        elif isinstance(body, dict):
            writable = frozenset(rules.get("writable", ()))
            yield from self._breaches(_of_requests(writable), schema or {}, body)
            yield from self._breaches(Draft202012Validator, said or {}, body)
        elif not (isinstance(body, str) and "text" in rules):
            yield "body: a JSON object is needed"

    def _breaches(self, validator: type[Validator], schema: Json, body: Json) -> list[str]:
        check = validator(schema, registry=self._registry)
        errors = [best_match([error]) or error for error in check.iter_errors(body)]
        return [
            f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {_short(error)}"
            for error in errors
        ]


class AsleepContract(Exception):
    """The contract would let through what it must refuse, or refuse what is right."""


@cache
def microsofts() -> Contract:
    """Read the contract, and try it.

    :raises AsleepContract: when a negative control is not refused.
    """
    described, documented = (
        json.loads((FOLDER / name).read_text(encoding="utf-8"))
        for name in ("graph-v1.0.json", "documented.json")
    )
    return tried(Contract(described, documented))


def tried(contract: Contract) -> Contract:
    """Hold a contract against the controls (MTG-12).

    :raises AsleepContract: when it lets a broken request by, or refuses a good one.
    """
    refused = [control for control in good() if contract.request(control.op, control.asked)]
    let_by = [control for control in broken() if not contract.request(control.op, control.asked)]
    if refused or let_by:
        raise AsleepContract(f"refuses {refused}, lets by {let_by}")
    return contract


@cache
def _of_requests(writable: Collection[str]) -> type[Validator]:
    """Make a validator that also knows what is read-only, and which links a thing has."""

    def read_only(
        _: Validator, names: Collection[str], thing: object, __: Json
    ) -> Iterator[ValidationError]:
        if isinstance(thing, dict):
            for name in sorted(set(names) & thing.keys() - set(writable)):
                yield ValidationError(f"{name} is read-only")

    def links(
        _: Validator, names: Mapping[str, str], thing: object, __: Json
    ) -> Iterator[ValidationError]:
        for name in thing if isinstance(thing, dict) else ():
            if name.endswith(BIND) and name.removesuffix(BIND) not in names:
                yield ValidationError(f"there is no link {name}")

    own = {"x-readOnly": read_only, "x-navigation": links}
    made: type[Validator] = extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]
    return made


def _schema(holder: Json) -> Json | None:
    """Give the schema of a body, as a reference that can be followed from anywhere."""
    found = holder.get("content", {}).get("application/json", {}).get("schema")
    return None if found is None else {"$ref": f"{HOME}{found['$ref']}"}


def _key(reference: Json) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _short(error: ValidationError) -> str:
    """Say what is wrong without the words that were sent."""
    if not error.validator or str(error.validator).startswith("x-"):
        return error.message
    return f"{error.validator} {json.dumps(error.validator_value, default=str)[:100]}"
