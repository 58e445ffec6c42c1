"""What Teams asks of an app beyond the schema: who it is, where it lives, what it may."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from manifest.package import Json
from manifest.shape import quoted, schema

SCOPES = ("personal", "team", "groupChat")
_SCHEMA = re.compile(
    r"https://developer\.microsoft\.com/(?:en-us/)?json-schemas/teams/v(?P<version>[\d.]+)"
    r"/MicrosoftTeams\.schema\.json"
)
_GUID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_NOBODY = "00000000-0000-0000-0000-000000000000"
_VERSION = re.compile(r"(?:(?:0|[1-9]\d{0,8})\.){2}(?:0|[1-9]\d{0,8})", re.ASCII)
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z][a-z0-9-]{1,62}")
_OF_OTHERS = re.compile(
    r"(?:^|\.)(?:azurewebsites\.net|azureedge\.(?:net|com)|microsoft\.com|microsoftonline\.com"
    r"|onmicrosoft\.com|botframework\.com|trafficmanager\.net|ngrok\.\w+|ngrok-free\.\w+"
    r"|devtunnels\.ms)$"
)
_NOT_IN_A_NAME = re.compile(
    r"(?i)\b(teams|microsoft|sharepoint|outlook|office|azure|beta|test|dev)\b"
)
_OF_TEAMS = {"chat", "contacts", "calendar", "calls", "files", "activity", "teams", "help"}
_TABS_OF_TEAMS = {"conversations", "about"}  # the chat, and what the app is
_NOT_OURS = ("isNotificationOnly", "supportsFiles", "supportsCalling", "supportsVideo")
_RIGHTS_IN_USE: frozenset[str] = frozenset()
"""The resource-specific permissions that a function of the bot needs; none does."""


def identity(manifest: Json) -> Iterator[str]:
    """Check what the app is, in which version, and who stands behind it."""
    said = _SCHEMA.fullmatch(manifest.get("$schema", ""))
    if said is None:
        yield "$schema must be the address of Microsoft's own schema."
    elif said["version"] != manifest["manifestVersion"]:
        yield f"$schema is of v{said['version']}, and manifestVersion says another."
    if not _VERSION.fullmatch(manifest["version"]):
        yield f"version is {quoted(manifest['version'])}, and must be x.y.z, such as 1.0.0."
    if not _is_id(manifest["id"]):
        yield f"id is {quoted(manifest['id'])}, and must be the app's own GUID."
    for field in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        if not _is_address(manifest["developer"][field]):
            yield f"developer.{field} must be an https address on a named host."


def names(manifest: Json) -> Iterator[str]:
    """Check that the app's names are its own, and not Microsoft's or a trial's."""
    for length, name in manifest["name"].items():
        if found := _NOT_IN_A_NAME.search(name):
            yield f"name.{length} must not say {quoted(found[0])}."
        elif name.split(" ")[0].casefold() in _OF_TEAMS:
            yield f"name.{length} must not begin as a part of Teams does."
        elif not name.strip():
            yield f"name.{length} is empty."


def bots(manifest: Json) -> Iterator[str]:
    """Check that there is one bot, that people write to it everywhere, and that it is the app."""
    if not manifest.get("bots"):
        yield "bots is empty, and the app is nothing without its bot."
    app = manifest.get("webApplicationInfo", {})
    for bot in manifest.get("bots", []):
        yield from _bot(bot)
        if app and app["id"] != bot["botId"]:
            yield "webApplicationInfo.id must be the bot's id."
        if app and not app.get("resource", "").endswith(f"/botid-{bot['botId']}"):
            yield "webApplicationInfo.resource must end in /botid- and the bot's id."


def _bot(bot: Json) -> Iterator[str]:
    if not _is_id(bot["botId"]):
        yield f"botId is {quoted(bot['botId'])}, and must be a GUID."
    for scope in SCOPES:
        if scope not in bot["scopes"]:
            yield f"bots[0].scopes lacks {scope}, where people write to this bot."
    for ability in _NOT_OURS:
        if bot.get(ability):
            yield f"bots[0].{ability} is true, and of this bot that is not so."


def domains(manifest: Json) -> Iterator[str]:
    """Check that the app shows pages of its own hosts, each named whole."""
    said = manifest.get("validDomains", [])
    for domain in said:
        if not _DOMAIN.fullmatch(domain):
            yield (
                f"validDomains has {quoted(domain)}, and must have only the host's own name,"
                " without https://, path, port or asterisk."
            )
        elif _OF_OTHERS.search(domain):
            yield f"validDomains has {quoted(domain)}, where others than we have pages too."
    if len(set(said)) < len(said):
        yield "validDomains lists the same host twice."


def tabs(manifest: Json) -> Iterator[str]:
    """Check that a page comes from a listed host, and that its token is made for that one."""
    listed = manifest.get("staticTabs", [])
    named = [tab["entityId"] for tab in listed]
    if len(set(named)) < len(named):
        yield "staticTabs has the same entityId twice."
    for tab in listed:
        if tab["entityId"] not in _TABS_OF_TEAMS:
            yield from _tab(tab, manifest)


def _tab(tab: Json, manifest: Json) -> Iterator[str]:
    name, address = tab["entityId"], tab.get("contentUrl", "")
    if not tab.get("name", "").strip():
        yield f"The tab {name} has no name to show."
    if not _is_address(address):
        yield f"contentUrl of the tab {name} must be an https address on a named host."
        return
    host = urlsplit(address).netloc
    if host not in manifest.get("validDomains", []):
        yield f"The tab {name} is on {host}, which validDomains does not list."
    if not manifest.get("webApplicationInfo", {}).get("resource", "").startswith(f"api://{host}/"):
        yield f"webApplicationInfo.resource must name {host}, where the tab {name} is."


def rights(manifest: Json) -> Iterator[str]:
    """Check that each right asked for exists, and that a function of the bot needs it."""
    asked = manifest.get("authorization", {}).get("permissions", {}).get("resourceSpecific", [])
    for right in asked:
        name = right["name"]
        if (name, right["type"]) not in _known_rights():
            yield f"There is no right {name} of the type {right['type']}."
        elif name not in _RIGHTS_IN_USE:
            yield f"The right {name} is asked for, and nothing in the bot needs it."
    for field in ("permissions", "devicePermissions"):
        if manifest.get(field):
            yield f"{field} asks for what nothing in the bot needs."


@cache
def _known_rights() -> frozenset[tuple[str, str]]:
    scopes = schema("rsc-permissions.json").values()
    return frozenset(
        (name, kind) for kinds in scopes for kind, listed in kinds.items() for name in listed
    )


def _is_id(said: str) -> bool:
    return _GUID.fullmatch(said) is not None and said != _NOBODY


def _is_address(said: str) -> bool:
    try:
        address = urlsplit(said)
    except ValueError:
        return False
    return address.scheme == "https" and _DOMAIN.fullmatch(address.netloc) is not None
