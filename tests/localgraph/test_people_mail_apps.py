"""People and groups, mail, free and busy, and the app that people have installed."""

import base64
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from localgraph.wire import Json
from tests.localgraph.tenant import BO, BOX, COPENHAGEN, METTE, POLICE, Tenant

PLAIN = {"Content-Type": "text/plain"}
SEND = f"/users/{BOX}/sendMail"
INSTALLED = "/users/bo/teamwork/installedApps"


async def test_a_person_is_found_by_id_and_by_user_name(tenant: Tenant) -> None:
    for key in ("mette", METTE):
        said = await tenant.ask("GET", f"/users/{key}")
        assert said.body["displayName"] == "Mette Holm"

    assert "accountEnabled" not in said.body  # only who asks for it gets it


async def test_a_guest_has_a_user_name_of_this_tenant(tenant: Tenant) -> None:
    name = "vagt_politi.example%23EXT%23@kbh.onmicrosoft.example"

    said = await tenant.ask("GET", f"/users/{name}?$select=userType,mail")

    assert said.body == {"id": "vagt", "userType": "Guest", "mail": POLICE}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (f"mail eq '{METTE}'", ["mette"]),
        (f"mail eq '{METTE}' or userPrincipalName eq '{BO}'", ["mette", "bo"]),
        ("startswith(displayName,'me') and accountEnabled eq true", ["mette"]),
        ("id in ('bo', 'vagt')", ["bo", "vagt"]),
        ("displayName eq 'Vagt or Mette'", []),
        ("jobTitle eq null", ["mette", "vagt"]),
    ],
)
async def test_people_are_found_by_filter(
    tenant: Tenant, expression: str, found: list[str]
) -> None:
    said = await tenant.ask("GET", f"/users?$filter={expression}")

    assert [each["id"] for each in said.values] == found


async def test_members_of_member_groups_are_found_once(tenant: Tenant) -> None:
    tenant.graph.directory.add_group("alle", "Alle", ["lokal", "bo", "mette"])
    cast = "microsoft.graph.user?$count=true"
    eventual = {"ConsistencyLevel": "eventual"}

    direct = await tenant.ask("GET", "/groups/alle/members")
    people = await tenant.ask("GET", f"/groups/alle/members/{cast}", headers=eventual)
    every = await tenant.ask("GET", f"/groups/alle/transitiveMembers/{cast}", headers=eventual)

    assert [each["id"] for each in direct.values] == ["lokal", "bo", "mette"]
    assert [each["id"] for each in people.values] == ["bo", "mette"]
    assert [each["id"] for each in every.values] == ["mette", "vagt", "bo"]
    assert every.body["@odata.count"] == 3


async def test_members_come_page_by_page(tenant: Tenant) -> None:
    first = await tenant.ask("GET", "/groups/lokal/members?$top=1&$select=id")
    second = await tenant.ask("GET", first.body["@odata.nextLink"])
    made_up = await tenant.ask("GET", "/groups/lokal/members?$skiptoken=abc")

    assert [each["id"] for each in first.values + second.values] == ["mette", "vagt"]
    assert "@odata.nextLink" not in second.body
    assert made_up.status == 400


async def test_who_may_read_groups_but_no_people_gets_ids_only(tenant: Tenant) -> None:
    """»Limited information returned for inaccessible member objects«."""
    tenant.graph.gate.consent_only("GroupMember.Read.All")

    said = await tenant.ask("GET", "/groups/lokal/members?$select=displayName,mail")

    assert said.values[0] == {
        "@odata.type": "#microsoft.graph.user",
        "id": "mette",
        "displayName": None,
        "mail": None,
    }


async def test_who_is_deleted_is_out_of_every_group(tenant: Tenant) -> None:
    tenant.graph.directory.delete_person("mette")

    assert (await tenant.ask("GET", "/users/mette")).status == 404
    assert [each["id"] for each in (await tenant.ask("GET", "/groups/lokal/members")).values] == [
        "vagt"
    ]
    assert (await tenant.ask("GET", "/groups/nowhere")).code == "Request_ResourceNotFound"


def _mail(*to: str, **more: object) -> Json:
    message = {
        "subject": "Referat",
        "body": {"contentType": "text", "content": "Hej"},
        "toRecipients": [{"emailAddress": {"address": address}} for address in to],
    }
    return {"message": {**message, **more}}


async def test_a_mail_goes_to_each_recipient(tenant: Tenant) -> None:
    copy = {"bccRecipients": [{"emailAddress": {"address": POLICE}}]}

    said = await tenant.ask("POST", SEND, _mail(METTE, **copy))

    assert said.status == 202
    assert [(post.to, post.content) for post in tenant.graph.outbox.posts] == [
        (METTE, "Hej"),
        (POLICE, "Hej"),
    ]
    assert tenant.graph.outbox.most_sendings_in(timedelta(minutes=1)) == 1


