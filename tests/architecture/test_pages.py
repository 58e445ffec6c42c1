"""What the pages tell people to type or to look for is what the code answers to and says."""

import re
from collections.abc import Iterator

from dialogs import engine, moves
from dialogs.conversation import VERBS
from tests.support.catalogue import DANISH, sentences
from tests.support.repository import ROOT, python_files, shown

ANSWERED = {*moves.SKIP, *engine.USE_SUGGESTION}.union(
    *engine.WORDS.values(), *(verb.words for verb in VERBS.values())
)
CELL = re.compile(r"\|\s*((?:`[^`|]+`(?:, )?)+)\s*(?=\|)")
GUIDE = "docs/guide/beredskab.md"
SPAN = re.compile(r"`([^`\n]+)`")
NUMBER = re.compile(r"R\d{4}-\d{4}")
EVENT = re.compile(r"\bsecurity\(\s*\"([a-z.]+)\"")
JOB = re.compile(r"\bname=(?:DELIVER|\"([a-z-]+)\")|^DELIVER = \"([a-z-]+)\"", re.MULTILINE)


def _said(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _keyboard() -> str:
    return _said("README.md").partition("### With the keyboard only")[2].partition("## What")[0]


def test_every_word_the_readme_tells_people_to_type_is_answered() -> None:
    told = [word for cell in CELL.findall(_keyboard()) for word in re.findall("`([^`]+)`", cell)]

    assert "bekymring" in told
    assert not [word for word in told if word not in ANSWERED]


def test_every_word_that_goes_with_a_number_is_in_the_readme() -> None:
    numbered = {name: v.words for name, v in VERBS.items() if v.about and v.words}
    missing = [name for name, words in numbered.items() if not _are_told(words)]

    assert not missing


def _are_told(words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){word}(?: [A-Z]?\d|`)", _keyboard()) for word in words)


def test_every_word_the_guide_tells_people_to_type_is_answered() -> None:
    told = [word for word in SPAN.findall(_said(GUIDE)) if not NUMBER.fullmatch(word)]

    assert "beredskab start" in told
    assert not [word for word in told if not _begins_with(word, ANSWERED)]


def _begins_with(typed: str, words: set[str]) -> bool:
    return any(typed == word or typed.startswith(f"{word} ") for word in words)


def test_every_button_the_guide_names_is_one() -> None:
    table = "| Gør | Skriv | Eller tryk |"
    named = [
        name
        for lines in _said(GUIDE).split(table)[1:]
        for row in lines.strip().partition("\n\n")[0].splitlines()[1:]
        for name in row.strip("| ").split(" | ")[2].split(", ")
    ]

    assert "Send straks" in named
    assert not set(named) - set(sentences(DANISH).values())


def test_every_job_is_in_the_operators_page() -> None:
    files = ("bot/wiring.py", "bot/alert_jobs.py", "bot/chores.py")
    wiring = "".join(map(_said, files))
    jobs = {name for found in JOB.findall(wiring) for name in found if name}

    assert len(jobs) == wiring.count("Job(") + wiring.count("Chore(")
    assert not [job for job in jobs if f"| `{job}` |" not in _said("docs/operations.md")]


def test_every_security_event_is_in_the_operators_page() -> None:
    events = set(_security_events())

    assert events
    assert not [event for event in events if f"| `{event}` |" not in _said("docs/operations.md")]


def _security_events() -> Iterator[str]:
    for file, code in python_files().items():
        if shown(file).startswith("bot/"):
            yield from EVENT.findall(code)
