"""The demo as the stand-in for Teams reads it: who there is, and which teams they share."""

import json

from domain.people import Committee, Organisation

BOT_NAME = "SSP København"
GENERAL = "Generelt"


def people_json(organisation: Organisation) -> str:
    """Write the register as the people file of the stand-in, with one team per `team_id`.

    As in Teams, the general channel has the id of its team.
    """
    return json.dumps(
        {
            "people": [
                {
                    "aad_id": person.aad_id,
                    "name": person.name,
                    "authority": person.authority,
                    "function": person.function,
                }
                for person in organisation.people
                if person.active
            ],
            "teams": [
                {
                    "id": committee.team_id,
                    "name": committee.name,
                    "channels": [{"id": committee.team_id, "name": GENERAL}],
                    "members": members_of(organisation, committee),
                }
                for committee in organisation.committees
                if committee.team_id
            ],
            "bot": {"name": BOT_NAME},
        },
        ensure_ascii=False,
        indent=1,
    )


def members_of(organisation: Organisation, committee: Committee) -> list[str]:
    """List the Entra ids of those who sit in a committee, in the order they were seated."""
    people = {person.id: person for person in organisation.people if person.active}
    return [
        people[seat.person].aad_id
        for seat in organisation.memberships
        if seat.committee == committee.code and seat.person in people
    ]
