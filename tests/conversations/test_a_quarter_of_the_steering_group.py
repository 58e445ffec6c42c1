"""The steering group's quarter: proposed, put together, decided, commented, approved, sent on."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from domain.minutes import MinutesState
from domain.notices import NoticeKind
from storage.delivery_rows import outbox
from tests.support.chat import Chat, verbs
from tests.support.steering import ITEM, MEETS, PROPOSAL, STEERING, a_spring, until
from tests.support.town import DANISH, DORTE, GRETE, HENRIETTE, LARS, OLE, RUTH, Town

WORDS = (ITEM["title"], ITEM["words"], *PROPOSAL.values())


def titled(key: str) -> str:
    return DANISH(key, committee=STEERING.name)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """Lars and Ruth decide, Henriette chairs, Dorte keeps the papers, Grete is a manager."""

    town: Town
    number: str
    lars: Chat
    ruth: Chat
    henriette: Chat
    dorte: Chat
    grete: Chat

    async def proposed(self) -> None:
        """Lars forgets the managers' group, and to begin with »at«; the form waits for both."""
        lars = self.lars
        await lars.types(f"punkt {self.number}")
        await lars.fills(ITEM)
        asked = await lars.presses("form.next", **{**PROPOSAL, "managers": ""})
        assert DANISH("item.managers.label") in asked
        asked = await lars.presses("form.next", **{**PROPOSAL, "recommendation": "Godkend det"})
        assert DANISH("rule.item.no_recommendation") in asked
        await lars.fills(PROPOSAL)
        assert DANISH("item.proposed") in await lars.presses("form.send")
        assert titled("agenda.proposed_title") in self.dorte.last()
        assert not [each for each in WORDS if each in self.dorte.last()]

    async def put_together(self) -> None:
        """The Secretariat takes it on, and is warned that the managers have not had it (SGF-7)."""
        dorte = self.dorte
        await dorte.presses("item.open")
        assert DANISH("item.accepted") in await dorte.presses("item.accept")
        assert "Chefgruppen har ikke haft" in await dorte.types(f"dagsorden {self.number}")
        await dorte.presses("item.choose")
        assert DANISH("item.with_managers") in await dorte.presses("item.to_managers")
        assert "Chefgruppen har ikke haft" not in await dorte.types(f"dagsorden {self.number}")

    async def sent(self) -> None:
        """Four weeks before the provisional agenda, two weeks before, on a working day, the final.

        Maundy Thursday is none.
        """
        ruth = self.ruth
        await until(self.town, MEETS - timedelta(days=28))
        assert titled("agenda.letter_provisional_title") in ruth.everything()
        assert not [each for each in WORDS if each in ruth.everything()]
        assert ITEM["title"] in await ruth.presses("agenda.show")
        await ruth.presses("item.choose")
        await ruth.presses("item.comment")
        assert DANISH("item.commented") in await ruth.presses("form.next", words="Hvem betaler?")
        await until(self.town, date(2026, 4, 1))
        assert titled("agenda.letter_final_title") in ruth.everything()

    async def came_up(self) -> None:
        """Now it is too late for everybody but who chairs the meeting (SGF-5)."""
        henriette = self.henriette
        assert DANISH("rule.item.too_late") in await self.lars.types(f"punkt {self.number}")
        await henriette.types(f"hastepunkt {self.number}")
        await henriette.fills({"kind": "orientation", "title": "Ny lov vedtaget i går"})
        await henriette.fills({"because": "Loven gælder fra i morgen"})
        assert DANISH("item.admitted") in await henriette.presses("form.send")
        assert titled("agenda.letter_sudden_title") in self.ruth.everything()

    async def held(self) -> None:
        """Item by item, with the bot started again in the middle."""
        dorte, lars = self.dorte, self.lars
        await until(self.town, MEETS)
        await dorte.types(f"skriv referat {self.number}")
        await dorte.presses("minutes.decide")
        await self.town.restarts()
        decided = await dorte.presses("form.next", words="Indstillingen blev tiltrådt.")
        assert DANISH("minutes.decided") in decided
        await dorte.presses("task.add")
        task = {"words": "Tryk folderen", "owner": "lars", "due_on": "2026-05-04"}
        assert "Tryk folderen" in await dorte.presses("form.next", **task)
        await dorte.presses("minutes.item")
        await dorte.presses("minutes.decide")
        await dorte.presses("form.next", words="Orienteringen blev taget til efterretning.")
        refused = await dorte.types(f"udsend referat {self.number}")
        assert DANISH("rule.minutes.unfinished") in refused
        assert DANISH("given_task.given_title", reference=self.number) not in lars.everything()

    async def minuted(self) -> None:
        """Attendance names the substitute; then the members get the draft, and tasks begin."""
        dorte, lars = self.dorte, self.lars
        await dorte.types(f"fremmøde {self.number}")
        await dorte.presses("form.next", present="lars,henriette,ole", excused="ruth")
        told = await dorte.types(f"udsend referat {self.number}")
        assert DANISH("minutes.sent_out") in told
        assert f"{OLE.name} (KFO): deltog som suppleant for {RUTH.name}" in told
        assert f"{RUTH.name} (KFO): afbud" in told
        assert DANISH("given_task.given_title", reference=self.number) in lars.everything()
        assert titled("minutes.out_title") in lars.everything()

    async def commented(self) -> None:
        """As many as one likes until they are closed; nobody outside has heard of it."""
        for words in ("Skriv »forår« i stedet", "Og nævn prisen"):
            await self.lars.types(f"kommentar {self.number}")
            assert words in await self.lars.presses("form.next", words=words)
        assert "Og nævn prisen" in await self.dorte.types(f"referat {self.number}")
        assert "Og nævn prisen" not in await self.ruth.types(f"referat {self.number}")
        assert titled("minutes.sent_title") not in self.grete.everything()
        refused = await self.grete.types(f"referat {self.number}")
        assert DANISH("rule.committee_meeting.not_found") in refused
        await until(self.town, MEETS + timedelta(days=21))
        assert titled("minutes.to_approve_title") in self.ruth.everything()

    async def approved(self) -> None:
        """Every member says yes; with the last it is final, and goes to the others (SGF-4)."""
        early = await self.henriette.types(f"godkend referat {self.number}")
        assert DANISH("rule.minutes.members_first") in early
        await self.ruth.types(f"enig {self.number}")
        await self.lars.types(f"enig {self.number}")
        assert titled("minutes.sent_title") not in self.grete.everything()
        await self.henriette.types(f"enig {self.number}")
        assert titled("minutes.sent_title") in self.grete.last()
        assert "Indstillingen blev tiltrådt." in await self.grete.presses("minutes.show")

    async def reminded(self) -> int:
        """Count the weeks in which Lars was reminded, sent or about to be."""
        late = outbox.c.kind == NoticeKind.TASK_OVERDUE
        async with self.town.remembers() as tx:
            told = await tx.connection.execute(select(outbox.c.round).where(late))
        return len(told.all())

    async def done(self) -> None:
        """The task is reminded of each week until it is done."""
        duty = DANISH("duty.decision_task", reference=f"**{self.number}**")
        assert duty in await self.lars.types("mine opgaver")
        await until(self.town, date(2026, 5, 12))
        assert await self.reminded() == 1
        await until(self.town, date(2026, 5, 19))
        assert await self.reminded() == 2
        told = await self.lars.types(f"udført {self.number} 1")
        assert DANISH("given_task.is_done") in told
        assert "task.done" not in verbs(self.lars.card(self.lars.messages()[-1]))
        await until(self.town, date(2026, 5, 26))
        assert await self.reminded() == 2


