"""The stories of roles given, glass broken, and a number shown for a minute."""

from dataclasses import replace

from domain.cases import Case
from domain.notices import NoticeKind
from tests.cards.answers import PLAIN
from tests.cards.guests import Gallery, sent
from tests.support.cases import a_case, keep_case
from tests.support.town import BO, HENRIETTE, SOFIE, STINE

NAME, CPR = "Tora Muslingeskal", "040511-9995"
WHY = "Politiet ringer, og gruppens facilitator kan ikke nås i nat"
LOOKS_UP = "Slår op i fagsystemet før mødet"
AGREED = "Det var nødvendigt, og hun læste ikke mere end det"


async def role_stories(gallery: Gallery) -> None:
    """Give and take roles, break the glass and review it, and show a number."""
    gallery.confided |= {NAME, WHY, LOOKS_UP, AGREED}
    await _given(gallery)
    case = await _broken(gallery)
    await _shown(gallery, case)
    await gallery.empty_the_post()
    await gallery.letter(NoticeKind.LEFT_BEHIND, case.id, BO)


async def _given(gallery: Gallery) -> None:
    stine = gallery.guest(STINE, "roles")
    await stine.types("rolle ingen ved navn")
    await stine.types("rolle an")
    await stine.types(f"rolle {SOFIE.name}")
    await stine.presses("role.give")
    await stine.fills({"what": "office", "office": "SEK", "leader": HENRIETTE.id})
    await stine.presses("form.send")
    await stine.types(f"rolle {SOFIE.name}")
    await stine.presses("role.take")
    await stine.fills({"post": "seat:KG5:member"})
    await stine.presses("form.cancel")
    await stine.presses("form.yes")


async def _broken(gallery: Gallery) -> Case:
    case = replace(a_case("2026-9001"), opened_at=gallery.now, last_event_at=gallery.now)
    async with gallery.database.transaction() as tx:
        await keep_case(tx, case, name=NAME, cpr=CPR.replace("-", ""))
        for person in (BO, STINE):
            await tx.relations.set_cleared(case.id, person.id)
    stine = gallery.guest(STINE, "broken glass")
    await stine.types(f"bryd glas {case.reference}")
    await stine.fills({"minutes": "60", "reason": WHY})
    async with gallery.database.transaction() as tx:
        [grant] = await tx.grants.ever_of(case.id)
    head = gallery.guest(HENRIETTE, "broken glass, reviewed")
    await gallery.empty_the_post()
    await head.types("glasbrud")
    await head.presses("glass.review", glass=str(grant.id))
    await head.fills({"verdict": "justified", "words": AGREED})
    return case


async def _shown(gallery: Gallery, case: Case) -> None:
    bo = gallery.guest(BO, "a number")
    await bo.types(f"vis cpr {case.reference}")
    await bo.fills({"why": LOOKS_UP})
    await bo.presses("cpr.hide_case")
    person = {**PLAIN["person"], "cpr": "050511-4011"}
    concern = await sent(gallery, "with a number", {**PLAIN, "person": person})
    await bo.types(f"åbn {concern.reference}")
    await bo.presses("concern.clear")
    await bo.types(f"vis cpr {concern.reference}")
    await bo.fills({"why": LOOKS_UP})
