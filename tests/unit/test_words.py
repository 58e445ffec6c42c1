"""The catalogue has every sentence the code asks for, and no other."""

import re
from collections.abc import Iterable, Mapping

from cards.concerns import TASKS, UNSAID
from cards.words import Say
from dialogs.conversation import EVERYTHING, VERBS
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Field
from dialogs.registry import FLOWS
from domain.concerns import WAITING, Status
from domain.delivery import DeliveryState
from domain.installing import FAILED
from domain.matters import CONFIDED, MatterKind
from domain.notices import NoticeKind, Tier
from domain.people import Authority
from domain.reachability import Lack
from domain.routing import DIVERTED
from domain.trials import Audience
from domain.troubles import TroubleCode
from domain.wording import Kind
from tests.support import (
    keys_access,
    keys_action_plans,
    keys_agendas,
    keys_alert_ends,
    keys_alert_letters,
    keys_alerts,
    keys_board,
    keys_cases,
    keys_efforts,
    keys_everyday,
    keys_groups,
    keys_intake,
    keys_kept,
    keys_legal,
    keys_life,
    keys_meet,
    keys_microsoft,
    keys_outlook,
    keys_papers,
    keys_plan_ends,
    keys_plus,
    keys_readiness,
    keys_register,
    keys_sharing,
    keys_situations,
    keys_templates,
    keys_yearplan,
)
from tests.support.catalogue import BOTH, DANISH, ENGLISH, blanks
from tests.support.spoken import ROOMS, asked, constants

STEPS = [(flow.texts_of(step), step) for flow in FLOWS.values() for step in flow.steps]
FIELDS = [
    (flow.texts_of(field), field)
    for flow in FLOWS.values()
    for step in flow.steps
    for field in step.fields
]
CHOICES = [field.kind for _, field in FIELDS if isinstance(field.kind, Choice | Several)]
CONDITIONS = ("c1", "c2", "c3")
NO_TASK = {
    NoticeKind.CONCERN_PING,
    NoticeKind.CONCERN_STATUS,
    NoticeKind.DRAFT_REMINDER,
    NoticeKind.TRIAL,
    NoticeKind.UNREACHED_TOLD,
    NoticeKind.REACHABILITY,
    NoticeKind.DELIVERY_TROUBLE,
    *keys_access.NOTICES,
    *keys_action_plans.NOTICES,
    *keys_agendas.NOTICES,
    *keys_alert_ends.NOTICES,
    *keys_alert_letters.NOTICES,
    *keys_alerts.NOTICES,
    *keys_board.NOTICES,
    *keys_cases.NOTICES,
    *keys_efforts.NOTICES,
    *keys_everyday.NOTICES,
    *keys_groups.NOTICES,
    *keys_intake.NOTICES,
    *keys_legal.NOTICES,
    *keys_life.NOTICES,
    *keys_meet.NOTICES,
    *keys_outlook.NOTICES,
    *keys_plan_ends.NOTICES,
    *keys_plus.NOTICES,
    *keys_yearplan.NOTICES,
    *keys_register.NOTICES,
    *keys_sharing.NOTICES,
    *keys_situations.NOTICES,
    *keys_templates.NOTICES,
}


def filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


def handled() -> list[str]:
    return [each.key for each in asked("handled", argument=1) if each.key]


LABELS = {f"{flow}.{field.key}.label" for flow, field in FIELDS}
TITLES = {f"{flow}.step.{step.key}" for flow, step in STEPS}
OPTIONS = {f"{kind.texts}.{name}" for kind in CHOICES for name in kind.names}
DIVERSIONS = {f"concern.diverted.{name}" for name in ("under_10", "over", "relation")}
CODES = {
    *(each.key for each in asked("RuleBroken") if each.key and not each.is_pattern),
    *filled("gate.{}_failed", CONDITIONS),
    *filled("{}.not_found", [*MatterKind, "role"]),
    *filled("{}.answer_relation_first", CONFIDED),
    *(field.kind.shape_problem for _, field in FIELDS if isinstance(field.kind, Text)),
}
ROUTES = {
    reason
    for reason in constants("domain", "usecases")
    if re.fullmatch(r"route\.\w+", reason) and reason not in DIVERTED.values()
}

