"""The readiness board in the tab: live, and to each what they may see."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.alert_log import LogKind
from domain.alerts import Reply
from domain.delivery import DeliveryState
from domain.exports import ExportKind
from domain.people import Person
from tests.conversations.test_the_tab import asks, token_of
from tests.integration.usecases.alarming import ALERT, ORDER, REGISTER
from tests.support.own_papers import Fetched, fetches, papers_of
from tests.support.town import (
    ANNA,
    BENTE,
    BO,
    CARL,
    DANISH,
    DORTE,
    EVA,
    HELLE,
    LARS,
    SUNE,
    ULLA,
    VIGGO,
    Town,
)
from usecases.activate_alert import activate_alert
from usecases.answer_alert import answer_alert

A_MINUTE = timedelta(minutes=1)
NUMBER = "R2026-0001"
BOARD = "/tab/views/board"
CLOSER = f"/tab/views/alert?alert={NUMBER}"


@pytest.fixture
async def alarmed(town: Town) -> Town:
    """Readiness of level 2 in Valby, alerted a minute ago; Lars joins."""
    await town.reorganises(REGISTER)
    await activates(town)
    await town.passes(A_MINUTE)
    await joins(town, LARS)
    return town


async def activates(town: Town, *, drill: bool = False) -> None:
    async with town.remembers() as tx:
        await activate_alert(tx, replace(ORDER, drill=drill), by=LARS, now=town.hour.now)


async def joins(town: Town, person: Person, reply: Reply = Reply.JOINING) -> None:
    async with town.remembers() as tx:
        await answer_alert(tx, id=ALERT, by=person, reply=reply, mail=False, now=town.hour.now)


async def sees(town: Town, person: Person, path: str = BOARD) -> dict[str, Any]:
    status, body, _ = await asks(town, path, token=token_of(town, person))
    assert status == 200, body
    seen: dict[str, Any] = json.loads(body)
    return seen


def lines(seen: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for group in seen["groups"] for line in group["lines"]]


async def exported(town: Town) -> list[tuple[str | None, str]]:
    """Read in the log who had what."""
    async with town.remembers() as tx:
        log = await tx.alert_log.of(ALERT)
    return [(each.by, each.facts["what"]) for each in log if each.kind is LogKind.EXPORTED]


class TestTheBoard:
    async def test_says_how_each_open_alert_stands(self, alarmed: Town) -> None:
        """BER-66: level, area, age, quorum, delivery, progress."""
        [line] = lines(await sees(alarmed, DORTE))
        told = dict(line["facts"])

        assert line["id"] == NUMBER
        assert "BEREDSKAB niveau 2 – Valby – Uro ved stationen" in line["toast"]
        assert line["age"] == DANISH("board.age", span=DANISH("figure.minutes", minutes=1))
        assert told[DANISH("alerts.areas")] == "Valby"
        assert told[DANISH("board.plan")] == DANISH("board.no_plan")
        assert told[DANISH("board.quorum")].startswith("1 af 5")
        buf = next(each for each in line["authorities"]["rows"] if each["name"] == "BUF")
        assert (buf["words"], buf["lacks"]) == ("Opfyldt: 1 af 1", False)

    async def test_counts_everybody_once(self, alarmed: Town) -> None:
        """BER-13, BER-66: the ten states add up to those who were alerted."""
        [line] = lines(await sees(alarmed, DORTE))
        *states, (_, total) = (await sees(alarmed, DORTE, CLOSER))["tables"][0]["rows"]

        async with alarmed.remembers() as tx:
            assert total == len(await tx.recipients.of(ALERT))
        assert len(states) == len(DeliveryState)
        assert sum(number for _, number in states) == total
        assert line["delivery"]["rows"][-1][1] == total

    @pytest.mark.parametrize("drill", [False, True], ids=["live", "drill"])
    async def test_is_for_those_it_concerns(self, town: Town, *, drill: bool) -> None:
        """BER-52: involved, Secretariat, steering group; drill and live alike, default deny."""
        await town.reorganises(REGISTER)
        await activates(town, drill=drill)

        for person in (LARS, CARL, BENTE, BO, DORTE, VIGGO):
            assert [each["id"] for each in lines(await sees(town, person))] == [NUMBER]
            assert (await sees(town, person, CLOSER))["id"] == NUMBER
        for person in (ANNA, EVA, SUNE, HELLE):
            assert lines(await sees(town, person)) == []
            status, body, _ = await asks(town, CLOSER, token=token_of(town, person))
            assert status == 403
            assert "stationen" not in body

    async def test_lets_nobody_in_who_is_not_in_the_register(self, alarmed: Town) -> None:
        assert (await asks(alarmed, BOARD))[0] == 401
        for path in (BOARD, CLOSER, "/tab/views/figures"):
            assert (await asks(alarmed, path, token=token_of(alarmed, ULLA)))[0] == 403
        for path in ("R2026-9999", "x", "R2026-0001'", "R99999999999-0001"):
            status, _, _ = await asks(
                alarmed, f"/tab/views/alert?alert={path}", token=token_of(alarmed, DORTE)
            )
            assert status == 403

    async def test_costs_nothing_while_nothing_happens(self, alarmed: Town) -> None:
        """BER-66: what has changed is there at the next look, ten seconds later at most."""
        token = token_of(alarmed, DORTE)
        for path in (BOARD, CLOSER):
            _, _, first = await asks(alarmed, path, token=token)
            again = {"If-None-Match": first["ETag"]}
            assert (await asks(alarmed, path, token=token, headers=again))[0] == 304
            await joins(alarmed, CARL, Reply.JOINING if path == BOARD else Reply.UNABLE)
            assert (await asks(alarmed, path, token=token, headers=again))[0] == 200

    async def test_shows_drills_by_themselves(self, town: Town) -> None:
        """BER-62, BER-63."""
        await town.reorganises(REGISTER)
        await activates(town, drill=True)
        live, drills = (await sees(town, DORTE))["groups"]
        closer = await sees(town, DORTE, CLOSER)

        assert live["lines"] == []
        [line] = drills["lines"]
        assert (line["drill"], closer["drill"]) == (True, True)
        said = [drills["title"], line["toast"], closer["title"]]
        said += [each["title"] for each in closer["figures"]]
        assert all(each.startswith("ØVELSE") for each in said)
        town.hour.now += A_MINUTE
        real, practised, _ = (await sees(town, DORTE, "/tab/views/figures"))["figures"]
        assert real["rows"] == []
        assert practised["rows"] == [["Valby", "1", "1"]]


class TestOneAlert:
    async def test_is_drawn_and_told_in_tables(self, alarmed: Town) -> None:
        """BER-67: every figure has a description, and the same as a table."""
        closer = await sees(alarmed, DORTE, CLOSER)
        for each in closer["figures"]:
            assert each["svg"].startswith("<svg")
            assert f">{each['desc']}</desc>" in each["svg"]
            assert "style=" not in each["svg"]
            assert each["rows"]
        [buf] = [row for row in closer["figures"][1]["rows"] if row[0] == DANISH("authority.BUF")]
        assert buf[1] == "1"

    async def test_names_nobody_to_who_was_only_alerted(self, alarmed: Town) -> None:
        """BER-52, BER-55: the log is for who leads or steers, here as in the chat."""
        await joins(alarmed, CARL)
        log = DANISH("board.log")
        for leads in (DORTE, VIGGO):
            read = await sees(alarmed, leads, CLOSER)
            assert log in [each["title"] for each in read["tables"]]
            assert CARL.name in json.dumps(read, ensure_ascii=False)
        alerted = await sees(alarmed, BO, CLOSER)

        assert log not in [each["title"] for each in alerted["tables"]]
        kinds = [each["id"].rpartition(".")[2] for each in alerted["papers"]["rows"]]
        assert kinds == [ExportKind.ALERT_FIGURES, ExportKind.ALERT_CAP]
        assert CARL.name not in json.dumps(alerted, ensure_ascii=False)
        refused = await fetches(alarmed, BO, f"{ALERT}.{ExportKind.ALERT_LOG_TEXT}")
        assert refused.status == 403
        assert await exported(alarmed) == []


class TestWhatIsExported:
    async def test_is_handed_to_the_parties_and_written_down(self, alarmed: Town) -> None:
        """BER-55, BER-70: every kind, each a file, each a line of the log."""
        rows = (await sees(alarmed, CARL, CLOSER))["papers"]["rows"]
        got = {
            row["id"].rpartition(".")[2]: await fetches(alarmed, CARL, row["id"]) for row in rows
        }

        assert {each.status for each in got.values()} == {200}
        assert await exported(alarmed) == [(CARL.id, kind) for kind in got]
        assert got["alert_log_pdf"].content.startswith(b"%PDF")
        assert got["alert_recipients"].content.startswith(b"\xef\xbb\xbf")
        assert json.loads(got["alert_json"].content)["reference"] == NUMBER
        assert b"<identifier>R2026-0001-1</identifier>" in got["alert_cap"].content
        assert all(
            each.headers["Content-Disposition"].startswith(f'attachment; filename="{NUMBER}-')
            for each in got.values()
        )

    async def test_is_handed_to_nobody_else(self, alarmed: Town) -> None:
        for person in (EVA, SUNE):
            for kind in (ExportKind.ALERT_CAP, ExportKind.ALERT_LOG_PDF):
                assert nothing(await fetches(alarmed, person, f"{ALERT}.{kind}"))
        assert nothing(await fetches(alarmed, CARL, f"{ALERT}.case"))
        assert await exported(alarmed) == []

    async def test_is_asked_for_in_the_chat_too(self, alarmed: Town) -> None:
        chat = alarmed.chat(CARL)
        await chat.types(f"tavle {NUMBER}")
        assert "subEntityId" in str(chat.card(chat.messages()[-1]))
        await chat.types(f"eksport {NUMBER}")
        assert DANISH("alertpaper.which") in str(chat.card(chat.messages()[-1]))
        await chat.types(f"hent {NUMBER} log")
        await chat.types(f"hent {NUMBER} handleplan")
        assert DANISH("rule.alertpaper.no_plan") in chat.last()
        for _ in range(2):
            await alarmed.passes(A_MINUTE)

        [row] = await papers_of(alarmed, CARL)
        assert row["words"] == f"Logbog (PDF) fra {NUMBER}"
        assert (await fetches(alarmed, CARL, row["id"])).content.startswith(b"%PDF")
        assert await exported(alarmed) == [(CARL.id, "alert_log_pdf")]


def nothing(fetched: Fetched) -> bool:
    return fetched.status == 403 and "Content-Disposition" not in fetched.headers
