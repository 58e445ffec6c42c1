"""Somebody is brought into a case for a time, through the gate: CASE-7, CASE-8, S115-8."""

from collections.abc import Mapping
from datetime import timedelta

from domain.grants import GrantKind
from domain.journal import Note
from domain.records import RecordKind
from tests.support.case_stories import (
    CONFIDED,
    NAME,
    a_case,
    asks_to_close,
    is_near,
    opens,
    ready_to_close,
)
from tests.support.chat import Chat, verbs
from tests.support.legal_stories import (
    AD_HOC,
    ESCALATED,
    HEIGHTENED,
    NECESSARY,
    OFFENCE,
    OPEN,
    SHUT,
    TASK,
    brings_in,
    escalates,
    grants_of,
    noted,
    recorded,
    wrote,
)
from tests.support.town import DANISH, GRETE, HELLE, LARS, LINE, Town

NOT_FOUND = DANISH("rule.case.not_found")
SECOND = timedelta(seconds=1)


class TestSomebodyWhoKnowsTheYoungPerson:
    async def test_is_told_by_number_only_and_reads_what_was_ticked(
        self, town: Town, bo: Chat
    ) -> None:
        """CASE-7, AC-OUT-05."""
        case = await a_case(town, level=2)
        await wrote(town, case)
        line = town.chat(LINE)
        assert NOT_FOUND in await line.types(f"sag {case.reference}")
        await opens(bo, case)

        told = await brings_in(bo, case)

        assert DANISH("adhoc.done_title") in told
        letter = line.last()
        assert DANISH("grant.told_ad_hoc_title", reference=case.reference) in letter
        assert not [each for each in (*CONFIDED, TASK) if each in letter]
        read = await opens(line, case)
        assert NAME in read
        assert OFFENCE not in line.everything()
        assert TASK in await line.types(f"hvorfor {case.reference}")
        assert await noted(town, case) == [Note.GATE_PASSED, Note.DISCLOSED]

    async def test_does_not_hear_what_the_group_is_about_to_decide(
        self, town: Town, bo: Chat
    ) -> None:
        """domain.md §14.2: D10 was not ticked."""
        case = await a_case(town)
        line = town.chat(LINE)
        await ready_to_close(town, bo, case)
        await brings_in(bo, case)
        await asks_to_close(bo, case)

        waits = DANISH("case.waits_for_close_case")
        assert waits in await bo.types(f"sag {case.reference}")
        assert waits not in await opens(line, case)

    async def test_is_asked_about_a_near_relation_first(self, town: Town, bo: Chat) -> None:
        """INH-2: on being added."""
        case = await a_case(town)
        await opens(bo, case)
        await brings_in(bo, case)

        asked = await town.chat(LINE).types(f"sag {case.reference}")

        assert DANISH("relation.title", reference=case.reference) in asked

    async def test_reads_no_more_to_the_second(self, town: Town, bo: Chat) -> None:
        """AC-AZ-07: the grant ends exactly when it said."""
        case = await a_case(town)
        line = town.chat(LINE)
        await opens(bo, case)
        await brings_in(bo, case, {**AD_HOC, "days": "3"})
        [grant] = await grants_of(town, case)
        assert grant.expires_at - grant.begins_at == timedelta(days=3)

        town.hour.now = grant.expires_at - SECOND
        assert NAME in await opens(line, case)
        town.hour.now = grant.expires_at
        assert NOT_FOUND in await line.types(f"sag {case.reference}")

    async def test_has_fourteen_days_unless_others_are_said(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await opens(bo, case)
        await brings_in(bo, case)

        [grant] = await grants_of(town, case)

        assert grant.expires_at - grant.begins_at == timedelta(days=14)

    async def test_can_be_sent_away_before(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        line = town.chat(LINE)
        await opens(bo, case)
        await brings_in(bo, case)
        await opens(line, case)

        await bo.types(f"adgange {case.reference}")
        left = await bo.presses("grant.end")

        assert DANISH("grant.none") in left
        assert DANISH("grant.ended_title", reference=case.reference) in line.last()
        assert NOT_FOUND in await line.types(f"sag {case.reference}")

    async def test_is_somebody_covered_and_not_recused(self, town: Town, bo: Chat) -> None:
        """CASE-7, S115-9."""
        case = await a_case(town)
        await is_near(town, LINE, case)
        await opens(bo, case)
        other = {**AD_HOC, "who": "other"}

        helle = await brings_in(bo, case, {**other, "other": HELLE.name})
        await bo.presses("form.correct", step="who")
        await bo.presses("form.next", **{**_first(other), "other": LINE.name})
        line = await bo.presses("form.send")

        assert DANISH("rule.grant.not_covered") in helle
        assert DANISH("rule.grant.recused") in line
        assert await grants_of(town, case) == []

    async def test_can_be_named_who_is_not_near_at_hand(self, town: Town, bo: Chat) -> None:
        case = await a_case(town)
        await opens(bo, case)

        await brings_in(bo, case, {**AD_HOC, "who": "other", "other": GRETE.email})

        assert [grant.person for grant in await grants_of(town, case)] == ["grete"]

    async def test_reads_offences_where_the_gate_names_them(self, town: Town, bo: Chat) -> None:
        """§14.2: D5 only if the gate names it."""
        case = await a_case(town)
        await opens(bo, case)
        await brings_in(bo, case, {**AD_HOC, "classes": "D2,D5"})

        [grant] = await grants_of(town, case)

        assert sorted(grant.classes) == ["D1", "D2", "D5"]

    async def test_reads_what_is_sensitive_only_by_a_stricter_judgement(
        self, town: Town, bo: Chat
    ) -> None:
        """S115-3, domain.md §15.10."""
        case = await a_case(town)
        await opens(bo, case)
        refused = await brings_in(bo, case, {**AD_HOC, "classes": "D2,D6"})
        assert DANISH("rule.grant.sensitive_not_judged") in refused

        await bo.presses("form.correct", step="necessity")
        await bo.presses("form.next", necessity=NECESSARY, sensitive="health")
        await bo.presses("form.next", necessity=NECESSARY, sensitive="health", heightened="kort")
        assert "form.send" not in verbs(bo.form())
        await bo.presses(
            "form.next", necessity=NECESSARY, sensitive="health", heightened=HEIGHTENED
        )
        await bo.presses("form.send")

        [first, second] = await recorded(town, case, RecordKind.GATE)
        kept = {**first.content, **second.content}
        assert kept["heightened_reason"] == HEIGHTENED
        assert kept["sensitive"] == ["health"]


class TestTheGate:
    async def test_that_is_shut_shares_nothing_and_says_why(self, town: Town, bo: Chat) -> None:
        """S115-8: which condition failed, and what to do."""
        case = await a_case(town)
        await opens(bo, case)

        await bo.types(f"inddrag {case.reference}")
        looked_at = await bo.fills({**AD_HOC, **SHUT})
        told = await bo.presses("form.send")

        assert DANISH("gate.will_not_share") in looked_at
        assert DANISH("gate.failed_necessary") in told
        assert await grants_of(town, case) == []
        assert await noted(town, case) == [Note.GATE_FAILED]
        [gate] = await recorded(town, case, RecordKind.GATE)
        assert gate.content["failed"] == ["necessary"]
        assert NOT_FOUND in await town.chat(LINE).types(f"sag {case.reference}")

    async def test_names_recipients_task_and_necessity(self, town: Town, bo: Chat) -> None:
        """S115-11."""
        case = await a_case(town)
        await opens(bo, case)
        await brings_in(bo, case)

        [gate] = await recorded(town, case, RecordKind.GATE)

        assert gate.content["recipients"] == ["line"]
        assert gate.content["task"] == TASK
        assert gate.content["reason"] == NECESSARY
        assert gate.content["purpose"] == "crime_prevention"


class TestALeader:
    async def test_named_reads_the_least_for_a_time(self, town: Town, sofie: Chat) -> None:
        """CASE-8."""
        case = await a_case(town, level=4)
        lars = town.chat(LARS)
        assert NOT_FOUND in await lars.types(f"sag {case.reference}")
        await opens(sofie, case)

        told = await escalates(sofie, case)

        assert DANISH("escalation.done_title") in told
        assert DANISH("grant.told_escalation_title", reference=case.reference) in lars.last()
        assert NAME not in lars.last()
        assert NAME in await opens(lars, case)
        [grant] = await grants_of(town, case)
        assert grant.kind is GrantKind.ESCALATION
        assert await noted(town, case) == [Note.GATE_PASSED, Note.ESCALATED]
        town.hour.now = grant.expires_at
        assert NOT_FOUND in await lars.types(f"sag {case.reference}")

    async def test_is_a_member_of_the_leader_group_and_nobody_else(
        self, town: Town, sofie: Chat
    ) -> None:
        """CASE-8, AC-CARD-07."""
        case = await a_case(town)
        await opens(sofie, case)
        await sofie.types(f"eskalér {case.reference}")

        refused = await sofie.presses(
            "form.next", **{k: v for k, v in ESCALATED.items() if k not in OPEN} | {"to": "grete"}
        )

        assert DANISH("rule.field.not_an_option") in refused
        assert await grants_of(town, case) == []


def _first(answers: Mapping[str, str]) -> dict[str, str]:
    """Give the answers of the form's first card."""
    return {key: answers[key] for key in ("who", "other", "task", "classes") if key in answers}
