"""Going back on one's own answers: nothing is skipped, kept or sent against one's will."""

from dataclasses import replace

import pytest

from dialogs.concern_report import CONCERN_REPORT
from tests.support.chat import Chat, reference_in
from tests.support.reports import NAME, REPORT, answers_of, draft_of
from tests.support.town import DANISH, Town

CPR = "7503115000"  # a replacement number: nobody has it


class TestFromTheReview:
    async def test_danger_that_is_seen_late_still_leads_past_112(self, anna: Chat) -> None:
        """CON-4: a step that only tells something is not jumped over."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await anna.presses("form.correct", step="safety")

        told = await anna.presses("form.next", danger="yes")

        assert DANISH("concern.step.call_112_intro") in told
        assert DANISH("concern.step.review") not in told
        assert DANISH("concern.step.review") in await anna.presses("form.next")

    async def test_a_changed_birth_date_cannot_be_carried_around_its_step(
        self, anna: Chat
    ) -> None:
        """domain.md §4: Back keeps what was written, and it is read before it is sent."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await anna.presses("form.correct", step="person")
        await anna.presses("form.back", name=NAME, born="1990-01-01")

        for _ in range(2):
            told = await anna.presses("form.next")

        assert DANISH("concern.diverted.over.title") in told

    async def test_only_the_word_send_sends(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(REPORT)

        told = await anna.types("næste")

        assert DANISH("form.hint_review") in told
        assert (await draft_of(town, anna)).step == "review"

    async def test_what_a_newer_release_asks_is_answered_before_it_is_sent(
        self, town: Town, anna: Chat
    ) -> None:
        """AC-CARD-09: a draft from an older release may lack an answer."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await _lacks(town, anna, "hope")

        told = await anna.types("send")

        assert DANISH("concern.step.protection") in told
        assert DANISH("concern.hope.label") in told


async def test_the_review_says_truly_who_will_receive_it(
    town: Town, anna: Chat, dennis: Chat
) -> None:
    """concern.md §4.1 rule 7: also where the only facilitator was named as near."""
    await anna.types("bekymring")

    near = {"relation": "another", "relation_names": "Bo Havrelygte"}
    told = await anna.fills({**REPORT, **near})

    assert DANISH("concern.goes_to_triage") in told
    reference = reference_in(await anna.presses("form.send"))
    assert (await town.concern(reference)).owner == dennis.person.id


class TestOnAStep:
    async def test_next_after_choosing_what_to_change_changes_nothing(self, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(_safety())
        await anna.types("tilbage")
        await anna.types("1")

        assert DANISH("concern.step.person") in await anna.types("næste")

    async def test_an_answer_that_could_not_be_read_is_not_swapped_for_the_old_one(
        self, town: Town, anna: Chat
    ) -> None:
        """concern.md §4.1 rules 5 and 6: agreeing to close a branch agrees to nothing else."""
        await anna.types("bekymring")
        first = {"notified": "made", "notified_on": "2026-02-01"}
        first |= {"relation": "another", "relation_names": "Kurt Ukendtsen"}
        await anna.fills({"danger": "no", **first})
        await anna.presses("form.back")
        await anna.presses("form.next", relation="no", notified_on="2026-12-24")

        told = await anna.presses("form.yes")

        assert DANISH("concern.step.safety") in told
        assert "notified_on" not in await answers_of(town, anna)

    async def test_a_missing_answer_closes_no_branch_by_itself(
        self, town: Town, anna: Chat
    ) -> None:
        """concern.md §4.1 rule 6: an error keeps all input."""
        await anna.types("bekymring")
        await anna.fills(_safety())
        await anna.presses("form.back")

        await anna.presses("form.next", notified="")

        assert (await answers_of(town, anna))["notified_why"] == REPORT["notified_why"]


async def test_the_interpreters_language_can_be_typed_though_it_is_a_command(
    town: Town, anna: Chat
) -> None:
    await anna.types("bekymring")
    await anna.fills({**{k: REPORT[k] for k in (*_safety(), "name", "born")}})
    for words in ("nej", "valby", "-", "-", "ja"):
        await anna.types(words)

    told = await anna.types("Engelsk")

    assert DANISH("concern.step.concern") in told
    assert (await answers_of(town, anna))["interpreter_language"] == "Engelsk"


class TestACprNumber:
    async def test_that_was_wrong_can_be_taken_out_again(self, town: Town, anna: Chat) -> None:
        """concern.md §4.3: what need not be kept can be removed, by card too."""
        await anna.types("bekymring")
        await anna.fills(_safety())
        await anna.presses("form.next", name=NAME, cpr=CPR)
        assert (await answers_of(town, anna))["cpr"] == CPR

        await anna.presses("form.next", name=NAME, cpr="-", born=REPORT["born"])

        assert (await answers_of(town, anna))["cpr"] is None

    async def test_that_could_not_be_read_is_not_said_to_be_kept(self, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(_safety())

        await anna.presses("form.next", name=NAME, cpr="15034150A1")

        assert "150341" not in str(anna.form())

    @pytest.mark.parametrize("key", ["custody", "others_text"])
    async def test_of_somebody_else_is_not_taken(self, town: Town, anna: Chat, key: str) -> None:
        """concern.md fields 1.7 and 2.5, §4.3: of parents, friends and victims there is none."""
        await anna.types("bekymring")

        told = await anna.fills({**REPORT, "others": "few", key: f"Moren, {CPR[:6]}-{CPR[6:]}"})

        assert DANISH("rule.field.cpr") in told
        assert key not in await answers_of(town, anna)

    async def test_is_not_taken_from_somebody_who_may_share_none(self, helle: Chat) -> None:
        """S115-5, S115-9."""
        await helle.types("henvendelse")

        told = await helle.types(f"Det handler om {CPR}, som hænger ud ved stationen")

        assert DANISH("rule.field.cpr") in told


def _safety() -> dict[str, str]:
    first = CONCERN_REPORT.steps[0]
    return {field.key: REPORT[field.key] for field in first.fields if field.key in REPORT}


async def _lacks(town: Town, anna: Chat, key: str) -> None:
    """Take an answer out of the draft, as if its question had been asked only since."""
    draft = await draft_of(town, anna)
    answers = {k: v for k, v in (await answers_of(town, anna)).items() if k != key}
    async with town.remembers() as tx:
        saved = replace(draft, revision=draft.revision, body={**draft.body, "answers": answers})
        await tx.drafts.save(saved)
