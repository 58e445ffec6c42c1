"""A canary in every field that something can be confided in; none sings where it must not."""

import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import update

from devtools.ports import free_port
from dialogs.registry import FLOWS
from localteams.server import NoAnswer
from storage.rows import people
from tests.support.breaking import breaking
from tests.support.canaries import CPR, MARK, Planted, canary, free_fields, plants
from tests.support.case_stories import a_case
from tests.support.leaks import kept, laid_in, leaked, leaks, sent
from tests.support.listening import listening
from tests.support.steering import STEERING, with_steering
from tests.support.town import ANNA, BO, DORTE, LINE, SOFIE, UFFE, Town

NOT_DRIVEN: Mapping[str, str] = {
    "access_mark": "asks only for the codes of pieces, which the bot has made up itself",
}
NOT_WORDS: Mapping[tuple[str, str], str] = {
    ("concern", "age_about"): "a number of two digits",
    ("merge", "into"): "the number of a case",
    ("member_link", "reference"): "the number of a case",
    ("adhoc", "other"): "the name of somebody in the register",
    ("seat_give", "name"): "the name of somebody in the register",
    **dict.fromkeys(
        [(f, "email") for f in ("colleague_add", "colleague_change", "directory_enter")],
        "an e-mail address",
    ),
    **dict.fromkeys(
        [(f, "phone") for f in ("colleague_add", "colleague_change", "directory_enter")],
        "a number",
    ),
    ("colleague_add", "aad_id"): "an id of Microsoft Entra",
    ("directory_link", "group"): "an id of Microsoft Entra",
    ("template_measures", "measures"): "measures by their code, and deadlines",
    **dict.fromkeys(
        [("template_frame", key) for key in ("begins", "ends", "cadence", "reports", "meetings")],
        "times",
    ),
    ("template_text", "text"): "a template as YAML",
    **dict.fromkeys(
        [(f"measure_kind_{form}", "deadline") for form in ("add", "change")], "a time"
    ),
    **dict.fromkeys([("alert", "title"), ("alert_correct", "title")], "is in the notification"),
    **dict.fromkeys(
        [
            ("plan_list_new", "people"),
            ("plan_list_change", "people"),
            ("alert", "names"),
            ("alert_list_new", "people"),
            ("alert_list_change", "people"),
        ],
        "the name of somebody in the register",
    ),
    **dict.fromkeys([("alert_call", "starts"), ("alert_move", "starts")], "an hour"),
    **dict.fromkeys([("alert_call", "link"), ("alert_move", "link")], "a link to Teams"),
    ("journal_file", "ref"): "a number with few letters, of the authority's own system",
}
NOT_SEALED: Mapping[tuple[str, str], str] = {
    ("playbook", "text"): "guidance for everybody at a level, about nobody (D1)",
    ("holiday", ""): "when schools are closed, and where that is written (its changes too)",
    ("closed", ""): "why nobody meets on a day",
    ("habits", ""): "where a committee meets",
    ("replan", ""): "why nobody meets on a day",
    ("colleague_add", ""): "the register of colleagues, about nobody else",
    ("colleague_change", ""): "the register of colleagues, about nobody else",
    ("directory_enter", ""): "the register of colleagues, about nobody else",
    ("place_add", ""): "the name of a school or a leisure centre",
    ("place_rename", ""): "the name of a school or a leisure centre",
    ("effort", ""): "what money of the pool is for, about nobody",
    ("item", ""): "an agenda is an administrative document, about no young person",
    ("minutes", ""): "minutes are an administrative document, about no young person",
    ("decision_task", ""): "a task is a line of the minutes",
    ("template_", ""): "what plans are made from, about nobody (BER-51)",
    ("calendar", ""): "what is known in advance, about nobody (its changes too)",
    ("alert", ""): "what readiness is activated and ended with, about nobody (BER-51)",
    ("sitrep", ""): "how it stands in an alert, about nobody (BER-51)",
    ("meet_call", ""): "where a committee meets, and what for",
    ("plan_remark", ""): "what the steering group says of a plan, about nobody (BER-51)",
    ("plan_extend", ""): "why a plan of the calendar is extended, about nobody (BER-51)",
    ("plan_close", ""): "why a plan of the calendar is ended, about nobody (BER-51)",
    ("plan_refuse", ""): "why a plan of the calendar is not extended, about nobody (BER-51)",
    ("plan_return", ""): "what the steering group says of a plan, about nobody (BER-51)",
    ("plan_outside", ""): "who outside SSP got a plan, and why (BER-48)",
    ("plan_list", ""): "whom plans are sent to, about nobody",
    ("measure_", ""): "who does what by when, about no young person (BER-51)",
}
"""What the database may hold as it was written; it is in no other place either."""
READ_BACK = {
    "action_change", "action_drop", "assess", "close_case", "coordination", "correction", "level",
    "new_action", "notification", "plan_action", "propose", "reopen_case", "screening",
    "effort_assess", "effort_evaluate", "effort_override", "effort_refuse", "effort_settle",
    "item", "item_change", "item_comment", "item_return", "item_sudden", "decision_task",
    "minutes_comment", "minutes_correct", "minutes_decide",
}  # fmt: skip
"""The forms whose words somebody entitled reads on the card or in the history at once."""
WEEK = 7
A_MONTH = timedelta(days=30)
TO_PLANT = {
    (flow.name, key)
    for flow in FLOWS.values()
    if flow.name not in NOT_DRIVEN
    for key in free_fields(flow)
} - NOT_WORDS.keys()


