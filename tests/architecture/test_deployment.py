"""What the bot is deployed by fits the bot: the service, its settings, its errands, the image."""

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from pathlib import Path

import pytest
from aiohttp import web

from bot.settings import Settings
from storage.engine import files_of
from tests.support.door import ENVIRONMENT
from tests.support.drift import follow
from tests.support.repository import ROOT

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "systemd" / "ssp-bot.service").read_text(encoding="utf-8")
ENV = (DEPLOY / "systemd" / "ssp-bot.env").read_text(encoding="utf-8")
IMAGE = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
SETTINGS = {each.metadata["variable"]: each for each in fields(Settings)}
SECRET = {name for name, each in SETTINGS.items() if not each.repr}
EXPOSED_AT_MOST = 15  # tenths, as systemd-analyze counts them: less is better
ANALYZE = [shutil.which("systemd-analyze")] if shutil.which("systemd-analyze") else []
AS_IT_MUST_BE = {
    "Type": "notify",
    "User": "ssp-bot",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectProc": "invisible",
    "MemoryDenyWriteExecute": "yes",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "RestrictSUIDSGID": "yes",
    "UMask": "0077",
    "StateDirectoryMode": "0700",
    "Restart": "on-failure",
}


def said(key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", UNIT, flags=re.MULTILINE)


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} +(.+)$", IMAGE, flags=re.MULTILINE)


class TestTheService:
    @pytest.mark.parametrize("key", AS_IT_MUST_BE)
    def test_has_no_more_rights_than_it_must(self, key: str) -> None:
        assert said(key) == [AS_IT_MUST_BE[key]]

    def test_is_told_its_secrets_as_files_and_nothing_else(self) -> None:
        lent = [each.partition(":")[0] for each in said("LoadCredential")]
        told = dict(each.split("=", 1) for each in said("Environment") if "_FILE=" in each)

        assert told == {f"{name.upper()}_FILE": f"%d/{name}" for name in lent}
        assert {name.upper() for name in lent} <= SECRET

    @pytest.mark.parametrize("program", ANALYZE)
    async def test_is_one_that_systemd_takes_and_calls_well_closed(
        self, tmp_path: Path, program: str
    ) -> None:
        here = UNIT.replace("/opt/ssp-bot/.venv/bin/python", "/bin/true")
        (tmp_path / "ssp-bot.service").write_text(
            here.replace("WorkingDirectory=/opt/ssp-bot", "WorkingDirectory=/"), encoding="utf-8"
        )

        warned = await follow(
            f"{program} verify --man=no ./ssp-bot.service", folder=tmp_path, given={}
        )
        await follow(
            f"{program} security --offline=yes --threshold={EXPOSED_AT_MOST} ./ssp-bot.service",
            folder=tmp_path,
            given={},
        )

        assert "ssp-bot" not in warned


class TestItsSettings:
    def test_are_enough_to_start_by(self, tmp_path: Path) -> None:
        given = dict(line.split("=", 1) for line in ENV.splitlines() if line[:1] not in {"#", ""})
        secrets = {name: ENVIRONMENT[name] for name in ENVIRONMENT.keys() & SECRET}
        for name, value in secrets.items():
            (tmp_path / name).write_text(value, encoding="utf-8")
        files = {f"{name}_FILE": str(tmp_path / name) for name in secrets}

        settings = Settings.from_environment({**given, **files})

        assert given.keys() <= SETTINGS.keys() - SECRET
        assert settings.database_url == ENVIRONMENT["DATABASE_URL"]


class TestItsErrands:
    async def test_are_done_with_the_services_settings_and_secrets(self, tmp_path: Path) -> None:
        config, secrets = tmp_path / "etc", tmp_path / "etc" / "secrets"
        secrets.mkdir(parents=True)
        url = f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"
        for name in ENVIRONMENT.keys() & SECRET:
            value = url if name == "DATABASE_URL" else ENVIRONMENT[name]
            (secrets / name.lower()).write_text(f"{value}\n", encoding="utf-8")
        own = {name: ENVIRONMENT[name] for name in ENVIRONMENT.keys() - SECRET}
        (config / "ssp-bot.env").write_text(
            "".join(f"{name}={value}\n" for name, value in own.items()), encoding="utf-8"
        )

        printed = await follow(
            'export SSP_BOT_USER="$(id -un)"; sh "$ERRANDS" migrate && sh "$ERRANDS" verify-audit',
            folder=tmp_path,
            given={
                "ERRANDS": str(DEPLOY / "systemd" / "ssp-bot"),
                "SSP_BOT_HOME": str(home(tmp_path)),
                "SSP_BOT_CONFIG": str(config),
            },
        )

        assert files_of(url)[0].stat().st_mode & 0o077 == 0
        assert "the chain holds" in printed


def home(folder: Path) -> Path:
    """Lay the bot out as a server has it: the rooms, and an environment with its Python."""
    place = folder / "opt"
    (place / ".venv" / "bin").mkdir(parents=True)
    runs = place / ".venv" / "bin" / "python"
    runs.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec python "$@"\n', encoding="utf-8")
    runs.chmod(0o755)
    return place


class TestTheImage:
    def test_has_every_room_that_the_bot_needs_and_no_other(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        rooms = {*project["tool"]["importlinter"]["root_packages"]}
        others = {"demo", "localteams", "localgraph"}  # for people at their own machine
        copied = {each.split()[0] for each in instructions("COPY") if "/opt/ssp-bot/" in each}
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

        assert copied - {"LICENSE", "--from=packages"} == rooms - others | {"readiness", "tab"}
        assert {f"!{each}" for each in copied - {"--from=packages"}} <= {*ignored}

    def test_installs_what_is_locked_and_builds_nothing(self) -> None:
        [install] = [each for each in instructions("RUN") if "pip install" in each]

        assert {"--require-hashes", "--no-deps", "--only-binary"} <= {*shlex.split(install)}
        assert "/run.txt" in install

    def test_stands_on_a_python_that_the_bot_runs_by(self) -> None:
        [base] = [each.removeprefix("BASE=") for each in instructions("ARG")]

        assert re.fullmatch(r"python:3\.1[1-9]-slim-\w+", base)
        assert instructions("FROM") == ["${BASE} AS packages", "${BASE}"]

    def test_runs_as_nobody_in_particular(self) -> None:
        [user] = instructions("USER")

        assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
        assert instructions("ENTRYPOINT") == ['["python", "-m", "bot"]']

    @pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
    async def test_is_well_when_the_bot_lives(
        self, tmp_path: Path, status: int, *, healthy: bool
    ) -> None:
        [check] = instructions("HEALTHCHECK")
        command = shlex.join(json.loads(check.partition("CMD ")[2]))

        async with answering(status) as port:
            well = await follow(
                f"if {command} 2>/dev/null; then echo well; fi",
                folder=tmp_path,
                given={"PORT": str(port)},
            )

        assert (well == "well\n") is healthy


@asynccontextmanager
async def answering(status: int) -> AsyncIterator[int]:
    """Be a bot that says this about its health."""

    async def health(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/healthz", health)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield runner.addresses[0][1]
    await runner.cleanup()
