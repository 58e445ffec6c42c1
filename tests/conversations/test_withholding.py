"""What an authority keeps to itself, and whether an underretning was made: S115-12, BL-4."""

from domain.records import RecordKind
from tests.support.case_stories import a_case, opens
from tests.support.chat import Chat
from tests.support.legal_stories import OFFENCE, WHY, recorded, withholds, wrote
from tests.support.town import CARL, DANISH, Town


class TestWhatIsWithheld:
    async def test_is_known_to_be_and_no_more(self, town: Town, bo: Chat, carl: Chat) -> None:
        case = await a_case(town)
        await wrote(town, case, by=CARL)

        told = await withholds(carl, case)

        assert DANISH("withhold.done_title") in told
        read = await opens(bo, case)
        history = await bo.types(f"historik {case.reference}")
        assert DANISH("withheld.line") in read
        for words in (OFFENCE, WHY):
            assert words not in f"{read}{history}"

    async def test_is_read_by_ones_own_authority(self, town: Town, carl: Chat) -> None:
        case = await a_case(town)
        await wrote(town, case, by=CARL)
        await withholds(carl, case)

        read = await carl.types(f"sag {case.reference}")

        assert DANISH("withheld.line") not in read

    async def test_can_be_shared_again(self, town: Town, bo: Chat, carl: Chat) -> None:
        case = await a_case(town)
        await wrote(town, case, by=CARL)
        await withholds(carl, case)
        await withholds(carl, case)

        assert DANISH("withheld.line") not in await opens(bo, case)

    async def test_is_only_what_ones_own_authority_wrote(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        case = await a_case(town)
        piece = await wrote(town, case, by=CARL)
        await opens(bo, case)
        await opens(carl, case)

        offered = await bo.types(f"tilbagehold {case.reference}")
        told = await bo.presses("form.next", piece=str(piece.id), reason=WHY)

        assert DANISH("withhold.none") in offered
        assert DANISH("rule.field.not_an_option") in told


class TestAnUnderretning:
    async def test_is_noted_as_made_with_its_day(self, town: Town, bo: Chat) -> None:
        """BL-4."""
        case = await a_case(town)
        await opens(bo, case)
        await bo.types(f"underretning {case.reference}")
        await bo.presses("form.next", notified="made")
        await bo.presses("form.next", notified="made", on="2026-03-01")

        read = await bo.types(f"sag {case.reference}")

        assert DANISH("notification.state.made") in read
        assert "01.03.2026" in read

    async def test_is_noted_as_not_needed_with_a_reason_and_its_history_is_kept(
        self, town: Town, bo: Chat
    ) -> None:
        case = await a_case(town)
        await opens(bo, case)
        await bo.types(f"underretning {case.reference}")
        await bo.presses("form.next", notified="will")
        await bo.types(f"underretning {case.reference}")
        await bo.presses("form.next", notified="no_need")
        await bo.presses("form.next", notified="no_need", why="Den er lavet af skolen i går")

        read = await bo.types(f"sag {case.reference}")

        assert "Den er lavet af skolen i går" in read
        kept = await recorded(town, case, RecordKind.NOTIFICATION)
        assert {each.replaces for each in kept} - {each.id for each in kept} == {None}
        assert len(kept) == 2