async def everything_is_planted(town: Town) -> Planted:
    """Fill in and send every form, and let a week pass."""
    await town.reorganises(with_steering())
    another = await a_case(town)
    given = {
        "concern.age_about": "14",
        "merge.into": another.reference,
        "member_link.reference": another.reference,
        "adhoc.other": LINE.name,
        "seat_give.name": UFFE.name,
        "colleague_add.aad_id": "a0000000-0000-4000-8000-00000000cafe",
        "colleague_add.email": "ny@ssp-demo.example",
        "colleague_add.phone": "+45 00 00 00 99",
        "directory_link.group": "a0000000-0000-4000-8000-00000000beef",
        "directory_enter.email": "frej@ssp-demo.example",
        "directory_enter.phone": "+45 00 00 00 97",
        "colleague_change.email": "anden@ssp-demo.example",
        "colleague_change.phone": "+45 00 00 00 98",
        "group.areas": "VAL",
        "screening.areas": "VAL",
        "effort.areas": "VAL",
        "inform_told.on": "2026-03-02",
        "journal_file.ref": "2026-17",
        "alert.areas": "VAL",
        "alert.names": LINE.name,
        "alert.title": "Uro ved stationen",
        "alert_correct.title": "Uro ved skolen",
        "alert_list_new.people": LINE.name,
        "plan_list_new.people": LINE.name,
        "plan_list_change.people": LINE.name,
        "alert_list_change.people": LINE.name,
        "alert_call.starts": "13.05",
        "alert_call.link": "https://teams.microsoft.com/l/meetup-join/1",
        "alert_move.starts": "14.05",
        "alert_extend.until": f"{town.hour.now + A_MONTH:%Y-%m-%d}",
        "plan_extend.until": f"{town.hour.now + A_MONTH:%Y-%m-%d}",
        "alert_move.link": "https://teams.microsoft.com/l/meetup-join/2",
        "meet_call.despite": "yes",
        "template_what.parties": "BUF,SOF,KP,KFF,BIF,SEK",
        "template_measures.measures": "M1: T+4 timer",
        "template_frame.begins": "T",
        "template_frame.ends": "T+5 uger",
        "template_frame.cadence": "hver dag kl. 10.00",
        "template_frame.reports": "T+1 dag",
        "template_frame.meetings": "T+2 timer",
        "measure_kind_add.deadline": "T+4 timer",
        "measure_kind_change.deadline": "T+4 timer",
        "template_text.text": "title: Brand\ntrigger: Ild.\nlevel: 2\nmeasures: [{measure: M1}]",
    }
    planted = Planted()
    for flow in FLOWS.values():
        if free_fields(flow) and flow.name not in NOT_DRIVEN:
            await plants(town, flow, planted, given)
    for _ in range(WEEK):
        await town.passes(timedelta(days=1))
    return planted


