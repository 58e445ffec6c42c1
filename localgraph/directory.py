"""Who is in the tenant, who is in which group, and what changed since somebody asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from localgraph.feed import Feed
from localgraph.wire import Json, Refused


@dataclass(slots=True, kw_only=True)
class Person:
    """One who is in the tenant; a guest is at home in another."""

    id: str
    name: str
    mail: str
    upn: str
    guest: bool = False
    enabled: bool = True
    title: str | None = None

    def shown(self) -> Json:
        given, _, family = self.name.rpartition(" ")
        return {
            "id": self.id,
            "accountEnabled": self.enabled,
            "displayName": self.name,
            "givenName": given or None,
            "surname": family,
            "mail": self.mail,
            "userPrincipalName": self.upn,
            "userType": "Guest" if self.guest else "Member",
            "jobTitle": self.title,
            "businessPhones": [],
            "mobilePhone": None,
            "officeLocation": None,
            "preferredLanguage": None,
        }


@dataclass(slots=True, kw_only=True)
class Group:
    id: str
    name: str
    members: list[str] = field(default_factory=list)
    """Ids of people and of groups."""

    def shown(self) -> Json:
        return {
            "id": self.id,
            "displayName": self.name,
            "description": None,
            "mail": None,
            "mailEnabled": False,
            "securityEnabled": True,
            "groupTypes": [],
        }


class Directory:
    """People and groups; tests change them as an administrator would."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.people_feed = Feed()
        self.groups_feed = Feed()
        self.gone_people: dict[str, str] = {}
        """Who was deleted, and whether it can be undone (`changed`) or not (`deleted`)."""
        self.member_changes: list[str | None] = []
        """Beside each change in `groups_feed`: the member who came or left, if it was one."""

    # an administrator's hands

    def add_person(
        self,
        id: str,
        name: str,
        mail: str,
        *,
        guest: bool = False,
        enabled: bool = True,
        title: str | None = None,
    ) -> Person:
        """Let somebody in; a guest's user name is made as Entra makes it."""
        upn = f"{mail.replace('@', '_')}#EXT#@kbh.onmicrosoft.example" if guest else mail
        self.people[id] = Person(
            id=id, name=name, mail=mail, upn=upn, guest=guest, enabled=enabled, title=title
        )
        self.gone_people.pop(id, None)
        self.people_feed.note(id)
        return self.people[id]

    def change_person(
        self,
        id: str,
        *,
        name: str | None = None,
        mail: str | None = None,
        enabled: bool | None = None,
    ) -> None:
        person = self.people[id]
        person.name = name or person.name
        person.mail = mail or person.mail
        person.enabled = person.enabled if enabled is None else enabled
        self.people_feed.note(id)

    def delete_person(self, id: str, *, for_good: bool = False) -> None:
        """Delete an account: it is out of every group at once."""
        for group in self.groups.values():
            if id in group.members:
                self.leave(group.id, id)
        self.people.pop(id, None)
        self.gone_people[id] = "deleted" if for_good else "changed"
        self.people_feed.note(id)

    def add_group(self, id: str, name: str, members: tuple[str, ...] | list[str] = ()) -> Group:
        self.groups[id] = Group(id=id, name=name)
        self._note(id)
        for member in members:
            self.join(id, member)
        return self.groups[id]

    def rename_group(self, id: str, name: str) -> None:
        self.groups[id].name = name
        self._note(id)

    def delete_group(self, id: str) -> None:
        del self.groups[id]
        self._note(id)

    def join(self, group: str, member: str) -> None:
        if member not in self.groups[group].members:
            self.groups[group].members.append(member)
            self._note(group, member)

    def leave(self, group: str, member: str) -> None:
        self.groups[group].members.remove(member)
        self._note(group, member)

    def _note(self, group: str, member: str | None = None) -> None:
        self.groups_feed.note(group)
        self.member_changes.append(member)

    # what is asked

    def person(self, key: str) -> Person:
        """Find somebody by id or by user name.

        :raises Refused: 404.
        """
        for person in self.people.values():
            if key.lower() in {person.id.lower(), person.upn.lower()}:
                return person
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "Request_ResourceNotFound",
            f"Resource '{key}' does not exist or one of its queried reference-property objects "
            "are not present.",
        )

    def group(self, key: str) -> Group:
        """Find a group by id.

        :raises Refused: 404.
        """
        if key in self.groups:
            return self.groups[key]
        raise Refused(
            HTTPStatus.NOT_FOUND, "Request_ResourceNotFound", f"Resource '{key}' does not exist."
        )

    def by_address(self, address: str) -> Person | None:
        wanted = address.lower()
        return next(
            (
                person
                for person in self.people.values()
                if wanted in {person.mail.lower(), person.upn.lower()}
            ),
            None,
        )

    def member(self, id: str) -> Json:
        if id in self.groups:
            return {"@odata.type": "#microsoft.graph.group", **self.groups[id].shown()}
        return {"@odata.type": "#microsoft.graph.user", **self.people[id].shown()}

    def all_members(self, group: str, seen: set[str] | None = None) -> Iterator[str]:
        """Give members, and members of member groups, once each."""
        seen = set() if seen is None else seen
        for member in self.groups[group].members:
            if member not in seen:
                seen.add(member)
                yield member
                if member in self.groups:
                    yield from self.all_members(member, seen)
