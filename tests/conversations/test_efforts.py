"""Efforts and the pool: applied for, assessed and approved (domain.md §11)."""

from datetime import timedelta

import pytest

from domain.efforts import POOL, EffortKind
from domain.money import in_kroner
from domain.people import CommitteeCode, Membership, Person, Seat
from tests.support.chat import Chat, data_of, verbs
from tests.support.efforts import (
    FORM,
    NUMBER,
    PURPOSE,
    REASON,
    an_approved,
    an_assessed,
    an_effort,
    applies,
)
from tests.support.town import (
    ANNA,
    BENTE,
    DANISH,
    DORTE,
    HELLE,
    HENRIETTE,
    LARS,
    LINE,
    Town,
)

A_MINUTE = timedelta(minutes=1)
WORDS = "God idé, og hallen står tom."


def told(what: str, **facts: object) -> str:
    return DANISH(f"efforts.{what}", reference=NUMBER, **facts)


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

    async def test_is_for_another_leader_than_who_carries_it_out(self, town: Town) -> None:
        """EFF-4, EFF-6: Lars is its contact; once the group has another, she decides."""
        await an_assessed(town)
        lars, bente = town.chat(LARS), town.chat(BENTE)
        async with town.remembers() as tx:
            await tx.organisation.seat(
                Membership(
                    committee=CommitteeCode("LG3"),
                    person=BENTE.id,
                    slot="LG.opt",
                    seat=Seat.MEMBER,
                )
            )
        waiting = DANISH("duty.effort_to_decide", reference=f"**{NUMBER}**")

        await lars.types(f"indsats {NUMBER}")
        assert "effort.approve" not in verbs(lars.card(lars.messages()[-1]))
        assert DANISH("rule.effort.own") in await lars.types(f"godkend {NUMBER}")
        assert waiting not in await lars.types("mine opgaver")
        assert waiting in await bente.types("mine opgaver")
        assert told("approved_title") in await bente.types(f"godkend {NUMBER}")

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