# What can stand in the blanks of a key that is put together. A new such key needs its line here.
PATTERNS: Mapping[str, set[str]] = {
    "area.{}": filled("area.{}", ["elsewhere", "unknown"]),
    "authority.{}": filled("authority.{}", Authority),
    "button.{}": filled("button.{}", {*constants("cards"), *VERBS}) & DANISH.keys(),
    "{}.begun": filled("{}.begun", FLOWS),
    "{}.done_title": filled("{}.done_title", FLOWS) & DANISH.keys(),
    "{}.done_body": filled("{}.done_body", FLOWS) & DANISH.keys(),
    "button.trial.{}": filled("button.trial.{}", Audience),
    "criterion.{}": {key for key in OPTIONS if key.startswith("criterion.")},
    "delivery.state.{}": filled("delivery.state.{}", DeliveryState),
    "handled.{}_body": filled("handled.{}_body", handled()),
    "handled.{}_title": filled("handled.{}_title", handled()),
    "lack.{}": filled("lack.{}", Lack),
    "install.{}": filled("install.{}", FAILED),
    "printed.{}": filled("printed.{}", constants("cards")) & DANISH.keys(),
    "reading.state_{}": filled("reading.state_{}", Status),
    "reading.{}": filled("reading.{}", ["police", "protected", "purpose"]),
    "relation.{}": filled("relation.{}", ["no", "yes"]),
    "rule.{}": filled("rule.{}", CODES),
    "status.{}": filled("status.{}", [*Status, "sent_on"]),
    "task.stands_{}": filled("task.stands_{}", [*(set(Status) - WAITING), "taken_up_by_me"]),
    "task.{}_body": filled("task.{}_body", TASKS.values()),
    "task.{}_title": filled("task.{}_title", TASKS.values()),
    "trouble.{}.body": filled("trouble.{}.body", TroubleCode),
    "trouble.{}.do": filled("trouble.{}.do", TroubleCode),
    "trouble.{}.title": filled("trouble.{}.title", TroubleCode),
    "trial.audience.{}": filled("trial.audience.{}", Audience),
    "trial.tier.{}": filled("trial.tier.{}", [str(int(tier)) for tier in Tier if tier.is_alert]),
    "trial.typing.{}{}": {
        f"trial.typing.{audience}{again}" for audience in Audience for again in ("", "_again")
    },
    "wording.{}": filled("wording.{}", Kind),
    "{}.body": filled("{}.body", DIVERSIONS),
    "{}.step.{}": TITLES,
    "{}.title": filled("{}.title", DIVERSIONS),
    "{}.{}": OPTIONS,
    "{}.{}.label": LABELS,
    **keys_access.PATTERNS,
    **keys_agendas.PATTERNS,
    **keys_cases.PATTERNS,
    **keys_efforts.PATTERNS,
    **keys_everyday.PATTERNS,
    **keys_groups.PATTERNS,
    **keys_intake.PATTERNS,
    **keys_legal.PATTERNS,
    **keys_life.PATTERNS,
    **keys_meet.PATTERNS,
    **keys_microsoft.PATTERNS,
    **keys_outlook.PATTERNS,
    **keys_papers.PATTERNS,
    **keys_plan_ends.PATTERNS,
    **keys_plus.PATTERNS,
    **keys_readiness.PATTERNS,
    **keys_action_plans.PATTERNS,
    **keys_sharing.PATTERNS,
    **keys_situations.PATTERNS,
    **keys_alert_ends.PATTERNS,
    **keys_alert_letters.PATTERNS,
    **keys_alerts.PATTERNS,
    **keys_board.PATTERNS,
    **keys_yearplan.PATTERNS,
    **keys_register.PATTERNS,
    **keys_templates.PATTERNS,
}
LITERALS = [each for each in asked("say") if each.key and not each.is_pattern]
NEEDED = (
    {each.key for each in LITERALS if each.key}
    | ROUTES
    | EVERYTHING.helps.keys()
    | set().union(*PATTERNS.values())
)
ALSO_SAID = {
    *(f"{title}_intro" for title in TITLES),
    *(f"{name}.finish" for name, flow in FLOWS.items() if not flow.steps[-1].review),
    *(constants(*ROOMS) & DANISH.keys()),
    *keys_kept.SAID,
}


