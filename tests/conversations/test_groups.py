"""A concern group from its first day to its last, and what may not be said of it (GRP-1 to 5)."""

from datetime import timedelta

import pytest

from tests.support.case_stories import a_case
from tests.support.chat import Chat, data_of
from tests.support.groups import (
    BEGUN,
    IN_VALBY,
    SCREENED,
    SOURCE,
    STORM,
    a_group,
    a_member,
    adds,
    begins,
    fills_in,
    sees_members,
)
from tests.support.town import ANNA, CARL, DANISH, DORTE, Town
from tests.support.townspeople import LARS, LINE

G = "G2026-0001"
LOOK_AGAIN = DANISH("duty.group_review", reference=f"**{G}**")


class TestBeginningOne:
    async def test_by_cards_tells_the_facilitators_of_its_other_areas(
        self, town: Town, bo: Chat, eva: Chat
    ) -> None:
        """GRP-6: each coordination group sees the general part; the notice has no word of it."""
        told = await begins(bo)
        await town.passes(timedelta(minutes=1))

        assert DANISH("groups.begun_title", reference=G) in told
        assert DANISH("groups.shared_title", reference=G) in eva.last()
        assert BEGUN["alias"] not in eva.everything()
        assert BEGUN["behaviour"] in await eva.presses("group.open")

    async def test_by_keyboard_is_the_same(self, bo: Chat) -> None:
        await bo.types("ny gruppe")
        for said in (BEGUN["alias"], "nej", "Valby, Vanløse", BEGUN["behaviour"], "13.04.2026"):
            await bo.types(said)

        told = await bo.types("send")

        assert DANISH("groups.begun_title", reference=G) in told
        read = await bo.types(f"gruppe {G}")
        for words in (BEGUN["alias"], BEGUN["behaviour"], "Valby, Vanløse", "13. april 2026"):
            assert words in read

    async def test_is_for_facilitators(self, town: Town) -> None:
        """domain.md §14.2, D13."""
        for person in (CARL, LINE, LARS, DORTE, ANNA):
            told = await town.chat(person).types("ny gruppe")
            assert DANISH("refusal.title") in told, person.id

    async def test_needs_an_area_of_ones_own(self, bo: Chat) -> None:
        told = await begins(bo, {**BEGUN, "areas": "VAN"})

        assert DANISH("rule.group.area_not_yours") in told
        assert DANISH("groups.none") in await bo.types("grupper")

    @pytest.mark.parametrize(
        ("alias", "code"),
        [
            ("Emils venner", "alias_name"),
            ("Dem om Carl Dybdahl", "alias_name"),
            ("Somalierne ved stationen", "alias_background"),
        ],
    )
    async def test_takes_no_name_that_says_who_they_are(
        self, bo: Chat, alias: str, code: str
    ) -> None:
        """GRP-5: no person's name, no ethnicity, no religion."""
        await bo.types("ny gruppe")

        told = await bo.fills({**BEGUN, "alias": alias})

        assert DANISH(f"rule.group.{code}") in told

    async def test_tells_of_no_case_that_is_out_of_reach_by_refusing_a_name(
        self, town: Town, bo: Chat, eva: Chat
    ) -> None:
        """AC-AZ-09, invariant 2: refused is what the one who writes could have searched for."""
        case = await a_case(town, name="Storm Klitfjord")
        async with town.remembers() as tx:
            await tx.subjects.reindex(case.subject)
        alias = {**BEGUN, "alias": "Dem ved Storm Klitfjord"}

        assert DANISH("rule.group.alias_name") in await begins(bo, alias)
        assert DANISH("groups.begun_title", reference=G) in await begins(eva, alias)

    async def test_takes_no_colleagues_name(self, bo: Chat) -> None:
        """GRP-5: a name that no list of given names has is found in the register."""
        told = await begins(bo, {**BEGUN, "alias": "Bodil-gruppen ved Havrelygte"})
        assert DANISH("groups.begun_title", reference=G) in told

        told = await begins(bo, {**BEGUN, "alias": "Dem ved Bo Havrelygte"})

        assert DANISH("rule.group.alias_name") in told

    async def test_takes_no_words_about_one_person(self, bo: Chat) -> None:
        """S115-9: what leaders and local committees read has no person's data in it."""
        await bo.types("ny gruppe")

        told = await bo.fills({**BEGUN, "behaviour": "Den ene kan nås på 12 34 56 78 hver dag."})

        assert DANISH("rule.group.not_person_free") in told