async def things_go_wrong(town: Town) -> None:
    """Refuse, fail in storage and fail in Teams, with canaries in hand."""
    anna, bo = town.chat(ANNA), town.chat(BO)
    await anna.types(f"{MARK}kommando {CPR}")
    await bo.types(f"søg {MARK}navn")
    await bo.forges(f"{MARK}.verb", {MARK: MARK})
    await anna.types("bekymring")
    await anna.types(f"{MARK}afvist")
    await anna.types("annullér")
    await anna.types("ja")
    for point in (1, 2, 4, 6, 8):
        await anna.types("henvendelse")
        with breaking(at=point, secret=f"{MARK}fejl {CPR}"):
            await anna.types(f"{MARK}midtvejs")
            await town.settles()
    town.teams.faults.add(op="send", status=500, times=3)
    with pytest.raises(NoAnswer):
        await bo.types(f"{MARK}ubesvaret")
    town.teams.faults.clear()
    await town.settles()


async def metrics_of(town: Town) -> str:
    async with aiohttp.ClientSession() as prometheus:
        answer = await prometheus.get(f"http://127.0.0.1:{town.settings.metrics_port}/metrics")
        return await answer.text()


async def test_no_canary_is_heard_where_it_must_not_be(
    town: Town, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """AC-LOG-01, AC-CRYPT-01, AC-OUT-05, 06, MTG-20: every form, a week, and every way to fail."""
    town.teams.wire.exchanges = deque()
    town.settings = replace(town.settings, metrics_port=free_port(), export_folder=str(tmp_path))
    with listening() as logs:
        await town.restarts()
        planted = await everything_is_planted(town)
        ours = [each for each in logs.raw.getvalue().splitlines() if "localteams" not in each]
        await things_go_wrong(town)
        metrics, laid = await metrics_of(town), laid_in(tmp_path)
        found = leaks({**sent(town), **laid, **await kept(town)})
        stored = found.pop("database", set())
    town.settings = replace(town.settings, metrics_port=0, export_folder="")
    await town.restarts()
    printed = capfd.readouterr()

    assert planted.words.keys() == TO_PLANT
    read = "\n".join(planted.read).lower()
    assert {flow for flow, key in TO_PLANT if canary(flow, key) in read} >= READ_BACK
    assert "turn failed" in logs.written.getvalue()
    assert "ssp_delivered_total" in metrics
    assert {".pdf", ".docx", ".ics"} <= {
        Path(each).suffix for each in laid["names of files"].splitlines()
    }
    assert STEERING.name in laid["calendars"]
    open_words = {canary(*place) for place in NOT_SEALED}
    assert not {each for each in stored if not each.startswith(tuple(open_words))}
    found |= leaks(
        {
            "log as the bot writes it": logs.written.getvalue(),
            "log as any handler would": "\n".join(ours),
            "metrics": metrics,
            "printed": printed.out + printed.err,
        }
    )
    assert found == {}


async def test_every_canary_planted_would_be_found(town: Town) -> None:
    """The scan can fail: a word put in each place is found there, however it is spelled."""
    word = f"{MARK}plantet"
    with listening() as logs:
        logging.getLogger("bot.anything").debug("somebody said %s", word)
    async with town.remembers() as tx:
        await tx.connection.execute(
            update(people).where(people.c.id == SOFIE.id).values(name=word)
        )
    message = town.chat(DORTE).messages()[0]
    message.summary = word
    message.card = {"actions": [{"type": "Action.Execute", "verb": "x", "data": {"said": CPR}}]}
    [channel] = [
        each for each in town.teams.world.conversations.values() if each.kind == "channel"
    ]
    replaced = next(each for each in channel.messages if each.sender is None)
    replaced.text = word

    found = leaks({**sent(town), **await kept(town), "log": logs.written.getvalue()})

    assert found.keys() == {
        "notifications", "channels and group chats", "buttons", "database", "log"
    }  # fmt: skip
    for spelled in (word.encode().hex().encode(), word.encode("utf-16-le")):
        assert leaked(b"before " + spelled + b" after")


def test_every_form_with_free_words_is_driven_or_told_why_not() -> None:
    forms = {flow.name for flow in FLOWS.values() if free_fields(flow)}

    assert forms >= NOT_DRIVEN.keys()
    assert {flow for flow, _ in NOT_WORDS} <= forms - NOT_DRIVEN.keys()
