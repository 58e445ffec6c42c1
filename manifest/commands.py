"""What Teams asks of a bot's menus: one for each place, short, explained, and with help."""

from collections import Counter
from collections.abc import Iterator

from manifest.package import Json
from manifest.shape import quoted

_HELP = {"hjælp", "help"}
_AT_MOST = 10  # Teams shows no more, though its schema takes twelve
_LONGEST_TITLE = 32
_LONGEST_DESCRIPTION = 128
_MENTION = "mention"


def commands(manifest: Json) -> Iterator[str]:
    """Check the lists of commands of every bot."""
    for bot in manifest.get("bots", []):
        lists = bot.get("commandLists", [])
        served = Counter(
            scope
            for each in lists
            for scope in each["scopes"]
            if _MENTION in each.get("triggers", [_MENTION])
        )
        for scope in bot["scopes"]:
            if served[scope] != 1:
                yield f"{scope} has {served[scope]} lists of commands, and must have one."
        for scope in sorted(served.keys() - {*bot["scopes"]}):
            yield f"There is a list of commands for {scope}, where the bot is not."
        for each in lists:
            yield from _listed(each["commands"], " and ".join(each["scopes"]))


def _listed(said: list[Json], where: str) -> Iterator[str]:
    titles = Counter(command["title"].casefold() for command in said)
    if len(said) > _AT_MOST:
        yield f"The list for {where} has {len(said)} commands, and Teams shows at most {_AT_MOST}."
    for title in (title for title, times in titles.items() if times > 1):
        yield f"The list for {where} has the command {quoted(title)} twice."
    if not _HELP & titles.keys():
        yield f"The list for {where} has no command for help."
    for command in said:
        yield from _command(command, where)


def _command(command: Json, where: str) -> Iterator[str]:
    title, description = command["title"], command.get("description", "")
    named = f"The command {quoted(title)} for {where}"
    if not title[:1].isalnum():
        yield f"{named} must begin with a letter."
    if len(title) > _LONGEST_TITLE:
        yield f"{named} is longer than the {_LONGEST_TITLE} letters that Teams shows."
    if not description.strip():
        yield f"{named} has no description."
    if len(description) > _LONGEST_DESCRIPTION:
        yield f"{named} has a description of more than {_LONGEST_DESCRIPTION} letters."
