"""Whether Teams takes a package: Microsoft's schema, and the rules the schema leaves out."""

import copy
import json
import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft7Validator

from manifest.package import MANIFEST, Files, Json, read

_SCHEMAS = Path(__file__).parent / "schema"
_GUID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_OF_OTHERS = re.compile(
    r"(?:^|\.)(?:azurewebsites\.net|azureedge\.net|microsoft\.com|microsoftonline\.com"
    r"|onmicrosoft\.com|botframework\.com|ngrok\.\w+|devtunnels\.ms)$"
)
_NOT_IN_A_NAME = re.compile(r"(?i)\b(teams|microsoft|sharepoint|beta|test|dev)\b")
_TABS_OF_TEAMS = {"conversations", "about"}  # the chat, and what the app is
_HELP = {"hjælp", "help"}
_SIDES = {"color": 192, "outline": 32}
_COMMANDS_AT_MOST = 10
_TITLE_AT_MOST = 32
_DESCRIPTION_AT_MOST = 128
_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


def check(files: Files) -> list[str]:
    """List everything that is wrong with a package, in sentences for the one who builds it."""
    manifest = read(files, MANIFEST)
    if broken := list(_shape(manifest)):
        return broken
    return [
        *_identity(manifest),
        *_name(manifest),
        *_bots(manifest),
        *_icons(manifest, files),
        *_commands(manifest),
        *_domains(manifest),
        *_tabs(manifest),
        *_permissions(manifest),
        *_languages(manifest, files),
        *_contents(manifest, files),
    ]


def _shape(manifest: Json) -> Iterator[str]:
    for error in _validator("MicrosoftTeams.schema.json").iter_errors(manifest):
        yield f"{MANIFEST} {'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"


def _identity(manifest: Json) -> Iterator[str]:
    if f"/v{manifest['manifestVersion']}/" not in manifest.get("$schema", ""):
        yield "$schema does not fit manifestVersion"
    if not _VERSION.fullmatch(manifest["version"]):
        yield "version must be x.y.z"
    if not _GUID.fullmatch(manifest["id"]):
        yield "id must be a GUID"
    for field in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        if not manifest["developer"][field].startswith("https://"):
            yield f"developer.{field} must be https"


def _name(manifest: Json) -> Iterator[str]:
    if found := _NOT_IN_A_NAME.search(manifest["name"]["short"]):
        yield f"name.short must not say {found[0]!r}"


def _bots(manifest: Json) -> Iterator[str]:
    app = manifest.get("webApplicationInfo")
    for bot in manifest.get("bots", []):
        if not _GUID.fullmatch(bot["botId"]):
            yield "botId must be a GUID"
        if app and app["id"] != bot["botId"]:
            yield "webApplicationInfo.id must be the bot's id"
        if app and not app.get("resource", "").endswith(f"/botid-{bot['botId']}"):
            yield "webApplicationInfo.resource must end in /botid-<the bot's id>"


def _icons(manifest: Json, files: Files) -> Iterator[str]:
    for kind, side in _SIDES.items():
        name = manifest["icons"][kind]
        if name not in files:
            yield f"icons.{kind}: {name} is missing"
        elif files[name][:8] != b"\x89PNG\r\n\x1a\n":
            yield f"icons.{kind}: {name} is not a PNG"
        elif struct.unpack(">II", files[name][16:24]) != (side, side):
            yield f"icons.{kind}: {name} must be {side}×{side}"


def _commands(manifest: Json) -> Iterator[str]:
    for bot in manifest.get("bots", []):
        lists = bot.get("commandLists", [])
        served = [scope for each in lists for scope in each["scopes"]]
        for scope in bot["scopes"]:
            if served.count(scope) != 1:
                yield f"{scope} has {served.count(scope)} command lists; it needs one"
        for each in lists:
            yield from _command_list(each["commands"], "/".join(each["scopes"]))


def _command_list(commands: list[Json], scopes: str) -> Iterator[str]:
    titles = [command["title"] for command in commands]
    if len(commands) > _COMMANDS_AT_MOST:
        yield f"{scopes}: Teams shows at most {_COMMANDS_AT_MOST} commands"
    if len({title.casefold() for title in titles}) < len(titles):
        yield f"{scopes}: the same command twice"
    if not _HELP & {title.casefold() for title in titles}:
        yield f"{scopes}: no command for help"
    for command in commands:
        title, description = command["title"], command.get("description", "")
        if not title[:1].isalnum():
            yield f"{scopes}: {title!r} must begin with a letter"
        if len(title) > _TITLE_AT_MOST:
            yield f"{scopes}: {title!r} is longer than {_TITLE_AT_MOST}"
        if not 0 < len(description) <= _DESCRIPTION_AT_MOST:
            yield f"{scopes}: {title!r} needs a description of at most {_DESCRIPTION_AT_MOST}"


