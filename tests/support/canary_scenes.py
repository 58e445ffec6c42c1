"""What comes before the forms that need more, or other, than the matrix of presses stages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from dialogs.evaluation_forms import MOST_QUESTIONS
from domain.cases import CaseState
from domain.directory import Difference, DifferenceKind
from domain.directory_changes import Decision
from domain.evaluations import Answered
from domain.informings import Addressee, Informing, InformState
from domain.journal import Note
from domain.people import AreaCode, Authority, Institution
from tests.support import (
    acts_alert_ends,
    acts_alerts,
    acts_cases,
    acts_plan_ends,
    acts_sharing,
    acts_situations,
    canary_meetings,
)
from tests.support.acts import Act, Staged, act, with_a_case
from tests.support.acts_cases import opened
from tests.support.acts_concerns import a_concern
from tests.support.acts_concerns import opened as opened_concern
from tests.support.acts_groups import on_the_member
from tests.support.acts_intake import OF_MAX
from tests.support.acts_register import a_local_committee
from tests.support.case_stories import a_case, informed
from tests.support.legal_stories import to_be_told, wrote
from tests.support.town import ANNA, BO, CARL, MONDAY_NOON, SOFIE, VALBY_GROUP, Town


async def _nothing(_: Town) -> Staged:
    return Staged(carried={})


async def _somebody_new_in_entra(town: Town) -> Staged:
    new = Difference(
        kind=DifferenceKind.UNKNOWN,
        aad_id=str(uuid4()),
        committees=(VALBY_GROUP.code,),
        name="Frej Vintervang",
        guest=True,
    )
    async with town.remembers() as tx:
        await tx.directory.keep([new], Decision.WAITING, now=town.hour.now)
    return await _nothing(town)


async def _ready_to_close(town: Town) -> Staged:
    case = await a_case(town, state=CaseState.COORDINATION, level=2)
    await informed(town, case)
    async with town.remembers() as tx:
        await tx.journal.note(
            Note.COORDINATED, matter=case.id, source=case.id, by=BO.id, at=MONDAY_NOON
        )
    return with_a_case(case)


async def _written_by_police(town: Town) -> Staged:
    case = await a_case(town)
    await wrote(town, case, by=CARL)
    return with_a_case(case)


async def _to_be_told(town: Town) -> Staged:
    case = await a_case(town)
    await to_be_told(town, case)
    return with_a_case(case)


async def _read_by_bo(town: Town) -> Staged:
    return await opened_concern(town, town.chat(BO), await a_concern(town))


async def _with_a_number(town: Town) -> Staged:
    concern = await town.concern(await town.chat(ANNA).reports(OF_MAX))
    carried = {"concern": str(concern.id), "version": concern.version}
    return Staged(carried=carried, number=concern.reference)


async def _exempted(town: Town) -> Staged:
    """Let two have decided that a holder of custody is not told for now."""
    case = await a_case(town, level=2)
    today = town.hour.now.date()
    exempted = Informing(
        id=uuid4(),
        case=case.id,
        addressee=Addressee.CUSTODY_1,
        authority=Authority.SOF,
        collected_on=today,
        due_on=today + timedelta(days=30),
        state=InformState.EXEMPTED,
        review_on=today + timedelta(days=60),
        decided_by=BO.id,
        second_by=SOFIE.id,
        decided_at=town.hour.now,
    )
    async with town.remembers() as tx:
        await tx.informings.add([exempted])
    return Staged(
        carried={"inform": str(exempted.id), "version": exempted.version}, number=case.reference
    )


async def _barred_from_a_member(town: Town) -> Staged:
    staged = await on_the_member(town)
    async with town.remembers() as tx:
        about = UUID(str(staged.carried["member"]))
        await tx.relations.recuse(about, CARL.id, "near", town.hour.now, by=BO.id)
    return staged


async def _with_a_school(town: Town) -> Staged:
    """Let there be a school in Valby, whose name can be corrected."""
    async with town.remembers() as tx:
        await tx.organisation.add_institution(
            Institution(area=AreaCode("VAL"), kind="school", name="Vindrosestiens Skole")
        )
    return await a_local_committee(town)


async def _asked_all_it_can_be(town: Town) -> Staged:
    """End an alert whose template asks as much as an evaluation takes."""
    staged = await acts_alert_ends.closed(town)
    async with town.remembers() as tx:
        begun = await tx.evaluations.of(UUID(str(staged.carried["alert"])))
        assert begun is not None
        asked = tuple(Answered(question=f"Hvad {at}?") for at in range(MOST_QUESTIONS))
        await tx.evaluations.save(replace(begun, answers=asked))
    return staged


SCENES: Mapping[str, Act] = {
    "colleague_add": act(_nothing, "steward"),
    "directory_enter": act(_somebody_new_in_entra, "steward"),
    "place_rename": act(_with_a_school, "steward"),
    "effort": act(_nothing, "reporter"),
    "alert": act(_nothing, "secretariat"),
    "alert_log_line": act(acts_situations.an_alert, "secretariat"),
    "alert_list_new": act(_nothing, "secretariat"),
    "plan_list_new": act(_nothing, "secretariat"),
    "plan_outside": act(acts_sharing.asked_of_yesterday, "secretariat"),
    "plan_remark": act(acts_sharing.asked_of_yesterday, "manager"),
    "plan_return": act(acts_sharing.asked_of_yesterday, "manager"),
    "plan_refuse": act(acts_plan_ends.asked_of_steering, "leader of SSP+"),
    "holiday": act(_nothing, "secretariat"),
    "calendar": act(_nothing, "secretariat"),
    "measure_kind_add": act(_nothing, "secretariat"),
    "closed_day": act(_nothing, "secretariat"),
    "concern": act(_nothing, "reporter"),
    "enquiry": act(_nothing, "reporter"),
    "group": act(_nothing, "facilitator"),
    "close_case": act(_ready_to_close, "facilitator", before=opened),
    "withhold": act(_written_by_police, "recused member", before=opened),
    "inform_reassess": act(_exempted, "facilitator", before=opened),
    "member_lift": act(_barred_from_a_member, "secretariat"),
    "exemption": act(_to_be_told, "facilitator", before=opened),
    "reject": act(a_concern, "facilitator", before=opened_concern),
    "send_on": act(a_concern, "facilitator", before=opened_concern),
    "ask_back": act(_read_by_bo, "reporter"),
    "cpr_concern": act(_with_a_number, "facilitator", before=opened_concern),
    "glass_case": act(acts_cases.a_case, "steward"),
    "alert_refuse": act(acts_alert_ends.asked_of_steering, "leader of SSP+"),
    "alert_close": act(acts_alert_ends.handed_on, *acts_alerts.LEADS),
    "alert_evaluation": act(_asked_all_it_can_be, *acts_alerts.LEADS),
    "alert_file": act(acts_alert_ends.exported, *acts_alerts.LEADS),
    **canary_meetings.SCENES,
}
"""By form; every other form begins as its verb does in the matrix."""
