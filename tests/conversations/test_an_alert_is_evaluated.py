"""What is learned of an alert: answered by pages, given to somebody, and followed up."""

from domain.alerts import AlertState
from tests.support.alert_ends import A_MINUTE, DAY, closes, runs
from tests.support.alert_town import NUMBER
from tests.support.town import ANNA, DANISH, DORTE, SOFIE, Town

SAID = "Det gik hurtigt, men natten manglede"
LEARNED = "Nattevagten skal med i ringelisten"


class TestAnEvaluation:
    async def test_begins_by_itself_and_ends_in_tasks(self, town: Town) -> None:
        """BER-61: the call, the pages, the lesson with an owner, the end of it."""
        lars = await runs(town)
        dorte, sofie = town.chat(DORTE), town.chat(SOFIE)
        assert DANISH("rule.evaluation.none") in await lars.types(f"evaluering {NUMBER}")
        await closes(town)
        call = DANISH("evaluation.call_title", reference=NUMBER)
        assert call in lars.everything()

        await lars.presses_on(lars.card(lars.card_with("evaluation.open")), "evaluation.open")
        page = await lars.presses("evaluation.answer")
        async with town.remembers() as tx:
            [alert] = await tx.alerts.activated(
                drill=False, since=town.hour.now - DAY, before=town.hour.now + DAY
            )
            evaluation = await tx.evaluations.of(alert.id)
        assert evaluation is not None
        assert evaluation.answers[0].question in page
        await lars.presses("form.next", answer1=SAID)
        await lars.presses("form.next", answer4=SAID)
        kept = await lars.presses("form.send")
        assert DANISH("alert_evaluation.done_title") in kept
        assert SAID in await sofie.types(f"evaluering {NUMBER}")
        assert DANISH("rule.alert.not_found") in await town.chat(ANNA).types(
            f"evaluering {NUMBER}"
        )

        await lars.types(f"læring {NUMBER}")
        due = (town.hour.now + 3 * DAY).date().isoformat()
        await lars.presses("form.next", words=LEARNED, owner=DORTE.id, due_on=due, template="H1")
        given = DANISH("learning.given_title", reference=NUMBER)
        assert given in dorte.everything()
        await lars.types(f"evaluering {NUMBER}")
        assert DANISH("evaluation.done_title") in await lars.presses("evaluation.finish")
        async with town.remembers() as tx:
            over = await tx.alerts.find(alert.id)
        assert over is not None
        assert over.state is AlertState.EVALUATED

        await town.passes(3 * DAY)
        await town.passes(A_MINUTE)
        late = DANISH("learning.due_title", reference=NUMBER)
        assert dorte.everything().count(late) == 1
        assert LEARNED in await dorte.types("mine læringer")
        done = await dorte.types("læring gjort 1")
        assert DANISH("learning.ended_done_title") in done
        await town.passes(7 * DAY)
        await town.passes(A_MINUTE)
        assert dorte.everything().count(late) == 1
        assert DANISH("learning.none") in await dorte.types("mine læringer")
        assert DANISH("evaluation.late_title", reference=NUMBER) not in lars.everything()
