"""Logs are single lines of ids and codes (AC-LOG 01, 02, 03)."""

import asyncio
import json
import logging
import re
import sys
import warnings
from collections.abc import Iterator
from io import StringIO

import pytest

from bot import logs
from bot.web import Answer
from tests.support.door import ANNA, OTHER_TENANT, Knocker, message, of_type

CANARY = "kanariefugl"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the whole process logs; puts everything back afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions, sys.excepthook)
    stream = StringIO()
    logs.set_up(stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:], level, logging.raiseExceptions, sys.excepthook = before
    root.setLevel(level)


def _lines(written: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def _use(confided: str) -> None:
    try:
        int(confided)
    except ValueError as first:
        raise LookupError(f"cannot use {confided}") from first


class TestALine:
    @pytest.mark.parametrize(
        "said",
        ["a\r\nb", "a\nb", "\x1b[31mrød", "a\u2028b", "a\x85b", "a\x0bb", '","x":"', "\ud800"],
    )
    def test_is_one_line_whatever_is_in_it(self, written: StringIO, said: str) -> None:
        """AC-LOG-02."""
        logging.getLogger("bot.test").warning("%s", said)

        [line] = _lines(written)
        assert line["event"] == said
        assert written.getvalue().isascii()
        assert "\x1b" not in written.getvalue()

    def test_tells_the_moment_in_utc_to_the_millisecond(self, written: StringIO) -> None:
        """AC-LOG-03."""
        logging.getLogger("bot.test").warning("now")

        [line] = _lines(written)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line["at"]))

    def test_keeps_plain_facts_and_drops_things(self, written: StringIO) -> None:
        """AC-LOG-01: an object is not an id."""
        logging.getLogger("bot.test").warning("x", extra={"case": 5, "thing": {"text": CANARY}})

        [line] = _lines(written)
        assert line["case"] == 5
        assert CANARY not in written.getvalue()

    def test_that_cannot_be_written_is_not_spilt(
        self, written: StringIO, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """AC-LOG-01."""
        logging.getLogger("bot.test").warning("%d", CANARY)

        [line] = _lines(written)
        assert CANARY not in str(line)
        assert CANARY not in capsys.readouterr().err

    def test_that_finds_no_room_is_not_spilt(
        self, written: StringIO, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """AC-LOG-01: a full disk is no reason to write elsewhere."""
        written.close()

        logging.getLogger("bot.test").warning("%s", CANARY)

        assert capsys.readouterr().err == ""


class TestAnException:
    def test_shows_its_kind_and_place_but_not_what_it_says(self, written: StringIO) -> None:
        """AC-LOG-01: an exception's text is often what somebody wrote."""
        confided = CANARY
        try:
            _use(confided)
        except LookupError:
            logging.getLogger("bot.test").exception("failed")

        [line] = _lines(written)
        told = line["exception"]
        assert isinstance(told, list)
        assert [each["type"] for each in told] == ["builtins.LookupError", "builtins.ValueError"]
        assert "test_logs.py" in told[0]["at"][-1]
        assert CANARY not in written.getvalue()

    def test_that_nobody_catches_is_logged_the_same_way(
        self, written: StringIO, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """AC-LOG-01."""
        problem = ValueError(CANARY)

        sys.excepthook(ValueError, problem, None)

        assert "builtins.ValueError" in written.getvalue()
        assert CANARY not in written.getvalue() + capsys.readouterr().err


class TestOtherPeoplesLoggers:
    @pytest.mark.parametrize("name", ["asyncio", "sqlalchemy.engine.Engine", "msal", "anything"])
    def test_are_heard_without_their_words(self, written: StringIO, name: str) -> None:
        """AC-LOG-01: libraries put what they choke on into their messages."""
        logging.getLogger(name).error("could not use %s", CANARY)

        assert CANARY not in written.getvalue()

    def test_say_where_it_was(self, written: StringIO) -> None:
        logging.getLogger("asyncio").error("x")

        [line] = _lines(written)
        assert str(line["event"]).startswith("test_logs:")

    def test_do_not_chat(self, written: StringIO) -> None:
        for name in ("aiohttp.access", "botbuilder", "msal", "apscheduler", "sqlalchemy.engine"):
            logging.getLogger(name).info("chat")

        assert _lines(written) == []

    def test_warnings_are_no_way_round(
        self, written: StringIO, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """AC-LOG-01."""
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(capture=True)
            warnings.warn(CANARY, stacklevel=1)

        assert CANARY not in written.getvalue() + capsys.readouterr().err


class TestTheDoor:
    async def test_writes_nothing_of_what_comes_through_it(
        self, written: StringIO, outside: Knocker
    ) -> None:
        """AC-LOG-01: canaries in every place an activity has, on every way through."""

        def breaks() -> Answer:
            raise ValueError(outside.turns[-1])

        anna = {"id": CANARY, "name": CANARY, "aadObjectId": ANNA}
        everything = of_type(
            "invoke",
            id=CANARY,
            text=CANARY,
            value={"action": {"verb": CANARY, "data": {CANARY: CANARY}}},
            conversation={"id": CANARY, "name": CANARY},
            **{"from": anna},
        )
        token = outside.token()
        await outside.sends(everything, token=token)
        outside.answer = breaks
        await outside.sends(everything, token=token)
        await outside.sends(everything | {"serviceUrl": f"https://{CANARY}"})
        await outside.sends(everything | {"timestamp": CANARY})
        await outside.sends(token=CANARY)
        await outside.sends_bytes(CANARY.encode())
        await outside.asks("POST", f"/{CANARY}?{CANARY}={CANARY}", headers={CANARY: CANARY})

        assert [line["status"] for line in _lines(written) if line["event"] == "answered"] == [
            200, 500, 403, 400, 401, 400, 404,
        ]  # fmt: skip
        assert CANARY not in written.getvalue()
        assert token not in written.getvalue()

    async def test_tells_of_a_caller_nobody_vouches_for(
        self, written: StringIO, outside: Knocker
    ) -> None:
        """AC-LOG-03: authentication failure."""
        reply = await outside.sends(token="forged")

        [event] = [line for line in _lines(written) if line["logger"] == "security"]
        assert (event["event"], event["result"]) == ("auth.failed", "not_a_token")
        assert event["correlation"] == json.loads(reply.text)["correlation"]

    async def test_tells_of_a_caller_from_elsewhere(
        self, written: StringIO, outside: Knocker
    ) -> None:
        """AC-LOG-03: denied access."""
        await outside.sends(message(channelData={"tenant": {"id": OTHER_TENANT}}))

        [event] = [line for line in _lines(written) if line["logger"] == "security"]
        assert (event["event"], event["result"]) == ("access.denied", "other_tenant")

    async def test_tells_of_a_burst_once(self, written: StringIO, outside: Knocker) -> None:
        """AC-IN-05: the log is not flooded by a flood."""
        for n in range(50):
            await outside.sends(message(id=str(n)))

        [event] = [line for line in _lines(written) if line["logger"] == "security"]
        assert (event["event"], event["actor"]) == ("rate.exceeded", ANNA)

    async def test_gives_each_call_its_own_number(
        self, written: StringIO, outside: Knocker
    ) -> None:
        """AC-IN-03: the number a caller was given is the one in the log."""
        await asyncio.gather(*(outside.sends(message(id=str(n))) for n in range(5)))

        numbers = [line["correlation"] for line in _lines(written) if line["event"] == "answered"]
        assert len(set(numbers)) == 5
