"""Mistakes in a Teams app's package, as data: what is done to a good one, and what is said of it.

They are of the kinds that teams.md §1 lists: what Microsoft's tools were seen to let through,
what its documents ask for, and what its schema says. `LEGAL` looks like one and is none.
"""

from manifest.package import MANIFEST, Json
from tests.support.manifest_changes import (
    BLUE,
    ENGLISH,
    INSTALLATION,
    NOTHING,
    WHITE,
    bot,
    edited,
    filed,
    menu,
    plain,
    put,
    right,
    said,
    tab,
    with_files,
)

NOBODYS_ID = "00000000-0000-0000-0000-000000000000"
ANOTHER_ID = "7f3c2b1a-0000-4000-8000-000000000002"


def _more_commands(manifest: Json) -> None:
    menu(manifest).append({"title": "Endnu en", "description": "En for meget"})


def _second_list(manifest: Json) -> None:
    bot(manifest)["commandLists"][1]["scopes"].append("personal")


LEGAL = said(
    "seventeen valid domains",
    "",
    lambda m: m["validDomains"].extend(f"d{n}.ssp-demo.example" for n in range(16)),
)

SHAPE = (
    said("no accentColor", "lacks accentColor", lambda m: m.pop("accentColor")),
    said("no name", "lacks name", lambda m: m.pop("name")),
    said("no privacyUrl", "lacks privacyUrl", lambda m: m["developer"].pop("privacyUrl")),
    said("no outline icon named", "lacks outline", lambda m: m["icons"].pop("outline")),
    said("no title", "commands[0] lacks title", lambda m: menu(m)[0].pop("title")),
    said("an older version", 'must be "1.30"', put("manifestVersion", to="1.29")),
    said("a version as a number", 'must be "1.30"', put("manifestVersion", to=1.30)),
    said("a field of its own", "has colour, which Teams", put("colour", to="blue")),
    said("a scope in small letters", "scopes[2] is", put("bots", 0, "scopes", 2, to="groupchat")),
    said("a scope of old", "defaultInstallScope is", put("defaultInstallScope", to="all")),
    said("a name too long", "name.short has 31", put("name", "short", to="S" * 31)),
    said("a description too long", "has 81", put("description", "short", to="S" * 81)),
    said("a colour by name", "must be a colour", put("accentColor", to="blue")),
    said("two bots", "bots lists 2", lambda m: m["bots"].append({**bot(m)})),
    said("a bot alone", "must be a list", lambda m: m.update(bots=bot(m))),
    said("yes for true", "must be true or false", put("bots", 0, "supportsFiles", to="no")),
    said("too many domains", "lists 101", put("validDomains", to=["ssp-demo.example"] * 101)),
)

IDENTITY = (
    said("no $schema", "$schema must be", lambda m: m.pop("$schema")),
    said("another $schema", "$schema must be", put("$schema", to="https://ssp.example/s.json")),
    said(
        "$schema of another version",
        "$schema is of v1.29",
        lambda m: m.update({"$schema": m["$schema"].replace("1.30", "1.29")}),
    ),
    said("an id that is no GUID", "id is", put("id", to="ssp-bot")),
    said("an id of nobody", "the app's own GUID", put("id", to=NOBODYS_ID)),
    said("a bot's id that is none", "botId is", put("bots", 0, "botId", to="ssp-bot")),
    said("a version of two numbers", "must be x.y.z", put("version", to="1.0")),
    said("a version with words", "must be x.y.z", put("version", to="1.0.0-beta")),
    said(
        "http privacy", "privacyUrl must be", put("developer", "privacyUrl", to="http://s.example")
    ),
    said(
        "http terms",
        "termsOfUseUrl must be",
        put("developer", "termsOfUseUrl", to="http://s.example"),
    ),
    said(
        "a website here",
        "websiteUrl must be",
        put("developer", "websiteUrl", to="https://localhost/"),
    ),
    said("Microsoft's name", 'not say "Teams"', put("name", "short", to="SSP i Teams")),
    said("a trial's name", 'not say "test"', put("name", "full", to="SSP test")),
    said("a name of Teams'", "part of Teams", put("name", "short", to="Calendar SSP")),
)

