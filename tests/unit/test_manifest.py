"""The Teams app: Teams takes the package, and the bot answers every command it advertises."""

import copy
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.stand_in import BOT_NAME
from dialogs.conversation import VERBS
from manifest.__main__ import main
from manifest.check import check
from manifest.package import MANIFEST, Installation, Json, files_for, packed, read

INSTALLATION = Installation(
    app_id="7f3c2b1a-0000-4000-8000-000000000001",
    version="1.2.3",
    domain="ssp-demo.example",
    website="https://ssp-demo.example",
    privacy="https://ssp-demo.example/privatliv",
    terms="https://ssp-demo.example/vilkaar",
)
FILES = files_for(INSTALLATION)
TEXTS = read(FILES, MANIFEST)
Change = Callable[[Json], object]


def changed(change: Change, *, file: str = MANIFEST) -> list[str]:
    """Check the package after something in one of its files was changed."""
    content = copy.deepcopy(read(FILES, file))
    change(content)
    return check({**FILES, file: json.dumps(content).encode()})


def bot(manifest: Json) -> Json:
    first: Json = manifest["bots"][0]
    return first


def tab(manifest: Json) -> Json:
    """The one of its tabs that is ours."""
    ours: Json = manifest["staticTabs"][1]
    return ours


def commands(manifest: Json) -> list[Json]:
    listed: list[Json] = bot(manifest)["commandLists"][0]["commands"]
    return listed


class TestThePackage:
    def test_is_one_teams_takes(self) -> None:
        assert check(FILES) == []

    def test_is_filled_in_everywhere(self) -> None:
        assert b"${" not in FILES[MANIFEST]
        assert TEXTS["id"] == bot(TEXTS)["botId"] == INSTALLATION.app_id
        assert TEXTS["version"] == "1.2.3"

    def test_a_quote_in_an_address_stays_in_its_place(self) -> None:
        odd = Installation(
            app_id=INSTALLATION.app_id,
            version="1.2.3",
            domain=INSTALLATION.domain,
            website='https://ssp-demo.example/"x',
            privacy=INSTALLATION.privacy,
            terms=INSTALLATION.terms,
        )

        assert read(files_for(odd), MANIFEST)["developer"]["websiteUrl"] == odd.website

    def test_has_what_the_manifest_names_at_its_root_and_nothing_else(self) -> None:
        with zipfile.ZipFile(io.BytesIO(packed(FILES))) as package:
            assert package.testzip() is None
            assert set(package.namelist()) == {MANIFEST, "color.png", "outline.png", "en.json"}

    def test_is_the_same_every_time(self) -> None:
        assert packed(files_for(INSTALLATION)) == packed(FILES)

    def test_asks_for_no_right_to_read_what_people_write(self) -> None:
        assert TEXTS["authorization"]["permissions"]["resourceSpecific"] == []
        assert "permissions" not in TEXTS

    def test_is_a_bot_that_people_write_to_alone_and_in_teams(self) -> None:
        """BER-22: of a bot that only notifies, phones show no alert."""
        assert bot(TEXTS)["isNotificationOnly"] is False
        assert {"personal", "team"} <= set(bot(TEXTS)["scopes"])

    def test_calls_the_bot_what_the_stand_in_calls_it(self) -> None:
        assert TEXTS["name"]["short"] == BOT_NAME


class TestTheTab:
    def test_is_offered_after_the_chat(self) -> None:
        named = [each["entityId"] for each in TEXTS["staticTabs"]]

        assert named == ["conversations", "overview", "readiness", "about"]

    def test_is_given_tokens_that_are_made_for_the_bot(self) -> None:
        """Entra makes the token for what `resource` names: the app whose id is our audience."""
        app = TEXTS["webApplicationInfo"]

        assert app["id"] == INSTALLATION.app_id
        assert app["resource"] == f"api://{INSTALLATION.domain}/botid-{INSTALLATION.app_id}"
        assert TEXTS["validDomains"] == [INSTALLATION.domain]


class TestTheCommands:
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_are_each_answered_by_the_bot(self, language: str) -> None:
        """Criterion 5 of a good Teams bot: all listed commands work, in every language."""
        answered = frozenset[str]().union(
            *(verb.words for verb in VERBS.values() if not verb.about)
        )
        titles = {
            "da": [
                command["title"]
                for each in bot(TEXTS)["commandLists"]
                for command in each["commands"]
            ],
            "en": [text for key, text in read(FILES, "en.json").items() if key.endswith("title")],
        }

        assert [title for title in titles[language] if title.casefold() not in answered] == []

    def test_a_title_and_its_translation_mean_the_same(self) -> None:
        english = read(FILES, "en.json")
        for number, command in enumerate(commands(TEXTS)):
            translated = english[f"bots[0].commandLists[0].commands[{number}].title"]

            assert any(
                {command["title"].casefold(), translated.casefold()} <= {*verb.words}
                for verb in VERBS.values()
            ), command["title"]

    def test_a_team_or_group_is_offered_help_and_no_more(self) -> None:
        """Criterion 11: personal workflows only in the personal chat."""
        shared = bot(TEXTS)["commandLists"][1]

        assert shared["scopes"] == ["team", "groupChat"]
        assert [command["title"] for command in shared["commands"]] == ["Hjælp"]


