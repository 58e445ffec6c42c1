"""Delta queries: everything once, then what changed; nothing missed, and 410 for what is old."""

from datetime import timedelta

import pytest

from localgraph.wire import Json
from tests.localgraph.tenant import BO, BOX, METTE, Tenant, at

VIEW = (
    f"/users/{BOX}/calendarView/delta?startDateTime=2027-01-01T00:00:00Z"
    "&endDateTime=2028-01-01T00:00:00Z"
)
PEOPLE = "/users/delta?$select=accountEnabled,mail"
GROUPS = "/groups/delta?$select=members"


def _gone(told: list[Json]) -> list[str]:
    return [each["id"] for each in told if "@removed" in each]


async def test_events_are_told_once_and_then_only_what_changed(tenant: Tenant) -> None:
    events = [await tenant.invites(METTE) for _ in range(23)]
    told, link = await tenant.all(VIEW)
    assert [each["id"] for each in told] == [event.id for event in events]

    assert (await tenant.all(link))[0] == []

    tenant.graph.outlook.answer(events[3], METTE, "accepted")
    tenant.graph.outlook.delete(events[5])
    told, _ = await tenant.all(link)
    assert told[0]["attendees"][0]["status"]["response"] == "accepted"
    assert [each["id"] for each in told] == [events[3].id, events[5].id]
    assert _gone(told) == [events[5].id]


async def test_an_event_that_leaves_the_window_is_gone_from_it(tenant: Tenant) -> None:
    event = await tenant.invites(METTE)
    _, link = await tenant.all(VIEW)

    start = event.start + timedelta(days=365)
    tenant.graph.outlook.move(event, start=start, end=start + timedelta(hours=1))

    assert _gone((await tenant.all(link))[0]) == [event.id]


async def test_what_changes_between_two_pages_is_not_missed(tenant: Tenant) -> None:
    events = [await tenant.invites(METTE) for _ in range(15)]
    first = await tenant.ask("GET", VIEW)

    tenant.graph.outlook.delete(events[0])
    tenant.graph.outlook.answer(events[14], METTE, "declined")
    rest, link = await tenant.all(first.body["@odata.nextLink"])
    later, _ = await tenant.all(link)

    assert [each["id"] for each in first.values + rest] == [event.id for event in events]
    assert [each["id"] for each in later] == [events[0].id, events[14].id]


async def test_a_page_is_as_long_as_preferred(tenant: Tenant) -> None:
    for _ in range(5):
        await tenant.invites(METTE)

    said = await tenant.ask("GET", VIEW, headers={"Prefer": "odata.maxpagesize=2"})

    assert len(said.values) == 2


async def test_other_mailboxes_events_are_not_told(tenant: Tenant) -> None:
    tenant.graph.gate.mailboxes.clear()
    await tenant.ask("POST", "/users/bo/events", {**_plain(), "subject": "Bos eget"})
    _, link = await tenant.all(VIEW)
    tenant.graph.outlook.delete(tenant.graph.calendar.of(BO)[0])

    assert (await tenant.all(VIEW))[0] == []
    assert (await tenant.all(link))[0] == []


def _plain() -> Json:
    moment = {"dateTime": "2027-03-10T09:00:00", "timeZone": "UTC"}
    return {"start": moment, "end": moment}


async def test_people_who_leave_are_told_as_gone(tenant: Tenant) -> None:
    told, link = await tenant.all(PEOPLE)
    assert {each["id"] for each in told} == {"mette", "bo", "vagt"}

    tenant.graph.directory.change_person("mette", enabled=False)
    tenant.graph.directory.delete_person("bo")
    told, _ = await tenant.all(link)

    assert told == [
        {"id": "mette", "accountEnabled": False, "mail": METTE},
        {"id": "bo", "@removed": {"reason": "changed"}},
    ]


