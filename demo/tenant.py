"""The demo as the stand-in for Graph reads it: accounts, guests, a group per committee."""

import json
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid5

from demo.committees import COMMITTEES, NAMESPACE
from demo.stand_in import members_of
from domain.directory import ELSEWHERE
from domain.people import CommitteeCode, Organisation

MAILBOX = "ssp-sekretariatet@ssp-demo.example"

GROUPS: Mapping[CommitteeCode, str] = {
    each.code: str(uuid5(NAMESPACE, f"group {each.code}")) for each in COMMITTEES
}


def grouped(organisation: Organisation) -> Organisation:
    """Give each committee the Entra group that has its members."""
    return replace(organisation, groups=GROUPS)


def tenant_json(organisation: Organisation) -> str:
    """Write the register as the tenant that it is in step with.

    Police and probation are guests: they are at home in tenants of their own.
    """
    people = [
        {
            "id": person.aad_id,
            "name": person.name,
            "mail": person.email,
            "guest": person.authority in ELSEWHERE,
            "title": person.function,
        }
        for person in organisation.people
        if person.active
    ]
    secretariat = {
        "id": str(uuid5(NAMESPACE, "mailbox")),
        "name": "SSP-sekretariatet",
        "mail": MAILBOX,
    }
    groups = [
        {
            "id": GROUPS[committee.code],
            "name": committee.name,
            "members": [*dict.fromkeys(members_of(organisation, committee))],
        }
        for committee in organisation.committees
    ]
    return json.dumps(
        {"people": [*people, secretariat], "groups": groups}, ensure_ascii=False, indent=1
    )
