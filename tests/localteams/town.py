"""Who lives in these tests."""

from localteams.state import Json

ANNA = "a0000000-0000-4000-8000-00000000000a"
BO = "a0000000-0000-4000-8000-00000000000b"
CARL = "a0000000-0000-4000-8000-00000000000c"
DORTE = "a0000000-0000-4000-8000-00000000000d"
TEAM = "19:team@thread.tacv2"
CASES = "19:cases@thread.tacv2"


def person(aad_id: str, name: str, authority: str, function: str) -> Json:
    return {"aad_id": aad_id, "name": name, "authority": authority, "function": function}


PEOPLE: Json = {
    "people": [
        person(ANNA, "Anna Ahl", "Skole", "Lærer"),
        person(BO, "Bo Berg", "SSP", "Facilitator"),
        person(CARL, "Carl Cort", "Politi", "Betjent"),
        person(DORTE, "Dorte Dam", "SSP", "Sekretariat"),
    ],
    "teams": [
        {
            "id": TEAM,
            "name": "SSP Valby",
            "channels": [{"id": TEAM, "name": "Generelt"}, {"id": CASES, "name": "Sager"}],
            "members": [BO, CARL],
        }
    ],
    "bot": {"name": "SSP-bot"},
}
