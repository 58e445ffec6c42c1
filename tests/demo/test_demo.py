"""The demo organisation keeps what its README promises."""

import asyncio
import json
import sys
from collections import Counter
from dataclasses import replace

from demo.organisation import VACANT, demo_organisation
from demo.stand_in import people_json
from demo.tenant import MAILBOX, grouped, tenant_json
from devtools import house
from domain.people import Authority, CommitteeType, Office, Person, PersonId, Seat
from domain.representation import gaps
from usecases.read_organisation import organisation_from_yaml
from usecases.write_organisation import organisation_to_yaml

DEMO = demo_organisation()
WRITTEN = json.loads(people_json(DEMO))
TENANT = json.loads(tenant_json(DEMO))


def person(id: str) -> Person:
    return next(each for each in DEMO.people if each.id == id)


def seats_of(id: str) -> list[tuple[str, str, Seat]]:
    return [
        (seat.committee, seat.slot, seat.seat)
        for seat in DEMO.memberships
        if seat.person == PersonId(id)
    ]


def test_it_has_the_size_of_ssp_kobenhavn() -> None:
    assert len(DEMO.committees) == 31
    assert 380 <= len(DEMO.people) <= 420
    assert {each.authority for each in DEMO.people} == set(Authority)


def test_only_the_gaps_that_were_left_on_purpose_are_found() -> None:
    found = {(gap.committee, gap.slot.code, gap.missing) for gap in gaps(DEMO)}

    assert found == {
        ("LG4", "LG.3", 1),
        ("LU-ORE", "LU.3", 1),
        ("LU-TIN", "LU.7", 1),
        ("KG6", "KG.6", 1),
        ("PKG", "PKG.4", 1),
    }
    assert len(VACANT) == len(found)


def test_each_coordination_group_has_one_facilitator() -> None:
    coordinating = {CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION}
    groups = {each.code for each in DEMO.committees if each.type in coordinating}

    facilitated = Counter(
        seat.committee for seat in DEMO.memberships if seat.seat is Seat.FACILITATOR
    )

    assert facilitated == dict.fromkeys(groups, 1)


def test_the_offices_of_the_secretariat_are_filled() -> None:
    offices = Counter(office for each in DEMO.people for office in each.offices)

    assert offices == {Office.SEK: 3, Office.STEW: 2, Office.HEAD: 1, Office.DPO: 1, Office.SYS: 1}


def test_the_people_everyone_knows_come_first_and_sit_where_they_are_said_to() -> None:
    assert [each.id for each in DEMO.people[:4]] == ["anna", "bo", "carl", "dorte"]
    assert seats_of("anna") == []
    assert seats_of("bo") == [("KG5", "KG.fac", Seat.FACILITATOR)]
    assert seats_of("carl") == [("KG5", "KG.5", Seat.MEMBER)]
    assert person("dorte").offices == {Office.SEK}
    assert "VAL" in next(each.areas for each in DEMO.committees if each.code == "KG5")


def test_housing_plan_staff_sit_in_local_committees_outside_115() -> None:
    """S115-5, S115-9."""
    outside = [each for each in DEMO.people if "Boligsocial" in each.function]

    assert len(outside) >= 5
    assert not any(each.s115_covered for each in outside)
    assert {slot for each in outside for _, slot, _ in seats_of(each.id)} == {"LU.opt"}


def test_two_people_share_a_name_and_nobody_an_address() -> None:
    names = Counter(each.name for each in DEMO.people)

    assert [name for name, times in names.items() if times > 1] == ["Mette Stjernesang"]
    assert len({each.email for each in DEMO.people}) == len(DEMO.people)
    assert all(each.email.isascii() for each in DEMO.people)


async def run(form: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "demo", form),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()


async def test_it_is_the_same_in_another_process() -> None:
    people, register = await asyncio.gather(run("people"), run("organisation"))

    assert people == (0, people_json(DEMO) + "\n", "")
    assert organisation_from_yaml(register[1]).people == DEMO.people


async def test_an_unknown_form_is_told_which_there_are() -> None:
    told = "usage: python -m demo people|organisation|tenant|grouped\n"
    assert await run("teams") == (2, "", told)


class TestThePeopleFile:
    def test_names_everyone_by_the_id_the_register_knows(self) -> None:
        assert [each["aad_id"] for each in WRITTEN["people"]] == [
            each.aad_id for each in DEMO.people
        ]

    def test_has_a_team_for_every_committee_with_one(self) -> None:
        teams = {each["id"]: each["name"] for each in WRITTEN["teams"]}

        assert teams == {each.team_id: each.name for each in DEMO.committees if each.team_id}
        assert len(teams) == 11

    def test_puts_those_who_sit_in_a_committee_in_its_team(self) -> None:
        group = next(each for each in DEMO.committees if each.code == "KG5")
        [team] = [each for each in WRITTEN["teams"] if each["id"] == group.team_id]

        assert {person("bo").aad_id, person("carl").aad_id} <= set(team["members"])
        assert person("anna").aad_id not in team["members"]

    def test_leaves_out_who_has_left(self) -> None:
        carl = person("carl")
        left = replace(
            DEMO,
            people=[replace(each, active=each.id != carl.id) for each in DEMO.people],
        )

        assert carl.aad_id not in people_json(left)


class TestTheTenant:
    def test_has_an_account_for_everybody_and_the_mailbox_that_dev_py_opens(self) -> None:
        accounts = {each["id"]: each["mail"] for each in TENANT["people"]}

        assert {each.aad_id: each.email for each in DEMO.people}.items() <= accounts.items()
        assert house.MAILBOX == MAILBOX
        assert MAILBOX in accounts.values()

    def test_has_the_police_and_probation_as_guests(self) -> None:
        guests = {each["id"] for each in TENANT["people"] if each.get("guest")}

        assert guests == {
            each.aad_id for each in DEMO.people if each.authority in {Authority.KP, Authority.KFO}
        }

    def test_is_in_step_with_the_register_that_names_its_groups(self) -> None:
        register = organisation_from_yaml(organisation_to_yaml(grouped(DEMO)))
        groups = {each["id"]: set(each["members"]) for each in TENANT["groups"]}
        ids = {each.id: each.aad_id for each in register.people}

        for committee in register.committees:
            seated = {
                ids[each.person]
                for each in register.memberships
                if each.committee == committee.code
            }
            assert groups[register.groups[committee.code]] == seated, committee.code