class TestTheCheck:
    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda m: m.pop("accentColor"), "'accentColor' is a required property"),
            (lambda m: m.update(manifestVersion="1.29"), "manifestVersion: '1.30' was expected"),
            (
                lambda m: m.update({"$schema": "https://x.example/v1.29/s.json"}),
                "$schema does not",
            ),
            (lambda m: m.update(id="ssp"), "id"),
            (lambda m: bot(m).update(botId="ssp"), "botId"),
            (lambda m: m.update(version="1.0"), "version must be x.y.z"),
            (lambda m: m["name"].update(short="x" * 31), "name/short"),
            (lambda m: m["name"].update(short="SSP Teams"), "must not say 'Teams'"),
            (
                lambda m: m["developer"].update(privacyUrl="http://ssp-demo.example"),
                "privacyUrl must be https",
            ),
            (lambda m: m["icons"].update(color="icon.png"), "icon.png is missing"),
            (lambda m: m["icons"].update(color="outline.png"), "must be 192×192"),
            (lambda m: m["icons"].update(color="en.json"), "en.json is not a PNG"),
            (lambda m: bot(m).update(scopes=["personal", "groupchat"]), "'groupchat' is not one"),
            (lambda m: bot(m)["commandLists"].pop(), "team has 0 command lists"),
            (
                lambda m: bot(m)["commandLists"][1].update(
                    scopes=["team", "groupChat", "personal"]
                ),
                "personal has 2 command lists",
            ),
            (
                lambda m: commands(m).extend(
                    {"title": f"Mere {number}", "description": "Mere"} for number in range(2)
                ),
                "at most 10 commands",
            ),
            (lambda m: commands(m)[0].update(title="/bekymring"), "must begin with a letter"),
            (lambda m: commands(m)[0].update(title="FORTSÆT"), "the same command twice"),
            (lambda m: commands(m)[0].update(title="x" * 33), "is longer than 32"),
            (lambda m: commands(m)[0].pop("description"), "needs a description"),
            (lambda m: commands(m)[0].update(description="x" * 129), "needs a description"),
            (lambda m: commands(m)[5].update(title="Vejledning"), "no command for help"),
            (lambda m: m.update(validDomains=["https://ssp.example"]), "'https://ssp.example'"),
            (lambda m: m.update(validDomains=["x.azurewebsites.net"]), "'x.azurewebsites.net'"),
            (lambda m: m.update(validDomains=["*.example"]), "'*.example'"),
            (lambda m: m.update(validDomains=["other.example"]), "on one of validDomains"),
            (lambda m: tab(m).update(contentUrl="http://ssp-demo.example/tab/"), "must be https"),
            (lambda m: tab(m).pop("contentUrl"), "'overview' must be https"),
            (lambda m: tab(m).pop("name"), "'overview' has no name"),
            (lambda m: tab(m).update(entityId="about"), "the same entityId twice"),
            (
                lambda m: m["webApplicationInfo"].update(id=INSTALLATION.app_id[:-1] + "2"),
                "webApplicationInfo.id",
            ),
            (
                lambda m: m["webApplicationInfo"].update(resource="api://ssp-demo.example/x"),
                "webApplicationInfo.resource must end",
            ),
            (
                lambda m: m["webApplicationInfo"].update(
                    resource=f"api://other.example/botid-{INSTALLATION.app_id}"
                ),
                "webApplicationInfo.resource must name the domain",
            ),
            (
                lambda m: m["authorization"]["permissions"]["resourceSpecific"].append(
                    {"name": "ChannelMessage.ReadAll.Group", "type": "Application"}
                ),
                "ChannelMessage.ReadAll.Group (Application) does not exist",
            ),
            (
                lambda m: m["localizationInfo"]["additionalLanguages"][0].update(file="eng.json"),
                "eng.json is missing",
            ),
            (lambda m: m["localizationInfo"].pop("additionalLanguages"), "en.json is in the"),
        ],
    )
    def test_finds_what_teams_would_refuse(self, change: Change, told: str) -> None:
        assert any(told in problem for problem in changed(change))

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda t: t.pop("name.full"), "name.full is not translated"),
            (lambda t: t.pop("staticTabs[1].name"), "staticTabs[1].name is not translated"),
            (
                lambda t: t.update({"bots[0].commandLists[0].commands[10].title": "More"}),
                "commands[10].title is not in the manifest",
            ),
            (lambda t: t.update({"name.short": "x" * 31}), "en.json: manifest.json name/short"),
            (lambda t: t.update({"name.short": "SSP in Teams"}), "must not say 'Teams'"),
            (lambda t: t.update({"name.short": 1}), "1 is not of type 'string'"),
            (
                lambda t: t.update({"bots[0].commandLists[0].commands[0].title": "Help"}),
                "en.json: personal: the same command twice",
            ),
        ],
    )
    def test_finds_what_is_wrong_with_a_translation(self, change: Change, told: str) -> None:
        assert any(told in problem for problem in changed(change, file="en.json"))


class TestTheProgram:
    ASKED = (
        *("--app-id", INSTALLATION.app_id, "--domain", INSTALLATION.domain),
        *("--website", INSTALLATION.website),
        *("--privacy", INSTALLATION.privacy, "--terms", INSTALLATION.terms),
    )

    def test_writes_the_package(self, tmp_path: Path) -> None:
        target = tmp_path / "ssp.zip"

        assert main([*self.ASKED, "--version", "1.2.3", str(target)]) == 0
        assert target.read_bytes() == packed(FILES)

    def test_takes_the_projects_version_when_none_is_given(self, tmp_path: Path) -> None:
        target = tmp_path / "ssp.zip"

        assert main([*self.ASKED, str(target)]) == 0

    def test_says_what_is_wrong_and_writes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "ssp.zip"

        assert (
            main([*self.ASKED, "--version", "1", "--terms", "http://x.example", str(target)]) == 1
        )
        assert capsys.readouterr().err == (
            "version must be x.y.z\ndeveloper.termsOfUseUrl must be https\n"
        )
        assert not target.exists()