class TestScreeningIt:
    async def test_says_everything_a_screening_looks_at(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """GRP-2, GRP-5: the whole, its dynamics, where, measures each with what becomes of it."""
        await a_group(town)
        await bo.types(f"screening {G}")
        told = await fills_in(bo, SCREENED)

        read = await sofie.types(f"gruppe {G}")

        assert DANISH("groups.screened_title", reference=G) in told
        for key in SCREENED.keys() - {"known", "areas", "review_on", "participants"}:
            assert SCREENED[key] in read, key
        assert "Gadeplan, SOF; Nærpolitiet" in read
        for verdict in ("keep", "change", "stop", "add"):
            assert DANISH(f"groups.verdict_{verdict}") in read
        for target in ("individual", "part", "whole"):
            assert DANISH(f"groups.target_{target}") in read

    async def test_again_begins_with_what_was_said_last(self, town: Town, bo: Chat) -> None:
        await a_group(town)
        await bo.types(f"screening {G}")
        await fills_in(bo, SCREENED)

        await bo.types(f"screening {G}")
        again = str(bo.form())

        assert SCREENED["dynamics"] in again
        assert SCREENED["alias"] in again

    async def test_tells_who_facilitates_in_an_area_that_is_new(
        self, town: Town, bo: Chat, eva: Chat
    ) -> None:
        await a_group(town)
        assert DANISH("rule.group.not_found") in await eva.types(f"gruppe {G}")
        await bo.types(f"screening {G}")

        await fills_in(bo, SCREENED)
        await town.passes(timedelta(minutes=1))

        assert DANISH("groups.shared_title", reference=G) in eva.last()

    async def test_may_not_name_somebody_who_is_in_it(self, town: Town, bo: Chat) -> None:
        await a_member(town, await a_group(town))
        await bo.types(f"screening {G}")

        told = await fills_in(bo, {**SCREENED, "dynamics": f"{STORM} fører an."})

        assert DANISH("rule.group.not_person_free") in told

    async def test_on_what_has_changed_meanwhile_writes_nothing(
        self, town: Town, bo: Chat
    ) -> None:
        """AC-CARD-04: the one who looked first is told, and may look again."""
        group = await a_group(town)
        await bo.types(f"screening {G}")
        await bo.fills(SCREENED)
        await a_member(town, group)

        told = await bo.presses("form.send")

        assert DANISH("rule.group.moved_on") in told
        assert SCREENED["dynamics"] not in await bo.types(f"gruppe {G}")


class TestItsNextLook:
    async def test_is_a_duty_and_a_notice_on_that_day(self, town: Town, bo: Chat) -> None:
        """GRP-5: the next review."""
        await a_group(town)
        assert LOOK_AGAIN not in await bo.types("mine opgaver")

        await town.passes(timedelta(days=42))
        await town.passes(timedelta(minutes=1))

        told = bo.everything()
        assert DANISH("groups.review_title", reference=G) in told
        assert BEGUN["alias"] not in told
        assert LOOK_AGAIN in await bo.types("mine opgaver")

    async def test_is_told_once_for_each_day_it_is_set_to(self, town: Town, bo: Chat) -> None:
        await a_group(town)
        await town.passes(timedelta(days=42))
        await town.passes(timedelta(days=3))

        assert bo.everything().count(DANISH("groups.review_title", reference=G)) == 1

    async def test_is_over_when_it_has_been_screened_again(self, town: Town, bo: Chat) -> None:
        await a_group(town)
        await town.passes(timedelta(days=42))
        await bo.types(f"screening {G}")

        await fills_in(bo, {**SCREENED, "review_on": "2026-06-01"})

        assert LOOK_AGAIN not in await bo.types("mine opgaver")


class TestEndingIt:
    async def test_leaves_nothing_to_do(self, town: Town, bo: Chat, eva: Chat) -> None:
        await a_group(town, "VAL", "VAN")
        await bo.types(f"afslut gruppe {G}")

        told = await bo.presses("form.next", reason="De mødes ikke mere.")
        await town.passes(timedelta(days=42))

        assert DANISH("group_end.done_title") in told
        assert DANISH("groups.none") in await bo.types("grupper")
        assert LOOK_AGAIN not in await bo.types("mine opgaver")
        assert DANISH("groups.review_title", reference=G) not in eva.everything()
        assert DANISH("groups.state_ended") in await bo.types(f"gruppe {G}")

    async def test_lets_nothing_be_changed_from_an_old_card(self, town: Town, bo: Chat) -> None:
        await a_group(town)
        await bo.types(f"gruppe {G}")
        card = bo.card(bo.card_with("group.screen"))
        await bo.types(f"afslut gruppe {G}")
        await bo.presses("form.next", reason="De mødes ikke mere.")

        await bo.presses_on(card, "group.screen")
        told = await fills_in(bo, SCREENED)

        assert DANISH("rule.group.ended") in told


class TestAMember:
    async def test_passes_a_gate_of_their_own(self, town: Town, bo: Chat, sofie: Chat) -> None:
        """GRP-6, S115-8."""
        await a_group(town)

        told = await adds(bo, G, IN_VALBY)

        assert DANISH("member.done_title") in told
        await sees_members(sofie, G)
        read = await sofie.types(f"medlem {G} 1")
        for words in (STORM, SOURCE, DANISH("members.role.dominant"), "20. februar 2026"):
            assert words in read

    @pytest.mark.parametrize("condition", ["c1", "c2", "c3"])
    async def test_is_not_written_down_where_a_condition_fails(
        self, town: Town, bo: Chat, condition: str
    ) -> None:
        """S115-8: any false, and nothing is shared."""
        await a_group(town)

        told = await adds(bo, G, {**IN_VALBY, condition: "no"})

        assert DANISH("gate.shut_title") in told
        assert DANISH("members.none") in await bo.types(f"medlemmer {G}")

    async def test_may_not_be_who_the_name_of_the_group_says(self, town: Town, bo: Chat) -> None:
        """GRP-5."""
        await a_group(town, alias="Klitfjord-banden ved Storm Klitfjord")

        told = await adds(bo, G, IN_VALBY)

        assert DANISH("rule.group.names_member") in told

    async def test_of_another_area_is_for_another_to_add(
        self, town: Town, bo: Chat, eva: Chat
    ) -> None:
        await a_group(town, "VAL", "VAN")
        await bo.types(f"tilføj medlem {G}")
        form = data_of(bo.form(), "form.next")

        told = await bo.forges(
            "form.next", {**form, **{k: IN_VALBY[k] for k in WHO}, "area": "VAN"}
        )

        assert DANISH("rule.field.not_an_option") in told
        await eva.types(f"tilføj medlem {G}")
        assert "Vanløse" in eva.last()


WHO = ("name", "born", "role", "source", "noted_on")
