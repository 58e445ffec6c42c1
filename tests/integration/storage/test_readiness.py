"""Alerts and all that follows: what is kept comes back, and what is final stays as it was."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.action_plans import PlanTrack
from domain.alert_audience import default_audience
from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind, amended, noted
from domain.alert_roles import AlertRole, Offer
from domain.alert_sharings import DistributionList, ShareKind, ShareWay, Sharing
from domain.alerts import (
    Alert,
    AlertState,
    Level,
    Recipient,
    Reply,
    Situation,
    Via,
    Why,
)
from domain.errors import RuleBroken
from domain.escalation import begin
from domain.evaluations import Answered, Evaluation, Learning, LearningState
from domain.measure_reminders import Reminder, ReminderKind
from domain.notices import Tier
from domain.parties import Party
from domain.people import AreaCode, Authority, PersonId
from domain.plan_calendar import CalendarRow
from domain.plan_measures import complete, take_up
from domain.plan_moves import with_measure
from domain.plan_templates import Override, PlanTier
from domain.plan_track import ask_approval, content, decide, finish
from domain.situations import SituationReport
from storage.database import Database
from tests.integration.storage.examples import A_MINUTE, ANNA, BO, MONDAY_NOON, VALBY
from tests.support import action_plans, escalating

HERE = frozenset({VALBY})
SITUATION = Situation(happened="Slagsmål", where="Torvet", stands="Uroligt", done="Patrulje")


def alert(number: int = 1, **changes: object) -> Alert:
    made = Alert(
        id=uuid4(),
        year=2026,
        number=number,
        level=Level.COORDINATION,
        drill=False,
        template="H1",
        title="Uro på torvet",
        situation=SITUATION,
        audience=default_audience(HERE),
        state=AlertState.ACTIVATED,
        activated_by=ANNA.id,
        activated_at=MONDAY_NOON,
        leaves_at=MONDAY_NOON + timedelta(seconds=10),
        coordinator=ANNA.id,
        log_keeper=BO.id,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def recipient(of: Alert, person: str, **changes: object) -> Recipient:
    made = Recipient(
        alert=of.id,
        person=PersonId(person),
        authority=Authority.BUF,
        areas=HERE,
        tier=Tier.ALERT_LEADERS,
        why=Why.AUDIENCE,
        added_at=MONDAY_NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class TestAlerts:
    async def test_come_back_as_they_were(self, database: Database) -> None:
        real, drill = alert(1), alert(2, drill=True, activated_at=MONDAY_NOON + A_MINUTE)
        over = alert(3, state=AlertState.CLOSED)
        async with database.transaction() as tx:
            for each in (real, drill, over):
                assert await tx.alerts.add(each)
            assert not await tx.alerts.add(real)

        async with database.transaction() as tx:
            assert await tx.alerts.find(real.id) == real
            assert await tx.alerts.hold(drill.id) == drill
            assert await tx.alerts.by_number(2026, 3) == over
            assert await tx.alerts.open(drill=False) == [real]
            assert await tx.alerts.open(drill=True) == [drill]
            assert await tx.alerts.open(drill=False, since=MONDAY_NOON + A_MINUTE) == []
            month = {"since": MONDAY_NOON, "before": MONDAY_NOON + A_MINUTE}
            assert {each.id for each in await tx.alerts.activated(drill=False, **month)} == {
                real.id,
                over.id,
            }

    async def test_an_outdated_version_is_refused(self, database: Database) -> None:
        made = alert()
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            saved = await tx.alerts.save(replace(made, state=AlertState.PLANNING))

            assert saved.version == 2
            assert await tx.alerts.find(made.id) == saved
            with pytest.raises(RuleBroken, match="alert.moved_on"):
                await tx.alerts.save(made)

    async def test_a_drill_is_never_turned_live(self, database: Database) -> None:
        """BER-63: nor the reverse, whatever is said."""
        made = alert(drill=True)
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alerts.save(replace(made, drill=False))
            found = await tx.alerts.find(made.id)
            assert found is not None
            assert found.drill

        for wrong in ("UPDATE data.alerts SET drill = false", "UPDATE data.alerts SET drill = 0"):
            with pytest.raises(DBAPIError):
                async with database.transaction() as tx:
                    await tx.connection.execute(text(wrong))

    async def test_numbers_are_counted_by_the_year(self, database: Database) -> None:
        async with database.transaction() as tx:
            assert [await tx.alerts.next_number(year) for year in (2026, 2026, 2027)] == [1, 2, 1]


class TestRecipients:
    async def test_are_there_once(self, database: Database) -> None:
        """BER-11."""
        made = alert()
        leader, member = (
            recipient(made, "leader"),
            recipient(made, "member", tier=Tier.ALERT_GROUPS, quorum=False),
        )
        other = recipient(made, "other", authority=Authority.KP, stands_for=PersonId("leader"))
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.recipients.add([]) == frozenset()
            assert await tx.recipients.add([member, leader]) == {"leader", "member"}
            assert await tx.recipients.add([leader, other]) == {"other"}

        async with database.transaction() as tx:
            assert await tx.recipients.of(made.id) == [leader, other, member]
            assert await tx.recipients.of(made.id, authority=Authority.KP) == [other]
            assert await tx.recipients.find(made.id, member.person) == member
            assert await tx.recipients.find(made.id, BO.id) is None
            assert await tx.alerts.open_to(member.person, drill=False) == [made]
            assert await tx.alerts.open_to(member.person, drill=True) == []
            assert await tx.alerts.open_to(BO.id, drill=False) == []

    async def test_answer_and_change_their_answer(self, database: Database) -> None:
        """BER-21, BER-23."""
        made, later = alert(), MONDAY_NOON + A_MINUTE
        leader = PersonId("leader")
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.recipients.add([recipient(made, "leader")])

            async def answers(
                person: PersonId, reply: Reply, via: Via, by: PersonId, now: datetime
            ) -> bool:
                return await tx.recipients.answer(made.id, person, reply, via=via, by=by, now=now)

            assert await answers(leader, Reply.RECEIVED, Via.TEAMS, leader, MONDAY_NOON)
            assert not await answers(leader, Reply.RECEIVED, Via.TEAMS, leader, later)
            assert not await answers(BO.id, Reply.RECEIVED, Via.TEAMS, BO.id, MONDAY_NOON)
            assert await answers(leader, Reply.JOINING, Via.PHONE, BO.id, later)

        async with database.transaction() as tx:
            assert await tx.recipients.find(made.id, leader) == recipient(
                made,
                "leader",
                reply=Reply.JOINING,
                replied_at=later,
                via=Via.PHONE,
                via_person=BO.id,
            )
            assert await tx.recipients.answers(made.id) == [
                (leader, Reply.RECEIVED, MONDAY_NOON),
                (leader, Reply.JOINING, later),
            ]


class TestLadders:
    async def test_are_frozen(self, database: Database) -> None:
        """BER-29."""
        made, snapshot = alert(), escalating.frozen()
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            with pytest.raises(LookupError):
                await tx.escalations.snapshot(made.id)
            ladders = [begin(snapshot, each) for each in snapshot.authorities()]
            await tx.escalations.begin(made.id, snapshot, ladders)

        async with database.transaction() as tx:
            assert await tx.escalations.snapshot(made.id) == snapshot
            found = await tx.escalations.of(made.id)
            assert {each.climbed.authority: each.climbed for each in found} == {
                each.authority: each for each in ladders
            }
            assert {each.climbed.authority: each.required for each in found} == {
                each: snapshot.quorum.get(each, 0) for each in snapshot.authorities()
            }
        with pytest.raises(DBAPIError):
            async with database.transaction() as tx:
                await tx.connection.execute(text("UPDATE data.alert_snapshots SET snapshot = ''"))

    async def test_are_climbed_by_one_at_a_time(self, database: Database) -> None:
        """BER-76: none skipped, and none twice."""
        made, snapshot = alert(), escalating.frozen()
        first = snapshot.left_at + 5 * A_MINUTE
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.escalations.begin(made.id, snapshot, [begin(snapshot, Authority.BUF)])

            assert await tx.escalations.next_due() == first
            assert await tx.escalations.due(first - A_MINUTE, at_most=9) == []
            assert await tx.escalations.due(first, at_most=9) == [(made.id, Authority.BUF)]
            assert await tx.escalations.overdue(before=first) == (1, first)
            early = first - A_MINUTE
            assert await tx.escalations.claim(made.id, Authority.BUF, now=early) is None
            ladder = await tx.escalations.claim(made.id, Authority.BUF, now=first)
            assert ladder is not None
            climbed = replace(
                ladder.climbed,
                taken=1,
                next_at=first + 5 * A_MINUTE,
                nobody_for=frozenset({PersonId("BUF leader")}),
            )
            kept = await tx.escalations.keep(ladder, climbed)
            assert await tx.escalations.hold(made.id, Authority.BUF) == kept
            assert await tx.escalations.hold(made.id, Authority.KP) is None
            with pytest.raises(RuleBroken, match="alert.moved_on"):
                await tx.escalations.keep(ladder, climbed)
            assert await tx.escalations.claim(made.id, Authority.BUF, now=first) is None

    async def test_wait_while_it_is_paused_and_end_with_it(self, database: Database) -> None:
        """BER-31, BER-26."""
        made, snapshot = alert(), escalating.frozen()
        first, resumes = snapshot.left_at + 5 * A_MINUTE, snapshot.left_at + 30 * A_MINUTE
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.escalations.begin(made.id, snapshot, [begin(snapshot, Authority.BUF)])
            paused = await tx.alerts.save(replace(made, paused_until=resumes))

            assert await tx.escalations.due(first, at_most=9) == []
            assert await tx.escalations.claim(made.id, Authority.BUF, now=first) is None
            assert await tx.escalations.next_due() == resumes
            assert await tx.escalations.overdue(before=first) == (0, None)
            assert await tx.escalations.overdue(before=resumes) == (1, resumes)
            assert await tx.escalations.due(resumes, at_most=9) == [(made.id, Authority.BUF)]
            await tx.alerts.save(replace(paused, state=AlertState.CLOSED))
            assert await tx.escalations.due(resumes, at_most=9) == []
            assert await tx.escalations.next_due() is None


class TestTheLog:
    async def test_only_grows(self, database: Database) -> None:
        """BER-44: a correction is a line of its own."""
        made, other = alert(1), alert(2)
        bot = LogEntry(
            alert=made.id,
            kind=LogKind.ESCALATED,
            at=MONDAY_NOON,
            by=None,
            facts={"rung": "repeat"},
            authority=Authority.KP,
            people=(ANNA.id, BO.id),
            due_at=MONDAY_NOON,
            late=timedelta(seconds=1.25),
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alerts.add(other)
            first = await tx.alert_log.add(bot)
            second = await tx.alert_log.add(
                noted(made.id, "Patruljen er fremme", by=ANNA.id, now=MONDAY_NOON)
            )
            third = await tx.alert_log.add(
                amended(second, "Patruljen er på vej", by=BO.id, now=MONDAY_NOON + A_MINUTE)
            )
            elsewhere = await tx.alert_log.add(noted(other.id, "Ro", by=BO.id, now=MONDAY_NOON))

        assert [each.number for each in (first, second, third, elsewhere)] == [1, 2, 3, 1]
        assert third.amends == 2
        async with database.transaction() as tx:
            assert await tx.alert_log.of(made.id) == [first, second, third]
            assert await tx.alert_log.of(made.id, after=2) == [third]
            assert await tx.alert_log.find(made.id, 2) == second
            assert await tx.alert_log.find(made.id, 4) is None

    async def test_decisions_come_back(self, database: Database) -> None:
        made = alert()
        decision = AlertDecision(
            id=uuid4(),
            alert=made.id,
            kind=DecisionKind.EXTENDED,
            words="To uger mere",
            by=ANNA.id,
            at=MONDAY_NOON,
            until=MONDAY_NOON + timedelta(days=14),
            measure=uuid4(),
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.alert_decisions.add(decision)
            assert not await tx.alert_decisions.add(decision)
            assert await tx.alert_decisions.of(made.id) == [decision]

    async def test_a_role_is_offered_to_one_at_a_time(self, database: Database) -> None:
        """BER-45."""
        made = alert()
        to_bo = Offer(
            alert=made.id, role=AlertRole.COORDINATOR, to=BO.id, by=ANNA.id, at=MONDAY_NOON
        )
        to_carl = replace(to_bo, to=PersonId("carl"))
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alert_offers.offer(to_bo)
            await tx.alert_offers.offer(to_carl)
            assert await tx.alert_offers.of(made.id) == {AlertRole.COORDINATOR: to_carl}
            assert not await tx.alert_offers.close(to_bo)
            assert await tx.alert_offers.close(to_carl)
            assert await tx.alert_offers.of(made.id) == {}

    async def test_the_latest_situation_of_each_party(self, database: Database) -> None:
        """BER-43."""
        made, other = alert(1), alert(2)
        early = SituationReport(
            id=uuid4(),
            alert=made.id,
            party=Party.KP,
            situation=replace(SITUATION, needs="Flere vagter"),
            by=ANNA.id,
            at=MONDAY_NOON,
            due_at=MONDAY_NOON,
        )
        late = replace(early, id=uuid4(), at=MONDAY_NOON + A_MINUTE, due_at=None)
        buf = replace(early, id=uuid4(), party=Party.BUF)
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.alerts.add(other)
            for each in (late, early, buf):
                assert await tx.situations.add(each)
            assert not await tx.situations.add(early)

        async with database.transaction() as tx:
            assert (await tx.situations.of(made.id))[-1] == late
            assert await tx.situations.latest([made.id, other.id]) == {
                made.id: {Party.KP: late, Party.BUF: buf},
                other.id: {},
            }


class TestPlans:
    async def test_come_back_with_their_measures_and_versions(self, database: Database) -> None:
        """BER-33, BER-47."""
        draft = action_plans.running("H3")
        done = finish(draft, by=ANNA.id, now=MONDAY_NOON)
        asked = ask_approval(done, deadline=MONDAY_NOON + A_MINUTE, now=MONDAY_NOON)
        answered = decide(
            asked,
            track=PlanTrack.REMARKED,
            number=1,
            fingerprint=asked.versions[0].checksum,
            remark="Husk bussen",
            by=BO.id,
            now=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            assert await tx.action_plans.add(draft)
            assert not await tx.action_plans.add(draft)
            assert await tx.action_plans.hold(draft.id) == draft
            await tx.action_plans.save(answered, was=draft)

        async with database.transaction() as tx:
            assert await tx.action_plans.find(draft.id) == answered
            assert await tx.action_plans.shown(draft.id, 1) == content(answered)
            assert await tx.action_plans.shown(draft.id, 2) is None
            with pytest.raises(RuleBroken, match="actionplan.stale"):
                await tx.action_plans.save(asked, was=draft)
            assert await tx.action_plans.find(uuid4()) is None

    async def test_two_ticks_both_stand(self, database: Database) -> None:
        """BER-37."""
        plan = action_plans.running()
        one, two = plan.measures[0], plan.measures[1]
        async with database.transaction() as tx:
            await tx.action_plans.add(plan)
        for measure in (take_up(one), complete(two, by=ANNA.id, now=MONDAY_NOON)):
            async with database.transaction() as tx:
                held = await tx.action_plans.hold(plan.id)
                assert held is not None
                await tx.action_plans.save(with_measure(held, measure), was=held)

        async with database.transaction() as tx:
            found = await tx.action_plans.with_measure(two.id)
            assert found is not None
            assert found.measures[:2] == (
                take_up(one),
                complete(two, by=ANNA.id, now=MONDAY_NOON),
            )
            assert found.measures[2:] == plan.measures[2:]
            assert await tx.action_plans.running(drill=False) == [found]
            assert await tx.action_plans.running(drill=True) == []

    async def test_a_row_of_the_calendar_grows_one_plan(self, database: Database) -> None:
        """BER-40."""
        row = uuid4()
        grown = replace(action_plans.plan("B1"), row=row)
        again = replace(grown, id=uuid4(), measures=())
        async with database.transaction() as tx:
            assert await tx.action_plans.add(grown)
            assert not await tx.action_plans.add(again)
            assert await tx.action_plans.drawn() == {row}
            assert await tx.action_plans.ahead(since=grown.ends_at) == [grown]
            assert await tx.action_plans.ahead(since=grown.ends_at + A_MINUTE) == []

    async def test_a_version_is_kept_as_it_was_shown(self, database: Database) -> None:
        plan = action_plans.running()
        done = finish(plan, by=ANNA.id, now=MONDAY_NOON)
        async with database.transaction() as tx:
            with pytest.raises(ValueError, match="when it is made"):
                await tx.action_plans.add(replace(done, title="Noget andet"))

    async def test_nobody_is_reminded_twice(self, database: Database) -> None:
        """BER-34."""
        plan = action_plans.running()
        one = Reminder(
            plan=plan.id, measure=plan.measures[0].id, kind=ReminderKind.DUE, due_at=MONDAY_NOON
        )
        two = replace(one, kind=ReminderKind.OVERDUE)
        async with database.transaction() as tx:
            await tx.action_plans.add(plan)
            assert await tx.measure_reminders.note([one], now=MONDAY_NOON) == {one}
            assert await tx.measure_reminders.note([one, two], now=MONDAY_NOON) == {two}
            assert await tx.measure_reminders.of([plan]) == {one, two}
            assert await tx.measure_reminders.of([]) == frozenset()


class TestWhatIsShared:
    async def test_who_got_which_version_when(self, database: Database) -> None:
        """BER-48."""
        made, plan = alert(), action_plans.running()
        first = Sharing(
            id=UUID(int=1),
            kind=ShareKind.PLAN,
            alert=made.id,
            plan=plan.id,
            number=2,
            checksum="ab",
            tier=PlanTier.EXTERNAL,
            outside="Hovedstadens Beredskab",
            list=uuid4(),
            way=ShareWay.MAIL,
            by=ANNA.id,
            at=MONDAY_NOON,
        )
        second = Sharing(
            id=UUID(int=2),
            kind=ShareKind.BRIEFED,
            alert=made.id,
            person=BO.id,
            way=ShareWay.BY_HAND,
            words="Sagt på morgenmødet",
            by=BO.id,
            at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            await tx.action_plans.add(plan)
            await tx.sharings.add([])
            await tx.sharings.add([first, second])
            assert await tx.sharings.of_alert(made.id) == [first, second]
            assert await tx.sharings.of_alert(made.id, kind=ShareKind.BRIEFED) == [second]
            assert await tx.sharings.of_plan(plan.id) == [first]

    async def test_lists_have_names_of_their_own(self, database: Database) -> None:
        """BER-11."""
        kept = DistributionList(
            id=uuid4(),
            name="Team Sikker By",
            audience=replace(
                default_audience(HERE), externals=("Sikker By",), externals_because="Brand"
            ),
            tier=PlanTier.ORIENTATION,
            by=ANNA.id,
            at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            first = await tx.distribution_lists.save(kept)
            assert await tx.distribution_lists.all() == [first]
            with pytest.raises(RuleBroken, match="list.taken"):
                await tx.distribution_lists.save(replace(kept, id=uuid4()))
            gone = await tx.distribution_lists.save(replace(first, in_use=False))
            with pytest.raises(RuleBroken, match="list.moved_on"):
                await tx.distribution_lists.save(first)
            assert await tx.distribution_lists.all() == []
            assert await tx.distribution_lists.find(kept.id) == gone


class TestWhatPlansAreMadeFrom:
    async def test_each_change_of_a_template_stays(self, database: Database) -> None:
        """BER-39, BER-61."""
        first = Override(
            template="H1",
            revision=1,
            changes={"title": "Ny titel", "externals": ["HB"], "becomes": None},
            by=ANNA.id,
            at=MONDAY_NOON,
        )
        second = replace(first, revision=2, because="Lært", alert=uuid4())
        other = replace(first, template="H2")
        async with database.transaction() as tx:
            for each in (first, second, other):
                await tx.template_overrides.add(each)
            with pytest.raises(RuleBroken, match="template.moved_on"):
                await tx.template_overrides.add(second)
            assert await tx.template_overrides.latest() == [second, other]
            assert await tx.template_overrides.of("H1") == [second, first]

    async def test_the_calendar_is_corrected(self, database: Database) -> None:
        """BER-40."""
        example = CalendarRow(
            id=uuid4(),
            template="B1",
            name="Sidste skoledag",
            from_on=date(2027, 6, 25),
            to_on=date(2027, 6, 25),
            areas=frozenset({AreaCode("VAL"), AreaCode("TIN")}),
            confirmed=False,
        )
        mine = replace(example, id=uuid4(), school="Skolen", from_on=date(2027, 6, 24))
        async with database.transaction() as tx:
            await tx.plan_calendar.begin([example], now=MONDAY_NOON)
            kept = replace(example, version=1)
            right = await tx.plan_calendar.save(
                replace(kept, confirmed=True), by=ANNA.id, now=MONDAY_NOON
            )
            await tx.plan_calendar.begin([example], now=MONDAY_NOON)
            assert await tx.plan_calendar.find(example.id) == right
            with pytest.raises(RuleBroken, match="calendar.moved_on"):
                await tx.plan_calendar.save(kept, by=ANNA.id, now=MONDAY_NOON)
            added = await tx.plan_calendar.save(mine, by=ANNA.id, now=MONDAY_NOON)
            assert await tx.plan_calendar.rows() == [added, right]
            with pytest.raises(RuleBroken, match="calendar.moved_on"):
                await tx.plan_calendar.remove(mine)
            await tx.plan_calendar.remove(added)
            assert await tx.plan_calendar.rows() == [right]


class TestWhatWasLearned:
    async def test_an_alert_is_evaluated_once(self, database: Database) -> None:
        """BER-61."""
        made = alert()
        begun = Evaluation(
            alert=made.id,
            drill=False,
            owner=ANNA.id,
            due_on=date(2026, 3, 9),
            answers=(Answered(question="Hvad gik godt?"),),
            figures={"first_reply": 42},
            begun_at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.evaluations.begin(begun)
            assert not await tx.evaluations.begin(begun)
            assert await tx.evaluations.of(made.id) == begun
            assert await tx.evaluations.waiting(drill=False) == [begun]
            assert await tx.evaluations.waiting(drill=True) == []
            said = begun.answered([Answered(question="Hvad gik godt?", answer="Kvorum")])
            done = await tx.evaluations.save(said.done(by=ANNA.id, now=MONDAY_NOON))
            with pytest.raises(RuleBroken, match="evaluation.moved_on"):
                await tx.evaluations.save(said)
            assert await tx.evaluations.done(drill=False) == [done]
            assert await tx.evaluations.waiting(drill=False) == []

    async def test_what_is_learned_is_somebodys_task(self, database: Database) -> None:
        """BER-61."""
        made = alert()
        learning = Learning(
            id=uuid4(),
            alert=made.id,
            words="Ring til klubben først",
            owner=BO.id,
            due_on=date(2026, 4, 1),
            template="H1",
            given_by=ANNA.id,
            given_at=MONDAY_NOON,
        )
        async with database.transaction() as tx:
            await tx.alerts.add(made)
            assert await tx.learnings.add(learning)
            assert not await tx.learnings.add(learning)
            assert await tx.learnings.open_of(BO.id) == [learning]
            assert await tx.learnings.open_before(date(2026, 4, 1)) == []
            assert await tx.learnings.open_before(date(2026, 4, 2)) == [learning]
            done = await tx.learnings.save(
                learning.ended(LearningState.DONE, revision=3, now=MONDAY_NOON)
            )
            with pytest.raises(RuleBroken, match="learning.moved_on"):
                await tx.learnings.save(learning)
            assert await tx.learnings.find(learning.id) == done
            assert await tx.learnings.of(made.id) == [done]
            assert await tx.learnings.about("H1") == [done]
            assert await tx.learnings.open_of(BO.id) == []
