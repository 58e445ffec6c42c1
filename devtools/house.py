"""The bot and its stand-ins as processes on one machine, for people and tests."""

import base64
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Self

from devtools.environment import ROOT, Problem, digest, python
from devtools.ports import free_port

STARTS_WITHIN_SECONDS = 30.0
STOPS_WITHIN_SECONDS = 10.0
LOG_LINES_SHOWN = 30
MAILBOX = "ssp-sekretariatet@ssp-demo.example"  # as the demo has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What is made up once for one machine, and kept in a file only its owner can read."""

    app_id: str
    app_password: str
    tenant_id: str
    master_keys: str
    index_keys: str

    @classmethod
    def kept_in(cls, file: Path) -> Self:
        """Read the secrets, or make them up the first time."""
        if not file.exists():
            made = {
                "app_id": str(uuid.uuid4()),
                "app_password": secrets.token_urlsafe(32),
                "tenant_id": str(uuid.uuid4()),
                "master_keys": _first_key(),
                "index_keys": _first_key(),
            }
            file.touch(mode=0o600, exist_ok=False)
            file.write_text(json.dumps(made, indent=2))
        return cls(**json.loads(file.read_text()))


class House:
    """The processes, with everything they keep in one folder."""

    def __init__(
        self,
        folder: Path,
        *,
        teams_port: int,
        graph_port: int | None = None,
        bot_port: int | None = None,
        database_url: str = "",
        replicas: int = 1,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """:param graph_port: where Microsoft 365 is stood in for; None leaves it away."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._people = folder / "people.json"
        self._tenant = folder / "tenant.json"
        self.address = f"http://127.0.0.1:{teams_port}"
        self._port = teams_port
        self._graph_port = graph_port
        self._bot_port = bot_port or free_port()
        self._database_url = database_url or f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}"
        self._replicas = replicas
        self._secrets = Secrets.kept_in(folder / "secrets.json")
        self._more_settings = settings or {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def bot_address(self) -> str:
        return f"http://127.0.0.1:{self._bot_port}"

    @property
    def graph_address(self) -> str:
        """Where hands in Outlook and Entra are; empty without Microsoft 365."""
        return f"http://127.0.0.1:{self._graph_port}" if self._graph_port else ""

    @property
    def programs(self) -> tuple[str, ...]:
        return ("localteams", *(["localgraph"] if self._graph_port else []), "bot")

    def settings(self) -> dict[str, str]:
        """Give the bot's settings, as `docs/settings.md` lists them."""
        return {
            "DATABASE_URL": self._database_url,
            "BOT_APP_ID": self._secrets.app_id,
            "BOT_APP_PASSWORD": self._secrets.app_password,
            "BOT_TENANT_ID": self._secrets.tenant_id,
            "MASTER_KEYS": self._secrets.master_keys,
            "INDEX_KEYS": self._secrets.index_keys,
            "PORT": str(self._bot_port),
            "LOCAL_OPENID_METADATA": f"{self.address}/.well-known/openid-configuration",
            "LOCAL_CONNECTOR": f"{self.address}/connector/",
            **(self._of_graph() if self._graph_port else {}),
            **self._more_settings,
        }

    def _of_graph(self) -> dict[str, str]:
        return {
            "GRAPH": "yes",
            "GRAPH_MAILBOX": MAILBOX,
            "GRAPH_DIRECTORY": "yes",
            "TEAMS_APP_ID": self._secrets.tenant_id,  # any id will do in a catalogue of one
            "LOCAL_GRAPH": f"{self.graph_address}/v1.0",
        }

    def start(self) -> None:
        """Migrate the database, load the demo, start everything, and wait until it answers.

        :raises Problem: when one of them does not come up.
        """
        for port in (self._port, self._graph_port):
            if port and not _is_free(port):
                raise Problem(f"Port {port} is taken; choose another one with --port.")
        self._prepare()
        for name in self.programs:
            self.log_file(name).unlink(missing_ok=True)
        self._launch(
            "localteams",
            *("--port", str(self._port), "--bot", f"{self.bot_address}/api/messages"),
            *("--app-id", self._secrets.app_id, "--tenant", self._secrets.tenant_id),
            *("--people", str(self._people), "--state", str(self.folder / "teams.json")),
            *("--installed", "all"),
        )
        if self._graph_port:
            self._launch(
                "localgraph",
                *("--port", str(self._graph_port), "--people", str(self._tenant)),
                *("--mailbox", MAILBOX, "--clock", f"{self.address}/api/clock"),
            )
            self._wait_until_it_answers("localgraph", self._graph_port, "/post")
        self._launch_bot()
        self._wait_until_it_answers("localteams", self._port, "/api/bot")
        self._wait_until_it_answers("bot", self._bot_port, "/readyz")

    def restart_bot(self) -> None:
        """Stop only the bot and start it again; what it was told is in its database."""
        self._stop("bot")
        self._launch_bot()
        self._wait_until_it_answers("bot", self._bot_port, "/readyz")

    def crashed(self) -> str | None:
        """Tell which of them has ended by itself, with the end of its log."""
        for name, process in self._running.items():
            if process.poll() is not None:
                return f"{name} ended with code {process.returncode}:\n{self._end_of_log(name)}"
        return None

    def stop(self) -> None:
        """Stop whatever runs, the bot first."""
        for name in reversed([*self._running]):
            self._stop(name)

    def log_file(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _prepare(self) -> None:
        """Migrate the database and load the demo, unless both are as they were last time."""
        sources = [*ROOT.glob("storage/migrations/**/*.py"), *ROOT.glob("demo/*.py")]
        form = "grouped" if self._graph_port else "organisation"
        state = f"{form} {digest(sorted(sources))}"
        stamp = self.folder / "prepared"
        if stamp.exists() and stamp.read_text() == state:
            return
        self._people.write_text(self._ask("-m", "demo", "people"), encoding="utf-8")
        if self._graph_port:
            tenant = json.loads(self._ask("-m", "demo", "tenant"))
            apps = [{"id": self._secrets.tenant_id, "external_id": self._secrets.app_id}]
            self._tenant.write_text(json.dumps({**tenant, "apps": apps}), encoding="utf-8")
        self._ask("-m", "bot", "migrate")
        register = self.folder / "organisation.yml"
        register.write_text(self._ask("-m", "demo", form), encoding="utf-8")
        self._ask("-m", "bot", "load", str(register), "--yes")
        stamp.write_text(state)

    def _ask(self, *arguments: str) -> str:
        """Run one of our programs to its end and give what it said.

        :raises Problem: when it failed.
        """
        done = subprocess.run(
            [python(), *arguments],
            cwd=ROOT,
            env={**os.environ, **self.settings()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != 0:
            raise Problem(f"python {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def _launch_bot(self) -> None:
        more = ("run", "--replicas", str(self._replicas)) if self._replicas > 1 else ()
        self._launch("bot", *more)

    def _launch(self, name: str, *arguments: str) -> None:
        """Start a program in a group of its own, so that Ctrl-C reaches us and not it."""
        environment = {**os.environ, **(self.settings() if name == "bot" else {})}
        with self.log_file(name).open("ab") as log:
            self._running[name] = self._spawn(name, arguments, environment, log)

    @staticmethod
    def _spawn(
        name: str, arguments: tuple[str, ...], environment: Mapping[str, str], log: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [python(), "-m", name, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _stop(self, name: str) -> None:
        process = self._running.pop(name)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait_until_it_answers(self, name: str, port: int, path: str) -> None:
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while not _answers(port, path):
            if crash := self.crashed():
                raise Problem(crash)
            if time.monotonic() > until:
                raise Problem(f"{name} does not answer at {path}:\n{self._end_of_log(name)}")
            time.sleep(0.05)

    def _end_of_log(self, name: str) -> str:
        lines = self.log_file(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-LOG_LINES_SHOWN:])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _first_key() -> str:
    return f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
