"""Whoever is near takes no part, no duty is left with them, and another decides: INH-1 to 5."""

from dataclasses import replace

from sqlalchemy import select

from domain.journal import Note
from domain.notices import NoticeKind
from domain.people import Seat
from storage.delivery_rows import outbox
from tests.support.case_stories import NAME, a_case, an_action, anew, opens
from tests.support.chat import Chat, verbs
from tests.support.legal_stories import WHY, noted
from tests.support.reports import GRAVE
from tests.support.town import BO, DANISH, ORGANISATION, SOFIE, Town

NOT_FOUND = DANISH("rule.case.not_found")


class TestSteppingAside:
    async def test_shuts_the_case_at_once_and_says_no_more_of_it(
        self, town: Town, sofie: Chat
    ) -> None:
        """INH-2, INH-3."""
        case = await a_case(town)
        await sofie.types(f"sag {case.reference}")

        told = await sofie.presses("case.step_aside")

        assert DANISH("recusal.stepped_aside_title", reference=case.reference) in told
        assert NOT_FOUND in await sofie.types(f"sag {case.reference}")
        assert case.reference not in await sofie.types("mine sager")

    async def test_of_the_lead_leaves_the_facilitator_to_find_another(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """AC-AZ-08: in the same transaction."""
        case = await a_case(town, lead=SOFIE.id)
        await sofie.types(f"ja {case.reference}")

        assert (await anew(town, case)).lead is None
        assert DANISH("case.no_lead_title", reference=case.reference) in bo.last()
        async with town.remembers() as tx:
            noted = [each.note for each in await tx.journal.notes(matters=[case.id])]
        assert noted.count(Note.LEAD_ENDED) == 1  # N9

    async def test_of_whom_an_action_is_with_gives_it_to_a_colleague(
        self, town: Town, sofie: Chat
    ) -> None:
        """AC-AZ-08; the same authority first: Bo is of social services too."""
        case = await a_case(town)
        async with town.remembers() as tx:
            action = await an_action(tx, case, owner=SOFIE)

        await sofie.types(f"ja {case.reference}")

        async with town.remembers() as tx:
            moved = await tx.actions.find(action.id)
        assert moved is not None
        assert moved.owner == BO.id
        assert Note.ACTION_CHANGED in await noted(town, case)

    async def test_reminds_the_colleague_who_has_it_now(self, town: Town, sofie: Chat) -> None:
        """CASE-5: as of any action of one's own."""
        case = await a_case(town)
        async with town.remembers() as tx:
            action = await an_action(tx, case, owner=SOFIE)

        await sofie.types(f"ja {case.reference}")

        async with town.remembers() as tx:
            told = await tx.connection.execute(
                select(outbox.c.kind, outbox.c.person).where(outbox.c.about == action.id)
            )
        assert {
            (NoticeKind.ACTION_SOON, BO.id),
            (NoticeKind.ACTION_DUE, BO.id),
        } <= {(row.kind, row.person) for row in told}

    async def test_of_the_only_facilitator_is_told_the_secretariat(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        """INH-4: the case is never orphaned."""
        case = await a_case(town)

        await bo.types(f"ja {case.reference}")

        assert DANISH("recusal.nobody_left_title", reference=case.reference) in dorte.everything()

    async def test_from_a_concern_counts_in_the_case_it_is_part_of(
        self, town: Town, anna: Chat, sofie: Chat
    ) -> None:
        reference = await anna.reports(GRAVE)
        concern = await town.concern(reference)
        case = await a_case(town, lead=SOFIE.id)
        async with town.remembers() as tx:
            await tx.concerns.save(replace(concern, case=case.id))

        await sofie.types(f"ja {reference}")

        assert NOT_FOUND in await sofie.types(f"sag {case.reference}")
        assert (await anew(town, case)).lead is None


class TestAColleague:
    async def test_is_recused_by_the_facilitator_with_a_reason(
        self, town: Town, bo: Chat, sofie: Chat
    ) -> None:
        """INH-4."""
        case = await a_case(town)
        await opens(sofie, case)
        await bo.types(f"erklær inhabil {case.reference}")
        short = await bo.presses("form.next", who="sofie", reason="nær")
        await bo.presses("form.next", who="sofie", reason=WHY)

        assert DANISH("rule.field.too_short", least=10) in short
        assert NOT_FOUND in await sofie.types(f"sag {case.reference}")

    async def test_is_recused_from_a_concern_as_well(
        self, anna: Chat, dorte: Chat, sofie: Chat
    ) -> None:
        reference = await anna.reports(GRAVE)
        await dorte.types(f"erklær inhabil {reference}")
        await dorte.presses("form.next", who="sofie", reason=WHY)

        assert DANISH("rule.concern.not_found") in await sofie.types(f"åbn {reference}")


class TestTheDecision:
    async def test_is_the_secretariats_and_shows_nothing_of_the_case(
        self, town: Town, bo: Chat, sofie: Chat, dorte: Chat
    ) -> None:
        """The notice leads to the card, and the card to the decision."""
        case = await a_case(town)
        await sofie.types(f"ja {case.reference}")
        assert DANISH("recusal.waits_title", reference=case.reference) in dorte.last()

        listed = await dorte.presses("recusal.list")
        read = await dorte.presses("recusal.open")

        assert case.reference in listed
        assert SOFIE.name not in listed
        assert SOFIE.name in read
        assert NAME not in f"{listed}{read}"
        assert case.reference not in await bo.types("inhabilitet")

    async def test_can_be_that_they_stay_barred(
        self, town: Town, sofie: Chat, dorte: Chat
    ) -> None:
        """N13."""
        case = await a_case(town)
        await sofie.types(f"ja {case.reference}")
        await dorte.types("inhabilitet")
        await dorte.presses("recusal.open")
        await dorte.presses("recusal.uphold")
        await dorte.presses("form.next", reason=WHY)

        assert DANISH("recusal.told_upheld_title", reference=case.reference) in sofie.last()
        assert NOT_FOUND in await sofie.types(f"sag {case.reference}")
        assert Note.RECUSAL_UPHELD in await noted(town, case)
        assert DANISH("recusal.none") in await dorte.types("inhabilitet")

    async def test_can_be_that_they_are_let_in_again(
        self, town: Town, sofie: Chat, dorte: Chat
    ) -> None:
        """INH-5: by another, with a reason; what they had to do stays with the colleague."""
        case = await a_case(town, lead=SOFIE.id)
        await sofie.types(f"ja {case.reference}")
        await dorte.types("inhabilitet")
        await dorte.presses("recusal.open")
        await dorte.presses("recusal.lift")
        await dorte.presses("form.next", reason=WHY)

        assert DANISH("recusal.told_lifted_title", reference=case.reference) in sofie.last()
        assert NAME in await sofie.types(f"sag {case.reference}")
        assert (await anew(town, case)).lead is None
        assert Note.RECUSAL_LIFTED in await noted(town, case)

    async def test_can_be_made_again_later(self, town: Town, sofie: Chat, dorte: Chat) -> None:
        case = await a_case(town)
        await sofie.types(f"ja {case.reference}")
        await dorte.types("inhabilitet")
        await dorte.presses("recusal.open")
        await dorte.presses("recusal.uphold")
        await dorte.presses("form.next", reason=WHY)

        await dorte.types(f"inhabile {case.reference}")
        await dorte.presses("recusal.open")
        await dorte.presses("recusal.lift")
        await dorte.presses("form.next", reason=WHY)

        assert NAME in await sofie.types(f"sag {case.reference}")

    async def test_is_not_made_by_who_it_is_about(
        self, town: Town, dorte: Chat, dennis: Chat
    ) -> None:
        """INH-2: the person takes no part in it."""
        case = await a_case(town)
        await dorte.types(f"ja {case.reference}")

        assert DANISH("recusal.none") in await dorte.types("inhabilitet")
        assert case.reference in await dennis.types("inhabilitet")

    async def test_to_lift_it_is_not_made_by_who_said_it(
        self, town: Town, dorte: Chat, dennis: Chat
    ) -> None:
        """INH-5: only by another person."""
        case = await a_case(town)
        await dorte.types(f"erklær inhabil {case.reference}")
        await dorte.presses("form.next", who="sofie", reason=WHY)

        for who, may in ((dorte, False), (dennis, True)):
            await who.types("inhabilitet")
            await who.presses("recusal.open")
            assert ("recusal.lift" in verbs(who.card(who.messages()[-1]))) is may


async def test_a_second_facilitator_keeps_the_duty_in_the_group(
    town: Town, bo: Chat, sofie: Chat, dorte: Chat
) -> None:
    """INH-4: the Secretariat hears that somebody is recused, and not that nobody is left."""
    second = replace(ORGANISATION.memberships[0], person=SOFIE.id, seat=Seat.FACILITATOR)
    await town.reorganises(replace(ORGANISATION, memberships=(*ORGANISATION.memberships, second)))
    case = await a_case(town)

    await bo.types(f"ja {case.reference}")

    assert DANISH("recusal.nobody_left_title", reference=case.reference) not in dorte.everything()
    assert NAME in await opens(sofie, case)
