"""The administrators' guide names what exists, and leaves out nothing that they must know."""

import re
import shutil
from dataclasses import fields
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from bot.__main__ import ERRANDS
from bot.readers import keys
from bot.settings import Settings
from domain.troubles import TroubleCode
from graph.needs import Need
from manifest.__main__ import main
from tests.support.drift import Block, block, blocks, follow, pages
from tests.support.repository import ROOT, shown, text_files

GUIDE = "\n".join(pages().values())
SETTINGS = {each.metadata["variable"]: each for each in fields(Settings)}
SECRET = {name for name, each in SETTINGS.items() if not each.repr}
ERRAND = re.compile(r"(?:python -m bot|(?<![\w/.-])ssp-bot) ([a-z][a-z-]+)")
VARIABLE = re.compile(r"(?<![\w$<])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b(?!\*)")
OF_THE_SHELL = {"SSP_BOT_CONFIG"}
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
PERMISSION = re.compile(r"^\| `((?:Application )?[A-Z]\w+(?:\.\w+)+)` \|", re.MULTILINE)
NOT_READY = {"database", "disk_full", "migrations", "keys", "audit_chain", "audit.missing"}
WITH_OPENSSL = ["Certifikat"] if shutil.which("openssl") else []


def of_pages_for_operators() -> str:
    operators = {"docs/operations.md", "docs/settings.md", "README.md", "CHANGELOG.md"}
    return "\n".join(text for file, text in text_files().items() if shown(file) in operators)


def test_every_errand_that_is_named_exists() -> None:
    named = set(ERRAND.findall(GUIDE + of_pages_for_operators()))

    assert "migrate" in named
    assert named <= ERRANDS.keys()


def test_every_errand_is_told_of() -> None:
    assert ERRANDS.keys() - {"run"} <= {*ERRAND.findall(GUIDE + of_pages_for_operators())}


def test_every_setting_that_is_named_exists() -> None:
    files = {f"{name}_FILE" for name in SECRET}

    assert {*VARIABLE.findall(GUIDE)} - SETTINGS.keys() - files == OF_THE_SHELL


def test_every_setting_is_in_the_danish_table_with_its_default() -> None:
    english = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    told = {
        name: default.replace("**must be set**", "skal sættes")
        for name, default, _ in ROW.findall(english)
        if not name.startswith("LOCAL_")
    }

    assert {name: default for name, default, _ in ROW.findall(pages()["indstillinger.md"])} == told


def test_every_secret_is_called_one_and_nothing_else_is() -> None:
    rows = ROW.findall(pages()["indstillinger.md"])

    assert {name for name, _, meaning in rows if meaning.startswith("hemmelig")} == SECRET


def test_each_permission_is_told_where_it_is_given_and_nowhere_else() -> None:
    """Calendars and mail are given in Exchange alone: in Entra they would open every mailbox."""
    told = PERMISSION.findall(pages()["microsoft365.md"])
    permissions = {need.value for need in Need}

    assert sorted(told) == sorted(
        f"Application {each.name}" if each.of_mailbox else each.name for each in permissions
    )


@pytest.mark.parametrize("role", [need.value.name for need in Need if need.value.of_mailbox])
def test_each_role_of_the_mailbox_is_given_by_the_commands(role: str) -> None:
    commands = block("Postkassen", language="powershell").text

    assert f'-Role "Application {role}" -CustomResourceScope' in commands


@pytest.mark.parametrize("why", sorted({*NOT_READY, *TroubleCode}))
def test_each_thing_that_can_be_amiss_has_something_to_do(why: str) -> None:
    rows = [row for row in pages()["overvaagning.md"].splitlines() if row.startswith("| `")]

    assert any(f"`{why}`" in row.split(" | ")[0] for row in rows)


@pytest.mark.parametrize("each", blocks("sh"), ids=lambda each: each.name[:40])
async def test_a_block_of_commands_is_one_that_a_shell_reads(each: Block, tmp_path: Path) -> None:
    (tmp_path / "block").write_text(each.text, encoding="utf-8")

    assert each.text.startswith("# ")
    assert await follow("bash -n block", folder=tmp_path, given={}) == ""


class TestFollowed:
    """What can be done here is done as it is written."""

    async def test_a_new_key_is_one_that_the_bot_takes(self, tmp_path: Path) -> None:
        printed = await follow(block("En ny nøgle").text, folder=tmp_path, given={})

        assert list(keys(f"1:{printed.strip()}")) == [1]

    @pytest.mark.parametrize("name", WITH_OPENSSL)
    async def test_a_certificate_fits_its_key(self, tmp_path: Path, name: str) -> None:
        await follow(block(name).text, folder=tmp_path, given={})

        both = (tmp_path / "bot_app_certificate").read_bytes()
        private = load_pem_private_key(both, password=None)
        assert load_pem_x509_certificate(both).public_key() == private.public_key()
        assert (tmp_path / "bot_app_certificate").stat().st_mode & 0o077 == 0

    async def test_the_app_is_packed_and_teams_would_take_it(self, tmp_path: Path) -> None:
        given = {
            "DOMAENE": "ssp.example.dk",
            "BOT_APP_ID": "7f3c2b1a-0000-4000-8000-000000000001",
            "PYTHONPATH": str(ROOT),
        }

        await follow(block("Appen: tjekkes").text, folder=tmp_path, given=given)

        assert main(["check", str(tmp_path / "ssp.zip")]) == 0