async def test_members_who_come_and_go_are_told_of_their_group(tenant: Tenant) -> None:
    told, link = await tenant.all(GROUPS)
    assert [each["id"] for each in told[0]["members@delta"]] == ["mette", "vagt"]

    tenant.graph.directory.join("lokal", "bo")
    tenant.graph.directory.leave("lokal", "mette")
    told, _ = await tenant.all(link)

    assert told == [
        {
            "id": "lokal",
            "members@delta": [
                {"@odata.type": "#microsoft.graph.user", "id": "bo"},
                {
                    "@odata.type": "#microsoft.graph.user",
                    "id": "mette",
                    "@removed": {"reason": "deleted"},
                },
            ],
        }
    ]


async def test_each_group_is_told_of_with_its_own_members(tenant: Tenant) -> None:
    tenant.graph.directory.add_group("andet", "Et andet udvalg")
    _, link = await tenant.all(GROUPS)

    tenant.graph.directory.join("lokal", "bo")
    tenant.graph.directory.join("andet", "mette")
    told, _ = await tenant.all(link)

    members = {each["id"]: [one["id"] for one in each["members@delta"]] for each in told}
    assert members == {"lokal": ["bo"], "andet": ["mette"]}


async def test_a_large_group_is_told_in_several_parts(tenant: Tenant) -> None:
    """A client that takes the first part for the whole group loses the rest of it."""
    for number in range(45):
        tenant.graph.directory.add_person(f"p{number}", f"P {number}", f"p{number}@kbh.example")
        tenant.graph.directory.join("lokal", f"p{number}")

    told, _ = await tenant.all(GROUPS)

    assert [len(each["members@delta"]) for each in told] == [20, 20, 7]


async def test_only_the_groups_asked_for_are_told(tenant: Tenant) -> None:
    tenant.graph.directory.add_group("andet", "Et andet udvalg", ["bo"])
    told, link = await tenant.all(f"{GROUPS}&$filter=id eq 'andet'")
    tenant.graph.directory.leave("lokal", "mette")
    tenant.graph.directory.delete_group("andet")

    assert [each["id"] for each in told] == ["andet"]
    assert (await tenant.all(link))[0] == [{"id": "andet", "@removed": {"reason": "deleted"}}]


async def test_an_empty_page_may_come_before_the_last(tenant: Tenant) -> None:
    tenant.graph.directory.add_group("andet", "Et andet udvalg")
    tenant.graph.entra.page_size = 1

    said = await tenant.ask("GET", f"{GROUPS}&$filter=id eq 'andet'")

    assert said.values == []
    assert "@odata.nextLink" in said.body


@pytest.mark.parametrize("path", [VIEW, PEOPLE, GROUPS])
async def test_an_old_token_is_gone_and_starting_over_tells_everything(
    tenant: Tenant, path: str
) -> None:
    await tenant.invites(METTE)
    everything, link = await tenant.all(path)
    graph = tenant.graph
    for feed in (
        graph.calendar.feed,
        graph.directory.people_feed,
        graph.directory.groups_feed,
    ):
        feed.expire()

    said = await tenant.ask("GET", link)

    assert (said.status, said.code) == (410, "syncStateNotFound")
    assert (await tenant.all(path))[0] == everything


async def test_a_token_of_ones_own_or_of_another_kind_is_refused(tenant: Tenant) -> None:
    _, link = await tenant.all(PEOPLE)
    token = link.partition("$deltatoken=")[2]

    for path in ("/users/delta?$deltatoken=abc", f"/users/delta?$skiptoken={token}"):
        assert (await tenant.ask("GET", path)).status == 400


async def test_latest_starts_from_now(tenant: Tenant) -> None:
    told, link = await tenant.all("/users/delta?$deltatoken=latest")
    tenant.graph.directory.change_person("bo", name="Bo Lind Holm")

    assert told == []
    assert [each["id"] for each in (await tenant.all(link))[0]] == ["bo"]


async def test_a_changed_event_has_another_change_key(tenant: Tenant) -> None:
    event = await tenant.invites(METTE)
    before = (await tenant.ask("GET", at(event))).body["changeKey"]

    tenant.graph.outlook.answer(event, METTE, "accepted")

    assert (await tenant.ask("GET", at(event))).body["changeKey"] != before
