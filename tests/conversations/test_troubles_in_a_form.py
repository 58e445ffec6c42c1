"""What goes wrong while a form is filled in, and how it is put right."""

import pytest

from dialogs.concern_report import CONCERN_REPORT
from dialogs.flow import Step
from domain.drafts import Draft
from localteams import drawn
from tests.support.chat import Chat, data_of, reference_in
from tests.support.reports import NAME, OBSERVED, REPORT, answers_of, draft_of
from tests.support.town import DANISH, Town

UP_TO_THE_PERSON = {key: REPORT[key] for key in ("danger", "notified", "notified_why", "relation")}
UP_TO_THE_CONCERN = {
    key: REPORT[key] for key in (*UP_TO_THE_PERSON, "name", "born", "protected", "area")
} | {"interpreter": "no"}


class TestAWrongAnswer:
    async def test_on_a_card_keeps_everything_and_says_what_to_do(self, anna: Chat) -> None:
        """concern.md §4.1 rule 6."""
        await anna.types("bekymring")
        await anna.fills(UP_TO_THE_PERSON)

        told = await anna.presses("form.next", name=NAME, born="31-31-2011", cpr="12")

        assert DANISH("rule.date.impossible") in told
        assert DANISH("rule.cpr.format") in told
        values = drawn.inputs(anna.form())
        assert values["name"] == NAME
        assert values["born"] == "31-31-2011"

    async def test_typed_asks_again_and_loses_nothing(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(UP_TO_THE_PERSON)
        await anna.types(NAME)
        await anna.types("spring over")

        told = await anna.types("engang i maj")

        assert DANISH("rule.date.format") in told
        assert (await answers_of(town, anna))["name"] == NAME
        assert DANISH("concern.step.about") in await anna.types("4. maj 2011")

    async def test_about_dates_that_do_not_go_together_is_explained(self, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(UP_TO_THE_CONCERN)

        told = await anna.fills({**REPORT, "happened_on": "2010-01-01"})

        assert DANISH("rule.concern.before_birth") in told
        assert OBSERVED in str(anna.form())

    async def test_to_a_condition_of_the_law_stops_it_with_the_draft_kept(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """S115-8: any no, and it is not sent."""
        await anna.types("bekymring")

        told = await anna.fills({**REPORT, "c3": "no"})

        assert DANISH("rule.gate.c3_failed") in told
        assert (await answers_of(town, anna))["observed"] == OBSERVED
        assert DANISH("waiting.none") in await bo.types("nye bekymringer")


class TestAnOutdatedCard:
    async def test_is_answered_with_where_one_really_is(self, town: Town, anna: Chat) -> None:
        """AC-CARD-04: nothing is written."""
        await anna.types("bekymring")
        old = anna.form()
        await anna.fills(UP_TO_THE_PERSON)

        told = await anna.presses_on(old, "form.next", danger="yes", notified="will")

        assert DANISH("rule.draft.moved_on") in told
        assert DANISH("concern.step.person") in told
        assert (await answers_of(town, anna))["danger"] == "no"

    async def test_of_a_deleted_draft_says_so(self, anna: Chat) -> None:
        await anna.types("bekymring")
        old = anna.form()
        await anna.types("annullér")
        await anna.types("ja")

        told = await anna.presses_on(old, "form.next", danger="no")

        assert DANISH("form.gone_text") in told

    async def test_pressed_twice_has_one_effect(self, anna: Chat, bo: Chat) -> None:
        """Two presses of Send, as two devices would: the second is shown the same receipt."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        review = anna.form()

        first = await anna.presses_on(review, "form.send")
        second = await anna.presses_on(review, "form.send")

        assert second == first
        waiting = await bo.types("nye bekymringer")
        assert waiting.count("**") == len(["before", "after"])
        assert reference_in(await anna.types("mine bekymringer")) == reference_in(first)

    @pytest.mark.parametrize("step", ["level_v1", ""])
    async def test_of_an_older_release_leads_to_the_beginning(
        self, town: Town, anna: Chat, step: str
    ) -> None:
        """AC-CARD-09: a step that is no longer known is not a fault."""
        await anna.types("bekymring")
        await anna.fills(UP_TO_THE_PERSON)
        draft = await draft_of(town, anna)
        async with town.remembers() as tx:
            body = {**draft.body, "mood": "from a release long ago"}
            await tx.drafts.save(
                Draft(
                    id=draft.id,
                    owner=draft.owner,
                    flow=draft.flow,
                    step=step,
                    revision=draft.revision,
                    began_at=draft.began_at,
                    body=body,
                )
            )

        told = await anna.types("fortsæt")

        assert DANISH("concern.step.safety") in told
        assert (await answers_of(town, anna))["danger"] == "no"


class TestWhatIsSentAlong:
    EXTRAS = (
        "level",
        "state",
        "status",
        "owner",
        "authority",
        "recused",
        "role",
        "userId",
        "reporter",
        "adult",
        "about_concern",
        "step",
    )

    @pytest.mark.parametrize("extra", EXTRAS)
    async def test_that_the_card_did_not_ask_for_is_refused(
        self, town: Town, anna: Chat, extra: str
    ) -> None:
        """AC-CARD-03: also what another step asks for."""
        await anna.types("bekymring")
        data = data_of(anna.form(), "form.next")

        told = await anna.forges("form.next", {**data, **UP_TO_THE_PERSON, extra: "4"})

        assert DANISH("rule.press.not_ours") in told
        assert await answers_of(town, anna) == {}

    @pytest.mark.parametrize("value", [["no"], {"no": "no"}, 1, True, None])
    async def test_in_another_shape_is_refused(
        self, town: Town, anna: Chat, value: object
    ) -> None:
        await anna.types("bekymring")
        data = data_of(anna.form(), "form.next")

        told = await anna.forges("form.next", {**data, **UP_TO_THE_PERSON, "danger": value})

        assert DANISH("rule.press.not_ours") in told
        assert await answers_of(town, anna) == {}

    @pytest.mark.parametrize(
        ("step", "answer"),
        [
            ("safety", {"danger": "perhaps"}),
            ("about", {"area": "XXX"}),
            ("criteria", {"signs_1": "L4.a"}),
            ("criteria", {"signs_4": "L3.a"}),
            ("level", {"level": "5"}),
            ("gate", {"sensitive": "none,health"}),
        ],
    )
    async def test_that_was_not_offered_is_refused(
        self, anna: Chat, step: str, answer: dict[str, str]
    ) -> None:
        """AC-CARD-07."""
        await anna.types("bekymring")

        await anna.fills({**REPORT, **answer})

        assert DANISH(f"concern.step.{step}") in anna.last()

    async def test_of_somebody_elses_draft_finds_nothing(self, anna: Chat, bo: Chat) -> None:
        """A person acts on their own draft, whatever the card says."""
        await anna.types("bekymring")

        told = await bo.presses_on(anna.form(), "form.next", danger="no")

        assert DANISH("form.gone_text") in told


def steps_with_questions() -> list[Step]:
    return [step for step in CONCERN_REPORT.steps if step.fields]


async def test_every_step_can_be_gone_back_to_and_corrected(anna: Chat) -> None:
    """From the review to each step that was shown, and straight back."""
    await anna.types("bekymring")
    await anna.fills(REPORT)
    seen = []

    for step in steps_with_questions():
        if DANISH(f"concern.step.{step.key}") in anna.last():
            seen.append(step.key)
            await anna.presses("form.correct", step=step.key)
            assert DANISH(f"concern.step.{step.key}") in anna.last()
            await anna.presses("form.next")
            assert DANISH("concern.step.review") in anna.last()

    assert {"safety", "person", "concern", "level", "gate", "sender"} <= set(seen)
