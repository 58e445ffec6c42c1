"""What the board says of an alert: sums, what is missing, what happened, and to whom how much."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from cards.board import authority_row, delivery_rows, quorum_of, situation_of
from cards.board_alert import marks
from cards.board_figures import figures_page
from cards.figures.matrix import answer_matrix
from cards.readiness_meetings import joins
from domain.alert_board import AuthorityStands
from domain.alert_figures import MarkKind, Target, stands_of
from domain.alert_log import LogEntry, LogKind
from domain.alert_messages import latest_message
from domain.alert_papers import CapKind
from domain.alert_tiers import Sight, papers_of, sees_log, sight_of
from domain.alerts import QUORUM, Audience, Level, Reply
from domain.delivery import DeliveryState, Tally
from domain.exports import OF_ALERTS, ExportKind
from domain.parties import Party
from domain.people import Authority, Person
from domain.plan_templates import PlanTier
from domain.roles import Actor, Role
from domain.situations import SituationReport
from tests.support.alerts_written import (
    BRO,
    LEFT_AT,
    VAL,
    a_plan,
    a_recipient,
    an_alert,
    recipients,
)
from tests.support.catalogue import DANISH
from tests.support.examples import DORTE, person
from usecases.see_figures import compare, incidents

A_MINUTE = timedelta(minutes=1)
STANDS = stands_of(recipients(), QUORUM)


def entry(number: int, kind: LogKind, **facts: str) -> LogEntry:
    """Write a line of the log, a minute after the one before it."""
    return LogEntry(
        alert=an_alert().id,
        number=number,
        kind=kind,
        at=LEFT_AT + number * A_MINUTE,
        by=DORTE.id,
        words="Nogen skrev dette",
        facts=facts,
        authority=Authority.KFF if facts else None,
    )


class TestALine:
    def test_says_which_authorities_lack_somebody(self) -> None:
        """BER-24, BER-66."""
        said = quorum_of(STANDS, level=Level.COORDINATION, say=DANISH)

        assert said.startswith(DANISH("board.quorum_part", met=3, total=5))
        assert said.endswith(DANISH("board.quorum_lacks", authorities="KFF, BIF"))
        met = [replace(each, joining=1) for each in STANDS]
        assert quorum_of(met, level=Level.FULL, say=DANISH) == DANISH("board.quorum_all")
        nobody_asked = quorum_of(STANDS, level=Level.ORIENTATION, say=DANISH)
        assert nobody_asked == DANISH("board.quorum_none")

    def test_counts_who_joins_where_nobody_is_required(self) -> None:
        """BER-24: a number out of none is no number."""
        people = [a_recipient(1, Authority.KP, reply=Reply.JOINING, after=1)]
        [free] = stands_of(people, {})
        figure = answer_matrix([free], drill=False, id="matrix", say=DANISH)

        assert figure.rows[0][-1] == "1 deltager"
        assert authority_row(free, say=DANISH)["words"] == "1 deltager"
        assert joins(free, say=DANISH) == "1 deltager"
        [asked] = stands_of(people, {Authority.KP: 2})
        assert joins(asked, say=DANISH) == "1 af 2 deltager"

    @pytest.mark.parametrize("every", [False, True])
    def test_counts_everybody_in_one_state(self, *, every: bool) -> None:
        """BER-13, BER-66: whatever is shown, it adds up to all who are asked, away or not."""
        tally: Tally = {DeliveryState.DELIVERED: 5, DeliveryState.BLOCKED: 1}
        asked = [AuthorityStands(authority=Authority.KP, replies={None: 7})]
        *rows, away, (_, total) = delivery_rows(tally, asked, every=every, say=DANISH)

        assert away == ("Fraværende, ikke skrevet til", 1)
        assert total == sum(number for _, number in rows) + 1 == 7
        assert len(rows) == (len(DeliveryState) if every else 2)

    def test_says_how_it_stands_by_the_latest_report(self) -> None:
        """BER-43."""
        first = an_alert().situation
        report = SituationReport(
            id=UUID(int=5),
            alert=an_alert().id,
            party=Party.KP,
            situation=replace(first, stands="Der er ro\nigen"),
            by=DORTE.id,
            at=LEFT_AT,
        )
        assert situation_of(first, say=DANISH) == first.stands
        said = situation_of(report, say=DANISH)
        assert said == "Der er ro igen (KP, mandag 2. november 2026 kl. 12.00)"


class TestTheTimeline:
    def test_shows_the_first_answer_and_nobodys_words(self) -> None:
        """BER-67, BER-48: also for who gets no names."""
        happened = [
            entry(1, LogKind.ACTIVATED),
            entry(2, LogKind.REPLIED),
            entry(3, LogKind.CONFIRMED),
            entry(4, LogKind.ESCALATED, rung="substitutes"),
            entry(5, LogKind.REPORTED),
        ]
        drawn = marks(happened, say=DANISH)

        kinds = [MarkKind.ALERT, MarkKind.REPLY, MarkKind.ESCALATION, MarkKind.REPORT]
        assert [each.kind for each in drawn] == kinds
        assert all(one.at < other.at for one, other in pairwise(drawn))
        assert "KFF" in drawn[2].words
        assert DANISH("log_line.rung_substitutes") in drawn[2].words
        assert not [each for each in drawn if "Nogen skrev" in each.words]


class TestTheTier:
    @pytest.mark.parametrize("planned", [False, True], ids=["no plan", "plan"])
    @pytest.mark.parametrize(
        ("role", "authority", "tier"),
        [
            (Role.SEK, Authority.BUF, PlanTier.FULL),
            (Role.TOLD, Authority.SOF, PlanTier.FULL),
            (Role.LGM, Authority.KP, PlanTier.FULL),
            (Role.SGM, Authority.BUF, PlanTier.ORIENTATION),
        ],
    )
    def test_is_full_for_the_parties_only(
        self, role: Role, authority: Authority, tier: PlanTier, *, planned: bool
    ) -> None:
        """BER-48, BER-55."""
        plan = a_plan() if planned else None
        by = replace(person("somebody"), authority=authority)

        def read(by: Person) -> PlanTier:
            held = frozenset({role})
            actor = Actor(person=by)
            return sight_of(an_alert(), plan, actor=actor, held=held, own=None).plan

        assert read(by) is tier
        assert read(replace(by, s115_covered=False)) is PlanTier.ORIENTATION

    def test_opens_the_log_to_who_keeps_it(self) -> None:
        """BER-44, BER-53: whoever they are otherwise, while they are covered."""
        keeper = person("keeper")
        alert = replace(an_alert(), log_keeper=keeper.id)

        assert sees_log(alert, actor=Actor(person=keeper), own=None)
        assert not sees_log(an_alert(), actor=Actor(person=keeper), own=None)
        outside = replace(keeper, s115_covered=False)
        assert not sees_log(alert, actor=Actor(person=outside), own=None)

    def test_decides_what_can_be_had(self) -> None:
        """BER-53, BER-55: no log, no telephone numbers, no owners without the full tier."""
        kept = papers_of(Sight(), planned=True)
        whole = Sight(plan=PlanTier.FULL, log=True, reports=True)

        assert kept == [ExportKind.ALERT_PLAN, ExportKind.ALERT_FIGURES, ExportKind.ALERT_CAP]
        assert papers_of(whole, planned=True) == list(OF_ALERTS)
        assert ExportKind.ALERT_PLAN not in papers_of(whole, planned=False)


class TestTheMessages:
    def test_are_numbered_and_refer_to_those_before(self) -> None:
        """BER-70: alert, update, cancel, as CAP counts them."""
        log = [
            entry(1, LogKind.ACTIVATED),
            entry(2, LogKind.REPLIED),
            entry(3, LogKind.UPDATED),
            entry(4, LogKind.FALSE_ALARM),
        ]
        alert = an_alert()
        first = latest_message(alert, log[:2], tier=PlanTier.FULL)
        last = latest_message(alert, log, tier=PlanTier.FULL)

        assert (first.kind, first.number, first.references) == (CapKind.ALERT, 1, ())
        assert (last.kind, last.number) == (CapKind.CANCEL, 3)
        assert [each.number for each in last.references] == [1, 2]
        assert not last.all_clear
        assert latest_message(alert, [], tier=PlanTier.FULL).number == 1
        over = [*log[:3], entry(4, LogKind.CLOSED)]
        assert latest_message(alert, over, tier=PlanTier.FULL).all_clear

    def test_say_anew_what_was_added(self) -> None:
        """BER-70: other areas and other words are another message."""
        log = [entry(1, LogKind.ACTIVATED), entry(2, LogKind.JOINED)]

        latest = latest_message(an_alert(), log, tier=PlanTier.FULL)

        assert (latest.kind, latest.number, latest.sent) == (CapKind.UPDATE, 2, log[1].at)


class TestFigures:
    def test_count_by_area_and_month_in_copenhagen(self) -> None:
        """BER-67: an alert in two areas is in both; one in the whole city is by itself."""
        near = replace(an_alert(), audience=Audience(areas=frozenset({VAL, BRO})))
        late = replace(near, activated_at=LEFT_AT.replace(month=11, day=30, hour=23, minute=30))
        whole = replace(an_alert(), audience=Audience())
        november, december = date(2026, 11, 1), date(2026, 12, 1)

        assert incidents([near, late, whole]) == {
            (VAL, november): 1,
            (BRO, november): 1,
            (VAL, december): 1,
            (BRO, december): 1,
            (None, november): 1,
        }

    def test_lay_drills_beside_what_was_real_and_never_mix_them(self) -> None:
        """BER-63."""
        live, drill = an_alert(), replace(an_alert(), drill=True)
        counted = [
            *((drill, {"quorum": each}) for each in (60, 180)),
            (live, {"quorum": 600, "recipients": 27}),
        ]
        [first, quorum, *_] = compare(counted)

        assert (first.target, first.drill, first.live) == (Target.FIRST_REPLY, None, None)
        assert (quorum.drill, quorum.live) == (2 * A_MINUTE, 10 * A_MINUTE)
        page = figures_page({}, {}, (first, quorum), say=DANISH)
        assert isinstance(page["figures"], list)
        real, practised, beside = page["figures"]
        assert practised["title"].startswith("ØVELSE")
        assert not real["title"].startswith("ØVELSE")
        assert beside["rows"][1][1:3] == ("2 min", "10 min")


def test_an_answer_that_counts_is_one_that_joins() -> None:
    """BER-24: who has merely received it is nobody who comes."""
    buf = next(each for each in STANDS if each.authority is Authority.BUF)
    assert (buf.joining, buf.replies[Reply.JOINING], buf.required) == (1, 1, 1)
