"""Who receives a concern, who is told besides, and what is turned away."""

import pytest
from sqlalchemy import func, select

from storage.rows import (
    additions,
    concern_parts,
    concerns,
    cpr_marks,
    data_keys,
    drafts,
    relations,
)
from tests.support.chat import Chat
from tests.support.organisation_changes import with_member_facilitating, without_secretariat
from tests.support.reports import GRAVE, NAME, OBSERVED, REPORT, WRITTEN
from tests.support.town import BO, DANISH, ORGANISATION, VALBY_GROUP, Town

CONFIDED = (drafts, concerns, concern_parts, additions, relations, cpr_marks)


async def is_empty(town: Town) -> bool:
    """Whether nothing is stored of any form or concern, nor a key for it."""
    async with town.remembers() as tx:
        rows = [
            (await tx.connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in CONFIDED
        ]
        subjects = await tx.connection.scalars(select(data_keys.c.subject))
        return sum(rows) == 0 and all(each.startswith("turn") for each in subjects)


class TestADiversion:
    """Nothing is stored but a count (domain.md §4; concern.md §4.1 rule 1)."""

    @pytest.mark.parametrize(("born", "why"), [("2016-03-03", "under_10"), ("2000-03-02", "over")])
    async def test_of_an_age_outside_ssp_comes_before_any_free_text(
        self, town: Town, anna: Chat, born: str, why: str
    ) -> None:
        await anna.types("bekymring")

        told = await anna.fills({**REPORT, "born": born})

        assert DANISH(f"concern.diverted.{why}.title") in told
        assert DANISH("form.nothing_stored") in told
        assert NAME not in told
        assert await is_empty(town)
        async with town.remembers() as tx:
            assert await tx.counters.value(f"diverted.{why}", "2026") == 1

    @pytest.mark.parametrize("born", ["2016-03-02", "2000-03-03"])
    async def test_does_not_happen_on_the_tenth_birthday_or_the_last_day_of_25(
        self, anna: Chat, born: str
    ) -> None:
        await anna.types("bekymring")

        await anna.fills({key: REPORT[key] for key in list(REPORT)[:4]} | {"born": born})
        told = await anna.presses("form.next", name=NAME, born=born)

        assert DANISH("concern.step.about") in told

    async def test_of_somebody_near_leads_to_an_enquiry(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        """INH-2: "me" stops it; the enquiry goes to the Secretariat and names nobody."""
        await anna.types("bekymring")
        told = await anna.fills({**REPORT, "relation": "me"})
        assert DANISH("concern.diverted.relation.title") in told
        assert await is_empty(town)

        await anna.presses("enquiry.begin")
        await anna.fills({"matter": "Jeg vil gerne tale med nogen om en ung i familien"})
        told = await anna.presses("form.send")

        assert DANISH("enquiry.received_body") in told
        assert "Åbn" in dorte.last()


class TestTriage:
    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"area": "elsewhere"}, "elsewhere"),
            ({"area": "unknown"}, "area_unknown"),
            ({"area": "TIN"}, "area_unmapped"),
            ({"name": "", "description": "En dreng med rød jakke og kasket"}, "name_unknown"),
            ({"born": "", "age_about": "14"}, "age_unknown"),
        ],
    )
    async def test_takes_what_has_no_sure_group(
        self, town: Town, anna: Chat, dorte: Chat, changes: dict[str, str], why: str
    ) -> None:
        """CON-6: the reasons are kept with the concern and shown to who opens it."""
        reference = await anna.reports({**REPORT, **changes})

        concern = await town.concern(reference)
        assert concern.group is None
        assert f"route.{why}" in concern.reasons
        assert reference not in town.chat(BO).everything()
        assert DANISH("task.waiting_title", reference=reference) in dorte.last()
        assert DANISH(f"route.{why}") in await dorte.opens(reference)

    async def test_is_told_when_the_only_facilitator_reports(
        self, town: Town, bo: Chat, dorte: Chat, dennis: Chat
    ) -> None:
        """CON-7: nobody receives their own concern, and it is never without an owner."""
        reference = await bo.reports(REPORT)

        concern = await town.concern(reference)
        assert (concern.group, concern.owner) == (None, dennis.person.id)
        for officer in (dorte, dennis):
            assert DANISH("task.no_receiver_title", reference=reference) in officer.last()
        assert DANISH("task.waiting_title", reference=reference) not in bo.everything()
        assert DANISH("rule.concern.not_found") in await bo.types(f"åbn {reference}")

    async def test_with_nobody_left_keeps_the_draft_and_says_whom_to_call(
        self, town: Town, bo: Chat
    ) -> None:
        await town.reorganises(without_secretariat(ORGANISATION))
        await bo.types("bekymring")
        await bo.fills(REPORT)

        told = await bo.presses("form.send")

        assert DANISH("rule.concern.no_receiver") in told
        assert OBSERVED in told


class TestAGraveConcern:
    async def test_reaches_the_police_and_social_services_at_once(
        self, anna: Chat, bo: Chat, carl: Chat, sofie: Chat, eva: Chat
    ) -> None:
        """CON-8; the level is named to nobody before it is opened (AC-OUT-05)."""
        reference = await anna.reports(GRAVE)

        assert DANISH("task.waiting_title", reference=reference) in bo.last()
        for seat in (carl, sofie):
            assert DANISH("task.grave_title", reference=reference) in seat.last()
        assert reference not in eva.everything()
        told = "\n".join(each.everything() for each in (bo, carl, sofie))
        assert "iveau" not in told
        assert not [words for words in WRITTEN if words in told]

    async def test_says_only_number_and_area_in_the_channel(self, town: Town, anna: Chat) -> None:
        """CON-7, AC-OUT-05."""
        introduction, *before = town.channel()
        reference = await anna.reports(GRAVE)

        assert before == []
        assert town.channel() == [
            introduction,
            DANISH("task.ping", reference=reference, area="Valby"),
        ]

    async def test_of_a_lower_level_is_the_facilitators_alone(
        self, anna: Chat, carl: Chat, sofie: Chat
    ) -> None:
        reference = await anna.reports(REPORT)

        assert reference not in carl.everything() + sofie.everything()

    async def test_about_an_adult_goes_to_ssp_plus(
        self, town: Town, anna: Chat, pia: Chat
    ) -> None:
        """AGE-4."""
        reference = await anna.reports({**GRAVE, "born": "2007-01-01"})

        assert (await town.concern(reference)).owner == pia.person.id
        assert DANISH("task.waiting_title", reference=reference) in pia.last()


async def test_a_second_facilitator_is_told_too(
    town: Town, anna: Chat, bo: Chat, sofie: Chat
) -> None:
    await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, sofie.person))

    reference = await anna.reports(REPORT)

    for facilitator in (bo, sofie):
        assert DANISH("task.waiting_title", reference=reference) in facilitator.last()
