"""Scenario 13 of concern.md §5.4: somebody of the police makes a document of a case."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.support.case_stories import NAME, a_case, opens
from tests.support.chat import Chat
from tests.support.legal_stories import OFFENCE, wrote
from tests.support.organisation_changes import with_member_facilitating
from tests.support.town import CARL, DANISH, ORGANISATION, VALBY_GROUP, Town
from tests.support.trail import audited

REASON = "Til brug i politiets forebyggende arbejde"


def laid_in(folder: Path) -> list[str]:
    return [each.read_text(encoding="utf-8") for each in folder.iterdir()]


async def lays_documents_in(folder: Path, town: Town) -> None:
    town.settings = replace(town.settings, export_folder=str(folder))
    await town.restarts()


async def exports(town: Town, carl: Chat, reference: str) -> str:
    told = await carl.types(f"udtræk {reference}")
    if DANISH("export.reason.label") in told:
        await carl.presses("form.next", reason=REASON)
    for _ in range(2):
        await town.passes(timedelta())
    return told


async def test_a_member_may_not_and_it_is_on_record(
    town: Town, tmp_path: Path, carl: Chat
) -> None:
    """§14.3: the Secretariat and who facilitates export a case; S115: nobody of the police."""
    await lays_documents_in(tmp_path, town)
    case = await a_case(town)
    assert NAME in await opens(carl, case)

    told = await exports(town, carl, case.reference)

    assert DANISH("rule.case.not_found") in told
    assert not laid_in(tmp_path)
    async with town.remembers() as tx:
        denied = await audited(tx, action="access.denied", actor=CARL.id)
    assert [each.about for each in denied] == [str(case.id)]


async def test_who_facilitates_gets_it_with_what_it_may_be_used_for(
    town: Town, tmp_path: Path, carl: Chat
) -> None:
    """AC-OUT-07, AC-LOG-03, S115-2: not for an investigation; asked for and made, on record."""
    await lays_documents_in(tmp_path, town)
    await town.reorganises(with_member_facilitating(ORGANISATION, VALBY_GROUP, CARL))
    case = await a_case(town)
    await wrote(town, case, by=CARL)
    await opens(carl, case)

    await exports(town, carl, case.reference)

    [page] = laid_in(tmp_path)
    for line in ("reading.police", "document.crime_prevention", "document.confidential"):
        assert DANISH(line) in page
    for said in (CARL.name, REASON, OFFENCE, "mandag 2. marts 2026"):
        assert said in page
    async with town.remembers() as tx:
        logged = await audited(tx, action="case.export", actor=CARL.id)
    assert [each.result for each in logged if each.result != "ok"] == ["asked", "made"]
    assert {(each.about, each.purpose) for each in logged} == {(str(case.id), "crime_prevention")}
