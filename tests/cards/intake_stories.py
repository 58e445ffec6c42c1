"""The stories from a concern to a case: opened, joined, passed on, wanted back, and one person."""

from collections.abc import Mapping

from domain.cases import Case, CaseState
from domain.concerns import Concern
from domain.notices import NoticeKind
from tests.cards.answers import PLAIN, Inputs
from tests.cards.guests import Gallery, Guest, sent
from tests.support.case_stories import BORN, put
from tests.support.town import ANNA, BO, EVA, SOFIE, STINE, VALBY_GROUP

WHY = "Navnet var stavet forkert i bekymringen"
BACK = "Jeg havde forvekslet to elever"
GLASS = "Den unge står i modtagelsen og vil have rettet sit navn"
NAME, CPR, OTHER_CPR = "Asker Lavendelkrog", "040511-4003", "040511-4011"


async def intake_stories(gallery: Gallery) -> None:
    """Make cases of concerns, find two that are of one person, and put a name right."""
    gallery.confided |= {WHY, BACK, GLASS, NAME}
    await _opened(gallery)
    await _known_elsewhere(gallery)
    await _wanted_back(gallery)
    await _merged(gallery)
    await _corrected(gallery)
    await gallery.guest(BO, "searched").types("søg")
    await gallery.empty_the_post()


def _of(cpr: str, area: str) -> Mapping[str, Inputs]:
    person = {"name": NAME, "cpr": cpr, "born": "2011-05-04"}
    return {**PLAIN, "person": person, "about": {**PLAIN["about"], "area": area}}


async def _opens(guest: Guest, concern: Concern) -> None:
    await guest.types(f"åbn {concern.reference}")
    await guest.presses("concern.clear")


async def _opened(gallery: Gallery) -> None:
    for story, verb in (("to a case", "concern.open_case"), ("joins a case", "concern.join")):
        concern = await sent(gallery, story, _of(CPR, "VAL"))
        bo = gallery.guest(BO, f"{story}, opened")
        await _opens(bo, concern)
        await bo.presses("concern.to_case")
        await bo.presses(verb)


async def _known_elsewhere(gallery: Gallery) -> None:
    theirs = await sent(gallery, "theirs", _of(OTHER_CPR, "VAN"))
    eva = gallery.guest(EVA, "theirs, opened")
    await _opens(eva, theirs)
    await eva.types(f"opret sag {theirs.reference}")
    ours = await sent(gallery, "known elsewhere", _of(OTHER_CPR, "VAL"))
    bo = gallery.guest(BO, "known elsewhere, opened")
    await _opens(bo, ours)
    await bo.presses("concern.to_case")
    await bo.presses("concern.pass_to_known")


async def _wanted_back(gallery: Gallery) -> None:
    concern = await sent(gallery, "wanted back", PLAIN)
    bo = gallery.guest(BO, "wanted back, opened")
    await _opens(bo, concern)
    await bo.presses("concern.take_up")
    anna = gallery.guest(ANNA, "wants it back")
    await anna.types("mine bekymringer")
    await anna.presses("concern.ask_back", concern=str(concern.id))
    await anna.presses("form.next", why=BACK)
    await bo.types(f"åbn {concern.reference}")
    await gallery.letter(NoticeKind.WITHDRAWAL_ASKED, concern.id, BO)


async def _a_case(gallery: Gallery, name: str) -> Case:
    async with gallery.database.transaction() as tx:
        case = await put(
            tx,
            state=CaseState.OPEN,
            group=VALBY_GROUP.code,
            born=BORN,
            name=name,
            level=None,
            lead=None,
            follow_up_on=None,
            now=gallery.now,
        )
        for person in (BO, SOFIE):
            await tx.relations.set_cleared(case.id, person.id)
    return case


async def _merged(gallery: Gallery) -> None:
    one, into = await _a_case(gallery, "Asker Lavendelkro"), await _a_case(gallery, NAME)
    bo = gallery.guest(BO, "one person")
    await bo.types(f"læg sammen {one.reference}")
    await bo.fills({"into": into.reference, "reason": WHY})
    gallery.confided.discard(into.reference)
    await bo.presses("form.send")
    stine = gallery.guest(STINE, "one person, the second")
    await stine.answers(one.id, "countersign.give")
    await _sees_all(bo, one)


async def _sees_all(guest: Guest, case: Case) -> None:
    await guest.types(f"sag {case.reference}")
    while "case.more" in guest.verbs:
        await guest.presses("case.more")


async def _corrected(gallery: Gallery) -> None:
    case = await _a_case(gallery, NAME)
    async with gallery.database.transaction() as tx:
        for person in (SOFIE, STINE):
            await tx.relations.set_cleared(case.id, person.id)
    await gallery.guest(SOFIE, "has read it").types(f"sag {case.reference}")
    bo = gallery.guest(BO, "corrected")
    await bo.types(f"ret {case.reference}")
    await bo.fills({"what": "born", "to": "04.06.2010", "ground": "requested", "reason": WHY})
    await bo.presses("form.send")
    stine = gallery.guest(STINE, "sees what stood there")
    await stine.types(f"bryd glas {case.reference}")
    await stine.fills({"minutes": "60", "reason": GLASS})
    await _sees_all(stine, case)
    await stine.types(f"rettelser {case.reference}")
