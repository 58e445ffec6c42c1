"""The Teams app: Teams takes the package, and the bot answers every command it advertises."""

import io
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from demo.stand_in import BOT_NAME
from dialogs.conversation import VERBS
from manifest.__main__ import main
from manifest.check import check
from manifest.package import MANIFEST, Installation, Json, files_for, packed, read, unpacked
from tests.support.manifest_changes import INSTALLATION

FILES = files_for(INSTALLATION)
TEXTS = read(FILES, MANIFEST)


def bot(manifest: Json) -> Json:
    first: Json = manifest["bots"][0]
    return first


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
        odd = replace(INSTALLATION, website='https://ssp-demo.example/"x')

        assert read(files_for(odd), MANIFEST)["developer"]["websiteUrl"] == odd.website

    def test_needs_no_more_than_a_host_and_an_id(self) -> None:
        bare = Installation(app_id=INSTALLATION.app_id, version="1.2.3", host=INSTALLATION.host)

        assert check(files_for(bare)) == []

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
        assert bot(TEXTS)["scopes"] == ["personal", "team", "groupChat"]

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
        assert app["resource"] == f"api://{INSTALLATION.host}/botid-{INSTALLATION.app_id}"
        assert TEXTS["validDomains"] == [INSTALLATION.host]


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


class TestTheProgram:
    ASKED = (*("pack", "--app-id", INSTALLATION.app_id, "--host", INSTALLATION.host),)

    def test_writes_the_package(self, tmp_path: Path) -> None:
        target = tmp_path / "ssp.zip"

        own = ("--website", INSTALLATION.website, "--privacy", INSTALLATION.privacy)
        more = (*own, "--terms", INSTALLATION.terms, "--version", "1.2.3")

        assert main([*self.ASKED, *more, str(target)]) == 0
        assert target.read_bytes() == packed(FILES)

    def test_takes_the_projects_version_when_none_is_given(self, tmp_path: Path) -> None:
        target = tmp_path / "ssp.zip"

        assert main([*self.ASKED, str(target)]) == 0
        assert read(unpacked(target), MANIFEST)["version"] != "1.2.3"

    def test_says_what_is_wrong_and_writes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "ssp.zip"
        wrong = ("--version", "1", "--host", "https://ssp.example/", "--terms", "http://x.example")

        assert main([*self.ASKED, *wrong, str(target)]) == 1
        said = capsys.readouterr().err.splitlines()
        assert 'version is "1", and must be x.y.z, such as 1.0.0.' in said
        assert "developer.termsOfUseUrl must be an https address on a named host." in said
        assert any(line.startswith('validDomains has "https://ssp.example/"') for line in said)
        assert not target.exists()


class TestACheckOfAPackageThatIsThere:
    def test_takes_the_one_we_pack(self, tmp_path: Path) -> None:
        target = tmp_path / "ssp.zip"
        target.write_bytes(packed(FILES))

        assert main(["check", str(target)]) == 0

    def test_takes_a_folder_of_the_same(self, tmp_path: Path) -> None:
        for name, content in FILES.items():
            (tmp_path / name).write_bytes(content)

        assert main(["check", str(tmp_path)]) == 0

    @pytest.mark.parametrize(
        ("names", "told"),
        [
            ([f"ssp/{name}" for name in FILES], "There is no manifest.json at the root of the"),
            ([*FILES, "en.json"], "The zip has en.json twice."),
            ([*FILES, "__MACOSX/._en.json"], "__MACOSX/._en.json is in the package, but the"),
        ],
    )
    def test_refuses_a_zip_that_is_put_together_wrongly(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str], told: str
    ) -> None:
        target = tmp_path / "ssp.zip"
        with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as package:
            warnings.simplefilter("ignore")  # zipfile warns of a name that is there twice
            for name in names:
                package.writestr(name, FILES.get(name.split("/")[-1], b""))

        assert main(["check", str(target)]) == 1
        assert told in capsys.readouterr().err

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", packed(FILES)[:-30]])
    def test_refuses_what_is_no_zip(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
    ) -> None:
        target = tmp_path / "ssp.zip"
        target.write_bytes(content)

        assert main(["check", str(target)]) == 1
        assert "is not a zip that can be read." in capsys.readouterr().err

    def test_says_so_when_nothing_is_there(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", str(tmp_path / "ssp.zip")]) == 1
        assert "There is no " in capsys.readouterr().err