BOTS = (
    said("no bot", "bots is empty", put("bots", to=[])),
    said("not in group chats", "lacks groupChat", lambda m: bot(m)["scopes"].remove("groupChat")),
    said(
        "a bot that only tells",
        "isNotificationOnly",
        put("bots", 0, "isNotificationOnly", to=True),
    ),
    said("a bot that takes files", "supportsFiles", put("bots", 0, "supportsFiles", to=True)),
    said("eleven commands", "has 11 commands", _more_commands),
    said("a command unexplained", "has no description", lambda m: menu(m)[0].pop("description")),
    said(
        "a command blankly explained",
        "has no description",
        lambda m: menu(m)[0].update(description=" "),
    ),
    said(
        "a command at length", "more than 128", lambda m: menu(m)[0].update(description="s" * 129)
    ),
    said("a long command", "longer than the 32", lambda m: menu(m)[0].update(title="s" * 33)),
    said(
        "a command with a slash",
        "begin with a letter",
        lambda m: menu(m)[0].update(title="/bekymring"),
    ),
    said("a command twice", '"fortsæt" twice', lambda m: menu(m)[0].update(title="FORTSÆT")),
    said("no help", "no command for help", lambda m: menu(m)[-1].update(title="Vejledning")),
    said("two lists for a place", "personal has 2 lists", _second_list),
    said("no list for a place", "team has 0 lists", lambda m: bot(m)["commandLists"].pop()),
    said(
        "a list where the bot is not",
        "for copilot, where",
        lambda m: bot(m)["commandLists"][0]["scopes"].append("copilot"),
    ),
)

PAGES = (
    said(
        "an address as a domain",
        '"https://ssp-demo',
        put("validDomains", to=["https://ssp-demo.example"]),
    ),
    said(
        "a path in a domain",
        '"ssp-demo.example/tab"',
        put("validDomains", 0, to="ssp-demo.example/tab"),
    ),
    said("everybody's domain", '"*"', put("validDomains", to=["ssp-demo.example", "*"])),
    said("a whole country", '"*.dk"', put("validDomains", to=["ssp-demo.example", "*.dk"])),
    said(
        "a host of Azure's",
        "others than we",
        lambda m: m["validDomains"].append("s.azurewebsites.net"),
    ),
    said("a tunnel", "others than we", lambda m: m["validDomains"].append("s.ngrok.io")),
    said(
        "a domain twice", "same host twice", lambda m: m["validDomains"].append("ssp-demo.example")
    ),
    said("the tab's domain left out", "does not list", put("validDomains", to=["other.example"])),
    said("no domains", "does not list", lambda m: m.pop("validDomains")),
    said("a tab without a name", "has no name", lambda m: tab(m).pop("name")),
    said(
        "a tab over http",
        "contentUrl of",
        lambda m: tab(m).update(contentUrl="http://ssp-demo.example/tab/"),
    ),
    said("a tab of nothing", "contentUrl of", lambda m: tab(m).pop("contentUrl")),
    said("a tab nowhere", "contentUrl of", lambda m: tab(m).update(contentUrl="https://[tab/")),
    said("a tab twice", "same entityId", lambda m: tab(m).update(entityId="about")),
    said(
        "a token for another app",
        "must be the bot's id",
        put("webApplicationInfo", "id", to=ANOTHER_ID),
    ),
    said(
        "a token for another host",
        "must name ssp-demo.example",
        put("webApplicationInfo", "resource", to=f"api://s.example/botid-{INSTALLATION.app_id}"),
    ),
    said(
        "a token for nothing",
        "end in /botid-",
        put("webApplicationInfo", "resource", to="api://ssp-demo.example/x"),
    ),
)

