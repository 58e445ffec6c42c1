"""Who somebody is comes from Teams and the register, and from nowhere else."""

from tests.support.chat import Chat, data_of
from tests.support.organisation_changes import with_people
from tests.support.reports import NAME, REPORT, answers_of
from tests.support.town import DANISH, ORGANISATION, Town, inactive, uncovered


class TestSomebodyOutsideTheLaw:
    """CON-1, S115-5: Helle may send an enquiry, and see nothing else."""

    async def test_is_offered_an_enquiry_instead(self, helle: Chat) -> None:
        told = await helle.types("bekymring")

        assert DANISH("enquiry.instead_body") in told
        await helle.presses("enquiry.begin")
        await helle.fills({"matter": "Jeg vil gerne tale med nogen om uro i gården"})
        assert DANISH("enquiry.received_body") in await helle.presses("form.send")

    async def test_cannot_press_what_others_can(self, helle: Chat, anna: Chat) -> None:
        """Scenario 2 of concern.md §5.4: a forwarded card is worth nothing."""
        reference = await anna.reports(REPORT)
        receipt = anna.card(anna.card_with("concern.add"))

        assert DANISH("enquiry.instead_body") in await helle.forges("concern.begin", {})
        assert DANISH("rule.concern.not_found") in await helle.presses_on(receipt, "concern.add")
        assert DANISH("rule.concern.not_found") in await helle.types(f"åbn {reference}")
        assert DANISH("waiting.none") in await helle.types("nye bekymringer")

    async def test_is_not_offered_the_form_for_what_they_write(
        self, town: Town, helle: Chat
    ) -> None:
        told = await helle.types("En 14-årig dreng i Valby har meget fravær og er ked af det")

        assert DANISH("enquiry.instead_title") in told
        async with town.remembers() as tx:
            assert await tx.drafts.of(helle.person.id, now=town.hour.now) is None

    async def test_even_with_a_seat_receives_nothing(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        """S115-9."""
        await town.reorganises(with_people(ORGANISATION, uncovered(bo.person)))

        reference = await anna.reports(REPORT)

        assert (await town.concern(reference)).owner == dennis.person.id
        assert reference not in bo.everything()

    async def test_who_loses_cover_in_the_middle_cannot_send(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await town.reorganises(with_people(ORGANISATION, uncovered(anna.person)))

        told = await anna.presses("form.send")

        assert DANISH("rule.concern.not_covered") in told
        assert DANISH("waiting.none") in await bo.types("nye bekymringer")


class TestSomebodyWeDoNotKnow:
    """AC-AUTH-11: a neutral answer, and no data."""

    async def test_is_told_so_and_nothing_else(self, ulla: Chat) -> None:
        assert await ulla.teams.opens(ulla.person.aad_id) == []

        for words in ("hej", "bekymring", "nye bekymringer", "åbn B2026-0001"):
            assert await ulla.types(words) == DANISH("unknown_person.body")

    async def test_cannot_press_either(self, anna: Chat, ulla: Chat) -> None:
        await anna.reports(REPORT)
        await ulla.types("hej")
        receipt = anna.card(anna.card_with("concern.add"))

        told = await ulla.presses_on(receipt, "concern.add")

        assert told == DANISH("unknown_person.body")

    async def test_who_leaves_in_the_middle_of_a_form_is_not_known_from_then_on(
        self, town: Town, anna: Chat
    ) -> None:
        await anna.types("bekymring")
        await anna.fills({key: REPORT[key] for key in list(REPORT)[:6]})
        card = anna.form()
        await town.reorganises(with_people(ORGANISATION, inactive(anna.person)))

        pressed = await anna.presses_on(card, "form.next", protected="no")
        typed = await anna.types("fortsæt")

        assert pressed == typed == DANISH("unknown_person.body")
        assert NAME not in pressed

    async def test_whose_messages_are_sent_again_hears_the_same(
        self, town: Town, anna: Chat, ulla: Chat
    ) -> None:
        """AC-AUTH-06 holds for strangers too."""
        await anna.types("bekymring")
        await ulla.types("hej")
        await ulla.presses_on(anna.form(), "form.next")
        sent = [each for each in town.teams.wire.exchanges if each.direction == "to_bot"][-1]

        again = await town.teams.sender.redeliver(sent.request)

        assert again is not None
        assert again.body == sent.answer


class TestWhatACardSaysAboutWhoOneIs:
    """AC-AUTH-10: the authenticated activity decides; ids in a payload are not listened to."""

    async def test_is_refused_in_a_form(self, town: Town, anna: Chat, bo: Chat) -> None:
        await anna.types("bekymring")
        await bo.types("bekymring")
        data = data_of(bo.form(), "form.next")

        told = await bo.forges("form.next", {**data, "userId": anna.person.id, "danger": "no"})

        assert DANISH("rule.press.not_ours") in told
        assert await answers_of(town, anna) == await answers_of(town, bo) == {}

    async def test_is_refused_on_a_concern(self, anna: Chat, bo: Chat, eva: Chat) -> None:
        await anna.reports(REPORT)
        about = data_of(bo.card(bo.card_with("concern.open")), "concern.open")

        for claim in ("userId", "from", "aadObjectId", "person", "by"):
            told = await eva.forges("concern.open", {**about, claim: bo.person.aad_id})
            assert DANISH("rule.press.not_ours") in told

    async def test_is_refused_on_a_button(self, anna: Chat, bo: Chat) -> None:
        await anna.reports(REPORT)

        told = await bo.forges("concern.mine", {"reporter": anna.person.id})

        assert DANISH("rule.press.not_ours") in told


async def test_opening_very_many_forms_is_slowed_down(anna: Chat) -> None:
    """AC-IN-05: five an hour, and then a friendly word."""
    for _ in range(5):
        await anna.types("bekymring")
        await anna.types("annullér")
        await anna.types("ja")

    told = await anna.types("bekymring")

    assert DANISH("rule.draft.too_many") in told
