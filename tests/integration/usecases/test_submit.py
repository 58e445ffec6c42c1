"""Submitting: routed, sealed, told, or nothing at all (CON-3 to CON-8)."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.concerns import Status
from domain.data_classes import DataClass
from domain.gates import Judged, Sensitive
from domain.notices import NoticeKind
from domain.people import AreaCode, CommitteeCode, Person
from storage.database import Transaction
from tests.integration.usecases.desk import CONFIDED, JUDGED, PARTS, REPORTED, Desk, Work
from tests.support.organisation_changes import with_people
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DENNIS,
    DORTE,
    HELLE,
    MONDAY_NOON,
    ORGANISATION,
    PIA,
    SOFIE,
)
from tests.support.trail import audited
from usecases.submit_concern import Reported, submit_concern
from usecases.submit_enquiry import submit_enquiry

DAY = timedelta(days=1)


def submitting(
    reporter: Person = ANNA, *, reported: Reported = REPORTED, judged: Judged = JUDGED
) -> Work:
    async def work(tx: Transaction) -> object:
        return await submit_concern(
            tx,
            id=uuid4(),
            reporter=reporter,
            reported=reported,
            judged=judged,
            parts=PARTS,
            now=MONDAY_NOON,
        )

    return work


class TestAConcern:
    async def test_goes_to_the_facilitator_of_the_areas_group(self, desk: Desk) -> None:
        concern = await desk.submits()

        assert concern == await desk.finds(concern)
        assert (concern.group, concern.owner, concern.status) == (
            CommitteeCode("KG5"),
            BO.id,
            Status.SUBMITTED,
        )
        assert concern.reasons == ("route.group_of_area",)
        assert await desk.told() == {
            (NoticeKind.CONCERN_WAITING, "bo"),
            (NoticeKind.CONCERN_PING, "KG5"),
        }

    async def test_is_heard_of_at_once_by_police_and_social_services_when_grave(
        self, desk: Desk
    ) -> None:
        """CON-8."""
        await desk.submits(reported=replace(REPORTED, level=3))

        told = await desk.told()

        assert {(NoticeKind.CONCERN_GRAVE, "carl"), (NoticeKind.CONCERN_GRAVE, "sofie")} <= told

    async def test_keeps_what_was_confided_by_class_with_the_gate_it_passed(
        self, desk: Desk
    ) -> None:
        concern = await desk.submits(reported=replace(REPORTED, level=4))

        async with desk.database.transaction() as tx:
            parts = await tx.concerns.read(concern.id, set(DataClass))
        assert {key: parts[key] for key in PARTS} == PARTS
        assert parts[DataClass.DECISIONS]["gate_recipients"] == ["bo", "carl", "sofie"]

    async def test_waits_in_triage_where_the_rules_are_in_doubt(self, desk: Desk) -> None:
        concern = await desk.submits(
            reported=replace(REPORTED, area=AreaCode("BIS"), name_known=False, born=None)
        )

        assert (concern.group, concern.owner, concern.status) == (None, DENNIS.id, Status.TRIAGE)
        assert concern.reasons == (
            "route.name_unknown",
            "route.age_unknown",
            "route.area_unmapped",
        )
        assert (NoticeKind.CONCERN_WAITING, "dorte") in await desk.told()

    async def test_of_a_young_adult_goes_to_ssp_plus(self, desk: Desk) -> None:
        adult = replace(REPORTED, born=date(2006, 5, 4), level=4)

        concern = await desk.submits(reported=adult)

        assert (concern.group, concern.owner) == (CommitteeCode("PKG"), PIA.id)

    async def test_shields_its_reporter_where_they_asked_for_it(self, desk: Desk) -> None:
        concern = await desk.submits(reported=replace(REPORTED, shielded=True))

        assert "reporter.shielded" in concern.reasons

    async def test_of_the_facilitators_own_goes_to_the_secretariat(self, desk: Desk) -> None:
        concern = await desk.submits(BO)

        assert (concern.group, concern.owner) == (None, DENNIS.id)
        assert (NoticeKind.CONCERN_NO_RECEIVER, "dennis") in await desk.told()


class TestANamedRelation:
    async def test_is_kept_out_from_the_start(self, desk: Desk) -> None:
        """INH-4."""
        reported = replace(REPORTED, level=4, near_relations="carl  dybdahl; Sofie Tangmose")

        concern = await desk.submits(reported=reported)

        async with desk.database.transaction() as tx:
            assert await tx.relations.recused(concern.id) == {CARL.id, SOFIE.id}
        assert not {to for _, to in await desk.told(after=20 * DAY)} & {"carl", "sofie"}

    async def test_that_nobody_knows_is_looked_into_by_the_secretariat(self, desk: Desk) -> None:
        concern = await desk.submits(reported=replace(REPORTED, near_relations="Ukendt Person"))

        assert (concern.group, concern.owner) == (None, DENNIS.id)
        assert "route.unknown_relation" in concern.reasons


class TestIsRefusedAndNothingIsLeft:
    @pytest.mark.parametrize(
        ("judged", "code"),
        [
            (replace(JUDGED, necessary=False), "gate.condition_failed"),
            (replace(JUDGED, reason=" "), "gate.reason_missing"),
            (
                replace(JUDGED, sensitive=frozenset({Sensitive.HEALTH})),
                "gate.heightened_reason_missing",
            ),
        ],
    )
    async def test_when_the_gate_is_shut(self, desk: Desk, judged: Judged, code: str) -> None:
        """S115-8."""
        assert await desk.refuses(submitting(judged=judged)) == code

    async def test_when_the_reporter_is_not_covered(self, desk: Desk) -> None:
        """S115-9."""
        assert await desk.refuses(submitting(HELLE)) == "concern.not_covered"

    @pytest.mark.parametrize("born", [date(2016, 3, 3), date(2000, 3, 2)])
    async def test_when_the_person_is_outside_ssp_on_the_day(self, desk: Desk, born: date) -> None:
        """AGE: a draft may be older than the answer."""
        outgrown = submitting(reported=replace(REPORTED, born=born))

        assert await desk.refuses(outgrown) == "concern.outside_ages"

    async def test_when_nobody_can_receive_it(self, desk: Desk) -> None:
        nobody = [replace(each, s115_covered=False) for each in (BO, DORTE, DENNIS)]
        async with desk.database.transaction() as tx:
            await tx.organisation.replace(with_people(ORGANISATION, *nobody))

        assert await desk.refuses(submitting()) == "concern.no_receiver"

    async def test_and_its_number_is_used_by_the_next(self, desk: Desk) -> None:
        await desk.refuses(submitting(judged=replace(JUDGED, necessary=False)))

        assert (await desk.submits()).reference == "B2026-0001"


async def test_references_are_unique_when_many_submit_at_once(desk: Desk) -> None:
    submitted = await asyncio.gather(*(desk.submits() for _ in range(20)))

    assert {each.reference for each in submitted} == {f"B2026-{n:04}" for n in range(1, 21)}


async def test_a_reference_belongs_to_the_year_in_copenhagen(desk: Desk) -> None:
    new_year = MONDAY_NOON.replace(year=2026, month=12, day=31, hour=23, minute=30)

    concern = await desk.submits(now=new_year)

    assert concern.reference == "B2027-0001"


async def test_a_submission_is_on_record_without_a_word_of_it(desk: Desk) -> None:
    concern = await desk.submits()

    async with desk.database.transaction() as tx:
        [event] = await audited(tx)
    assert (event.actor, event.action, event.about, event.result, event.purpose) == (
        "anna",
        "concern.submit",
        str(concern.id),
        "ok",
        "crime_prevention",
    )
    assert CONFIDED not in str(event)


class TestAnEnquiry:
    async def test_goes_to_the_secretariat_from_anybody(self, desk: Desk) -> None:
        """CON-1, S115-5."""
        enquiry = await desk.enquires(HELLE)

        assert (enquiry.owner, enquiry.status, enquiry.reasons) == (
            DENNIS.id,
            Status.TRIAGE,
            ("route.enquiry",),
        )
        assert await desk.told() == {
            (NoticeKind.CONCERN_WAITING, "dennis"),
            (NoticeKind.CONCERN_WAITING, "dorte"),
        }

    async def test_of_the_secretariats_own_goes_to_the_other(self, desk: Desk) -> None:
        assert (await desk.enquires(DENNIS)).owner == DORTE.id

    async def test_without_a_receiver_is_refused_and_nothing_is_left(self, desk: Desk) -> None:
        async with desk.database.transaction() as tx:
            await tx.people.deactivate(DORTE.id)

        async def work(tx: Transaction) -> object:
            return await submit_enquiry(
                tx, id=uuid4(), sender=DENNIS, parts=PARTS, now=MONDAY_NOON
            )

        assert await desk.refuses(work) == "concern.no_receiver"
