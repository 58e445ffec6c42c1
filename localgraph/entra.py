"""What Entra answers: people, groups, their members, and what changed."""

from collections.abc import Sequence
from http import HTTPStatus

from localgraph import delta
from localgraph.directory import Directory
from localgraph.gate import Gate
from localgraph.odata import matching, selected
from localgraph.wire import Answer, Asked, Json, Refused

USER_DEFAULT = (
    "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,"
    "preferredLanguage,surname,userPrincipalName"
)
MEMBERS_AT_ONCE = 20
"""Of a group in one page of a delta query; Graph tells the same group again with the rest."""


class Entra:
    def __init__(self, directory: Directory, *, tenant: str, gate: Gate) -> None:
        self._gate = gate
        self._directory = directory
        self._tenant = tenant
        self.page_size = 100
        """Of a delta query; lists take `$top`."""

    def organization(self, asked: Asked) -> Answer:
        body: Json = {"id": self._tenant, "displayName": "Kommunen", "verifiedDomains": []}
        return Answer(body={"value": [selected(body, asked.query.get("$select"))]})

    def user(self, asked: Asked, key: str) -> Answer:
        person = self._directory.person(key)
        select = asked.query.get("$select", USER_DEFAULT)
        return Answer(body=selected(person.shown(), select))

    def users(self, asked: Asked) -> Answer:
        people = [person.shown() for person in self._directory.people.values()]
        found = matching(people, asked.query.get("$filter"))
        return _page(asked, found, USER_DEFAULT)

    def group(self, asked: Asked, key: str) -> Answer:
        return Answer(
            body=selected(self._directory.group(key).shown(), asked.query.get("$select"))
        )

    def members(self, asked: Asked, key: str) -> Answer:
        ids = self._directory.group(key).members
        return _page(asked, [self._member(each) for each in ids], USER_DEFAULT)

    def member_users(self, asked: Asked, key: str) -> Answer:
        ids = self._directory.group(key).members
        return _page(asked, self._people(ids, asked), USER_DEFAULT)

    def transitive(self, asked: Asked, key: str) -> Answer:
        ids = self._directory.all_members(self._directory.group(key).id)
        return _page(asked, [self._member(each) for each in ids], USER_DEFAULT)

    def transitive_users(self, asked: Asked, key: str) -> Answer:
        ids = list(self._directory.all_members(self._directory.group(key).id))
        return _page(asked, self._people(ids, asked), USER_DEFAULT)

    def users_delta(self, asked: Asked) -> Answer:
        directory, feed = self._directory, self._directory.people_feed
        current = delta.opened(asked, feed)
        select = current.query.get("$select", USER_DEFAULT)

        def shown(key: str) -> list[Json]:
            if key in directory.people:
                return [selected(directory.people[key].shown(), select)]
            gone = delta.removed(key, directory.gone_people[key])
            return [] if current.since is None else [gone]

        return delta.answer(asked, feed, current, shown, size=self.page_size)

    def groups_delta(self, asked: Asked) -> Answer:
        feed = self._directory.groups_feed
        current = delta.opened(asked, feed)
        wanted = current.query.get("$filter")

        def shown(key: str) -> list[Json]:
            return self._told(key, current) if matching([{"id": key}], wanted) else []

        return delta.answer(asked, feed, current, shown, size=self.page_size)

    def _told(self, id: str, current: delta.Round) -> list[Json]:
        """Tell of one group: in several entries when many members came or left."""
        directory = self._directory
        if id not in directory.groups:
            return [] if current.since is None else [delta.removed(id)]
        select = current.query.get("$select")
        thing = selected(directory.groups[id].shown(), select)
        if select and "members" not in select.split(","):
            return [thing]
        members = self._members(id, current)
        if not members:
            return [thing]
        return [
            {**thing, "members@delta": members[first : first + MEMBERS_AT_ONCE]}
            for first in range(0, len(members), MEMBERS_AT_ONCE)
        ]

    def _members(self, id: str, current: delta.Round) -> list[Json]:
        directory = self._directory
        now = directory.groups[id].members
        if current.since is None:
            return [self._linked(member) for member in now]
        changes = directory.member_changes[current.since : current.until]
        places = directory.groups_feed.all(current.since, current.until)
        touched = dict.fromkeys(
            member
            for group, member in zip(places, changes, strict=True)
            if group == id and member is not None
        )
        return [
            self._linked(member)
            if member in now
            else {**self._linked(member), "@removed": {"reason": "deleted"}}
            for member in touched
        ]

    def _linked(self, member: str) -> Json:
        kind = "group" if member in self._directory.groups else "user"
        return {"@odata.type": f"#microsoft.graph.{kind}", "id": member}

    def _member(self, id: str) -> Json:
        """Show a member; who may not read people gets to know its kind and its id only."""
        thing = self._directory.member(id)
        if id in self._directory.people and not self._gate.allows("users.get"):
            return dict.fromkeys(thing) | {key: thing[key] for key in ("@odata.type", "id")}
        return thing

    def _people(self, ids: Sequence[str], asked: Asked) -> list[Json]:
        people = [self._member(each) for each in ids if each in self._directory.people]
        return matching(people, asked.query.get("$filter"))


def _page(asked: Asked, things: Sequence[Json], default: str) -> Answer:
    select = asked.query.get("$select", default)
    top, place = int(asked.query.get("$top", 100)), asked.query.get("$skiptoken", "0")
    if not place.isdecimal():
        raise Refused(HTTPStatus.BAD_REQUEST, "Directory_ExpiredPageToken", "No such page.")
    skip = int(place)
    body: Json = {"value": [selected(each, select) for each in things[skip : skip + top]]}
    if asked.query.get("$count") == "true":
        body["@odata.count"] = len(things)
    more = {**asked.query, "$skiptoken": str(skip + top)}
    return Answer(body=body, links={delta.NEXT: more} if len(things) > skip + top else {})
