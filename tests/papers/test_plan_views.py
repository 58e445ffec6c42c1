"""What each kind of reader sees of a plan, and what nobody else may see (BER-48, BER-53)."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from cards.papers import pdf
from cards.papers.readiness import plan_paper
from cards.plan_tiers import ALLOWED, Column, Part
from cards.plan_views import PlanView, as_text, plan_view
from domain.action_plans import ActionPlan, PlanTrack, PlanVersion, Verdict
from domain.people import PersonId
from domain.plan_measures import Measure, MeasureState
from domain.plan_moves import with_measure
from domain.plan_templates import PlanTier, Share
from domain.plan_track import checksum
from tests.support.alerts_written import NOW, a_plan
from tests.support.catalogue import BOTH, DANISH, ENGLISH
from tests.support.readiness_golden import view

FULL, ORIENTATION, EXTERNAL = PlanTier.FULL, PlanTier.ORIENTATION, PlanTier.EXTERNAL
TIERS = pytest.mark.parametrize("tier", PlanTier)

# Every word that can stand in a plan, and who may read it. Each is written where it belongs as a
# word of its own, so that a view that lets one through is found out.
NOBODY: frozenset[PlanTier] = frozenset()
PARTIES = frozenset({FULL})
INSIDE = frozenset({FULL, ORIENTATION})
EVERYBODY = frozenset(PlanTier)
WHO_READS: Mapping[str, frozenset[PlanTier]] = {
    "PLANTITLE": EVERYBODY,
    "GOAL": EVERYBODY,
    "NORMAL": INSIDE,
    "EXTERNAL": INSIDE,
    "SHARETO": INSIDE,
    "SHAREWHEN": INSIDE,
    "MAKER": PARTIES,
    "SAIDBY": PARTIES,
    "REMARK": PARTIES,
    "AGENDA": NOBODY,
    "QUESTION": NOBODY,
    "CLOSEDOWN": NOBODY,
    "EVALUATION": NOBODY,
    "MEASURETITLE": EVERYBODY,
    "ASSISTS": INSIDE,
    "TARGETGROUP": INSIDE,
    "PLACE": INSIDE,
    "OWNER": PARTIES,
    "SUBSTITUTE": PARTIES,
    "NOTE": PARTIES,
    "REASON": PARTIES,
    "ENDEDBY": NOBODY,
    "WORDLESS": INSIDE,
}
NAMES = {PersonId(each.lower()): each for each in WHO_READS}

# A field that a plan or a measure gets later is to be thought about here, too.
FIELDS_OF_A_PLAN = {
    *("id", "alert", "row", "template", "template_label", "kind", "drill", "level", "title"),
    *("areas", "parties", "starts_at", "ends_at", "period_end", "measures", "cadence", "lists"),
    *("distribution", "externals", "made_by", "made_at", "track", "versions", "verdict"),
    *("asked_by", "reminders", "released_at", "erased_at", "version"),
    *("decisions", "closed_at"),
}
FIELDS_OF_A_MEASURE = {
    *("id", "kind", "title", "party", "given_at", "due_at", "owner", "substitute", "assists"),
    *("target_group", "place", "note", "first_day", "daily", "wordless", "state", "reason"),
    *("ended_at", "ended_by", "version"),
}


def a_telling_plan() -> ActionPlan:
    """Make a plan in which each word tells where it came from."""
    plan = a_plan()
    told = replace(
        plan.measures[0],
        title="MEASURETITLE",
        assists="ASSISTS",
        owner=PersonId("owner"),
        substitute=PersonId("substitute"),
        target_group="TARGETGROUP",
        place="PLACE",
        note="NOTE",
        reason="REASON",
        ended_by=PersonId("endedby"),
    )
    kept_apart = replace(plan.measures[1], title="WORDLESS", wordless=True)
    version = PlanVersion(number=1, checksum="c" * 64, at=NOW, by=PersonId("endedby"))
    return replace(
        plan,
        title="PLANTITLE",
        measures=(told, kept_apart),
        lists=replace(
            plan.lists,
            goal=("GOAL",),
            normal=("NORMAL",),
            agenda=("AGENDA",),
            questions=("QUESTION",),
            close_down=("CLOSEDOWN",),
            evaluation=("EVALUATION",),
        ),
        externals=("EXTERNAL",),
        distribution=(Share(to="SHARETO", tier=EXTERNAL, when="SHAREWHEN"),),
        made_by=PersonId("maker"),
        versions=(version,),
        track=PlanTrack.REMARKED,
        verdict=Verdict(
            version=version,
            track=PlanTrack.REMARKED,
            by=PersonId("saidby"),
            at=NOW,
            remark="REMARK",
        ),
    )


def seen_by(tier: PlanTier, plan: ActionPlan | None = None) -> PlanView:
    return plan_view(
        plan or a_telling_plan(),
        tier=tier,
        reference="R2026-0007",
        names=NAMES,
        now=NOW,
        say=DANISH,
    )


def whole(view: PlanView) -> str:
    """Give all that a view and its paper say, also what is not drawn."""
    paper = plan_paper(view, made_at=NOW, say=DANISH)
    told = json.dumps(pdf.told(paper), ensure_ascii=False)
    return "\n".join([as_text(view, say=DANISH), told])


class TestEachTier:
    @TIERS
    def test_sees_what_it_may_and_no_other_word_of_the_plan(self, tier: PlanTier) -> None:
        """BER-48, BER-53: no field that is internal."""
        written = whole(seen_by(tier))

        assert {word for word in WHO_READS if word in written} == {
            word for word, readers in WHO_READS.items() if tier in readers
        }

    @TIERS
    def test_has_an_edition_that_says_for_whom_it_is(self, tier: PlanTier) -> None:
        """BER-48: who got which version."""
        assert DANISH(f"plan_view.tier_{tier}") in view(tier).edition
        assert "R2026-0007" in view(tier).edition

    @TIERS
    def test_of_a_drill_says_so_first(self, tier: PlanTier) -> None:
        """BER-62."""
        drill = view(tier, drill=True)

        assert drill.title.startswith("ØVELSE – ")
        assert drill.edition.startswith("ØVELSE – ")
        assert as_text(drill, say=DANISH).startswith("ØVELSE – ")
        assert "ØVELSE" not in as_text(view(tier), say=DANISH)

    @TIERS
    def test_has_the_lines_that_always_stand(self, tier: PlanTier) -> None:
        """BER-07, BER-51."""
        text = as_text(view(tier), say=DANISH)

        assert "ring 112" in text
        assert "Ingen navne på unge" in text


class TestTheLists:
    def test_think_of_every_field_there_is(self) -> None:
        """BER-48: a new field is shown to nobody before somebody has thought about it here."""
        assert {each.name for each in fields(ActionPlan)} == FIELDS_OF_A_PLAN
        assert {each.name for each in fields(Measure)} == FIELDS_OF_A_MEASURE

    def test_allow_less_the_farther_away_somebody_is(self) -> None:
        full, orientation, external = (ALLOWED[each] for each in (FULL, ORIENTATION, EXTERNAL))

        assert set(external.parts) < set(orientation.parts) < set(full.parts)
        assert set(orientation.columns) < set(full.columns)
        assert set(external.columns) - {Column.DUE_DAY} < set(orientation.columns)

    def test_name_nobody_but_to_the_parties(self) -> None:
        """BER-48: orientation is without names; BER-53: externals see no person."""
        persons = {Part.MADE_BY, Part.VERDICT_BY, Part.REMARK}
        columns = {Column.OWNER, Column.SUBSTITUTE, Column.WORDS}

        for tier in (ORIENTATION, EXTERNAL):
            assert not persons & set(ALLOWED[tier].parts)
            assert not columns & set(ALLOWED[tier].columns)


class TestExternals:
    def test_do_not_hear_of_what_was_dropped(self) -> None:
        plan = a_plan()
        dropped = replace(plan.measures[0], title="DROPPED", state=MeasureState.DROPPED)
        plan = with_measure(plan, dropped)

        assert "DROPPED" not in whole(seen_by(EXTERNAL, plan))
        assert "DROPPED" in whole(seen_by(ORIENTATION, plan))

    def test_hear_the_day_of_a_deadline_and_not_its_hour(self) -> None:
        plan = a_plan()
        one = replace(plan, measures=plan.measures[:1])

        assert seen_by(EXTERNAL, one).rows[0][-1] == "mandag 2. november 2026"


class TestTheVersion:
    def test_is_a_draft_before_it_is_finished(self) -> None:
        assert "udkast" in view(FULL).edition

    def test_is_its_number_as_long_as_nothing_has_changed(self) -> None:
        """BER-47."""
        assert "version 3" in seen_by(EXTERNAL, self._finished()).edition

    def test_is_a_draft_again_when_something_has(self) -> None:
        """BER-47: nobody is told that it is version 3 when it no longer says what that said."""
        changed = replace(self._finished(), period_end=NOW + timedelta(days=1))

        assert "udkast efter version 3" in seen_by(EXTERNAL, changed).edition

    def test_says_when_it_was_changed_after_the_steering_group_approved_it(self) -> None:
        """BER-47."""
        finished = self._finished()
        approved = replace(
            finished,
            track=PlanTrack.APPROVED,
            verdict=Verdict(
                version=finished.versions[-1],
                track=PlanTrack.APPROVED,
                by=PersonId("saidby"),
                at=NOW,
            ),
        )
        changed = replace(approved, period_end=NOW + timedelta(days=1))

        assert ("Hos styregruppen", "Godkendt") in seen_by(FULL, approved).facts
        assert (
            "Hos styregruppen",
            "Godkendt – ændret efter godkendelse",
        ) in seen_by(FULL, changed).facts

    def _finished(self) -> ActionPlan:
        plan = a_plan()
        version = PlanVersion(number=3, checksum=checksum(plan), at=NOW, by=PersonId("endedby"))
        return replace(plan, versions=(version,), track=PlanTrack.FINISHED)


@BOTH
@TIERS
def test_a_plan_without_anything_can_be_shown(say: object, tier: PlanTier) -> None:
    plan = replace(
        a_plan(), measures=(), level=None, period_end=None, made_by=None, distribution=()
    )
    tongue = ENGLISH if say is ENGLISH else DANISH
    shown = plan_view(plan, tier=tier, reference="B2027-0001", names={}, now=NOW, say=tongue)

    assert as_text(shown, say=tongue).endswith("\n")
    assert plan_paper(shown, made_at=NOW, say=tongue).blocks
