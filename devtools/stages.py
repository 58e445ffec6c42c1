"""The stages of `dev.py test`: what is checked, with what, and what may run beside what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from devtools.environment import ROOT

SQLITE = {"TEST_DATABASE_URL": "sqlite"}
POSTGRESQL = {"TEST_DATABASE_URL": "postgresql"}
MATRICES = (
    "tests/conversations/test_what_is_not_ones_own.py",
    "tests/conversations/test_canaries.py",
    "tests/conversations/test_lost_meanwhile.py",
    "tests/conversations/test_what_the_recused_see.py",
)
# What a form or a command says, asks and refuses. Each whole story they belong to, and each store
# and use case behind them, runs on both databases; these run on the quicker one.
FORMS = tuple(
    f"tests/conversations/test_{each}.py"
    for each in (
        "agendas",
        "answers_that_hang_together",
        "another_is_away",
        "breaking_glass",
        "changing_ones_mind",
        "correcting",
        "efforts",
        "every_day",
        "forms_side_by_side",
        "giving_roles",
        "group_members",
        "groups",
        "in_english",
        "keeping_the_register",
        "my_meetings",
        "near_relations",
        "on_record",
        "own_papers",
        "recusals",
        "reporting_in_english",
        "said_twice",
        "showing_a_number",
        "telling_the_family",
        "the_last_button",
        "the_register",
        "the_board",
        "the_secretariats_templates",
        "the_tab",
        "troubles_in_a_form",
        "what_comes_of_members",
        "what_is_the_secretariats",
        "what_nobody_else_reads",
        "what_the_register_tells",
        "where_it_goes",
        "who_may_take_part",
        "who_reads_minutes",
    )
)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One thing that is checked: by a command of the project's own Python, or by test folders.

    Stages that need a browser come after the others.
    """

    name: str
    command: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Test files that a stage of their own runs."""
    environment: Mapping[str, str] = field(default_factory=dict)
    fast: bool = False
    browser: bool = False
    libical: bool = False


def _halves(stage: Stage) -> tuple[Stage, Stage]:
    """Take every other file of a folder: two processes are done sooner than one."""
    [folder] = stage.tests
    files = sorted(f"{folder}/{each.name}" for each in (ROOT / folder).glob("test_*.py"))
    kept = [each for each in files if each not in stage.without]
    first, second = (
        replace(stage, name=f"{stage.name}-{n}", tests=tuple(kept[n - 1 :: 2]), without=())
        for n in (1, 2)
    )
    return first, second


# The slowest first: four run at a time, and the short ones fill the gaps.
STAGES = (
    *_halves(
        Stage(
            name="stories-postgresql",
            tests=("tests/conversations",),
            without=MATRICES + FORMS,
            environment=POSTGRESQL,
        )
    ),
    *_halves(
        Stage(
            name="stories",
            tests=("tests/conversations",),
            without=MATRICES,
            environment=SQLITE,
        )
    ),
    Stage(name="postgresql", tests=("tests/integration",), environment=POSTGRESQL),
    # Every verb by every role, a canary in every field: our rules and our columns decide, and they
    # are the same on both databases. So one is enough, the quicker. Every story runs on both.
    Stage(name="strangers", tests=MATRICES[:1], environment=SQLITE),
    Stage(name="matrices", tests=MATRICES[1:], environment=SQLITE),
    Stage(name="crash", tests=("tests/crash",), environment=POSTGRESQL),
    Stage(name="crash-sqlite", tests=("tests/crash",), environment=SQLITE),
    Stage(name="planner", tests=("tests/planner",)),
    Stage(name="types", command=("-m", "mypy", "."), fast=True),
    Stage(
        name="unit",
        tests=(
            "tests/unit",
            "tests/demo",
            "tests/cards/test_rules.py",
        ),
        fast=True,
    ),
    Stage(name="faults", tests=("tests/faults",)),
    Stage(name="door", tests=("tests/door",), environment=SQLITE),
    Stage(name="localteams", tests=("tests/localteams",)),
    Stage(name="localgraph", tests=("tests/localgraph",), fast=True),
    Stage(name="sqlite", tests=("tests/integration",), environment=SQLITE, fast=True),
    Stage(name="papers", tests=("tests/papers",), fast=True, libical=True),
    Stage(name="migrations", tests=("tests/migrations",)),
    Stage(name="architecture", tests=("tests/architecture",), fast=True),
    Stage(name="imports", command=("-c", LINT_IMPORTS), fast=True),
    Stage(name="lint", command=("-m", "ruff", "check", "."), fast=True),
    Stage(name="format", command=("-m", "ruff", "format", "--check", "."), fast=True),
    Stage(
        name="cards",
        tests=(
            "tests/cards/test_checks.py",
            "tests/cards/test_mails.py",
            "tests/cards/test_pictures.py",
        ),
        environment=SQLITE,
        browser=True,
    ),
    Stage(name="browser", tests=("tests/browser",), environment=SQLITE, browser=True),
)
