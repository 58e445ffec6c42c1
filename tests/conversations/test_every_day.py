"""Every day: my tasks, my cases, being away, the morning's message, and the leaders' overview."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.concerns import TAKE_UP_WITHIN
from domain.people import Person
from tests.support.case_stories import a_case
from tests.support.chat import Chat, verbs
from tests.support.organisation_changes import with_member_facilitating
from tests.support.reports import NAME, REPORT
from tests.support.town import (
    BO,
    CARL,
    DANISH,
    LARS,
    ORGANISATION,
    SOFIE,
    VALBY_GROUP,
    VANLOESE_GROUP,
    Town,
    uncovered,
)
from usecases.read_duties import duties_of

NIGHT = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)  # Tuesday, before anybody is up
MORNING = datetime(2026, 3, 3, 6, 31, tzinfo=UTC)  # half past seven, and a minute
A_DAY = timedelta(days=1)
GREETED = DANISH("digest.title")


async def reaches(town: Town, moment: datetime) -> None:
    """Let it become that moment, as a clock would: what falls due, and then its post."""
    for minutes in (2, 0, -1):
        await town.passes(moment - timedelta(minutes=minutes) - town.hour.now)


def times_greeted(who: Chat) -> int:
    return who.everything().splitlines().count(GREETED)


class TestMyTasks:
    async def test_are_none_where_nothing_waits(self, sofie: Chat) -> None:
        assert DANISH("duty.none") in await sofie.types("mine opgaver")

    async def test_are_worked_out_from_how_things_stand(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        case = await a_case(town)

        told = await bo.types("mine opgaver")

        waits = DANISH("duty.concern_waiting", reference=f"**{reference}**")
        assert waits in told
        assert DANISH("duty.case_without_lead", reference=f"**{case.reference}**") in told
        assert NAME not in told
        await bo.opens(reference)
        await bo.types(f"tag op {reference}")
        assert waits not in await bo.types("mine opgaver")

    async def test_keep_a_concern_in_view_until_it_is_in_a_case(
        self, anna: Chat, bo: Chat
    ) -> None:
        """CON-8: taken up is not acted on; it stays on the agenda too."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.types(f"tag op {reference}")

        bold = f"**{reference}**"
        assert DANISH("duty.concern_without_case", reference=bold) in await bo.types(
            "mine opgaver"
        )
        assert reference in await bo.types("dagsorden")

    async def test_say_what_is_late(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await town.passes(TAKE_UP_WITHIN + A_DAY)

        told = await bo.types("mine opgaver")

        what = DANISH("duty.concern_overdue", reference=f"**{reference}**")
        due = DANISH.day(date(2026, 3, 16))
        assert DANISH("duty.late", what=what, date=due) in told

    async def test_open_by_their_buttons(self, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.types("mine opgaver")
        assert "concern.open" in verbs(bo.card(bo.messages()[-1]))

        told = await bo.presses("concern.open")

        assert DANISH("relation.title", reference=reference) in told

    async def test_do_not_show_what_somebody_is_recused_from(self, town: Town, bo: Chat) -> None:
        """INH-3: not even as a number."""
        case = await a_case(town)
        async with town.remembers() as tx:
            await tx.relations.recuse(case.id, BO.id, "self", town.hour.now, key=str(case.subject))

        assert DANISH("duty.none") in await bo.types("mine opgaver")
        assert case.reference not in await bo.types("mine sager")

    async def test_name_the_forms_that_were_begun(self, bo: Chat) -> None:
        await bo.types("bekymring")

        assert DANISH("duty.begun", count=1) in await bo.types("mine opgaver")


class TestMyCases:
    async def test_are_those_one_leads_and_those_of_ones_group(
        self, town: Town, sofie: Chat
    ) -> None:
        led = await a_case(town, lead=SOFIE.id)
        other = await a_case(town, name="Sif Lyngager")
        elsewhere = await a_case(town, name="Bo Ellemose", group=VANLOESE_GROUP.code)

        told = await sofie.types("mine sager")

        first, _, rest = told.partition(DANISH("my_cases.others"))
        assert led.reference in first
        assert other.reference in rest
        assert elsewhere.reference not in told
        assert "Myrekær" not in told
        assert "Valby" in told

    @pytest.mark.parametrize("person", ["helle", "line", "dorte"])
    async def test_are_nobodys_who_sits_in_no_group(self, town: Town, person: str) -> None:
        case = await a_case(town)
        [who] = [each for each in ORGANISATION.people if each.id == person]

        told = await town.chat(who).types("mine sager")

        assert DANISH("my_cases.none") in told
        assert case.reference not in told


class TestBeingAway:
    async def test_passes_new_concerns_to_a_colleague_who_is_there(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, SOFIE))
        await bo.types("fravær")
        await bo.fills({"from_on": "2026-03-02", "to_on": "2026-03-06"})

        reference = await anna.reports(REPORT)
        assert (await town.concern(reference)).owner == SOFIE.id

        await bo.types("fravær slut")
        reference = await anna.reports(REPORT)
        assert (await town.concern(reference)).owner == BO.id

    async def test_is_noted_by_keyboard_in_two_answers(self, bo: Chat) -> None:
        asked = await bo.types("fravær")
        assert DANISH("absence.step.days_intro") in asked
        assert DANISH("absence.to_on.label") in await bo.types("i morgen")

        told = await bo.types("09.03.2026")

        assert DANISH("absence.done_title") in told
        since, until = DANISH.day(date(2026, 3, 3)), DANISH.day(date(2026, 3, 9))
        noted = DANISH("absence.noted", since=since, until=until)
        assert noted in told
        assert noted in await bo.types("fravær")

    @pytest.mark.parametrize(
        ("since", "until", "told"),
        [
            ("2026-03-09", "2026-03-03", "rule.absence.backwards"),
            ("2026-03-01", "2026-03-03", "rule.date.past"),
            ("2026-03-03", "2027-12-24", "rule.absence.long"),
        ],
    )
    async def test_takes_only_days_to_come_and_in_order(
        self, bo: Chat, since: str, until: str, told: str
    ) -> None:
        await bo.types("fravær")

        assert DANISH(told) in await bo.fills({"from_on": since, "to_on": until})
        assert since in str(bo.form())

    async def test_of_a_lead_is_told_to_the_facilitator_without_a_name(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        case = await a_case(town, lead=SOFIE.id)
        await sofie.types("fravær")

        await sofie.fills({"from_on": "2026-03-03", "to_on": "2026-03-06"})

        assert DANISH("lead_away.title", reference=case.reference) in bo.last()
        assert SOFIE.name not in bo.last()

    async def test_that_nobody_noted_cannot_end(self, bo: Chat) -> None:
        assert DANISH("absence.none_title") in await bo.types("fravær slut")


class TestTheMorning:
    async def test_says_how_much_waits_and_not_what(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        case = await a_case(town)

        await reaches(town, MORNING)

        [greeting] = [words for each in bo.messages() if GREETED in (words := bo.reads(each))]
        async with town.remembers() as tx:
            waiting = await duties_of(tx, BO, now=town.hour.now)
        assert len(waiting) >= 2
        assert DANISH("digest.body", count=len(waiting)) in greeting
        for word in (reference, case.reference, NAME, "Valby"):
            assert word not in greeting
        assert DANISH("duty.title") in await bo.presses("duty.mine")

    async def test_says_nothing_where_nothing_waits(self, town: Town, sofie: Chat) -> None:
        await reaches(town, MORNING)

        assert times_greeted(sofie) == 0

    async def test_greets_once_a_working_day(self, town: Town, bo: Chat) -> None:
        await a_case(town)
        for day in range(6):  # Tuesday to Sunday
            await reaches(town, MORNING + day * A_DAY)

        assert times_greeted(bo) == 4

    async def test_is_quiet_for_who_is_away_or_wants_no_reminders(
        self, town: Town, bo: Chat
    ) -> None:
        await a_case(town)
        await bo.types("fravær")
        await bo.fills({"from_on": "2026-03-02", "to_on": "2026-03-03"})
        await reaches(town, MORNING)
        await bo.types("pause påmindelser")
        await reaches(town, MORNING + A_DAY)
        assert times_greeted(bo) == 0

        await bo.types("genoptag påmindelser")
        await reaches(town, MORNING + 2 * A_DAY)
        assert times_greeted(bo) == 1

    async def test_is_quiet_for_who_is_no_longer_covered(self, town: Town, bo: Chat) -> None:
        await a_case(town)
        async with town.remembers() as tx:
            await tx.people.save(uncovered(BO))

        await reaches(town, MORNING)

        assert times_greeted(bo) == 0


class TestTheOverview:
    async def test_is_of_ones_own_areas_and_hides_what_is_few(self, town: Town) -> None:
        """CASE-12, STAT-3."""
        for number in range(6):
            await a_case(town, level=2, name=f"Nummer {'ABCDEF'[number]}myr")
        await a_case(town, level=4, name="Ene Alene")

        told = await town.chat(LARS).types("overblik")

        where = DANISH("overview.where", area="**Valby**", level=DANISH("overview.level", level=2))
        few = DANISH("overview.too_few")
        row = DANISH("overview.row", where=where, count=6, days=few, overdue=0)
        assert row in told
        alone = DANISH("overview.where", area="**Valby**", level=DANISH("overview.level", level=4))
        assert DANISH("overview.hidden", where=alone) in told
        assert "2026-00" not in told

    @pytest.mark.parametrize("person", [BO, CARL], ids=lambda each: each.id)
    async def test_is_for_leaders_only(self, town: Town, person: Person) -> None:
        assert DANISH("rule.overview.for_leaders") in await town.chat(person).types("overblik")


class TestHelp:
    async def test_lists_what_somebody_has_a_use_for(
        self, anna: Chat, bo: Chat, town: Town
    ) -> None:
        line = {key: DANISH(f"help.{key}") for key in ("duties", "overview")}
        reporter, facilitator = await anna.types("hjælp"), await bo.types("hjælp")
        leader = await town.chat(LARS).types("hjælp")

        assert [line["duties"] in told for told in (reporter, facilitator)] == [False, True]
        assert [line["overview"] in told for told in (facilitator, leader)] == [False, True]

    async def test_lists_what_can_be_typed_with_a_number(self, bo: Chat) -> None:
        told = await bo.types("hjælp sag")

        assert f"**niveau 2026-0001** · {DANISH('button.case.set_level')}" in told
        assert DANISH("help.with_rights") in told
        assert "**åbn B2026-0001**" in await bo.types("hjælp bekymring")
        assert "G2026-0001" in await bo.types("hjælp gruppe")
