"""`python -m localgraph.cut WHEEL`: cut the slice we use out of Microsoft's SDK, as OpenAPI.

Microsoft generates the SDK (PyPI `msgraph-sdk`) from its OpenAPI description of Graph. The SDK
is read as text and never loaded. What it says of a request and of its answer becomes a path of
`contract/graph-v1.0.json`; what those reach becomes a schema. Links between entities are only
named (`x-navigation`): following them would be all of Graph.
"""

import argparse
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from localgraph.operations import OPERATIONS, Operation
from localgraph.wire import Json

ROOT = "msgraph/generated"
CONTRACT = Path(__file__).parent / "contract" / "graph-v1.0.json"
FOLLOWED = {("Message", "attachments"), ("TeamsAppInstallation", "teamsApp")}
"""The links that our requests follow."""
ABSTRACT = {"Attachment": ("FileAttachment",), "DirectoryObject": ("Group", "User")}
"""What is only ever one of its kinds, and the kinds that we use."""
PLAIN: Mapping[str, Json] = {
    "get_str_value": {"type": "string"},
    "get_bool_value": {"type": "boolean"},
    "get_int_value": {"type": "integer"},
    "get_float_value": {"type": "number"},
    "get_datetime_value": {"type": "string", "format": "date-time"},
    "get_date_value": {"type": "string", "format": "date"},
    "get_time_value": {"type": "string"},
    "get_timedelta_value": {"type": "string", "format": "duration"},
    "get_uuid_value": {"type": "string", "format": "uuid"},
    "get_bytes_value": {"type": "string", "contentEncoding": "base64"},
}
PYTHON: Mapping[str, Json] = {
    "str": {"type": "string"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "UUID": {"type": "string", "format": "uuid"},
    "list[str]": {"type": "string"},  # OData writes it as one, with commas
    "datetime.datetime": {"type": "string", "format": "date-time"},
}
FIELD = re.compile(r'"([^"]+)": lambda n : setattr\(self, \'(\w+)\', n\.(\w+)\(([\w.]*)\)\)')
NOTE = re.compile(r"^    # (.*)\n    (\w+): ", re.MULTILINE)
IMPORT = re.compile(r"from (\.+)([\w.]+) import (\w+)")


@dataclass(frozen=True, slots=True)
class Model:
    """One class of the SDK: where it is, and its text."""

    name: str
    folder: str
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        """Give the name in the contract; Microsoft's own for what is in its model."""
        own = self.name[0].lower() + self.name[1:]
        inner = self.folder.partition("/models")[2].strip("/").replace("/", ".")
        if "/models" in f"/{self.folder}":
            return ".".join(filter(None, ("microsoft.graph", inner, own)))
        return f"{self.folder.removeprefix(f'{ROOT}/').replace('/', '.')}.{own}"


class Sdk:
    """The SDK's files; every class is found by how its neighbours import it."""

    def __init__(self, wheel: Path) -> None:
        with ZipFile(wheel) as archive:
            self._files = {
                name: archive.read(name).decode()
                for name in archive.namelist()
                if name.startswith(f"{ROOT}/") and name.endswith((".py", "lock.json"))
            }
        self.lock: Json = json.loads(self._files[f"{ROOT}/kiota-lock.json"])

    def builder(self, path: str) -> Model:
        """Find who builds requests to a path.

        :raises KeyError: when Microsoft has no such path.
        """
        folder = ROOT + "".join(
            "/item" if part.startswith("{") else f"/{_snake(part)}"
            for part in path.removesuffix("()").strip("/").split("/")
        )
        inside = [name for name in self._files if name.rpartition("/")[0] == folder]
        file = next((name for name in inside if name.endswith("_request_builder.py")), folder)
        return Model(name=path, folder=folder, text=self._files[file])

    def named(self, name: str, where: Model) -> Model:
        """Find a class by how another one imports it."""
        for dots, module, imported in IMPORT.findall(where.text):
            if imported == name:
                folder = where.folder
                for _ in dots[1:]:
                    folder = folder.rpartition("/")[0]
                file = f"{folder}/{module.replace('.', '/')}.py"
                return Model(name=name, folder=file.rpartition("/")[0], text=self._files[file])
        if f"class {name}(" in where.text:
            return where
        raise KeyError(name)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name.replace(".", "_")).lower()


