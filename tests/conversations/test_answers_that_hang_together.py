"""An answer that changes what another one means (concern.md §4.1 rules 5 and 6)."""

from tests.support.chat import Chat
from tests.support.reports import OBSERVED, REPORT
from tests.support.town import DANISH

CUSTODY = "Mor Mette Myrekær, 12 34 56 78"
WITH_CUSTODY = {**REPORT, "custody": CUSTODY}
OF_AGE = "2007-05-04"


async def corrects_birth(anna: Chat, born: str) -> str:
    """Go back from the review to the person, and correct their date of birth."""
    await anna.presses("form.correct", step="person")
    return await anna.presses("form.next", name=REPORT["name"], born=born)


class TestABirthDateCorrectedToOfAge:
    """Custody holders are not asked about for somebody over 18 (field 1.7)."""

    async def test_asks_before_the_custody_holder_is_deleted(self, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(WITH_CUSTODY)

        asked = await corrects_birth(anna, OF_AGE)

        assert DANISH("form.closing_title") in asked
        assert DANISH("concern.custody.label") in asked

    async def test_keeps_both_when_the_answer_is_no(self, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(WITH_CUSTODY)
        await corrects_birth(anna, OF_AGE)

        await anna.presses("form.no")
        review = await anna.presses("form.next", name=REPORT["name"], born=REPORT["born"])

        assert CUSTODY in review
        assert DANISH("concern.step.review") in review

    async def test_deletes_it_when_the_answer_is_yes(self, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(WITH_CUSTODY)
        await corrects_birth(anna, OF_AGE)

        review = await anna.presses("form.yes")

        assert CUSTODY not in review
        assert DANISH("concern.step.review") in review
        assert OBSERVED in review


async def test_a_birth_date_after_what_happened_leads_to_the_date_that_is_wrong(
    anna: Chat,
) -> None:
    """Field 2.1: not before the date of birth, whichever of the two was corrected last."""
    await anna.types("bekymring")
    await anna.fills({**REPORT, "happened_on": "2012-01-01"})

    led_to = await corrects_birth(anna, "2013-05-04")

    assert DANISH("concern.step.concern") in led_to
    told = await anna.presses(
        "form.next",
        **{key: REPORT[key] for key in ("observed", "source", "others")},
        happened_on="2012-01-01",
    )
    assert DANISH("rule.concern.before_birth") in told
