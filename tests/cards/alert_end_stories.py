"""The stories of an alert's end: put off, refused, handed on, closed, evaluated, opened again."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert

from cards import alert_ends, evaluations
from domain.alert_ending import Outstanding
from domain.alert_log import AlertDecision, DecisionKind
from domain.alert_papers import LogLine
from domain.alerts import Alert, AlertState, Level, Situation
from domain.areas import AREAS
from domain.delivery import DeliveryState
from domain.evaluation_figures import COUNTS
from domain.evaluations import Answered, Evaluation, Learning
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import CommitteeType, Membership, Seat
from domain.plan_measures import Measure
from domain.situations import Missing
from storage.rows import committees
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import CROWD
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.integration.usecases.alarming import ALERT, ORDER, STEERING
from tests.support.acts_alert_ends import BECAUSE, LEARNED
from tests.support.acts_alerts import LARS_ONLY
from tests.support.town import DORTE, EVA, LARS
from usecases.activate_alert import activate_alert
from usecases.run_action_plan import release_plan, set_period

DAY = timedelta(days=1)
PERIOD = 14 * DAY
LONG = (NASTY * 60)[:600]
SAID = "Det gik hurtigt, men natten manglede"
JOURNAL = "2026-0417"


async def alert_end_stories(gallery: Gallery) -> None:
    """Put one alert off, let it run out, close it, evaluate it and open it again."""
    gallery.confided |= {BECAUSE, LEARNED, SAID}
    alert = await _in_force(gallery)
    number = alert.reference
    lars = gallery.guest(LARS, "alert ends")
    await lars.types(f"afslut {number}")
    await lars.presses("alertend.extend")
    await lars.presses("form.next")
    await lars.fills({"until": _day(gallery, 30), "because": BECAUSE})
    await gallery.letter(NoticeKind.ALERT_PERIOD_ENDS, ALERT, LARS, after=29 * DAY)
    await _steered(gallery, number)
    await _wound_down(lars, number)
    await gallery.letter(NoticeKind.ALERT_CLOSED, ALERT, LARS)
    await gallery.letter(NoticeKind.EVALUATION_DUE, ALERT, LARS)
    await gallery.letter(NoticeKind.EVALUATION_DUE, ALERT, LARS, after=8 * DAY)
    await gallery.letter(NoticeKind.ALERT_TO_FILE, ALERT, DORTE)
    await _evaluated(gallery, lars, number)
    await _opened_again(gallery, number)
    _at_their_fullest(gallery)


async def _in_force(gallery: Gallery) -> Alert:
    """Let Lars alert himself and the Secretariat; the steering group is Eva."""
    gallery.now += DAY
    order = replace(ORDER, level=Level.FULL, audience=LARS_ONLY, another=True)
    async with gallery.database.transaction() as tx:
        known = await tx.organisation.committees()
        if not any(each.type is CommitteeType.STEERING for each in known):
            row = {
                "code": STEERING.code,
                "type": STEERING.type,
                "name": STEERING.name,
                "areas": (),
            }
            await tx.connection.execute(insert(committees).values(row))
        seat = Membership(committee=STEERING.code, person=EVA.id, slot="SG.9", seat=Seat.MEMBER)
        await tx.organisation.seat(seat)
        alert = await activate_alert(tx, order, by=LARS, now=gallery.now)
    gallery.confided -= {alert.title}
    gallery.now += timedelta(minutes=1)
    async with gallery.database.transaction() as tx:
        plan = (await tx.action_plans.of_alert(alert.id))[0]
        ends = gallery.now + PERIOD
        await set_period(tx, id=plan.id, period_end=ends, by=LARS, now=gallery.now)
        await release_plan(tx, id=plan.id, by=LARS, now=gallery.now)
    return alert


def _day(gallery: Gallery, days: int) -> str:
    return (gallery.now + days * DAY).date().isoformat()


async def _steered(gallery: Gallery, number: str) -> None:
    """Ask the steering group twice; it says no, and then yes."""
    await _asks(gallery, number)
    await gallery.letter(NoticeKind.ALERT_EXTENSION_ASKED, ALERT, EVA)
    eva = gallery.guest(EVA, "steering group")
    await eva.types(f"afslut {number}")
    await eva.presses("alertend.refuse")
    await eva.presses("form.next")
    await eva.fills({"because": BECAUSE})
    await gallery.letter(NoticeKind.ALERT_EXTENSION_ANSWERED, ALERT, LARS)
    await _asks(gallery, number)
    eva = gallery.guest(EVA, "steering group again")
    await eva.types(f"afslut {number}")
    await eva.presses("alertend.agree")
    await gallery.letter(NoticeKind.ALERT_EXTENSION_ANSWERED, ALERT, LARS)


async def _asks(gallery: Gallery, number: str) -> None:
    dorte = gallery.guest(DORTE, "asks for more")
    await dorte.types(f"forlæng {number}")
    await dorte.fills({"until": _day(gallery, 200), "because": BECAUSE})
    await dorte.types(f"alarm {number}")


async def _wound_down(lars: Guest, number: str) -> None:
    """Normalise, hand on, and close; each form is seen blank, and refused first."""
    await lars.types(f"normalisér {number}")
    await lars.presses("form.next")
    await lars.fills({"days": "3", "because": BECAUSE})
    await lars.types(f"luk {number}")
    await lars.fills({"because": BECAUSE})
    await lars.types("annullér")
    await lars.types("ja")
    dorte = lars.gallery.guest(DORTE, "alert ends")
    await dorte.types(f"afslut {number}")
    await dorte.presses("alertend.hand_on")
    await dorte.presses("form.next")
    async with lars.gallery.database.transaction() as tx:
        plan = (await tx.action_plans.of_alert(ALERT))[0]
    left = ",".join(str(each.id) for each in plan.measures if each.waits)
    await dorte.fills({"measures": left, "to": "daily", "because": BECAUSE})
    await dorte.types(f"afslut {number}")
    await dorte.presses("alertend.close")
    await dorte.presses("form.next")
    await dorte.fills({"normal": "1,2", "close_down": "1", "because": BECAUSE})
    await dorte.types(f"afslut {number}")
    await dorte.presses("evaluation.open")


async def _evaluated(gallery: Gallery, lars: Guest, number: str) -> None:
    """Answer by pages, learn something, finish it, and do what was learned."""
    await lars.types(f"evaluering {number}")
    await lars.presses("evaluation.answer")
    await lars.visits({"answer1": SAID})
    await lars.visits({"answer4": SAID})
    await lars.presses("form.send")
    await lars.types(f"læring {number}")
    await lars.presses("form.next")
    due = {"due_on": _day(gallery, 7), "template": "H1"}
    await lars.fills({"words": LEARNED, "owner": LARS.id, **due})
    await lars.types(f"læring {number}")
    await lars.fills({"words": LEARNED, "owner": DORTE.id, **due})
    await lars.types(f"evaluering {number}")
    await lars.presses("evaluation.finish")
    async with gallery.database.transaction() as tx:
        learned = await tx.learnings.of(ALERT)
    [of_dorte] = [each for each in learned if each.owner == DORTE.id]
    await gallery.letter(NoticeKind.LEARNING_GIVEN, of_dorte.id, DORTE)
    await gallery.letter(NoticeKind.LEARNING_DUE, of_dorte.id, DORTE, after=8 * DAY)
    await lars.types("mine læringer")
    await lars.presses("learning.done")
    await lars.presses("learning.mine")
    dorte = gallery.guest(DORTE, "lessons")
    await dorte.types("læring opgivet 1")
    await dorte.types(f"evaluering {number}")


async def _opened_again(gallery: Gallery, number: str) -> None:
    """File it too soon, and open it again until it has run out."""
    dorte = gallery.guest(DORTE, "alert again")
    await dorte.types(f"journalisér {number}")
    await dorte.presses("form.next")
    await dorte.fills({"journal": JOURNAL})
    gallery.confided -= {JOURNAL}
    await dorte.types("annullér")
    await dorte.types("ja")
    await dorte.types(f"afslut {number}")
    await dorte.presses("alertend.reopen")
    await dorte.presses("form.next")
    await dorte.fills({"because": BECAUSE})
    await gallery.letter(NoticeKind.ALERT_REOPENED, ALERT, LARS)
    async with gallery.database.transaction() as tx:
        alert = await tx.alerts.find(ALERT)
        assert alert is not None
        await tx.alerts.save(replace(alert, state=AlertState.PLANNING, period_end=None))
    await gallery.letter(NoticeKind.ALERT_NO_PERIOD, ALERT, LARS, after=8 * DAY)
    async with gallery.database.transaction() as tx:
        alert = await tx.alerts.find(ALERT)
        assert alert is not None
        await tx.alerts.save(replace(alert, state=AlertState.EXPIRED, period_end=gallery.now))
    await gallery.letter(NoticeKind.ALERT_EXPIRED, ALERT, LARS)
    await dorte.types(f"afslut {number}")
    await dorte.types(f"alarm {number}")


def _at_their_fullest(gallery: Gallery) -> None:
    """Show as much as there can be, in a drill."""
    say, now = gallery.say, gallery.now
    alert = Alert(
        id=UUID(int=4),
        year=2026,
        number=1234,
        level=Level.FULL,
        drill=True,
        template="H1",
        title=NASTY[:60],
        situation=Situation(happened=LONG, where=LONG, stands=LONG, done=LONG),
        audience=replace(ORDER.audience, areas=frozenset(each.code for each in AREAS)),
        state=AlertState.NORMALISING,
        activated_by=LARS.id,
        activated_at=now,
        leaves_at=now,
        coordinator=LARS.id,
        log_keeper=LARS.id,
        period_end=now + PERIOD,
    )
    asked = AlertDecision(
        id=UUID(int=5),
        alert=alert.id,
        kind=DecisionKind.EXTENSION_ASKED,
        words=LONG,
        by=LARS.id,
        at=now,
        until=now + 100 * DAY,
    )
    measure = Measure(
        id=UUID(int=6), kind="M1", title=NASTY, party=Party.BUF, given_at=now, due_at=now
    )
    left = Outstanding(
        measures=(measure,) * 80,
        reports=tuple(Missing(party=each, due_at=now) for each in Party),
        not_briefed=tuple(each.id for each in CROWD),
        parties=tuple(Party),
        quiet_until=now,
        normal=(NASTY,) * 12,
        close_down=(NASTY,) * 12,
    )
    names = {each.id: each.name for each in CROWD}
    ending = alert_ends.Ending(
        alert=alert, left=left, asked=asked, extensions=12, names=names, now=now
    )
    ways = ["alertend.agree", "alertend.refuse", "alertend.hand_on", "alertend.extend"]
    shown = alert_ends.page(ending, ways=[*ways, "alertend.normalise"], say=say)
    gallery.hang("end of an alert at its fullest", shown)
    learning = Learning(
        id=UUID(int=7),
        alert=alert.id,
        words=LONG,
        owner=CROWD[0].id,
        due_on=date(2026, 12, 31),
        template="H1",
        given_by=LARS.id,
        given_at=now,
    )
    evaluation = Evaluation(
        alert=alert.id,
        drill=True,
        owner=CROWD[0].id,
        due_on=date(2026, 12, 31),
        answers=(Answered(question=NASTY, answer=(NASTY * 99)[:2000]),) * 9,
        figures=dict.fromkeys(("first_reply", "quorum", *COUNTS), 99999),
        begun_at=now,
    )
    full = evaluations.Page(
        alert=alert,
        evaluation=evaluation,
        timeline=[LogLine(number=1, at=now, by=NASTY, words=LONG)] * 30,
        learnings=[learning] * 30,
        unreached=[(each.id, DeliveryState.APP_MISSING) for each in CROWD],
        changes=[1, 2, 3],
        names=names,
    )
    ways = ["evaluation.answer", "evaluation.finish", "learning.begin"]
    gallery.hang("evaluation at its fullest", evaluations.page(full, ways=ways, say=say))
    mine = evaluations.mine([(learning, alert)] * 30, say=say)
    gallery.hang("list of lessons at its fullest", mine)
    gallery.hang("lesson at its fullest", evaluations.learning(learning, alert, "due", say=say))
