"""Events in a mailbox, as Microsoft documents them: traps included."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest

from tests.localgraph.tenant import (
    BO,
    BOX,
    COPENHAGEN,
    METTE,
    POLICE,
    Tenant,
    at,
    attendee,
    meeting,
)

LOCAL = {"Prefer": f'outlook.timezone="{COPENHAGEN}"'}


async def test_a_meeting_gets_a_join_link_and_everybody_an_invitation(tenant: Tenant) -> None:
    said = await tenant.ask("POST", f"/users/{BOX}/events", meeting(METTE, POLICE))

    assert said.status == 201
    assert said.body["onlineMeeting"]["joinUrl"].startswith("https://teams.microsoft.com/")
    assert tenant.graph.outbox.kinds(METTE) == ["invitation"]
    assert tenant.graph.outbox.kinds(POLICE) == ["invitation"]


@pytest.mark.parametrize(("day", "hour"), [("2027-03-10", "08"), ("2027-04-14", "07")])
async def test_times_are_in_utc_unless_asked_for_otherwise(
    tenant: Tenant, day: str, hour: str
) -> None:
    times = {
        name: {"dateTime": f"{day}T{clock}", "timeZone": COPENHAGEN}
        for name, clock in (("start", "09:00:00"), ("end", "11:00:00.0000000"))
    }

    event = await tenant.invites(METTE, **times)

    plain = await tenant.ask("GET", at(event))
    local = await tenant.ask("GET", at(event), headers=LOCAL)
    assert plain.body["start"]["dateTime"] == f"{day}T{hour}:00:00.0000000"
    assert local.body["start"] == {
        "dateTime": f"{day}T09:00:00.0000000",
        "timeZone": COPENHAGEN,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"end": {"dateTime": "2027-03-10T08:00:00", "timeZone": COPENHAGEN}},
        {"start": {"dateTime": "2027-02-30T08:00:00", "timeZone": COPENHAGEN}},
        {"start": {"dateTime": "2027-03-10T08:00:00", "timeZone": "Danish Time"}},
    ],
)
async def test_times_that_are_none_are_refused(tenant: Tenant, changes: dict[str, object]) -> None:
    said = await tenant.ask("POST", f"/users/{BOX}/events", meeting(METTE, **changes))

    assert said.status == 400
    assert tenant.graph.outbox.posts == []


async def test_a_transaction_makes_one_event_however_often_it_is_sent(tenant: Tenant) -> None:
    first = await tenant.invites(METTE, transactionId="t-1")
    again = await tenant.invites(METTE, transactionId="t-1")
    other = await tenant.invites(METTE, transactionId="t-2")

    assert again.id == first.id != other.id
    assert len(tenant.graph.outbox.of(METTE)) == 2


async def test_a_second_transaction_may_be_a_conflict(tenant: Tenant) -> None:
    """Microsoft does not document which of the two; a client must understand both."""
    tenant.graph.calendar.duplicate_status = HTTPStatus.CONFLICT
    await tenant.invites(METTE, transactionId="t-1")

    said = await tenant.ask("POST", f"/users/{BOX}/events", meeting(METTE, transactionId="t-1"))

    assert (said.status, len(tenant.graph.calendar.events)) == (409, 1)


async def test_only_those_who_changed_hear_of_a_change_of_attendees(tenant: Tenant) -> None:
    event = await tenant.invites(METTE, BO)
    tenant.graph.outbox.clear()

    await tenant.ask("PATCH", at(event), {"attendees": [attendee(METTE), attendee(POLICE)]})

    assert tenant.graph.outbox.kinds(METTE) == []
    assert tenant.graph.outbox.kinds(BO) == ["cancellation"]
    assert tenant.graph.outbox.kinds(POLICE) == ["invitation"]


async def test_everybody_hears_of_any_other_change(tenant: Tenant) -> None:
    event = await tenant.invites(METTE, BO)
    tenant.graph.outbox.clear()

    await tenant.ask(
        "PATCH", at(event), {"subject": "Nyt emne", "attendees": [attendee(METTE), attendee(BO)]}
    )

    assert [(post.to, post.kind) for post in tenant.graph.outbox.posts] == [
        (METTE, "update"),
        (BO, "update"),
    ]


async def test_an_answer_stays_when_others_come_and_goes_when_the_time_changes(
    tenant: Tenant,
) -> None:
    event = await tenant.invites(METTE)
    tenant.graph.outlook.answer(event, METTE.upper(), "declined")

    await tenant.ask("PATCH", at(event), {"attendees": [attendee(METTE), attendee(BO)]})
    assert [each.response for each in event.attendees] == ["declined", "none"]

    later = {"dateTime": "2027-03-11T09:00:00", "timeZone": COPENHAGEN}
    await tenant.ask("PATCH", at(event), {"start": later, "end": later})
    assert [each.response for each in event.attendees] == ["none", "none"]
    assert event.start == datetime(2027, 3, 11, 8, tzinfo=UTC)


async def test_a_new_body_takes_the_meeting_away_unless_its_link_is_in_it(
    tenant: Tenant,
) -> None:
    """»Inadvertently removing the meeting blob from the body would disable it«."""
    event = await tenant.invites(METTE)
    whole = (await tenant.ask("GET", at(event))).body["body"]

    kept = await tenant.ask("PATCH", at(event), {"body": whole})
    assert kept.body["isOnlineMeeting"] is True
    assert kept.body["body"] == whole

    new = {"contentType": "text", "content": "Ny dagsorden"}
    lost = await tenant.ask("PATCH", at(event), {"body": new})
    assert lost.body["isOnlineMeeting"] is False
    assert [call.kills_link for call in tenant.graph.log.of("events.update")] == [False, True]


async def test_a_meeting_may_be_made_without_its_link(tenant: Tenant) -> None:
    """201, and the link comes later, or never."""
    tenant.graph.calendar.links_missing, tenant.graph.calendar.links_late = 1, 2

    event = await tenant.invites(METTE)

    seen = [(await tenant.ask("GET", at(event))).body for _ in range(2)]
    assert [body["onlineMeetingProvider"] for body in seen] == ["unknown", "teamsForBusiness"]


async def test_a_mailbox_without_teams_makes_no_links(tenant: Tenant) -> None:
    tenant.graph.calendar.providers = ()

    event = await tenant.invites(METTE)

    about = await tenant.ask("GET", f"/users/{BOX}/calendar")
    assert about.body["allowedOnlineMeetingProviders"] == []
    assert event.join_url is None


async def test_a_cancelled_meeting_is_gone_and_everybody_is_told_why(tenant: Tenant) -> None:
    event = await tenant.invites(METTE, BO)

    said = await tenant.ask("POST", at(event, "/cancel"), {"Comment": "Aflyst"})

    assert said.status == 202
    assert (await tenant.ask("GET", at(event))).code == "ErrorItemNotFound"
    assert tenant.graph.outbox.kinds(BO, event.id) == ["invitation", "cancellation"]
    assert tenant.graph.outbox.of(BO)[-1].content == "Aflyst"


async def test_what_nobody_is_invited_to_cannot_be_cancelled_but_deleted(
    tenant: Tenant,
) -> None:
    event = await tenant.invites()

    assert (await tenant.ask("POST", at(event, "/cancel"), {"Comment": "x"})).status == 400
    assert (await tenant.ask("DELETE", at(event))).status == 204


async def test_a_stale_change_is_refused(tenant: Tenant) -> None:
    event = await tenant.invites(METTE)
    tag = (await tenant.ask("GET", at(event))).body["@odata.etag"]
    tenant.graph.outlook.rename(event, "Omdøbt")

    said = await tenant.ask("PATCH", at(event), {"subject": "Vores"}, {"If-Match": tag})

    assert (said.status, event.subject) == (412, "Omdøbt")


async def test_what_is_done_by_hand_is_told_as_outlook_tells_it(tenant: Tenant) -> None:
    event = await tenant.invites(METTE)
    tenant.graph.outbox.clear()
    tenant.graph.outlook.answer(event, METTE, "accepted")
    start = event.start + timedelta(days=1)

    tenant.graph.outlook.move(event, start=start, end=start + timedelta(hours=2))
    tenant.graph.outlook.invite(event, BO)
    tenant.graph.outlook.delete(event)

    assert tenant.graph.outbox.kinds(METTE) == ["update", "cancellation"]
    assert tenant.graph.outbox.kinds(BO) == ["invitation", "cancellation"]
    assert [each.response for each in event.attendees] == ["none", "none"]
    assert (await tenant.ask("GET", at(event))).status == 404


async def test_only_the_invited_answer_and_only_as_outlook_can(tenant: Tenant) -> None:
    event = await tenant.invites(METTE)

    with pytest.raises(ValueError, match="maybe"):
        tenant.graph.outlook.answer(event, METTE, "maybe")
    with pytest.raises(LookupError):
        tenant.graph.outlook.answer(event, BO)


async def test_events_are_listed_page_by_page_and_by_time(tenant: Tenant) -> None:
    for number in range(12):
        await tenant.invites(METTE, subject=f"Møde {number}")

    page = await tenant.ask("GET", f"/users/{BOX}/events?$select=subject")
    rest = await tenant.ask("GET", page.body["@odata.nextLink"])
    found = await tenant.ask("GET", f"/users/{BOX}/events?$filter=subject eq 'møde 7'")
    past = await tenant.ask(
        "GET",
        f"/users/{BOX}/calendarView?startDateTime=2026-01-01T00:00:00Z"
        "&endDateTime=2027-01-01T00:00:00Z",
    )

    assert [len(page.values), len(rest.values)] == [10, 2]
    assert page.values[0].keys() == {"@odata.etag", "id", "subject"}
    assert [each["subject"] for each in found.values] == ["Møde 7"]
    assert past.values == []
