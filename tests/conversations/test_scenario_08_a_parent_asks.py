"""Scenario 8 of concern.md §5.4: a parent asks what is kept about their child."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.support.case_stories import opens
from tests.support.chat import Chat
from tests.support.reports import NAME, OBSERVED, REPORT
from tests.support.town import ANNA, BO, DANISH, DENNIS, SOFIE, Town

FRIEND = "Sif Lyngager fra parallelklassen"
NAMED = {"others": "few", "others_text": FRIEND}
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b\d{4}-\d{2}-\d{2}\b|\b(?:pending|released|records)\b")
A_MINUTE = timedelta(minutes=1)


def page(folder: Path, *, draft: bool) -> str:
    """Read the draft, or the document that goes out."""
    [found] = [each for each in folder.iterdir() if ("-draft-" in each.name) is draft]
    return found.read_text(encoding="utf-8")


async def test_the_answer_has_the_childs_facts_and_the_log_and_not_the_friend(
    town: Town, tmp_path: Path, anna: Chat, bo: Chat, dorte: Chat
) -> None:
    """ACC-1 to 3, AC-DATA-04, AC-DATA-05: reported, worked on, asked for, looked through, made."""
    sofie, dennis = town.chat(SOFIE), town.chat(DENNIS)
    town.settings = replace(town.settings, export_folder=str(tmp_path))
    await town.restarts()
    concern = await anna.reports({**REPORT, **NAMED})
    assert FRIEND in await bo.opens(concern)
    await bo.presses("concern.take_up")
    await bo.types(f"opret sag {concern}")
    found = (await town.concern(concern)).case
    assert found is not None
    async with town.remembers() as tx:
        case = await tx.cases.find(found)
    assert case is not None
    assert NAME in await opens(sofie, case)

    # the mother calls; Dorte registers it, and the draft shows what will be left out
    await opens(dorte, case)
    await dorte.types(f"aktindsigt {case.reference}")
    await dorte.presses("form.next", kind="records", received_on="2026-03-02")
    await dorte.presses("access.open")
    await dorte.presses("access.review")
    await town.passes(A_MINUTE)
    draft = page(tmp_path, draft=True)
    assert FRIEND in draft
    assert DANISH("access.left_out") in draft

    # a second person agrees, and the document has the child's facts and who has looked
    await opens(dennis, case)
    await dennis.types("medunderskriv")
    await dennis.presses("countersign.open")
    await dennis.presses("countersign.give")
    await town.passes(A_MINUTE)
    made = page(tmp_path, draft=False)
    for fact in (NAME, OBSERVED, REPORT["hope"], "Valby"):
        assert fact in made, fact
    log = made.split(DANISH("access.log"))[1]
    assert log.count(DANISH("log.done.open", what=DANISH("log.of.case"))) >= 2
    assert DANISH("log.purpose.crime_prevention") in log
    assert CODE.findall(made) == []
    assert DANISH("document.unnamed") not in made
    assert "Lyngager" not in made
    assert DANISH("access.why_third_party") in made
    for colleague in (ANNA, BO, SOFIE):
        assert colleague.name not in made
