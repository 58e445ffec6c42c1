"""What is kept of a form between two turns."""

import json
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dialogs.progress import Progress
from domain.drafts import Draft
from domain.people import PersonId

WORDS = st.text(max_size=20)
JSON = st.none() | st.booleans() | WORDS | st.lists(WORDS, max_size=3)
ANSWERS = st.dictionaries(WORDS, JSON, max_size=4)
PROGRESS = st.builds(
    Progress,
    answers=ANSWERS,
    raw=st.dictionaries(WORDS, WORDS, max_size=3),
    pending=st.none() | ANSWERS,
    confirming=st.booleans(),
    correcting=st.booleans(),
    asking=st.none() | WORDS,
    first_words=WORDS,
    dismissed=st.booleans(),
    seen=st.integers(min_value=0, max_value=99),
)


def draft(body: dict[str, object]) -> Draft:
    return Draft(
        id=UUID(int=1),
        owner=PersonId("anna"),
        flow="concern",
        step="safety",
        revision=1,
        began_at=datetime(2026, 3, 2, 11, tzinfo=UTC),
        body=body,
    )


@given(PROGRESS)
def test_comes_back_from_storage_as_it_was(progress: Progress) -> None:
    stored = json.loads(json.dumps(progress.body()))

    assert Progress.of(draft(stored)) == progress


@given(PROGRESS, st.dictionaries(st.text(alphabet="xyz", min_size=1), JSON, max_size=3))
def test_leaves_out_what_another_release_wrote(
    progress: Progress, unknown: dict[str, object]
) -> None:
    """concern.md §4.6: a draft from before, or after, a release can still be read."""
    assert Progress.of(draft({**progress.body(), **unknown})) == progress


def test_begins_empty_where_an_older_release_wrote_less() -> None:
    assert Progress.of(draft({"answers": {"danger": "no"}})) == Progress(answers={"danger": "no"})


@given(PROGRESS)
def test_settled_keeps_everything_that_was_answered(progress: Progress) -> None:
    settled = progress.settled()

    assert (settled.pending, settled.confirming) == (None, False)
    assert (settled.answers, settled.raw, settled.first_words) == (
        progress.answers,
        progress.raw,
        progress.first_words,
    )


def test_never_repeats_what_was_confided_in_a_log() -> None:
    """AC-LOG-04."""
    confided = "Max Myrekær"

    progress = Progress(
        answers={"name": confided},
        raw={"name": confided},
        pending={"name": confided},
        first_words=confided,
    )

    assert confided not in repr(progress)
    assert confided not in repr(draft(progress.body()))