class TestEverySentenceTheCodeAsksFor:
    @BOTH
    def test_is_there(self, say: Say) -> None:
        assert NEEDED - say.keys() == set()

    @BOTH
    def test_gets_its_blanks_filled_in(self, say: Say) -> None:
        assert [
            (each.where, each.key)
            for each in LITERALS
            if each.blanks is not None and not blanks(say(each.key or "")) <= each.blanks
        ] == []

    def test_is_known_by_its_pattern_where_the_key_is_put_together(self) -> None:
        assert {each.key for each in asked("say") if each.is_pattern} == set(PATTERNS)

    @BOTH
    def test_is_all_there_is(self, say: Say) -> None:
        """A sentence that nothing says any more is deleted."""
        assert say.keys() - NEEDED - ALSO_SAID == set()


class TestARefusal:
    @BOTH
    def test_gives_its_sentence_what_the_sentence_says(self, say: Say) -> None:
        assert [
            (each.where, each.key)
            for each in asked("RuleBroken")
            if each.key and not each.is_pattern and each.blanks is not None
            if not blanks(say(f"rule.{each.key}")) <= each.blanks
        ] == []

    def test_says_what_to_do_next(self) -> None:
        """house.md 6.2: what happened, and then what to do."""
        for say, do in ((DANISH, DO_DA), (ENGLISH, DO_EN)):
            assert [code for code in sorted(CODES) if not do.search(say(f"rule.{code}"))] == []


DO_DA = re.compile(
    r"\b(Skriv|Vælg|Se|Ring|Prøv|Ret|Tal|Sæt|Åbn|Kort|Meld|Vent|Tag|Gå|Lad|lad|Du behøver ikke)\b"
)
DO_EN = re.compile(
    r"\b([Ww]rite|Type|Choose|check|call|Try|correct|Talk|Tick|Open|shorten|Report|Wait|Take|Go on"
    r"|[Ll]eave|You need not)\b"
)


class TestEveryForm:
    @BOTH
    def test_names_its_steps(self, say: Say) -> None:
        assert [key for key in sorted(TITLES) if not say(key)] == []

    @BOTH
    def test_asks_for_each_field_with_options_that_can_be_told_apart(self, say: Say) -> None:
        assert [key for key in sorted(LABELS) if not say(key)] == []
        assert [f"{flow}.{field.key}" for flow, field in FIELDS if _alike(field, say)] == []


def _alike(field: Field, say: Say) -> bool:
    """Whether two options of a field read the same."""
    titles = [title.casefold() for title in field.kind.options(say).values()]
    return len(titles) > len(set(titles))


class TestEveryNotice:
    def test_of_a_task_has_its_words(self) -> None:
        assert set(TASKS) == set(NoticeKind) - NO_TASK

    def test_names_neither_person_nor_level(self) -> None:
        """AC-OUT-05: a notification is neutral words and a reference number."""
        allowed = {"reference", "area", "date"}

        for key in PATTERNS["task.{}_title"] | PATTERNS["task.{}_body"] | {"task.ping"}:
            assert blanks(DANISH(key)) <= allowed, key

    def test_knows_why_a_concern_went_where_it_did(self) -> None:
        assert {"route.group_of_area", "route.handed_over", "route.enquiry"} <= ROUTES
        assert not UNSAID & DANISH.keys()
