"""What Teams asks of an app in two languages: each text in both, and right in both."""

import copy
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from manifest.commands import commands
from manifest.package import Files, Json, NoPackage, read
from manifest.rules import names
from manifest.shape import LANGUAGE_SCHEMA, MANIFEST_SCHEMA, misshapen, quoted

DEFAULT, OTHERS = "da", {"en"}
_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")
_SEEN_OF_A_COMMAND = ("title", "description", "prompt")


def listed(manifest: Json) -> list[tuple[str, str]]:
    """List the language files that the manifest names, each after its language."""
    said = manifest.get("localizationInfo", {})
    first = said.get("defaultLanguageFile")
    files = [(each["languageTag"], each["file"]) for each in said.get("additionalLanguages", [])]
    return [*([(said["defaultLanguageTag"], first)] if first else []), *files]


def languages(manifest: Json, files: Files) -> Iterator[str]:
    """Check that the app speaks our languages, and that each file fits the manifest."""
    default = manifest.get("localizationInfo", {}).get("defaultLanguageTag", "en-us")
    tags = Counter(tag for tag, _ in listed(manifest))
    if default != DEFAULT:
        yield f"defaultLanguageTag says {quoted(default)}, and the manifest's texts are Danish."
    for tag in sorted(OTHERS - tags.keys()):
        yield f"localizationInfo names no file for {quoted(tag)}."
    for tag in sorted(tag for tag in tags if tags[tag] > 1):
        yield f"localizationInfo names two files for {quoted(tag)}."
    for _, name in listed(manifest):
        if name not in files:
            yield f"localizationInfo names {name}, which is not in the package."
        else:
            yield from _translation(manifest, files, name)


def _translation(manifest: Json, files: Files, name: str) -> Iterator[str]:
    """Put a file's texts in their places, and check the manifest once more with them."""
    try:
        said = read(files, name)
    except NoPackage as problem:
        yield str(problem)
        return
    if problems := [*misshapen(said, schema=LANGUAGE_SCHEMA)]:
        yield from (f"In {name}: {problem}" for problem in problems)
        return
    keys = said.keys() - {"$schema"}
    translated = copy.deepcopy(manifest)
    for key in sorted(keys):
        if not _say(translated, key, said[key]):
            yield f"{name} has a text for {key}, which is not in the manifest."
    for key in sorted(_texts(manifest) - keys):
        yield f"{name} lacks a text for {key}."
    problems = [*misshapen(translated, schema=MANIFEST_SCHEMA)] or [
        *names(translated),
        *commands(translated),
    ]
    yield from (f"In {name}: {problem}" for problem in problems)


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
    menus = {
        f"bots[{b}].commandLists[{c}].commands[{d}].{field}"
        for b, bot in enumerate(manifest.get("bots", []))
        for c, each in enumerate(bot.get("commandLists", []))
        for d, command in enumerate(each["commands"])
        for field in _SEEN_OF_A_COMMAND
        if field in command
    }
    tabs = {
        f"staticTabs[{number}].name"
        for number, tab in enumerate(manifest.get("staticTabs", []))
        if "name" in tab
    }
    return {"name.short", "name.full", "description.short", "description.full", *menus, *tabs}
