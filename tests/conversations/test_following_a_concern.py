"""What the reporter can do afterwards: see where it stands, add to it, take it back."""

from domain.concerns import Status
from tests.support.chat import Chat, data_of
from tests.support.reports import GRAVE, REPORT
from tests.support.town import DANISH, Town

MORE = "Han er også set med en kniv i baglommen"


class TestTakingItBack:
    async def test_before_anybody_opened_it(
        self, town: Town, anna: Chat, bo: Chat, carl: Chat
    ) -> None:
        """CON-9: number and time stay; nobody can open it any more, or is reminded."""
        reference = await anna.reports(GRAVE)

        told = await anna.presses("concern.withdraw")

        assert DANISH("concern.withdrawn_title", reference=reference) in told
        assert (await town.concern(reference)).status is Status.WITHDRAWN
        assert DANISH("status.withdrawn", date="02.03.2026") in await anna.types("status")
        assert DANISH("waiting.none") in await bo.types("nye bekymringer")
        for who in (bo, carl):
            assert DANISH("rule.concern.withdrawn") in await who.types(f"åbn {reference}")

    async def test_after_it_was_opened_must_be_asked_for(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """CON-9: the group decides; the way to ask is to add the reason."""
        reference = await anna.reports(REPORT)
        receipt = anna.card(anna.card_with("concern.withdraw"))
        await bo.opens(reference)

        told = await anna.presses_on(receipt, "concern.withdraw")

        assert DANISH("rule.concern.already_opened") in told
        assert DANISH("rule.concern.already_opened") in await anna.types(
            f"træk tilbage {reference}"
        )
        assert (await town.concern(reference)).status is Status.SUBMITTED

    async def test_of_somebody_else_finds_nothing(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        receipt = anna.card(anna.card_with("concern.withdraw"))

        assert DANISH("rule.concern.not_found") in await bo.types(f"træk tilbage {reference}")
        assert DANISH("rule.concern.not_found") in await bo.presses_on(receipt, "concern.withdraw")
        assert (await town.concern(reference)).status is Status.SUBMITTED

    async def test_cannot_be_added_to(self, anna: Chat) -> None:
        reference = await anna.reports(REPORT)
        await anna.presses("concern.withdraw")

        await anna.types(f"tilføj {reference}")
        await anna.fills({"more": MORE})
        told = await anna.types("send")

        assert DANISH("rule.concern.withdrawn") in told


class TestAddingInformation:
    async def test_reaches_whoever_has_the_concern(self, anna: Chat, bo: Chat) -> None:
        """CON-10: append-only; what is new is read where the concern is read."""
        reference = await anna.reports(REPORT)
        await anna.presses("concern.add")
        asked = await anna.presses("form.next", more=MORE)
        assert DANISH("addition.step.review") in asked

        told = await anna.presses("form.send")

        assert DANISH("concern.added_title", reference=reference) in told
        assert DANISH("task.more_title", reference=reference) in bo.last()
        assert MORE not in bo.everything()
        assert MORE in await bo.opens(reference)

    async def test_reaches_who_took_it_up(self, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.take_up")

        await anna.types(f"tilføj {reference}")
        await anna.types(MORE)
        await anna.types("send")

        assert DANISH("task.more_title", reference=reference) in bo.last()
        assert MORE in await bo.types(f"åbn {reference}")

    async def test_twice_tells_twice(self, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        for more in (MORE, "Og i dag igen, ved stationen"):
            await anna.types(f"tilføj {reference}")
            await anna.types(more)
            await anna.types("send")

        assert bo.everything().count(DANISH("task.more_title", reference=reference)) == 2

    async def test_pressed_twice_adds_once_and_thanks_again(self, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await anna.types(f"tilføj {reference}")
        await anna.fills({"more": MORE})
        review = anna.form()

        first = await anna.presses_on(review, "form.send")
        second = await anna.presses_on(review, "form.send")

        assert second == first
        assert bo.everything().count(DANISH("task.more_title", reference=reference)) == 1

    async def test_is_the_reporters_alone(self, anna: Chat, bo: Chat, eva: Chat) -> None:
        """AC-CARD-02: by number, and by the card that Anna has."""
        reference = await anna.reports(REPORT)
        receipt = anna.card(anna.card_with("concern.add"))

        for who in (bo, eva):
            assert DANISH("rule.concern.not_found") in await who.types(f"tilføj {reference}")
            assert DANISH("rule.concern.not_found") in await who.presses_on(receipt, "concern.add")

    async def test_stands_beside_a_form_that_was_begun(self, anna: Chat) -> None:
        reference = await anna.reports(REPORT)
        await anna.types("bekymring")
        await anna.types("nej")

        told = await anna.types(f"tilføj {reference}")
        assert DANISH("addition.more.label") in told
        await anna.fills({"more": MORE})
        await anna.presses("form.send")

        assert DANISH("concern.notified.label") in await anna.types("fortsæt")

    async def test_to_another_concern_than_was_begun_with_is_refused(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """The concern is the draft's own; a press cannot name another (AC-CARD-03)."""
        own = await anna.reports(REPORT)
        other = await bo.reports(REPORT)
        await anna.types(f"tilføj {own}")
        data = data_of(anna.form(), "form.next")
        another = str((await town.concern(other)).id)

        told = await anna.forges("form.next", {**data, "more": MORE, "about_concern": another})

        assert DANISH("rule.press.not_ours") in told


async def test_the_reporter_sees_status_and_nothing_else(anna: Chat, bo: Chat) -> None:
    """CON-10: not the level, the group's people, the note or the reason."""
    reference = await anna.reports(REPORT)
    assert DANISH("status.submitted", date="02.03.2026") in await anna.types("mine bekymringer")
    await bo.opens(reference)
    assert DANISH("status.submitted", date="02.03.2026") in await anna.types("mine bekymringer")

    assert DANISH("rule.concern.not_found") in await anna.types(f"åbn {reference}")
    assert bo.person.name not in anna.everything()


async def test_reporting_more_than_one_lists_them_all(anna: Chat) -> None:
    first, second = await anna.reports(REPORT), await anna.reports(REPORT)

    listed = await anna.types("mine bekymringer")

    assert first in listed
    assert second in listed