class Cutter:
    def __init__(self, sdk: Sdk) -> None:
        self._sdk = sdk
        self.schemas: dict[str, Json] = {}

    def path(self, operation: Operation) -> Json:
        """Say what one operation takes and gives.

        :raises KeyError, ValueError: when the SDK is not as this cutter knows it.
        """
        builder = self._sdk.builder(operation.path)
        template = re.findall(r'super\(\).__init__\(request_adapter, "(.*?)"', builder.text)[0]
        plain = template.replace("%2D", "-").replace("%24", "$")
        if plain.partition("{?")[0].partition("?")[0] != f"{{+baseurl}}{operation.path}":
            raise ValueError(f"another path: {plain}")
        method = operation.method.lower()
        signature = re.findall(
            rf"async def {method}\(self,(?:body: (\w+), )?.*?RequestConfiguration\[(\w+)\].*?"
            r"-> (?:Optional\[(\w+)\]|None):",
            builder.text,
        )
        body, query, answer = signature[0]
        described: Json = {
            "operationId": operation.name,
            "parameters": [
                *_in_path(operation.path),
                *_in_query(builder.text, query, plain),
            ],
            "responses": {"2XX": self._content(answer, builder)},
        }
        if body:
            described["requestBody"] = {"required": True, **self._content(body, builder)}
        return described

    def _content(self, name: str, builder: Model) -> Json:
        if not name:
            return {}
        schema = self._reference(self._sdk.named(name, builder))
        return {"content": {"application/json": {"schema": schema}}}

    def _reference(self, model: Model) -> Json:
        reference = {"$ref": f"#/components/schemas/{model.key}"}
        if model.key not in self.schemas:
            self.schemas[model.key] = {}  # it may reach itself
            self.schemas[model.key] = self._schema(model)
        return reference

    def _schema(self, model: Model) -> Json:
        if "(str, Enum)" in model.text:
            return {
                "type": "string",
                "enum": re.findall(r'^    \w+ = "([^"]*)"', model.text, re.MULTILINE),
            }
        if kinds := ABSTRACT.get(model.name):
            return {"anyOf": [self._reference(self._sdk.named(kind, model)) for kind in kinds]}
        properties: Json = {}
        navigation: dict[str, str] = {}
        read_only: list[str] = []
        for each in self._lineage(model):
            notes = {name: note for note, name in NOTE.findall(each.text)}
            for name, attribute, reader, argument in _fields(each):
                if re.search(r"Read-only\b(?! for)", notes.get(attribute, "")):
                    read_only.append(name)
                link = self._linked(each, argument)
                if link is not None:
                    navigation[name] = link
                if link is None or (each.name, name) in FOLLOWED:
                    properties[name] = self._property(each, reader, argument)
        schema: Json = {
            "type": "object",
            "properties": dict(sorted(properties.items())),
            "patternProperties": {"^@|@odata\\.|@delta$": {}},
            "additionalProperties": False,
        }
        if navigation:
            schema["x-navigation"] = dict(sorted(navigation.items()))
        if read_only:
            schema["x-readOnly"] = sorted(read_only)
        return schema

    def _linked(self, model: Model, argument: str) -> str | None:
        """Name the entity that a thing links to; what carries things holds them."""
        if not argument or argument in PYTHON or model.name.endswith(("Response", "Body")):
            return None
        other = self._sdk.named(argument, model)
        return other.key if self._is_entity(other) else None

    def _is_entity(self, model: Model) -> bool:
        return any(each.name == "Entity" for each in self._lineage(model))

    def _property(self, model: Model, reader: str, argument: str) -> Json:
        if reader in PLAIN:
            return _nullable(PLAIN[reader])
        if reader == "get_collection_of_primitive_values":
            return {"type": "array", "items": PYTHON[argument]}
        one = self._reference(self._sdk.named(argument, model))
        if reader.startswith("get_collection_of_"):
            return {"type": "array", "items": one}
        return {"anyOf": [one, {"type": "null"}]}

    def _lineage(self, model: Model) -> Iterator[Model]:
        yield model
        found = re.search(rf"^class {model.name}\((.*?)\):", model.text, re.MULTILINE)
        for base in found[1].split(", ") if found else ():
            if base not in {"Parsable", "AdditionalDataHolder", "BackedModel", "str", "Enum"}:
                yield from self._lineage(self._sdk.named(base, model))


def _fields(model: Model) -> list[tuple[str, str, str, str]]:
    found: list[tuple[str, str, str, str]] = FIELD.findall(model.text)
    if len(found) != model.text.count("lambda n :"):
        raise ValueError(f"{model.name} reads its fields in a way this cutter does not know")
    return found


def _nullable(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


def _in_path(path: str) -> Iterator[Json]:
    for name in re.findall(r"\{([^}]+)\}", path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _in_query(text: str, query: str, template: str) -> Iterator[Json]:
    """Read a class of query parameters; those in the template itself are required."""
    _, _, inner = text.partition(f"    class {query}():\n")
    inner = inner.partition("\n    @dataclass")[0]
    names = dict(re.findall(r'original_name == "(\w+)":\s+return "([^"]+)"', inner))
    for name, kind in re.findall(r"^        (\w+): Optional\[(.*)\] = None", inner, re.MULTILINE):
        real = names.get(name, name).replace("%24", "$")
        yield {
            "name": real,
            "in": "query",
            "required": f"{real}={{{real}}}" in template,
            "schema": PYTHON[kind],
        }


def cut(wheel: Path) -> Json:
    """Cut what `operations.OPERATIONS` names."""
    sdk = Sdk(wheel)
    cutter = Cutter(sdk)
    paths: dict[str, Json] = {}
    for operation in OPERATIONS.values():
        paths.setdefault(operation.path, {})[operation.method.lower()] = cutter.path(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Microsoft Graph v1.0, the slice that the bot uses",
            "version": "v1.0",
            "license": {"name": "MIT", "identifier": "MIT"},
            "x-cut-from": wheel.name,
            "x-cut-from-sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "x-openapi-hash": sdk.lock["descriptionHash"],
        },
        "paths": paths,
        "components": {"schemas": dict(sorted(cutter.schemas.items()))},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="localgraph.cut")
    parser.add_argument("wheel", type=Path, help="msgraph_sdk-….whl")
    text = json.dumps(cut(parser.parse_args().wheel), indent=1, ensure_ascii=False)
    CONTRACT.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
