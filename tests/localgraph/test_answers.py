"""What the stand-in answers is itself as Microsoft's contract says."""

from localgraph.contract import microsofts
from localgraph.operations import OPERATIONS
from localgraph.wire import Json
from tests.localgraph.tenant import BO, BOX, COPENHAGEN, METTE, Tenant, at, attendee, meeting

CAST = "?$count=true"
EVENTUAL = {"ConsistencyLevel": "eventual"}
WINDOW = "startDateTime=2027-01-01T00:00:00Z&endDateTime=2028-01-01T00:00:00Z"
JOB = {"contentType": "text", "content": "Dagsordenen ligger i Teams."}
MAIL: Json = {
    "Message": {
        "subject": "Referat",
        "body": JOB,
        "toRecipients": [{"emailAddress": {"address": METTE}}],
    }
}


async def test_every_answer_is_as_the_contract_says(tenant: Tenant) -> None:
    event = await tenant.invites(METTE, BO, transactionId="1", body=JOB)
    other = await tenant.invites(METTE)
    tenant.graph.outlook.answer(event, METTE, "accepted")
    tenant.graph.calendar.links_missing = 1
    bind = f"{tenant.graph.base_url}/appCatalogs/teamsApps/app-1"
    moment = {"dateTime": "2027-03-10T08:00:00", "timeZone": COPENHAGEN}
    asked: dict[str, tuple[str, str, Json | None]] = {
        "organization": ("GET", "/organization", None),
        "users.list": ("GET", "/users", None),
        "users.get": ("GET", "/users/bo", None),
        "users.delta": ("GET", "/users/delta?$select=accountEnabled,userType", None),
        "groups.get": ("GET", "/groups/lokal", None),
        "groups.delta": ("GET", "/groups/delta", None),
        "groups.members": ("GET", "/groups/lokal/members", None),
        "groups.members.users": (
            "GET",
            f"/groups/lokal/members/microsoft.graph.user{CAST}",
            None,
        ),
        "groups.transitive": ("GET", "/groups/lokal/transitiveMembers", None),
        "groups.transitive.users": (
            "GET",
            f"/groups/lokal/transitiveMembers/microsoft.graph.user{CAST}",
            None,
        ),
        "events.create": ("POST", f"/users/{BOX}/events", meeting(METTE)),
        "events.list": ("GET", f"/users/{BOX}/events", None),
        "events.get": ("GET", at(event), None),
        "events.update": ("PATCH", at(event), {"attendees": [attendee(METTE)]}),
        "calendarView": ("GET", f"/users/{BOX}/calendarView?{WINDOW}", None),
        "calendarView.delta": ("GET", f"/users/{BOX}/calendarView/delta?{WINDOW}", None),
        "calendar.get": ("GET", f"/users/{BOX}/calendar", None),
        "calendar.getSchedule": (
            "POST",
            f"/users/{BOX}/calendar/getSchedule",
            {
                "Schedules": [METTE, "nobody@kbh.example"],
                "StartTime": moment,
                "EndTime": {**moment, "dateTime": "2027-03-10T16:00:00"},
            },
        ),
        "mail.send": ("POST", f"/users/{BOX}/sendMail", MAIL),
        "apps.catalogue": ("GET", "/appCatalogs/teamsApps", None),
        "apps.install": (
            "POST",
            "/users/bo/teamwork/installedApps",
            {"teamsApp@odata.bind": bind},
        ),
        "apps.list": ("GET", "/users/bo/teamwork/installedApps?$expand=teamsApp", None),
        "apps.chat": ("GET", "/users/bo/teamwork/installedApps/INST000001==/chat", None),
        "events.cancel": ("POST", at(event, "/cancel"), {"Comment": "Aflyst"}),
        "events.delete": ("DELETE", at(other), None),
    }
    assert asked.keys() == OPERATIONS.keys()

    for op, (method, path, body) in asked.items():
        said = await tenant.ask(method, path, body, EVENTUAL)
        assert 200 <= said.status < 300, (op, said)
        assert tenant.graph.log.calls[-1].op == op
        assert microsofts().answer(op, said.body or None) == [], op

    assert tenant.graph.log.wrong == []


async def test_rounds_of_delta_queries_are_as_the_contract_says(tenant: Tenant) -> None:
    event = await tenant.invites(METTE)
    view = (await tenant.all(f"/users/{BOX}/calendarView/delta?{WINDOW}"))[1]
    groups = (await tenant.all("/groups/delta"))[1]
    people = (await tenant.all("/users/delta"))[1]

    tenant.graph.outlook.delete(event)
    tenant.graph.directory.leave("lokal", "mette")
    tenant.graph.directory.delete_person("bo")

    for op, link in (
        ("calendarView.delta", view),
        ("groups.delta", groups),
        ("users.delta", people),
    ):
        said = await tenant.ask("GET", link)
        assert len(said.values) == 1
        assert microsofts().answer(op, said.body) == []


def test_an_answer_that_is_wrong_is_seen() -> None:
    assert microsofts().answer("users.get", {"id": 7}) != []
    assert microsofts().answer("users.list", {"value": [{"name": "Mette"}]}) != []
