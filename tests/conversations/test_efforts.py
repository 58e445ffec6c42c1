"""Efforts and the pool: applied for, assessed, approved, evaluated, settled (domain.md §11)."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.efforts import POOL, EffortKind
from domain.money import in_kroner
from domain.people import Person
from tests.support.chat import Chat, data_of, verbs
from tests.support.efforts import (
    FORM,
    LEARNED,
    NUMBER,
    PURPOSE,
    REASON,
    an_approved,
    an_assessed,
    an_effort,
    applies,
)
from tests.support.town import ANNA, DANISH, DORTE, HELLE, HENRIETTE, LARS, LINE, Town

A_MINUTE = timedelta(minutes=1)
WORDS = "God idé, og hallen står tom."
DURING = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 6, 0, tzinfo=UTC)


def told(what: str, **facts: object) -> str:
    return DANISH(f"efforts.{what}", reference=NUMBER, **facts)


async def reaches(town: Town, moment: datetime) -> None:
    await town.passes(moment - town.hour.now)
    await town.passes(A_MINUTE)


class TestApplying:
    async def test_by_cards_goes_to_the_secretariat(self, town: Town, anna: Chat) -> None:
        """EFF-1, EFF-4, EFF-6: with a lead and a contact; the notice has no word of it."""
        said = await applies(anna)
        await town.passes(A_MINUTE)
        dorte = town.chat(DORTE)

        assert told("sent_title") in said
        assert told("told_applied_title") in dorte.last()
        assert FORM["title"] not in dorte.everything()
        read = await dorte.types(f"indsats {NUMBER}")
        for words in (PURPOSE, REASON, "12.500 kr.", "Valby", LARS.name, ANNA.name):
            assert words in read

    async def test_by_keyboard_is_the_same(self, anna: Chat) -> None:
        """EFF-5: a local effort that says why it is worth doing is taken."""
        await anna.types("indsats")
        for key in (
            *("title", "kind", "areas", "purpose"),
            *("parties", "together", "relevant", "reason", "knowledge"),
            *("amount", "lead", "contact", "from_on", "to_on", "during_on", "end_on"),
        ):
            typed = {"areas": "Valby", "kind": "Lokal", "relevant": "nej", "parties": "1, 2"}
            await anna.types(typed.get(key, FORM[key]))

        assert told("sent_title") in await anna.types("send")

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"parties": "BUF"}, "effort.two_parties"),
            ({"to_on": "2026-03-20"}, "effort.backwards"),
            ({"during_on": "2026-07-01"}, "effort.evaluate_during"),
            ({"end_on": "2026-06-01"}, "effort.evaluate_after"),
            ({"lead": LARS.id}, "effort.same_person"),
            ({"amount": "tolv tusind"}, "money.format"),
            ({"purpose": "Vi hjælper 040511-4321 med at komme i gang."}, "field.cpr"),
        ],
    )
    async def test_says_what_does_not_go_together(
        self, anna: Chat, changed: dict[str, str], code: str
    ) -> None:
        """EFF-4, EFF-6, EFF-7: at least two parties, two people who answer for it, an amount."""
        await anna.types("indsats")
        said = await anna.fills({**FORM, **changed})

        assert DANISH(f"rule.{code}") in said
        assert DANISH("efforts.none") in await anna.types("indsatser")

    async def test_of_areas_that_no_leader_group_serves_says_so(self, anna: Chat) -> None:
        said = await applies(anna, {**FORM, "areas": "VAN"})

        assert DANISH("rule.effort.contact_elsewhere") in said

    async def test_can_be_taken_back(self, town: Town, anna: Chat) -> None:
        await an_effort(town)
        await anna.types(f"indsats {NUMBER}")

        assert told("withdrawn_title") in await anna.presses("effort.withdraw")
        assert DANISH("rule.effort.decided") in await anna.types(f"træk tilbage {NUMBER}")

    async def test_is_not_for_whom_is_not_covered(self, town: Town) -> None:
        assert DANISH("refusal.title") in await town.chat(HELLE).types("indsats")


class TestDeciding:
    async def test_comes_after_the_assessment(self, town: Town) -> None:
        """EFF-4, EFF-5: the Secretariat says yes or no to two criteria and reasons the third."""
        await an_effort(town)
        lars, dorte = town.chat(LARS), town.chat(DORTE)

        assert DANISH("rule.effort.not_assessed") in await lars.types(f"godkend {NUMBER}")
        await dorte.types(f"vurdér {NUMBER}")
        said = await dorte.presses("form.next", parties="yes", relevant="no", words=WORDS)
        await town.passes(A_MINUTE)

        assert DANISH("effort_assess.done_title") in said
        assert told("told_assessed_title") in lars.last()
        read = await lars.presses("effort.open")
        assert WORDS in read
        assert DANISH("efforts.not_refused") in read

    async def test_of_a_local_one_is_for_the_leader_group(self, town: Town, anna: Chat) -> None:
        """EFF-1: approved by LG; its amount is reserved (EFF-7), and those concerned are told."""
        await an_assessed(town)
        lars, line = town.chat(LARS), town.chat(LINE)
        await lars.types(f"indsats {NUMBER}")

        said = await lars.presses("effort.approve")
        await town.passes(A_MINUTE)

        assert told("approved_title") in said
        assert told("told_decided_title") in anna.last()
        assert told("told_decided_title") in line.last()
        left = DANISH("efforts.pool", year=2026, amount="300.000 kr.", left="287.500 kr.")
        assert left in await lars.types("indsatser")

    async def test_of_a_city_wide_one_is_for_the_secretariat(self, town: Town) -> None:
        """EFF-1."""
        await an_assessed(town, kind=EffortKind.CITY_WIDE)

        said = await town.chat(LARS).types(f"godkend {NUMBER}")
        assert DANISH("rule.effort.not_found") in said
        assert told("approved_title") in await town.chat(DORTE).types(f"godkend {NUMBER}")

    async def test_is_never_about_ones_own(self, town: Town) -> None:
        await an_assessed(town, by=LARS)

        assert DANISH("rule.effort.own") in await town.chat(LARS).types(f"godkend {NUMBER}")

    async def test_may_be_a_refusal_with_its_reason(self, town: Town, anna: Chat) -> None:
        await an_assessed(town)
        lars = town.chat(LARS)
        await lars.types(f"afslå {NUMBER}")

        said = await lars.presses("form.next", reason=WORDS)
        await town.passes(A_MINUTE)

        assert DANISH("effort_refuse.done_title") in said
        assert told("told_refused_title") in anna.last()
        assert WORDS not in anna.everything()
        assert WORDS in await anna.presses("effort.open")

    async def test_of_what_has_changed_since_is_taken_anew(self, town: Town) -> None:
        """AC-CARD-04."""
        effort = await an_assessed(town)
        lars, dorte = town.chat(LARS), town.chat(DORTE)
        await lars.types(f"indsats {NUMBER}")
        await dorte.types(f"vurdér {NUMBER}")
        await dorte.presses("form.next", parties="no", relevant="no", words=WORDS)

        assert DANISH("rule.effort.moved_on") in await lars.presses("effort.approve")
        assert effort.state == "assessed"


class TestThePool:
    async def test_is_never_overdrawn_without_its_head(self, town: Town) -> None:
        """EFF-3, EFF-7: reservations stop at what is left, until the head says otherwise."""
        await an_approved(town, amount=POOL - 10_000_00)
        await an_assessed(town)
        second = "I2026-0002"
        lars, head, dorte = (town.chat(each) for each in (LARS, HENRIETTE, DORTE))

        refused = DANISH("rule.effort.beyond_pool", left="10.000 kr.")
        assert refused in await lars.types(f"godkend {second}")
        assert DANISH("rule.effort.not_found") in await dorte.types(f"overskrid {second}")
        await head.types(f"indsats {second}")
        await head.presses("effort.override")
        await head.presses("form.next", reason=WORDS)
        assert told("approved_title").replace(NUMBER, second) in await lars.types(
            f"godkend {second}"
        )
        left = DANISH("efforts.pool", year=2026, amount=in_kroner(POOL), left="-2.500 kr.")
        assert left in await head.types("indsatser")

    async def test_of_a_year_is_set_by_the_head(self, town: Town) -> None:
        """EFF-3, EFF-7: a row for each calendar year; nobody else sets it."""
        head = town.chat(HENRIETTE)
        await head.types("pulje")

        said = await head.presses("form.next", year="this", amount="350.000,50")

        assert DANISH("pool.done_body", year=2026, amount="350.000,50 kr.") in said
        assert "350.000,50 kr." in await head.types("indsatser")
        assert DANISH("refusal.title") in await town.chat(DORTE).types("pulje")

    async def test_gets_back_what_was_not_spent(self, town: Town) -> None:
        """EFF-6: the lead and the contact settle it."""
        await an_approved(town)
        line = town.chat(LINE)
        await line.types(f"afregn {NUMBER}")

        too_much = await line.presses("form.next", spent="12.500,01", words=WORDS)
        said = await line.presses("form.next", spent="10.000", words=WORDS)

        assert DANISH("rule.effort.beyond_amount", amount="12.500 kr.") in too_much
        assert DANISH("effort_settle.done_title") in said
        assert "290.000 kr." in await town.chat(LARS).types("indsatser")
        assert DANISH("rule.effort.settled") in await _settles(line)


async def _settles(who: Chat) -> str:
    await who.types(f"afregn {NUMBER}")
    return await who.presses("form.next", spent="1", words=WORDS)


class TestEvaluating:
    async def test_is_asked_for_until_it_is_done(self, town: Town) -> None:
        """EFF-1: during the effort and at its end; each week, and no longer than needed."""
        await an_approved(town)
        line, lars = town.chat(LINE), town.chat(LARS)
        title = told("told_due_title")

        def asked(who: Chat) -> int:
            return who.everything().splitlines().count(title)

        await reaches(town, DURING - timedelta(days=1))
        assert asked(line) == asked(lars) == 0
        await reaches(town, DURING)
        assert asked(line) == asked(lars) == 1
        await reaches(town, DURING + timedelta(days=3))
        assert asked(line) == 1
        await reaches(town, DURING + timedelta(days=7))
        assert asked(line) == 2
        waiting = DANISH("duty.effort_to_evaluate", reference=f"**{NUMBER}**")
        assert waiting in await line.types("mine opgaver")
        await _evaluates(line, "during")
        await reaches(town, DURING + timedelta(days=14))
        assert asked(line) == 2
        assert waiting not in await line.types("mine opgaver")

    async def test_at_the_end_waits_until_it_is_over(self, town: Town) -> None:
        """EFF-1."""
        await an_approved(town)
        line = town.chat(LINE)

        assert DANISH("rule.effort.not_over") in await _evaluates(line, "end")
        await reaches(town, AFTER)
        await line.types("annullér")
        await line.types("ja")
        assert DANISH("effort_evaluate.done_title") in await _evaluates(line, "end")
        read = await town.chat(LARS).types(f"indsats {NUMBER}")
        assert LEARNED in read
        assert DANISH("efforts.due_settle") in read


async def _evaluates(who: Chat, stage: str) -> str:
    await who.types(f"evaluér {NUMBER}")
    return await who.presses("form.next", stage=stage, words=LEARNED)


class TestWhoSeesIt:
    @pytest.mark.parametrize("person", [ANNA, LINE, LARS, DORTE, HENRIETTE])
    async def test_is_who_has_to_do_with_it(self, town: Town, person: Person) -> None:
        await an_effort(town)

        assert NUMBER in await town.chat(person).types("indsatser")

    async def test_is_nobody_else(self, town: Town, bo: Chat) -> None:
        effort = await an_effort(town)
        said = await bo.forges("effort.open", {"effort": str(effort.id), "version": 1})

        assert DANISH("rule.effort.not_found") in said
        assert DANISH("efforts.none") in await bo.types("indsatser")

    async def test_and_only_what_they_may_do_is_offered(self, town: Town, anna: Chat) -> None:
        await an_assessed(town)
        await anna.types(f"indsats {NUMBER}")
        lars = town.chat(LARS)
        await lars.types(f"indsats {NUMBER}")

        own = verbs(anna.card(anna.card_with("effort.withdraw")))
        assert {each for each in own if each.startswith("effort.")} == {"effort.withdraw"}
        assert {"effort.approve", "effort.refuse"} <= verbs(
            lars.card(lars.card_with("effort.approve"))
        )
        assert data_of(lars.card(lars.card_with("effort.approve")), "effort.approve").keys() == {
            "effort",
            "version",
        }