async def test_a_whole_message_is_kept_as_it_is(tenant: Tenant) -> None:
    message = EmailMessage()
    message["To"] = f"Mette Holm <{METTE}>"
    message["Cc"] = POLICE
    message["Subject"] = "Indkaldelse på onsdag"
    message.set_content("Vi ses.")
    message.add_alternative("BEGIN:VCALENDAR", subtype="calendar", params={"method": "REQUEST"})
    text = base64.b64encode(message.as_bytes()).decode()

    said = await tenant.ask("POST", SEND, text, PLAIN)

    assert said.status == 202
    assert [post.to for post in tenant.graph.outbox.posts] == [METTE, POLICE]
    assert tenant.graph.outbox.posts[0].subject == "Indkaldelse på onsdag"
    assert tenant.graph.outbox.posts[0].mime == message.as_bytes()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("To: mette@kbh.example\n\nHej", "ErrorMimeContentInvalidBase64String"),
        (base64.b64encode(b"Subject: x\n\nHej").decode(), "ErrorInvalidRecipients"),
    ],
)
async def test_a_whole_message_that_cannot_be_sent_is_refused(
    tenant: Tenant, text: str, code: str
) -> None:
    said = await tenant.ask("POST", SEND, text, PLAIN)

    assert (said.status, said.code) == (400, code)


async def test_sendings_in_the_busiest_minute_are_counted(tenant: Tenant) -> None:
    for _ in range(6):
        await tenant.ask("POST", SEND, _mail(METTE, BO))
        tenant.clock.passes(timedelta(seconds=25))

    assert tenant.graph.outbox.most_sendings_in(timedelta(minutes=1)) == 3


async def test_free_and_busy_is_told_of_our_own_people_only(tenant: Tenant) -> None:
    await tenant.invites(METTE, POLICE)
    start = datetime(2027, 3, 10, 13, tzinfo=UTC)
    tenant.graph.schedule.busy[METTE] = [(start, start + timedelta(minutes=30))]

    said = await tenant.ask("POST", f"/users/{BOX}/calendar/getSchedule", _asks(METTE, POLICE))

    ours, theirs = said.values
    assert ours["availabilityView"] == "02200020"  # from eight to sixteen
    assert theirs["error"]["responseCode"] == "ErrorMailRecipientNotFound"
    assert "availabilityView" not in theirs


async def test_two_months_of_free_and_busy_are_too_much(tenant: Tenant) -> None:
    asked = _asks(METTE) | {"EndTime": {"dateTime": "2027-05-20T08:00:00", "timeZone": "UTC"}}

    said = await tenant.ask("POST", f"/users/{BOX}/calendar/getSchedule", asked)

    assert said.status == 400


def _asks(*addresses: str) -> Json:
    return {
        "Schedules": list(addresses),
        "StartTime": {"dateTime": "2027-03-10T08:00:00", "timeZone": COPENHAGEN},
        "EndTime": {"dateTime": "2027-03-10T16:00:00", "timeZone": COPENHAGEN},
        "AvailabilityViewInterval": 60,
    }


def _install(tenant: Tenant, app: str = "app-1") -> Json:
    return {"teamsApp@odata.bind": f"{tenant.graph.base_url}/appCatalogs/teamsApps/{app}"}


async def test_an_app_is_installed_once_and_has_a_chat(tenant: Tenant) -> None:
    first = await tenant.ask("POST", INSTALLED, _install(tenant))
    again = await tenant.ask("POST", INSTALLED, _install(tenant))
    found = await tenant.ask(
        "GET", f"{INSTALLED}?$expand=teamsApp&$filter=teamsApp/externalId eq 'a3f0'"
    )
    chat = await tenant.ask("GET", f"{INSTALLED}/{found.values[0]['id']}/chat")

    assert [first.status, again.status, again.code] == [201, 409, "Conflict"]
    assert chat.body["chatType"] == "oneOnOne"


async def test_who_may_not_have_the_app_does_not_get_it(tenant: Tenant) -> None:
    tenant.graph.apps.blocked["bo"] = (403, "Forbidden")

    assert (await tenant.ask("POST", INSTALLED, _install(tenant))).status == 403
    assert (await tenant.ask("GET", INSTALLED)).values == []


async def test_an_app_that_is_not_in_the_catalogue_cannot_be_installed(tenant: Tenant) -> None:
    listed = await tenant.ask("GET", "/appCatalogs/teamsApps?$filter=externalId eq 'a3f0'")

    said = await tenant.ask("POST", INSTALLED, _install(tenant, "app-2"))

    assert [each["id"] for each in listed.values] == ["app-1"]
    assert said.status == 404
