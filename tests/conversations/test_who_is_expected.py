"""Who is expected at a meeting: by name to who runs it, and to nobody else."""

from domain.people import Membership, Seat
from tests.support.chat import Chat
from tests.support.town import ANNA, CARL, PER, VALBY_GROUP, Town

POLICE = "Københavns Politi · politifaglig forebygger"


class TestWhoRunsAMeeting:
    async def test_reads_who_has_answered_what(
        self, bo: Chat, carl: Chat, per: Chat, reference: str
    ) -> None:
        assert said(CARL.name, "Har ikke svaret") in await bo.types(f"møde {reference}")

        await carl.types(f"deltager {reference}")
        assert said(CARL.name, "Deltager") in await bo.types(f"møde {reference}")

        await carl.types(f"suppleant {reference}")
        page = await bo.types(f"møde {reference}")
        assert said(CARL.name, f"Afbud – {PER.name} er spurgt") in page

        await per.presses("meet.coming")
        page = await bo.types(f"møde {reference}")
        assert said(PER.name, f"suppleant for {CARL.name}") in page
        assert f"{CARL.name}:" not in page

        await per.presses("meet.decline")
        page = await bo.types(f"møde {reference}")
        assert said(CARL.name, "Afbud – ingen suppleant kan komme") in page

        await carl.types(f"afbud {reference}")
        assert said(CARL.name, "Afbud") in await bo.types(f"møde {reference}")

    async def test_reads_first_of_the_slots_that_are_short(
        self, bo: Chat, dorte: Chat, carl: Chat, sofie: Chat, reference: str
    ) -> None:
        await sofie.types(f"deltager {reference}")
        await carl.types(f"afbud {reference}")

        for who in (bo, dorte):
            page = await who.types(f"møde {reference}")

            slots = [line for line in page.splitlines() if line.endswith((" af 1", " af 2"))]
            assert slots[0] == f"{POLICE} · 0 af 1"
            assert "Københavns Politi mangler (politifaglig forebygger): 1" in page
            assert "KG." not in page


class TestWhoRunsItNot:
    async def test_reads_how_many_as_a_member(self, sofie: Chat, reference: str) -> None:
        page = await sofie.types(f"møde {reference}")

        assert "1 kommer, 6 har ikke svaret." in page
        assert CARL.name not in page

    async def test_reads_how_many_in_each_slot_as_the_chair(
        self, town: Town, reference: str
    ) -> None:
        chair = Membership(
            committee=VALBY_GROUP.code, person=ANNA.id, slot="KG.opt", seat=Seat.CHAIR
        )
        async with town.remembers() as tx:
            await tx.organisation.seat(chair)

        page = await town.chat(ANNA).types(f"møde {reference}")

        assert said(POLICE, "0 af 1, uden svar: 1") in page
        assert CARL.name not in page


def said(name: str, answer: str) -> str:
    """Give the two runs of one line, as they are read off a card."""
    return f"{name}: \n{answer}\n"