RIGHTS = (
    said(
        "an invented right",
        "There is no right",
        right("ChannelMessage.ReadAll.Group", "Application"),
    ),
    said(
        "a right of another type",
        "There is no right",
        right("ChannelMessage.Read.Group", "Delegated"),
    ),
    said(
        "a right nobody needs",
        "nothing in the bot",
        right("ChannelMessage.Read.Group", "Application"),
    ),
    said("rights of old", "permissions asks", put("permissions", to=["messageTeamMembers"])),
    said("the camera", "devicePermissions asks", put("devicePermissions", to=["media"])),
)

LANGUAGES = (
    said(
        "English first", "texts are Danish", put("localizationInfo", "defaultLanguageTag", to="en")
    ),
    said("no English", 'no file for "en"', lambda m: m.pop("localizationInfo")),
    said(
        "a language file of another name",
        "eng.json, which is not in",
        lambda m: m["localizationInfo"]["additionalLanguages"][0].update(file="eng.json"),
    ),
    said(
        "a text left out", "lacks a text for name.full", lambda t: t.pop("name.full"), file=ENGLISH
    ),
    said(
        "a text for nothing",
        "not in the manifest",
        put("bots[0].commandLists[0].commands[10].title", to="More"),
        file=ENGLISH,
    ),
    said("a key of its own", "In en.json: The file has name", put("name", to="SSP"), file=ENGLISH),
    said("a long name in English", "In en.json", put("name.short", to="S" * 31), file=ENGLISH),
    said("a number for a text", "In en.json", put("name.short", to=1), file=ENGLISH),
    said(
        "Microsoft's name in English",
        'not say "Teams"',
        put("name.short", to="SSP in Teams"),
        file=ENGLISH,
    ),
    said(
        "a command twice in English",
        '"help" twice',
        put("bots[0].commandLists[0].commands[0].title", to="Help"),
        file=ENGLISH,
    ),
)

FILES = (
    filed("no manifest", "no manifest.json at the root", with_files(manifest_json=None)),
    filed(
        "a manifest that is no JSON", "is not JSON, from line 1", with_files(manifest_json=b"{,")
    ),
    filed("a manifest of a list", "must be a group", with_files(manifest_json=b"[]")),
    filed(
        "a manifest in Latin-1",
        "not written in UTF-8",
        with_files(manifest_json="{å".encode("latin-1")),
    ),
    filed("a field twice", "says id twice", with_files(manifest_json=b'{"id": "a", "id": "b"}')),
    filed("a language that is no JSON", "en.json is not JSON", with_files(en_json=b"English")),
    filed("a file too many", "notes.txt is in the package", with_files(notes_txt=b"later")),
    filed("no coloured icon", "color.png, which is not", with_files(color_png=None)),
    filed("no outline icon", "outline.png, which is not", with_files(outline_png=None)),
    filed("a small icon", "is 96×96, and", with_files(color_png=plain(96, BLUE))),
    filed("a large outline", "is 64×64, and", with_files(outline_png=plain(64, WHITE, NOTHING))),
    filed(
        "an outline in colour",
        "white on a transparent",
        with_files(outline_png=plain(32, BLUE, NOTHING)),
    ),
    filed(
        "an outline on a ground",
        "white on a transparent",
        with_files(outline_png=plain(32, WHITE)),
    ),
    filed(
        "an outline of nothing",
        "white on a transparent",
        with_files(outline_png=plain(32, NOTHING)),
    ),
    filed(
        "a picture of another kind", "is not a PNG", with_files(color_png=b"\xff\xd8\xff\xe0JFIF")
    ),
    filed(
        "half a picture", "a damaged PNG", with_files(outline_png=plain(32, WHITE, NOTHING)[:-40])
    ),
    filed(
        "the icons the wrong way round",
        "must be 192×192",
        edited(MANIFEST, put("icons", "color", to="outline.png")),
    ),
)

MISTAKES = (*SHAPE, *IDENTITY, *BOTS, *PAGES, *RIGHTS, *LANGUAGES, *FILES)
"""All of them really are mistakes."""