def _domains(manifest: Json) -> Iterator[str]:
    for domain in manifest.get("validDomains", []):
        if not _DOMAIN.fullmatch(domain) or _OF_OTHERS.search(domain):
            yield f"validDomains: {domain!r} must be a whole domain of our own, and only that"


def _tabs(manifest: Json) -> Iterator[str]:
    """Check that a page comes from a listed domain, and that its token is made for that one."""
    domains = manifest.get("validDomains", [])
    resource = manifest.get("webApplicationInfo", {}).get("resource", "")
    named = [tab["entityId"] for tab in manifest.get("staticTabs", [])]
    if len(set(named)) < len(named):
        yield "staticTabs: the same entityId twice"
    for tab in manifest.get("staticTabs", []):
        if tab["entityId"] in _TABS_OF_TEAMS:
            continue
        address = urlsplit(tab.get("contentUrl", ""))
        if not tab.get("name"):
            yield f"staticTabs: {tab['entityId']!r} has no name"
        if address.scheme != "https" or address.netloc not in domains:
            yield f"staticTabs: {tab['entityId']!r} must be https, on one of validDomains"
        if not resource.startswith(f"api://{address.netloc}/"):
            yield f"webApplicationInfo.resource must name the domain of {tab['entityId']!r}"


def _permissions(manifest: Json) -> Iterator[str]:
    scopes = _schema("rsc-permissions.json")
    known = {
        (name, kind)
        for kinds in scopes.values()
        for kind, names in kinds.items()
        for name in names
    }
    asked = manifest.get("authorization", {}).get("permissions", {}).get("resourceSpecific", [])
    for each in asked:
        if (each["name"], each["type"]) not in known:
            yield f"resourceSpecific: {each['name']} ({each['type']}) does not exist"


def _languages(manifest: Json, files: Files) -> Iterator[str]:
    for language in manifest.get("localizationInfo", {}).get("additionalLanguages", []):
        name = language["file"]
        if name not in files:
            yield f"{name} is missing"
            continue
        said = read(files, name)
        for error in _validator("MicrosoftTeams.Localization.schema.json").iter_errors(said):
            yield f"{name}: {error.message[:160]}"
        keys = said.keys() - {"$schema"}
        translated = copy.deepcopy(manifest)
        for key in sorted(keys):
            if not _say(translated, key, said[key]):
                yield f"{name}: {key} is not in the manifest"
        for key in sorted(_texts(manifest) - keys):
            yield f"{name}: {key} is not translated"
        problems = list(_shape(translated)) or [*_name(translated), *_commands(translated)]
        yield from (f"{name}: {problem}" for problem in problems)


def _say(manifest: Json, key: str, text: str) -> bool:
    """Put a translated text in its place, if there is one."""
    *way, last = (int(step[1:-1]) if "[" in step else step for step in _STEP.findall(key))
    here: Any = manifest
    try:
        for step in way:
            here = here[step]
        found = last in here
    except (KeyError, IndexError, TypeError):
        return False
    if found:
        here[last] = text
    return found


def _texts(manifest: Json) -> set[str]:
    """Name every text people see, as a language file names it."""
    commands = {
        f"bots[{b}].commandLists[{c}].commands[{d}].{field}"
        for b, bot in enumerate(manifest.get("bots", []))
        for c, each in enumerate(bot.get("commandLists", []))
        for d, _ in enumerate(each["commands"])
        for field in ("title", "description")
    }
    tabs = {
        f"staticTabs[{number}].name"
        for number, tab in enumerate(manifest.get("staticTabs", []))
        if "name" in tab
    }
    return {"name.short", "name.full", "description.short", "description.full", *commands, *tabs}


def _contents(manifest: Json, files: Files) -> Iterator[str]:
    languages = manifest.get("localizationInfo", {}).get("additionalLanguages", [])
    listed = {MANIFEST, *manifest["icons"].values(), *(each["file"] for each in languages)}
    for name in sorted(files.keys() - listed):
        yield f"{name} is in the package, but the manifest does not name it"


@cache
def _validator(name: str) -> Draft7Validator:
    # It says draft 4, but its `const` is only understood from draft 6 on.
    return Draft7Validator(_schema(name))


def _schema(name: str) -> Json:
    schema: Json = json.loads((_SCHEMAS / name).read_text(encoding="utf-8-sig"))
    return schema
