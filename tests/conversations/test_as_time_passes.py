"""Reminders, people who cannot be reached, and drafts that are left lying."""

from datetime import timedelta

from bot.comings import KNOWN_FOR
from domain.concerns import REMIND_AFTER, REMIND_URGENT_AFTER, TAKE_UP_WITHIN
from domain.delivery import DeliveryState
from domain.drafts import LIVES
from domain.drafts import REMIND_AFTER as DRAFT_REMINDED_AFTER
from tests.support.chat import Chat
from tests.support.legal_stories import reroutes
from tests.support.organisation_changes import with_member_facilitating, with_people
from tests.support.reports import GRAVE, NAME, OBSERVED, REPORT
from tests.support.town import DANISH, ORGANISATION, VALBY_GROUP, Town, inactive

MINUTE = timedelta(minutes=1)


class TestAReminder:
    async def test_falls_due_when_nobody_takes_the_concern_up(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await town.passes(REMIND_AFTER - MINUTE)
        assert DANISH("task.reminder_title", reference=reference) not in bo.everything()

        await town.passes(MINUTE)
        assert DANISH("task.reminder_title", reference=reference) in bo.last()
        await town.passes(TAKE_UP_WITHIN)
        assert DANISH("task.overdue_title", reference=reference) in bo.everything()

    async def test_comes_sooner_for_a_grave_concern(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        reference = await anna.reports(GRAVE)

        await town.passes(REMIND_URGENT_AFTER)

        assert DANISH("task.reminder_title", reference=reference) in bo.last()

    async def test_can_be_paused_by_who_gets_it_and_a_passed_deadline_cannot(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """teams.md §7 criterion 19."""
        reference = await anna.reports(REPORT)
        assert DANISH("reminders.paused_title") in await bo.types("pause påmindelser")
        await town.passes(REMIND_AFTER)
        assert DANISH("task.reminder_title", reference=reference) not in bo.everything()
        await town.passes(TAKE_UP_WITHIN)
        assert DANISH("task.overdue_title", reference=reference) in bo.everything()

        assert DANISH("reminders.resumed_title") in await bo.presses("reminders.resume")
        reference = await anna.reports(REPORT)
        await town.passes(REMIND_AFTER)
        assert DANISH("task.reminder_title", reference=reference) in bo.last()

    async def test_is_dropped_when_the_concern_has_been_taken_up(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """CASE-9: reminders stop when what they are about is done."""
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await bo.presses("concern.take_up")

        await town.passes(TAKE_UP_WITHIN)

        for name in ("reminder", "overdue"):
            assert DANISH(f"task.{name}_title", reference=reference) not in bo.everything()

    async def test_follows_the_concern_to_its_new_group(
        self, town: Town, anna: Chat, bo: Chat, eva: Chat
    ) -> None:
        reference = await anna.reports(REPORT)
        await bo.opens(reference)
        await reroutes(bo, "KG6")
        before = bo.everything()

        await town.passes(REMIND_AFTER)

        assert bo.everything() == before
        assert DANISH("task.reminder_title", reference=reference) in eva.last()

    async def test_falls_due_after_a_restart_too(self, town: Town, anna: Chat, bo: Chat) -> None:
        reference = await anna.reports(REPORT)
        await town.restarts()

        await town.passes(REMIND_AFTER)

        assert bo.everything().count(DANISH("task.reminder_title", reference=reference)) == 1


class TestSomebodyWhoCannotBeReached:
    async def test_because_the_app_was_removed_hands_the_duty_on(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        """BER-16: never lost, and never without an owner."""
        await town.teams.acts.uninstall(bo.person.aad_id)

        reference = await anna.reports(REPORT)

        assert (await town.concern(reference)).owner == dennis.person.id
        assert DANISH("task.no_receiver_title", reference=reference) in dennis.last()

    async def test_because_the_bot_is_blocked_hands_the_duty_on(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        town.teams.faults.add(
            op="send",
            conversation=bo.personal.id,
            status=403,
            code="Forbidden",
            subcode="ConversationBlockedByUser",
        )

        reference = await anna.reports(REPORT)

        assert (await town.concern(reference)).owner == dennis.person.id
        assert DANISH("task.no_receiver_title", reference=reference) in dennis.last()

    async def test_is_written_to_again_once_they_have_been_heard(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        await bo.types("hej")
        town.teams.faults.add(
            op="send",
            conversation=bo.personal.id,
            times=1,
            status=403,
            code="Forbidden",
            subcode="ConversationBlockedByUser",
        )
        await anna.reports(REPORT)

        await bo.types("hej")
        reference = await anna.reports(REPORT)

        assert DANISH("task.waiting_title", reference=reference) in bo.last()

    async def test_from_another_replica_is_written_to_again_a_little_later(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        """What one replica remembers of Bo's address, another may have found out to be wrong."""
        await bo.types("hej")
        async with town.remembers() as tx:
            await tx.addresses.block(bo.person.id, DeliveryState.BLOCKED)

        await town.passes(KNOWN_FOR)
        await bo.types("hej")
        reference = await anna.reports(REPORT)

        assert DANISH("task.waiting_title", reference=reference) in bo.last()

    async def test_because_nobody_has_the_app_ends_and_is_tried_again(
        self, town: Town, anna: Chat, bo: Chat, dorte: Chat, dennis: Chat
    ) -> None:
        """Nobody is asked for ever; who comes back finds the concern waiting."""
        for who in (bo, dorte, dennis):
            await town.teams.acts.uninstall(who.person.aad_id)

        reference = await anna.reports(REPORT)

        assert (await town.concern(reference)).owner is not None
        await town.teams.acts.install(dennis.person.aad_id)
        await town.teams.acts.install(dorte.person.aad_id)
        waiting = [await each.types("nye bekymringer") for each in (dennis, dorte)]
        assert all(reference in each for each in waiting)

    async def test_because_they_left_hands_the_duty_to_the_other_facilitator(
        self, town: Town, anna: Chat, bo: Chat, sofie: Chat
    ) -> None:
        register = with_member_facilitating(ORGANISATION, VALBY_GROUP, sofie.person)
        await town.reorganises(register)
        reference = await anna.reports(REPORT)
        await town.reorganises(with_people(register, inactive(bo.person)))

        await town.passes(REMIND_AFTER)

        assert (await town.concern(reference)).owner == sofie.person.id

    async def test_because_they_left_hands_the_duty_on(
        self, town: Town, anna: Chat, bo: Chat, dennis: Chat
    ) -> None:
        """ROLE-03: the reminder of somebody who left finds the one who has the duty now."""
        reference = await anna.reports(REPORT)
        await town.reorganises(with_people(ORGANISATION, inactive(bo.person)))

        await town.passes(REMIND_AFTER)

        assert (await town.concern(reference)).owner == dennis.person.id
        assert DANISH("task.no_receiver_title", reference=reference) in dennis.last()


class TestTeamsInTrouble:
    async def test_makes_the_task_late_and_never_lost(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        town.teams.faults.add(op="send", conversation=bo.personal.id, times=2, status=503)
        reference = await anna.reports(REPORT)
        assert reference not in bo.everything()

        for _ in range(3):
            await town.passes(timedelta(minutes=5))

        assert bo.everything().count(DANISH("task.waiting_title", reference=reference)) == 1


class TestADraftLeftLying:
    async def test_is_reminded_of_without_a_word_of_what_is_in_it(
        self, town: Town, anna: Chat
    ) -> None:
        """concern.md §4.6: on day ten."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await anna.presses("form.save")

        await town.passes(DRAFT_REMINDED_AFTER)

        assert DANISH("draft_reminder.title") in anna.last()
        assert NAME not in anna.last()

    async def test_is_not_reminded_of_when_it_was_sent(self, town: Town, anna: Chat) -> None:
        await anna.reports(REPORT)

        await town.passes(DRAFT_REMINDED_AFTER)

        assert DANISH("draft_reminder.title") not in anna.everything()

    async def test_is_gone_after_fourteen_days(self, town: Town, anna: Chat) -> None:
        """AC-DATA-07."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        review = anna.form()

        await town.passes(LIVES)

        assert DANISH("rule.draft.none") in await anna.types("fortsæt")
        told = await anna.presses_on(review, "form.send")
        assert DANISH("form.gone_text") in told
        assert OBSERVED not in told
