"""MTG-12: what Microsoft's contract refuses is refused, and what it knows is let through."""

import json

import pytest
from aiohttp import ClientSession

from localgraph.contract import FOLDER, AsleepContract, Contract, microsofts, tried
from localgraph.controls import Control, broken, good
from localgraph.operations import OPERATIONS
from localgraph.server import BrokenContract, LocalGraph, running
from localgraph.wire import Json
from tests.localgraph.tenant import BOX, TOKEN, Tenant, meeting

BODIES = {"events.create", "events.update", "events.cancel", "mail.send", "batch"}


def _read(name: str) -> Json:
    given: Json = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return given


@pytest.mark.parametrize("control", broken(), ids=lambda each: f"{each.of}: {each.why}")
def test_a_broken_request_is_refused_with_a_reason(control: Control) -> None:
    """MTG-12."""
    assert microsofts().request(control.op, control.asked) != []


@pytest.mark.parametrize("control", good(), ids=lambda each: each.of)
def test_the_request_it_was_made_from_is_let_through(control: Control) -> None:
    assert microsofts().request(control.op, control.asked) == []


def test_there_are_enough_broken_bodies_of_every_kind() -> None:
    """MTG-12: at least twenty."""
    bodies = [control for control in broken() if control.op in BODIES]

    assert len(bodies) >= 20
    assert {control.op for control in bodies} == BODIES


def test_a_contract_that_skips_bodies_is_not_handed_out() -> None:
    """MTG-12: circular schemas have made validators skip the body in silence."""
    described = _read("graph-v1.0.json")
    described["components"]["schemas"]["microsoft.graph.event"] = {"properties": {}}

    with pytest.raises(AsleepContract, match="refuses \\[\\]"):
        tried(Contract(described, _read("documented.json")))


def test_a_contract_that_refuses_what_is_right_is_not_handed_out() -> None:
    described = _read("graph-v1.0.json")
    del described["components"]["schemas"]["microsoft.graph.event"]["properties"]["subject"]

    with pytest.raises(AsleepContract, match="lets by \\[\\]"):
        tried(Contract(described, _read("documented.json")))


def test_each_operation_is_in_microsofts_contract() -> None:
    paths = _read("graph-v1.0.json")["paths"]
    described = {
        (path, method.upper()): operation["operationId"]
        for path, methods in paths.items()
        for method, operation in methods.items()
    }

    assert described == {(each.path, each.method): each.name for each in OPERATIONS.values()}


def test_what_the_documents_add_is_about_operations_we_have() -> None:
    assert _read("documented.json").keys() <= {*OPERATIONS, "batch"}


async def test_a_refusal_says_why_but_not_what_was_sent(tenant: Tenant) -> None:
    secret = "Sagen om Karla"

    said = await tenant.ask(
        "POST", f"/users/{BOX}/events", meeting(reminderMinutesBeforeStart=secret)
    )

    assert (said.status, said.code) == (400, "RequestBodyRead")
    assert "reminderMinutesBeforeStart" in said.body["error"]["message"]
    assert secret not in json.dumps(said.body)
    assert [call.op for call in tenant.graph.log.wrong] == ["events.create"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", f"/users/{BOX}/event/1", 404),
        ("GET", f"/users/{BOX}/calendar/calendarView", 404),
        ("POST", "/users/mette", 405),
        ("PUT", f"/users/{BOX}/events/1", 405),
        ("GET", "/$batch", 404),
        ("GET", "/users/", 404),
    ],
)
async def test_a_path_that_graph_has_not_is_marked(
    tenant: Tenant, method: str, path: str, status: int
) -> None:
    said = await tenant.ask(method, path)

    assert said.status == status
    assert [call.path for call in tenant.graph.log.wrong] == [path]


async def test_a_wrong_request_that_nobody_looks_for_is_not_got_away_with() -> None:
    """MTG-12: every call of a run is as the contract says, or the run fails."""
    graph = LocalGraph()

    with pytest.raises(BrokenContract, match="no such operation"):
        async with running(graph), ClientSession(headers=TOKEN) as session:
            await session.get(f"{graph.base_url}/nowhere")


async def test_another_version_is_marked(tenant: Tenant) -> None:
    said = await tenant.ask("GET", f"{tenant.graph.address}/beta/users/mette")

    assert said.status == 404
    assert len(tenant.graph.log.wrong) == 1


async def test_what_is_no_json_is_marked(tenant: Tenant) -> None:
    headers = {"Content-Type": "application/json"}

    said = await tenant.ask("POST", f"/users/{BOX}/events", "{subject: 1}", headers)

    assert said.status == 400
    assert len(tenant.graph.log.wrong) == 1


async def test_parameters_of_actions_may_be_written_as_in_the_examples(tenant: Tenant) -> None:
    """The contract writes `Message`, and the examples of Microsoft Learn write `message`."""
    message = {
        "subject": "Referat",
        "body": {"contentType": "text", "content": "Hej"},
        "toRecipients": [{"emailAddress": {"address": "mette@kbh.example"}}],
    }

    for name in ("message", "Message"):
        said = await tenant.ask("POST", f"/users/{BOX}/sendMail", {name: message})
        assert said.status == 202

    assert tenant.graph.log.wrong == []
