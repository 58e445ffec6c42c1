"""Who may press what on a concern that becomes a case or ends, and on who a case is about."""

from dataclasses import replace
from uuid import UUID, uuid4

from domain.concern_ends import NoBasis
from tests.support.acts import Staged, act
from tests.support.acts_cases import a_case
from tests.support.acts_concerns import a_concern, opened
from tests.support.cases import a_case as case_of_group
from tests.support.cases import keep_case
from tests.support.reports import CARL_IS_NEAR, GRAVE
from tests.support.town import ANNA, BO, EVA, STINE, Town
from usecases.countersign import give
from usecases.end_concern import reject_concern
from usecases.merge_people import merge_when_agreed, propose_merge

SITS = ("facilitator", "member")
DUTY = ("facilitator", "secretariat")
CPR = "0405114003"
THE_CASE = UUID(int=42)
OF_MAX = {**GRAVE, **CARL_IS_NEAR, "cpr": CPR}


async def _staged(town: Town, reference: str) -> Staged:
    concern = await town.concern(reference)
    carried: dict[str, str | int] = {"concern": str(concern.id), "version": concern.version}
    return Staged(carried=carried, number=reference)


async def one_whose_person_has_a_case(town: Town) -> Staged:
    """Let there be a case about somebody whom Anna then reports."""
    async with town.remembers() as tx:
        kept = replace(case_of_group("2026-0001"), id=THE_CASE)
        await keep_case(tx, kept, name="Max Myrekær", cpr=CPR)
    return await _staged(town, await town.chat(ANNA).reports(OF_MAX))


async def one_whose_person_is_known_elsewhere(town: Town) -> Staged:
    """Let Eva have opened a case in her group, and Anna report the person in Bo's."""
    anna, eva = town.chat(ANNA), town.chat(EVA)
    theirs = await anna.reports({**OF_MAX, "area": "VAN"})
    await eva.opens(theirs)
    await eva.types(f"opret sag {theirs}")
    return await _staged(town, await anna.reports(OF_MAX))


async def one_that_is_wanted_back(town: Town) -> Staged:
    anna, bo = town.chat(ANNA), town.chat(BO)
    reference = await anna.reports(OF_MAX)
    await bo.opens(reference)
    await anna.types(f"bed om tilbage {reference}")
    await anna.types("Jeg havde forvekslet to elever.")
    return await _staged(town, reference)


async def a_rejected_one(town: Town) -> Staged:
    reference = await town.chat(ANNA).reports(OF_MAX)
    await town.chat(BO).opens(reference)
    concern = await town.concern(reference)
    async with town.remembers() as tx:
        await reject_concern(
            tx,
            id=concern.id,
            seen=concern.version,
            by=BO,
            reason=NoBasis.NO_TASK,
            guidance="Tal med skolens ledelse om en plan.",
            answer=uuid4(),
            now=town.hour.now,
        )
    return await _staged(town, reference)


async def a_merged_case(town: Town) -> Staged:
    """Let Bo have proposed, and Stine agreed, that two cases are of one person."""
    into, one = await a_case(town), await a_case(town)
    async with town.remembers() as tx:
        kept = await tx.cases.by_reference(one.number)
        other = await tx.cases.by_reference(into.number)
        assert kept is not None
        assert other is not None
        asked = await propose_merge(
            tx,
            id=uuid4(),
            case=kept.id,
            seen=kept.version,
            into=other.id,
            reason="Navnet var stavet forkert",
            by=BO,
            now=town.hour.now,
        )
        await give(
            tx,
            id=asked.id,
            seen=asked.version,
            by=STINE,
            then=merge_when_agreed,
            now=town.hour.now,
        )
        merged = await tx.cases.by_reference(one.number)
    assert merged is not None
    return Staged(
        carried={"case": str(merged.id), "version": merged.version}, number=merged.reference
    )


ACTS = {
    "concern.to_case": act(a_concern, *SITS, before=opened),
    "concern.open_case": act(a_concern, *SITS, before=opened),
    "concern.join": act(
        one_whose_person_has_a_case,
        *SITS,
        rest=" 2026-0001",
        before=opened,
        case=str(THE_CASE),
    ),
    "concern.pass_to_known": act(one_whose_person_is_known_elsewhere, *SITS, before=opened),
    "concern.reject": act(a_concern, *DUTY),
    "concern.send_on": act(a_concern, *DUTY),
    "concern.ask_back": act(a_concern, "reporter"),
    "concern.give_back": act(one_that_is_wanted_back, *DUTY, "member", before=opened),
    "concern.keep": act(one_that_is_wanted_back, *DUTY, "member", before=opened),
    "concern.answer": act(a_rejected_one, "reporter"),
    "case.merge": act(a_case, "facilitator"),
    "case.unmerge": act(a_merged_case, "facilitator", "steward"),
    "case.correct": act(a_case, "facilitator", "steward"),
    "case.object": act(a_case, *DUTY, "steward"),
    "case.corrected": act(a_case, "steward"),
}