async def test_from_a_proposal_to_minutes_that_others_get(town: Town) -> None:
    """What holds of each step stands there.

    SGF-1, SGF-2, SGF-3, SGF-4, SGF-5, SGF-6, SGF-7, SGF-8, SGF-10, SGF-11, MTG-20, MTG-24, MTG-26.
    """
    meeting = await a_spring(town)
    quarter = Quarter(
        town=town,
        number=meeting.reference,
        lars=town.chat(LARS),
        ruth=town.chat(RUTH),
        henriette=town.chat(HENRIETTE),
        dorte=town.chat(DORTE),
        grete=town.chat(GRETE),
    )
    await quarter.proposed()
    await quarter.put_together()
    await quarter.sent()
    await quarter.came_up()
    await quarter.held()
    await quarter.minuted()
    await quarter.commented()
    await quarter.approved()
    await quarter.done()

    async with town.remembers() as tx:
        minutes = await tx.minutes.latest(meeting.id)
        sent = await tx.agendas.of_meeting(meeting.id)
    assert minutes is not None
    assert minutes.state is MinutesState.APPROVED
    assert set(minutes.agreed) == {LARS.id, RUTH.id, HENRIETTE.id}
    assert [each.kind.value for each in sent] == ["provisional", "final", "sudden"]
