"""What goes wrong on purpose: throttling, faults, tokens, consent and scope."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from localgraph.limits import Limits
from localgraph.wire import Json, Refused
from tests.localgraph.tenant import BO, BOX, METTE, Clock, Said, Tenant, meeting

CALENDAR = f"/users/{BOX}/calendar"
EVENTS = f"/users/{BOX}/events"


async def test_a_fifth_request_at_a_time_is_told_to_wait(tenant: Tenant) -> None:
    tenant.graph.hold()
    four = [asyncio.create_task(tenant.ask("GET", CALENDAR)) for _ in range(4)]
    await tenant.graph.began(4)

    fifth = await tenant.ask("GET", CALENDAR)
    person = asyncio.create_task(tenant.ask("GET", "/users/bo"))
    tenant.graph.let_go()

    assert (fifth.status, fifth.code) == (429, "ApplicationThrottled")
    assert fifth.headers["Retry-After"] == "1"
    assert [said.status for said in await asyncio.gather(*four, person)] == [200] * 5
    assert tenant.graph.log.most_at_once == 4


async def test_ten_minutes_hold_so_many_requests_of_a_mailbox(clock: Clock) -> None:
    limits = Limits(now=clock, requests=3, span=timedelta(minutes=10))
    for _ in range(3):
        with limits.taking(BOX):
            clock.passes(timedelta(minutes=1))

    with pytest.raises(Refused) as refused, limits.taking(BOX):
        pass
    with limits.taking(BO):
        pass
    assert refused.value.headers["Retry-After"] == str(7 * 60 + 1)

    clock.passes(timedelta(minutes=7, seconds=1))
    with limits.taking(BOX):
        pass


async def test_a_storm_ends_after_so_many_calls(tenant: Tenant) -> None:
    tenant.graph.faults.storm(op="calendar.get", times=2, retry_after=7)

    said = [await tenant.ask("GET", CALENDAR) for _ in range(3)]

    assert [each.status for each in said] == [429, 429, 200]
    assert said[0].headers["Retry-After"] == "7"
    assert len(tenant.graph.faults.struck) == 2


async def test_who_comes_again_too_early_is_seen(tenant: Tenant) -> None:
    tenant.graph.faults.storm(op="calendar.get", times=1, retry_after=7)
    await tenant.ask("GET", CALENDAR)

    tenant.clock.passes(timedelta(seconds=6))
    await tenant.ask("GET", "/users/bo")
    assert tenant.graph.log.too_early == []

    await tenant.ask("GET", EVENTS)
    assert [call.op for call in tenant.graph.log.too_early] == ["events.list"]

    tenant.clock.passes(timedelta(seconds=1))
    await tenant.ask("GET", EVENTS)
    assert len(tenant.graph.log.too_early) == 1


async def test_an_answer_is_lost_after_the_deed(tenant: Tenant) -> None:
    """What was done is done, and a transaction makes it once."""
    tenant.graph.faults.lose_answer(op="events.create")

    with pytest.raises(aiohttp.ClientError):
        await tenant.ask("POST", EVENTS, meeting(METTE, transactionId="t-1"))
    await tenant.ask("POST", EVENTS, meeting(METTE, transactionId="t-1"))

    assert len(tenant.graph.calendar.events) == 1
    assert [call.status for call in tenant.graph.log.of("events.create")] == [0, 201]


async def test_a_fault_may_come_before_the_deed_or_after_it(tenant: Tenant) -> None:
    tenant.graph.faults.add(op="events.create", times=1, status=503)
    tenant.graph.faults.add(op="events.create", times=1, status=504, done_first=True)

    first = await tenant.ask("POST", EVENTS, meeting(METTE))
    events = len(tenant.graph.calendar.events)
    second = await tenant.ask("POST", EVENTS, meeting(METTE))

    assert [first.status, events] == [503, 0]
    assert [second.status, len(tenant.graph.calendar.events)] == [504, 1]


async def test_a_connection_may_break_before_the_deed(tenant: Tenant) -> None:
    tenant.graph.faults.add(op="events.create", times=1, cut=True)

    with pytest.raises(aiohttp.ClientError):
        await tenant.ask("POST", EVENTS, meeting(METTE))

    assert tenant.graph.calendar.events == {}


async def test_a_fault_lasts_as_long_as_it_is_told_to(tenant: Tenant) -> None:
    tenant.graph.faults.mailbox_full(op="mail.send")
    tenant.graph.faults.add(mailbox=BOX, lasting=timedelta(minutes=5), status=502)

    assert (await tenant.ask("GET", CALENDAR)).status == 502
    tenant.clock.passes(timedelta(minutes=5))
    assert (await tenant.ask("GET", CALENDAR)).status == 200
    tenant.graph.faults.clear()
    assert (await tenant.ask("GET", CALENDAR)).status == 200


def test_a_fault_is_one_thing(tenant: Tenant) -> None:
    with pytest.raises(ValueError, match="one of"):
        tenant.graph.faults.add(op="mail.send")


async def test_without_a_token_that_holds_nobody_is_let_in(tenant: Tenant) -> None:
    none = await tenant.ask("GET", "/users/bo", headers={"Authorization": ""})
    tenant.graph.gate.tokens = {"another"}
    old = await tenant.ask("GET", "/users/bo")

    assert [none.status, old.status] == [401, 401]
    assert {none.code, old.code} == {"InvalidAuthenticationToken"}


@pytest.mark.parametrize(
    ("permission", "path", "code"),
    [
        ("Calendars.ReadWrite", CALENDAR, "ErrorAccessDenied"),
        ("GroupMember.Read.All", "/groups/lokal", "Authorization_RequestDenied"),
        ("AppCatalog.Read.All", "/appCatalogs/teamsApps", "Forbidden"),
    ],
)
async def test_without_consent_each_service_says_no_in_its_own_words(
    tenant: Tenant, permission: str, path: str, code: str
) -> None:
    tenant.graph.gate.consent_only(permission)
    allowed = await tenant.ask("GET", path)

    tenant.graph.gate.withdraw(permission)
    said = await tenant.ask("GET", path)

    assert allowed.status == 200
    assert (said.status, said.code) == (403, code)


async def test_another_mailbox_is_out_of_scope_by_any_of_its_names(tenant: Tenant) -> None:
    for name in (BO, BO.upper(), "bo"):
        said = await tenant.ask("GET", f"/users/{name}/calendar")
        assert (said.status, said.code) == (403, "ErrorAccessDenied")


async def test_refusals_carry_what_support_asks_for(tenant: Tenant) -> None:
    said = await tenant.ask("GET", "/users/nobody", headers={"client-request-id": "mine"})

    inner = said.body["error"]["innerError"]
    assert said.code == "Request_ResourceNotFound"
    assert inner["client-request-id"] == said.headers["client-request-id"] == "mine"
    assert inner["request-id"] == said.headers["request-id"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def batch(tenant: Tenant, *parts: Json) -> Said:
    requests = [{"id": str(number), **part} for number, part in enumerate(parts, 1)]
    return await tenant.ask("POST", "/$batch", {"requests": requests})


GET_BO: Json = {"method": "GET", "url": "/users/bo"}


async def test_each_part_of_a_batch_has_an_answer_of_its_own(tenant: Tenant) -> None:
    said = await batch(
        tenant,
        GET_BO,
        {"method": "GET", "url": "/users/nobody"},
        {**GET_BO, "dependsOn": ["2"]},
        {
            "method": "POST",
            "url": f"/users/{BOX}/events",
            "headers": {"Content-Type": "application/json"},
            "body": {**meeting(METTE), "subject": 7},
        },
    )

    answers = said.body["responses"]
    assert said.status == 200
    assert [each["status"] for each in answers] == [200, 404, 424, 400]
    assert [call.op for call in tenant.graph.log.wrong] == ["events.create"]


async def test_half_a_batch_may_fail(tenant: Tenant) -> None:
    tenant.graph.faults.add(in_batch=True, every=2, status=429, retry_after=3)

    said = await batch(tenant, *[GET_BO] * 20)

    answers = said.body["responses"]
    assert sorted(each["status"] for each in answers) == [200] * 10 + [429] * 10
    assert {each["headers"].get("Retry-After") for each in answers} == {None, "3"}
    assert tenant.graph.log.too_early == []
    assert len(tenant.graph.log.requests) == 1


async def test_a_whole_batch_of_outlook_runs_four_at_a_time(tenant: Tenant) -> None:
    said = await batch(tenant, *[{"method": "GET", "url": CALENDAR}] * 20)

    assert {each["status"] for each in said.body["responses"]} == {200}
    assert tenant.graph.log.most_at_once == 4


async def test_the_connection_may_break_in_the_middle_of_a_batch(tenant: Tenant) -> None:
    tenant.graph.faults.add(in_batch=True, after=1, times=1, cut=True)

    with pytest.raises(aiohttp.ClientError):
        await batch(tenant, GET_BO, GET_BO)


@pytest.mark.parametrize(
    "parts", [[{**GET_BO, "id": "1"}, {**GET_BO, "id": "1"}], [{**GET_BO, "dependsOn": ["9"]}]]
)
async def test_a_batch_whose_parts_do_not_hang_together_is_refused(
    tenant: Tenant, parts: list[Json]
) -> None:
    assert (await batch(tenant, *parts)).status == 400
