"""Teams' side: the catalogue of apps, and which of them each person has installed."""

from http import HTTPStatus

from localgraph.directory import Directory
from localgraph.odata import matching
from localgraph.wire import Answer, Asked, Json, Refused


class Apps:
    """Apps of the organisation; `blocked` are people whose policies forbid them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.catalogue: dict[str, Json] = {}
        self.installed: dict[str, dict[str, str]] = {}
        """Person to app to the id of the installation."""
        self.blocked: dict[str, tuple[int, str]] = {}
        """Person to what an installation is refused with: status and code."""
        self._made = 0

    def publish(self, id: str, external_id: str, name: str = "SSP") -> None:
        """Put an app into the catalogue: `id` is the tenant's, `external_id` the manifest's."""
        self.catalogue[id] = {
            "id": id,
            "externalId": external_id,
            "displayName": name,
            "distributionMethod": "organization",
        }

    def listed(self, asked: Asked) -> Answer:
        found = matching(list(self.catalogue.values()), asked.query.get("$filter"))
        return Answer(body={"value": found})

    def of(self, asked: Asked, key: str) -> Answer:
        person = self._directory.person(key)
        things = [
            {"id": key, "teamsApp": self.catalogue[app]}
            for app, key in self.installed.get(person.id, {}).items()
        ]
        found = matching(things, asked.query.get("$filter"))
        if "teamsApp" not in asked.query.get("$expand", ""):
            found = [{"id": each["id"]} for each in found]
        return Answer(body={"value": found})

    def install(self, asked: Asked, key: str) -> Answer:
        person = self._directory.person(key)
        if person.id in self.blocked:
            raise Refused(*self.blocked[person.id])
        app = str(asked.body["teamsApp@odata.bind"]).rpartition("/")[2]
        if app not in self.catalogue:
            raise Refused(HTTPStatus.NOT_FOUND, "NotFound", "The app is not in the catalogue.")
        theirs = self.installed.setdefault(person.id, {})
        if app in theirs:
            raise Refused(HTTPStatus.CONFLICT, "Conflict", "App is already installed.")
        self._made += 1
        theirs[app] = f"INST{self._made:06d}=="
        return Answer(status=HTTPStatus.CREATED)

    def chat(self, _: Asked, key: str, installation: str) -> Answer:
        person = self._directory.person(key)
        if installation not in self.installed.get(person.id, {}).values():
            raise Refused(HTTPStatus.NOT_FOUND, "NotFound", "No such installation.")
        body: Json = {
            "id": f"19:{person.id}_{installation.rstrip('=')}@unq.gbl.spaces",
            "topic": None,
            "chatType": "oneOnOne",
        }
        return Answer(body=body)
